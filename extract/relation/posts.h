// Room: extract, inner. The post that a sentence states of a person, where that is not the title beside the name:
// "총장에 김한결 교수가 임명됐다", "의장은 김한결 교수다", "Kim, president of Gaon University", "Gaon President Kim".
// Linear in the sentence. Tests: tests/extract/relation/properties_test.cpp.
#pragma once

#include <string>

#include "extract/relation/decide.h"

namespace maek::extract {

// The post to which the person is named, or that the person is said to hold, at the fact's body; empty: none is stated so.
std::string stated_post(const Document& document, const RelationWords& words, const Judged& fact);

// Of an English sentence; empty: no post joins the two names.
std::string english_post(const Document& document, const Judged& fact);

}  // namespace maek::extract
