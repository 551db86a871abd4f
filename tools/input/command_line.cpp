// Room: tools, inner. All of CLI11 stands here: which commands there are, what each takes.
#include "tools/input/command_line.h"

#include <CLI/CLI.hpp>

#include <charconv>
#include <cstdlib>
#include <map>
#include <memory>

#include "tools/input/path_text.h"
#include "tools/input/spelling.h"

namespace maek::tools {
namespace {

std::string language_of_environment() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (value != nullptr && *value != 0) {
            return std::string_view(value).substr(0, 2) == "ko" ? "ko" : "en";
        }
    }
    return "en";
}

// The number at the front and what follows it.
bool split_number(const std::string& text, double& number, std::string& unit) {
    const char* begin = text.data();
    const auto [end, fault] = std::from_chars(begin, begin + text.size(), number);
    if (fault != std::errc() || number < 0 || number > 9e15) return false;
    unit.assign(end, begin + text.size());
    return true;
}

const std::map<std::string, Format> kFormats = {
    {"table", Format::kTable},         {"json", Format::kJson}, {"jsonl", Format::kJsonLines},
    {"csv", Format::kCsv},             {"tsv", Format::kTsv},   {"markdown", Format::kMarkdown},
    {"md", Format::kMarkdown},         {"graphml", Format::kGraphml}};
const std::map<std::string, ColorChoice> kColors = {
    {"auto", ColorChoice::kAuto}, {"always", ColorChoice::kAlways}, {"never", ColorChoice::kNever}};

// Everything that CLI11 writes into while parsing; lives as long as the command may run.
struct Parsed {
    GlobalOptions global;
    std::string format, color = "auto", timeout, memory_limit;
    BuildOptions build;
    ExtractOptions extract;
    QueryOptions query;
    ShellOptions shell;
    std::filesystem::path store;
    ExportOptions export_to;
    ImportOptions import_from;
    CheckOptions check;
    CopyOptions copy;
    RemoveOptions remove;
    QuestionOptions question;
    ReviewOptions review;
    ExplainOptions explain;
    DrawOptions draw;
    ReportOptions report;
    std::function<int(Context&)> command;
};

using Shared = std::shared_ptr<Parsed>;

CLI::App* add(CLI::App& app, const std::string& name, const std::string& summary, Shared& parsed,
              std::function<int(Parsed&, Context&)> run) {
    CLI::App* command = app.add_subcommand(name, summary);
    Parsed* target = parsed.get();  // the callback must not keep its own owner alive
    command->callback([target, run] {
        target->command = [target, run](Context& context) { return run(*target, context); };
    });
    return command;
}

void store_argument(CLI::App* command, std::filesystem::path& store) {
    command->add_option("STORE", store, "The folder of the store")->required();
}

void add_global(CLI::App& app, Shared& parsed) {
    GlobalOptions& global = parsed->global;
    app.add_option("--lang", global.language, "Language of messages: en or ko (default: LANG)")
        ->check(CLI::IsMember({"en", "ko"}));
    app.add_option("--color", parsed->color, "Colour: auto, always, never; NO_COLOR is obeyed")
        ->check(CLI::IsMember({"auto", "always", "never"}));
    app.add_flag("--ascii", global.ascii, "Borders of tables in plain characters");
    app.add_flag("-q,--quiet", global.quiet, "No notes and no progress");
    app.add_option("-j,--jobs", global.jobs, "Threads to work with (default: all processors)")
        ->check(CLI::Range(1u, 256u));
    app.add_option("--schema", global.schema_overlay,
                   "A folder whose ontology and lexicon entries add to or replace the built-in ones");
    app.add_option("--timeout", parsed->timeout, "Longest time for a query: 500ms, 30s, 5m");
    app.add_option("--memory-limit", parsed->memory_limit, "Most memory for a query: 512M, 2G");
    app.add_flag("--read-only", global.read_only, "Open the store for reading; refuse every change");
    app.add_option("-P,--param", global.parameters, "A parameter of the query: name=json-value")
        ->expected(1)->allow_extra_args(false)->take_all();
    app.add_option("--params", global.parameter_object, "All parameters of the query as one JSON object");
    app.add_option("--format", parsed->format,
                   "table, json, jsonl, csv, tsv, markdown or graphml (export and import: see there)");
    app.add_option("--max-width", global.max_width,
                   "Columns a table may take (default: the terminal's width)");
}

void add_building(CLI::App& app, Shared& parsed) {
    Parsed& p = *parsed;
    auto* build = add(app, "build", "Read articles and keep what they state in a store", parsed,
                      [](Parsed& q, Context& c) { return build_command(c, q.build); });
    store_argument(build, p.build.store);
    build->add_option("INPUT", p.build.inputs,
                      "Files (.txt .html .json .jsonl), folders, or - for stdin")->required();

    auto* extract = add(app, "extract", "Facts of articles as JSON Lines, without a store", parsed,
                        [](Parsed& q, Context& c) { return extract_command(c, q.extract); });
    extract->add_option("INPUT", p.extract.inputs, "Files, folders, or - for stdin")->required();

    auto* remove = add(app, "remove", "Take articles, and what only they state, out of a store", parsed,
                       [](Parsed& q, Context& c) { return remove_command(c, q.remove); });
    store_argument(remove, p.remove.store);
    remove->add_option("ARTICLE", p.remove.articles, "Ids of articles")->required();
}

void add_asking(CLI::App& app, Shared& parsed) {
    Parsed& p = *parsed;
    auto* query = add(app, "query", "Run statements of the openCypher language", parsed,
                      [](Parsed& q, Context& c) { return query_command(c, q.query); });
    store_argument(query, p.query.store);
    query->add_option("QUERY", p.query.text, "Statements separated by ';' (none or -: from stdin)");
    query->add_option("-f,--file", p.query.file, "Read the statements from a file");
    query->add_option("-o,--output", p.query.output, "Write the answer to a file");
    query->add_flag("--create", p.query.create, "Make the store when there is none");
    query->add_flag("--keep-going", p.query.keep_going, "Go on after a statement that fails");

    auto* shell = add(app, "shell", "Ask and answer in a conversation", parsed,
                      [](Parsed& q, Context& c) { return shell_command(c, q.shell); });
    store_argument(shell, p.shell.store);
    shell->add_flag("--create", p.shell.create, "Make the store when there is none");

    auto* pipe = add(app, "pipe", "For programs: requests and answers as JSON Lines", parsed,
                     [](Parsed& q, Context& c) { return pipe_command(c, q.store); });
    store_argument(pipe, p.store);
}

void add_moving(CLI::App& app, Shared& parsed) {
    Parsed& p = *parsed;
    auto* out = add(app, "export", "Write a graph to a file", parsed, [](Parsed& q, Context& c) {
        q.export_to.kind = q.format;
        return export_command(c, q.export_to);
    });
    store_argument(out, p.export_to.store);
    out->add_option("-o,--output", p.export_to.output,
                    "The file; its ending tells the format: .graphml .gexf .json .jsonl .csv .dot .ttl "
                    "(- for stdout, with --format)")->required();
    out->add_option("--query", p.export_to.query, "Only the nodes and relationships this query returns");
    out->add_option("--dialect", p.export_to.dialect, "Of GraphML: gephi, yed, apoc or tinkerpop");

    auto* in = add(app, "import", "Read a graph from files", parsed, [](Parsed& q, Context& c) {
        q.import_from.kind = q.format;
        return import_command(c, q.import_from);
    });
    store_argument(in, p.import_from.store);
    in->add_option("FILE", p.import_from.files,
                   "GraphML, JSON Lines, or CSV with neo4j-admin headers")->required();
}

void add_keeping(CLI::App& app, Shared& parsed) {
    Parsed& p = *parsed;
    auto* stats = add(app, "stats", "What a store holds", parsed,
                      [](Parsed& q, Context& c) { return stats_command(c, q.store); });
    store_argument(stats, p.store);

    auto* check = add(app, "check", "Verify every file and record of a store", parsed,
                      [](Parsed& q, Context& c) { return check_command(c, q.check); });
    store_argument(check, p.check.store);
    check->add_flag("--repair-indexes", p.check.repair_indexes, "Build all indexes anew");

    auto* backup = add(app, "backup", "Copy a store, also while it is being written", parsed,
                       [](Parsed& q, Context& c) { return backup_command(c, q.copy); });
    backup->add_option("STORE", p.copy.from, "The folder of the store")->required();
    backup->add_option("DIR", p.copy.to, "A folder that does not exist yet")->required();

    auto* restore = add(app, "restore", "Make a store from a backup", parsed,
                        [](Parsed& q, Context& c) { return restore_command(c, q.copy); });
    restore->add_option("DIR", p.copy.from, "The backup's folder")->required();
    restore->add_option("STORE", p.copy.to, "A folder that does not exist yet")->required();

    add(app, "schema", "The types of things and relations that maek knows", parsed,
        [](Parsed&, Context& c) { return schema_command(c); });
    add(app, "version", "The version, and what maek was built with", parsed,
        [](Parsed&, Context& c) { return version_command(c); });
}

CLI::App* add_question(CLI::App& app, Shared& parsed, const std::string& name,
                       const std::string& summary) {
    auto* command = add(app, name, summary, parsed, [name](Parsed& q, Context& c) {
        q.question.command = name;
        return question_command(c, q.question);
    });
    store_argument(command, parsed->question.store);
    command->add_option("--limit", parsed->question.limit, "At most so many rows");
    return command;
}

void add_questions(CLI::App& app, Shared& parsed) {
    QuestionOptions& q = parsed->question;
    const auto names = [&q](CLI::App* command, const std::string& what, const std::string& help,
                            int least, int most) {
        auto* option = command->add_option(what, q.names, help)->expected(least, most);
        if (least > 0) option->required();
    };
    const auto dates = [&q](CLI::App* command) {
        command->add_option("--since", q.since, "From this year or day on: 2020, 2020-11-20");
        command->add_option("--until", q.until, "Up to this year or day");
    };
    auto* find = add_question(app, parsed, "find", "Things whose name or alias contains a text");
    names(find, "TEXT", "Part of a name, any language", 1, 1);
    find->add_option("--type", q.type, "Only this type: Company, 연구기관, ...");

    names(add_question(app, parsed, "show", "One thing: its names, facts and articles"), "NAME",
          "A name or alias", 1, 1);
    auto* path = add_question(app, parsed, "path", "How two bodies are connected");
    names(path, "NAME", "Two names", 2, 2);
    path->add_option("--max-length", q.max_length, "Longest path (default 6)")->check(CLI::Range(1u, 20u));
    names(add_question(app, parsed, "members", "Members of an alliance, or what a body belongs to"),
          "NAME", "A name; none: all alliances", 0, 1);
    auto* funding = add_question(app, parsed, "funding", "Who funds what, with how much");
    names(funding, "NAME", "Payer or payee; none: all", 0, 1);
    dates(funding);
    auto* timeline = add_question(app, parsed, "timeline", "Dated facts in order");
    names(timeline, "NAME", "A name; none: all", 0, 1);
    dates(timeline);
    auto* top = add_question(app, parsed, "top", "The best connected things");
    top->add_option("--by", q.by, "degree, pagerank, betweenness, funding or articles")
        ->check(CLI::IsMember({"degree", "pagerank", "betweenness", "funding", "articles"}));
    top->add_option("--type", q.type, "Only this type");
    names(add_question(app, parsed, "compare", "What two bodies share and where they differ"), "NAME",
          "Two names", 2, 2);
    names(add_question(app, parsed, "evidence", "The sentences that prove what is known"), "NAME",
          "One name, or two for what joins them", 1, 2);
}

void add_curating(CLI::App& app, Shared& parsed) {
    ReviewOptions& r = parsed->review;
    auto* review = add(app, "review", "The least certain facts, and decisions on them", parsed,
                       [](Parsed& q, Context& c) { return review_command(c, q.review); });
    store_argument(review, r.store);
    review->add_option("--limit", r.limit, "How many facts to list (default 20)");
    review->add_option("--below", r.below, "Only facts less certain than this (0 to 1)");
    review->add_option("--accept", r.accept, "SOURCE RELATION TARGET: this fact is right")->expected(3);
    review->add_option("--reject", r.reject, "SOURCE RELATION TARGET: this fact is wrong")->expected(3);
    review->add_option("--reject-entity", r.reject_entity, "NAME: this is no thing at all");
    review->add_option("--retype", r.retype, "NAME TYPE: it is of this type")->expected(2);
    review->add_option("--merge", r.merge, "NAME OTHER: two names of one thing")->expected(2);
    review->add_option("--split", r.split, "NAME OTHER: two things, not one")->expected(2);
    review->add_option("--undo", r.undo, "Take back the decision of this number (see --decisions)");
    review->add_flag("--decisions", r.decisions, "List what was decided");
    review->add_option("--export", r.export_file, "Write the decisions to a file (JSON Lines)");

    auto* explain = add(app, "explain", "Why names became one node", parsed,
                        [](Parsed& q, Context& c) { return explain_command(c, q.explain); });
    store_argument(explain, parsed->explain.store);
    explain->add_option("NAME", parsed->explain.name, "A name or alias")->required();

    DrawOptions& d = parsed->draw;
    auto* draw = add(app, "draw", "A picture of the graph (SVG)", parsed,
                     [](Parsed& q, Context& c) { return draw_command(c, q.draw); });
    store_argument(draw, d.store);
    draw->add_option("-o,--output", d.output, "The file, .svg")->required();
    draw->add_option("--around", d.around, "Only this body and what is near it");
    draw->add_option("--limit", d.limit, "At most so many nodes (default 150)");

    auto* report = add(app, "report", "A page about the graph (one HTML file)", parsed,
                       [](Parsed& q, Context& c) { return report_command(c, q.report); });
    store_argument(report, parsed->report.store);
    report->add_option("-o,--output", parsed->report.output, "The file, .html")->required();
}

// What the texts of options mean; the complaint, or empty.
std::string settle(Parsed& parsed, const std::string& command) {
    parsed.global.color = kColors.at(parsed.color);
    if (!parsed.timeout.empty() && !parse_duration(parsed.timeout, parsed.global.timeout)) {
        return "--timeout: '" + parsed.timeout + "' is not a time; expected 500ms, 30s, 5m or 2h";
    }
    if (!parsed.memory_limit.empty() && !parse_bytes(parsed.memory_limit, parsed.global.memory_limit)) {
        return "--memory-limit: '" + parsed.memory_limit + "' is not a size; expected 512M or 2G";
    }
    if (parsed.format.empty() || command == "export" || command == "import") return {};
    const auto found = kFormats.find(parsed.format);
    if (found == kFormats.end()) {
        return "--format: unknown format '" + parsed.format +
               "'; known: table, json, jsonl, csv, tsv, markdown, graphml";
    }
    parsed.global.format = found->second;
    parsed.global.format_given = true;
    return {};
}

// The first word that is no option, when it is no command: probably a misspelt one.
std::string unknown_command(const CLI::App& app, int argc, const char* const* argv) {
    std::vector<std::string> known;
    for (const CLI::App* command : app.get_subcommands(nullptr)) known.push_back(command->get_name());
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word.empty() || word[0] == '-') continue;
        for (const std::string& name : known) {
            if (name == word) return {};
        }
        const std::string close = closest_word(word, known);
        return "unknown command '" + word + "'" +
               (close.empty() ? std::string() : "; did you mean '" + close + "'?");
    }
    return {};
}

Refusal complaint(const CLI::App& app, const std::string& message) {
    std::string prefix = "maek";
    for (const CLI::App* command : app.get_subcommands()) prefix += " " + command->get_name();
    return {prefix + ": " + message + "\nsee `" + prefix + " --help`\n", kWrongUse};
}

}  // namespace

bool parse_duration(const std::string& text, std::chrono::milliseconds& out) {
    double number = 0;
    std::string unit;
    if (!split_number(text, number, unit)) return false;
    const double scale = unit == "ms" ? 1 : unit.empty() || unit == "s" ? 1e3 : unit == "m" ? 6e4
                       : unit == "h" ? 3.6e6 : 0;
    if (scale == 0 || number * scale > 9e15) return false;
    out = std::chrono::milliseconds(static_cast<std::int64_t>(number * scale));
    return true;
}

bool parse_bytes(const std::string& text, std::size_t& out) {
    double number = 0;
    std::string unit;
    if (!split_number(text, number, unit)) return false;
    if (!unit.empty() && (unit.back() == 'B' || unit.back() == 'b')) unit.pop_back();
    if (!unit.empty() && unit.back() == 'i') unit.pop_back();
    const double scale = unit.empty() ? 1 : unit == "K" || unit == "k" ? 1024.0 : unit == "M" ? 1048576.0
                       : unit == "G" ? 1073741824.0 : unit == "T" ? 1099511627776.0 : 0;
    if (scale == 0 || number * scale < 1 || number * scale > 9e15) return false;
    out = static_cast<std::size_t>(number * scale);
    return true;
}

std::variant<Invocation, Refusal> parse_command_line(int argc, const char* const* argv) {
    auto parsed = std::make_shared<Parsed>();
    parsed->global.language = language_of_environment();
    CLI::App app("maek reads news about regional innovation into a graph and answers questions about it.",
                 "maek");
    app.fallthrough();
    app.require_subcommand(1);
    app.set_version_flag("--version", "maek " MAEK_VERSION);
    add_global(app, parsed);
    add_building(app, parsed);
    add_asking(app, parsed);
    add_questions(app, parsed);
    add_moving(app, parsed);
    add_keeping(app, parsed);
    add_curating(app, parsed);

    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        const auto chosen = app.get_subcommands();
        return Refusal{chosen.empty() ? app.help() : chosen.front()->help("maek"), kDone};
    } catch (const CLI::CallForVersion& version) {
        return Refusal{std::string(version.what()) + "\n", kDone};
    } catch (const CLI::ParseError& fault) {
        const std::string unknown = app.get_subcommands().empty() ? unknown_command(app, argc, argv) : "";
        if (!unknown.empty()) return complaint(app, unknown);
        if (argc <= 1) return Refusal{app.help(), kWrongUse};
        return complaint(app, fault.what());
    }
    const std::string fault = settle(*parsed, app.get_subcommands().front()->get_name());
    if (!fault.empty()) return complaint(app, fault);
    std::error_code ignored;
    if (const auto& overlay = parsed->global.schema_overlay; !overlay.empty() && !std::filesystem::is_directory(overlay, ignored)) {
        return Refusal{"maek: --schema: " + path_text(overlay) + ": no such folder\n", kWorkFailed};
    }

    Invocation invocation{parsed->global, {}};
    invocation.command = [parsed](Context& context) { return parsed->command(context); };
    return invocation;
}

}  // namespace maek::tools
