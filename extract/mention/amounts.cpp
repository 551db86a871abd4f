#include "extract/mention/amounts.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "extract/text/utf8.h"

namespace maek::extract {

namespace {

using std::string_view;

struct Unit10 {
    string_view word;
    double times;
};
constexpr std::array<Unit10, 3> kSmall = {{{"천", 1e3}, {"백", 1e2}, {"십", 1e1}}};
constexpr std::array<Unit10, 3> kLarge = {{{"조", 1e12}, {"억", 1e8}, {"만", 1e4}}};
constexpr std::array<Unit10, 9> kEnglish = {{{"trillion", 1e12}, {"billion", 1e9}, {"million", 1e6}, {"thousand", 1e3},
                                             {"bn", 1e9}, {"tn", 1e12}, {"mn", 1e6}, {"B", 1e9}, {"M", 1e6}}};
constexpr std::array<string_view, 11> kForeignWords = {"달러", "유로", "엔", "위안", "파운드", "루블", "루피", "페소", "프랑", "바트", "불"};
constexpr double kMost = 9e18;

bool digit(char c) { return c >= '0' && c <= '9'; }

class Scanner {
public:
    Scanner(Document& document, std::uint32_t sentence)
        : document_(document), index_(sentence), span_(document.sentences[sentence].span), text_(document.text) {}

    void run() {
        std::uint32_t at = span_.begin;
        while (at < span_.end) {
            if (!digit(text_[at]) || (at > span_.begin && (digit(text_[at - 1]) || text_[at - 1] == '.' || std::isalpha(static_cast<unsigned char>(text_[at - 1])) != 0))) {
                ++at;
                continue;
            }
            const std::uint32_t end = amount(at);
            at = end > at ? end : skip_number(at);
        }
    }

private:
    string_view rest(std::uint32_t at) const { return text_.substr(at, span_.end - at); }

    std::uint32_t blanks(std::uint32_t at) const {
        while (at < span_.end && text_[at] == ' ') ++at;
        return at;
    }

    std::uint32_t skip_number(std::uint32_t at) const {
        while (at < span_.end && (digit(text_[at]) || text_[at] == ',' || text_[at] == '.')) ++at;
        return at;
    }

    // Digits with commas and one decimal point; `at` moves past them.
    bool number(std::uint32_t& at, double& value) const {
        if (at >= span_.end || !digit(text_[at])) return false;
        value = 0;
        while (at < span_.end && (digit(text_[at]) || (text_[at] == ',' && at + 3 < span_.end && digit(text_[at + 1]) && digit(text_[at + 2]) && digit(text_[at + 3])))) {
            if (text_[at] != ',') value = value * 10 + (text_[at] - '0');
            ++at;
        }
        if (at + 1 < span_.end && text_[at] == '.' && digit(text_[at + 1])) {
            ++at;
            for (double place = 0.1; at < span_.end && digit(text_[at]); place /= 10) value += (text_[at++] - '0') * place;
        }
        return true;
    }

    template <std::size_t N>
    bool unit(std::uint32_t& at, const std::array<Unit10, N>& units, double& times) const {
        for (const Unit10& u : units) {
            if (begins_with(rest(at), u.word)) {
                at += static_cast<std::uint32_t>(u.word.size());
                times = u.times;
                return true;
            }
        }
        return false;
    }

    struct Reading {
        double value = 0;
        double last_large = 1;  // the last of 조, 억, 만
        std::uint32_t end = 0;
        bool large = false;
    };

    // Numbers and units from `at` on, as far as they belong together.
    Reading read(std::uint32_t at) const {
        Reading r;
        double section = 0;
        r.end = at;
        double floor = kMost;  // units fall from left to right
        for (;;) {
            std::uint32_t p = r.end == at ? at : blanks(r.end);
            double n = 0;
            if (!number(p, n)) break;
            double times = 1;
            std::uint32_t q = blanks(p);
            bool any = false;
            while (unit(q, kSmall, times)) n *= times, p = q, any = true;
            q = blanks(p);
            double large = 1;
            if (unit(q, kLarge, large)) {
                if (large >= floor) break;
                r.value += (section + n) * large;
                section = 0;
                floor = large;
                r.last_large = large;
                r.large = true;
                p = q;
            } else if (any) {
                section += n;
                // "5천만": the large unit may follow at once
                if (unit(q, kLarge, large) && large < floor) {
                    r.value += section * large;
                    section = 0, floor = large, r.last_large = large, r.large = true, p = q;
                }
            } else {
                section += n;
                r.end = p;
                break;
            }
            r.end = p;
        }
        r.value += section;
        return r;
    }

    // The amount that begins at `at`; its end, or `at` when there is none.
    std::uint32_t amount(std::uint32_t at) {
        if (const std::uint32_t end = english(at); end > at) return end;
        Reading r = read(at);
        if (r.end == at) return at;
        std::uint32_t end = r.end;
        // a range: the lower end counts, and takes the upper one's unit when it has none
        const std::uint32_t sign = blanks(end);
        if (sign < span_.end && (text_[sign] == '~' || rest(sign).starts_with("∼") || rest(sign).starts_with("-"))) {
            const std::uint32_t from = blanks(sign + (text_[sign] == '~' || text_[sign] == '-' ? 1 : 3));
            const Reading upper = read(from);
            if (upper.end > from && upper.large && currency(upper.end).kind != Kind::kNone) {
                if (!r.large) r.value *= upper.last_large;
                r.large = true;
                end = upper.end;
            }
        }
        const Currency money = currency(end);
        if (money.kind == Kind::kNone) {
            if (!r.large || r.last_large < 1e8 || !bare(end)) return at;
            return add({at, end}, r.value, false);
        }
        return add({at, money.end}, r.value, money.kind == Kind::kForeign);
    }

    enum class Kind { kNone, kWon, kForeign };
    struct Currency {
        Kind kind = Kind::kNone;
        std::uint32_t end = 0;
    };

    Currency currency(std::uint32_t at) const {
        std::uint32_t p = blanks(at);
        for (const string_view about : {"여", "가량", "정도"}) {
            if (begins_with(rest(p), about)) {
                p = blanks(p + static_cast<std::uint32_t>(about.size()));
                break;
            }
        }
        if (rest(p).starts_with("원")) return {Kind::kWon, p + 3};
        if (rest(p).starts_with("미국 달러")) return {Kind::kForeign, p + 13};
        for (const string_view foreign : kForeignWords) {
            if (begins_with(rest(p), foreign)) return {Kind::kForeign, p + static_cast<std::uint32_t>(foreign.size())};
        }
        return {};
    }

    // "국비 100억, 시비 206억": 억 without 원 where no counter follows.
    bool bare(std::uint32_t at) const {
        if (at >= span_.end) return true;
        const string_view after = rest(at);
        for (const string_view sign : {",", ")", ".", "·", "/", "을", "를", "의", "으로"}) {
            if (begins_with(after, sign)) return true;
        }
        if (!after.starts_with(" ")) return false;
        for (const string_view counter : {" 명", " 개", " 톤", " 대", " 건", " 달", " 유로", " 엔", " 위안", " 주", " 평", " 회", " 배", " 번", " k", " t", " m"}) {
            if (begins_with(after, counter)) return false;
        }
        return true;
    }

    // "3.2 trillion won", "$1.1 trillion", "KRW 30.6bn".
    std::uint32_t english(std::uint32_t at) {
        std::uint32_t p = at;
        double value = 0;
        if (!number(p, value)) return at;
        std::uint32_t q = p;
        if (q < span_.end && (text_[q] == ' ' || text_[q] == '-')) ++q;
        double times = 1;
        const bool scaled = unit(q, kEnglish, times) && (q >= span_.end || std::isalpha(static_cast<unsigned char>(text_[q])) == 0);
        if (scaled) p = q;
        const string_view before = text_.substr(span_.begin, at - span_.begin);
        const bool dollars = before.ends_with("$") || before.ends_with("€") || before.ends_with("£") || before.ends_with("¥") ||
                             before.ends_with("USD ") || before.ends_with("EUR ");
        const bool krw = before.ends_with("KRW ") || before.ends_with("KRW") || before.ends_with("₩");
        const std::uint32_t word = blanks(p);
        const bool won = rest(word).starts_with("won") && !rest(word).starts_with("wond");
        if (dollars && !won) return scaled || value > 0 ? add({at, p}, 0, true) : at;
        if (won) return add({at, word + 3}, value * times, false);
        if (krw) return add({at, p}, value * times, false);
        // the sign of the won was lost: "1 billion  into"
        if (scaled && times >= 1e6 && rest(p).starts_with("  ") && !document_.sentences[index_].korean) return add({at, p}, value * times, false);
        return at;
    }

    std::uint32_t add(ByteSpan span, double value, bool foreign) {
        Money money;
        money.span = span;
        money.sentence = index_;
        money.foreign = foreign;
        money.krw = foreign || value >= kMost ? 0 : static_cast<std::int64_t>(std::llround(value));
        money.role = role(span);
        document_.money.push_back(money);
        return span.end;
    }

    // "시비", "군산시비", "경기도비", but not "연구비", "전시비": the purse of a region is a word of its own or follows its name.
    static bool is_purse(string_view before, std::size_t at) {
        const string_view word = before.substr(0, at + 6);
        std::size_t from = word.find_last_of(" (,/+") == string_view::npos ? 0 : word.find_last_of(" (,/+") + 1;
        if (const std::size_t dot = word.rfind("·"); dot != string_view::npos) from = std::max(from, dot + std::string_view("·").size());
        return word.size() - from == 6 || (word.size() - from >= 12 && !word.ends_with("연구비"));
    }

    // The role that the nearest word in front names, or a word right behind.
    MoneyRole role(ByteSpan span) const {
        std::uint32_t low = span.begin > span_.begin + 36 ? span.begin - 36 : span_.begin;
        if (!document_.money.empty() && document_.money.back().sentence == index_) low = std::max(low, document_.money.back().span.end);
        while (low < span.begin && !utf8_is_lead(static_cast<unsigned char>(text_[low]))) ++low;
        const string_view before = text_.substr(low, span.begin - low);
        struct Word {
            string_view text;
            MoneyRole role;
        };
        static constexpr std::array<Word, 24> kBefore = {{
            {"국비", MoneyRole::kNational}, {"국고", MoneyRole::kNational}, {"도비", MoneyRole::kProvincial},
            {"시비", MoneyRole::kMunicipal}, {"군비", MoneyRole::kMunicipal}, {"구비", MoneyRole::kMunicipal},
            {"지방비", MoneyRole::kMunicipal}, {"민자", MoneyRole::kPrivate}, {"민간", MoneyRole::kPrivate},
            {"총", MoneyRole::kTotal}, {"사업비", MoneyRole::kTotal}, {"total", MoneyRole::kTotal}, {"모두", MoneyRole::kTotal},
            {"효과", MoneyRole::kEffect}, {"매출", MoneyRole::kRevenue}, {"수출", MoneyRole::kRevenue}, {"영업이익", MoneyRole::kRevenue},
            {"실적", MoneyRole::kRevenue}, {"sales", MoneyRole::kRevenue}, {"revenue", MoneyRole::kRevenue}, {"매출액", MoneyRole::kRevenue},
            {"규모", MoneyRole::kPlain}, {"예상", MoneyRole::kForecast}, {"목표", MoneyRole::kForecast}}};
        MoneyRole found = MoneyRole::kPlain;
        std::size_t nearest = 0;
        for (const Word& word : kBefore) {
            const std::size_t at = before.rfind(word.text);
            const bool regional = word.role == MoneyRole::kMunicipal || word.role == MoneyRole::kProvincial;
            if (at != string_view::npos && regional && word.text.size() == 6 && !is_purse(before, at)) continue;
            if (at != string_view::npos && at + word.text.size() >= nearest && word.role != MoneyRole::kPlain) {
                nearest = at + word.text.size();
                found = word.role;
            }
        }
        const string_view behind = text_.substr(span.end, std::min<std::uint32_t>(45, span_.end - span.end));
        if (behind.find("효과") != string_view::npos) return MoneyRole::kEffect;
        if (behind.find("매출") != string_view::npos || behind.find("수출") != string_view::npos || behind.find("in sales") != string_view::npos) return MoneyRole::kRevenue;
        if (found == MoneyRole::kPlain && (behind.find("전망") != string_view::npos || behind.find("예상") != string_view::npos)) return MoneyRole::kForecast;
        return found;
    }

    Document& document_;
    std::uint32_t index_;
    ByteSpan span_;
    string_view text_;
};

}  // namespace

void find_amounts(Document& document) {
    document.money.clear();
    for (std::uint32_t s = 0; s < document.sentences.size(); ++s) {
        if (document.sentences[s].useful()) Scanner(document, s).run();
    }
}

}  // namespace maek::extract
