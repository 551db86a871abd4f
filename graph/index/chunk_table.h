// Room: graph, inner. A table of chunk pointers in two levels that copies share until they write.
//
// Copying a table copies one pointer per 256 chunks. own() gives a chunk that nobody else sees: the
// page and the chunk are copied when anything but this table holds them, and changed in place when
// not. "Held by this table alone" is read off the reference counts, so every copy of a Graph that
// is still alive stays as it was, whoever holds it. Tests: tests/graph/chunk_table_test.cpp.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace maek::graph {

// Whether the pointer is the only one to what it points to, so that it may be changed in place.
// What other threads read through pointers they let go of happened before.
template <class Pointer>
bool held_alone(const Pointer& pointer) {
    if (pointer.use_count() != 1) return false;
#ifndef __SANITIZE_THREAD__  // which does not know fences
    std::atomic_thread_fence(std::memory_order_acquire);
#endif
    return true;
}

// T needs: bool writable() const (false: its memory is not its own); shared_ptr<T> clone() const.
template <class T>
class ChunkTable {
public:
    const T* get(std::uint32_t chunk) const {
        const std::uint32_t page = chunk >> kPageBits;
        if (page >= pages_.size() || !pages_[page]) return nullptr;
        return pages_[page]->slots[chunk & kPageMask].get();
    }

    // Requires: the table itself belongs to the caller alone. `copied` is told the new chunk when
    // one had to be made or copied.
    template <class Make, class Copied>
    T& own(std::uint32_t chunk, Make&& make, Copied&& copied) {
        std::shared_ptr<T>& slot = own_page(chunk >> kPageBits).slots[chunk & kPageMask];
        if (!slot) {
            slot = make();
            copied(*slot);
        } else if (!held_alone(slot) || !slot->writable()) {
            slot = slot->clone();
            copied(*slot);
        }
        return *slot;
    }

    // Puts a chunk (or nothing) in the place. The same requirement.
    void set(std::uint32_t chunk, std::shared_ptr<T> value) {
        own_page(chunk >> kPageBits).slots[chunk & kPageMask] = std::move(value);
    }

    // Calls visit(chunk number, chunk) for every chunk there is, ascending.
    template <class Visit>
    void each(Visit&& visit) const {
        for (std::uint32_t p = 0; p < pages_.size(); ++p) {
            if (!pages_[p]) continue;
            for (std::uint32_t i = 0; i < kPageSize; ++i) {
                if (const T* chunk = pages_[p]->slots[i].get()) visit((p << kPageBits) | i, *chunk);
            }
        }
    }

private:
    static constexpr std::uint32_t kPageBits = 8;
    static constexpr std::uint32_t kPageSize = 1u << kPageBits;
    static constexpr std::uint32_t kPageMask = kPageSize - 1;
    struct Page {
        std::array<std::shared_ptr<T>, kPageSize> slots;
    };

    Page& own_page(std::uint32_t number) {
        if (number >= pages_.size()) pages_.resize(number + 1);
        std::shared_ptr<Page>& page = pages_[number];
        if (!page) {
            page = std::make_shared<Page>();
        } else if (!held_alone(page)) {
            page = std::make_shared<Page>(*page);
        }
        return *page;
    }

    std::vector<std::shared_ptr<Page>> pages_;
};

}  // namespace maek::graph
