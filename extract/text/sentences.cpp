#include "extract/text/sentences.h"

#include <algorithm>
#include <array>

#include "extract/text/bylines.h"
#include "extract/text/utf8.h"

namespace maek::extract {

namespace {

using std::string_view;

constexpr std::uint32_t kLongest = 1000;       // code points of a sentence
constexpr std::uint32_t kLongestQuote = 900;   // bytes of a quotation that is kept whole

constexpr std::array<string_view, 38> kAbbreviations = {
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Gov", "Sen", "Rep", "Gen", "St", "Jr", "Sr", "Inc", "Co", "Ltd", "Corp", "No", "Vol",
    "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "vs", "etc", "Dept", "Univ",
    "Assn", "Bros", "Mt", "approx"};

// Signs that open an item wherever they stand at the beginning of a line.
constexpr std::array<string_view, 30> kBullets = {
    "▶", "▷", "◆", "◇", "■", "□", "●", "○", "◎", "▲", "△", "▼", "▽", "◦", "▸", "▪", "·", "※", "★", "☆", "▣", "❍", "◈",
    "->", "- ", "* ", "# ", "## ", "### ", "ㅇ "};

bool latin_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool digit_byte(char c) { return c >= '0' && c <= '9'; }

// A sign in front of a new heading or question: "…밝혔다.◇역대 최대", "…했습니다.”▷계획은".
bool opens_item(char32_t c) {
    static constexpr std::u32string_view kSigns = U"◇◆▷▶■□●○※☞◈【▣";
    return kSigns.find(c) != std::u32string_view::npos;
}

// "한빛부 로고한빛부는 …": the words under a picture stuck to the line that begins with the same name; their end, 0: none.
std::uint32_t glued_caption(string_view line) {
    const std::size_t blank = line.find(' ');
    if (blank == string_view::npos || blank < 9 || blank > 60) return 0;
    const string_view name = line.substr(0, blank);
    const std::size_t again = line.find(name, blank);
    if (again == string_view::npos || again > blank + 60) return 0;
    for (const string_view picture : {"로고", "전경", "모습", "사진", "제공", "청사", "사옥", "이미지", "CI"}) {
        if (line.substr(0, again).ends_with(picture)) return static_cast<std::uint32_t>(again);
    }
    return 0;
}

class Splitter {
public:
    explicit Splitter(Document& document) : document_(document), text_(document.text) {}

    void run(const std::vector<Line>& lines) {
        document_.sentences.clear();
        for (const Line& line : lines) {
            if (line.gap_before || line.kind == SentenceKind::kItem || line.kind == SentenceKind::kHeadline) ++paragraph_;
            split(line);
            ++paragraph_;
        }
    }

private:
    void split(const Line& line) {
        const string_view all = text_.substr(line.span.begin, line.span.size());
        if (line.kind == SentenceKind::kNoise || line.kind == SentenceKind::kRepeat) {
            emit(line.span, line.kind);
            return;
        }
        BylineFinder bylines(all);
        std::uint32_t at = glued_caption(all);
        if (at > 0) emit({line.span.begin, line.span.begin + at}, SentenceKind::kNoise);
        while (at < all.size()) {
            const ByteSpan byline = bylines.next(at);
            const std::uint32_t end = byline.empty() ? static_cast<std::uint32_t>(all.size()) : byline.begin;
            stretch({line.span.begin + at, line.span.begin + end}, line.kind);
            if (byline.empty()) return;
            emit({line.span.begin + byline.begin, line.span.begin + byline.end}, SentenceKind::kNoise);
            at = byline.end;
        }
    }

    void stretch(ByteSpan span, SentenceKind kind) {
        span = trim(span, kind != SentenceKind::kRow);
        std::uint32_t begin = span.begin;
        std::uint32_t quote_end = 0;  // behind the sign that closes the quotation
        for (std::uint32_t at = span.begin; at < span.end; ++at) {
            const char c = text_[at];
            if (at >= quote_end && (c == '"' || text_.substr(at, 3) == "“")) quote_end = closing(at, span.end);
            if (at < quote_end && !ends_quotation(at, quote_end, span.end)) continue;
            if (c != '.' && c != '!' && c != '?' && text_.substr(at, 3) != "。") continue;
            const std::uint32_t end = boundary(at, begin, span.end);
            if (end == 0) continue;
            emit({begin, end}, kind);
            begin = end;
            at = end - 1;
        }
        emit({begin, span.end}, kind);
    }

    // "... by 2022." The mayor: the stop within a Latin quotation ends the sentence around it, too.
    bool ends_quotation(std::uint32_t at, std::uint32_t quote_end, std::uint32_t end) const {
        std::uint32_t close = quote_end - (text_[quote_end - 1] == '"' ? 1 : 3);
        if (close >= at + 4 && text_.substr(close - 3, 3) == "’") close -= 3;
        if (at + 1 != close) return false;
        std::uint32_t next = quote_end;
        while (next < end && text_[next] == ' ') ++next;
        if (next >= end) return false;
        std::size_t p = next;
        const char32_t c = utf8_next(text_, p);
        return is_upper(c) || c == '"' || c == U'“' || opens_item(c);
    }

    // Behind the quotation opened at `at`; 0 when it does not close, or only far away.
    std::uint32_t closing(std::uint32_t at, std::uint32_t end) const {
        const string_view sign = text_[at] == '"' ? string_view("\"") : string_view("”");
        const std::uint32_t from = at + static_cast<std::uint32_t>(sign.size());
        const string_view window = text_.substr(from, std::min(kLongestQuote, end > from ? end - from : 0));
        const std::size_t found = window.find(sign);
        return found == string_view::npos ? 0 : from + static_cast<std::uint32_t>(found + sign.size());
    }

    // The end of the sentence whose stop stands at `at`, closing signs taken along; 0: no end.
    std::uint32_t boundary(std::uint32_t at, std::uint32_t begin, std::uint32_t end) const {
        std::uint32_t after = at + 1;
        while (after < end && (text_[after] == '.' || text_[after] == '!' || text_[after] == '?')) ++after;
        std::uint32_t close = after;
        for (bool more = true; more && close < end;) {
            more = false;
            for (const string_view sign : {"\"", "”", "’", "'", ")", "]", "」", "』"}) {
                if (text_.substr(close, sign.size()) == sign) {
                    close += static_cast<std::uint32_t>(sign.size());
                    more = true;
                    break;
                }
            }
        }
        if (close >= end) return end;
        if (text_[at] == '.' && stop_inside(at, begin, end)) return 0;
        if (text_[close] == ' ') return close;
        std::size_t ahead = close;
        const char32_t next = utf8_next(text_, ahead);
        std::size_t back = at;
        while (back > begin && !utf8_is_lead(static_cast<unsigned char>(text_[--back]))) {}
        std::size_t p = back;
        const char32_t before = back < at ? utf8_next(text_, p) : 0;
        if (is_hangul(before) && (opens_item(next) || next == U'“')) return close;
        if (is_hangul(before) && (is_hangul(next) || next == U'‘' || next == U'“' || next == '"' || next == '\'' || next == '[' || next == U'▲' || next == U'△' || is_digit(next) || is_latin(next) || next == '<')) {
            return before == U'다' || before == U'요' || before == U'까' || before == U'음' || before == U'임' ? close : 0;
        }
        // "Tuesday.Since": small letters, a stop, a capital and a small letter
        const bool lower = before >= 'a' && before <= 'z';
        const char second = close + 1 < end ? text_[close + 1] : '\0';
        const bool word = (second >= 'a' && second <= 'z') || second == ' ';
        if ((lower || is_digit(before) || close > after) && is_upper(next) && word) return close;
        if (lower && (next == U'“' || (is_upper(next) && second >= 'A' && second <= 'Z' && letters_before(at, begin) >= 4))) return close;
        if (close > after && is_hangul(next)) return 0;
        return 0;
    }

    // The small letters right before `at`.
    std::uint32_t letters_before(std::uint32_t at, std::uint32_t begin) const {
        std::uint32_t word = at;
        while (word > begin && text_[word - 1] >= 'a' && text_[word - 1] <= 'z') --word;
        return at - word;
    }

    // A stop that ends no sentence: an abbreviation, an initial, a number.
    bool stop_inside(std::uint32_t at, std::uint32_t begin, std::uint32_t end) const {
        std::uint32_t word = at;
        while (word > begin && latin_byte(text_[word - 1])) --word;
        const string_view before = text_.substr(word, at - word);
        if (before.size() == 1 && before[0] >= 'A' && before[0] <= 'Z') return true;
        if (!before.empty()) {
            for (const string_view abbreviation : kAbbreviations) {
                if (before == abbreviation) return true;
            }
            return false;
        }
        if (at == begin || !digit_byte(text_[at - 1])) return false;
        std::uint32_t after = at + 1;
        if (after < end && digit_byte(text_[after])) return true;
        while (after < end && text_[after] == ' ') ++after;
        // "4. 13.", "1. 개요": a number and a stop end a sentence only before a word in Latin
        return after < end && !(text_[after] >= 'A' && text_[after] <= 'Z');
    }

    ByteSpan trim(ByteSpan span, bool bullets) const {
        while (span.begin < span.end && text_[span.begin] == ' ') ++span.begin;
        while (span.end > span.begin && text_[span.end - 1] == ' ') --span.end;
        for (bool more = bullets; more;) {
            more = false;
            for (const string_view bullet : kBullets) {
                if (span.size() > bullet.size() && text_.substr(span.begin, bullet.size()) == bullet) {
                    span.begin += static_cast<std::uint32_t>(bullet.size());
                    while (span.begin < span.end && text_[span.begin] == ' ') ++span.begin;
                    more = true;
                    break;
                }
            }
        }
        return span;
    }

    // Adds the sentence, in pieces where it is too long.
    void emit(ByteSpan span, SentenceKind kind) {
        span = trim(span, false);
        while (!span.empty()) {
            std::uint32_t end = span.begin, count = 0, blank = 0;
            bool korean = false;
            while (end < span.end && count < kLongest) {
                if (text_[end] == ' ' && count > kLongest / 2) blank = end;
                std::size_t next = end;
                korean = is_hangul(utf8_next(text_, next)) || korean;
                end = static_cast<std::uint32_t>(next);
                ++count;
            }
            end = std::min(end, span.end);
            if (end < span.end && blank != 0) end = blank;
            const ByteSpan piece = trim({span.begin, end}, false);
            if (!piece.empty()) document_.sentences.push_back({piece, kind, paragraph_, korean});
            span = trim({end, span.end}, false);
        }
    }

    Document& document_;
    string_view text_;
    std::uint32_t paragraph_ = 0;
};

}  // namespace

void split_sentences(const std::vector<Line>& lines, Document& document) { Splitter(document).run(lines); }

}  // namespace maek::extract
