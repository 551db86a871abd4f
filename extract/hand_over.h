// Room: extract, inner. A linked document in the words of the doorway: entities and mentions with code
// points of Article::text instead of bytes of the shadow text. Tests: tests/extract/pipeline_test.cpp.
#pragma once

#include "extract/document.h"
#include "schema/facts.h"

namespace maek::extract {

// Appends the linked entities and their mentions; those in a record's title have no place in the text
// and are left out.
void hand_over_entities(const Document& document, const LinkedDocument& linked, ArticleFacts& facts);

}  // namespace maek::extract
