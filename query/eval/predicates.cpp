#include <re2/re2.h>

#include <map>
#include <memory>

#include "query/eval/failures.h"
#include "query/eval/operators.h"
#include "query/eval/regular_expression.h"
#include "query/eval/render.h"

namespace maek::query {

Truth to_truth(const Value& value, std::string_view where) {
    if (value.is(ValueKind::kBoolean)) return truth(value.as_boolean());
    if (value.is_null()) return Truth::kNull;
    fail("TypeError", "InvalidArgumentType", "22G03",
         std::string(where) + " expects a BOOLEAN, got " + describe(value));
}

namespace {

bool both_strings(const Value& a, const Value& b) {
    return a.is(ValueKind::kString) && b.is(ValueKind::kString);
}

}  // namespace

Truth starts_with(const Value& text, const Value& prefix) {
    if (!both_strings(text, prefix)) return Truth::kNull;
    return truth(text.as_string().starts_with(prefix.as_string()));
}

Truth ends_with(const Value& text, const Value& suffix) {
    if (!both_strings(text, suffix)) return Truth::kNull;
    return truth(text.as_string().ends_with(suffix.as_string()));
}

Truth contains_text(const Value& text, const Value& part) {
    if (!both_strings(text, part)) return Truth::kNull;
    return truth(text.as_string().find(part.as_string()) != std::string_view::npos);
}

// A statement seldom has more than a few patterns; one computed per row must not fill memory.
struct RegexCache {
    static constexpr std::size_t kMost = 64;
    std::map<std::string, std::unique_ptr<re2::RE2>, std::less<>> compiled;
};

namespace {

const re2::RE2& compiled(EvalContext& context, std::string_view pattern) {
    if (!context.regex_cache) context.regex_cache = std::make_shared<RegexCache>();
    auto& cache = context.regex_cache->compiled;
    const auto known = cache.find(pattern);
    if (known != cache.end()) return *known->second;
    if (cache.size() >= RegexCache::kMost) cache.clear();
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(8 << 20);
    const auto unusable = [&](const std::string& why) {
        fail("ArgumentError", "InvalidArgumentValue", "22N11",
             "the regular expression " + to_literal(Value::string(pattern)) + " is not usable: " + why);
    };
    const RegexForm form = to_re2(pattern);
    if (!form.refused.empty()) unusable(std::string(form.refused));
    auto regex = std::make_unique<re2::RE2>(form.pattern, options);
    if (!regex->ok()) unusable(regex->error());
    return *cache.emplace(std::string(pattern), std::move(regex)).first->second;
}

}  // namespace

Truth matches_regex(EvalContext& context, const Value& text, const Value& pattern) {
    if (!both_strings(text, pattern)) return Truth::kNull;
    const std::string_view subject = text.as_string();
    const re2::RE2& regex = compiled(context, pattern.as_string());
    return truth(re2::RE2::FullMatch(re2::StringPiece(subject.data(), subject.size()), regex));
}

Truth is_in(const Value& item, const Value& list) {
    if (list.is_null()) return Truth::kNull;
    if (!list.is(ValueKind::kList)) {
        fail("TypeError", "InvalidArgumentType", "22G03", "IN expects a LIST on its right, got " + describe(list));
    }
    return contains(list, item);
}

}  // namespace maek::query
