// Room: extract, inner. What the form of a name says of its type with more weight than its surroundings: 대학교,
// 테크노파크, and 시, 군, 구, 도 behind a stem that other names of the article begin with ("솔빛시" beside
// "솔빛국가산업단지") or in an enumeration with a place. The judge has met places in the tables only; one that is new
// would be a firm to it.
// Linear in the names. Tests: tests/extract/mention/types_by_form_test.cpp.
#pragma once

#include <vector>

#include "extract/mention/name_judge.h"

namespace maek::extract {

// Gives the chances of a name's types to the one that the form asks for. Requires the chances to be there; rows are
// by candidate.
void settle_types_by_form(const std::vector<NameCandidate>& names, NameQuestions& questions);

}  // namespace maek::extract
