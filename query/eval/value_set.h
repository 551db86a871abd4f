// Room: query, inner. A set of values under equivalence that remembers the order of insertion: for
// DISTINCT. Open addressing over indexes into a vector. Tests: tests/query/eval/semantics_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "query/eval/semantics.h"
#include "schema/value.h"

namespace maek::query {

class ValueSet {
public:
    // False when an equivalent value is there already.
    bool insert(const Value& value) {
        if (2 * (values_.size() + 1) > slots_.size()) grow();
        const std::uint64_t hash = hash_value(value);
        std::uint64_t& slot = find(value, hash);
        if (slot != 0) return false;
        values_.push_back(value);
        slot = pack(hash, values_.size());
        return true;
    }
    bool contains(const Value& value) const {
        if (slots_.empty()) return false;
        return const_cast<ValueSet*>(this)->find(value, hash_value(value)) != 0;
    }
    std::size_t size() const { return values_.size(); }
    std::span<const Value> values() const { return values_; }  // until the next insert

private:
    // A slot: upper half of the hash, then index + 1; 0 is empty.
    static std::uint64_t pack(std::uint64_t hash, std::size_t place) {
        return (hash & 0xFFFFFFFF00000000ull) | static_cast<std::uint32_t>(place);
    }
    std::uint64_t& find(const Value& value, std::uint64_t hash) {
        const std::size_t mask = slots_.size() - 1;
        for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
            std::uint64_t& slot = slots_[i];
            if (slot == 0) return slot;
            if ((slot >> 32) == (hash >> 32) && equivalent(values_[static_cast<std::uint32_t>(slot) - 1], value)) {
                return slot;
            }
        }
    }
    void grow() {
        slots_.assign(slots_.empty() ? 16 : 2 * slots_.size(), 0);
        const std::size_t mask = slots_.size() - 1;
        for (std::size_t v = 0; v < values_.size(); ++v) {
            const std::uint64_t hash = hash_value(values_[v]);
            std::size_t i = hash & mask;
            while (slots_[i] != 0) i = (i + 1) & mask;
            slots_[i] = pack(hash, v + 1);
        }
    }

    std::vector<Value> values_;
    std::vector<std::uint64_t> slots_;  // a power of two, at most half full
};

}  // namespace maek::query
