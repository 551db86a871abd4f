#include "extract/mention/crf.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <string>

#include "extract/mention/features.h"

namespace maek::extract {

namespace {

constexpr std::string_view kMagic = "MAEKCRF1";
constexpr float kIllegal = -1e9f;
constexpr float kNegligible = -20.0f;  // in logarithms: what a posterior does not show any more
constexpr float kFaint = 1e-12f;       // the same of sums over readings

template <class T>
void append(std::string& out, T value) {
    char bytes[sizeof(T)];
    std::memcpy(bytes, &value, sizeof(T));
    out.append(bytes, sizeof(T));
}

class Reader {
public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}
    template <class T>
    bool get(T& value) {
        if (bytes_.size() - at_ < sizeof(T)) return false;
        std::memcpy(&value, bytes_.data() + at_, sizeof(T));
        at_ += sizeof(T);
        return true;
    }
    // The next n bytes; null when there are fewer.
    const char* take(std::size_t n) {
        if (bytes_.size() - at_ < n) return nullptr;
        at_ += n;
        return bytes_.data() + at_ - n;
    }
    bool at_end() const { return at_ == bytes_.size(); }
    void skip(std::size_t n) { at_ += std::min(n, bytes_.size() - at_); }

private:
    std::string_view bytes_;
    std::size_t at_ = 0;
};

}  // namespace

Chain::Chain(const Transitions& transitions)
    : into{}, first_cost(Lanes::of(kIllegal)), first_weight(Lanes::of(0)), dearest_gain(Lanes::of(kIllegal)) {
    Lanes begins = Lanes::of(kIllegal), insides = Lanes::of(kIllegal);  // into insides, at the label left
    for (Lanes& lanes : into) lanes = Lanes::of(0);
    for (std::uint8_t p = 0; p < kLabels; ++p) {
        const Scores& from = transitions[p];
        Lanes row = Lanes::of(from[kOutside]);  // what stands in idle lanes is never the least or the most
        for (std::uint8_t l = 0; l < kLabels; ++l) {
            if (is_inside(l)) {
                if (may_follow(p, l)) (is_begin(p) ? begins : insides).set(l, from[l]);
                continue;
            }
            row.set(l, from[l]);
            into[Lanes::lane(l)].set(p, std::exp(from[l]));
        }
        cost[p] = row.open;
        for (std::size_t k = 0; k < Lanes::kFours; ++k) {
            for (std::size_t i = 0; i < 4; ++i) weight[p][k][i] = 4 * k + i <= kEntityTypes ? std::exp(row.open[k][i]) : 0.0f;
        }
        float most = row.open_at(0);
        for (std::size_t i = 1; i <= kEntityTypes; ++i) most = std::max(most, row.open_at(i));
        dearest_gain.set(p, most);
        if (!is_inside(p)) first_cost.set(p, transitions[kLabels][p]), first_weight.set(p, std::exp(transitions[kLabels][p]));
    }
    begin_cost = begins.in;
    inside_cost = insides.in;
    for (std::size_t k = 0; k < Lanes::kFours; ++k) {
        for (std::size_t i = 0; i < 4; ++i) {
            begin_weight[k][i] = std::exp(begin_cost[k][i]);
            inside_weight[k][i] = std::exp(inside_cost[k][i]);
        }
    }
}

void Decoder::decode(const std::vector<Scores>& scores) {
    labels.assign(scores.size(), kOutside);
    sure.assign(scores.size(), 0.0f);
    summed_ = false;
    lay_out(scores);
    if (scores.empty()) return;
    best();
    if (std::all_of(labels.begin(), labels.end(), [](std::uint8_t l) { return l == kOutside; })) return;
    forward();
    backward();
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (is_begin(labels[i])) sure[i] = span_posterior(i);
    }
}

void Decoder::lay_out(const std::vector<Scores>& scores) {
    scores_.resize(scores.size());
    for (std::size_t i = 0; i < scores.size(); ++i) {
        std::array<float, Lanes::kWidth> open, in;
        open.fill(kIllegal);
        in.fill(kIllegal);
        open[0] = scores[i][kOutside];
        for (std::size_t t = 0; t < kEntityTypes; ++t) {
            open[t + 1] = scores[i][2 * t + 1];
            in[t + 1] = scores[i][2 * t + 2];
        }
        std::memcpy(scores_[i].open.data(), open.data(), sizeof(open));
        std::memcpy(scores_[i].in.data(), in.data(), sizeof(in));
    }
}

namespace {

// Calls use(label, value) for every label whose value passes; test(four values, four limits) tells of four at once.
template <class Test, class Use>
void each_that(const Lanes& values, const Lanes& limits, Test&& test, Use&& use) {
    for (std::size_t k = 0; k < Lanes::kFours; ++k) {
        for (const bool inside : {false, true}) {
            const Four& v = inside ? values.in[k] : values.open[k];
            const FourInts passed = test(v, inside ? limits.in[k] : limits.open[k]);
            if (!any(passed)) continue;
            for (std::size_t i = 0; i < 4; ++i) {
                const std::size_t lane = 4 * k + i;
                if (passed[i] == 0 || lane > kEntityTypes || (inside && lane == 0)) continue;
                use(static_cast<std::uint8_t>(inside ? 2 * lane : lane == 0 ? 0 : 2 * lane - 1), v[i]);
            }
        }
    }
}

std::uint8_t best_label(const Lanes& now) {
    const float most = now.largest();
    if (now.open_at(0) == most) return kOutside;
    std::uint8_t best = kOutside;
    for (std::uint8_t l = 1; l < kLabels && best == kOutside; ++l) best = now.get(l) == most ? l : best;
    return best;
}

}  // namespace

// Viterbi. Each unit is opened by the best state so far; another state is looked at only if its best
// transition could beat what that one gives somewhere.
void Decoder::best() {
    const std::size_t n = scores_.size();
    back_.resize(n);
    Lanes now;
    for (std::size_t k = 0; k < Lanes::kFours; ++k) {
        now.open[k] = scores_[0].open[k] + chain_.first_cost.open[k];
        now.in[k] = scores_[0].in[k] + chain_.first_cost.in[k];
    }
    for (std::size_t i = 1; i < n; ++i) {
        const std::uint8_t first = best_label(now);
        const Four lead = four(now.get(first));
        Chain::Row next;
        Back& back = back_[i];
        Four few = lead + chain_.cost[first][0];
        for (std::size_t k = 0; k < Lanes::kFours; ++k) {
            next[k] = lead + chain_.cost[first][k];
            few = smaller(few, next[k]);
            back.open[k] = FourInts{first, first, first, first};
        }
        const Four least = four(smallest(few));
        each_that(now, chain_.dearest_gain, [&](Four v, Four gain) { return v + gain > least; }, [&](std::uint8_t p, float v) {
            if (p == first) return;
            for (std::size_t k = 0; k < Lanes::kFours; ++k) {
                const Four s = four(v) + chain_.cost[p][k];
                const FourInts wins = s > next[k];
                next[k] = wins ? s : next[k];
                back.open[k] = wins ? FourInts{p, p, p, p} : back.open[k];
            }
        });
        for (std::size_t k = 0; k < Lanes::kFours; ++k) {
            const Four begun = now.open[k] + chain_.begin_cost[k], within = now.in[k] + chain_.inside_cost[k];
            back.in[k] = within > begun;
            now.in[k] = larger(within, begun) + scores_[i].in[k];
            now.open[k] = next[k] + scores_[i].open[k];
        }
    }
    std::uint8_t l = best_label(now);
    for (std::size_t i = n; i-- > 0;) {
        labels[i] = l;
        if (i == 0) break;
        const std::size_t lane = Lanes::lane(l);
        if (!is_inside(l)) l = static_cast<std::uint8_t>(back_[i].open[lane / 4][lane % 4]);
        else if (back_[i].in[lane / 4][lane % 4] == 0) l = static_cast<std::uint8_t>(l - 1);
    }
}

// Sums over all readings up to each unit, scaled to one at each, so that products stay in range.
void Decoder::forward() {
    const std::size_t n = scores_.size();
    alpha_.resize(n), local_.resize(n), scale_.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        const Four top = four(scores_[i].largest()), floor = four(kNegligible);
        Lanes& local = local_[i];
        Lanes& a = alpha_[i];
        a = i == 0 ? chain_.first_weight : Lanes::of(0);
        if (i > 0) {
            const Lanes& before = alpha_[i - 1];
            Chain::Row open{};  // stays in registers
            each_that(before, before, [](Four v, Four) { return v > four(kFaint); }, [&open, weight = chain_.weight.data()](std::uint8_t p, float v) {
                for (std::size_t k = 0; k < Lanes::kFours; ++k) open[k] += four(v) * weight[p][k];
            });
            a.open = open;
            for (std::size_t k = 0; k < Lanes::kFours; ++k) a.in[k] = before.open[k] * chain_.begin_weight[k] + before.in[k] * chain_.inside_weight[k];
        }
        Four sum = four(0);
        for (std::size_t k = 0; k < Lanes::kFours; ++k) {
            const Four open = scores_[i].open[k] - top, in = scores_[i].in[k] - top;
            local.open[k] = open < floor ? four(0) : exp_below(larger(open, floor));
            local.in[k] = in < floor ? four(0) : exp_below(larger(in, floor));
            a.open[k] *= local.open[k];
            a.in[k] *= local.in[k];
            sum += a.open[k] + a.in[k];
        }
        scale_[i] = std::max(sum_of(sum), 1e-30f);
        const Four share = four(1.0f / scale_[i]);
        for (std::size_t k = 0; k < Lanes::kFours; ++k) a.open[k] *= share, a.in[k] *= share;
    }
}

void Decoder::backward() {
    const std::size_t n = alpha_.size();
    beta_.resize(n);
    beta_[n - 1] = Lanes::of(1.0f);
    for (std::size_t i = n - 1; i-- > 0;) {
        const Four share = four(1.0f / scale_[i + 1]);
        Lanes right, left;
        for (std::size_t k = 0; k < Lanes::kFours; ++k) {
            right.open[k] = local_[i + 1].open[k] * beta_[i + 1].open[k] * share;
            right.in[k] = local_[i + 1].in[k] * beta_[i + 1].in[k] * share;
            left.open[k] = chain_.begin_weight[k] * right.in[k];
            left.in[k] = chain_.inside_weight[k] * right.in[k];
        }
        for (std::size_t lane = 0; lane <= kEntityTypes; ++lane) {
            const float v = right.open_at(lane);
            if (v <= kFaint) continue;
            for (std::size_t k = 0; k < Lanes::kFours; ++k) {
                left.open[k] += chain_.into[lane].open[k] * four(v);
                left.in[k] += chain_.into[lane].in[k] * four(v);
            }
        }
        beta_[i] = left;
    }
    summed_ = true;
}

double Decoder::one_more(std::size_t k, std::uint8_t label) const {
    if (k + 1 >= alpha_.size()) return 0;
    const std::size_t lane = Lanes::lane(label);
    const auto& row = is_begin(label) ? chain_.begin_weight : chain_.inside_weight;
    return static_cast<double>(row[lane / 4][lane % 4]) * local_[k + 1].in_at(lane) / scale_[k + 1];
}

// P(span) = alpha before, local and transitions inside, beta behind.
float Decoder::span_posterior(std::size_t begin) const {
    const std::size_t n = alpha_.size();
    const std::uint8_t open = labels[begin];
    const auto inside = static_cast<std::uint8_t>(open + 1);
    double p = alpha_[begin].get(open);
    std::size_t k = begin;
    std::uint8_t last = open;
    for (; k + 1 < n && labels[k + 1] == inside; ++k, last = inside) p *= one_more(k, last);
    // the span ends at k: what follows must not be the inside label
    double rest = beta_[k].get(last);
    if (k + 1 < n) rest -= one_more(k, last) * beta_[k + 1].get(inside);
    return static_cast<float>(std::clamp(p * rest, 0.0, 1.0));
}

// Where no name was read: does some begin come near to outside?
bool Decoder::may_hold_a_name(float least) const {
    const Four near = four(std::log(least));
    return std::any_of(scores_.begin(), scores_.end(), [&](const Lanes& s) {
        const Four outside = four(s.open_at(0)) + near;
        for (std::size_t k = 0; k < Lanes::kFours; ++k) {
            FourInts passed = s.open[k] + chain_.cost[kOutside][k] > outside;
            if (k == 0) passed[0] = 0;
            if (any(passed)) return true;
        }
        return false;
    });
}

void Decoder::chances(float least, std::vector<SpanChance>& out) {
    out.clear();
    if (scores_.empty()) return;
    if (!summed_) {
        if (!may_hold_a_name(least)) return;
        forward();
        backward();
    }
    const std::size_t n = scores_.size();
    for (std::size_t i = 0; i < n; ++i) {
        bool open = false;
        for (std::size_t k = 0; k < Lanes::kFours; ++k) {
            FourInts passed = alpha_[i].open[k] * beta_[i].open[k] >= four(least);
            if (k == 0) passed[0] = 0;
            open = open || any(passed);
        }
        if (!open) continue;
        for (std::size_t t = 0; t < kEntityTypes; ++t) {
            const auto type = static_cast<EntityType>(t);
            std::uint8_t last = begin_label(type);
            const std::uint8_t inside = inside_label(type);
            double p = alpha_[i].get(last);
            if (p * beta_[i].get(last) < least) continue;
            for (std::size_t k = i;; ++k) {
                const double step = one_more(k, last);
                const double on = k + 1 < n ? step * beta_[k + 1].get(inside) : 0.0;
                const double here = p * (beta_[k].get(last) - on);
                if (here >= least) {
                    out.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(k + 1), type, static_cast<float>(std::min(here, 1.0))});
                }
                if (p * on < least) break;
                p *= step;
                last = inside;
            }
        }
    }
}

inline const CrfModel::Slot& CrfModel::find(std::uint64_t key) const {
    static constexpr Slot kUnknown{};
    const std::uint32_t print = fingerprint(key);
    for (std::size_t pair = pair_of(key);; pair = (pair + 1) & mask_) {
        const Slot* slots = &slots_[2 * pair];
        const Slot& slot = slots[slots[1].print == print ? 1 : 0];
        if (slot.print == print) return slot;
        if (slots[1].print == 0) return kUnknown;
    }
}

void CrfModel::fetch(std::span<const UnitKeys> units) const {
    for (const UnitKeys& unit : units) {
        for (std::size_t k = 0; k < unit.count; ++k) __builtin_prefetch(&slots_[2 * pair_of(unit.keys[k])]);
    }
}

void CrfModel::sum(std::span<const UnitKeys> units, std::span<Sums> sums) const {
    for (std::size_t u = 0; u < units.size(); ++u) {
        RowSums<sizeof(Slot)> rows;
        for (std::size_t k = 0; k < units[u].count; ++k) rows.add(&find(units[u].keys[k]));
        rows.store(sums[u]);
    }
}

std::string CrfModel::write(const std::vector<std::uint64_t>& keys, const std::vector<Scores>& weights,
                            const Transitions& transitions) {
    float largest = 1e-6f;
    for (const Scores& row : weights) {
        for (const float w : row) largest = std::max(largest, std::abs(w));
    }
    const float scale = std::min(largest, 6.0f) / 127.0f;
    std::vector<std::uint32_t> order(keys.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; });
    std::string rows;
    std::uint32_t count = 0;
    for (const std::uint32_t i : order) {
        std::uint32_t mask = 0;
        std::string row;
        for (std::size_t l = 0; l < kLabels; ++l) {
            const long q = std::lround(std::clamp(weights[i][l] / scale, -127.0f, 127.0f));
            if (q == 0) continue;
            mask |= 1u << l;
            append(row, static_cast<std::int8_t>(q));
        }
        if (mask == 0) continue;
        append(rows, keys[i]);
        append(rows, mask);
        rows += row;
        ++count;
    }
    std::string out(kMagic);
    append(out, kFeatureVersion);
    append(out, static_cast<std::uint32_t>(kLabels));
    append(out, count);
    append(out, scale);
    for (const Scores& r : transitions) {
        for (const float v : r) append(out, v);
    }
    return out + rows;
}

Result<CrfModel> CrfModel::read(std::string_view bytes, std::string_view name) {
    const auto fail = [&](const char* what) {
        return Error{ErrorCode::kFormat, what, {std::string(name), 0, 0}, {}};
    };
    if (!bytes.starts_with(kMagic)) return fail("not a model of the tagger (it begins with MAEKCRF1)");
    Reader reader(bytes);
    reader.skip(kMagic.size());
    std::uint32_t version = 0, labels = 0, count = 0;
    CrfModel model;
    if (!reader.get(version) || !reader.get(labels) || !reader.get(count) || !reader.get(model.scale_)) return fail("the model's head is cut off");
    if (version != kFeatureVersion || labels != kLabels) return fail("a model of another version; train it anew with maek-train");
    if (std::size_t{count} * 12 > bytes.size() || !std::isfinite(model.scale_)) return fail("the model's head is damaged");
    for (Scores& r : model.transitions_) {
        for (float& v : r) {
            if (!reader.get(v) || !std::isfinite(v)) return fail("the model's transitions are damaged");
        }
    }
    model.features_ = count;
    model.slots_ = FarArray<Slot>(std::bit_ceil(std::max<std::size_t>(16, 2 * std::size_t{count})));
    model.mask_ = model.slots_.size() / 2 - 1;
    model.shift_ = 64 - std::countr_zero(model.slots_.size() / 2);
    for (std::uint32_t i = 0; i < count; ++i) {
        std::uint64_t key = 0;
        std::uint32_t mask = 0;
        if (!reader.get(key) || !reader.get(mask) || mask >> kLabels != 0) return fail("the model's weights are cut off");
        std::size_t pair = model.pair_of(key);
        while (model.slots_[2 * pair + 1].print != 0) pair = (pair + 1) & model.mask_;
        Slot& slot = model.slots_[2 * pair + (model.slots_[2 * pair].print == 0 ? 0 : 1)];
        slot.print = fingerprint(key);
        const char* weight = reader.take(static_cast<std::size_t>(std::popcount(mask)));
        if (weight == nullptr) return fail("the model's weights are cut off");
        for (; mask != 0; mask &= mask - 1) slot.weights[static_cast<std::size_t>(std::countr_zero(mask))] = static_cast<std::int8_t>(*weight++);
    }
    if (!reader.at_end()) return fail("bytes behind the model's end");
    return model;
}

}  // namespace maek::extract
