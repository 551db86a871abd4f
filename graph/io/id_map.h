// Room: graph, inner. From the ids of a file to NodeIds: a hash table for ids that are integers as
// they are usually written, another for all the rest. "7" and "07" are two ids.
// Tests: tests/graph/import_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schema/ids.h"

namespace maek::graph {

// The integer when this is how to_string would write it.
bool canonical_integer(std::string_view text, std::int64_t& value);

class IdMap {
public:
    // False: the id was there already, with another node.
    bool insert(std::string_view id, NodeId node);
    bool insert(std::int64_t id, NodeId node);
    NodeId find(std::string_view id) const;  // not valid(): unknown
    NodeId find(std::int64_t id) const;
    std::size_t size() const { return number_count_ + text_count_; }

private:
    struct Number {
        std::int64_t id = 0;
        NodeId node;
    };
    struct Text {
        std::uint64_t offset = 0;
        std::uint32_t length = 0;
        NodeId node;
    };
    static std::uint64_t mix(std::int64_t id);
    static std::uint64_t hash(std::string_view id);
    std::string_view text_of(const Text& entry) const { return {texts_.data() + entry.offset, entry.length}; }
    void grow_numbers();
    void grow_texts();

    std::vector<Number> numbers_;
    std::vector<Text> table_;
    std::string texts_;
    std::size_t number_count_ = 0, text_count_ = 0;
};

}  // namespace maek::graph
