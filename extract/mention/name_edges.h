// Room: extract, inner. What the form of a stretch says before anyone asks whether it is a name: words in front
// that are no part of it ("서초동 한빛협회", "국가산단인 한빛산단", "미국 누리전자"), places that a dot joins to it ("가람·한빛 산단"), a firm's sign beside it, counts
// ("4개사"), firms that blanks alone set apart ("한빛식품 가온제과 등 5개사"). The same for what the model reads
// and for every stretch to which it gives a chance.
// Linear in the stretch and the sentence's matches. Tests: tests/extract/mention/repair_test.cpp.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "extract/mention/features.h"

namespace maek::extract {

// A stretch that crosses a quotation mark: "한빛’ 사업" is no name but 한빛, "사업 ‘한빛" none but 한빛. The stretch itself where
// no mark stands in it alone.
std::pair<std::size_t, std::size_t> inside_quotes(const SentenceView& view, std::size_t begin, std::size_t end);

// Where the name begins of which [begin, end) is said to be one.
std::size_t own_begin(const SentenceView& view, std::size_t begin, std::size_t end, EntityType type);

// The units of ㈜ or (주) that begins here; 0: none.
std::size_t firm_sign_at(const SentenceView& view, std::size_t at);
// Such a sign in it or right beside it; the types that it overrules.
bool may_be_firm(EntityType type);
bool has_firm_sign(const SentenceView& view, std::size_t begin, std::size_t end);

// "4개사", "1차 사업", "3개 기업".
bool only_counts(const SentenceView& view, std::size_t begin, std::size_t end);

// The ends of the words of "한빛식품 가온제과" in front of "등 5개사" or "2개사"; empty where it may be one name.
std::vector<std::size_t> firms_in_row(const SentenceView& view, std::size_t begin, std::size_t end);

}  // namespace maek::extract
