#include "extract/mention/dates.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

#include "extract/text/utf8.h"

namespace maek::extract {

namespace {

using std::string_view;

bool digit(char c) { return c >= '0' && c <= '9'; }

struct Day {
    int year = 0, month = 0, day = 0;
    bool valid() const { return year >= 1900 && year <= 2100 && month >= 0 && month <= 12 && day >= 0 && day <= 31; }
};

std::string iso(const Day& d) {
    const auto two = [](int v) { return std::string(v < 10 ? "0" : "") + std::to_string(v); };
    if (!d.valid()) return {};
    std::string out = std::to_string(d.year);
    if (d.month == 0) return out;
    out += "-" + two(d.month);
    if (d.day > 0) out += "-" + two(d.day);
    return out;
}

Day parse_iso(string_view s) {
    Day d;
    if (s.size() >= 4) d.year = std::atoi(std::string(s.substr(0, 4)).c_str());
    if (s.size() >= 7) d.month = std::atoi(std::string(s.substr(5, 2)).c_str());
    if (s.size() >= 10) d.day = std::atoi(std::string(s.substr(8, 2)).c_str());
    return d;
}

// Up to four digits at `at`, which moves past them; -1 when there are none or more.
int small_number(string_view text, std::size_t& at) {
    std::size_t p = at;
    int value = 0;
    while (p < text.size() && digit(text[p]) && p - at < 5) value = value * 10 + (text[p++] - '0');
    if (p == at || p - at > 4) return -1;
    at = p;
    return value;
}

void skip_blanks(string_view text, std::size_t& at) {
    while (at < text.size() && text[at] == ' ') ++at;
}

// "2024.04.30", "2021/06/29", "2026. 4. 13", "2024-04-30", "04/13/2026", "2024년 4월 30일" at `at`.
bool whole_date(string_view text, std::size_t& at, Day& d) {
    std::size_t p = at;
    const int a = small_number(text, p);
    if (a < 0) return false;
    const auto separator = [&](string_view word) {
        skip_blanks(text, p);
        if (p < text.size() && (text[p] == '.' || text[p] == '/' || text[p] == '-')) {
            ++p;
        } else if (text.substr(p).starts_with(word)) {
            p += word.size();
        } else {
            return false;
        }
        skip_blanks(text, p);
        return true;
    };
    if (!separator("년")) return false;
    const int b = small_number(text, p);
    if (b < 0 || !separator("월")) return false;
    const int c = small_number(text, p);
    if (c < 0) return false;
    if (text.substr(p).starts_with("일")) p += 3;
    d = a > 31 ? Day{a, b, c} : Day{c, a, b};
    if (!d.valid() || d.month == 0 || d.day == 0 || d.year < 1900) return false;
    at = p;
    return true;
}

constexpr std::array<string_view, 16> kStampWords = {"기사입력", "입력", "승인", "등록", "게시 시각", "게시일", "보도시점", "보도 시점", "보도일시",
                                                    "배포", "작성일", "송고", "발행일", "기사등록", "Published", "Posted"};

class DateScanner {
public:
    DateScanner(Document& document, std::uint32_t sentence)
        : document_(document), index_(sentence), text_(document.text), span_(document.sentences[sentence].span),
          article_(parse_iso(document.date)) {}

    void run() {
        std::size_t at = span_.begin;
        while (at < span_.end) {
            const std::size_t end = std::min<std::size_t>(one(at), span_.end);
            if (end > at) {
                at = end;
            } else {
                at += utf8_length(static_cast<unsigned char>(text_[at]));
            }
        }
    }

private:
    string_view rest(std::size_t at) const { return at < span_.end ? text_.substr(at, span_.end - at) : string_view(); }
    bool word_begins(std::size_t at) const { return at == span_.begin || text_[at - 1] == ' ' || text_[at - 1] == '(' || text_[at - 1] == '\''; }

    // The date at `at`; its end, or `at`.
    std::size_t one(std::size_t at) {
        const unsigned char c = static_cast<unsigned char>(text_[at]);
        if (digit(text_[at])) {
            if (at > span_.begin && (digit(text_[at - 1]) || text_[at - 1] == '.' || text_[at - 1] == ',')) return at;
            return numeric(at, {article_.year, 0, 0}, 0);
        }
        if (c < 0x80) return english(at);
        if (!word_begins(at)) return at;
        struct Word {
            string_view text;
            int years, months;  // what it moves; months = 100: only the year is meant
        };
        static constexpr std::array<Word, 17> kWords = {{{"지난해", -1, 100}, {"작년", -1, 100}, {"올해", 0, 100}, {"금년", 0, 100}, {"내년", 1, 100},
            {"내후년", 2, 100}, {"재작년", -2, 100}, {"지난달", 0, -1}, {"이달", 0, 0}, {"이번 달", 0, 0}, {"다음달", 0, 1}, {"다음 달", 0, 1},
            {"내달", 0, 1}, {"올", 0, 100}, {"지난", 0, -2}, {"오는", 0, 2}, {"같은 달", 0, 0}}};
        for (const Word& word : kWords) {
            if (!begins_with(rest(at), word.text)) continue;
            std::size_t p = at + word.text.size();
            const std::size_t after_word = p;
            skip_blanks(text_, p);
            Day base = article_;
            if (base.year == 0 && !digit(p < span_.end ? text_[p] : ' ')) return at;
            base.year += base.year > 0 ? word.years : 0;
            if (word.months == 100) {
                base.month = 0, base.day = 0;
                const std::size_t end = p < span_.end && digit(text_[p]) ? numeric(p, base, 0) : p;
                if (end > p) {
                    extend(at);
                    return end;
                }
                if (word.text == "올") return at;
                return add(at, after_word, base);
            }
            if (word.months == -2 || word.months == 2) {
                const std::size_t end = p < span_.end && digit(text_[p]) ? numeric(p, base, word.months) : p;
                if (end > p) extend(at);
                return end > p ? end : at;
            }
            base.month += word.months;
            if (base.month < 1) base.month += 12, --base.year;
            if (base.month > 12) base.month -= 12, ++base.year;
            base.day = 0;
            std::size_t q = p;
            const int day = q < span_.end ? small_number(text_, q) : -1;
            if (day > 0 && day <= 31 && rest(q).starts_with("일")) {
                base.day = day;
                return add(at, q + 3, base);
            }
            return add(at, after_word, base);
        }
        return at;
    }

    // "2024년 4월 30일", "4월 30일", "30일", "2024.4.30.", "2024년까지". `side`: -2 past, 2 to come.
    std::size_t numeric(std::size_t at, Day base, int side) {
        std::size_t p = at;
        Day d;
        if (whole_date(text_.substr(0, span_.end), p, d)) return add(at, p, d);
        p = at;
        const int a = small_number(text_, p);
        if (a < 0) return at;
        if (rest(p).starts_with("년") && !rest(p).starts_with("년간") && !rest(p).starts_with("년 간")) {
            if (a < 1900 && !(a < 100 && at > span_.begin && (text_[at - 1] == '\'' || text_.substr(0, at).ends_with("’")))) return at;
            d.year = a < 100 ? 2000 + a : a;
            p += 3;
            std::size_t q = p;
            skip_blanks(text_, q);
            std::size_t m = q;
            const int month = m < span_.end ? small_number(text_, m) : -1;
            if (month >= 1 && month <= 12 && rest(m).starts_with("월")) {
                d.month = month;
                p = m + 3;
                p = day_behind(p, d);
            }
            return add(at, p, d);
        }
        if (rest(p).starts_with("월") && a >= 1 && a <= 12) {
            d.year = base.year;
            d.month = a;
            p = day_behind(p + 3, d);
            if (side != 0 && base.year > 0) move_year(d, side);
            return add(at, p, d);
        }
        if (rest(p).starts_with("일") && a >= 1 && a <= 31 && !rest(p).starts_with("일간") && !rest(p).starts_with("일째")) {
            d = article_;
            d.day = a;
            if (d.year > 0) {
                if (side <= 0 && a > article_.day && (side == -2 || a > article_.day + 7)) {
                    if (--d.month < 1) d.month = 12, --d.year;
                }
                if (side == 2 && a < article_.day && ++d.month > 12) d.month = 1, ++d.year;
            }
            return add(at, p + 3, d);
        }
        return at;
    }

    std::size_t day_behind(std::size_t p, Day& d) const {
        std::size_t q = p;
        skip_blanks(text_, q);
        const int day = q < span_.end ? small_number(text_, q) : -1;
        if (day < 1 || day > 31 || !rest(q).starts_with("일")) return p;
        d.day = day;
        return q + 3;
    }

    void move_year(Day& d, int side) const {
        if (side < 0 && d.month > article_.month) --d.year;
        if (side > 0 && d.month < article_.month) ++d.year;
    }

    std::size_t english(std::size_t at) {
        if (!word_begins(at)) return at;
        static constexpr std::array<string_view, 12> kMonths = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
        for (std::size_t m = 0; m < kMonths.size(); ++m) {
            std::size_t length = 0;
            if (begins_with(rest(at), kMonths[m])) length = kMonths[m].size();
            else if (m != 4 && begins_with(rest(at), kMonths[m].substr(0, 3)) && rest(at + 3).starts_with(".")) length = 4;
            else if (m == 8 && rest(at).starts_with("Sept.")) length = 5;
            if (length == 0) continue;
            std::size_t p = at + length;
            skip_blanks(text_, p);
            Day d{article_.year, static_cast<int>(m) + 1, 0};
            std::size_t q = p;
            const int n = q < span_.end ? small_number(text_, q) : -1;
            if (n < 0) return m == 4 || m == 2 ? at : add(at, at + length, d);
            if (n > 31) {
                d.year = n;
                return add(at, q, d);
            }
            d.day = n;
            std::size_t y = q;
            if (rest(y).starts_with(", ")) {
                y += 2;
                const int year = small_number(text_, y);
                if (year > 1900) {
                    d.year = year;
                    q = y;
                }
            }
            return add(at, q, d);
        }
        struct Word {
            string_view text;
            int years;
        };
        for (const Word& word : {Word{"last year", -1}, Word{"this year", 0}, Word{"next year", 1}}) {
            if (begins_with(rest(at), word.text)) return add(at, at + word.text.size(), {article_.year == 0 ? 0 : article_.year + word.years, 0, 0});
        }
        return at;
    }

    std::size_t add(std::size_t begin, std::size_t end, const Day& d) {
        document_.dates.push_back({{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, iso(d), index_});
        return end;
    }
    // Makes the date just found begin earlier, at its word of direction.
    void extend(std::size_t begin) {
        if (!document_.dates.empty()) document_.dates.back().span.begin = static_cast<std::uint32_t>(begin);
    }

    Document& document_;
    std::uint32_t index_;
    string_view text_;
    ByteSpan span_;
    Day article_;
};

}  // namespace

void find_article_date(Document& document) {
    const string_view text = document.text;
    if (!document.date.empty()) {
        // a record's date in another form: "04/13/2026", "2024.06.11 10:20"
        Day d;
        std::size_t at = 0;
        if (whole_date(document.date, at, d)) document.date = iso(d);
        return;
    }
    for (const Sentence& sentence : document.sentences) {
        if (sentence.kind != SentenceKind::kNoise && sentence.kind != SentenceKind::kItem && sentence.kind != SentenceKind::kHeadline && sentence.kind != SentenceKind::kBody) continue;
        const string_view line = text.substr(sentence.span.begin, sentence.span.size());
        for (const string_view word : kStampWords) {
            const std::size_t found = line.substr(0, 60 + word.size()).find(word);
            if (found == string_view::npos) continue;
            std::size_t at = found + word.size();
            const std::size_t limit = std::min(line.size(), at + 12);
            while (at < limit && !digit(line[at])) ++at;
            Day d;
            if (at < limit && whole_date(line, at, d)) {
                document.date = iso(d);
                return;
            }
        }
        // "2024.6.11 hihong@yna.co.kr": an agency's caption
        if (const std::size_t mail = line.find('@'); mail != string_view::npos) {
            std::size_t low = mail > 30 ? mail - 30 : 0;
            for (; low < mail; ++low) {
                std::size_t at = low;
                Day d;
                if (digit(line[low]) && (low == 0 || !digit(line[low - 1])) && whole_date(line, at, d) && d.year > 1990) {
                    document.date = iso(d);
                    return;
                }
            }
        }
    }
}

void find_dates(Document& document) {
    document.dates.clear();
    for (std::uint32_t s = 0; s < document.sentences.size(); ++s) {
        if (document.sentences[s].useful()) DateScanner(document, s).run();
    }
}

}  // namespace maek::extract
