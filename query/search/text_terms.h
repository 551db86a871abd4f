// Room: query, inner. Text as the search compares it: NFKC, case folded, punctuation as blanks,
// Hangul taken apart into letters (jamo), so that one wrong letter leaves most of a word alike.
// Pure functions. Tests: tests/query/search/text_terms_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace maek::query {

// Letters and digits only, single blanks between words, none at the ends.
std::u32string normalised(std::string_view text);

// Every Hangul syllable as its two or three letters; the rest unchanged.
std::u32string letters(std::u32string_view text);

// Every Hangul syllable as its first consonant; the rest unchanged: 인천TP -> ㅇㅊtp.
std::u32string initials(std::u32string_view text);

// Whether the text is written in first consonants alone (blanks aside): a search by initials.
bool is_initials(std::u32string_view text);

// A Hangul word without the particle at its end (인천시는 -> 인천시); the word itself when it has none
// or would become shorter than two syllables.
std::u32string_view without_particle(std::u32string_view word);

std::vector<std::u32string_view> words(std::u32string_view text);

// The runs of three code points of " text", sorted, no duplicates; shorter texts give what there is.
std::vector<std::uint64_t> grams(std::u32string_view text);

}  // namespace maek::query
