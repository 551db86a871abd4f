#include "tools/input/line_input.h"

#include <unistd.h>

#include <cerrno>

namespace maek::tools {

bool LineInput::has_line() const { return buffer_.find('\n', begin_) != std::string::npos; }

LineInput::Got LineInput::next(std::string_view& line) {
    constexpr std::size_t kPiece = 1 << 16;
    while (true) {
        const std::size_t end = buffer_.find('\n', searched_);
        if (end != std::string::npos) {
            line = std::string_view(buffer_).substr(begin_, end - begin_);
            begin_ = searched_ = end + 1;
            if (skipping_) {
                skipping_ = false;
                return Got::kTooLong;
            }
            if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
            return Got::kLine;
        }
        if (ended_) {
            line = std::string_view(buffer_).substr(begin_);
            begin_ = searched_ = buffer_.size();
            if (skipping_) {
                skipping_ = false;
                return Got::kTooLong;
            }
            return line.empty() ? Got::kEnd : Got::kLine;
        }
        if (skipping_ || buffer_.size() - begin_ > kLongest) {
            skipping_ = true;
            buffer_.clear();
            begin_ = 0;
        } else if (begin_ > 0) {
            buffer_.erase(0, begin_);
            begin_ = 0;
        }
        searched_ = buffer_.size();
        // Twice as much each time while one line goes on, so that long ones stay linear.
        const std::size_t room = buffer_.size() > kPiece ? buffer_.size() : kPiece;
        buffer_.resize(searched_ + room);
        const ssize_t got = ::read(descriptor_, buffer_.data() + searched_, room);
        buffer_.resize(searched_ + (got > 0 ? static_cast<std::size_t>(got) : 0));
        if (got < 0 && errno == EINTR) return Got::kInterrupted;
        if (got <= 0) ended_ = true;
    }
}

}  // namespace maek::tools
