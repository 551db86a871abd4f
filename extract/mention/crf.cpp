#include "extract/mention/crf.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>

#include "extract/mention/features.h"

namespace maek::extract {

namespace {

constexpr std::string_view kMagic = "MAEKCRF1";
constexpr float kIllegal = -1e9f;
constexpr float kNegligible = -20.0f;  // in logarithms: what a posterior does not show any more

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
    bool at_end() const { return at_ == bytes_.size(); }
    void skip(std::size_t n) { at_ += std::min(n, bytes_.size() - at_); }

private:
    std::string_view bytes_;
    std::size_t at_ = 0;
};

}  // namespace

Chain::Chain(const Transitions& transitions) {
    for (std::size_t p = 0; p <= kLabels; ++p) {
        for (std::uint8_t l = 0; l < kLabels; ++l) {
            const bool legal = p == kLabels ? !is_inside(l) : may_follow(static_cast<std::uint8_t>(p), l);
            cost[p][l] = legal ? transitions[p][l] : kIllegal;
            weight[p][l] = legal ? std::exp(transitions[p][l]) : 0.0f;
            if (p < kLabels) into[l][p] = weight[p][l];
        }
    }
    for (std::size_t p = 0; p < kLabels; ++p) dearest_gain[p] = *std::max_element(cost[p].begin(), cost[p].end());
}

void Decoder::decode(const std::vector<Scores>& scores) {
    labels.assign(scores.size(), kOutside);
    sure.assign(scores.size(), 0.0f);
    summed_ = false;
    if (scores.empty()) return;
    best(scores);
    if (std::all_of(labels.begin(), labels.end(), [](std::uint8_t l) { return l == kOutside; })) return;
    forward(scores);
    backward();
    summed_ = true;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (is_begin(labels[i])) sure[i] = span_posterior(i);
    }
}

// Viterbi. Each unit is opened by the best state so far; another state is looked at only if its best
// transition could beat what that one gives somewhere.
void Decoder::best(const std::vector<Scores>& scores) {
    const std::size_t n = scores.size();
    back_.resize(n);
    Scores now, next;
    for (std::size_t l = 0; l < kLabels; ++l) now[l] = scores[0][l] + chain_.cost[kLabels][l];
    for (std::size_t i = 1; i < n; ++i) {
        const auto first = static_cast<std::size_t>(std::max_element(now.begin(), now.end()) - now.begin());
        std::array<std::int32_t, kLabels> from;
        from.fill(static_cast<std::int32_t>(first));
        float least = std::numeric_limits<float>::infinity();
        for (std::size_t l = 0; l < kLabels; ++l) next[l] = now[first] + chain_.cost[first][l];
        for (std::size_t l = 0; l < kLabels; l += l == 0 ? 1 : 2) least = std::min(least, next[l]);
        for (std::size_t p = 0; p < kLabels; ++p) {
            // beside outside and the begins, p can only reach its own inside label, which no other can
            const std::size_t inside = p == 0 ? 0 : p % 2 == 1 ? p + 1 : p;
            if (p == first) continue;
            if (now[p] + chain_.dearest_gain[p] <= least) {
                const float s = inside == 0 ? kIllegal : now[p] + chain_.cost[p][inside];
                if (inside != 0 && s > next[inside]) next[inside] = s, from[inside] = static_cast<std::int32_t>(p);
                continue;
            }
            for (std::size_t l = 0; l < kLabels; ++l) {
                const float s = now[p] + chain_.cost[p][l];
                from[l] = s > next[l] ? static_cast<std::int32_t>(p) : from[l];
                next[l] = std::max(s, next[l]);
            }
        }
        for (std::size_t l = 0; l < kLabels; ++l) {
            now[l] = next[l] + scores[i][l];
            back_[i][l] = static_cast<std::uint8_t>(from[l]);
        }
    }
    auto l = static_cast<std::uint8_t>(std::max_element(now.begin(), now.end()) - now.begin());
    for (std::size_t i = n; i-- > 0;) {
        labels[i] = l;
        l = back_[i][l];
    }
}

// Sums over all readings up to each unit, scaled to one at each, so that products stay in range.
void Decoder::forward(const std::vector<Scores>& scores) {
    const std::size_t n = scores.size();
    alpha_.resize(n), local_.resize(n), scale_.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        const float top = *std::max_element(scores[i].begin(), scores[i].end());
        for (std::size_t l = 0; l < kLabels; ++l) {
            const float below = scores[i][l] - top;
            local_[i][l] = below < kNegligible ? 0.0f : std::exp(below);
        }
        Scores& a = alpha_[i];
        if (i == 0) {
            a = chain_.weight[kLabels];
        } else {
            a.fill(0.0f);
            for (std::size_t p = 0; p < kLabels; ++p) {
                const float from = alpha_[i - 1][p];
                if (from == 0.0f) continue;
                for (std::size_t l = 0; l < kLabels; ++l) a[l] += from * chain_.weight[p][l];
            }
        }
        float sum = 0;
        for (std::size_t l = 0; l < kLabels; ++l) a[l] *= local_[i][l];
        for (const float v : a) sum += v;
        scale_[i] = sum > 1e-30f ? sum : 1e-30f;
        for (float& v : a) v /= scale_[i];
    }
}

void Decoder::backward() {
    const std::size_t n = alpha_.size();
    beta_.resize(n);
    beta_[n - 1].fill(1.0f);
    for (std::size_t i = n - 1; i-- > 0;) {
        Scores right;
        for (std::size_t l = 0; l < kLabels; ++l) right[l] = local_[i + 1][l] * beta_[i + 1][l] / scale_[i + 1];
        Scores& left = beta_[i];
        left.fill(0.0f);
        for (std::size_t l = 0; l < kLabels; ++l) {
            for (std::size_t p = 0; p < kLabels; ++p) left[p] += chain_.into[l][p] * right[l];
        }
    }
}

// P(span) = alpha before, local and transitions inside, beta behind.
float Decoder::span_posterior(std::size_t begin) const {
    const std::size_t n = alpha_.size();
    const std::uint8_t open = labels[begin];
    const auto inside = static_cast<std::uint8_t>(open + 1);
    double p = alpha_[begin][open];
    std::size_t k = begin;
    std::uint8_t last = open;
    for (; k + 1 < n && labels[k + 1] == inside; ++k, last = inside) {
        p *= static_cast<double>(chain_.weight[last][inside]) * local_[k + 1][inside] / scale_[k + 1];
    }
    // the span ends at k: what follows must not be the inside label
    double rest = beta_[k][last];
    if (k + 1 < n) rest -= static_cast<double>(chain_.weight[last][inside]) * local_[k + 1][inside] * beta_[k + 1][inside] / scale_[k + 1];
    return static_cast<float>(std::clamp(p * rest, 0.0, 1.0));
}

void Decoder::chances(const std::vector<Scores>& scores, float least, std::vector<SpanChance>& out) {
    out.clear();
    if (scores.empty()) return;
    if (!summed_) {
        // Nothing was found; look closer only where some begin comes near to it.
        const float near = std::log(least);
        const bool open = std::any_of(scores.begin(), scores.end(), [&](const Scores& s) {
            for (std::size_t l = 1; l < kLabels; l += 2) {
                if (s[l] + chain_.cost[kOutside][l] - s[kOutside] > near) return true;
            }
            return false;
        });
        if (!open) return;
        forward(scores);
        backward();
        summed_ = true;
    }
    const std::size_t n = scores.size();
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t t = 0; t < kEntityTypes; ++t) {
            const auto type = static_cast<EntityType>(t);
            std::uint8_t last = begin_label(type);
            const std::uint8_t inside = inside_label(type);
            double p = alpha_[i][last];
            if (p * beta_[i][last] < least) continue;
            for (std::size_t k = i;; ++k) {
                const double step = k + 1 < n ? static_cast<double>(chain_.weight[last][inside]) * local_[k + 1][inside] / scale_[k + 1] : 0.0;
                const double on = k + 1 < n ? step * beta_[k + 1][inside] : 0.0;
                const double here = p * (beta_[k][last] - on);
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

void CrfModel::sum(std::span<UnitKeys> units, std::span<Sums> sums) const {
    for (const UnitKeys& unit : units) {
        for (std::size_t k = 0; k < unit.count; ++k) __builtin_prefetch(&bloom_[word_of(unit.keys[k])]);
    }
    for (UnitKeys& unit : units) {
        std::size_t kept = 0;
        for (std::size_t k = 0; k < unit.count; ++k) {
            const std::uint64_t key = unit.keys[k], bits = bits_of(key);
            unit.keys[kept] = key;
            const bool maybe = (bloom_[word_of(key)] & bits) == bits;
            kept += maybe ? 1 : 0;
        }
        unit.count = kept;
        for (std::size_t k = 0; k < kept; ++k) __builtin_prefetch(&slots_[slot_of(unit.keys[k])]);
    }
    for (std::size_t u = 0; u < units.size(); ++u) {
        Sums& sum = sums[u];
        sum.fill(0);
        for (std::size_t k = 0; k < units[u].count; ++k) {
            const std::uint64_t key = units[u].keys[k];
            const std::uint32_t print = fingerprint(key);
            std::size_t at = slot_of(key);
            while (slots_[at].print != print && slots_[at].print != 0) at = (at + 1) & mask_;
            if (slots_[at].print == 0) continue;
            std::array<std::int8_t, 32> weights;
            std::memcpy(weights.data(), &slots_[at], sizeof(Slot));
            for (std::size_t l = 0; l < sum.size(); ++l) sum[l] = static_cast<std::int16_t>(sum[l] + weights[l]);
        }
    }
}

std::string CrfModel::write(const std::vector<std::uint64_t>& keys, const std::vector<Scores>& weights,
                            const Transitions& transitions, std::size_t most_bytes) {
    // the largest weights first, until the file is full
    std::vector<float> strength(keys.size());
    float largest = 1e-6f;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        for (const float w : weights[i]) strength[i] = std::max(strength[i], std::abs(w));
        largest = std::max(largest, strength[i]);
    }
    const float scale = std::min(largest, 6.0f) / 127.0f;
    std::vector<std::uint32_t> order(keys.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return strength[a] != strength[b] ? strength[a] > strength[b] : keys[a] < keys[b];
    });
    std::string body;
    std::vector<std::uint32_t> kept;
    std::size_t bytes = 0;
    std::vector<std::pair<std::uint8_t, std::int8_t>> row;
    const auto quantise = [&](std::uint32_t i) {
        row.clear();
        for (std::size_t l = 0; l < kLabels; ++l) {
            const long q = std::lround(std::clamp(weights[i][l] / scale, -127.0f, 127.0f));
            if (q != 0) row.emplace_back(static_cast<std::uint8_t>(l), static_cast<std::int8_t>(q));
        }
    };
    for (const std::uint32_t i : order) {
        quantise(i);
        if (row.empty()) continue;
        const std::size_t size = 8 + 4 + row.size();
        if (bytes + size > most_bytes) break;
        bytes += size;
        kept.push_back(i);
    }
    std::sort(kept.begin(), kept.end(), [&](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; });
    std::string out(kMagic);
    append(out, kFeatureVersion);
    append(out, static_cast<std::uint32_t>(kLabels));
    append(out, static_cast<std::uint32_t>(kept.size()));
    append(out, scale);
    for (const Scores& r : transitions) {
        for (const float v : r) append(out, v);
    }
    for (const std::uint32_t i : kept) {
        quantise(i);
        append(out, keys[i]);
        std::uint32_t mask = 0;
        for (const auto& [label, q] : row) mask |= 1u << label;
        append(out, mask);
        for (const auto& [label, q] : row) append(out, q);
    }
    return out;
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
    model.slots_.resize(std::bit_ceil(std::max<std::size_t>(16, count + count / 2)));
    model.mask_ = model.slots_.size() - 1;
    model.bloom_.resize(std::max<std::size_t>(16, model.slots_.size() * 4 / 64));
    model.bloom_mask_ = model.bloom_.size() - 1;
    for (std::uint32_t i = 0; i < count; ++i) {
        std::uint64_t key = 0;
        std::uint32_t mask = 0;
        if (!reader.get(key) || !reader.get(mask) || mask >> kLabels != 0) return fail("the model's weights are cut off");
        std::size_t at = model.slot_of(key);
        while (model.slots_[at].print != 0) at = (at + 1) & model.mask_;
        model.slots_[at].print = fingerprint(key);
        for (std::size_t l = 0; l < kLabels; ++l) {
            if ((mask >> l & 1) != 0 && !reader.get(model.slots_[at].weights[l])) return fail("the model's weights are cut off");
        }
        model.bloom_[model.word_of(key)] |= bits_of(key);
    }
    if (!reader.at_end()) return fail("bytes behind the model's end");
    return model;
}

}  // namespace maek::extract
