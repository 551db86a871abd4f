#include "query/eval/regular_expression.h"

#include <algorithm>
#include <cctype>

namespace maek::query {

namespace {

constexpr std::string_view kLineEnds = R"(\n\r\x{85}\x{2028}\x{2029})";
constexpr std::string_view kVertical = R"(\n\x{B}\f\r\x{85}\x{2028}\x{2029})";
constexpr std::string_view kHorizontal = R"( \t\x{A0}\x{1680}\x{180E}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000})";

class Translator {
public:
    explicit Translator(std::string_view pattern) : in_(pattern) {}

    RegexForm run() {
        while (at_ < in_.size() && form_.refused.empty()) step();
        if (!form_.refused.empty()) form_.pattern.clear();
        return std::move(form_);
    }

private:
    bool sees(std::string_view text) const { return in_.substr(at_).starts_with(text); }
    void copy(std::size_t bytes) {
        form_.pattern += in_.substr(at_, bytes);
        at_ += std::min(bytes, in_.size() - at_);
    }
    void put(std::string_view text, std::size_t for_bytes) {
        form_.pattern += text;
        at_ += for_bytes;
    }
    void refuse(std::string_view why) { form_.refused = why; }

    void step() {
        if (sees("\\Q")) {  // as it is, up to \E
            const std::size_t end = in_.find("\\E", at_);
            return copy(end == std::string_view::npos ? in_.size() - at_ : end + 2 - at_);
        }
        if (sees("\\")) return escape(false);
        if (sees("[")) return open_class();
        if (sees("(?")) return group();
        if (sees(".") && !dot_all_) return put("[^" + std::string(kLineEnds) + "]", 1);
        copy(1);
    }

    // A backslash and what it stands with; inside a class without brackets of its own.
    void escape(bool in_class) {
        const char kind = at_ + 1 < in_.size() ? in_[at_ + 1] : '\0';
        const auto set = [&](std::string_view characters) { put(in_class ? std::string(characters) : "[" + std::string(characters) + "]", 2); };
        switch (kind) {
            case 'v': return set(kVertical);
            case 'h': return set(kHorizontal);
            case 'R':
                if (in_class) break;
                return put("(?:\\r\\n|[" + std::string(kVertical) + "])", 2);
            case 'e': return put("\\x{1B}", 2);
            case 'C': return refuse("\\C stands for a byte");
            case 'u': return code_unit();
            default: break;
        }
        copy(2);
    }

    // \uD55C: four hexadecimal digits.
    void code_unit() {
        const std::string_view digits = in_.substr(at_ + 2, 4);
        bool hexadecimal = digits.size() == 4;
        for (const char c : digits) hexadecimal = hexadecimal && std::isxdigit(static_cast<unsigned char>(c)) != 0;
        if (!hexadecimal) return copy(2);  // RE2 says what is wrong with it
        put("\\x{" + std::string(digits) + "}", 6);
    }

    void open_class() {
        copy(1);
        if (sees("^")) copy(1);
        if (sees("]")) copy(1);  // a bracket in front is one of the characters
        while (at_ < in_.size() && form_.refused.empty()) {
            if (sees("]")) return copy(1);
            if (sees("&&")) return refuse("intersections of character classes (&&) are not supported");
            if (sees("[:")) {
                const std::size_t end = in_.find(":]", at_);
                if (end != std::string_view::npos) {
                    copy(end + 2 - at_);
                    continue;
                }
            }
            if (sees("[")) return refuse("a character class inside another is not supported; a bracket itself is \\[");
            if (sees("\\")) escape(true);
            else copy(1);
        }
    }

    // (?<name>, and flags such as (?i) and (?is-m:
    void group() {
        if (sees("(?<") && !sees("(?<=") && !sees("(?<!")) return put("(?P<", 3);
        std::size_t end = at_ + 2;
        while (end < in_.size() && (std::isalpha(static_cast<unsigned char>(in_[end])) != 0 || in_[end] == '-')) ++end;
        if (end == at_ + 2 || end >= in_.size() || (in_[end] != ')' && in_[end] != ':')) return copy(2);
        std::string flags;
        bool on = true;
        for (const char flag : in_.substr(at_ + 2, end - at_ - 2)) {
            if (flag == 'U') return refuse("the flag U is not supported; \\p{L} stands for the letters of every script");
            if (flag == '-') on = false;
            if (flag == 's') dot_all_ = dot_all_ || on;
            if (flag != 'u') flags += flag;  // Unicode is what RE2 reads anyhow
        }
        if (flags.ends_with('-')) flags.pop_back();
        const bool alone = in_[end] == ')';
        at_ = end + 1;
        if (flags.empty()) form_.pattern += alone ? "" : "(?:";
        else form_.pattern += "(?" + flags + (alone ? ")" : ":");
    }

    std::string_view in_;
    std::size_t at_ = 0;
    bool dot_all_ = false;  // from the first (?s) on: RE2 knows where it ends
    RegexForm form_;
};

}  // namespace

RegexForm to_re2(std::string_view pattern) { return Translator(pattern).run(); }

}  // namespace maek::query
