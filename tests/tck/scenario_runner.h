// Runs one TCK scenario against an engine and says how far it passed.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "tests/query/temporary_store.h"
#include "tests/tck/feature.h"

namespace maek::tck {

// Three levels, each including the one before: an expected error was raised at all, with the right
// type and phase, with the right detail. A scenario without an expected error passes all or none.
struct Outcome {
    bool failed_at_all = false;  // level 1
    bool type_and_phase = false;
    bool detail = false;
    bool expects_error = false;
    std::string message;  // why a level was missed
};

// Owns a store in a temporary folder that every scenario empties first.
class ScenarioRunner {
public:
    explicit ScenarioRunner(std::filesystem::path tck);
    Outcome run(const Scenario& scenario);

private:
    struct Attempt;
    void clear_graph();
    void execute_named_graph(Attempt& attempt, const std::string& name);

    std::filesystem::path tck_;
    maek::test::TemporaryStore store_;
    std::map<std::string, std::string> scripts_;  // named graphs
};

}  // namespace maek::tck
