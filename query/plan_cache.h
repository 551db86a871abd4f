// Room: query, inner. Prepared statements by their text, so that a repeated query costs
// microseconds. Bounded; the least recently used go. Thread-safe.
// Tests: tests/query/exec/engine_test.cpp.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "query/bind/bound.h"
#include "query/engine.h"
#include "query/exec/execution.h"

namespace maek::query {

// A statement after parsing, binding and planning. Immutable but for its idle operators.
struct CachedStatement {
    BoundStatement::Kind kind = BoundStatement::Kind::kQuery;
    SourceRange range;
    BoundStatement::Mode mode = BoundStatement::Mode::kRun;
    SchemaCommand schema;                 // kSchema
    std::unique_ptr<Prepared> prepared;   // kQuery
    std::vector<std::string> parameters;  // that it reads
    std::vector<SourceRange> parameter_places;
    std::vector<Notification> notifications;
    bool cacheable = true;
    // The graph it was planned for; a much different one deserves another plan.
    std::size_t names = 0;
    std::uint64_t nodes = 0;
    std::uint64_t indexes = 0;
};

class PlanCache {
public:
    static constexpr std::size_t kMaxStatements = 512;
    static constexpr std::size_t kMaxText = 64 * 1024;

    std::shared_ptr<CachedStatement> find(std::string_view key);
    void add(std::string_view key, std::shared_ptr<CachedStatement> statement);
    void clear();

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    struct Entry {
        std::shared_ptr<CachedStatement> statement;
        std::list<std::string_view>::iterator used;
    };
    std::mutex mutex_;
    std::unordered_map<std::string, Entry, Hash, std::equal_to<>> entries_;
    std::list<std::string_view> order_;  // most recently used first; views of the keys
};

}  // namespace maek::query
