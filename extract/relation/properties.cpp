#include "extract/relation/properties.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "extract/relation/posts.h"

namespace maek::extract {
namespace {

// The word that begins at or after `at`, up to a blank.
std::string_view word_at(std::string_view text, std::size_t at, std::size_t end) {
    while (at < end && text[at] == ' ') ++at;
    std::size_t to = at;
    while (to < end && text[to] != ' ' && text[to] != '\n') ++to;
    return text.substr(at, to - at);
}

std::string_view without_signs(std::string_view word) {
    static constexpr std::string_view kSigns[] = {",", ".", ")", "(", "’", "‘", "“", "”", "\"", "'", ":", "·"};
    bool again = true;
    while (again) {
        again = false;
        for (std::string_view sign : kSigns) {
            if (word.ends_with(sign)) {
                word.remove_suffix(sign.size());
                again = true;
            }
            if (word.starts_with(sign)) {
                word.remove_prefix(sign.size());
                again = true;
            }
        }
    }
    return word;
}

}  // namespace

std::string PropertyReader::role(const Judged& fact) const {
    const std::string_view text = document_.text;
    const std::uint32_t end = document_.sentences[fact.relation.sentence].span.end;
    if (document_.sentences[fact.relation.sentence].korean) {
        if (std::string post = stated_post(document_, words_, fact); !post.empty()) return post;
    } else if (std::string post = english_post(document_, fact); !post.empty()) {
        return post;
    }
    const std::pair<std::uint32_t, std::uint32_t> mentions = document_.mentions_of(fact.relation.sentence);
    const std::uint32_t first = mentions.first, last = mentions.second;
    const auto is_name = [&](std::string_view word) {  // of a body: "생산기술연구원에서" is no post
        const auto at = static_cast<std::uint32_t>(word.data() - text.data());
        return std::any_of(document_.mentions.begin() + first, document_.mentions.begin() + last, [&](const Mention& m) {
            return m.type != EntityType::kPerson && m.span.contains({at, at + static_cast<std::uint32_t>(word.size())});
        });
    };
    for (std::uint32_t m = first; m < last; ++m) {
        const Mention& mention = document_.mentions[m];
        if (mention.span.begin == fact.source_span.begin && !mention.title.empty()) return std::string(document_.view(mention.title));
    }
    const auto title_in = [&](std::string_view word) -> std::string {
        word = without_signs(word);
        for (const std::size_t cut : {0, 3, 6, 9}) {  // a particle may follow
            if (word.size() <= cut) break;
            const std::string_view base = word.substr(0, word.size() - cut);
            if (cut != 0 && words_.role(word.substr(word.size() - cut)) == Role::kOther) continue;
            if (is_name(base)) continue;
            if (words_.is_title(base)) return std::string(base);
            const std::string_view title = words_.title_at_end(base);
            if (!title.empty()) return std::string(base.size() <= 30 ? base : title);
        }
        return {};
    };
    const std::uint32_t person_end = fact.source_span.end, body_end = fact.target_span.end;
    // Behind the later of the two, then behind the person, then the rest of the body's word.
    for (const std::uint32_t from : {std::max(person_end, body_end), person_end, body_end}) {
        if (from >= end) continue;
        std::size_t at = from;
        for (int k = 0; k < 3; ++k) {
            const std::string_view word = word_at(text, at, end);
            if (word.empty()) break;
            std::string title = title_in(word);
            if (!title.empty()) return title;
            at = static_cast<std::size_t>(word.data() - text.data()) + word.size();
        }
    }
    return {};
}

std::string PropertyReader::subject(const Judged& fact) const {
    const Sentence& sentence = document_.sentences[fact.relation.sentence];
    const std::string_view text = document_.view(sentence.span);
    std::size_t at = std::string_view::npos;
    for (std::string_view stem : {"위탁", "의뢰", "발주", "용역", "맡", "수탁", "수주"}) at = std::min(at, text.find(stem));
    if (at == std::string_view::npos) return {};
    // The last phrase before it that ends with an object particle.
    std::size_t end = std::string_view::npos;
    for (std::size_t i = 0; i + 3 <= at; ++i) {
        const std::string_view here = text.substr(i);
        if ((here.starts_with("을 ") || here.starts_with("를 ")) && i > 0) end = i;
    }
    if (end == std::string_view::npos) return {};
    std::size_t begin = end;
    int words = 0;
    while (begin > 0 && words < 4) {
        std::size_t from = text.rfind(' ', begin - 1);
        from = from == std::string_view::npos ? 0 : from + 1;
        const std::string_view word = text.substr(from, begin - from);
        const bool stops = words > 0 && (word.ends_with("는") || word.ends_with("은") || word.ends_with("가") || word.ends_with("이") ||
                                         word.ends_with(",") || word.ends_with("에") || word.ends_with("로부터") || word.ends_with("에게서") || word.ends_with("에서") || word.ends_with("뒤") || word.ends_with("고"));
        if (stops) break;
        begin = from;
        ++words;
        if (begin == 0) break;
        --begin;
    }
    while (begin < end && text[begin] == ' ') ++begin;
    return std::string(text.substr(begin, end - begin));
}

std::string PropertyReader::date(const Judged& fact) const {
    for (const DateMention& date : document_.dates) {
        if (date.sentence < fact.relation.sentence) continue;
        if (date.sentence > fact.relation.sentence) break;
        if (date.iso.size() >= 7) return date.iso;
    }
    return {};
}

void PropertyReader::read(Judged& fact) const {
    switch (fact.relation.kind) {
        case RelationKind::kWorksFor: fact.relation.role = role(fact); break;
        case RelationKind::kFunds: fact.relation.amount_krw = amounts_.of(fact); break;
        case RelationKind::kCommissions: fact.relation.subject = subject(fact); break;
        case RelationKind::kPartnersWith:
        case RelationKind::kMemberOf:
        case RelationKind::kLeads: fact.relation.date = date(fact); break;
        default: break;
    }
}

}  // namespace maek::extract
