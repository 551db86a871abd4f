#include "extract/relation/pair_features.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "extract/relation/pair_keys.h"
#include "extract/text/letter_marks.h"

namespace maek::extract {
namespace {

// The beginning of a word: two syllables, or five Latin letters in lower case.
std::string stem_of(std::string_view word) {
    std::string out;
    std::size_t syllables = 0, letters = 0;
    for (std::size_t i = 0; i < word.size();) {
        const auto lead = static_cast<unsigned char>(word[i]);
        if (lead < 0x80) {
            if (std::isalpha(lead) != 0) {
                if (++letters > 5) break;
                out += static_cast<char>(std::tolower(lead));
            } else if (std::isdigit(lead) != 0) {
                if (out.empty() || out.back() != '0') out += '0';
            } else if (!out.empty()) {
                break;
            }
            ++i;
            continue;
        }
        const std::size_t step = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        const bool hangul = lead >= 0xEA && lead <= 0xED;
        if (hangul) {
            if (++syllables > 2) break;
            out += word.substr(i, step);
        } else if (!out.empty()) {
            break;
        }
        i += step;
    }
    return out;
}

// The end of a name that tells what it is: two syllables, or the last Latin word in lower case.
std::uint64_t head_of(std::string_view name) {
    std::size_t end = name.size();
    while (end > 0 && (name[end - 1] == ' ' || name[end - 1] == ')' || name[end - 1] == '\'')) --end;
    if (end == 0) return 0;
    if (static_cast<unsigned char>(name[end - 1]) < 0x80) {
        std::string word;
        for (std::size_t i = end; i > 0 && std::isalnum(static_cast<unsigned char>(name[i - 1])) != 0; --i) {
            word += static_cast<char>(std::tolower(static_cast<unsigned char>(name[i - 1])));
        }
        return hash_text(word);
    }
    std::size_t begin = end;
    for (int k = 0; k < 2 && begin > 0; ++k) {
        --begin;
        while (begin > 0 && (static_cast<unsigned char>(name[begin]) & 0xC0) == 0x80) --begin;
    }
    return hash_text(name.substr(begin, end - begin));
}

}  // namespace

std::string folded_name(std::string_view name) {
    std::string out;
    for (std::size_t i = 0; i < name.size();) {
        const auto lead = static_cast<unsigned char>(name[i]);
        if (lead < 0x80) {
            if (std::isalnum(lead) != 0) out += static_cast<char>(std::tolower(lead));
            ++i;
            continue;
        }
        const std::size_t step = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (lead >= 0xE3 && !name.substr(i).starts_with("・") && !name.substr(i).starts_with("㈜") && !name.substr(i).starts_with("「") &&
            !name.substr(i).starts_with("」") && !name.substr(i).starts_with("ㆍ")) {
            out += name.substr(i, step);
        }
        i += step;
    }
    return out;
}

std::vector<EntityView> view_entities(const Document& document, const LinkedDocument& linked) {
    std::vector<EntityView> views(linked.entities.size());
    std::vector<std::pair<std::size_t, std::uint32_t>> by_type[kEntityTypes + 1];
    for (std::uint32_t e = 0; e < linked.entities.size(); ++e) {
        const DocumentEntity& entity = linked.entities[e];
        EntityView& view = views[e];
        view.folded.push_back(folded_name(entity.name));
        for (const std::string& alias : entity.aliases) view.folded.push_back(folded_name(alias));
        std::erase_if(view.folded, [](const std::string& s) { return s.size() < 2; });
        for (const std::string& name : view.folded) view.all_marks |= view.marks.emplace_back(letter_marks(name));
        view.head = head_of(entity.name);
        view.confidence = entity.confidence;
        view.mentions = static_cast<std::uint32_t>(entity.mentions.size());
        view.first_sentence = entity.mentions.empty() ? 0 : document.mentions[entity.mentions.front()].sentence;
        for (const std::uint32_t m : entity.mentions) {
            if (document.sentences[document.mentions[m].sentence].kind == SentenceKind::kHeadline) view.in_headline = true;
        }
        by_type[static_cast<std::size_t>(entity.type)].emplace_back(entity.mentions.size(), e);
    }
    for (auto& list : by_type) {
        std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) {
            return a.first != b.first ? a.first > b.first : a.second < b.second;
        });
        for (std::size_t i = 0; i < list.size(); ++i) views[list[i].second].prominence = static_cast<std::uint8_t>(std::min<std::size_t>(i, 3));
    }
    return views;
}

int name_holds(const EntityView& longer, const EntityView& shorter) {
    int best = 0;
    const bool possible = std::any_of(shorter.marks.begin(), shorter.marks.end(), [&](std::uint64_t marks) { return (marks & ~longer.all_marks) == 0; });
    if (!possible) return 0;
    for (const std::string& a : longer.folded) {
        for (const std::string& b : shorter.folded) {
            if (b.size() < 2 || a.size() <= b.size()) continue;
            const std::size_t at = a.find(b);
            if (at == 0) return 2;
            if (at != std::string::npos) best = 1;
        }
    }
    return best;
}

void PairFeatures::enter(const Scene& scene) {
    scene_ = &scene;
    stems_.resize(scene.words.size());
    last_verb_ = 0;
    compares_ = false;
    for (std::size_t w = 0; w < scene.words.size(); ++w) {
        const Word& word = scene.words[w];
        const std::string_view text = document_.view(word.span);
        Stem& stem = stems_[w];
        stem.hash = hash_text(stem_of(text));
        stem.trigger = 0;
        if ((word.triggers & kRelationBits) != 0) stem.trigger = scene.korean ? hash_text(words_.read(text).stem) : stem.hash;
        if (!word.in_name && !word.says) last_verb_ = stem.trigger != 0 ? stem.trigger : stem.hash;
        if (scene.korean && !word.in_name) compares_ = compares_ || word.compares;
    }
    last_class_ = kWordClasses;
    for (const Word& word : scene.words) {
        const std::size_t c = first_class(word.triggers);
        if (c != kWordClasses && !word.in_name && !word.says) last_class_ = c;
    }
    sum_up_words();
    clauses_.read(document_.text, words_, scene);
    governors_.clear();
    sides_.clear();
    for (const Occurrence& o : scene.occurrences) {
        governors_.push_back(governor_of(o));
        sides_.push_back(side_of(o, governors_.back().verb));
    }
    organisations_ = 0;
    for (const Occurrence& o : scene.occurrences) organisations_ += is_organisation(o.type) && !o.left_out() ? 1 : 0;
    scene_context_ = key_of(0, static_cast<int>(scene.kind), last_verb_, last_class_, compares_, bucket(organisations_), std::min<std::uint32_t>(scene.last_money - scene.first_money, 3), bucket(scene.occurrences.size()));
}

PairFeatures::Governor PairFeatures::governor_of(const Occurrence& o) const {
    Governor out;
    out.word = clauses_.governor(o);
    out.cls = kWordClasses + 1;
    if (out.word >= 0) {
        const Stem& stem = stems_[static_cast<std::size_t>(out.word)];
        out.verb = stem.trigger != 0 ? stem.trigger : stem.hash;
        const int object = clauses_.object_of(out.word);
        out.cls = class_at(out.word);
        if (out.cls == kWordClasses && object >= 0) out.cls = class_at(object);
    }
    return out;
}

PairFeatures::Side PairFeatures::side_of(const Occurrence& o, std::uint64_t verb) const {
    Side side;
    side.verb = verb;
    const EntityView& view = views_[o.entity];
    if (!o.left_out()) {
        side.tail = tail_hash(o);
        while (side.behind_count < 3 && !name_at(o.last_word + side.behind_count + 1)) {
            side.behind[static_cast<std::size_t>(side.behind_count)] = stem_at(o.last_word + side.behind_count + 1);
            ++side.behind_count;
        }
        while (side.before_count < 2 && !name_at(o.word - side.before_count - 1)) {
            side.before[static_cast<std::size_t>(side.before_count)] = stem_at(o.word - side.before_count - 1);
            ++side.before_count;
        }
        side.class_behind = class_at(o.last_word + 1);
        side.class_second = class_at(o.last_word + 2);
        side.class_before = class_at(o.word - 1);
        side.class_own = class_at(o.last_word);
        if (o.type == EntityType::kPerson) side.post = post_of(o);
    }
    const std::uint64_t classes = side.class_behind | side.class_second << 6 | side.class_before << 12 | side.class_own << 18;
    const auto counts = static_cast<std::uint64_t>(side.behind_count | side.before_count << 2 | (o.left_out() ? 16 : 0) | side.post.place << 5);
    const std::uint64_t kind = static_cast<std::uint64_t>(o.kind) | static_cast<std::uint64_t>(o.group_role) << 3 | std::uint64_t{o.gap} << 8;
    side.context = key_of(0, verb, side.tail, side.behind[0], side.behind[1], side.behind[2], side.before[0], side.before[1], classes | counts << 24 | kind << 32,
                          view.head, std::uint64_t{view.prominence}, side.post.hash);
    return side;
}

PairLook PairFeatures::look(std::size_t a, std::size_t b) const {
    const Occurrence& x = scene_->occurrences[a];
    const Occurrence& y = scene_->occurrences[b];
    PairLook out;
    out.a = a, out.b = b;
    out.near = std::min<int>(x.last_word, y.last_word);
    out.far = std::max<int>(x.last_word, y.last_word);
    out.triggers = triggers(out.near, out.far);
    out.predicate = predicate(a, b);
    out.tie = tie(a, b);
    out.joint = joint(x, y);
    out.holds_b = name_holds(views_[x.entity], views_[y.entity]);
    out.holds_a = name_holds(views_[y.entity], views_[x.entity]);
    return out;
}

void PairFeatures::sum_up_words() {
    const std::size_t n = scene_->words.size();
    rests_.assign(n + 1, {});
    befores_.assign(n + 1, 0);
    rests_[n].next = n;
    denied_any_ = false;
    for (std::size_t w = n; w-- > 0;) {
        const Word& word = scene_->words[w];
        Rest& rest = rests_[w];
        rest = rests_[w + 1];
        rest.behind |= word.triggers;
        rest.clause = word.triggers | (word.clause_end ? 0 : rest.clause);
        rest.denied = word.denies || (!word.clause_end && rest.denied);
        denied_any_ = denied_any_ || word.denies;
        if (const std::size_t c = first_class(word.triggers); c != kWordClasses) rest.next = w, rest.next_class = c;
    }
    for (std::size_t w = 0; w < n; ++w) befores_[w + 1] = befores_[w] | scene_->words[w].triggers;
}

PairFeatures::Triggers PairFeatures::triggers(int near, int far) const {
    const int n = static_cast<int>(scene_->words.size());
    const auto inside = [&](int w) { return static_cast<std::size_t>(std::clamp(w, 0, n)); };
    const Rest& rest = rests_[inside(far)];
    Triggers out{befores_[inside(near)], 0, rest.behind, rest.clause, rest.denied};
    for (std::size_t w = inside(near); w < inside(far); ++w) out.between |= scene_->words[w].triggers;
    return out;
}

PairFeatures::Post PairFeatures::post_of(const Occurrence& o) const {
    const auto n = static_cast<int>(scene_->words.size());
    const auto post_in = [&](int w) -> std::uint64_t {
        if (w < 0 || w >= n) return 0;
        std::string_view word = document_.view(scene_->words[static_cast<std::size_t>(w)].span);
        while (!word.empty() && (word.back() == ',' || word.back() == '.' || word.back() == ')')) word.remove_suffix(1);
        for (const std::size_t cut : {0, 3, 6}) {  // a particle may follow
            if (word.size() <= cut) break;
            const std::string_view base = word.substr(0, word.size() - cut);
            if (cut != 0 && words_.role(word.substr(word.size() - cut)) == Role::kOther) continue;
            const std::string_view title = words_.title_at_end(base);
            if (!title.empty()) return head_of(title);
        }
        return 0;
    };
    for (const int w : {o.last_word + 1, o.last_word + 2, o.last_word + 3}) {
        if (const std::uint64_t hash = post_in(w); hash != 0) return {hash, 1};
        if (w > 0 && w <= n && document_.view(scene_->words[static_cast<std::size_t>(w) - 1].span).ends_with(",")) break;
    }
    if (const std::uint64_t hash = post_in(o.word - 1); hash != 0) return {hash, 2};
    return {};
}

int PairFeatures::tie(std::size_t a, std::size_t b) const {
    const int p = governors_[a].word, q = governors_[b].word;
    if (p < 0 || q < 0) return 0;
    if (p == q) return 1;
    if (clauses_.describes(p, scene_->occurrences[b])) return 2;
    if (clauses_.describes(q, scene_->occurrences[a])) return 3;
    return p < q ? 4 : 5;
}

int PairFeatures::predicate(std::size_t a, std::size_t b) const {
    const Occurrence& x = scene_->occurrences[a];
    const Occurrence& y = scene_->occurrences[b];
    const int from = std::max<int>(x.last_word, y.last_word);
    const int limit = std::min<int>(static_cast<int>(scene_->words.size()), from + 14);
    for (int w = std::max(0, from); w < limit; ++w) {
        const Word& word = scene_->words[static_cast<std::size_t>(w)];
        if ((word.triggers & kRelationBits) != 0 && !(word.in_name && w > from)) return w;
    }
    return -1;
}

std::uint64_t PairFeatures::tail_hash(const Occurrence& o) const {
    if (o.left_out()) return 1;
    const std::uint32_t end = document_.sentences[scene_->sentence].span.end;
    std::uint32_t to = o.span.end;
    const std::string_view text = document_.text;
    while (to < end && to < o.span.end + 12 && text[to] != ' ' && text[to] != '\n') ++to;
    while (to < text.size() && (static_cast<unsigned char>(text[to]) & 0xC0) == 0x80) ++to;
    return hash_text(text.substr(o.span.end, to - o.span.end));
}

// How two names that stand side by side are tied: 0 not, 1 "경남 김해시", 2 by 의, 3 by 내 산하 소속, 4 by a
// bracket; negative when the target stands first.
int PairFeatures::joint(const Occurrence& x, const Occurrence& y) const {
    if (x.left_out() || y.left_out()) return 0;
    const bool forward = x.span.begin < y.span.begin;
    const Occurrence& first = forward ? x : y;
    const Occurrence& second = forward ? y : x;
    if (second.span.begin < first.span.end || second.span.begin - first.span.end > 14) return 0;
    const std::string_view gap = std::string_view(document_.text).substr(first.span.end, second.span.begin - first.span.end);
    int tie = 0;
    if (gap.empty() || gap == " ") tie = 1;
    else if (gap == "의 ") tie = 2;
    else if (gap == " 내 " || gap == " 산하 " || gap == " 소속 " || gap == " 안 " || gap == " 부설 ") tie = 3;
    else if (gap == "(" || gap == " (") tie = 4;
    return forward ? tie : -tie;
}

void PairFeatures::numbers(const PairLook& look, PairNumbers& out) const {
    const std::size_t a = look.a, b = look.b;
    const Scene& scene = *scene_;
    const Occurrence& x = scene.occurrences[a];
    const Occurrence& y = scene.occurrences[b];
    const EntityView& vx = views_[x.entity];
    const EntityView& vy = views_[y.entity];
    std::size_t n = 0;
    const auto put = [&](auto value) { out[n++] = static_cast<float>(value); };
    const bool out_x = x.left_out(), out_y = y.left_out();
    for (const Occurrence* o : {&x, &y}) {
        put(static_cast<int>(o->type));
        put(static_cast<int>(o->group_role));
        put(static_cast<int>(o->role));
        put(static_cast<int>(o->kind));
        put(o->group_size);
        put(o->quoted ? 1 : 0);
        put(o->in_paren ? 1 : 0);
        put(o->left_out() ? -1 : o->word);
    }
    put(a < b ? 1 : 0);
    put(out_x || out_y ? 60 : std::abs(x.word - y.word));
    put(out_x || out_y ? 9 : std::abs(x.clause - y.clause));
    put(x.group == y.group && !out_x && !out_y ? 1 : 0);
    int organisations = 0, same_target = 0, same_source = 0, topics = 0;
    for (std::size_t k = std::min(a, b) + 1; k < std::max(a, b); ++k) {
        const Occurrence& o = scene.occurrences[k];
        if (o.left_out()) continue;
        organisations += is_organisation(o.type) ? 1 : 0;
        same_target += o.type == y.type && o.group != y.group ? 1 : 0;
        same_source += o.type == x.type && o.group != x.group ? 1 : 0;
        topics += (o.group_role == Role::kTopic || o.group_role == Role::kSubject) && o.group != x.group && o.group != y.group ? 1 : 0;
    }
    put(organisations);
    put(same_target);
    put(same_source);
    put(topics);
    const int far = look.far;
    const auto& [before, between, behind, clause, denied] = look.triggers;
    for (std::size_t k = 0; k < kRelationKinds; ++k) {
        const WordBits bit = WordBits{1} << k;
        put((clause & bit ? 8 : 0) + (behind & bit ? 4 : 0) + (between & bit ? 2 : 0) + (before & bit ? 1 : 0));
    }
    const int p = look.predicate;
    put(p < 0 ? 30 : p - far);
    put(denied ? 2 : denied_any_ ? 1 : 0);
    put(compares_ ? 1 : 0);
    put(static_cast<int>(scene.kind));
    put(scene.korean ? 1 : 0);
    put(scene.occurrences.size());
    put(organisations_);
    put(scene.has_topic ? 1 : 0);
    put(scene.words.size());
    put(vx.in_headline ? 1 : 0);
    put(vy.in_headline ? 1 : 0);
    put(vx.prominence);
    put(vy.prominence);
    put(vx.mentions);
    put(vy.mentions);
    put(static_cast<int>(scene.sentence) - static_cast<int>(vx.first_sentence));
    put(static_cast<int>(scene.sentence) - static_cast<int>(vy.first_sentence));
    put(look.holds_b);
    put(look.holds_a);
    put(scene.last_money - scene.first_money);
    int where = 0, role = -1;
    std::uint32_t nearest = 3000;
    for (std::uint32_t m = scene.first_money; m < scene.last_money; ++m) {
        const Money& money = document_.money[m];
        const std::uint32_t gap = out_x ? 1000 : money.span.begin >= x.span.end ? money.span.begin - x.span.end
                                                                                : x.span.begin - std::min(x.span.begin, money.span.end);
        if (gap < nearest) {
            nearest = gap;
            where = (money.span.begin > x.span.begin ? 1 : 0) + (money.span.begin > y.span.begin ? 2 : 0);
            role = static_cast<int>(money.role);
        }
    }
    put(nearest);
    put(where);
    put(role);
    for (std::size_t c = 0; c < kWordClasses; ++c) {
        const WordBits bit = WordBits{1} << (kRelationKinds + c);
        put((clause & bit ? 8 : 0) + (behind & bit ? 4 : 0) + (between & bit ? 2 : 0) + (before & bit ? 1 : 0));
    }
    for (const Occurrence* o : {&x, &y}) {
        const int w = o->last_word + 1;
        const bool there = !o->left_out() && w < static_cast<int>(scene.words.size());
        put(there ? first_class(scene.words[static_cast<std::size_t>(w)].triggers) : kWordClasses);
        const int own = o->last_word;
        put(!o->left_out() && own >= 0 ? first_class(scene.words[static_cast<std::size_t>(own)].triggers) : kWordClasses);
    }
    put(p < 0 ? kWordClasses : first_class(scene.words[static_cast<std::size_t>(p)].triggers));
    put(look.joint);
    put(last_class_);
    // Who else could be the doer: organisations as topic or subject before the pair, and nearer to the verb.
    int doers_before = 0, doers_behind = 0;
    bool pays = false;
    for (const Occurrence& o : scene.occurrences) {
        if (o.left_out() || o.group == x.group || (o.group_role != Role::kTopic && o.group_role != Role::kSubject)) continue;
        if (!is_organisation(o.type)) continue;
        doers_before += o.word < x.word ? 1 : 0;
        doers_behind += o.word > x.word && (p < 0 || o.word < p) ? 1 : 0;
    }
    std::uint32_t from_target = 1000;
    for (std::uint32_t m = scene.first_money; m < scene.last_money; ++m) {
        const Money& money = document_.money[m];
        if (!out_y) {
            from_target = std::min(from_target, money.span.begin >= y.span.end ? money.span.begin - y.span.end
                                                                              : y.span.begin - std::min(y.span.begin, money.span.end));
        }
        pays = pays || (!out_x && money.span.begin >= x.span.end && money.span.begin - x.span.end <= 10);
    }
    put(doers_before);
    put(doers_behind);
    put(from_target);
    put(pays ? 1 : 0);
    put(x.clause);
    const int g = governors_[a].word, q = governors_[b].word;
    put(look.tie);
    for (const int w : {g, q}) {
        put(w < 0 ? -1 : static_cast<int>(clauses_.form(w)));
        put(w < 0 ? kWordClasses + 1 : first_class(scene.words[static_cast<std::size_t>(w)].triggers));
    }
    put(g < 0 || out_x ? 40 : g - x.last_word);
    put(q < 0 || out_y ? 40 : q - y.last_word);
    for (std::size_t k = 0; k < kRelationKinds; ++k) {
        const WordBits bit = WordBits{1} << k;
        const auto speaks = [&](int w) {
            if (w < 0) return false;
            const int o = clauses_.object_of(w);
            return ((scene.words[static_cast<std::size_t>(w)].triggers | (o < 0 ? 0 : scene.words[static_cast<std::size_t>(o)].triggers)) & bit) != 0;
        };
        put((speaks(g) ? 1 : 0) + (speaks(q) ? 2 : 0));
    }
    put(x.gap);
    put(y.gap);
    put(vx.confidence);
    put(vy.confidence);
    put(x.mention == Mention::kNoEntry ? 1.0f : document_.mentions[x.mention].confidence);
    put(y.mention == Mention::kNoEntry ? 1.0f : document_.mentions[y.mention].confidence);
    put(sides_[a].post.place);
    put(document_.sentences.size());
    for (std::size_t k = 0; k < kRelationKinds; ++k) put(scene.said_before >> k & 1);
    while (n < kPairNumbers) put(0);
}

}  // namespace maek::extract
