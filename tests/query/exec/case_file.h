// Room: tests. Query cases in files, tests/query/cases/<topic>.test:
//
//   # about: one line
//   graph                    statements that make the graph, up to ----; separated by ';'
//   CREATE (:A {x: 1})
//   ----
//   case name                a test of this name
//   params {x: 1}            optional: a map literal
//   disable top_k            optional: rewrites switched off
//   MATCH (a:A) RETURN a.x   the query, up to ----; earlier statements may end with ';'
//   ---- rows                in order; `rows any-order`; `empty`; `columns a | b` before them
//   1
//   ---- error Type phase Detail [line:column]
//   ---- plan                one line, as plan_line() gives it
//   ---- reopen              closes the store and opens it again, before the next query of the case
//   ---- notes               the notifications, a line each: code and place
//   ---- updates nodes_created 1, properties_set 2
//
// A case may go on with a further query after its expectation.
#pragma once

#include <string>
#include <vector>

namespace maek::query::test {

struct Expectation {
    enum class Kind { kRows, kAnyOrder, kEmpty, kError, kPlan, kReopen, kUpdates, kNotes } kind = Kind::kRows;
    std::string head;                // what follows the kind on its line
    std::vector<std::string> lines;  // rows, the plan
};
struct Step {
    std::string query;
    std::vector<Expectation> expected;
    std::size_t line = 0;
};
struct Case {
    std::string name, parameters;
    std::vector<std::string> disabled;
    std::vector<Step> steps;
};
struct CaseFile {
    std::string path, topic, graph;
    std::vector<Case> cases;
};

// Throws std::runtime_error with file and line for what is not of the form above.
CaseFile read_case_file(const std::string& path);

}  // namespace maek::query::test
