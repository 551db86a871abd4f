// Programs: maek-train-relations, maek-train-joint. What both need to read, count and tell.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

namespace maek::train {

// Runs tasks 0..n-1 on a few threads; each writes only what is its own.
inline void side_by_side(std::size_t n, unsigned threads, const std::function<void(std::size_t)>& task) {
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < n; i = next++) task(i);
    };
    std::vector<std::thread> others;
    for (unsigned t = 1; t < threads; ++t) others.emplace_back(work);
    work();
    for (std::thread& t : others) t.join();
}

// Tells what took how long.
class Clock {
public:
    void tell(const char* what) {
        const auto now = std::chrono::steady_clock::now();
        std::fprintf(stderr, "%6.1f s  %s\n", std::chrono::duration<double>(now - last_).count(), what);
        last_ = now;
    }

private:
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

struct Count {
    int gold = 0, system = 0, right = 0;
    void add(const Count& o) {
        gold += o.gold;
        system += o.system;
        right += o.right;
    }
    double f1() const { return gold + system == 0 ? 0 : 2.0 * right / (gold + system); }
};

inline void print_count(const std::string& name, const Count& c) {
    std::printf("  %-19s gold %5d system %5d right %5d  P %.3f R %.3f F1 %.3f\n", name.c_str(), c.gold, c.system, c.right,
                c.system ? 1.0 * c.right / c.system : 0, c.gold ? 1.0 * c.right / c.gold : 0, c.f1());
}

// Empty when it cannot be read.
inline std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace maek::train
