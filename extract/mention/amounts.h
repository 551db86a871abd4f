// Room: extract, inner. Amounts of money: "1조 2,000억 원", "74억 7000만원", "26억４천만원", "10~20억원",
// "국비 100억", "3.2 trillion won", "KRW 30.6bn"; dollars, euros and yen are seen but have no won.
// Counts that look alike (명, 개, 톤, ㎡) are none. One pass, linear.
// Tests: tests/extract/mention/amounts_test.cpp.
#pragma once

#include "extract/document.h"

namespace maek::extract {

// Fills document.money from the useful sentences.
void find_amounts(Document& document);

}  // namespace maek::extract
