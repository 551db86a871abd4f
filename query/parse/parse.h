// Room: query, inner. Text of one statement to its tree. Hand-written recursive descent, with
// precedence climbing for expressions; the grammar is shared/tck/grammar/openCypher.bnf plus the
// parts of ISO GQL named in docs/query-language.md. Nesting is bounded (kMaxDepth), so every input is
// safe on a stack of 512 KiB. Tests: tests/query/parse/*_test.cpp, tests/fuzz/parse_fuzz.cpp.
#pragma once

#include <string_view>

#include "query/parse/ast.h"
#include "query/parse/query_error.h"

namespace maek::query {

inline constexpr std::uint32_t kMaxDepth = 256;

// What a thread with a 512 KiB stack runs safely; each clause takes at least one step.
inline constexpr std::size_t kMaxSteps = 1200;
// Without a place: the clause that is planned knows it.
QueryError too_many_steps(const SourceRange& at = {});

// Throws QueryError. An optional ';' may end the statement.
ast::Statement parse(std::string_view text);

}  // namespace maek::query
