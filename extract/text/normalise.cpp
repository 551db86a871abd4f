#include "extract/text/normalise.h"

#include <array>
#include <string>
#include <cctype>
#include <cstdlib>
#include <utility>

#include <utf8proc.h>

#include "extract/text/utf8.h"

namespace maek::extract {

namespace {

constexpr char32_t kDrop = 0xFFFFFFFF;

bool is_leading_jamo(char32_t c) { return c >= 0x1100 && c <= 0x1112; }
bool is_vowel_jamo(char32_t c) { return c >= 0x1161 && c <= 0x1175; }
bool is_trailing_jamo(char32_t c) { return c >= 0x11A8 && c <= 0x11C2; }
bool is_combining(char32_t c) { return c >= 0x300 && c <= 0x36F; }

// One code point to the one that stands for it; kDrop for none.
char32_t fold(char32_t c) {
    if (c >= 0x20 && c < 0x7F) return c;
    if (c == '\n') return c;
    if (c == '\t' || c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028 || c == 0x2029) return '\n';
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return kDrop;
    if (is_hangul(c)) return c;
    if (c == 0xA0 || c == 0x3000 || c == 0x202F || c == 0x205F || c == 0x1680 || (c >= 0x2000 && c <= 0x200A)) {
        return ' ';
    }
    if (c == 0xAD || c == 0xFEFF || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
        (c >= 0x2060 && c <= 0x2064) || (c >= 0xFE00 && c <= 0xFE0F)) {
        return kDrop;
    }
    switch (c) {
        case 0x318D: case 0x2024: case 0x2027: case 0x2219: case 0x22C5: case 0x30FB: case 0xFF65:
        case 0x119E: case 0x2022: case 0x0387: case 0x25AA:
            return 0xB7;  // middle dot
        case 0x2018: case 0x2019: case 0x201B: case 0x2032: case 0x60: case 0xB4: case 0x2BC:
            return c == 0x2018 || c == 0x201B ? 0x2018 : 0x2019;
        case 0x201C: case 0x201D: case 0x201F: case 0x2033:
            return c == 0x201C || c == 0x201F ? 0x201C : 0x201D;
        case 0x2010: case 0x2011: case 0x2012: case 0x2212:
            return '-';
        default: break;
    }
    if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFF01 + '!';
    return c;
}

struct Reference {
    std::string_view name;
    char32_t code;
};
constexpr std::array<Reference, 12> kReferences = {{
    {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&nbsp;", ' '},
    {"&#39;", '\''}, {"&#039;", '\''}, {"&apos;", '\''}, {"&middot;", 0xB7}, {"&hellip;", 0x2026},
    {"&lsquo;", 0x2018}, {"&rsquo;", 0x2019},
}};

// Whether a '?' between two Hangul syllables is more likely the end of a question.
bool ends_question(char32_t c) {
    for (const char32_t q : {U'까', U'나', U'가', U'요', U'지', U'냐', U'니', U'데', U'죠', U'래', U'까', U'라'}) {
        if (c == q) return true;
    }
    return false;
}

class Normaliser {
public:
    Normaliser(std::string& out, OffsetMap& map) : out_(out), map_(map) {}

    // `first_source` is the code point that the text's first one counts as.
    void run(std::string_view text, std::uint32_t first_source, bool mapped) {
        std::size_t at = 0;
        std::uint32_t source = first_source;
        while (at < text.size()) {
            const std::uint32_t here = source;
            const char32_t c = next(text, at, source);
            if (c != kDrop) put(c, mapped ? here : 0);
        }
    }

private:
    // The folded code point at `at`, which moves past all that it stands for.
    char32_t next(std::string_view text, std::size_t& at, std::uint32_t& source) {
        const std::size_t begin = at;
        const char32_t raw = utf8_next(text, at);
        ++source;
        if (raw == '\r') {  // with the line feed behind it one line end, which begins here
            if (at < text.size() && text[at] == '\n') ++at, ++source;
            return '\n';
        }
        if (raw == '&') return reference(text, begin, at, source);
        if (raw == '?') return question(text, at);
        if (is_leading_jamo(raw)) return syllable(raw, text, at, source);
        const char32_t folded = fold(raw);
        if (folded != kDrop && folded < 0x250 && at < text.size() && (text[at] & 0xFC) == 0xCC) {
            return with_mark(folded, text, at, source);
        }
        return folded;
    }

    char32_t reference(std::string_view text, std::size_t begin, std::size_t& at, std::uint32_t& source) {
        for (const Reference& r : kReferences) {
            if (text.substr(begin, r.name.size()) == r.name) {
                at = begin + r.name.size();
                source += static_cast<std::uint32_t>(r.name.size()) - 1;
                return r.code;
            }
        }
        return '&';
    }

    char32_t question(std::string_view text, std::size_t at) const {
        if (!is_hangul(last_) || ends_question(last_) || at >= text.size()) return '?';
        std::size_t ahead = at;
        return is_hangul(utf8_next(text, ahead)) ? 0xB7 : '?';
    }

    char32_t syllable(char32_t lead, std::string_view text, std::size_t& at, std::uint32_t& source) {
        std::size_t ahead = at;
        const char32_t vowel = ahead < text.size() ? utf8_next(text, ahead) : 0;
        if (!is_vowel_jamo(vowel)) return lead;
        at = ahead;
        ++source;
        char32_t c = 0xAC00 + ((lead - 0x1100) * 21 + (vowel - 0x1161)) * 28;
        const char32_t tail = ahead < text.size() ? utf8_next(text, ahead) : 0;
        if (is_trailing_jamo(tail)) {
            at = ahead;
            ++source;
            c += tail - 0x11A7;
        }
        return c;
    }

    char32_t with_mark(char32_t base, std::string_view text, std::size_t& at, std::uint32_t& source) {
        std::size_t ahead = at;
        const char32_t mark = utf8_next(text, ahead);
        if (!is_combining(mark)) return base;
        std::string pair;
        utf8_append(pair, base);
        utf8_append(pair, mark);
        utf8proc_uint8_t* composed = utf8proc_NFC(reinterpret_cast<const utf8proc_uint8_t*>(pair.c_str()));
        if (composed == nullptr) return base;
        const std::string result(reinterpret_cast<const char*>(composed));
        std::free(composed);  // NOLINT: utf8proc gives memory of malloc
        std::size_t end = 0;
        const char32_t c = result.empty() ? base : utf8_next(result, end);
        if (end != result.size()) return base;
        at = ahead;
        ++source;
        return c;
    }

    void put(char32_t c, std::uint32_t source) {
        map_.add(static_cast<std::uint32_t>(out_.size()), source);
        utf8_append(out_, c);
        last_ = c;
    }

    std::string& out_;
    OffsetMap& map_;
    char32_t last_ = 0;
};

// Whether the text begins with the title, blanks and signs aside.
bool opens_with_title(std::string_view text, std::string_view title) {
    const auto skip = [](std::string_view s, std::size_t& at) {
        while (at < s.size() && static_cast<unsigned char>(s[at]) < 0x80 &&
               !std::isalnum(static_cast<unsigned char>(s[at]))) {
            ++at;
        }
    };
    std::size_t i = 0, j = 0;
    for (;;) {
        skip(text, i);
        skip(title, j);
        if (j >= title.size()) return true;
        if (i >= text.size() || text[i] != title[j]) return false;
        ++i, ++j;
    }
}

}  // namespace

void normalise(const Article& article, Document& document) {
    std::string& out = document.text;
    out.clear();
    out.reserve(article.text.size() + article.title.size() + 2);
    document.offsets = OffsetMap();
    Normaliser normaliser(out, document.offsets);
    if (!article.title.empty() && utf8_valid_prefix(article.title) == article.title.size() &&
        !opens_with_title(article.text, article.title)) {
        normaliser.run(article.title, 0, false);
        for (char& c : out) c = c == '\n' ? ' ' : c;
        out += "\n\n";
        document.offsets.add(static_cast<std::uint32_t>(out.size()) - 2, 0);
    }
    document.body_begin = static_cast<std::uint32_t>(out.size());
    normaliser.run(article.text, 0, true);
    document.offsets.finish(out, utf8_count(article.text));
}

}  // namespace maek::extract
