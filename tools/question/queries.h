// Room: tools, inner. The usual questions as statements of the openCypher language, so that they
// can be read, copied and changed by whoever wants to ask further.
// Tests: tests/tools/questions_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "tools/options.h"

namespace maek::tools {

// The statement of a question. Parameters it may use: $a and $b (ids of the nodes named), $text,
// $type, $since, $until, $limit. `types`: the relationship types that state facts.
// Requires: options.command is one of the questions.
std::string question_text(const QuestionOptions& options, const std::vector<std::string>& types);

// `name` in backticks, so that any name may stand in a statement.
std::string quoted_name(const std::string& name);

}  // namespace maek::tools
