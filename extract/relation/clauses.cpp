#include "extract/relation/clauses.h"

#include <algorithm>

#include "extract/text/utf8.h"

namespace maek::extract {
namespace {

// The word as far as its last syllable or letter: quotation marks, stops and commas taken off.
std::string_view bare(std::string_view word) {
    static constexpr std::string_view kSigns[] = {".", ",", "!", "?", "\"", "'", ")", "”", "’", "」", "』", ">", "》", "〉", "…", ";", ":"};
    for (bool again = true; again && last_syllable(word) == kHangulSyllables;) {
        again = false;
        for (std::string_view sign : kSigns) {
            if (!closes_with(word, sign)) continue;
            word.remove_suffix(sign.size());
            again = true;
        }
    }
    return word;
}

// These stand like verbs and are postpositions.
constexpr std::string_view kPostpositions[] = {"위해", "위한", "통해", "통한", "대해", "대한", "관해", "관한", "따라", "따른", "의해", "의한",
                                               "인해", "인한", "비롯해", "비롯한", "포함해", "포함한", "향해", "맞아", "위하여", "통하여", "관하여",
                                               "대하여", "더불어", "이어", "걸쳐", "앞서", "아울러", "또한", "그리고", "최고", "또는", "있어"};
constexpr std::string_view kQuotedEnds[] = {"다고", "라고", "자고", "냐고", "다며", "라며", "자며", "다면서", "라면서", "다는", "라는", "려는"};
constexpr std::string_view kAuxiliaries[] = {"있다", "했다", "한다", "됐다", "된다", "예정이다", "계획이다", "방침이다", "전망이다", "구상이다", "있으며",
                                             "있고", "했으며", "했고", "있는", "한", "하는", "예정으로", "예정인", "계획인", "예정이며", "계획이며", "것이다", "바",
                                             "입니다", "있습니다", "했습니다", "합니다", "예정입니다", "계획입니다", "예정", "계획", "방침", "있던", "온", "왔다", "중이다", "중인"};
constexpr std::string_view kConnectiveEnds[] = {"면서", "지만", "는데", "으며", "하고", "하여", "되어", "되고", "하며", "이며", "이고", "했고", "였고",
                                                "으로써", "았고", "었고", "며", "기로", "해서", "어서", "아서", "려고", "도록", "면", "자", "거나", "니"};
constexpr std::string_view kKnownConnectiveEnds[] = {"고", "해", "돼", "아", "어", "여", "쳐", "켜", "려", "내", "워", "와", "져", "라"};
constexpr std::string_view kAdnominalEnds[] = {"하는", "되는", "있는", "없는", "한", "할", "된", "될", "던", "맡는", "맡은", "받은", "받는", "맺은", "갖춘",
                                               "하던", "려던", "시킨", "시킬"};
constexpr std::string_view kKnownAdnominalEnds[] = {"는", "은", "을", "인", "진", "질", "친", "칠", "킨", "킬", "린", "릴", "룬", "운", "울", "낸", "낼",
                                                    "온", "올", "든", "들", "연", "열", "른", "난", "날", "준", "줄", "선", "설", "둔", "둘", "간", "갈"};

// Particles that look like endings of verbs: a noun carries them.
constexpr std::string_view kParticles[] = {"에서는", "에는", "으로는", "로는", "까지는", "에게는", "에도", "에서", "부터", "까지", "에게", "으로", "에"};

// All endings by their last syllable, in the order in which they are asked for.
class Endings {
public:
    Endings() : at_(kHangulSyllables + 1, 0), before_noun_(kHangulSyllables + 1, 0) {
        for (const std::string_view p : kPostpositions) add({p, WordForm::kNoun, true, false});
        for (const std::string_view p : kAuxiliaries) add({p, WordForm::kAuxiliary, true, false});
        for (const std::string_view p : kQuotedEnds) add({p, WordForm::kQuoted, false, false});
        add({"다", WordForm::kFinal, false, false});
        add({"기로", WordForm::kConnective, false, false});
        for (const std::string_view p : kParticles) add({p, WordForm::kNoun, false, false});
        for (const std::string_view p : kConnectiveEnds) add({p, WordForm::kConnective, false, false});
        for (const std::string_view p : kAdnominalEnds) add({p, WordForm::kAdnominal, false, false});
        for (const std::string_view p : kKnownConnectiveEnds) add({p, WordForm::kConnective, false, true});
        for (const std::string_view p : kKnownAdnominalEnds) before_noun_[last_syllable(p)] = 1;
    }
    WordForm form(std::string_view word, bool known) const {
        const std::size_t last = last_syllable(word);
        if (last == kHangulSyllables || at_[last] == 0) return WordForm::kNoun;
        for (const Ending& e : lists_[at_[last] - 1u]) {
            if (e.whole ? word == e.text : word.size() >= 6 && closes_with(word, e.text)) {
                if (!e.known || known) return e.form;
            }
        }
        return WordForm::kNoun;
    }
    bool before_noun(std::string_view word) const { return before_noun_[last_syllable(word)] != 0; }

private:
    struct Ending {
        std::string_view text;
        WordForm form = WordForm::kNoun;
        bool whole = false, known = false;
    };
    void add(const Ending& ending) {
        std::uint16_t& at = at_[last_syllable(ending.text)];
        if (at == 0) {
            lists_.emplace_back();
            at = static_cast<std::uint16_t>(lists_.size());
        }
        lists_[at - 1u].push_back(ending);
    }
    std::vector<std::uint16_t> at_;
    std::vector<std::uint8_t> before_noun_;
    std::vector<std::vector<Ending>> lists_;
};

const Endings& endings() {
    static const Endings all;
    return all;
}

}  // namespace

WordForm form_of(std::string_view raw, bool known) { return endings().form(bare(raw), known); }

void Clauses::read(std::string_view text, const RelationWords& words, const Scene& scene) {
    scene_ = &scene;
    const std::size_t n = scene.words.size();
    forms_.assign(n, WordForm::kNoun);
    roles_.assign(n, Role::kNone);
    if (!scene.korean) return;
    std::vector<char> named(n, 0);  // a name or a short form stands in the word
    for (const Occurrence& o : scene.occurrences) {
        if (o.left_out() || o.word < 0) continue;
        for (int w = o.word; w <= o.last_word && w < static_cast<int>(n); ++w) named[static_cast<std::size_t>(w)] = 1;
    }
    for (std::size_t w = 0; w < n; ++w) {
        const std::string_view raw = text.substr(scene.words[w].span.begin, scene.words[w].span.size());
        if (named[w] != 0 || scene.words[w].in_name) continue;
        const bool known = scene.words[w].triggers != 0;
        forms_[w] = form_of(raw, known);
        if (forms_[w] != WordForm::kNoun) continue;
        const std::string_view word = bare(raw);
        for (const std::size_t k : {std::size_t{9}, std::size_t{6}, std::size_t{3}}) {
            if (word.size() <= k) continue;
            const Role role = words.role(word.substr(word.size() - k));
            if (role == Role::kOther || role == Role::kNone) continue;
            roles_[w] = role;
            break;
        }
        // "맡는", "세운", "이끌": a verb before a noun, unless a particle explains the word better.
        const bool topic_like = roles_[w] == Role::kTopic || roles_[w] == Role::kObject || roles_[w] == Role::kNone || roles_[w] == Role::kCopula;
        if (known && topic_like && word.size() <= 12 && endings().before_noun(word)) {
            // The syllables without the ending must not be the trigger's own noun: "사업은" is a topic, "맡은" is none.
            const bool noun = roles_[w] != Role::kNone && words.triggers(word.substr(0, word.size() - 3)) != 0 && word.size() > 6;
            if (!noun) {
                forms_[w] = WordForm::kAdnominal;
                roles_[w] = Role::kNone;
            }
        }
    }
    if (n > 0 && forms_[n - 1] == WordForm::kNoun && !scene.words[n - 1].in_name && named[n - 1] == 0 && scene.words[n - 1].triggers != 0) {
        forms_[n - 1] = WordForm::kFinal;  // headlines and lists end with a noun of action
        roles_[n - 1] = Role::kNone;
    }
}

// The case of the phrase that the occurrence begins, and its last word.
Role Clauses::case_behind(const Occurrence& o, int& word) const {
    word = o.last_word;
    const Role own = o.group_role;
    const bool open = own == Role::kNone || own == Role::kOf || own == Role::kOther || own == Role::kQuote || own == Role::kParen;
    if (!open) return own;
    const int n = static_cast<int>(scene_->words.size());
    for (int w = o.last_word + 1; w < n && w <= o.last_word + 6; ++w) {
        if (forms_[static_cast<std::size_t>(w)] != WordForm::kNoun) break;
        word = w;
        const Role role = roles_[static_cast<std::size_t>(w)];
        if (role != Role::kNone && role != Role::kOf) return role;
    }
    return own;
}

int Clauses::matter(int word) const {
    int at = word;
    while (at > 0 && (form(at) == WordForm::kAuxiliary || scene_->words[static_cast<std::size_t>(at)].says)) {
        const Word& before = scene_->words[static_cast<std::size_t>(at) - 1];
        if (form(at - 1) == WordForm::kNoun && (before.in_name || before.triggers == 0)) break;
        --at;
    }
    return at;
}

int Clauses::governor(const Occurrence& o) const {
    const int n = static_cast<int>(scene_->words.size());
    if (n == 0 || !scene_->korean) return -1;
    int from = -1;
    const Role role = o.left_out() ? Role::kTopic : case_behind(o, from);
    int last = -1;
    for (int w = from + 1; w < n; ++w) {
        const WordForm f = form(w);
        if (f == WordForm::kNoun) continue;
        if (role == Role::kTopic || role == Role::kAlso) {
            // A topic reaches over what only describes a noun, to the end of the first clause that is whole.
            if (f == WordForm::kAdnominal) {
                if (w + 1 < n && form(w + 1) == WordForm::kAuxiliary) return w;
                continue;
            }
            if (scene_->words[static_cast<std::size_t>(w)].says) continue;
            last = w;
            break;
        }
        last = w;
        break;
    }
    if (last < 0) return -1;
    last = matter(last);
    return last > from || o.left_out() ? last : -1;
}

int Clauses::object_of(int predicate) const {
    for (int w = predicate - 1; w >= 0 && w >= predicate - 2; --w) {
        if (form(w) != WordForm::kNoun) return -1;
        if (roles_[static_cast<std::size_t>(w)] == Role::kObject) return w;
    }
    return -1;
}

bool Clauses::describes(int predicate, const Occurrence& o) const {
    if (predicate < 0 || o.left_out()) return false;
    const int n = static_cast<int>(scene_->words.size());
    while (predicate + 1 < n && form(predicate + 1) == WordForm::kAuxiliary) ++predicate;
    if (form(predicate) != WordForm::kAdnominal && form(predicate) != WordForm::kAuxiliary) return false;
    if (o.word <= predicate || o.word > predicate + 4) return false;
    for (int w = predicate + 1; w < o.word; ++w) {
        if (form(w) != WordForm::kNoun) return false;
        const Role role = roles_[static_cast<std::size_t>(w)];
        if (role != Role::kNone && role != Role::kOf) return false;
    }
    return true;
}

}  // namespace maek::extract
