// Room: query, inner. Patterns of `=~` are written as Java reads them (Neo4j's users do) and run by RE2: what RE2
// would read otherwise is rewritten, or refused where it cannot be. Linear in the pattern; pure.
// Source: java.util.regex.Pattern (Java 17), RE2's syntax.txt. Tests: tests/query/cases/strings.test.
#pragma once

#include <string>
#include <string_view>

namespace maek::query {

struct RegexForm {
    std::string pattern;       // for RE2
    std::string_view refused;  // why there is none; empty: there is one
};

RegexForm to_re2(std::string_view pattern);

}  // namespace maek::query
