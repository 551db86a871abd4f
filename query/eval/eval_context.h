// Room: query, inner. What evaluating an expression may look at beside its operands: the graph, the
// clocks, chance, and the limits of the running statement. One per thread of a statement.
// May enter: schema, graph. Must stay out: parser, plans. Tests: tests/query/eval/functions_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>

#include "graph/graph.h"
#include "schema/value.h"

namespace maek::query {

// The limits of a running statement. The executor owns one; both members throw QueryError when the
// statement has to end (cancelled, too late, too much memory).
class Guard {
public:
    virtual ~Guard() = default;
    // Cheap enough for every few thousand steps of a loop.
    virtual void check() = 0;
    // Bytes now held on behalf of the statement grow; a failed charge leaves the sum unchanged.
    virtual void charge(std::size_t bytes) = 0;
    virtual void release(std::size_t bytes) noexcept = 0;
    // Throws when that many bytes could not be charged now. Charges nothing.
    virtual void require(std::size_t bytes) = 0;
};

// Entities that the statement deleted: touching their contents is an error, their ids stay valid.
class DeletedEntities {
public:
    virtual ~DeletedEntities() = default;
    virtual bool is_deleted(NodeId id) const = 0;
    virtual bool is_deleted(RelId id) const = 0;
    // The ends and type a deleted relationship had: type(r) still answers after DELETE r.
    virtual graph::RelRecord deleted_record(RelId id) const = 0;
};

struct RegexCache;

struct EvalContext {
    const graph::Graph* graph = nullptr;         // the statement's view, own writes included
    const DeletedEntities* deleted = nullptr;    // null: nothing was deleted
    Guard* guard = nullptr;                      // null: only a fixed memory cap (kUnguardedLimit)
    std::string language = "en";                 // of messages

    // The clocks, in UTC; nanos fit beside seconds. Unset ones are read from the system at first use.
    struct Instant {
        std::int64_t epoch_seconds = 0;
        std::int32_t nanos = 0;
    };
    std::optional<Instant> statement_time;
    std::optional<Instant> transaction_time;
    std::string default_zone = "Z";  // for temporal values given without a zone

    std::optional<std::mt19937_64> random;      // unset: seeded from the system at first use
    std::shared_ptr<RegexCache> regex_cache;    // filled by matches_regex()

    static constexpr std::size_t kUnguardedLimit = std::size_t{1} << 30;

    void check() {
        if (guard != nullptr) guard->check();
    }
    // To be called before building a value of about that size.
    void require(std::size_t bytes);
    void charge(std::size_t bytes) {
        if (guard != nullptr) guard->charge(bytes);
    }
    void release(std::size_t bytes) noexcept {
        if (guard != nullptr) guard->release(bytes);
    }
    std::mt19937_64& chance();
    Instant statement_clock();
    Instant transaction_clock();
    static Instant realtime_clock();
};

// Throws EntityNotFound (DeletedEntityAccess) when the statement deleted the entity.
void require_alive(const EvalContext& context, NodeId id);
void require_alive(const EvalContext& context, RelId id);

}  // namespace maek::query
