#include "tools/train/crf_trainer.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>

#include "tools/train/most_telling.h"

namespace maek::train {

namespace {

using extract::kLabels;
using extract::may_follow;
using extract::Scores;
using extract::Transitions;

constexpr std::uint32_t kUnseen = 0xFFFFFFFFu;

struct Random {
    std::uint64_t state = 0x853C49E6748FEA9BULL;
    std::uint32_t next() {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::uint32_t>(state >> 33);
    }
};

// Expected counts of labels and transitions under the scores, with only the allowed labels.
class Expectation {
public:
    std::vector<Scores> unit;
    std::array<Scores, kLabels + 1> transition;

    // Gives the logarithm of the sum over all paths.
    double run(const std::vector<Scores>& local, const Transitions& e, const std::uint32_t* allowed) {
        const std::size_t n = local.size();
        alpha_.resize(n), beta_.resize(n), unit.resize(n), scale_.resize(n);
        for (auto& row : transition) row.fill(0.0f);
        double log_sum = 0;
        const auto masked = [&](std::size_t i, std::size_t l) {
            return allowed == nullptr || (allowed[i] >> l & 1) != 0 ? local[i][l] : 0.0f;
        };
        for (std::size_t i = 0; i < n; ++i) {
            Scores& a = alpha_[i];
            if (i == 0) {
                for (std::size_t l = 0; l < kLabels; ++l) a[l] = e[kLabels][l];
            } else {
                a.fill(0.0f);
                for (std::size_t p = 0; p < kLabels; ++p) {
                    const float from = alpha_[i - 1][p];
                    if (from == 0.0f) continue;
                    for (std::size_t l = 0; l < kLabels; ++l) a[l] += from * e[p][l];
                }
            }
            float sum = 0;
            for (std::size_t l = 0; l < kLabels; ++l) sum += a[l] *= masked(i, l);
            scale_[i] = std::max(sum, 1e-30f);
            for (float& v : a) v /= scale_[i];
            log_sum += std::log(static_cast<double>(scale_[i]));
        }
        beta_[n - 1].fill(1.0f);
        for (std::size_t i = n - 1; i-- > 0;) {
            Scores right;
            for (std::size_t l = 0; l < kLabels; ++l) right[l] = masked(i + 1, l) * beta_[i + 1][l] / scale_[i + 1];
            for (std::size_t p = 0; p < kLabels; ++p) {
                float sum = 0;
                for (std::size_t l = 0; l < kLabels; ++l) {
                    sum += e[p][l] * right[l];
                    transition[p][l] += alpha_[i][p] * e[p][l] * right[l];
                }
                beta_[i][p] = sum;
            }
        }
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t l = 0; l < kLabels; ++l) unit[i][l] = alpha_[i][l] * beta_[i][l];
        }
        for (std::size_t l = 0; l < kLabels; ++l) transition[kLabels][l] = unit[0][l];
        return log_sum;
    }

private:
    std::vector<Scores> alpha_, beta_;
    std::vector<float> scale_;
};

class Trainer {
public:
    Trainer(std::vector<Sample>& samples, const TrainOptions& options) : samples_(samples), options_(options) {}

    std::string run() {
        number_features();
        const std::size_t n = keys_.size();
        weights_.assign(n, Scores{});
        squares_.assign(n, 0.0f);
        sums_.assign(n, Scores{});
        for (auto& row : transitions_) row.fill(0.0f);
        for (auto& row : transition_squares_) row.fill(1e-3f);
        std::vector<std::uint32_t> order(samples_.size());
        for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
        const std::size_t quarter = std::max<std::size_t>(1, samples_.size() / 4);
        for (int epoch = 0; epoch < options_.epochs; ++epoch) {
            for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random_.next() % i]);
            double loss = 0;
            for (std::size_t i = 0; i < order.size(); ++i) {
                loss += learn(samples_[order[i]]);
                if (epoch >= 1 && i % quarter == quarter - 1) take_snapshot();
            }
            if (options_.verbose) std::fprintf(stderr, "epoch %d loss %.1f\n", epoch + 1, loss);
        }
        const float k = 1.0f / static_cast<float>(std::max(1, snapshots_));
        for (auto& row : sums_) for (float& v : row) v *= k;
        for (auto& row : transition_sums_) for (float& v : row) v *= k;
        keep_the_most_telling();
        return extract::CrfModel::write(keys_, sums_, transition_sums_);
    }

private:
    void number_features() {
        std::unordered_map<std::uint64_t, std::uint32_t> count;
        for (const Sample& sample : samples_) {
            for (const std::uint64_t key : sample.keys) ++count[key];
        }
        for (const auto& [key, times] : count) {
            if (times >= options_.cutoff) keys_.push_back(key);
        }
        std::sort(keys_.begin(), keys_.end());
        for (const std::uint64_t key : keys_) times_.push_back(count[key]);
        for (auto& [key, times] : count) times = kUnseen;
        for (std::uint32_t i = 0; i < keys_.size(); ++i) count[keys_[i]] = i;
        features_.reserve(samples_.size());
        for (Sample& sample : samples_) {
            std::vector<std::uint32_t> numbers(sample.keys.size());
            for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = count[sample.keys[i]];
            features_.push_back(std::move(numbers));
            sample.keys = {};
        }
        if (options_.verbose) std::fprintf(stderr, "%zu sentences, %zu features\n", samples_.size(), keys_.size());
    }

    double learn(const Sample& sample) {
        const std::vector<std::uint32_t>& features = features_[static_cast<std::size_t>(&sample - samples_.data())];
        const std::size_t n = sample.size();
        local_.resize(n);
        kept_.assign(features.begin(), features.end());
        const auto threshold = static_cast<std::uint32_t>(options_.dropout * 2147483648.0f);
        const float boost = 1.0f / (1.0f - options_.dropout);
        double shift = 0;
        for (std::size_t i = 0; i < n; ++i) {
            Scores score{};
            for (std::uint32_t k = sample.starts[i]; k < sample.starts[i + 1]; ++k) {
                if (kept_[k] == kUnseen) continue;
                if (random_.next() < threshold) {
                    kept_[k] = kUnseen;
                    continue;
                }
                const Scores& w = weights_[kept_[k]];
                for (std::size_t l = 0; l < kLabels; ++l) score[l] += w[l];
            }
            float top = -1e30f;
            for (float& v : score) top = std::max(top, v *= boost);
            shift += top;
            for (std::size_t l = 0; l < kLabels; ++l) local_[i][l] = std::exp(std::max(score[l] - top, -60.0f));
        }
        for (std::size_t p = 0; p <= kLabels; ++p) {
            for (std::uint8_t l = 0; l < kLabels; ++l) {
                const bool legal = p == kLabels ? !extract::is_inside(l) : may_follow(static_cast<std::uint8_t>(p), l);
                e_[p][l] = legal ? std::exp(transitions_[p][l]) : 0.0f;
            }
        }
        const double all = free_.run(local_, e_, nullptr);
        const double right = bound_.run(local_, e_, sample.allowed.data());
        update(sample, boost);
        return all - right;
    }

    void update(const Sample& sample, float boost) {
        const float rate = options_.rate;
        Scores gradient;
        for (std::size_t i = 0; i < sample.size(); ++i) {
            float size = 0;
            for (std::size_t l = 0; l < kLabels; ++l) {
                gradient[l] = (bound_.unit[i][l] - free_.unit[i][l]) * sample.weight * boost;
                size += gradient[l] * gradient[l];
            }
            if (size < 1e-8f) continue;
            for (std::uint32_t k = sample.starts[i]; k < sample.starts[i + 1]; ++k) {
                if (kept_[k] == kUnseen) continue;
                float& squares = squares_[kept_[k]];
                squares += size;
                const float step = rate / std::sqrt(squares + 1e-3f);
                Scores& w = weights_[kept_[k]];
                for (std::size_t l = 0; l < kLabels; ++l) w[l] += step * gradient[l];
            }
        }
        for (std::size_t p = 0; p <= kLabels; ++p) {
            for (std::size_t l = 0; l < kLabels; ++l) {
                const float g = (bound_.transition[p][l] - free_.transition[p][l]) * sample.weight;
                if (g == 0.0f) continue;
                transition_squares_[p][l] += g * g;
                transitions_[p][l] += rate * g / std::sqrt(transition_squares_[p][l]);
            }
        }
    }

    void take_snapshot() {
        ++snapshots_;
        for (std::size_t i = 0; i < sums_.size(); ++i) {
            for (std::size_t l = 0; l < kLabels; ++l) sums_[i][l] += weights_[i][l];
        }
        for (std::size_t p = 0; p <= kLabels; ++p) {
            for (std::size_t l = 0; l < kLabels; ++l) transition_sums_[p][l] += transitions_[p][l];
        }
    }

    void keep_the_most_telling() {
        const std::vector<std::uint32_t> kept = most_telling<Scores>(sums_, times_, options_.most_features);
        for (std::size_t i = 0; i < kept.size(); ++i) {
            keys_[i] = keys_[kept[i]];
            sums_[i] = sums_[kept[i]];
        }
        keys_.resize(kept.size());
        sums_.resize(kept.size());
    }

    std::vector<Sample>& samples_;
    TrainOptions options_;
    std::vector<std::uint64_t> keys_;
    std::vector<std::uint32_t> times_;  // how often each is met
    std::vector<std::vector<std::uint32_t>> features_;
    std::vector<Scores> weights_, sums_;
    std::vector<float> squares_;
    Transitions transitions_{}, transition_squares_{}, transition_sums_{}, e_{};
    std::vector<Scores> local_;
    std::vector<std::uint32_t> kept_;
    Expectation free_, bound_;
    Random random_;
    int snapshots_ = 0;
};

}  // namespace

std::string train_crf(std::vector<Sample>& samples, const TrainOptions& options) {
    return Trainer(samples, options).run();
}

}  // namespace maek::train
