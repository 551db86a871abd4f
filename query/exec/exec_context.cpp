#include "query/exec/exec_context.h"

#include <algorithm>

#include "query/eval/failures.h"
#include "query/parse/query_error.h"

namespace maek::query {

namespace {

[[noreturn]] void throw_cancelled() {
    throw QueryError(Error{ErrorCode::kCancelled, "the statement was cancelled", {}, {}});
}

[[noreturn]] void throw_timed_out(long long milliseconds) {
    throw QueryError(Error{ErrorCode::kLimit,
                           "the statement took longer than its limit of " + std::to_string(milliseconds) +
                               " ms (option timeout)",
                           {}, {}});
}

}  // namespace

void StatementGuard::start(const RunOptions& options, std::chrono::steady_clock::time_point begun) {
    cancelled_ = options.cancelled;
    timeout_ = options.timeout;
    if (timeout_.count() > 0) deadline_ = begun + timeout_;
    limit_ = options.memory_limit;
    held_ = peak_ = 0;
    until_clock_ = 0;
}

void StatementGuard::check() {
    if (cancelled_ != nullptr && cancelled_->load(std::memory_order_relaxed)) {
        throw_cancelled();
    }
    if (timeout_.count() == 0 || until_clock_-- > 0) return;
    until_clock_ = 15;
    if (std::chrono::steady_clock::now() > deadline_) throw_timed_out(timeout_.count());
}

void StatementGuard::require(std::size_t bytes) {
    if (bytes > limit_ || held_ > limit_ - bytes) {
        fail_limit("the statement needs more memory than its limit of " +
                   std::to_string(limit_ >> 20) +
                   " MiB (option memory-limit); narrow the query or raise the limit");
    }
}

void StatementGuard::charge(std::size_t bytes) {
    require(bytes);
    held_ += bytes;
    peak_ = std::max(peak_, held_);
}

const Value* ExecContext::parameter(std::string_view name) const {
    if (parameters == nullptr) return nullptr;
    const auto found = std::lower_bound(
        parameters->begin(), parameters->end(), name,
        [](const MapEntry& entry, std::string_view wanted) { return entry.first < wanted; });
    return found != parameters->end() && found->first == name ? &found->second : nullptr;
}

}  // namespace maek::query
