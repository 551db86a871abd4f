// Tables of expressions and what they show. Only for tests under tests/query/eval.
#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <string_view>

#include "tests/query/eval/tiny_query.h"

namespace maek::query::test {

struct Line {
    std::string_view expression;
    std::string_view shows;  // a literal, or "TypeError: InvalidArgumentValue"
};

inline void expect_all(std::initializer_list<Line> lines) {
    for (const Line& line : lines) EXPECT_EQ(shown(line.expression), line.shows) << line.expression;
}

}  // namespace maek::query::test
