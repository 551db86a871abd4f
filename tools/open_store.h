// Room: tools. Opening a store for a command, with the query engine and the ontology's synonyms on
// it. Tests: tests/tools/store_access_test.cpp.
#pragma once

#include <filesystem>
#include <memory>

#include "query/engine.h"
#include "storage/store.h"
#include "tools/commands.h"

namespace maek::tools {

enum class Access {
    kRead,         // beside a writer too
    kWrite,        // kStoreInUse when another process writes
    kPreferWrite,  // reads when another process writes or the folder is read-only
};

struct Database {
    std::unique_ptr<storage::Store> store;
    std::unique_ptr<query::Engine> engine;  // dies before the store
    bool fell_back = false;                 // kPreferWrite could only read: see `why`
    Error why = {};

    // A refused write of a database that fell back is the store's trouble, not the query's.
    Error explained(Error error) const;
};

// --read-only turns every access into kRead.
Result<std::unique_ptr<storage::Store>> open_store(const Context& context, const std::filesystem::path& path,
                                                   Access access, bool create = false);
Result<Database> open_database(const Context& context, const std::filesystem::path& path, Access access,
                               bool create = false);

// What the global options say about running queries; cancelled by Ctrl-C.
query::RunOptions run_options(const Context& context);
// --param name=json, sorted by name. kUsage names the parameter that is not JSON.
Result<query::Parameters> parameters_of(const GlobalOptions& options);
Result<MapEntry> parse_parameter(const std::string& text);

}  // namespace maek::tools
