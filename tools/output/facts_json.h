// Room: tools, inner. An article's facts as one line of JSON, in the form that gold/score.py reads:
// {"doc", "entities": [{"id", "type", "name", "aliases", "mentions"}], "relations": [...]}.
// Offsets are code points. Tests: tests/tools/extract_test.cpp.
#pragma once

#include "schema/facts.h"
#include "tools/output/json_text.h"

namespace maek::tools {

void write_facts(JsonText& json, const ArticleFacts& facts, bool with_text);

}  // namespace maek::tools
