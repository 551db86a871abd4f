// Room: extract, inner. An array that is looked into at random: the tables of the models. It lies in large pages where
// the system lends them, since with small ones nearly every look would first have to find the page.
// Tests: tests/extract/mention/mention_test.cpp.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
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
        // what is mapped is zero, and has room for a beginning at a large page
        const std::size_t bytes = size * sizeof(T) + kLargePage;
        void* base = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (base == MAP_FAILED) throw std::bad_alloc();
        const std::size_t ahead = (kLargePage - reinterpret_cast<std::uintptr_t>(base) % kLargePage) % kLargePage;
        items_ = {reinterpret_cast<T*>(static_cast<char*>(base) + ahead), Unmap{base, bytes}};
#ifdef MADV_HUGEPAGE
        // a wish: nothing depends on the answer
        if (size * sizeof(T) >= kLargePage / 8) madvise(items_.get(), size * sizeof(T), MADV_HUGEPAGE);
#endif
    }

    T& operator[](std::size_t i) { return items_.get()[i]; }
    const T& operator[](std::size_t i) const { return items_.get()[i]; }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

private:
    static constexpr std::size_t kLargePage = std::size_t{1} << 21;
    struct Unmap {
        void* base = nullptr;
        std::size_t bytes = 0;
        void operator()(T*) const { munmap(base, bytes); }
    };
    std::unique_ptr<T, Unmap> items_;
    std::size_t size_ = 0;
};

}  // namespace maek::extract
