// Room: tools, inner. What could follow in a line of the shell: its commands, words of the language,
// functions, and the labels, types and property keys of this store.
// Tests: tests/tools/completion_test.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace maek::tools {

struct Vocabulary {
    std::vector<std::string> commands;  // ":help", ...
    std::vector<std::string> keywords, functions, labels, types, keys;
};

// Candidates for the word at the end of `text`, sorted, no duplicates; `begin` is where it starts.
// After ':' come labels, or types inside [ ]; after '.' property keys; letters in either case.
std::vector<std::string> completions(std::string_view text, const Vocabulary& vocabulary, std::size_t& begin);

std::vector<std::string> language_keywords();

}  // namespace maek::tools
