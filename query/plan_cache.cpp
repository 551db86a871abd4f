#include "query/plan_cache.h"

namespace maek::query {

std::shared_ptr<CachedStatement> PlanCache::find(std::string_view key) {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(key);
    if (found == entries_.end()) return nullptr;
    order_.splice(order_.begin(), order_, found->second.used);
    return found->second.statement;
}

void PlanCache::add(std::string_view key, std::shared_ptr<CachedStatement> statement) {
    if (key.size() > kMaxText) return;
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(key);
    if (found != entries_.end()) {
        found->second.statement = std::move(statement);
        return;
    }
    if (entries_.size() >= kMaxStatements) {
        const auto oldest = entries_.find(order_.back());
        order_.pop_back();
        entries_.erase(oldest);
    }
    const auto added = entries_.emplace(std::string(key), Entry{std::move(statement), {}}).first;
    order_.push_front(added->first);
    added->second.used = order_.begin();
}

void PlanCache::clear() {
    const std::lock_guard lock(mutex_);
    entries_.clear();
    order_.clear();
}

}  // namespace maek::query
