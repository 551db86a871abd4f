// Room: extract, inner. Which forms of a name say the same: spelling left out, endings fuller or shorter, abbreviations,
// what a bracket behind a name says. Bare names are those of bare_name(); all are linear in the names, but for syllables
// looked up in order. Tests: tests/extract/link/linker_test.cpp.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/document.h"
#include "extract/link/join_reason.h"

namespace maek::extract {

std::size_t syllables(std::string_view text);  // code points
bool has_hangul(std::string_view text);
std::string without(std::string_view text, std::string_view ending);

// A name as it is shown: no blanks around it, one between words, also where the article breaks its line.
std::string one_line(std::string_view name);

// The parts of a name that are only spelling are left out: blanks, signs, (주), ㈜, (재), quotation marks.
std::string bare_name(std::string_view name);

// How `shorter` may be read as a short form of `longer`, both bare and of this type.
std::optional<JoinReason> short_form(EntityType type, std::string_view shorter, std::string_view longer);

// 기계연 for 한국기계연구원, in a bracket behind it: its syllables in order, the first one first. Bare names.
bool abbreviates(std::string_view shorter, std::string_view longer);

// KERI for "Korea Electrotechnology Research Institute".
bool takes_initials(std::string_view shorter, std::string_view longer_spaced);

// "Park" for "Park Geun-hye", "Park" for "Chung-hee Park": a word of a longer Latin name of a person.
bool takes_surname(EntityType type, std::string_view shorter, std::string_view longer);

// "인공지능(AI) 로봇" is 인공지능 로봇 as well as AI 로봇: whether `other` is one of these.
bool takes_bracket(std::string_view name, std::string_view other_bare);

// "한빛시티" for 한빛시티일반산업단지, "인공지능 허브" for 인공지능 허브 전략: what is left is the kind of thing.
bool leaves_kind(EntityType type, std::string_view shorter, std::string_view longer);

// "한빛드론쇼" for 한빛드론쇼2025, 제3회한빛드론쇼: an event without its year or number.
bool leaves_edition(EntityType type, std::string_view shorter, std::string_view longer);

// "수소시험센터" for 수소안전시험센터: the fuller name without a stretch of its inside, with two syllables or more left at both ends.
bool drops_the_middle(EntityType type, std::string_view shorter, std::string_view longer);

// "한국정부" for 한국, "japanesegovernment" for japan: bare names.
bool governs(EntityType type, std::string_view country, std::string_view government);

// "trade ministry" for Ministry of Trade, Industry and Energy: all its words are among the fuller name's.
bool is_ministry_for(std::string_view shorter, std::string_view fuller);

// What a bracket behind a name says, part by part: "(인천TP·옛 가온테크노파크)".
struct Gloss {
    std::string_view text;
    bool other_name = false;  // it says so itself: 옛, 구, 이하
    bool former = false;      // 옛, 구
};
std::vector<Gloss> glosses_in(std::string_view inside);

// KERI, R-2, AT&T: capitals and digits, a capital first.
bool is_latin_short(std::string_view name);

}  // namespace maek::extract
