#include "tools/output/progress.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace maek::tools {
namespace {

std::string fixed(double number, int digits) {
    std::array<char, 48> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.*f", digits, number);
    return buffer.data();
}

}  // namespace

Progress::Progress(const Console& console, std::string unit, std::uint64_t total_bytes)
    : console_(console), unit_(std::move(unit)), total_bytes_(total_bytes) {}

void Progress::update(std::uint64_t things, std::uint64_t bytes) {
    using namespace std::chrono_literals;
    if (!console_.err_is_terminal()) return;
    const auto now = Clock::now();
    if (now - begin_ < 2s || now - shown_ < 100ms) return;
    shown_ = now;
    const std::chrono::duration<double> past = now - begin_;
    const double rate = static_cast<double>(things) / past.count();
    const double speed = static_cast<double>(bytes) / past.count();
    std::string line = grouped(things) + " " + unit_ + " · " + fixed(rate, rate < 10 ? 1 : 0) + "/s · " +
                       fixed(speed / 1e6, 1) + " MB/s";
    if (total_bytes_ > 0 && bytes > 0) {
        const double part = std::min(1.0, static_cast<double>(bytes) / static_cast<double>(total_bytes_));
        line = fixed(100 * part, 0) + "% · " + line;
        const std::string left = duration_text(past * ((1 - part) / part));
        line += console_.korean() ? " · 약 " + left + " 남음" : " · about " + left + " left";
    }
    std::fprintf(stderr, "\r\x1b[K%s", line.c_str());
    std::fflush(stderr);
    visible_ = true;
}

void Progress::clear() {
    if (visible_) std::fputs("\r\x1b[K", stderr);
    visible_ = false;
}

std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

std::string duration_text(std::chrono::duration<double> time) {
    const double seconds = time.count();
    if (seconds < 0.9995) return fixed(seconds * 1e3, seconds < 0.01 ? 1 : 0) + " ms";
    if (seconds < 59.95) return fixed(seconds, seconds < 10 ? 1 : 0) + " s";
    const auto whole = static_cast<long>(std::lround(seconds));
    if (whole < 3600) return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
    return std::to_string(whole / 3600) + " h " + std::to_string(whole / 60 % 60) + " min";
}

std::string bytes_text(std::uint64_t bytes) {
    if (bytes < 1000) return std::to_string(bytes) + " B";
    double number = static_cast<double>(bytes);
    const char* unit = "B";
    for (const char* next : {"kB", "MB", "GB", "TB"}) {
        if (number < 999.5) break;
        number /= 1000;
        unit = next;
    }
    return fixed(number, number < 10 ? 1 : 0) + " " + unit;
}

}  // namespace maek::tools
