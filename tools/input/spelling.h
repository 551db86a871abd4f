// Room: tools, inner. The known word that a misspelt one most likely means.
// Tests: tests/tools/spelling_test.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace maek::tools {

// Empty when none is near: at most a third of the letters, and never more than three, may differ.
// Letters are code points; case does not matter for ASCII.
std::string closest_word(std::string_view word, const std::vector<std::string>& known);

}  // namespace maek::tools
