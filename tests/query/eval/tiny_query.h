// Tests of query/eval without parser and executor: a reader of expressions just large enough to
// write values and calls as text, evaluated while it reads. No precedence games: + - bind looser
// than * / %, comparisons loosest. Also `RETURN`, `WITH`, and one-node `CREATE` / `MATCH`, enough to
// run the TCK's temporal scenarios.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "query/eval/function_registry.h"
#include "query/eval/operators.h"
#include "query/eval/render.h"

namespace maek::query::test {

class TinyQuery {
public:
    using Row = std::vector<std::pair<std::string, Value>>;  // column, value

    EvalContext& context() { return context_; }

    // One expression; the whole text must be it. Throws QueryError, or std::string when unreadable.
    Value evaluate(std::string_view text);

    // Runs `CREATE`, `MATCH`, `WITH` and `RETURN`; the row that RETURN gives.
    Row run(std::string_view text);

private:
    void start(std::string_view text);
    void blanks();
    bool symbol(std::string_view s);
    bool word(std::string_view w);
    std::string name();
    [[noreturn]] void unreadable() const;

    Value comparison();
    Value sum();
    Value product();
    Value unary();
    Value postfix();
    Value primary();
    Value number();
    Value string_literal(char quote);
    Value map_literal();
    Value list_literal();
    Value call_or_variable();
    Row items();
    void node_patterns(bool create);

    std::string_view text_;
    std::size_t at_ = 0;
    EvalContext context_;
    std::map<std::string, Value> variables_;
    std::map<std::string, Value> nodes_;  // properties by label
};

// The value of an expression as a literal; of an error, "TypeError: InvalidArgumentValue".
std::string shown(std::string_view expression);

}  // namespace maek::query::test
