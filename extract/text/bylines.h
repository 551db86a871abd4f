// Room: extract, inner. What a line of an article says of those who made it: reporters' names, mail addresses, datelines, picture
// credits. No sentence of the article goes through it. Linear in the line. Tests: tests/extract/text/sentences_test.cpp.
#pragma once

#include <cstdint>
#include <string_view>

#include "extract/document.h"

namespace maek::extract {

class BylineFinder {
public:
    explicit BylineFinder(std::string_view line) : line_(line) {}

    // The first one from `from` on, by bytes of the line; empty: none. `from` never goes back.
    ByteSpan next(std::uint32_t from);

private:
    ByteSpan next_mail(std::uint32_t from);
    ByteSpan next_reporter(std::uint32_t from);
    ByteSpan dateline_alone() const;
    ByteSpan english_byline(std::uint32_t from) const;
    ByteSpan english_credit(std::uint32_t from) const;
    std::size_t back_over_name(std::size_t begin, std::size_t from) const;
    std::size_t back_over_dateline(std::size_t begin, std::size_t from) const;

    std::string_view line_;
    std::size_t mail_at_ = 0;
    std::size_t reporter_at_ = 0;
    ByteSpan credit_;
    bool credit_known_ = false;
};

}  // namespace maek::extract
