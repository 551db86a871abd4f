// Room: extract, inner. What the words beside an amount say of whose it is: "도가 51억원", "190억원은 시가", "총 405억원 중",
// "절반씩", "3대 7로". Free functions over the text; spans are byte spans into it. Tests: tests/extract/relation/properties_test.cpp.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "extract/document.h"

namespace maek::extract::amount_signs {

// What the words at an amount say for or against this payer: a sum of which parts follow ("총 405억원 중"),
// a share that is called by its payer behind it ("105억원은 시비"), money of the regions ("지방비 149억원").
long around_amount(std::string_view text, ByteSpan money, EntityType payer);

// The money's own noun says who pays: 도비 the province, 시비 the city, 국비 a ministry.
long by_role(MoneyRole role, EntityType payer);

// 시비, 군비, 구비 in front of the amount: money of a city, a county, a district; is it the payer's kind?
bool own_municipal(std::string_view text, ByteSpan money, std::string_view payer);

// Does the amount stand right behind the name ("국기원 30억원", "시가 79억원", "센터에 50억원", "지원(31억원)")?
bool right_behind(std::string_view text, ByteSpan name, ByteSpan money);

// The particle or the giving verb by which a name begins its clause: "시는 장비비 12억원을", "A와 B가 공동 출연한 182억원",
// "the province adding 9 billion won". `behind`: what stands between the name and the amount.
bool begins_clause(std::string_view behind);

// Words that end the clause before an amount: what follows is said of somebody else, or of the whole.
bool crosses_clause(std::string_view gap);

// A sum of which parts follow: "78억원(국비 48억원, ...)", "2억원 가운데 1억원".
bool is_divided(std::string_view text, ByteSpan money);

// "도가 51억원, 군이 119억원": 1 when the bare noun before the amount is the payer's kind, -1 when another's, 0 when none stands there.
int by_bare_noun(std::string_view text, ByteSpan money, std::string_view payer);

// "190억원은 시가", "900억 원은 KQC가": the payer stands right behind its amount.
bool right_before(std::string_view text, ByteSpan money, ByteSpan name);

// "20 billion won each", "95억 원씩", "각 5억원", "각각 5억원": what each of several gives.
bool is_for_each(std::string_view text, ByteSpan money);

// Does the word stand within the span?
bool holds(std::string_view text, ByteSpan where, std::string_view word);

// "3대 7로", "5대 3대 2", "6:4로", "7 대 3": the parts; empty: none begins within the words.
std::vector<int> ratio_in(std::string_view words);

}  // namespace maek::extract::amount_signs
