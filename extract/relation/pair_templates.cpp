// The templates of PairFeatures, in blocks. All keys of a block follow from its context, so that a scorer that has met
// the context knows the sum of their weights and need not have the keys made.
#include <algorithm>
#include <array>
#include <cstdlib>

#include "extract/relation/pair_features.h"
#include "extract/relation/pair_keys.h"
#include "extract/relation/relation_model.h"

namespace maek::extract {
namespace {

enum Block : std::uint64_t {
    kKinds = 1, kRoles, kForms, kSentenceTypes, kSentenceRoles, kDistance, kWord, kSource, kTarget, kSourceClasses, kTargetClasses,
    kTriggers, kTriggerTypes, kPredicateTypes, kPredicateRoles, kClassesBetween, kClassesClause, kClassesBehind,
    kFirstClassTypes, kFirstClassRoles, kFirstClass, kPattern, kTieTypes, kTieRoles, kVerbTypes, kVerbRoles, kNames, kMoney,
};

template <class... Values>
std::uint64_t context_of(Block block, Values... values) {
    return key_of(1000 + static_cast<int>(block), values...);
}

// A sink that wants every key.
class AllKeys {
public:
    explicit AllKeys(std::vector<std::uint64_t>& keys) : keys_(keys) {}
    bool open(std::uint64_t) { return true; }
    void open_alone() {}
    void put(std::uint64_t key) { keys_.push_back(key); }
    void close() {}

private:
    std::vector<std::uint64_t>& keys_;
};

}  // namespace

// What the templates say of a pair over and over.
struct PairFeatures::Ends {
    const Occurrence &x, &y;
    const EntityView &vx, &vy;
    std::uint64_t ta, tb;
    int ra, rb, ca, cb;
    bool forward, grouped;
    // Parts of contexts: both types and the order in 9 bits, both roles and the order in 11, all of them in 20.
    std::uint64_t types, roles, form;

    Ends(const PairFeatures& features, const PairLook& look)
        : x(features.scene_->occurrences[look.a]), y(features.scene_->occurrences[look.b]), vx(features.views_[x.entity]), vy(features.views_[y.entity]),
          ta(static_cast<std::uint64_t>(x.type)), tb(static_cast<std::uint64_t>(y.type)), ra(static_cast<int>(x.group_role)),
          rb(static_cast<int>(y.group_role)), ca(coarse(x.type)), cb(coarse(y.type)), forward(look.a < look.b),
          grouped(x.group == y.group && !x.left_out() && !y.left_out()),
          types((forward ? 1u : 0u) | ta << 1 | tb << 5), roles((forward ? 1u : 0u) | static_cast<std::uint64_t>(ra) << 1 | static_cast<std::uint64_t>(rb) << 6),
          form(types | roles << 9) {}
};

void PairFeatures::read(const PairLook& look, std::vector<std::uint64_t>& keys) const {
    keys.clear();
    AllKeys sink(keys);
    show(look, sink);
}

void PairFeatures::score(const PairLook& look, RelationScorer& scorer, RelationScores& out) const {
    show(look, scorer);
    scorer.finish(out);
}

template <class Sink>
void PairFeatures::show(const PairLook& look, Sink& sink) const {
    const Ends ends(*this, look);
    show_kinds(ends, sink);
    show_sentence(ends, sink);
    show_distance(look, ends, sink);
    show_words(look, ends, sink);
    show_side(ends, sides_[look.a], true, sink);
    show_side(ends, sides_[look.b], false, sink);
    show_triggers(look, ends, sink);
    show_predicate(look, ends, sink);
    show_classes(look, ends, sink);
    show_clauses(look, ends, sink);
    show_names(look, ends, sink);
    show_money(ends, sink);
}

template <class Sink>
void PairFeatures::show_kinds(const Ends& e, Sink& sink) const {
    const int ka = static_cast<int>(e.x.kind), kb = static_cast<int>(e.y.kind);
    const auto role_a = static_cast<int>(e.x.role), role_b = static_cast<int>(e.y.role);
    const std::uint64_t flags = (scene_->has_topic ? 1u : 0u) | (scene_->korean ? 2u : 0u) | (e.vx.in_headline ? 4u : 0u) | (e.vy.in_headline ? 8u : 0u);
    const auto kinds = static_cast<std::uint64_t>(ka | kb << 3);
    if (sink.open(context_of(kKinds, e.types | kinds << 9 | flags << 15))) {
        sink.put(key_of(0, scene_->korean));
        sink.put(key_of(1, e.ta, e.tb));
        sink.put(key_of(2, e.ta, e.tb, e.forward));
        sink.put(key_of(3, ka, kb));
        sink.put(key_of(4, ka, kb, e.ta, e.tb));
        sink.put(key_of(62, e.vx.in_headline, e.vy.in_headline, e.ta, e.tb));
        sink.put(key_of(67, scene_->has_topic, ka));
        sink.put(key_of(104, e.ca, e.cb, ka, kb));
        sink.close();
    }
    if (sink.open(context_of(kRoles, e.roles | static_cast<std::uint64_t>(role_a | role_b << 5) << 11))) {
        sink.put(key_of(5, e.ra, e.rb, e.forward));
        sink.put(key_of(7, role_a, role_b, e.forward));
        sink.close();
    }
    if (sink.open(context_of(kForms, e.form | static_cast<std::uint64_t>(ka | (e.vx.in_headline ? 8 : 0)) << 20))) {
        sink.put(key_of(6, e.ra, e.rb, e.ta, e.tb, e.forward));
        sink.put(key_of(8, e.ra, e.ta));
        sink.put(key_of(9, e.rb, e.tb));
        sink.put(key_of(69, e.vx.in_headline, ka, e.ra));
        sink.put(key_of(103, e.ca, e.cb, e.ra, e.rb, e.forward));
        sink.close();
    }
}

// What the whole sentence tells, for these types and roles.
template <class Sink>
void PairFeatures::show_sentence(const Ends& e, Sink& sink) const {
    const auto ka = static_cast<std::uint64_t>(e.x.kind);
    const std::uint32_t money = scene_->last_money - scene_->first_money;
    if (sink.open(context_of(kSentenceTypes, scene_context_, e.types | (label_ != 0 ? ka << 9 : 0)))) {
        sink.put(key_of(19, static_cast<int>(scene_->kind), e.ta, e.tb));
        sink.put(key_of(43, last_verb_));
        sink.put(key_of(44, last_verb_, e.ta, e.tb));
        sink.put(key_of(50, std::min<std::uint32_t>(money, 3)));
        if (money != 0) sink.put(key_of(55, last_verb_));
        sink.put(key_of(65, bucket(organisations_), e.ta, e.tb));
        sink.put(key_of(66, compares_, e.tb));
        sink.put(key_of(68, bucket(scene_->occurrences.size())));
        sink.put(key_of(102, last_verb_, e.ca, e.cb));
        sink.put(key_of(112, last_class_, e.ta, e.tb));
        if (label_ != 0) {
            sink.put(key_of(152, label_, e.ta, e.tb));
            sink.put(key_of(153, label_, e.ca, e.cb, static_cast<int>(ka)));
        }
        sink.close();
    }
    if (sink.open(context_of(kSentenceRoles, scene_context_, e.roles | (e.grouped ? 1u << 11 : 0u)))) {
        if (e.grouped) sink.put(key_of(12, e.ra, last_verb_));
        sink.put(key_of(45, last_verb_, e.ra, e.rb));
        sink.put(key_of(113, last_class_, e.ra, e.rb, e.forward));
        sink.close();
    }
}

template <class Sink>
void PairFeatures::show_distance(const PairLook& look, const Ends& e, Sink& sink) const {
    const bool out = e.x.left_out() || e.y.left_out();
    const int gap = bucket(static_cast<std::size_t>(out ? 20 : std::abs(e.x.word - e.y.word)));
    const int clauses = std::min(out ? 9 : std::abs(e.x.clause - e.y.clause), 9);
    const int quoted = (e.x.quoted ? 1 : 0) | (e.y.quoted ? 2 : 0), bracket = (e.x.in_paren ? 1 : 0) | (e.y.in_paren ? 2 : 0);
    const int size = e.grouped ? bucket(e.x.group_size) : 0;
    std::size_t organisations = 0, same_type = 0;
    for (std::size_t k = std::min(look.a, look.b) + 1; k < std::max(look.a, look.b); ++k) {
        const Occurrence& o = scene_->occurrences[k];
        if (o.left_out()) continue;
        organisations += is_organisation(o.type) ? 1 : 0;
        same_type += o.type == e.y.type && o.group != e.y.group ? 1 : 0;
    }
    const int bodies = bucket(organisations), rivals = bucket(same_type);
    const std::uint64_t numbers = static_cast<std::uint64_t>(gap | clauses << 3 | quoted << 7 | bracket << 9 | size << 11 | bodies << 14 | rivals << 17);
    // the source's role matters in groups only
    const std::uint64_t form = e.types | (e.grouped ? (static_cast<std::uint64_t>(e.ra) << 1 | 1) << 9 : 0u);
    if (!sink.open(context_of(kDistance, form | numbers << 20))) return;
    sink.put(key_of(10, e.grouped, e.ta, e.tb));
    if (e.grouped) sink.put(key_of(11, size, e.ra));
    sink.put(key_of(13, gap, e.forward));
    sink.put(key_of(14, gap, e.ta, e.tb, e.forward));
    sink.put(key_of(15, bodies, e.forward));
    sink.put(key_of(16, rivals, e.ta, e.tb));
    sink.put(key_of(17, clauses, e.forward));
    sink.put(key_of(18, quoted, bracket));
    sink.close();
}

// The words between the two.
template <class Sink>
void PairFeatures::show_words(const PairLook& look, const Ends& e, Sink& sink) const {
    if (e.x.left_out() || e.y.left_out()) return;
    const Occurrence& first = e.forward ? e.x : e.y;
    const Occurrence& second = e.forward ? e.y : e.x;
    const int from = first.last_word, to = second.word;
    int count = 0;
    std::uint64_t bag = 7;
    for (int w = from + 1; w < to && count < 12; ++w) {
        if (name_at(w)) continue;
        const std::uint64_t stem = stem_at(w);
        if (sink.open(context_of(kWord, stem, e.types))) {
            sink.put(key_of(20, stem, e.forward));
            sink.put(key_of(21, stem, e.ta, e.tb, e.forward));
            sink.close();
        }
        bag = mix_pair(bag, stem);
        ++count;
    }
    sink.open_alone();
    if (count <= 3) sink.put(key_of(22, bag, e.ta, e.tb, e.forward, sides_[e.forward ? look.a : look.b].tail));
    if (from == to) {  // in one word: the text between decides
        const std::string_view between = second.span.begin > first.span.end
            ? std::string_view(document_.text).substr(first.span.end, second.span.begin - first.span.end) : std::string_view("=");
        sink.put(key_of(23, hash_text(between), e.ta, e.tb, e.forward));
    }
    sink.close();
}

// What one of the two and its neighbourhood tell, with the type of the other.
template <class Sink>
void PairFeatures::show_side(const Ends& e, const Side& side, bool source, Sink& sink) const {
    const Occurrence& o = source ? e.x : e.y;
    const EntityView& view = source ? e.vx : e.vy;
    if (sink.open(context_of(source ? kSource : kTarget, side.context, e.types >> 1))) {
        const int form = source ? 24 : 25;
        if (!o.left_out()) {
            sink.put(key_of(form, 1, side.tail, static_cast<std::uint64_t>(o.type)));
            for (int k = 0; k < side.behind_count; ++k) sink.put(key_of(form, 2, side.behind[static_cast<std::size_t>(k)], k == 0));
            if (side.behind_count > 0) sink.put(key_of(form, 3, side.behind[0], e.ta, e.tb));
            if (side.before_count > 0) {
                sink.put(key_of(form, 4, side.before[0]));
                sink.put(key_of(form, 5, side.before[0], e.ta, e.tb));
            }
            if (side.before_count > 1) sink.put(key_of(form, 6, side.before[1]));
            if (!source) sink.put(key_of(91, side.class_behind, side.class_second, e.rb));
        } else {
            sink.put(key_of(source ? 154 : 155, std::min<int>(o.gap, 6), static_cast<int>(o.kind), e.ca, e.cb));
        }
        sink.put(key_of(source ? 63 : 64, view.prominence, e.ta, e.tb));
        if (!source) {
            sink.put(key_of(143, e.ta, view.head));
            sink.put(key_of(144, view.head, e.rb, e.ca));
        } else if (o.type != EntityType::kPerson) {
            sink.put(key_of(140, view.head, e.tb));
            sink.put(key_of(142, view.head, e.ra, e.tb));
        } else {
            sink.put(key_of(145, side.post.hash, side.post.place, e.tb));
        }
        sink.close();
    }
    if (o.left_out()) return;
    const std::uint64_t classes = side.class_behind | side.class_before << 6 | side.class_own << 12;
    if (!sink.open(context_of(source ? kSourceClasses : kTargetClasses, e.types | classes << 9))) return;
    const int at = source ? 85 : 88;
    sink.put(key_of(at, side.class_behind, e.ta, e.tb, e.forward));
    sink.put(key_of(at + 1, side.class_before, e.ta, e.tb, e.forward));
    sink.put(key_of(at + 2, side.class_own, e.ta, e.tb, e.forward));
    sink.close();
}

template <class Sink>
void PairFeatures::show_triggers(const PairLook& look, const Ends& e, Sink& sink) const {
    const Triggers& t = look.triggers;
    const WordBits before = t.before, between = t.between, behind = t.behind, clause = t.clause;
    const bool denied = t.denied;
    const std::uint64_t near = (between & kRelationBits) | (clause & kRelationBits) << 10;
    const std::uint64_t where = near | (before & kRelationBits) << 20 | (behind & kRelationBits) << 30;
    const auto at = [&](std::size_t k) { return (clause >> k & 1) << 3 | (behind >> k & 1) << 2 | (between >> k & 1) << 1 | (before >> k & 1); };
    if (sink.open(context_of(kTriggers, where | (denied ? std::uint64_t{1} << 40 : 0u)))) {
        for (std::size_t k = 0; k < kRelationKinds; ++k) sink.put(key_of(30, k, at(k)));
        if (denied) sink.put(key_of(32, 1));
        sink.close();
    }
    if (sink.open(context_of(kTriggerTypes, near | e.types >> 1 << 20))) {
        for (std::size_t k = 0; k < kRelationKinds; ++k) sink.put(key_of(31, k, at(k) & 10, e.ta, e.tb));
        sink.close();
    }
}

// The word that decides.
template <class Sink>
void PairFeatures::show_predicate(const PairLook& look, const Ends& e, Sink& sink) const {
    const int p = look.predicate;
    const bool there = p >= 0, followed = there && p + 1 < static_cast<int>(stems_.size());
    const Stem none;
    const Stem& stem = there ? stems_[static_cast<std::size_t>(p)] : none;
    const std::uint64_t verb = stem.trigger, next = followed ? stems_[static_cast<std::size_t>(p) + 1].hash : 0;
    const int distance = there ? bucket(static_cast<std::size_t>(std::max(0, p - look.far))) : 0;
    const std::uint64_t numbers = static_cast<std::uint64_t>((there ? 1 : 0) | (followed ? 2 : 0) | distance << 2);
    const std::uint64_t words = key_of(0, verb, stem.full, next);
    if (sink.open(context_of(kPredicateTypes, words, e.types >> 1 | numbers << 8))) {
        sink.put(key_of(33, verb));
        sink.put(key_of(35, verb, e.ta, e.tb));
        if (there) sink.put(key_of(39, distance, e.ta, e.tb));
        if (followed) {  // the word behind the trigger: 구축을 추진, 참여하기로 했다
            sink.put(key_of(41, verb, next));
            sink.put(key_of(42, next, e.ta, e.tb));
        }
        sink.close();
    }
    if (sink.open(context_of(kPredicateRoles, words, e.form | (there ? 1u << 20 : 0u)))) {
        sink.put(key_of(34, verb, e.ra, e.rb, e.forward));
        sink.put(key_of(36, verb, e.ra, e.rb, e.ta, e.tb));
        sink.put(key_of(37, verb, e.tb, e.rb));
        sink.put(key_of(38, verb, e.ta, e.ra));
        if (there) {
            sink.put(key_of(40, stem.full, e.rb));
            sink.put(key_of(105, verb, e.ca, e.cb, e.rb));
            sink.put(key_of(106, verb, e.ca, e.cb, e.ra));
        }
        sink.close();
    }
}

// Word classes: fewer and broader than stems, so that they hold for words never seen.
template <class Sink>
void PairFeatures::show_classes(const PairLook& look, const Ends& e, Sink& sink) const {
    const Triggers& t = look.triggers;
    const auto each = [&](WordBits bits, Block block, int form) {
        bits >>= kRelationKinds;
        if (bits == 0 || !sink.open(context_of(block, bits, e.form))) return;
        for (; bits != 0; bits &= bits - 1) {
            const auto c = static_cast<std::uint64_t>(__builtin_ctzll(bits));
            sink.put(key_of(form, c, e.ta, e.tb, e.forward));
            sink.put(key_of(form + 1, c, e.ra, e.rb, e.forward));
            sink.put(key_of(form + 2, c, e.tb, e.rb));
        }
        sink.close();
    };
    each(t.between, kClassesBetween, 70);
    each(t.clause, kClassesClause, 73);
    each(t.behind & ~t.clause, kClassesBehind, 76);
    const Rest& rest = rests_[static_cast<std::size_t>(std::clamp(look.far, 0, static_cast<int>(scene_->words.size())))];
    const std::size_t c = rest.next_class, second = c == kWordClasses ? kWordClasses : rests_[rest.next + 1].next_class;
    if (sink.open(context_of(kFirstClassTypes, e.types >> 1 | c << 8 | second << 14))) {
        sink.put(key_of(80, c, e.ta, e.tb));
        sink.put(key_of(84, c, second, e.ta, e.tb));
        sink.close();
    }
    if (sink.open(context_of(kFirstClassRoles, e.roles | c << 11 | second << 17))) {
        sink.put(key_of(81, c, e.ra, e.rb, e.forward));
        sink.put(key_of(83, c, second, e.rb));
        sink.close();
    }
    if (sink.open(context_of(kFirstClass, e.form | c << 20))) {
        sink.put(key_of(82, c, e.ra, e.rb, e.ta, e.tb));
        sink.put(key_of(100, c, e.ca, e.cb, e.ra, e.rb));
        sink.put(key_of(101, c, e.ca, e.cb, e.rb, e.forward));
        sink.close();
    }
    if (!e.x.left_out() && !e.y.left_out()) show_pattern(e, sink);
}

// The pattern between two names that stand near each other.
template <class Sink>
void PairFeatures::show_pattern(const Ends& e, Sink& sink) const {
    const Occurrence& first = e.forward ? e.x : e.y;
    const Occurrence& second = e.forward ? e.y : e.x;
    if (second.word - first.last_word - 1 >= 5) return;
    std::uint64_t pattern = static_cast<std::uint64_t>(first.role);
    for (int w = first.last_word + 1; w < second.word; ++w) {
        const Word& word = scene_->words[static_cast<std::size_t>(w)];
        pattern = mix_pair(pattern, word.in_name ? 99 : first_class(word.triggers));
    }
    if (!sink.open(context_of(kPattern, pattern, e.form))) return;
    sink.put(key_of(107, pattern, e.ta, e.tb, e.forward));
    sink.put(key_of(108, pattern, e.ca, e.cb, e.forward));
    sink.put(key_of(109, pattern, e.ca, e.cb, e.forward, e.rb));
    sink.close();
}

// The predicates that govern the two, and how they are tied.
template <class Sink>
void PairFeatures::show_clauses(const PairLook& look, const Ends& e, Sink& sink) const {
    const Governor &p = governors_[look.a], &q = governors_[look.b];
    const auto t = static_cast<std::uint64_t>(look.tie);
    const bool both = p.word >= 0 && q.word >= 0;
    const int form_p = both ? static_cast<int>(clauses_.form(p.word)) : 0, form_q = both ? static_cast<int>(clauses_.form(q.word)) : 0;
    const auto forms = static_cast<std::uint64_t>((both ? 1 : 0) | form_p << 1 | form_q << 4);
    const std::uint64_t classes = t | p.cls << 3 | q.cls << 9;
    if (sink.open(context_of(kTieTypes, e.types >> 1 | classes << 8 | forms << 23))) {
        sink.put(key_of(120, look.tie, e.ta, e.tb));
        sink.put(key_of(128, p.cls, q.cls, e.ca, e.cb));
        if (both) sink.put(key_of(132, look.tie, form_p, form_q, e.ca, e.cb));
        sink.close();
    }
    if (sink.open(context_of(kTieRoles, e.form | classes << 20))) {
        sink.put(key_of(121, look.tie, e.ra, e.rb, p.cls));
        sink.put(key_of(123, look.tie, e.ca, e.cb, p.cls, e.rb));
        sink.put(key_of(124, look.tie, e.ca, e.cb, q.cls, e.ra));
        sink.close();
    }
    const auto nouns = static_cast<std::uint64_t>((p.has_noun ? 1 : 0) | (q.has_noun ? 2 : 0) | (p.word == q.word ? 4 : 0));
    if (sink.open(context_of(kVerbTypes, p.context, q.context, e.types >> 1 | t << 8 | nouns << 11))) {
        sink.put(key_of(125, look.tie, e.ca, e.cb, p.verb));
        sink.put(key_of(126, look.tie, e.ca, e.cb, q.verb));
        if (p.has_noun) sink.put(key_of(130, true, look.tie, p.noun, e.ca, e.cb));
        if (q.has_noun) sink.put(key_of(130, p.word == q.word, look.tie, q.noun, e.ca, e.cb));
        sink.close();
    }
    if (sink.open(context_of(kVerbRoles, p.context, q.context, e.form | t << 20 | nouns << 23))) {
        sink.put(key_of(122, look.tie, e.ra, e.rb, p.verb));
        sink.put(key_of(127, look.tie, q.verb, e.rb, e.tb));
        sink.put(key_of(129, p.verb, e.ra, e.ta));
        if (p.has_noun) sink.put(key_of(131, true, p.noun, p.verb, e.ra));
        if (q.has_noun) sink.put(key_of(131, p.word == q.word, q.noun, q.verb, p.word == q.word ? e.ra : e.rb));
        sink.close();
    }
}

// What the names themselves tell: their heads, a person's post, the place inside a name.
template <class Sink>
void PairFeatures::show_names(const PairLook& look, const Ends& e, Sink& sink) const {
    sink.open_alone();
    if (e.x.type != EntityType::kPerson) {
        sink.put(key_of(141, e.vx.head, e.vy.head));
    } else {
        const Post& post = sides_[look.a].post;
        const int gap = e.y.left_out() ? 9 : std::min(6, std::abs(e.x.word - e.y.word));
        sink.put(key_of(146, post.hash, e.vy.head));
        sink.put(key_of(147, post.hash, post.place, e.tb, gap, e.forward));
        sink.put(key_of(148, post.hash, e.tb, static_cast<int>(e.y.kind), std::min<int>(e.y.gap, 4)));
        sink.put(key_of(149, post.place, e.tb, gap, e.forward, static_cast<int>(e.x.role)));
    }
    sink.close();
    const auto place_in = [](const EntityView& place, const EntityView& other) {
        if (place.place.size() < 6) return 0;
        for (const std::string& name : other.folded) {
            const std::size_t at = name.find(place.place);
            if (at != std::string::npos) return at == 0 ? 2 : 1;
        }
        return 0;
    };
    const int in_b = place_in(e.vx, e.vy), in_a = place_in(e.vy, e.vx);
    const auto inside = static_cast<std::uint64_t>(in_a | in_b << 2 | look.holds_a << 4 | look.holds_b << 6 | (look.joint + 8) << 8);
    if (!sink.open(context_of(kNames, e.types >> 1 | static_cast<std::uint64_t>(e.rb) << 8 | inside << 16))) return;
    if (in_a != 0 || in_b != 0) sink.put(key_of(150, in_a, in_b, e.ta, e.tb));
    sink.put(key_of(151, in_a, in_b));
    sink.put(key_of(60, look.holds_b, look.holds_a));
    sink.put(key_of(61, look.holds_b, look.holds_a, e.ta, e.tb));
    if (look.joint != 0) {
        sink.put(key_of(110, look.joint, e.ta, e.tb));
        sink.put(key_of(111, look.joint, e.ca, e.cb, e.rb));
    }
    sink.close();
}

template <class Sink>
void PairFeatures::show_money(const Ends& e, Sink& sink) const {
    if (scene_->first_money == scene_->last_money) return;
    std::uint32_t nearest = 0xFFFFFFFFu;
    int where = 0, role = 0;
    for (std::uint32_t m = scene_->first_money; m < scene_->last_money; ++m) {
        const Money& money = document_.money[m];
        for (const Occurrence* o : {&e.x, &e.y}) {
            if (o->left_out()) continue;
            const std::uint32_t gap = money.span.begin >= o->span.end ? money.span.begin - o->span.end
                                                                      : o->span.begin - std::min(o->span.begin, money.span.end);
            if (gap < nearest) {
                nearest = gap;
                where = (money.span.begin > e.x.span.begin ? 1 : 0) | (money.span.begin > e.y.span.begin ? 2 : 0);
                role = static_cast<int>(money.role);
            }
        }
    }
    const int near = bucket(nearest / 6);
    if (!sink.open(context_of(kMoney, e.form | static_cast<std::uint64_t>(where | role << 2 | near << 6) << 20))) return;
    sink.put(key_of(51, where, role));
    sink.put(key_of(52, where, e.ta, e.tb));
    sink.put(key_of(53, e.ra, e.rb, where));
    sink.put(key_of(54, near));
    sink.close();
}

}  // namespace maek::extract
