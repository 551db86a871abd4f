// Room: extract, inner. Dates in the text, whole or relative to the article's ("지난 18일", "올 7월",
// "내년 3월", "last year"), and the article's own date from its header or dateline. One pass, linear.
// Tests: tests/extract/mention/dates_test.cpp.
#pragma once

#include "extract/document.h"

namespace maek::extract {

// Sets document.date when it is empty and the text tells it whole behind a word that says so
// (기사입력, 게시 시각, 보도시점, …). A bare date in a page's header is not believed.
void find_article_date(Document& document);

// Fills document.dates from the useful sentences. Requires: find_article_date() has been there.
void find_dates(Document& document);

}  // namespace maek::extract
