#include "storage/facts/record_view.h"

namespace maek::storage {

void throw_unreadable(std::string_view family, std::string_view key, const Store& store) {
    Error error{ErrorCode::kStoreDamaged,
                "the record '" + std::string(key) + "' of " + std::string(family) + " is unreadable", {}, {}};
    error.where.file = store.info().path;
    throw StoreFailure{std::move(error)};
}

std::optional<std::string> RecordView::get(std::string_view family, std::string_view key) const {
    if (const auto of_family = changes_.find(family); of_family != changes_.end())
        if (const auto found = of_family->second.find(key); found != of_family->second.end()) return found->second;
    auto value = store_.record(family, key);
    if (value) return std::move(value).value();
    if (value.error().code == ErrorCode::kNotFound) return std::nullopt;
    throw StoreFailure{value.error()};
}

void RecordView::put(std::string_view family, std::string_view key, std::string value) {
    changes_[std::string(family)][std::string(key)] = std::move(value);
}

void RecordView::erase(std::string_view family, std::string_view key) {
    changes_[std::string(family)][std::string(key)] = std::nullopt;
}

void RecordView::each(std::string_view family, std::string_view prefix,
                      const std::function<void(std::string_view key, std::string_view value)>& visit) const {
    static const std::map<std::string, std::optional<std::string>, std::less<>> kNothing;
    const auto of_family = changes_.find(family);
    const auto& changed = of_family == changes_.end() ? kNothing : of_family->second;
    auto next = changed.lower_bound(prefix);
    const auto ours = [&] { return next != changed.end() && std::string_view(next->first).starts_with(prefix); };
    need(store_.each_record(family, prefix, [&](std::string_view key, std::string_view value) {
        for (; ours() && next->first < key; ++next)
            if (next->second) visit(next->first, *next->second);
        if (ours() && next->first == key) {
            if (next->second) visit(key, *next->second);
            ++next;
        } else {
            visit(key, value);
        }
        return true;
    }));
    for (; ours(); ++next)
        if (next->second) visit(next->first, *next->second);
}

void RecordView::write_to(WriteTransaction& transaction) const {
    for (const auto& [family, changed] : changes_)
        for (const auto& [key, value] : changed) {
            if (value)
                transaction.put_record(family, key, *value);
            else
                transaction.delete_record(family, key);
        }
}

}  // namespace maek::storage
