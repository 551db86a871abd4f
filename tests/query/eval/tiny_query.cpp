#include "tests/query/eval/tiny_query.h"

#include "query/parse/query_error.h"

namespace maek::query::test {

namespace {

bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool same_word(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if ((a[i] | 0x20) != (b[i] | 0x20)) return false;
    }
    return true;
}

}  // namespace

void TinyQuery::start(std::string_view text) {
    text_ = text;
    at_ = 0;
}

void TinyQuery::unreadable() const { throw "unreadable here: " + std::string(text_.substr(at_, 40)); }

void TinyQuery::blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r')) ++at_;
}

bool TinyQuery::symbol(std::string_view s) {
    blanks();
    if (!text_.substr(at_).starts_with(s)) return false;
    at_ += s.size();
    return true;
}

bool TinyQuery::word(std::string_view w) {
    blanks();
    if (at_ + w.size() > text_.size() || !same_word(text_.substr(at_, w.size()), w)) return false;
    if (at_ + w.size() < text_.size() && is_name_char(text_[at_ + w.size()])) return false;
    at_ += w.size();
    return true;
}

std::string TinyQuery::name() {
    blanks();
    const std::size_t from = at_;
    while (at_ < text_.size() && is_name_char(text_[at_])) ++at_;
    if (from == at_) unreadable();
    return std::string(text_.substr(from, at_ - from));
}

Value TinyQuery::evaluate(std::string_view text) {
    start(text);
    Value value = comparison();
    blanks();
    if (at_ != text_.size()) unreadable();
    return value;
}

Value TinyQuery::comparison() {
    const Value a = sum();
    if (symbol("<=")) return to_value(less_or_equal(a, sum()));
    if (symbol(">=")) return to_value(greater_or_equal(a, sum()));
    if (symbol("<>")) return to_value(!equal(a, sum()));
    if (symbol("=~")) return to_value(matches_regex(context_, a, sum()));
    if (symbol("<")) return to_value(less(a, sum()));
    if (symbol(">")) return to_value(greater(a, sum()));
    if (symbol("=")) return to_value(equal(a, sum()));
    if (word("IN")) return to_value(is_in(a, sum()));
    if (word("STARTS")) return word("WITH") ? to_value(starts_with(a, sum())) : Value();
    if (word("ENDS")) return word("WITH") ? to_value(ends_with(a, sum())) : Value();
    if (word("CONTAINS")) return to_value(contains_text(a, sum()));
    return a;
}

Value TinyQuery::sum() {
    Value a = product();
    for (;;) {
        if (symbol("||")) a = concatenate(context_, a, product());
        else if (symbol("+")) a = add(context_, a, product());
        else if (symbol("-")) a = subtract(context_, a, product());
        else return a;
    }
}

Value TinyQuery::product() {
    Value a = unary();
    for (;;) {
        if (symbol("*")) a = multiply(context_, a, unary());
        else if (symbol("/")) a = divide(context_, a, unary());
        else if (symbol("%")) a = modulo(context_, a, unary());
        else if (symbol("^")) a = power(context_, a, unary());
        else return a;
    }
}

Value TinyQuery::unary() {
    blanks();
    if (at_ + 1 < text_.size() && text_[at_] == '-' && is_digit(text_[at_ + 1])) return number();
    if (symbol("-")) return negate(context_, unary());
    return postfix();
}

Value TinyQuery::postfix() {
    Value v = primary();
    for (;;) {
        if (at_ < text_.size() && text_[at_] == '[') {
            ++at_;
            std::optional<Value> from, to;
            if (!symbol("..")) {
                from = comparison();
                if (symbol("]")) {
                    v = subscript(context_, v, *from);
                    continue;
                }
                if (!symbol("..")) unreadable();
            }
            if (!symbol("]")) {
                to = comparison();
                if (!symbol("]")) unreadable();
            }
            v = slice(context_, v, from ? &*from : nullptr, to ? &*to : nullptr);
        } else if (at_ + 1 < text_.size() && text_[at_] == '.' && text_[at_ + 1] != '.') {
            ++at_;
            v = property(context_, v, name());
        } else {
            return v;
        }
    }
}

Value TinyQuery::primary() {
    blanks();
    if (at_ >= text_.size()) unreadable();
    const char c = text_[at_];
    if (is_digit(c)) return number();
    if (c == '\'' || c == '"') return string_literal(c);
    if (c == '{') return map_literal();
    if (c == '[') return list_literal();
    if (symbol("(")) {
        Value v = comparison();
        if (!symbol(")")) unreadable();
        return v;
    }
    return call_or_variable();
}

Value TinyQuery::number() {
    const std::size_t from = at_;
    if (text_[at_] == '-') ++at_;
    bool real = false;
    while (at_ < text_.size()) {
        const char c = text_[at_];
        const bool point = c == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]);
        const bool exponent = (c == 'e' || c == 'E') && at_ + 1 < text_.size();
        if (!is_digit(c) && !point && !exponent) break;
        real = real || point || exponent;
        at_ += exponent && !is_digit(text_[at_ + 1]) ? 2 : 1;
    }
    const std::string_view digits = text_.substr(from, at_ - from);
    return real ? Value::floating(parse_float(digits).value()) : Value::integer(parse_integer(digits).value());
}

Value TinyQuery::string_literal(char quote) {
    std::string out;
    for (++at_; at_ < text_.size() && text_[at_] != quote; ++at_) {
        if (text_[at_] == '\\' && ++at_ < text_.size()) {
            out += text_[at_] == 'n' ? '\n' : text_[at_] == 't' ? '\t' : text_[at_];
        } else {
            out += text_[at_];
        }
    }
    if (at_++ >= text_.size()) unreadable();
    return Value::string(out);
}

Value TinyQuery::map_literal() {
    std::vector<MapEntry> entries;
    symbol("{");
    while (!symbol("}")) {
        std::string key = name();
        if (!symbol(":")) unreadable();
        entries.emplace_back(std::move(key), comparison());
        symbol(",");
    }
    return make_map(std::move(entries));
}

Value TinyQuery::list_literal() {
    std::vector<Value> values;
    symbol("[");
    while (!symbol("]")) {
        values.push_back(comparison());
        symbol(",");
    }
    return make_list(std::move(values));
}

Value TinyQuery::call_or_variable() {
    if (word("null")) return Value::null();
    if (word("true")) return Value::boolean(true);
    if (word("false")) return Value::boolean(false);
    const std::size_t from = at_;
    std::string called = name();
    const auto variable = variables_.find(called);
    if (variable != variables_.end()) return variable->second;
    while (at_ < text_.size() && text_[at_] == '.') {
        ++at_;
        called += '.' + name();
    }
    if (!symbol("(")) {
        at_ = from;
        unreadable();
    }
    const FunctionInfo* function = find_function(called);
    if (function == nullptr) throw "unknown function " + called;
    std::vector<Value> arguments;
    while (!symbol(")")) {
        arguments.push_back(comparison());
        symbol(",");
    }
    if (arguments.size() < function->min_arguments || arguments.size() > function->max_arguments) {
        throw "wrong number of arguments for " + called;
    }
    return call_function(*function, context_, arguments);
}

TinyQuery::Row TinyQuery::items() {
    Row row;
    do {
        blanks();
        const std::size_t from = at_;
        Value value = comparison();
        std::string column(text_.substr(from, at_ - from));
        while (!column.empty() && (column.back() == ' ' || column.back() == '\n')) column.pop_back();
        if (word("AS")) column = name();
        row.emplace_back(std::move(column), std::move(value));
    } while (symbol(","));
    return row;
}

void TinyQuery::node_patterns(bool create) {
    do {
        if (!symbol("(")) unreadable();
        std::string variable, label;
        blanks();
        if (is_name_char(text_[at_])) variable = name();
        if (symbol(":")) label = name();
        blanks();
        const Value properties = text_[at_] == '{' ? map_literal() : Value::map({});
        if (!symbol(")")) unreadable();
        if (create) nodes_[label] = properties;
        else variables_[variable] = nodes_.at(label);
    } while (symbol(","));
}

TinyQuery::Row TinyQuery::run(std::string_view text) {
    start(text);
    for (;;) {
        if (word("CREATE")) {
            node_patterns(true);
        } else if (word("MATCH")) {
            node_patterns(false);
        } else if (word("WITH")) {
            for (auto& [column, value] : items()) variables_[column] = value;
        } else if (word("RETURN")) {
            Row row = items();
            blanks();
            if (at_ != text_.size()) unreadable();
            return row;
        } else {
            blanks();
            if (at_ != text_.size()) unreadable();
            return {};
        }
    }
}

std::string shown(std::string_view expression) {
    TinyQuery query;
    query.context().statement_time = EvalContext::Instant{1'500'000'000, 0};
    try {
        return to_literal(query.evaluate(expression));
    } catch (const QueryError& error) {
        const auto& fault = error.error().query;
        return fault ? fault->type + ": " + fault->detail : "an error without a fault";
    } catch (const std::string& problem) {
        return problem;
    }
}

}  // namespace maek::query::test
