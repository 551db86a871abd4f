#include "graph/io/id_map.h"

#include <algorithm>
#include <charconv>

#include "graph/index/index_key.h"

namespace maek::graph {

bool canonical_integer(std::string_view text, std::int64_t& value) {
    if (text.empty() || text.size() > 20) return false;
    const std::size_t first = text[0] == '-' ? 1 : 0;
    if (first == text.size() || (text[first] == '0' && text.size() > 1)) return false;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

std::uint64_t IdMap::mix(std::int64_t id) {
    const std::uint64_t h = static_cast<std::uint64_t>(id) * 0x9E3779B97F4A7C15u;
    return h ^ (h >> 29);
}

std::uint64_t IdMap::hash(std::string_view id) { return equality_hash(id); }

void IdMap::grow_numbers() {
    std::vector<Number> old(std::max<std::size_t>(64, numbers_.size() * 2));
    old.swap(numbers_);
    const std::size_t mask = numbers_.size() - 1;
    for (const Number& entry : old) {
        if (!entry.node.valid()) continue;
        std::size_t at = mix(entry.id) & mask;
        while (numbers_[at].node.valid()) at = (at + 1) & mask;
        numbers_[at] = entry;
    }
}

void IdMap::grow_texts() {
    std::vector<Text> old(std::max<std::size_t>(64, table_.size() * 2));
    old.swap(table_);
    const std::size_t mask = table_.size() - 1;
    for (const Text& entry : old) {
        if (!entry.node.valid()) continue;
        std::size_t at = hash(text_of(entry)) & mask;
        while (table_[at].node.valid()) at = (at + 1) & mask;
        table_[at] = entry;
    }
}

bool IdMap::insert(std::int64_t id, NodeId node) {
    if (number_count_ * 2 >= numbers_.size()) grow_numbers();
    const std::size_t mask = numbers_.size() - 1;
    std::size_t at = mix(id) & mask;
    for (; numbers_[at].node.valid(); at = (at + 1) & mask) {
        if (numbers_[at].id == id) return numbers_[at].node == node;
    }
    numbers_[at] = {id, node};
    ++number_count_;
    return true;
}

bool IdMap::insert(std::string_view id, NodeId node) {
    if (std::int64_t number = 0; canonical_integer(id, number)) return insert(number, node);
    if (text_count_ * 2 >= table_.size()) grow_texts();
    const std::size_t mask = table_.size() - 1;
    std::size_t at = hash(id) & mask;
    for (; table_[at].node.valid(); at = (at + 1) & mask) {
        if (text_of(table_[at]) == id) return table_[at].node == node;
    }
    table_[at] = {texts_.size(), static_cast<std::uint32_t>(id.size()), node};
    texts_.append(id);
    ++text_count_;
    return true;
}

NodeId IdMap::find(std::int64_t id) const {
    if (numbers_.empty()) return {};
    const std::size_t mask = numbers_.size() - 1;
    for (std::size_t at = mix(id) & mask; numbers_[at].node.valid(); at = (at + 1) & mask) {
        if (numbers_[at].id == id) return numbers_[at].node;
    }
    return {};
}

NodeId IdMap::find(std::string_view id) const {
    if (std::int64_t number = 0; canonical_integer(id, number)) return find(number);
    if (table_.empty()) return {};
    const std::size_t mask = table_.size() - 1;
    for (std::size_t at = hash(id) & mask; table_[at].node.valid(); at = (at + 1) & mask) {
        if (text_of(table_[at]) == id) return table_[at].node;
    }
    return {};
}

}  // namespace maek::graph
