#include "tools/shell/shell.h"

#include <algorithm>
#include <cstdio>
#include <fstream>

#include "tools/export_graph.h"
#include "tools/input/interrupt.h"
#include "tools/input/json_value.h"
#include "tools/input/spelling.h"
#include "tools/output/graph_summary.h"
#include "tools/output/json_text.h"
#include "tools/output/progress.h"
#include "tools/output/text_width.h"

namespace maek::tools {
namespace {

constexpr std::size_t kShownRows = 1000;
constexpr int kDeepestSource = 16;

std::string trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

bool blank(std::string_view text) { return text.find_first_not_of(" \t\r\n;") == std::string_view::npos; }

// Whether the text's last statement is ended by its own ';'.
bool is_ended(const std::string& text) {
    const std::size_t last = text.find_last_not_of(" \t\r\n");
    return last != std::string::npos && text[last] == ';' && !query::is_incomplete(text);
}

bool number_of(const std::string& text, std::size_t& out) {
    if (text.empty() || text.size() > 9) return false;
    for (const char c : text) {
        if (c < '0' || c > '9') return false;
    }
    out = std::stoul(text);
    return true;
}

std::vector<std::string> names_in(const auto& table, auto id) {
    std::vector<std::string> out;
    for (std::uint32_t i = 0; i < table.size(); ++i) out.emplace_back(table.name(decltype(id){i}));
    return out;
}

}  // namespace

Shell::Shell(Context& context, Database& database, query::Parameters parameters, bool interactive)
    : context_(context),
      database_(database),
      session_(database.engine->session()),
      parameters_(std::move(parameters)),
      format_(context.options.format),
      interactive_(interactive),
      timing_(interactive),
      rows_(interactive ? kShownRows : 0),
      width_(context.options.max_width) {
    vocabulary_.keywords = language_keywords();
    for (const Command& command : commands()) vocabulary_.commands.push_back(":" + std::string(command.names.front()));
    auto functions = session_.run("SHOW FUNCTIONS YIELD name RETURN name");
    if (!functions.ok()) return;  // an engine without the list: nothing to complete
    for (const auto& row : functions->rows) {
        if (!row.empty() && row.front().is(ValueKind::kString)) {
            vocabulary_.functions.emplace_back(row.front().as_string());
        }
    }
}

const std::vector<Shell::Command>& Shell::commands() {
    static const std::vector<Command> kCommands = {
        {{"help", "h", "?"}, "[COMMAND]", "this list", "이 목록", &Shell::help},
        {{"schema"}, "", "labels, types and property keys in this store", "저장소의 레이블, 관계 종류, 속성 키", &Shell::show_schema},
        {{"param"}, "NAME JSON", "set a parameter: :param n 3 or :param n => 3", "매개변수 설정", &Shell::set_parameter},
        {{"params"}, "[clear]", "the parameters that are set", "설정한 매개변수 보기", &Shell::show_parameters},
        {{"begin"}, "", "open a transaction", "트랜잭션 시작", &Shell::begin},
        {{"commit"}, "", "keep what the transaction did", "트랜잭션 저장", &Shell::commit},
        {{"rollback"}, "", "undo what the transaction did", "트랜잭션 되돌리기", &Shell::roll_back},
        {{"format", "mode"}, "NAME", "table, json, jsonl, csv, tsv, markdown or graphml", "출력 형식", &Shell::set_format},
        {{"timing"}, "on|off", "rows and time after each answer", "답마다 행 수와 시간 표시", &Shell::set_timing},
        {{"rows"}, "N", "most rows of a table to show, 0 for all", "표에 보일 최대 행 수 (0: 모두)", &Shell::set_rows},
        {{"width"}, "N", "columns a table may take, 0 for the terminal's", "표의 너비 (0: 터미널 너비)", &Shell::set_width},
        {{"export"}, "FILE [QUERY]", "write the graph, or what a query returns, to a file", "그래프를 파일로 쓰기", &Shell::export_graph},
        {{"source", "read"}, "FILE", "run the statements of a file", "파일의 문장 실행", &Shell::run_source},
        {{"explain"}, "QUERY", "how a query would be run", "질의 실행 계획 보기", &Shell::explain},
        {{"profile"}, "QUERY", "run a query and show rows and time per step", "질의를 실행하고 단계별로 보기", &Shell::profile},
        {{"history"}, "[N]", "the last statements", "지난 문장", &Shell::show_history},
        {{"clear"}, "", "an empty screen", "화면 지우기", &Shell::clear_screen},
        {{"exit", "quit", "q"}, "", "leave (also Ctrl-D)", "끝내기 (Ctrl-D)", &Shell::leave},
    };
    return kCommands;
}

std::string Shell::prompt() const {
    if (!pending_.empty()) return "  ... ";
    return session_.in_transaction() ? "maek*> " : "maek> ";
}

int Shell::run(LineReader& reader) {
    reader_ = &reader;
    int exit_code = kDone;
    bool told_exit = false;
    while (!leaving_) {
        std::string line;
        clear_interrupt();
        const auto got = reader.read(prompt(), line);
        if (got == LineReader::Got::kInterrupted) {
            if (!interactive_) return kInterrupted;
            if (pending_.empty() && line.empty() && !told_exit) {
                context_.console.note(context_.console.text(":exit or Ctrl-D leaves", ":exit 또는 Ctrl-D로 끝냅니다"));
                told_exit = true;
            }
            pending_.clear();
            continue;
        }
        if (got == LineReader::Got::kEnd) break;
        if (!take_line(line, &reader)) {
            exit_code = interrupted() ? kInterrupted : kWorkFailed;
            if (!interactive_) break;
        }
    }
    if (!interactive_ && exit_code == kDone && !blank(pending_) && !run_statement(pending_)) exit_code = kWorkFailed;
    if (session_.in_transaction()) {
        context_.console.warn(context_.console.text("note: the open transaction was rolled back",
                                                    "참고: 열린 트랜잭션을 되돌렸습니다"));
    }
    reader_ = nullptr;
    return interactive_ ? kDone : exit_code;
}

bool Shell::take_line(const std::string& line, LineReader* reader) {
    const std::string text = trimmed(line);
    if (blank(pending_)) {
        pending_.clear();
        if (text.empty()) return true;
        if (text[0] == ':' || text[0] == '.') {
            if (reader != nullptr) reader->remember(text);
            return run_command(text);
        }
    }
    pending_ += pending_.empty() ? line : "\n" + line;
    if (!is_ended(pending_)) return true;
    const std::string statement = std::move(pending_);
    pending_.clear();
    if (reader != nullptr) reader->remember(statement);
    return run_statement(statement);
}

bool Shell::run_statement(const std::string& text) {
    if (blank(text)) return true;
    StatementRun run;
    run.format = format_;
    run.style = table_style(context_);
    if (width_ != 0) run.style.max_width = width_;
    run.sink = [this](std::string_view piece) { context_.console.write(piece); };
    run.summary = timing_;
    run.max_rows = rows_;
    const int exit_code = run_statements(context_, database_, session_, text, parameters_, run);
    std::fflush(stdout);
    if (exit_code == kInterrupted && interactive_) clear_interrupt();
    return exit_code == kDone;
}

bool Shell::run_command(const std::string& line) {
    const std::size_t space = line.find_first_of(" \t");
    std::string name = line.substr(1, space == std::string::npos ? std::string::npos : space - 1);
    std::string rest = space == std::string::npos ? "" : trimmed(line.substr(space));
    while (!name.empty() && name.back() == ';') name.pop_back();
    while (!rest.empty() && rest.back() == ';') rest.pop_back();
    std::vector<std::string> known;
    for (const Command& command : commands()) {
        for (const std::string_view alias : command.names) {
            if (alias == name) return (this->*command.run)(rest);
            known.emplace_back(alias);
        }
    }
    const std::string close = closest_word(name, known);
    context_.console.fail_usage("unknown command ':" + visible(name) + "'" +
                                (close.empty() ? "; :help lists all" : "; did you mean ':" + close + "'?"));
    return false;
}

bool Shell::wrong(std::string_view english, std::string_view korean) const {
    context_.console.fail_usage(context_.console.text(english, korean));
    return false;
}

bool Shell::help(const std::string& rest) {
    const Console& console = context_.console;
    const std::string wanted = rest.starts_with(':') || rest.starts_with('.') ? rest.substr(1) : rest;
    std::string out;
    for (const Command& command : commands()) {
        if (!wanted.empty() && std::find(command.names.begin(), command.names.end(), wanted) == command.names.end()) {
            continue;
        }
        const std::string call = ":" + std::string(command.names.front()) + " " + std::string(command.arguments);
        out += "  " + padded(call, 24) + std::string(console.text(command.english, command.korean)) + "\n";
    }
    if (out.empty()) return wrong("no such command; :help lists all", "그런 명령이 없습니다. :help로 목록을 봅니다");
    if (wanted.empty()) {
        out += console.text(
            "A statement ends with ';' and may take several lines. Tab completes, Ctrl-C gives up.\n"
            "  MATCH (i:ResearchInstitute)-[:MEMBER_OF]->(a:Alliance) RETURN i.name, a.name;\n",
            "문장은 ';'로 끝나고 여러 줄에 걸쳐도 됩니다. Tab으로 완성, Ctrl-C로 그만둡니다.\n"
            "  MATCH (i:연구기관)-[:참여]->(a:얼라이언스) RETURN i.name, a.name;\n");
    }
    console.write(out);
    return true;
}

bool Shell::leave(const std::string&) {
    leaving_ = true;
    return true;
}

bool Shell::show_schema(const std::string&) {
    const Console& console = context_.console;
    const graph::Graph graph = database_.store->snapshot();
    console.write(std::string(console.text("nodes          ", "노드    ")) + grouped(graph.node_count()) + "\n" +
                  census_text(labels_of(graph), 96));
    console.write(std::string(console.text("relationships  ", "관계    ")) + grouped(graph.rel_count()) + "\n" +
                  census_text(types_of(graph), 96));
    std::string keys;
    for (const std::string& key : names_in(graph.keys(), KeyId{})) keys += (keys.empty() ? "" : ", ") + visible(key);
    console.write(std::string(console.text("property keys  ", "속성 키 ")) + keys + "\n");
    for (const graph::IndexInfo& index : graph.indexes()) {
        std::string line = std::string(console.text("index          ", "인덱스  ")) + visible(index.name) + " ON";
        for (const std::string& label : index.labels) line += " :" + visible(label);
        line += " (";
        for (std::size_t i = 0; i < index.properties.size(); ++i) {
            line += (i > 0 ? ", " : "") + visible(index.properties[i]);
        }
        console.write(line + ")\n");
    }
    return true;
}

bool Shell::set_parameter(const std::string& rest) {
    if (rest.empty()) return show_parameters("");
    const std::size_t space = rest.find_first_of(" \t=:");
    std::string name = rest.substr(0, space);
    std::string value = space == std::string::npos ? "" : trimmed(rest.substr(space));
    for (const std::string_view arrow : {"=>", "=", ":"}) {
        if (value.starts_with(arrow)) {
            value = trimmed(value.substr(arrow.size()));
            break;
        }
    }
    if (value.empty()) return wrong("expected :param NAME JSON, as in :param name \"KERI\"",
                                    "':param 이름 JSON' 꼴이어야 합니다. 예: :param name \"KERI\"");
    auto parameter = parse_parameter(name + "=" + value);
    if (!parameter.ok()) {
        context_.console.fail(parameter.error());
        return false;
    }
    const auto at = std::lower_bound(parameters_.begin(), parameters_.end(), parameter->first,
                                     [](const MapEntry& entry, const std::string& key) { return entry.first < key; });
    if (at != parameters_.end() && at->first == parameter->first) {
        at->second = parameter->second;
    } else {
        parameters_.insert(at, std::move(parameter).value());
    }
    return true;
}

bool Shell::show_parameters(const std::string& rest) {
    if (rest == "clear") parameters_.clear();
    JsonText json;
    for (const auto& [name, value] : parameters_) {
        json.clear();
        json.value(value, graph::Graph());
        context_.console.write(visible(name) + " => " + std::string(json.text()) + "\n");
    }
    return true;
}

bool Shell::begin(const std::string&) {
    const auto done = session_.begin();
    if (!done.ok()) context_.console.fail(database_.explained(done.error()));
    return done.ok();
}

bool Shell::commit(const std::string&) {
    const auto done = session_.commit();
    if (!done.ok()) context_.console.fail(database_.explained(done.error()));
    return done.ok();
}

bool Shell::roll_back(const std::string&) {
    const auto done = session_.roll_back();
    if (!done.ok()) context_.console.fail(done.error());
    return done.ok();
}

bool Shell::set_format(const std::string& rest) {
    const std::pair<std::string_view, Format> formats[] = {
        {"table", Format::kTable}, {"json", Format::kJson},         {"jsonl", Format::kJsonLines},
        {"csv", Format::kCsv},     {"tsv", Format::kTsv},           {"markdown", Format::kMarkdown},
        {"md", Format::kMarkdown}, {"graphml", Format::kGraphml}};
    for (const auto& [name, format] : formats) {
        if (name != rest) continue;
        format_ = format;
        return true;
    }
    return wrong("expected :format table, json, jsonl, csv, tsv, markdown or graphml",
                 ":format 다음에는 table, json, jsonl, csv, tsv, markdown, graphml 가운데 하나가 와야 합니다");
}

bool Shell::set_timing(const std::string& rest) {
    if (rest != "on" && rest != "off" && !rest.empty()) return wrong("expected :timing on or off", ":timing on 또는 off");
    timing_ = rest.empty() ? !timing_ : rest == "on";
    return true;
}

bool Shell::set_rows(const std::string& rest) {
    return number_of(rest, rows_) || wrong("expected :rows and a number", ":rows 다음에 수가 와야 합니다");
}

bool Shell::set_width(const std::string& rest) {
    return number_of(rest, width_) || wrong("expected :width and a number", ":width 다음에 수가 와야 합니다");
}

bool Shell::export_graph(const std::string& rest) {
    const std::size_t space = rest.find_first_of(" \t");
    const std::string path = rest.substr(0, space);
    const std::string query = space == std::string::npos ? "" : trimmed(rest.substr(space));
    if (path.empty()) return wrong("expected :export FILE, or :export FILE QUERY", ":export 다음에 파일 이름이 와야 합니다");
    ExportRequest request;
    request.output = path;
    graph::Graph graph = database_.store->snapshot();
    if (!query.empty()) {
        auto result = session_.run(query, parameters_, run_options(context_));
        auto part = result.ok() ? selection_of(*result) : Result<Selection>(result.error());
        if (!part.ok()) {
            context_.console.fail(part.error(), query);
            return false;
        }
        request.part = std::move(part).value();
        graph = result->graph;
    }
    const auto done = tools::export_graph(graph, request);
    if (!done.ok()) {
        context_.console.fail(done.error());
        return false;
    }
    context_.console.note(export_summary(graph, request, context_.console));
    return true;
}

bool Shell::run_source(const std::string& rest) {
    if (rest.empty()) return wrong("expected :source FILE", ":source 다음에 파일 이름이 와야 합니다");
    return source(rest);
}

bool Shell::source(const std::string& path) {
    std::ifstream in(path);
    if (!in) {
        context_.console.fail(Error{ErrorCode::kNotFound, path + ": cannot be read"});
        return false;
    }
    if (depth_ >= kDeepestSource) return wrong(":source inside :source, too deep", ":source가 너무 깊이 겹쳤습니다");
    ++depth_;
    bool good = true;
    std::string before = std::move(pending_), line;
    pending_.clear();
    while (good && !leaving_ && !interrupted() && std::getline(in, line)) good = take_line(line, nullptr);
    if (good && !blank(pending_)) good = run_statement(pending_);
    pending_ = std::move(before);
    --depth_;
    return good;
}

bool Shell::explain(const std::string& rest) { return run_statement("EXPLAIN " + rest); }
bool Shell::profile(const std::string& rest) { return run_statement("PROFILE " + rest); }

bool Shell::show_history(const std::string& rest) {
    std::size_t count = 20;
    if (!rest.empty() && !number_of(rest, count)) return wrong("expected :history and a number", ":history 다음에 수가 와야 합니다");
    const auto lines = reader_ != nullptr ? reader_->history() : std::vector<std::string>();
    for (std::size_t i = lines.size() > count ? lines.size() - count : 0; i < lines.size(); ++i) {
        context_.console.write(visible(lines[i]) + "\n");
    }
    return true;
}

bool Shell::clear_screen(const std::string&) {
    if (context_.console.out_is_terminal()) context_.console.write("\x1b[H\x1b[2J");
    return true;
}

std::vector<std::string> Shell::complete(const std::string& text, std::size_t& begin) {
    const graph::Graph graph = database_.store->snapshot();
    vocabulary_.labels = names_in(graph.labels(), LabelId{});
    vocabulary_.types = names_in(graph.types(), TypeId{});
    vocabulary_.keys = names_in(graph.keys(), KeyId{});
    const std::string before = pending_.empty() ? "" : pending_ + "\n";
    auto out = completions(before + text, vocabulary_, begin);
    begin -= std::min(begin, before.size());
    return out;
}

}  // namespace maek::tools
