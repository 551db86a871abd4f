// Runs one TCK scenario against an engine and says how far it passed.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "query/engine.h"
#include "storage/store.h"
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
    ~ScenarioRunner();
    Outcome run(const Scenario& scenario);

private:
    struct Attempt;
    void clear_graph();
    void execute_named_graph(Attempt& attempt, const std::string& name);

    std::filesystem::path tck_, folder_;
    std::unique_ptr<storage::Store> store_;
    std::map<std::string, std::string> scripts_;  // named graphs
};

}  // namespace maek::tck
