// Room: query, inner. The procedures an engine knows, by name. Filled when the engine is made (and
// by tests, through Engine::register_procedure), only read afterwards by running statements: a
// ProcedureInfo, once found, stays where it is as long as the registry.
// Tests: tests/query/exec/procedure_test.cpp.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "query/exec/procedure.h"

namespace maek::query {

class ProcedureRegistry {
public:
    ProcedureRegistry() = default;
    ProcedureRegistry(const ProcedureRegistry&) = delete;
    ProcedureRegistry& operator=(const ProcedureRegistry&) = delete;

    // Replaces one of the same name (the old one stays alive for statements that hold it).
    void add(ProcedureInfo procedure);
    void add(TableProcedure procedure);  // answers from its rows, see query/engine.h
    // Names are compared without regard to case; nullptr when there is none.
    const ProcedureInfo* find(std::string_view name) const;
    std::vector<std::string_view> names() const;  // sorted
    std::vector<const ProcedureInfo*> all() const;

private:
    std::map<std::string, const ProcedureInfo*> by_name_;  // by lower-case name
    std::vector<std::unique_ptr<ProcedureInfo>> owned_;
};

// The groups of procedures that every engine has.
void add_database_procedures(ProcedureRegistry& registry);   // db.*, dbms.*: procedures_database.cpp
void add_show_procedures(ProcedureRegistry& registry);       // what SHOW lists: procedures_show.cpp
void add_algorithm_procedures(ProcedureRegistry& registry);  // algo.*: procedures_algorithm.cpp

}  // namespace maek::query
