#include "extract/relation/posts.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <vector>

#include "extract/text/word_core.h"

namespace maek::extract {
namespace {

constexpr std::string_view kAppoints[] = {"임명", "선임", "선출", "취임", "내정", "발탁", "위촉", "추대", "영입", "지명", "부임", "승진", "올랐", "오른", "뽑", "확정"};
constexpr std::string_view kIntoPost[] = {"직에", "으로", "에는", "에", "로", "엔"};
constexpr std::string_view kHolder[] = {"직은", "은", "는", "에는"};
constexpr std::string_view kCopulas[] = {"입니다", "이다", "이며", "이고", "이자", "였다", "다", "며"};
constexpr std::string_view kOtherCase[] = {"과", "와", "을", "를", "에게", "의", "에", "에서", "로"};

template <class List>
bool begins_any(std::string_view word, const List& list) {
    return std::any_of(std::begin(list), std::end(list), [&](std::string_view w) { return word.starts_with(w); });
}

// The words of a sentence between blanks.
std::vector<ByteSpan> words_of(std::string_view text, ByteSpan sentence) {
    std::vector<ByteSpan> out;
    for (std::uint32_t at = sentence.begin; at < sentence.end;) {
        while (at < sentence.end && text[at] == ' ') ++at;
        std::uint32_t to = at;
        while (to < sentence.end && text[to] != ' ' && text[to] != '\n') ++to;
        if (to > at) out.push_back({at, to});
        at = to + (to == at ? 1u : 0u);
    }
    return out;
}

struct Reader {
    const Document& document;
    const RelationWords& words;
    const Judged& fact;
    std::vector<ByteSpan> spans;

    std::string_view word(std::size_t at) const { return at < spans.size() ? word_core(document.view(spans[at])) : std::string_view(); }
    // The post in a word that one of the endings follows; a post may stand behind the body's name in one word.
    template <class List>
    std::string post(std::size_t at, const List& endings) const {
        const std::string_view whole = word(at);
        for (const std::string_view ending : endings) {
            if (!whole.ends_with(ending) || whole.size() <= ending.size()) continue;
            const std::string_view base = whole.substr(0, whole.size() - ending.size());
            if (words.is_title(base)) return std::string(base);
            const std::string_view title = words.title_at_end(base);
            if (!title.empty() && !is_name(base)) return std::string(title);
        }
        return {};
    }
    // Does a name of something other than a person cover all of it ("생산기술연구원")?
    bool is_name(std::string_view base) const {
        const auto at = static_cast<std::uint32_t>(base.data() - document.text.data());
        const auto [first, last] = document.mentions_of(fact.relation.sentence);
        for (std::uint32_t m = first; m < last; ++m) {
            const Mention& mention = document.mentions[m];
            if (mention.type != EntityType::kPerson && mention.span.contains({at, at + static_cast<std::uint32_t>(base.size())})) return true;
        }
        return false;
    }
    bool appoints_behind(std::size_t from, std::size_t most) const {
        for (std::size_t w = from; w < spans.size() && w < from + most; ++w) {
            if (begins_any(word(w), kAppoints)) return true;
        }
        // Headlines leave the verb out: the sentence ends with the name or its title.
        return from >= spans.size() || (from + most > spans.size() && !words.title_at_end(word(spans.size() - 1)).empty());
    }
    // "김한결 가온대 교수다", "김한결 교수가 맡는다": the phrase behind the name ends the statement.
    bool equates(std::size_t from) const {
        for (std::size_t w = from; w < spans.size() && w < from + 6; ++w) {
            const std::string_view here = word(w);
            if (here.starts_with("맡")) return true;
            if (words.is_title(here) || !words.title_at_end(here).empty()) {
                if (w + 1 == spans.size()) return true;
                continue;
            }
            for (const std::string_view copula : kCopulas) {
                if (here.ends_with(copula) && !words.title_at_end(here.substr(0, here.size() - copula.size())).empty()) return true;
            }
            for (const std::string_view particle : kOtherCase) {
                if (here.ends_with(particle)) return false;
            }
        }
        return false;
    }
    // The body to which a post behind it belongs stands before it, with no other body in between.
    bool belongs(std::uint32_t post_begin) const {
        if (fact.target_left_out) return true;
        if (fact.target_span.begin > post_begin) return false;
        const auto [first, last] = document.mentions_of(fact.relation.sentence);
        for (std::uint32_t m = first; m < last; ++m) {
            const Mention& mention = document.mentions[m];
            if (mention.type == EntityType::kPerson || mention.type == EntityType::kIndustry || mention.span.overlaps(fact.target_span)) continue;
            if (mention.span.end + 1 >= post_begin && mention.span.begin <= post_begin) return false;
        }
        return true;
    }
};

constexpr std::string_view kEnglishPosts[] = {"president", "ceo", "cto", "cfo", "coo", "chairman", "chairwoman", "chairperson", "chair", "director", "director-general", "mayor", "governor",
                                              "minister", "head", "professor", "researcher", "commissioner", "administrator", "secretary", "spokesperson", "spokesman", "spokeswoman",
                                              "ambassador", "dean", "rector", "chancellor", "superintendent", "manager", "chief", "officer", "founder", "co-founder", "co-ceo", "provost",
                                              "fellow", "scientist", "engineer", "leader", "principal", "general"};
constexpr std::string_view kSmallWords[] = {"and", "of", "for", "the", "vice", "deputy"};

std::string lower(std::string_view word) {
    std::string out(word);
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

std::string_view trim(std::string_view text, std::string_view signs) {
    while (!text.empty() && signs.find(text.front()) != std::string_view::npos) text.remove_prefix(1);
    while (!text.empty() && signs.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
    return text;
}

bool take_front(std::string_view& text, std::string_view lead) {
    if (!text.starts_with(lead)) return false;
    text.remove_prefix(lead.size());
    return true;
}

// "president", "vice president and CEO", "former director": a post and nothing that tells of a deed.
std::string as_post(std::string_view phrase) {
    phrase = trim(phrase, " ,()");
    for (const std::string_view lead : {"who is ", "who was ", "is ", "was ", "the ", "a ", "an ", "its ", "new ", "current "}) take_front(phrase, lead);
    if (phrase.empty() || phrase.size() > 70 || phrase.find_first_of(".;:") != std::string_view::npos) return {};
    bool has_post = false;
    std::size_t count = 0;
    for (std::size_t at = 0; at < phrase.size();) {
        const std::size_t to = std::min(phrase.find(' ', at), phrase.size());
        const std::string word = lower(trim(phrase.substr(at, to - at), ","));
        at = to + 1;
        if (word.empty()) continue;
        ++count;
        const bool post = std::find(std::begin(kEnglishPosts), std::end(kEnglishPosts), word) != std::end(kEnglishPosts);
        has_post = has_post || post;
        const bool small = std::find(std::begin(kSmallWords), std::end(kSmallWords), word) != std::end(kSmallWords);
        const bool deed = !post && !small && (word.ends_with("ed") || word == "said" || word == "says" || word == "with" || word == "to" || word == "met" || word == "by" || word == "that");
        if (deed) return {};
    }
    return has_post && count <= 8 ? std::string(phrase) : std::string();
}

}  // namespace

std::string stated_post(const Document& document, const RelationWords& words, const Judged& fact) {
    const Reader reader{document, words, fact, words_of(document.text, document.sentences[fact.relation.sentence].span)};
    std::size_t person = 0;
    while (person < reader.spans.size() && reader.spans[person].end <= fact.source_span.begin) ++person;
    std::size_t behind = person;
    while (behind < reader.spans.size() && reader.spans[behind].begin < fact.source_span.end) ++behind;
    if (person > 0 && reader.belongs(reader.spans[person - 1].begin)) {
        std::string post = reader.post(person - 1, kIntoPost);
        if (!post.empty() && reader.appoints_behind(behind, 12)) return post;
        post = reader.post(person - 1, kHolder);
        if (!post.empty() && reader.equates(behind)) return post;
    }
    for (std::size_t w = behind; w < reader.spans.size() && w < behind + 14; ++w) {
        std::string post = reader.post(w, kIntoPost);
        if (post.empty() || !reader.appoints_behind(w + 1, 2) || !reader.belongs(reader.spans[w].begin)) continue;
        // A body between name and title ("김한결 가온대 교수를 누리연구원 원장에") keeps its own post.
        const bool between = !fact.target_left_out && fact.target_span.begin >= fact.source_span.end && reader.spans[w].begin > fact.target_span.end + 10;
        if (!between) return post;
    }
    return {};
}

std::string english_post(const Document& document, const Judged& fact) {
    if (fact.target_left_out) return {};
    const std::string_view text = document.text;
    const ByteSpan person = fact.source_span, body = fact.target_span, sentence = document.sentences[fact.relation.sentence].span;
    if (person.end <= body.begin) {
        std::string_view gap = text.substr(person.end, body.begin - person.end);
        for (const std::string_view article : {" the ", " "}) {
            if (gap.ends_with(article)) {
                gap.remove_suffix(article.size());
                break;
            }
        }
        for (const std::string_view joint : {" of", " at", " for", " with"}) {
            if (!gap.ends_with(joint)) continue;
            const std::string_view phrase = gap.substr(0, gap.size() - joint.size());
            if (!trim(phrase, " ,").empty()) return as_post(phrase);
            // "Mayor Kim of Hanbit": the title stands in front of the name
            const std::string_view before = trim(text.substr(sentence.begin, person.begin - sentence.begin), " ");
            return as_post(before.substr(before.rfind(' ') == std::string_view::npos ? 0 : before.rfind(' ') + 1));
        }
        // "Kim, Gaon University's president"
        std::string_view rest = text.substr(body.end, std::min<std::size_t>(60, sentence.end - body.end));
        if (trim(gap, " ,").empty() && (take_front(rest, "'s ") || take_front(rest, "’s ") || take_front(rest, " "))) return as_post(rest.substr(0, rest.find_first_of(",.;)")));
        return {};
    }
    if (body.end <= person.begin) {
        std::string_view gap = text.substr(body.end, person.begin - body.end);
        if (!take_front(gap, "'s")) take_front(gap, "’s");
        return as_post(gap);
    }
    return {};
}

}  // namespace maek::extract
