#include "graph/index/ordered_index.h"

#include <algorithm>

#include "graph/index/chunk_table.h"

namespace maek::graph {

namespace {
constexpr std::size_t kMaxEntries = 64;

bool before(const OrderedIndex::Entry& a, std::string_view key, std::uint32_t id) {
    const int order = std::string_view(a.key).compare(key);
    return order < 0 || (order == 0 && a.id < id);
}
bool after(const OrderedIndex::Entry& a, std::string_view key, std::uint32_t id) {
    const int order = std::string_view(a.key).compare(key);
    return order > 0 || (order == 0 && a.id > id);
}
}  // namespace

// A leaf has no children. In an inner node entries[i] is at most the first entry below
// children[i]; entries[0] counts as smaller than everything.
struct OrderedIndex::Node {
    std::vector<Entry> entries;
    std::vector<Link> children;
    bool leaf() const { return children.empty(); }

    std::size_t child_for(std::string_view key, std::uint32_t id) const {
        const auto at = std::partition_point(entries.begin() + 1, entries.end(), [&](const Entry& e) {
            return !after(e, key, id);
        });
        return static_cast<std::size_t>(at - entries.begin()) - 1;
    }
};

struct OrderedIndex::Split {
    Entry separator;
    Link right;  // null: no split
};

void OrderedIndex::own(Link& link) {
    if (!held_alone(link)) link = std::make_shared<Node>(*link);
}

void OrderedIndex::insert_into(Link& link, std::string_view key, std::uint32_t id, Split& split) {
    own(link);
    Node& node = *link;
    if (node.leaf()) {
        const auto at = std::partition_point(node.entries.begin(), node.entries.end(),
                                             [&](const Entry& e) { return before(e, key, id); });
        node.entries.insert(at, Entry{std::string(key), id});
    } else {
        const std::size_t child = node.child_for(key, id);
        Split below;
        insert_into(node.children[child], key, id, below);
        if (below.right) {
            const auto place = static_cast<std::ptrdiff_t>(child) + 1;
            node.entries.insert(node.entries.begin() + place, std::move(below.separator));
            node.children.insert(node.children.begin() + place, std::move(below.right));
        }
    }
    if (node.entries.size() <= kMaxEntries) return;
    // Appending in order leaves full nodes behind, other inserts split in the middle.
    const bool appended = node.leaf() && node.entries.back().id == id && node.entries.back().key == key;
    const auto half = static_cast<std::ptrdiff_t>(appended ? kMaxEntries : kMaxEntries / 2);
    split.right = std::make_shared<Node>();
    split.right->entries.assign(std::make_move_iterator(node.entries.begin() + half),
                                std::make_move_iterator(node.entries.end()));
    node.entries.resize(static_cast<std::size_t>(half));
    if (!node.leaf()) {
        split.right->children.assign(node.children.begin() + half, node.children.end());
        node.children.resize(static_cast<std::size_t>(half));
    }
    split.separator = split.right->entries.front();
}

void OrderedIndex::insert(std::string_view key, std::uint32_t id) {
    if (!root_) root_ = std::make_shared<Node>();
    Split split;
    insert_into(root_, key, id, split);
    ++size_;
    if (!split.right) return;
    auto root = std::make_shared<Node>();
    root->entries = {Entry{}, std::move(split.separator)};
    root->children = {std::move(root_), std::move(split.right)};
    root_ = std::move(root);
}

// The path is copied also when the entry turns out to be missing: callers erase what they know.
bool OrderedIndex::erase_from(Link& link, std::string_view key, std::uint32_t id) {
    own(link);
    Node& node = *link;
    if (node.leaf()) {
        const auto at = std::partition_point(node.entries.begin(), node.entries.end(),
                                             [&](const Entry& e) { return before(e, key, id); });
        if (at == node.entries.end() || after(*at, key, id)) return false;
        node.entries.erase(at);
        return true;
    }
    const std::size_t child = node.child_for(key, id);
    if (!erase_from(node.children[child], key, id)) return false;
    if (node.children[child]->entries.empty()) {
        const auto place = static_cast<std::ptrdiff_t>(child);
        node.entries.erase(node.entries.begin() + place);
        node.children.erase(node.children.begin() + place);
    }
    return true;
}

bool OrderedIndex::erase(std::string_view key, std::uint32_t id) {
    if (!root_ || !erase_from(root_, key, id)) return false;
    --size_;
    if (root_->entries.empty()) root_.reset();
    while (root_ && root_->children.size() == 1) {
        Link only = root_->children.front();
        root_ = std::move(only);
    }
    return true;
}

bool OrderedIndex::scan_node(const Node& node, std::string_view first, std::string_view last,
                             const std::function<bool(const Entry&)>& visit) {
    if (node.leaf()) {
        auto at = std::partition_point(node.entries.begin(), node.entries.end(),
                                       [&](const Entry& e) { return before(e, first, 0); });
        for (; at != node.entries.end(); ++at) {
            if (!last.empty() && std::string_view(at->key) >= last) return false;
            if (!visit(*at)) return false;
        }
        return true;
    }
    for (std::size_t child = node.child_for(first, 0); child < node.children.size(); ++child) {
        if (!scan_node(*node.children[child], first, last, visit)) return false;
    }
    return true;
}

void OrderedIndex::scan(std::string_view first, std::string_view last,
                        const std::function<bool(const Entry&)>& visit) const {
    if (root_) scan_node(*root_, first, last, visit);
}

void OrderedIndex::assign_sorted(std::vector<Entry> entries) {
    root_.reset();
    size_ = entries.size();
    std::vector<Link> level;
    for (std::size_t at = 0; at < entries.size(); at += kMaxEntries) {
        auto leaf = std::make_shared<Node>();
        const auto first = entries.begin() + static_cast<std::ptrdiff_t>(at);
        const auto last = entries.begin() +
                          static_cast<std::ptrdiff_t>(std::min(at + kMaxEntries, entries.size()));
        leaf->entries.assign(std::make_move_iterator(first), std::make_move_iterator(last));
        level.push_back(std::move(leaf));
    }
    while (level.size() > 1) {
        std::vector<Link> upper;
        for (std::size_t at = 0; at < level.size(); at += kMaxEntries) {
            auto node = std::make_shared<Node>();
            for (std::size_t i = at; i < std::min(at + kMaxEntries, level.size()); ++i) {
                node->entries.push_back(level[i]->entries.front());
                node->children.push_back(level[i]);
            }
            upper.push_back(std::move(node));
        }
        level = std::move(upper);
    }
    if (!level.empty()) root_ = std::move(level.front());
}

}  // namespace maek::graph
