// Room: graph, inner. A persistent B+tree of (key bytes, id): copies share nodes until they write.
//
// Copying is one pointer. insert() and erase() copy the path to a leaf where anything else holds
// it and change in place where not. Leaves are not merged when they thin out, only dropped when
// empty. Tests: tests/graph/ordered_index_test.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace maek::graph {

class OrderedIndex {
public:
    struct Entry {
        std::string key;
        std::uint32_t id = 0;
    };

    void insert(std::string_view key, std::uint32_t id);
    bool erase(std::string_view key, std::uint32_t id);  // false: was not there
    std::size_t size() const { return size_; }

    // Visits entries with first <= key < last (last empty: no end) in order until visit gives false.
    void scan(std::string_view first, std::string_view last,
              const std::function<bool(const Entry&)>& visit) const;

    // Replaces the content by entries that are already in order.
    void assign_sorted(std::vector<Entry> entries);

private:
    struct Node;
    using Link = std::shared_ptr<Node>;
    struct Split;

    static void own(Link& link);
    static void insert_into(Link& link, std::string_view key, std::uint32_t id, Split& split);
    static bool erase_from(Link& link, std::string_view key, std::uint32_t id);
    static bool scan_node(const Node& node, std::string_view first, std::string_view last,
                          const std::function<bool(const Entry&)>& visit);

    Link root_;
    std::size_t size_ = 0;
};

}  // namespace maek::graph
