#include "tests/tck/scenario_runner.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>
#include <tuple>

#include "tests/tck/expected_value.h"

namespace maek::tck {
namespace {

constexpr std::string_view kSides[] = {"nodes", "relationships", "properties", "labels"};

// What side effects are counted in: the graph as sets.
struct GraphSets {
    std::set<std::string> sets[4];

    explicit GraphSets(const graph::Graph& graph) {
        for (std::uint32_t n = 0; n < graph.node_slots(); ++n) {
            const NodeId id{n};
            if (!graph.has_node(id)) continue;
            const std::string name = "n" + std::to_string(n);
            sets[0].insert(name);
            for (const LabelId label : graph.labels_of(id)) sets[3].emplace(graph.labels().name(label));
            add_properties(name, graph.node_properties(id), graph);
        }
        for (std::uint32_t r = 0; r < graph.rel_slots(); ++r) {
            const RelId id{r};
            if (!graph.has_rel(id)) continue;
            const std::string name = "r" + std::to_string(r);
            sets[1].insert(name);
            add_properties(name, graph.rel_properties(id), graph);
        }
    }

    void add_properties(const std::string& owner, const std::vector<std::pair<KeyId, Value>>& properties,
                        const graph::Graph& graph) {
        for (const auto& [key, value] : properties) {
            sets[2].insert(owner + "." + std::string(graph.keys().name(key)) + "=" +
                           std::to_string(static_cast<int>(value.kind())) + describe(value, graph));
        }
    }
};

std::map<std::string, std::size_t> side_effects(const graph::Graph& before, const graph::Graph& after) {
    const GraphSets old_sets(before), new_sets(after);
    std::map<std::string, std::size_t> counts;
    for (std::size_t i = 0; i < 4; ++i) {
        std::vector<std::string> added, removed;
        std::ranges::set_difference(new_sets.sets[i], old_sets.sets[i], std::back_inserter(added));
        std::ranges::set_difference(old_sets.sets[i], new_sets.sets[i], std::back_inserter(removed));
        if (!added.empty()) counts["+" + std::string(kSides[i])] = added.size();
        if (!removed.empty()) counts["-" + std::string(kSides[i])] = removed.size();
    }
    return counts;
}

std::string show(const std::map<std::string, std::size_t>& counts) {
    std::string out;
    for (const auto& [what, count] : counts) out += " " + what + "=" + std::to_string(count);
    return out.empty() ? " none" : out;
}

// "test.proc(a :: INTEGER?, b :: STRING?) :: (c :: STRING?)" with its table.
query::TableProcedure parse_procedure(std::string_view text, const std::vector<std::vector<std::string>>& table) {
    query::TableProcedure procedure;
    const auto open = text.find('(');
    procedure.name = text.substr(0, open);
    const auto fields = [](std::string_view list) {
        std::vector<query::ProcedureField> out;
        std::stringstream in{std::string(list)};
        for (std::string part; std::getline(in, part, ',');) {
            const auto colons = part.find("::");
            if (colons == std::string::npos) continue;
            const auto strip = [](std::string s) {
                s.erase(0, s.find_first_not_of(' '));
                s.erase(s.find_last_not_of(' ') + 1);
                return s;
            };
            out.push_back({strip(part.substr(0, colons)), strip(part.substr(colons + 2))});
        }
        return out;
    };
    const auto close = text.find(')', open);
    procedure.inputs = fields(text.substr(open + 1, close - open - 1));
    const auto second = text.find('(', close);
    procedure.outputs = fields(text.substr(second + 1, text.rfind(')') - second - 1));
    for (std::size_t r = 1; r < table.size(); ++r) {
        if (procedure.inputs.size() + procedure.outputs.size() == 0) break;
        std::vector<Value> row;
        for (const std::string& cell : table[r]) row.push_back(to_value(parse_expected(cell)));
        procedure.rows.push_back(std::move(row));
    }
    return procedure;
}

struct Failure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

std::string describe_row(const std::vector<Value>& row, const graph::Graph& graph) {
    std::string out = "|";
    for (const Value& value : row) out += " " + describe(value, graph) + " |";
    return out;
}

void compare_rows(const query::QueryResult& result, const std::vector<std::vector<std::string>>& table,
                  bool ordered, bool bags) {
    std::string seen = "got:";
    for (const std::string& column : result.columns) seen += " " + column + " |";
    for (const auto& row : result.rows) seen += "\n  " + describe_row(row, result.graph);
    if (table.empty() || result.columns != table[0]) throw Failure("other columns; " + seen);
    if (result.rows.size() != table.size() - 1) throw Failure("other number of rows; " + seen);
    std::vector<bool> used(result.rows.size());
    for (std::size_t r = 1; r < table.size(); ++r) {
        std::vector<ExpectedValue> expected;
        for (const std::string& cell : table[r]) expected.push_back(parse_expected(cell));
        const auto same = [&](const std::vector<Value>& row) {
            for (std::size_t c = 0; c < row.size(); ++c) {
                if (!matches(expected[c], row[c], result.graph, bags)) return false;
            }
            return true;
        };
        std::size_t at = ordered ? r - 1 : 0;
        const std::size_t end = ordered ? r : used.size();
        while (at < end && (used[at] || !same(result.rows[at]))) ++at;
        if (at == end) throw Failure("no such row as expected row " + std::to_string(r) + "; " + seen);
        used[at] = true;
    }
}

}  // namespace

// One run through a scenario's steps.
struct ScenarioRunner::Attempt {
    query::Engine engine;
    query::Session session;
    query::Parameters parameters;
    std::optional<Result<query::QueryResult>> result;
    std::optional<graph::Graph> before;
    Outcome outcome{true, true, true, false, ""};
    storage::Store& store;

    explicit Attempt(storage::Store& s) : engine(s, {}), session(engine.session()), store(s) {}

    void setup(std::string_view text) {
        const auto done = session.run(text);
        if (!done) throw Failure("set-up failed: " + done.error().text());
    }

    void execute(std::string_view text) {
        before = store.snapshot();
        result.emplace(session.run(text, parameters));
    }

    const query::QueryResult& rows() const {
        if (!result->ok()) {
            const Error& error = result->error();
            const std::string fault = error.query ? error.query->type + "/" + error.query->detail + ": " : "";
            throw Failure("unexpected error: " + fault + error.text());
        }
        return result->value();
    }

    void expect_error(const std::string& step) {
        outcome.expects_error = true;
        if (result->ok()) throw Failure("no error raised; expected " + step);
        const Error& error = result->error();
        const QueryFault fault = error.query.value_or(QueryFault{});
        const auto raised = step.find(" should be raised at ");
        const auto article = step.find(' ');
        const std::string type = step.substr(article + 1, raised - article - 1);
        const std::string rest = step.substr(raised + 21);
        const std::string phase = rest.substr(0, rest.find(": "));
        const std::string detail = rest.substr(rest.find(": ") + 2);
        const bool phase_right = phase == fault.phase || phase == "any time";
        outcome.type_and_phase = type == fault.type && phase_right;
        outcome.detail = outcome.type_and_phase && (detail == "*" || detail == fault.detail);
        if (!outcome.detail) {
            outcome.message = "expected " + type + "/" + phase + "/" + detail + ", got " + fault.type + "/" +
                              fault.phase + "/" + fault.detail + ": " + error.text();
        }
    }

    void expect_side_effects(const std::vector<std::vector<std::string>>& table) const {
        std::map<std::string, std::size_t> expected;
        for (const auto& row : table) {
            if (row.size() == 2 && row[1] != "0") expected[row[0]] = std::stoul(row[1]);
        }
        const auto actual = side_effects(*before, store.snapshot());
        if (actual != expected) throw Failure("side effects:" + show(actual) + "; expected:" + show(expected));
    }
};

ScenarioRunner::ScenarioRunner(std::filesystem::path tck) : tck_(std::move(tck)) {}

void ScenarioRunner::clear_graph() {
    const graph::Graph graph = store_.store().snapshot();
    if (graph.node_count() == 0) return;
    auto write = store_.store().begin_write();
    if (!write) throw std::runtime_error(write.error().text());
    for (std::uint32_t r = 0; r < graph.rel_slots(); ++r) {
        if (graph.has_rel(RelId{r})) write->graph().delete_relationship(RelId{r});
    }
    for (std::uint32_t n = 0; n < graph.node_slots(); ++n) {
        if (graph.has_node(NodeId{n})) write->graph().delete_node(NodeId{n});
    }
    if (const auto done = std::move(*write).commit(); !done) throw std::runtime_error(done.error().text());
}

void ScenarioRunner::execute_named_graph(Attempt& attempt, const std::string& name) {
    std::string& script = scripts_[name];
    if (script.empty()) {
        std::ifstream in(tck_ / "graphs" / name / (name + ".cypher"), std::ios::binary);
        std::stringstream content;
        content << in.rdbuf();
        script = content.str();
    }
    for (const auto& statement : query::split_statements(script)) attempt.setup(statement.text);
}

Outcome ScenarioRunner::run(const Scenario& scenario) {
    clear_graph();
    Attempt attempt(store_.store());
    try {
        for (const Step& step : scenario.steps) {
            const std::string& text = step.text;
            const bool bags = text.find("ignoring element order") != std::string::npos;
            if (text == "an empty graph" || text == "any graph") continue;
            if (text.starts_with("the binary-tree-")) {
                execute_named_graph(attempt, text.substr(4, 13));
            } else if (text == "having executed") {
                attempt.setup(step.doc_string);
            } else if (text == "parameters are") {
                for (const auto& row : step.table) {
                    attempt.parameters.emplace_back(row[0], to_value(parse_expected(row[1])));
                }
                std::ranges::sort(attempt.parameters, {}, [](const MapEntry& e) { return e.first; });
            } else if (text.starts_with("there exists a procedure ")) {
                attempt.engine.register_procedure(parse_procedure(std::string_view(text).substr(25), step.table));
            } else if (text == "executing query" || text == "executing control query") {
                attempt.execute(step.doc_string);
            } else if (text.starts_with("the result should be empty")) {
                if (!attempt.rows().rows.empty()) throw Failure("rows where none were expected");
            } else if (text.starts_with("the result should be")) {
                compare_rows(attempt.rows(), step.table, text.find("in order") != std::string::npos, bags);
            } else if (text.find(" should be raised at ") != std::string::npos) {
                attempt.expect_error(text);
            } else if (text == "no side effects" || text == "the side effects should be") {
                attempt.expect_side_effects(step.table);
            } else {
                throw Failure("a step this runner does not know: " + text);
            }
        }
    } catch (const std::exception& failure) {
        attempt.outcome.message = failure.what();
        attempt.outcome.failed_at_all = attempt.outcome.type_and_phase = attempt.outcome.detail = false;
    }
    return attempt.outcome;
}

}  // namespace maek::tck
