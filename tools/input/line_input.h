// Room: tools, inner. Lines from a file descriptor, without copying and without a limit that a
// program could run into by surprise. Tests: tests/tools/pipe_test.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace maek::tools {

class LineInput {
public:
    explicit LineInput(int descriptor) : descriptor_(descriptor) {}

    enum class Got { kLine, kEnd, kInterrupted, kTooLong };
    // The next line without its end; a last one needs none. Valid until the next call. A line
    // longer than kLongest is skipped and told once.
    Got next(std::string_view& line);
    // Whether another whole line is here already, so that answers may wait for it.
    bool has_line() const;

    static constexpr std::size_t kLongest = std::size_t{256} << 20;

private:
    int descriptor_;
    std::string buffer_;
    std::size_t begin_ = 0;  // of the line to come
    std::size_t searched_ = 0;
    bool ended_ = false, skipping_ = false;
};

}  // namespace maek::tools
