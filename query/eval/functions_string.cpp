#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <optional>

#include "query/eval/failures.h"
#include "query/eval/function_tables.h"
#include "query/eval/operators.h"
#include "query/eval/render.h"
#include "query/eval/utf8.h"

namespace maek::query {

namespace {

using Arguments = std::span<const Value>;

// ICU counts in 32 bits, and a text may grow while it is changed.
icu::UnicodeString to_unicode(EvalContext& context, const Value& v) {
    const std::string_view text = v.as_string();
    if (text.size() > (std::size_t{1} << 28)) fail_limit("a text is longer than 256 MiB, too long to be changed");
    context.require(4 * text.size());
    return icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
}

Value from_unicode(const icu::UnicodeString& text) {
    std::string out;
    return Value::string(text.toUTF8String(out));
}

Value upper(EvalContext& context, Arguments a) {
    return from_unicode(to_unicode(context, a[0]).toUpper(icu::Locale::getRoot()));
}

Value lower(EvalContext& context, Arguments a) {
    return from_unicode(to_unicode(context, a[0]).toLower(icu::Locale::getRoot()));
}

bool is_blank(char32_t c) {
    return (c >= 9 && c <= 13) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
           c == 0x3000;
}

// What trimming takes away: the code points of a text, or blanks.
class Trimmed {
public:
    explicit Trimmed(const Value* set) : set_(set) {}

    std::string_view front(std::string_view text) const {
        while (!text.empty() && takes(code_point_at(text, 0))) text.remove_prefix(code_point_bytes(text, 0));
        return text;
    }
    std::string_view back(std::string_view text) const {
        while (!text.empty()) {
            std::size_t at = text.size() - 1;
            while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
            if (!takes(code_point_at(text, at))) break;
            text.remove_suffix(text.size() - at);
        }
        return text;
    }

private:
    bool takes(char32_t c) const {
        if (set_ == nullptr) return is_blank(c);
        const std::string_view set = set_->as_string();
        for (std::size_t i = 0; i < set.size(); i += code_point_bytes(set, i)) {
            if (code_point_at(set, i) == c) return true;
        }
        return false;
    }
    const Value* set_;
};

Trimmed trimmed(Arguments a) { return Trimmed(a.size() > 1 ? &a[1] : nullptr); }

Value trim(EvalContext&, Arguments a) {
    const Trimmed cut = trimmed(a);
    return Value::string(cut.back(cut.front(a[0].as_string())));
}
Value trim_left(EvalContext&, Arguments a) { return Value::string(trimmed(a).front(a[0].as_string())); }
Value trim_right(EvalContext&, Arguments a) { return Value::string(trimmed(a).back(a[0].as_string())); }

std::size_t length_argument(std::string_view function, const Value& v) {
    if (v.as_integer() < 0) {
        fail("ArgumentError", "NegativeIntegerArgument", "22003",
             std::string(function) + " expects an integer of at least 0, got " + std::to_string(v.as_integer()));
    }
    return static_cast<std::size_t>(v.as_integer());
}

Value substring(EvalContext&, Arguments a) {
    std::string_view text = a[0].as_string();
    text.remove_prefix(offset_of(text, length_argument("substring()", a[1])));
    if (a.size() > 2) text = text.substr(0, offset_of(text, length_argument("substring()", a[2])));
    return Value::string(text);
}

Value left(EvalContext&, Arguments a) {
    const std::string_view text = a[0].as_string();
    return Value::string(text.substr(0, offset_of(text, length_argument("left()", a[1]))));
}

Value right(EvalContext&, Arguments a) {
    const std::string_view text = a[0].as_string();
    const std::size_t wanted = length_argument("right()", a[1]);
    const std::size_t count = count_code_points(text);
    return Value::string(wanted >= count ? text : text.substr(offset_of(text, count - wanted)));
}

std::string_view text_of(const Value& v, std::string_view where) {
    if (!v.is(kString)) fail_kind(where, "a STRING", v);
    return v.as_string();
}

// Finds cuts from left to right. Where each delimiter stands next is remembered, so that one that
// does not occur again is not searched for again.
class Cutter {
public:
    struct Cut {
        std::size_t at, bytes;
    };
    Cutter(std::string_view text, std::vector<std::string_view> delimiters)
        : text_(text), delimiters_(std::move(delimiters)), next_(delimiters_.size(), 0) {
        for (std::size_t i = 0; i < next_.size(); ++i) next_[i] = find(delimiters_[i], 0);
    }
    // The nearest delimiter at or after `from`, the earlier listed one where two begin.
    std::optional<Cut> after(std::size_t from) {
        std::optional<Cut> best;
        for (std::size_t i = 0; i < next_.size(); ++i) {
            const bool passed = delimiters_[i].empty() ? next_[i] <= from : next_[i] < from;
            if (passed) next_[i] = find(delimiters_[i], from);
            if (next_[i] == std::string_view::npos) continue;
            if (!best || next_[i] < best->at) best = Cut{next_[i], delimiters_[i].size()};
        }
        return best;
    }

private:
    // An empty delimiter cuts after every code point but the last.
    std::size_t find(std::string_view delimiter, std::size_t from) const {
        if (!delimiter.empty()) return text_.find(delimiter, from);
        if (from >= text_.size()) return std::string_view::npos;
        const std::size_t at = from + code_point_bytes(text_, from);
        return at < text_.size() ? at : std::string_view::npos;
    }
    std::string_view text_;
    std::vector<std::string_view> delimiters_;
    std::vector<std::size_t> next_;
};

Value split(EvalContext& context, Arguments a) {
    const std::string_view text = a[0].as_string();
    std::vector<std::string_view> delimiters;
    if (a[1].is(kList)) {
        for (const Value& v : a[1].as_list()) {
            if (v.is_null()) return Value::null();
            delimiters.push_back(text_of(v, "split()"));
        }
    } else {
        delimiters.push_back(a[1].as_string());
    }
    Cutter cutter(text, std::move(delimiters));
    std::vector<Value> parts;
    std::size_t from = 0;
    while (const auto cut = cutter.after(from)) {
        parts.push_back(Value::string(text.substr(from, cut->at - from)));
        from = cut->at + cut->bytes;
        if (parts.size() % 4096 == 0) {
            context.check();
            context.require(parts.size() * 80);
        }
    }
    parts.push_back(Value::string(text.substr(from)));
    return Value::list(std::move(parts));
}

Value replace(EvalContext& context, Arguments a) {
    const std::string_view text = a[0].as_string(), search = a[1].as_string(), put = a[2].as_string();
    std::size_t limit = a.size() > 3 ? length_argument("replace()", a[3]) : std::string_view::npos;
    std::string out;
    std::size_t from = 0;
    while (limit-- > 0) {
        std::size_t at = from;
        if (search.empty()) {  // before every code point, and at the end
            if (from > text.size()) break;
            out += put;
            if (from == text.size()) return Value::string(out);
            const std::size_t bytes = code_point_bytes(text, from);
            out += text.substr(from, bytes);
            from += bytes;
        } else {
            at = text.find(search, from);
            if (at == std::string_view::npos) break;
            out.append(text, from, at - from).append(put);
            from = at + search.size();
        }
        context.require(out.size());
    }
    return Value::string(out.append(text, from, std::string_view::npos));
}

Value reverse(EvalContext&, Arguments a) {
    if (a[0].is(kList)) {
        const auto items = a[0].as_list();
        return Value::list({items.rbegin(), items.rend()});
    }
    const std::string_view text = a[0].as_string();
    std::string out(text.size(), '\0');
    std::size_t end = text.size();
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t bytes = code_point_bytes(text, i);
        end -= bytes;
        text.copy(out.data() + end, bytes, i);
        i += bytes;
    }
    return Value::string(out);
}

const icu::Normalizer2& normalizer(Arguments a) {
    UErrorCode status = U_ZERO_ERROR;
    const std::string_view form = a.size() > 1 ? a[1].as_string() : "NFC";
    const icu::Normalizer2* found = nullptr;
    if (form == "NFC") found = icu::Normalizer2::getNFCInstance(status);
    else if (form == "NFD") found = icu::Normalizer2::getNFDInstance(status);
    else if (form == "NFKC") found = icu::Normalizer2::getNFKCInstance(status);
    else if (form == "NFKD") found = icu::Normalizer2::getNFKDInstance(status);
    if (found == nullptr || U_FAILURE(status)) {
        fail_value("a normal form is one of 'NFC', 'NFD', 'NFKC', 'NFKD', got " + to_literal(Value::string(form)));
    }
    return *found;
}

Value normalize(EvalContext& context, Arguments a) {
    UErrorCode status = U_ZERO_ERROR;
    const auto normal = normalizer(a).normalize(to_unicode(context, a[0]), status);
    if (U_FAILURE(status)) fail_limit("the text is too long to be normalized");
    return from_unicode(normal);
}

Value is_normalized(EvalContext& context, Arguments a) {
    UErrorCode status = U_ZERO_ERROR;
    return Value::boolean(normalizer(a).isNormalized(to_unicode(context, a[0]), status));
}

Value char_length(EvalContext&, Arguments a) {
    return Value::integer(static_cast<std::int64_t>(count_code_points(a[0].as_string())));
}

// Nulls among the parts are left out.
Value join(EvalContext& context, Arguments a) {
    const std::string_view separator = a.size() > 1 ? a[1].as_string() : "";
    std::string out;
    bool first = true;
    for (const Value& part : a[0].as_list()) {
        if (part.is_null()) continue;
        if (!first) out += separator;
        first = false;
        out += to_text(part, context.graph);
        context.require(out.size());
    }
    return Value::string(out);
}

constexpr KindSet kText = kString;
constexpr KindSet kTextOrList = {kString, kList};

constexpr std::array kFunctions = {
    FunctionEntry("toUpper", "toUpper(text :: STRING) :: STRING", "The text in upper case.", {kText}, kText, upper),
    FunctionEntry("upper", "upper(text :: STRING) :: STRING", "The text in upper case.", {kText}, kText, upper),
    FunctionEntry("toLower", "toLower(text :: STRING) :: STRING", "The text in lower case.", {kText}, kText, lower),
    FunctionEntry("lower", "lower(text :: STRING) :: STRING", "The text in lower case.", {kText}, kText, lower),
    FunctionEntry("trim", "trim(text :: STRING, characters? :: STRING) :: STRING",
                  "The text without leading and trailing blanks or given characters.", {kText, kText}, kText, trim, 1),
    FunctionEntry("btrim", "btrim(text :: STRING, characters? :: STRING) :: STRING",
                  "The text without leading and trailing blanks or given characters.", {kText, kText}, kText, trim, 1),
    FunctionEntry("lTrim", "lTrim(text :: STRING, characters? :: STRING) :: STRING",
                  "The text without leading blanks or given characters.", {kText, kText}, kText, trim_left, 1),
    FunctionEntry("rTrim", "rTrim(text :: STRING, characters? :: STRING) :: STRING",
                  "The text without trailing blanks or given characters.", {kText, kText}, kText, trim_right, 1),
    FunctionEntry("substring", "substring(text :: STRING, start :: INTEGER, length? :: INTEGER) :: STRING",
                  "The part from the 0-based start, to the end or of the length.",
                  {kText, kInteger, kInteger}, kText, substring, 1),
    FunctionEntry("left", "left(text :: STRING, length :: INTEGER) :: STRING", "The first characters.",
                  {kText, kInteger}, kText, left),
    FunctionEntry("right", "right(text :: STRING, length :: INTEGER) :: STRING", "The last characters.",
                  {kText, kInteger}, kText, right),
    FunctionEntry("split", "split(text :: STRING, delimiter :: STRING | LIST<STRING>) :: LIST<STRING>",
                  "The parts between the delimiters.", {kText, kTextOrList}, kList, split),
    FunctionEntry("replace", "replace(text :: STRING, search :: STRING, replacement :: STRING, limit? :: INTEGER) :: STRING",
                  "The text with occurrences of search replaced.", {kText, kText, kText, kInteger}, kText, replace, 1),
    FunctionEntry("reverse", "reverse(value :: STRING | LIST<ANY>) :: STRING | LIST<ANY>",
                  "The characters or elements from last to first.", {kTextOrList}, kTextOrList, reverse),
    FunctionEntry("normalize", "normalize(text :: STRING, form? :: STRING) :: STRING",
                  "The text in Unicode normal form NFC or the given one.", {kText, kText}, kText, normalize, 1),
    FunctionEntry("isNormalized", "isNormalized(text :: STRING, form? :: STRING) :: BOOLEAN",
                  "Whether the text is in Unicode normal form NFC or the given one.",
                  {kText, kText}, kBoolean, is_normalized, 1),
    FunctionEntry("char_length", "char_length(text :: STRING) :: INTEGER", "The number of characters.",
                  {kText}, kInteger, char_length),
    FunctionEntry("character_length", "character_length(text :: STRING) :: INTEGER", "The number of characters.",
                  {kText}, kInteger, char_length),
    FunctionEntry("string.join", "string.join(parts :: LIST<ANY>, separator? :: STRING) :: STRING",
                  "The parts as one text, with the separator between them.", {kList, kText}, kText, join, 1),
};

}  // namespace

std::span<const FunctionEntry> string_functions() { return kFunctions; }

}  // namespace maek::query
