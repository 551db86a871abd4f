// Room: tools, inner. One line on a terminal that says how far a long piece of work has come: how
// many, how fast, how long still. Silent for the first two seconds and without a terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "tools/output/console.h"

namespace maek::tools {

class Progress {
public:
    // `unit` names the things counted; total_bytes 0: not known.
    Progress(const Console& console, std::string unit, std::uint64_t total_bytes);
    ~Progress() { clear(); }

    void update(std::uint64_t things, std::uint64_t bytes);
    // Takes the line away, so that a message can be written.
    void clear();

private:
    using Clock = std::chrono::steady_clock;
    const Console& console_;
    std::string unit_;
    std::uint64_t total_bytes_;
    Clock::time_point begin_ = Clock::now(), shown_ = begin_;
    bool visible_ = false;
};

// "1,234,567".
std::string grouped(std::uint64_t number);
// "850 ms", "3.2 s", "4 min 10 s", "2 h 5 min".
std::string duration_text(std::chrono::duration<double> time);
// "812 B", "3.4 MB".
std::string bytes_text(std::uint64_t bytes);

}  // namespace maek::tools
