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

// What a block's context is made of stands with its keys below: the less, the more often it comes again.
enum Block : std::uint64_t {
    kKinds = 1, kRoles, kScene, kSceneTypes, kDistance, kRivals, kSource, kTarget, kSourceTypes, kTargetTypes,
    kTriggers, kPredicate, kClasses, kClassesBetween, kPattern, kTies, kNames, kMoney, kBefore,
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
    // Parts of contexts: both types in 8 bits, both roles and the order in 11, all of them in 19.
    std::uint64_t types, roles, form;

    Ends(const PairFeatures& features, const PairLook& look)
        : x(features.scene_->occurrences[look.a]), y(features.scene_->occurrences[look.b]), vx(features.views_[x.entity]), vy(features.views_[y.entity]),
          ta(static_cast<std::uint64_t>(x.type)), tb(static_cast<std::uint64_t>(y.type)), ra(static_cast<int>(x.group_role)),
          rb(static_cast<int>(y.group_role)), ca(coarse(x.type)), cb(coarse(y.type)), forward(look.a < look.b),
          grouped(x.group == y.group && !x.left_out() && !y.left_out()),
          types(ta | tb << 4), roles((forward ? 1u : 0u) | static_cast<std::uint64_t>(ra) << 1 | static_cast<std::uint64_t>(rb) << 6),
          form(types | roles << 8) {}
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
    const Rest& rest = rests_[static_cast<std::size_t>(std::clamp(look.far, 0, static_cast<int>(scene_->words.size())))];
    show_kinds(ends, rest.next_class, sink);
    show_scene(ends, rest.next_class, sink);
    show_distance(look, ends, sink);
    show_words(look, ends, sink);
    show_side(ends, sides_[look.a], true, sink);
    show_side(ends, sides_[look.b], false, sink);
    show_triggers(look, ends, sink);
    show_classes(look, rest, ends, sink);
    show_pattern(ends, sink);
    show_ties(look, ends, sink);
    show_names(look, ends, sink);
    show_money(ends, sink);
    show_before(ends, sink);
}

// `next` is the first class of words behind both.
template <class Sink>
void PairFeatures::show_kinds(const Ends& e, std::size_t next, Sink& sink) const {
    const int ka = static_cast<int>(e.x.kind), kb = static_cast<int>(e.y.kind);
    const auto role_a = static_cast<int>(e.x.role), role_b = static_cast<int>(e.y.role);
    const std::uint64_t flags = (e.vx.in_headline ? 1u : 0u) | (e.vy.in_headline ? 2u : 0u) | (scene_->has_topic ? 4u : 0u);
    if (sink.open(context_of(kKinds, e.types | static_cast<std::uint64_t>(ka | kb << 3) << 8 | flags << 14))) {
        sink.put(key_of(3, ka, kb));
        sink.put(key_of(4, ka, kb, e.ta, e.tb));
        sink.put(key_of(62, e.vx.in_headline, e.vy.in_headline, e.ta, e.tb));
        sink.put(key_of(67, scene_->has_topic, ka));
        sink.put(key_of(104, e.ca, e.cb, ka, kb));
        sink.close();
    }
    if (sink.open(context_of(kRoles, e.roles | static_cast<std::uint64_t>(role_a | role_b << 5) << 11 | next << 21))) {
        sink.put(key_of(5, e.ra, e.rb, e.forward));
        sink.put(key_of(7, role_a, role_b, e.forward));
        sink.put(key_of(81, next, e.ra, e.rb, e.forward));
        sink.close();
    }
}

// What the whole sentence tells, alone and for these types.
template <class Sink>
void PairFeatures::show_scene(const Ends& e, std::size_t next, Sink& sink) const {
    const std::uint32_t money = scene_->last_money - scene_->first_money;
    if (sink.open(context_of(kScene, scene_context_))) {
        sink.put(key_of(43, last_verb_));
        sink.put(key_of(50, std::min<std::uint32_t>(money, 3)));
        if (money != 0) sink.put(key_of(55, last_verb_));
        sink.put(key_of(68, bucket(scene_->occurrences.size())));
        sink.close();
    }
    if (sink.open(context_of(kSceneTypes, scene_context_, e.types | next << 8))) {
        sink.put(key_of(19, static_cast<int>(scene_->kind), e.ta, e.tb));
        sink.put(key_of(44, last_verb_, e.ta, e.tb));
        sink.put(key_of(65, bucket(organisations_), e.ta, e.tb));
        sink.put(key_of(66, compares_, e.tb));
        sink.put(key_of(112, last_class_, e.ta, e.tb));
        sink.put(key_of(80, next, e.ta, e.tb));
        sink.close();
    }
}

template <class Sink>
void PairFeatures::show_distance(const PairLook& look, const Ends& e, Sink& sink) const {
    const bool out = e.x.left_out() || e.y.left_out();
    const int gap = bucket(static_cast<std::size_t>(out ? 20 : std::abs(e.x.word - e.y.word)));
    const int clauses = std::min(out ? 9 : std::abs(e.x.clause - e.y.clause), 9);
    std::size_t organisations = 0, same_type = 0;
    for (std::size_t k = std::min(look.a, look.b) + 1; k < std::max(look.a, look.b); ++k) {
        const Occurrence& o = scene_->occurrences[k];
        if (o.left_out()) continue;
        organisations += is_organisation(o.type) ? 1 : 0;
        same_type += o.type == e.y.type && o.group != e.y.group ? 1 : 0;
    }
    const int bodies = bucket(organisations), rivals = bucket(same_type);
    if (sink.open(context_of(kDistance, static_cast<std::uint64_t>(gap | clauses << 3 | bodies << 7 | (e.forward ? 1 : 0) << 10)))) {
        sink.put(key_of(13, gap, e.forward));
        sink.put(key_of(15, bodies, e.forward));
        sink.put(key_of(17, clauses, e.forward));
        sink.close();
    }
    if (sink.open(context_of(kRivals, e.types | static_cast<std::uint64_t>(rivals << 1 | (e.grouped ? 1 : 0)) << 8))) {
        sink.put(key_of(10, e.grouped, e.ta, e.tb));
        sink.put(key_of(16, rivals, e.ta, e.tb));
        sink.close();
    }
}

// The words between the two, and the one that governs the target.
template <class Sink>
void PairFeatures::show_words(const PairLook& look, const Ends& e, Sink& sink) const {
    sink.open_alone();
    sink.put(key_of(120, look.tie, e.ta, e.tb));
    sink.put(key_of(126, look.tie, e.ca, e.cb, governors_[look.b].verb));
    if (!e.x.left_out() && !e.y.left_out()) {
        const int from = e.forward ? e.x.last_word : e.y.last_word, to = e.forward ? e.y.word : e.x.word;
        int count = 0;
        for (int w = from + 1; w < to && count < 12; ++w) {
            if (name_at(w)) continue;
            sink.put(key_of(20, stem_at(w), e.forward));
            ++count;
        }
    }
    sink.close();
}

// What one of the two and its neighbourhood tell, alone and with the type of the other.
template <class Sink>
void PairFeatures::show_side(const Ends& e, const Side& side, bool source, Sink& sink) const {
    const Occurrence& o = source ? e.x : e.y;
    const EntityView& view = source ? e.vx : e.vy;
    const int form = source ? 24 : 25;
    if (sink.open(context_of(source ? kSource : kTarget, side.context, static_cast<std::uint64_t>(o.type) | (view.in_headline ? 16u : 0u)))) {
        if (!o.left_out()) {
            sink.put(key_of(form, 1, side.tail, static_cast<std::uint64_t>(o.type)));
            for (int k = 0; k < side.behind_count; ++k) sink.put(key_of(form, 2, side.behind[static_cast<std::size_t>(k)], k == 0));
            for (int k = 0; k < side.before_count; ++k) sink.put(key_of(form, k == 0 ? 4 : 6, side.before[static_cast<std::size_t>(k)]));
            if (!source) sink.put(key_of(91, side.class_behind, side.class_second, e.rb));
        }
        if (source) {
            sink.put(key_of(8, e.ra, e.ta));
            sink.put(key_of(69, view.in_headline, static_cast<int>(o.kind), e.ra));
            sink.put(key_of(129, side.verb, e.ra, e.ta));
        } else {
            sink.put(key_of(9, e.rb, e.tb));
            sink.put(key_of(127, side.verb, e.rb, e.tb));
        }
        sink.close();
    }
    if (!sink.open(context_of(source ? kSourceTypes : kTargetTypes, side.context, e.types << 1 | (e.forward ? 1u : 0u)))) return;
    if (o.left_out()) {
        sink.put(key_of(source ? 154 : 155, std::min<int>(o.gap, 6), static_cast<int>(o.kind), e.ca, e.cb));
    } else {
        if (side.behind_count > 0) sink.put(key_of(form, 3, side.behind[0], e.ta, e.tb));
        if (side.before_count > 0) sink.put(key_of(form, 5, side.before[0], e.ta, e.tb));
        sink.put(key_of(source ? 85 : 88, side.class_behind, e.ta, e.tb, e.forward));
        if (source) {
            sink.put(key_of(86, side.class_before, e.ta, e.tb, e.forward));
            sink.put(key_of(87, side.class_own, e.ta, e.tb, e.forward));
        }
    }
    sink.put(key_of(source ? 63 : 64, view.prominence, e.ta, e.tb));
    if (!source) {
        sink.put(key_of(143, e.ta, view.head));
        sink.put(key_of(144, view.head, e.rb, e.ca));
    } else if (o.type != EntityType::kPerson) {
        sink.put(key_of(140, view.head, e.tb));
    } else {
        sink.put(key_of(145, side.post.hash, side.post.place, e.tb));
    }
    sink.close();
}

// What speaks of a relation around the two, and the word that decides.
template <class Sink>
void PairFeatures::show_triggers(const PairLook& look, const Ends& e, Sink& sink) const {
    const Triggers& t = look.triggers;
    const std::uint64_t where = (t.between & kRelationBits) | (t.clause & kRelationBits) << 10 | (t.before & kRelationBits) << 20 | (t.behind & kRelationBits) << 30;
    if (sink.open(context_of(kTriggers, where | (t.denied ? std::uint64_t{1} << 40 : 0u)))) {
        for (std::size_t k = 0; k < kRelationKinds; ++k) {
            sink.put(key_of(30, k, (t.clause >> k & 1) << 3 | (t.behind >> k & 1) << 2 | (t.between >> k & 1) << 1 | (t.before >> k & 1)));
        }
        if (t.denied) sink.put(key_of(32, 1));
        sink.close();
    }
    const std::uint64_t verb = look.predicate >= 0 ? stems_[static_cast<std::size_t>(look.predicate)].trigger : 0;
    if (sink.open(context_of(kPredicate, verb, e.types | e.roles >> 1 << 8))) {
        sink.put(key_of(35, verb, e.ta, e.tb));
        sink.put(key_of(37, verb, e.tb, e.rb));
        sink.put(key_of(106, verb, e.ca, e.cb, e.ra));
        sink.close();
    }
}

// Word classes: fewer and broader than stems, so that they hold for words never seen.
template <class Sink>
void PairFeatures::show_classes(const PairLook& look, const Rest& rest, const Ends& e, Sink& sink) const {
    const WordBits between = look.triggers.between >> kRelationKinds, clause = look.triggers.clause >> kRelationKinds;
    const std::size_t c = rest.next_class, second = c == kWordClasses ? kWordClasses : rests_[rest.next + 1].next_class;
    if (between != 0 && sink.open(context_of(kClassesBetween, between, e.types << 1 | (e.forward ? 1u : 0u)))) {
        for (WordBits bits = between; bits != 0; bits &= bits - 1) {
            sink.put(key_of(70, static_cast<std::uint64_t>(__builtin_ctzll(bits)), e.ta, e.tb, e.forward));
        }
        sink.close();
    }
    const std::uint64_t target = e.tb | static_cast<std::uint64_t>(e.rb) << 4;
    if (!sink.open(context_of(kClasses, between, clause, target | c << 9 | second << 15))) return;
    const auto each = [&](WordBits bits, int form) {
        for (; bits != 0; bits &= bits - 1) sink.put(key_of(form, static_cast<std::uint64_t>(__builtin_ctzll(bits)), e.tb, e.rb));
    };
    each(between, 72);
    each(clause, 75);
    sink.put(key_of(83, c, second, e.rb));
    sink.close();
}

// The pattern between two names that stand near each other.
template <class Sink>
void PairFeatures::show_pattern(const Ends& e, Sink& sink) const {
    if (e.x.left_out() || e.y.left_out()) return;
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

// How the predicates that govern the two are tied.
template <class Sink>
void PairFeatures::show_ties(const PairLook& look, const Ends& e, Sink& sink) const {
    const std::size_t p = governors_[look.a].cls, q = governors_[look.b].cls;
    const std::uint64_t ties = static_cast<std::uint64_t>(look.tie | e.ca << 3 | e.cb << 7) | p << 11 | q << 17;
    if (!sink.open(context_of(kTies, ties | e.roles >> 1 << 23))) return;
    sink.put(key_of(121, look.tie, e.ra, e.rb, p));
    sink.put(key_of(124, look.tie, e.ca, e.cb, q, e.ra));
    sink.put(key_of(128, p, q, e.ca, e.cb));
    sink.close();
}

// What the names themselves tell, and a person's post.
template <class Sink>
void PairFeatures::show_names(const PairLook& look, const Ends& e, Sink& sink) const {
    if (e.x.type == EntityType::kPerson) {
        const Post& post = sides_[look.a].post;
        const int gap = e.y.left_out() ? 9 : std::min(6, std::abs(e.x.word - e.y.word));
        sink.open_alone();
        sink.put(key_of(146, post.hash, e.vy.head));
        sink.put(key_of(147, post.hash, post.place, e.tb, gap, e.forward));
        sink.put(key_of(149, post.place, e.tb, gap, e.forward, static_cast<int>(e.x.role)));
        sink.close();
    }
    if (!sink.open(context_of(kNames, e.types | static_cast<std::uint64_t>(look.holds_a | look.holds_b << 2 | (look.joint + 8) << 4) << 8))) return;
    sink.put(key_of(60, look.holds_b, look.holds_a));
    sink.put(key_of(61, look.holds_b, look.holds_a, e.ta, e.tb));
    if (look.joint != 0) sink.put(key_of(110, look.joint, e.ta, e.tb));
    sink.close();
}

// What the sentence before spoke for, where this one leaves one of the two out.
template <class Sink>
void PairFeatures::show_before(const Ends& e, Sink& sink) const {
    const WordBits said = scene_->said_before;
    if (said == 0 || (!e.x.left_out() && !e.y.left_out())) return;
    const std::uint64_t out = (e.x.left_out() ? 1u : 0u) | (e.y.left_out() ? 2u : 0u);
    if (!sink.open(context_of(kBefore, said, e.types | out << 8))) return;
    for (WordBits bits = said; bits != 0; bits &= bits - 1) {
        sink.put(key_of(160, static_cast<std::uint64_t>(__builtin_ctzll(bits)), e.ca, e.cb, out));
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
    if (!sink.open(context_of(kMoney, static_cast<std::uint64_t>(where | role << 2 | near << 6)))) return;
    sink.put(key_of(51, where, role));
    sink.put(key_of(54, near));
    sink.close();
}

}  // namespace maek::extract
