#include "extract/text/bylines.h"

#include <algorithm>

#include "extract/text/utf8.h"

namespace maek::extract {
namespace {

using std::string_view;

bool latin_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool digit_byte(char c) { return c >= '0' && c <= '9'; }
bool upper_byte(char c) { return c >= 'A' && c <= 'Z'; }

bool mail_follows(string_view after) {
    std::size_t at = 0;
    while (at < after.size() && at < 40 && (latin_byte(after[at]) || digit_byte(after[at]) || after[at] == '_' || after[at] == '.')) ++at;
    return at > 0 && at < after.size() && after[at] == '@';
}

// How much of the text is "Jang Ha-neul" or "Jang Ha-neul and Bit Garam": capitalised words that blanks, commas and "and" part.
std::size_t names_at(string_view text) {
    std::size_t at = 0, good = 0;
    while (at < text.size()) {
        std::size_t end = at;
        while (end < text.size() && (latin_byte(text[end]) || text[end] == '-' || text[end] == '.')) ++end;
        const string_view word = text.substr(at, end - at);
        if (word.empty() || (!upper_byte(word[0]) && word != "and")) return good;
        if (word != "and") good = end;
        if (end < text.size() && text[end] == ',') ++end;
        if (end >= text.size() || text[end] != ' ') return good;
        at = end + 1;
    }
    return good;
}

}  // namespace

ByteSpan BylineFinder::next(std::uint32_t from) {
    ByteSpan mail = next_mail(from);
    ByteSpan reporter = next_reporter(from);
    const ByteSpan dateline = from == 0 ? dateline_alone() : ByteSpan{};
    if (!dateline.empty() && (reporter.empty() || reporter.begin >= dateline.end)) return dateline;
    if (!credit_known_ || (!credit_.empty() && credit_.begin < from)) credit_ = english_credit(from);
    credit_known_ = true;
    const ByteSpan credit = credit_, byline = english_byline(from);
    for (const ByteSpan& english : {credit, byline}) {
        const bool first = !english.empty() && (mail.empty() || english.begin <= mail.begin) && (reporter.empty() || english.begin <= reporter.begin);
        if (first) return english;
    }
    if (mail.empty()) return reporter;
    if (reporter.empty()) return mail;
    if (reporter.end + 2 >= mail.begin && reporter.begin <= mail.begin) return {reporter.begin, std::max(reporter.end, mail.end)};
    return reporter.begin < mail.begin ? reporter : mail;
}

ByteSpan BylineFinder::next_mail(std::uint32_t from) {
    while (mail_at_ < line_.size() || mail_at_ == 0) {
        const std::size_t at = line_.find('@', std::max<std::size_t>(mail_at_, from));
        if (at == string_view::npos) {
            mail_at_ = line_.size() + 1;
            return {};
        }
        std::size_t begin = at, end = at + 1;
        const auto word = [&](char c) { return latin_byte(c) || digit_byte(c) || c == '_' || c == '.' || c == '-'; };
        while (begin > from && at - begin < 64 && word(line_[begin - 1])) --begin;
        while (end < line_.size() && word(line_[end])) ++end;
        if (end - at > 4 && begin < at) {
            while (line_[end - 1] == '.') --end;
            if (begin > from && line_[begin - 1] == '(') {
                --begin;
                if (end < line_.size() && line_[end] == ')') ++end;
            }
            return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
        }
        mail_at_ = at + 1;
    }
    return {};
}

ByteSpan BylineFinder::next_reporter(std::uint32_t from) {
    static constexpr string_view kReporter = "기자";
    std::size_t at = std::max<std::size_t>(reporter_at_, from);
    for (;;) {
        at = line_.find(kReporter, at);
        if (at == string_view::npos) {
            reporter_at_ = line_.size();
            return {};
        }
        std::size_t end = at + kReporter.size();
        const string_view rest = line_.substr(end);
        std::size_t begin = back_over_name(at, from);
        const bool named = begin < at;
        // "[한국경제=홍길동 기자]", "(세종=연합뉴스) 홍길동 기자 =", "홍길동 기자=", "홍길동 기자 a@b.c", line end
        std::size_t skip = 0;
        while (skip < rest.size() && rest[skip] == ' ') ++skip;
        const string_view after = rest.substr(skip);
        const bool frame = after.starts_with("=") || after.starts_with("]") || after.starts_with("】") || after.starts_with(",") ||
                           after.empty() || mail_follows(after) || after.starts_with("|") || after.starts_with("·") || after.starts_with(")");
        if (!named || !frame) {
            at = end;
            reporter_at_ = at;
            continue;
        }
        if (after.starts_with("=") || after.starts_with("]") || after.starts_with(")")) end += skip + 1;
        if (after.starts_with("】")) end += skip + 3;
        begin = back_over_dateline(begin, from);
        return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    }
}

// "(안동=가람통신) ", "[대전=나래뉴스] = ": what the line opens with where no reporter is named.
ByteSpan BylineFinder::dateline_alone() const {
    constexpr std::size_t kMost = 60;
    if (!line_.starts_with("(") && !line_.starts_with("[")) return {};
    const std::size_t close = line_.find(line_[0] == '(' ? ')' : ']');
    if (close == string_view::npos || close > kMost) return {};
    const string_view inside = line_.substr(1, close - 1);
    const std::size_t equals = inside.find('=');
    const bool plain = std::none_of(inside.begin(), inside.end(), [](char c) { return digit_byte(c) || c == ',' || c == ':'; }) || inside.find("뉴스1") != string_view::npos;
    if (equals == string_view::npos || equals < 6 || inside.find('=', equals + 1) != string_view::npos || !plain) return {};
    std::size_t end = close + 1;
    if (line_.substr(end).starts_with(" =")) end += 2;
    return {0, static_cast<std::uint32_t>(end)};
}

// Steps back over one blank and up to four syllables of a reporter's name.
std::size_t BylineFinder::back_over_name(std::size_t begin, std::size_t from) const {
    while (begin > from && line_[begin - 1] == ' ') --begin;
    std::size_t at = begin;
    int syllables = 0;
    while (at >= from + 3 && syllables < 5) {
        std::size_t p = at - 3;
        std::size_t q = p;
        if (!utf8_is_lead(static_cast<unsigned char>(line_[p])) || !is_hangul(utf8_next(line_, q))) break;
        at = p;
        ++syllables;
    }
    return syllables >= 2 && syllables <= 4 ? at : begin;
}

// "(서울=연합뉴스) ", "[헤럴드경제=", "인천=" in front of the name.
std::size_t BylineFinder::back_over_dateline(std::size_t begin, std::size_t from) const {
    std::size_t at = begin;
    while (at > from && line_[at - 1] == ' ') --at;
    if (at > from && (line_[at - 1] == ')' || line_[at - 1] == ']' || line_[at - 1] == '=' || line_[at - 1] == ',' || line_.substr(0, at).ends_with("】"))) {
        const std::size_t low = at > from + 90 ? at - 90 : from;
        for (std::size_t p = at; p-- > low;) {
            if (line_[p] == '[' || line_[p] == '(') return line_.substr(p, at - p).find('=') != string_view::npos || line_[at - 1] == ']' ? p : at;
            if (line_.substr(p).starts_with("【")) return p;
        }
        if (line_[at - 1] == '=') return back_over_name(at - 1, from);
    }
    // "[디지털데일리 강소현 기자]"
    const std::size_t low = at > from + 40 ? at - 40 : from;
    for (std::size_t p = at; p-- > low;) {
        if (line_[p] == '[') return p;
        if (line_[p] == ']' || line_[p] == '.') break;
    }
    return begin;
}

// "… said. By Jang Ha-neul" at the end of an English line.
ByteSpan BylineFinder::english_byline(std::uint32_t from) const {
    constexpr std::size_t kMost = 90;
    const std::size_t low = std::max<std::size_t>(from, line_.size() > kMost ? line_.size() - kMost : 0);
    if (low >= line_.size()) return {};
    const std::size_t found = line_.substr(low).rfind("By ");
    if (found == string_view::npos) return {};
    const std::size_t by = low + found;
    std::size_t before = by;
    while (before > from && line_[before - 1] == ' ') --before;
    const string_view front = line_.substr(from, before - from);
    const bool ended = front.empty() ? by == 0 : front.ends_with('.') || front.ends_with('"') || front.ends_with(')') || front.ends_with("”") || front.ends_with("’");
    const string_view names = line_.substr(by + 3);
    const std::size_t length = names_at(names);
    string_view rest = names.substr(length);
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    const bool last = rest.empty() || rest == "." || rest.starts_with('(');
    if (!ended || !last || names.substr(0, length).find(' ') == string_view::npos) return {};
    return {static_cast<std::uint32_t>(by), static_cast<std::uint32_t>(line_.size())};
}

// "Jang Ha-neul / The Hanbit HeraldAt the …": a picture's credit, with or without a blank behind it.
ByteSpan BylineFinder::english_credit(std::uint32_t from) const {
    for (std::size_t slash = line_.find('/', from); slash != string_view::npos; slash = line_.find('/', slash + 1)) {
        std::size_t at = slash + 1;
        while (at < line_.size() && line_[at] == ' ') ++at;
        std::size_t end = string_view::npos;
        for (const string_view paper : {"The Korea Herald", "The Korea Times", "Korea Herald", "Korea Times", "Yonhap"}) {
            if (line_.substr(at).starts_with(paper)) {
                end = at + paper.size();
                break;
            }
        }
        if (end == string_view::npos) continue;
        std::size_t begin = slash;
        int words = 0;
        while (begin > from && words < 3) {  // back over "Jang Ha-neul "
            std::size_t word_end = begin;
            while (word_end > from && line_[word_end - 1] == ' ') --word_end;
            std::size_t word = word_end;
            while (word > from && (latin_byte(line_[word - 1]) || line_[word - 1] == '-')) --word;
            if (word == word_end || !upper_byte(line_[word])) break;
            begin = word;
            ++words;
        }
        if (words >= 2) return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    }
    return {};
}

}  // namespace maek::extract
