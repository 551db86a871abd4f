// Room: query, inner. A set of slots as bits, and which slots an expression reads.
// Tests: tests/query/exec/plan_test.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "query/bind/bound.h"

namespace maek::query {

class SlotSet {
public:
    void add(Slot slot) {
        if (slot == kNoSlot) return;
        if (slot / 64 >= words_.size()) words_.resize(slot / 64 + 1, 0);
        words_[slot / 64] |= std::uint64_t{1} << (slot % 64);
    }
    void remove(Slot slot) {
        if (slot / 64 < words_.size()) words_[slot / 64] &= ~(std::uint64_t{1} << (slot % 64));
    }
    bool has(Slot slot) const {
        return slot / 64 < words_.size() && ((words_[slot / 64] >> (slot % 64)) & 1) != 0;
    }
    void add(const SlotSet& other) {
        if (words_.size() < other.words_.size()) words_.resize(other.words_.size(), 0);
        for (std::size_t i = 0; i < other.words_.size(); ++i) words_[i] |= other.words_[i];
    }
    void remove(const SlotSet& other) {
        for (std::size_t i = 0; i < words_.size() && i < other.words_.size(); ++i) {
            words_[i] &= ~other.words_[i];
        }
    }
    bool covers(const SlotSet& other) const {
        for (std::size_t i = 0; i < other.words_.size(); ++i) {
            if ((other.words_[i] & ~(i < words_.size() ? words_[i] : 0)) != 0) return false;
        }
        return true;
    }
    bool overlaps(const SlotSet& other) const {
        for (std::size_t i = 0; i < words_.size() && i < other.words_.size(); ++i) {
            if ((words_[i] & other.words_[i]) != 0) return true;
        }
        return false;
    }
    bool empty() const {
        for (const std::uint64_t word : words_) {
            if (word != 0) return false;
        }
        return true;
    }
    SlotSet operator&(const SlotSet& other) const {
        SlotSet both = *this;
        for (std::size_t i = 0; i < both.words_.size(); ++i) {
            both.words_[i] &= i < other.words_.size() ? other.words_[i] : 0;
        }
        return both;
    }
    std::vector<Slot> list() const {  // ascending
        std::vector<Slot> slots;
        for (std::size_t i = 0; i < words_.size(); ++i) {
            for (std::uint64_t word = words_[i]; word != 0; word &= word - 1) {
                slots.push_back(static_cast<Slot>(i * 64) + static_cast<Slot>(__builtin_ctzll(word)));
            }
        }
        return slots;
    }

private:
    std::vector<std::uint64_t> words_;
};

// Adds every slot that evaluating reads from its surroundings; variables of comprehensions inside
// are not among them.
void add_reads(const BoundExpr& expr, SlotSet& slots);
void add_reads(const LabelExpr& labels, SlotSet& slots);

}  // namespace maek::query
