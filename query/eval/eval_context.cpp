#include "query/eval/eval_context.h"

#include <chrono>

#include "query/eval/failures.h"

namespace maek::query {

void EvalContext::require(std::size_t bytes) {
    if (guard != nullptr) return guard->require(bytes);
    if (bytes > kUnguardedLimit) {
        fail_limit("the result would need " + std::to_string(bytes) + " bytes; at most " +
                   std::to_string(kUnguardedLimit) + " are allowed");
    }
}

std::mt19937_64& EvalContext::chance() {
    if (!random) {
        std::random_device device;
        random.emplace((static_cast<std::uint64_t>(device()) << 32) ^ device());
    }
    return *random;
}

EvalContext::Instant EvalContext::realtime_clock() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    const auto nanos = std::chrono::duration_cast<std::chrono::nanoseconds>(since).count();
    return {nanos / 1'000'000'000, static_cast<std::int32_t>(nanos % 1'000'000'000)};
}

EvalContext::Instant EvalContext::statement_clock() {
    if (!statement_time) statement_time = realtime_clock();
    return *statement_time;
}

EvalContext::Instant EvalContext::transaction_clock() {
    if (!transaction_time) transaction_time = statement_clock();
    return *transaction_time;
}

void require_alive(const EvalContext& context, NodeId id) {
    if (context.deleted == nullptr || !context.deleted->is_deleted(id)) return;
    fail("EntityNotFound", "DeletedEntityAccess", "22N55",
         "node " + std::to_string(id.value) + " was deleted in this statement");
}

void require_alive(const EvalContext& context, RelId id) {
    if (context.deleted == nullptr || !context.deleted->is_deleted(id)) return;
    fail("EntityNotFound", "DeletedEntityAccess", "22N55",
         "relationship " + std::to_string(id.value) + " was deleted in this statement");
}

}  // namespace maek::query
