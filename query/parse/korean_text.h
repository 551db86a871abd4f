// Room: query, inner. Korean sentences from forms with places: "{0}이(가) 없습니다". Words of ours
// that stand in a place are translated, lists of them too; a place in quotation marks holds the
// user's text and stays. The particle after a place is chosen by how its text ends when read aloud.
// Tests: tests/query/parse/korean_text_test.cpp.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace maek::query {

// What stands in the places {0} ... {5} of a form.
using FormValues = std::array<std::string_view, 6>;

// The values that make the form this text. Each value is the shortest that fits, the last one
// reaches to the end.
std::optional<FormValues> match_form(std::string_view form, std::string_view text);

// The Korean form with its values put in. After a place, 이(가), 은(는), 을(를), 와(과), 이어야,
// (이) and (으)로 become what fits the value.
std::string fill_korean(std::string_view form, std::span<const std::string_view> values);

// A phrase of ours or a list of such in Korean; itself when it is none.
std::string korean_phrase(std::string_view english);

// Whether the text, read aloud in Korean, ends in a consonant; rieul: in ㄹ.
struct Ending {
    bool consonant = false, rieul = false;
};
Ending korean_ending(std::string_view text);

}  // namespace maek::query
