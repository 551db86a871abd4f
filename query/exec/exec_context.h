// Room: query, inner. What a running statement looks at and may touch: graph, parameters, limits,
// write state. One per run, one thread. Tests: through every query case.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "query/engine.h"
#include "query/eval/eval_context.h"

namespace maek::query {

class Writer;  // exec/writer.h

// Time, cancellation and memory of one statement. check() is cheap: it looks at the clock only
// every so often.
class StatementGuard final : public Guard {
public:
    // The time of the options counts from `begun`.
    void start(const RunOptions& options, std::chrono::steady_clock::time_point begun);
    void check() override;
    void charge(std::size_t bytes) override;
    void release(std::size_t bytes) noexcept override {
        held_ = bytes > held_ ? 0 : held_ - bytes;
    }
    void require(std::size_t bytes) override;
    std::size_t held() const { return held_; }
    std::size_t peak() const { return peak_; }

private:
    const std::atomic<bool>* cancelled_ = nullptr;
    std::chrono::steady_clock::time_point deadline_{};
    std::chrono::milliseconds timeout_{0};
    std::uint32_t until_clock_ = 0;
    std::size_t limit_ = 0, held_ = 0, peak_ = 0;
};

struct ExecContext {
    EvalContext eval;                 // eval.graph: the graph read now
    StatementGuard guard;             // eval.guard points here
    const Parameters* parameters = nullptr;
    UpdateCounts updates;
    Writer* writer = nullptr;         // null in a reading statement
    std::uint64_t run = 0;            // differs from run to run: for caches of operators
    // CALL { } IN TRANSACTIONS: commits what was written so far and goes on in a new transaction.
    // Null where that is not allowed: inside a transaction of the user's.
    std::function<void()> commit_part;
    bool in_transaction = false;      // of the user's, opened before the statement
    bool read_only = false;
    bool profile = false;
    // Values of comprehension variables while their body is evaluated, by slot.
    std::vector<Value> locals;

    const graph::Graph& graph() const { return *eval.graph; }
    // Text views of the graph may not be kept in slots while it changes.
    bool writing() const { return writer != nullptr; }
    const Value* parameter(std::string_view name) const;
};

// A label, type or key that is looked up in the graph of the run, until it is there.
// Plans outlive graphs: a name that a transaction made and took back leaves its number to another.
template <class IdType>
class NameRef {
public:
    NameRef() = default;
    explicit NameRef(std::string name) : name_(std::move(name)) {}
    const std::string& name() const { return name_; }
    void forget() { id_ = IdType{}; }
    // Invalid when the graph does not know the name.
    IdType get(const graph::Graph& graph) {
        const auto& table = names(graph);
        if (id_.valid() && (id_.value >= table.size() || table.name(id_) != name_)) forget();
        if (!id_.valid()) {
            if (const auto found = table.find(name_)) id_ = *found;
        }
        return id_;
    }

private:
    static const graph::NameTable<IdType>& names(const graph::Graph& graph) {
        if constexpr (std::is_same_v<IdType, LabelId>) {
            return graph.labels();
        } else if constexpr (std::is_same_v<IdType, TypeId>) {
            return graph.types();
        } else {
            return graph.keys();
        }
    }
    std::string name_;
    IdType id_;
};
using LabelRef = NameRef<LabelId>;
using TypeRef = NameRef<TypeId>;
using KeyRef = NameRef<KeyId>;

}  // namespace maek::query
