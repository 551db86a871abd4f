// Room: extract, doorway. Facts of one article as one line of JSON, in the form that
// gold/score.py reads and `maek extract` prints. Tests: tests/extract/facts_json_test.cpp.
#pragma once

#include <string>

#include "schema/facts.h"

namespace maek::extract {

// Appends one object without a line break: doc, date, entities (id, type, name, aliases, key,
// confidence, mentions), relations (type, source, target, properties, confidence, evidence), and
// warnings where there are any. Offsets are code points of Article::text.
void append_facts_json(const ArticleFacts& facts, std::string& out);

}  // namespace maek::extract
