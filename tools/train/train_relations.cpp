// Program: maek-train-relations. Learns the relation scorer from the gold articles and measures it on
// folds. The same input gives the same bytes.
//   maek-train-relations --shared DIR --schema DIR --out FILE [--folds] [--epochs N] [--errors KIND]
// With --folds each article is judged by a model that has not seen it or another of its event; entities
// are the gold ones, found in the text by their names.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <string>
#include <unordered_map>

#include "extract/relation/decide.h"
#include "extract/relation/relations.h"
#include "schema/locate.h"
#include "tools/train/relation_corpus.h"

namespace maek::train {
namespace {

using namespace extract;

// One proposal with what is known of it. label bits: relation holds; skip bits: not to be judged by.
struct Example {
    std::vector<std::uint32_t> features;
    std::uint32_t allowed = 0, label = 0, skip = 0;
    std::uint32_t article = 0;
};

struct Learned {
    std::vector<RelationScores> weights;
    RelationScores bias{};
};

// All keys seen at least twice, numbered.
class KeyTable {
public:
    std::uint32_t number(std::uint64_t key) {
        const auto [it, fresh] = index_.try_emplace(key, static_cast<std::uint32_t>(keys_.size()));
        if (fresh) {
            keys_.push_back(key);
            counts_.push_back(0);
        }
        ++counts_[it->second];
        return it->second;
    }
    const std::vector<std::uint64_t>& keys() const { return keys_; }
    std::uint32_t count(std::uint32_t n) const { return counts_[n]; }

private:
    std::unordered_map<std::uint64_t, std::uint32_t> index_;
    std::vector<std::uint64_t> keys_;
    std::vector<std::uint32_t> counts_;
};

struct Options {
    std::filesystem::path shared, schema, out;
    bool folds = false;
    int epochs = 8;
    float rate = 0.08f, l2 = 2e-5f, drop = 0.3f;
    float positive = 1.0f;  // weight of examples that hold
    std::string errors;
    std::string predictions;
};

// Log-linear by AdaGrad with feature dropout; the mean of the weights of all steps of the last epochs.
Learned learn(const std::vector<const Example*>& examples, const KeyTable& table, const Options& options) {
    const std::size_t n = table.keys().size();
    Learned model;
    model.weights.assign(n, RelationScores{});
    std::vector<RelationScores> squares(n, RelationScores{});
    std::vector<RelationScores> sum(n, RelationScores{});
    RelationScores bias_squares{}, bias_sum{};
    std::mt19937 random(20201123);
    std::vector<std::uint32_t> order(examples.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    int averaged = 0;
    std::vector<std::uint32_t> active;
    for (int epoch = 0; epoch < options.epochs; ++epoch) {
        for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
        const auto limit = static_cast<std::uint32_t>(options.drop * 4294967295.0);
        for (const std::uint32_t i : order) {
            const Example& example = *examples[i];
            active.clear();
            for (const std::uint32_t f : example.features) {
                if (table.count(f) >= 2 && random() >= limit) active.push_back(f);
            }
            RelationScores z = model.bias;
            const float keep = 1.0f;
            for (const std::uint32_t f : active) {
                for (std::size_t k = 0; k < kRelationKinds; ++k) z[k] += model.weights[f][k] * keep;
            }
            for (std::size_t k = 0; k < kRelationKinds; ++k) {
                const std::uint32_t bit = 1u << k;
                if ((example.allowed & bit) == 0 || (example.skip & bit) != 0) continue;
                const bool holds = (example.label & bit) != 0;
                const float p = 1.0f / (1.0f + std::exp(-z[k]));
                const float g = ((holds ? 1.0f : 0.0f) - p) * (holds ? options.positive : 1.0f);
                if (std::abs(g) < 1e-4f) continue;
                bias_squares[k] += g * g;
                model.bias[k] += options.rate * g / (std::sqrt(bias_squares[k]) + 0.1f);
                for (const std::uint32_t f : active) {
                    float& w = model.weights[f][k];
                    const float gw = g - options.l2 * w * 100.0f;
                    float& s = squares[f][k];
                    s += gw * gw;
                    w += options.rate * gw / (std::sqrt(s) + 0.1f);
                }
            }
        }
        if (epoch >= options.epochs / 2) {
            ++averaged;
            for (std::size_t f = 0; f < n; ++f) {
                for (std::size_t k = 0; k < kRelationKinds; ++k) sum[f][k] += model.weights[f][k];
            }
            for (std::size_t k = 0; k < kRelationKinds; ++k) bias_sum[k] += model.bias[k];
        }
    }
    // Dropped features are all present at reading time: shrink to what training saw on average.
    const float keep = 1.0f - options.drop;
    for (std::size_t f = 0; f < n; ++f) {
        for (std::size_t k = 0; k < kRelationKinds; ++k) {
            model.weights[f][k] = keep * sum[f][k] / static_cast<float>(averaged);
        }
    }
    for (std::size_t k = 0; k < kRelationKinds; ++k) model.bias[k] = bias_sum[k] / static_cast<float>(averaged);
    return model;
}

std::string model_bytes(const Learned& model, const KeyTable& table, const RelationScores& thresholds) {
    std::vector<std::uint64_t> keys;
    std::vector<RelationScores> weights;
    for (std::size_t f = 0; f < table.keys().size(); ++f) {
        RelationScores row = model.weights[f];
        bool any = false;
        for (float& w : row) {
            if (std::abs(w) < 0.01f) w = 0;
            any = any || w != 0;
        }
        if (!any) continue;
        keys.push_back(table.keys()[f]);
        weights.push_back(row);
    }
    return RelationModel::write(keys, weights, model.bias, thresholds);
}

// Examples of one article; labels from the gold relations and the sentences of their evidence.
void collect(const RelationArticle& article, std::uint32_t index, const RelationWords& words, const EndpointRules& rules,
             KeyTable& table, std::vector<Example>& out) {
    struct Seen {
        std::vector<std::pair<std::uint32_t, std::size_t>> at;  // sentence, example
        bool in_evidence = false;
    };
    std::map<std::tuple<std::size_t, std::uint32_t, std::uint32_t>, Seen> seen;
    walk_proposals(article.document, article.linked, words, rules, [&](const Proposal& proposal) {
        Example example;
        example.allowed = proposal.allowed;
        example.article = index;
        const std::uint32_t a = proposal.scene.occurrences[proposal.a].entity, b = proposal.scene.occurrences[proposal.b].entity;
        for (std::size_t k = 0; k < kRelationKinds; ++k) {
            if ((proposal.allowed & (1u << k)) == 0) continue;
            const GoldRelation* gold = article.gold(static_cast<RelationKind>(k), a, b);
            if (gold == nullptr) continue;
            example.label |= 1u << k;
            Seen& s = seen[{k, gold->source, gold->target}];
            s.at.emplace_back(proposal.scene.sentence, out.size());
            s.in_evidence = s.in_evidence || proposal.scene.sentence == gold->sentence;
        }
        for (const std::uint64_t key : proposal.keys) example.features.push_back(table.number(key));
        out.push_back(std::move(example));
    });
    // A fact is learned from the sentence that the annotator chose; others may or may not state it.
    for (const auto& [key, s] : seen) {
        const auto& [k, a, b] = key;
        const GoldRelation* gold = article.gold(static_cast<RelationKind>(k), a, b);
        std::uint32_t nearest = 0xFFFFFFFFu;
        for (const auto& [sentence, e] : s.at) {
            nearest = std::min(nearest, sentence > gold->sentence ? sentence - gold->sentence : gold->sentence - sentence);
        }
        for (const auto& [sentence, e] : s.at) {
            const std::uint32_t far = sentence > gold->sentence ? sentence - gold->sentence : gold->sentence - sentence;
            if (far != nearest) out[e].skip |= 1u << k;
        }
    }
}

struct Count {
    int gold = 0, system = 0, right = 0;
    double f1() const { return gold + system == 0 ? 0 : 2.0 * right / (gold + system); }
};

void print_counts(const std::map<std::string, Count>& counts) {
    for (const auto& [name, c] : counts) {
        std::printf("  %-16s gold %4d system %4d right %4d  P %.3f R %.3f F1 %.3f\n", name.c_str(), c.gold, c.system, c.right,
                    c.system ? 1.0 * c.right / c.system : 0, c.gold ? 1.0 * c.right / c.gold : 0, c.f1());
    }
}

// A judged fact of a held-out article, for choosing thresholds.
struct Outcome {
    std::size_t kind;
    float p;
    bool right;
};

RelationScores choose_thresholds(const std::vector<Outcome>& outcomes, const std::array<int, kRelationKinds>& gold) {
    RelationScores thresholds{};
    for (std::size_t k = 0; k < kRelationKinds; ++k) {
        std::vector<Outcome> mine;
        for (const Outcome& o : outcomes) {
            if (o.kind == k) mine.push_back(o);
        }
        std::sort(mine.begin(), mine.end(), [](const Outcome& a, const Outcome& b) { return a.p > b.p; });
        double best = -1;
        int right = 0;
        thresholds[k] = 0.5f;
        for (std::size_t i = 0; i < mine.size(); ++i) {
            right += mine[i].right ? 1 : 0;
            const double f1 = 2.0 * right / (static_cast<double>(i + 1) + gold[k]);
            const float edge = i + 1 < mine.size() ? 0.5f * (mine[i].p + mine[i + 1].p) : mine[i].p;
            if (f1 > best && edge < 0.9f) {
                best = f1;
                thresholds[k] = std::max(edge, 0.05f);
            }
        }
    }
    return thresholds;
}

int run(const Options& options) {
    auto ontology = Ontology::load(options.schema);
    if (!ontology.ok()) return std::fprintf(stderr, "%s\n", ontology.error().text().c_str()), 1;
    auto lexicon = Lexicon::load(options.schema, *ontology);
    if (!lexicon.ok()) return std::fprintf(stderr, "%s\n", lexicon.error().text().c_str()), 1;
    auto articles = read_relation_articles(options.shared, *lexicon);
    if (!articles.ok()) return std::fprintf(stderr, "%s\n", articles.error().text().c_str()), 1;
    const RelationWords words = RelationWords::make(*lexicon);
    const EndpointRules rules = EndpointRules::make(*ontology);
    KeyTable table;
    std::vector<Example> examples;
    std::array<int, kRelationKinds> gold_count{};
    for (std::uint32_t i = 0; i < articles->size(); ++i) {
        collect((*articles)[i], i, words, rules, table, examples);
        for (const GoldRelation& r : (*articles)[i].relations) ++gold_count[static_cast<std::size_t>(r.kind)];
    }
    std::array<std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>>, kRelationKinds> reachable;
    for (const Example& e : examples) {
        (void)e;
    }
    std::printf("%zu articles, %zu proposals, %zu features\n", articles->size(), examples.size(), table.keys().size());
    RelationScores thresholds{};
    thresholds.fill(0.5f);
    if (options.folds) {
        std::vector<Outcome> outcomes;
        std::vector<std::string> fold_models;
        const int folds = 5;
        for (int fold = 0; fold < folds; ++fold) {
            std::vector<const Example*> train;
            for (const Example& e : examples) {
                if ((*articles)[e.article].fold != fold) train.push_back(&e);
            }
            RelationScores zero{};
            zero.fill(0.0f);
            fold_models.push_back(model_bytes(learn(train, table, options), table, zero));
        }
        // Facts of held-out articles before thresholds.
        for (std::uint32_t i = 0; i < articles->size(); ++i) {
            const RelationArticle& article = (*articles)[i];
            auto model = RelationModel::read(fold_models[static_cast<std::size_t>(article.fold)], "fold");
            Decision decision;
            RelationScores scores{};
            walk_proposals(article.document, article.linked, words, rules, [&](const Proposal& proposal) {
                model->score(proposal.keys, scores);
                for (std::size_t k = 0; k < kRelationKinds; ++k) {
                    if (proposal.allowed & (1u << k)) decision.offer(static_cast<RelationKind>(k), proposal, scores[k]);
                }
            });
            for (const Judged& fact : decision.offered()) {
                const auto& r = fact.relation;
                outcomes.push_back({static_cast<std::size_t>(r.kind), r.confidence, article.gold(r.kind, r.source, r.target) != nullptr});
            }
        }
        std::map<std::string, Count> ceiling;
        for (const Outcome& o : outcomes) {
            if (o.right) ++ceiling["reachable " + std::string(kRelationNames[o.kind])].right;
        }
        for (std::size_t k = 0; k < kRelationKinds; ++k) {
            Count& c = ceiling["reachable " + std::string(kRelationNames[k])];
            std::printf("  reachable %-16s %d of %d\n", std::string(kRelationNames[k]).c_str(), c.right, gold_count[k]);
        }
        thresholds = choose_thresholds(outcomes, gold_count);
        std::map<std::string, Count> counts;
        int amounts = 0, amounts_right = 0;
        for (std::uint32_t i = 0; i < articles->size(); ++i) {
            const RelationArticle& article = (*articles)[i];
            std::string bytes = fold_models[static_cast<std::size_t>(article.fold)];
            std::memcpy(bytes.data() + 8 + 4 + 4 + 4 + 4 * kRelationKinds, thresholds.data(), sizeof(thresholds));
            auto finder = RelationFinder::load(options.schema, *ontology, *lexicon, bytes);
            if (!finder.ok()) return std::fprintf(stderr, "%s\n", finder.error().text().c_str()), 1;
            std::set<const GoldRelation*> hit;
            for (const DocumentRelation& r : finder->find(article.document, article.linked)) {
                const std::string name(kRelationNames[static_cast<std::size_t>(r.kind)]);
                const GoldRelation* gold = article.gold(r.kind, r.source, r.target);
                for (const std::string& row : {name, std::string("~all")}) {
                    ++counts[row].system;
                    if (gold != nullptr) ++counts[row].right;
                }
                if (static_cast<std::size_t>(r.kind) <= 5) {
                    ++counts["~core"].system;
                    if (gold != nullptr) ++counts["~core"].right;
                }
                if (gold != nullptr) hit.insert(gold);
                if (gold != nullptr && gold->amount_krw.has_value()) {
                    ++amounts;
                    amounts_right += r.amount_krw == gold->amount_krw ? 1 : 0;
                    if (r.amount_krw != gold->amount_krw && options.errors == "AMOUNT") {
                        std::printf("%s AMOUNT %lld wanted %lld: %s -> %s || %s\n", article.id.c_str(),
                                    static_cast<long long>(r.amount_krw.value_or(0)), static_cast<long long>(*gold->amount_krw),
                                    article.linked.entities[r.source].name.c_str(), article.linked.entities[r.target].name.c_str(),
                                    std::string(article.document.view(article.document.sentences[r.sentence].span)).c_str());
                    }
                }
                if (gold == nullptr && options.errors == name) {
                    std::printf("%s + %s %.2f %s -> %s || %s\n", article.id.c_str(), name.c_str(), static_cast<double>(r.confidence),
                                article.linked.entities[r.source].name.c_str(), article.linked.entities[r.target].name.c_str(),
                                std::string(article.document.view(article.document.sentences[r.sentence].span)).c_str());
                }
            }
            for (const GoldRelation& r : article.relations) {
                const std::string name(kRelationNames[static_cast<std::size_t>(r.kind)]);
                ++counts[name].gold;
                ++counts["~all"].gold;
                if (static_cast<std::size_t>(r.kind) <= 5) ++counts["~core"].gold;
                if (hit.count(&r) == 0 && options.errors == name) {
                    std::printf("%s - %s %s -> %s || %s\n", article.id.c_str(), name.c_str(),
                                r.source < article.linked.entities.size() ? article.linked.entities[r.source].name.c_str() : "?",
                                r.target < article.linked.entities.size() ? article.linked.entities[r.target].name.c_str() : "?",
                                r.evidence.c_str());
                }
            }
        }
        print_counts(counts);
        std::printf("amounts exact %d of %d\n", amounts_right, amounts);
        std::printf("thresholds:");
        for (const float t : thresholds) std::printf(" %.2f", static_cast<double>(t));
        std::printf("\n");
        // Calibration: how often facts of a confidence are right.
        std::array<Count, 10> table_rows{};
        for (const Outcome& o : outcomes) {
            Count& c = table_rows[std::min<std::size_t>(9, static_cast<std::size_t>(o.p * 10))];
            ++c.system;
            c.right += o.right ? 1 : 0;
        }
        for (std::size_t i = 0; i < 10; ++i) {
            std::printf("  confidence %.1f-%.1f: %5d facts, %.3f right\n", static_cast<double>(i) / 10, static_cast<double>(i + 1) / 10,
                        table_rows[i].system, table_rows[i].system ? 1.0 * table_rows[i].right / table_rows[i].system : 0.0);
        }
        if (!options.out.empty()) {
            for (int fold = 0; fold < folds; ++fold) {
                std::string bytes = fold_models[static_cast<std::size_t>(fold)];
                std::memcpy(bytes.data() + 8 + 4 + 4 + 4 + 4 * kRelationKinds, thresholds.data(), sizeof(thresholds));
                std::ofstream(options.out.string() + ".fold" + std::to_string(fold), std::ios::binary) << bytes;
            }
        }
    }
    if (!options.out.empty()) {
        std::vector<const Example*> all;
        for (const Example& e : examples) all.push_back(&e);
        const std::string bytes = model_bytes(learn(all, table, options), table, thresholds);
        std::ofstream(options.out, std::ios::binary) << bytes;
        std::printf("%s: %zu bytes\n", options.out.c_str(), bytes.size());
    }
    return 0;
}

}  // namespace
}  // namespace maek::train

int main(int argc, char** argv) {
    maek::train::Options options;
    if (const char* shared = std::getenv("MAEK_SHARED")) options.shared = shared;
    if (auto found = maek::default_schema_folder(); found.ok()) options.schema = *found;
    for (int i = 1; i < argc; ++i) {
        const std::string arg = argv[i];
        const auto value = [&]() -> std::string { return i + 1 < argc ? argv[++i] : ""; };
        if (arg == "--shared") options.shared = value();
        else if (arg == "--schema") options.schema = value();
        else if (arg == "--out") options.out = value();
        else if (arg == "--folds") options.folds = true;
        else if (arg == "--epochs") options.epochs = std::atoi(value().c_str());
        else if (arg == "--rate") options.rate = std::strtof(value().c_str(), nullptr);
        else if (arg == "--l2") options.l2 = std::strtof(value().c_str(), nullptr);
        else if (arg == "--drop") options.drop = std::strtof(value().c_str(), nullptr);
        else if (arg == "--positive") options.positive = std::strtof(value().c_str(), nullptr);
        else if (arg == "--errors") options.errors = value();
        else return std::fprintf(stderr, "unknown option %s\n", arg.c_str()), 2;
    }
    return maek::train::run(options);
}
