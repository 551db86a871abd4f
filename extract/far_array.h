// Room: extract, inner. An array that is looked into at random: the tables of the models. It lies in large pages where
// the system lends them, since with small ones nearly every look would first have to find the page.
// Tests: tests/extract/mention/mention_test.cpp.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <type_traits>

namespace maek::extract {

// Zeros at first. Moves, but is never copied; the size does not change.
template <class T>
class FarArray {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

public:
    FarArray() = default;
    explicit FarArray(std::size_t size) : size_(size) {
        if (size == 0) return;
        const std::size_t page = size * sizeof(T) >= kLargePage / 8 ? kLargePage : kSmallPage;
        const std::size_t bytes = (size * sizeof(T) + page - 1) / page * page;
        items_.reset(static_cast<T*>(std::aligned_alloc(page, bytes)));
        if (!items_) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
        if (page == kLargePage) madvise(items_.get(), bytes, MADV_HUGEPAGE);  // a wish: nothing depends on the answer
#endif
        std::memset(static_cast<void*>(items_.get()), 0, bytes);
    }

    T& operator[](std::size_t i) { return items_.get()[i]; }
    const T& operator[](std::size_t i) const { return items_.get()[i]; }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

private:
    static constexpr std::size_t kLargePage = std::size_t{1} << 21, kSmallPage = 4096;
    struct Free {
        void operator()(T* items) const { std::free(items); }
    };
    std::unique_ptr<T, Free> items_;
    std::size_t size_ = 0;
};

}  // namespace maek::extract
