// Program: maek-train-relations. Learns the relation scorer from the gold articles and measures it on
// folds. The same input gives the same bytes.
//   maek-train-relations --shared DIR --schema DIR --out FILE [--taggers PREFIX] [--errors KIND]
// Each article is judged by a model that has not seen it or another of its event. Entities are the gold
// ones, found in the text by their names; with --taggers (the fold models of maek-train folds --keep)
// the measured ones are those that a tagger finds which has not seen the article, and the scorer learns
// from both.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <unordered_map>

#include "extract/relation/decide.h"
#include "extract/relation/relations.h"
#include "schema/locate.h"
#include "tools/train/forest_trainer.h"
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

// All keys, numbered, with the number of articles that hold them.
class KeyTable {
public:
    std::uint32_t number(std::uint64_t key, std::uint32_t article) {
        const auto [it, fresh] = index_.try_emplace(key, static_cast<std::uint32_t>(keys_.size()));
        if (fresh) {
            keys_.push_back(key);
            articles_.push_back(1);
            last_.push_back(article);
        } else if (last_[it->second] != article) {
            last_[it->second] = article;
            ++articles_[it->second];
        }
        return it->second;
    }
    const std::vector<std::uint64_t>& keys() const { return keys_; }
    std::uint32_t articles(std::uint32_t n) const { return articles_[n]; }

private:
    std::unordered_map<std::uint64_t, std::uint32_t> index_;
    std::vector<std::uint64_t> keys_;
    std::vector<std::uint32_t> articles_, last_;
};

struct Options {
    std::filesystem::path shared, schema, out;
    int epochs = 5;
    std::uint32_t least = 2;  // articles that must hold a feature
    bool use_gold = true;
    std::filesystem::path taggers;  // PREFIX of fold models: learn from predicted entities too
    ForestOptions forest;
    float rate = 0.08f, l2 = 2e-5f, drop = 0.3f;
    float positive = 1.0f;  // weight of examples that hold
    std::string errors;
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
                if (table.articles(f) >= options.least && random() >= limit) active.push_back(f);
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

std::string model_bytes(const Learned& model, const KeyTable& table, const RelationScores& thresholds,
                        const RelationForests& forests) {
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
    return RelationModel::write(keys, weights, model.bias, thresholds, forests);
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
        for (const std::uint64_t key : proposal.keys) example.features.push_back(table.number(key, article.predicted ? index - 1 : index));
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

// Everything that stands still while models come and go.
struct Setting {
    Ontology ontology;
    Lexicon lexicon;
    RelationWords words;
    EndpointRules rules;
    std::vector<RelationArticle> articles;
};

std::vector<Fact> facts_of(const RelationArticle& article, const Setting& setting, const RelationModel& model,
                           std::vector<JudgedPair>* pairs) {
    Judge judge(model);
    walk_proposals(article.document, article.linked, setting.words, setting.rules,
                   [&](const Proposal& proposal) { judge.take(proposal); });
    judge.finish();
    if (pairs != nullptr) *pairs = judge.pairs();
    return judge.facts();
}

// Facts of all articles, each judged first by a model that has not seen it.
struct FactRow {
    Fact fact;
    std::uint32_t article = 0;
    bool holds = false;
};

RelationForests learn_forests(const std::vector<FactRow>& rows, const Setting& setting, const Options& options, int without_fold) {
    RelationForests forests;
    for (std::size_t k = 0; k < kRelationKinds; ++k) {
        std::vector<ForestRow> mine;
        for (const FactRow& row : rows) {
            if (static_cast<std::size_t>(row.fact.kind) != k || setting.articles[row.article].fold == without_fold) continue;
            mine.push_back({&row.fact.numbers, row.holds});
        }
        forests[k] = learn_forest(mine, options.forest);
    }
    return forests;
}

std::string label_of(const RelationArticle& article, std::uint32_t entity) {
    return entity < article.linked.entities.size() ? article.linked.entities[entity].name : "(not found)";
}

struct Tally {
    std::map<std::string, Count> counts;
    int amounts = 0, amounts_right = 0;
};

void score_article(const RelationArticle& article, const std::vector<DocumentRelation>& found, const std::string& errors, Tally& tally) {
    std::set<const GoldRelation*> hit;
    const auto text = [&](std::uint32_t sentence) { return std::string(article.document.view(article.document.sentences[sentence].span)); };
    for (const DocumentRelation& r : found) {
        const std::string name(kRelationNames[static_cast<std::size_t>(r.kind)]);
        const GoldRelation* gold = article.gold(r.kind, r.source, r.target);
        std::vector<std::string> rows = {name, "~all"};
        if (static_cast<std::size_t>(r.kind) <= 5) rows.push_back("~core");
        for (const std::string& row : rows) {
            ++tally.counts[row].system;
            tally.counts[row].right += gold != nullptr ? 1 : 0;
        }
        if (gold != nullptr) hit.insert(gold);
        if (gold != nullptr && gold->amount_krw.has_value()) {
            ++tally.amounts;
            tally.amounts_right += r.amount_krw == gold->amount_krw ? 1 : 0;
            if (r.amount_krw != gold->amount_krw && (errors == "AMOUNT" || errors == "ALL")) {
                std::printf("%s AMOUNT %lld wanted %lld: %s -> %s || %s\n", article.id.c_str(), static_cast<long long>(r.amount_krw.value_or(0)),
                            static_cast<long long>(*gold->amount_krw), label_of(article, r.source).c_str(),
                            label_of(article, r.target).c_str(), text(r.sentence).c_str());
            }
        }
        if (gold == nullptr && (errors == name || errors == "ALL")) {
            std::printf("%s + %s %.2f %s -> %s || %s\n", article.id.c_str(), name.c_str(), static_cast<double>(r.confidence),
                        label_of(article, r.source).c_str(), label_of(article, r.target).c_str(), text(r.sentence).c_str());
        }
    }
    for (const GoldRelation& r : article.relations) {
        const std::string name(kRelationNames[static_cast<std::size_t>(r.kind)]);
        ++tally.counts[name].gold;
        ++tally.counts["~all"].gold;
        if (static_cast<std::size_t>(r.kind) <= 5) ++tally.counts["~core"].gold;
        if (hit.count(&r) == 0 && (errors == name || errors == "ALL")) {
            std::printf("%s - %s %s -> %s || %s\n", article.id.c_str(), name.c_str(), label_of(article, r.source).c_str(),
                        label_of(article, r.target).c_str(), r.evidence.c_str());
        }
    }
}

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// Behind each gold article the same with predicted entities.
Result<void> add_predicted(Setting& setting, const Options& options) {
    std::vector<RelationArticle> all;
    std::vector<std::optional<Tagger>> taggers(5);
    for (std::size_t fold = 0; fold < 5; ++fold) {
        const std::string bytes = read_file(options.taggers.string() + "." + std::to_string(fold));
        if (bytes.empty()) {
            std::printf("no tagger for fold %zu: its articles are learned from, not measured\n", fold);
            continue;
        }
        auto tables = NameTables::load(options.schema, setting.ontology, setting.lexicon);
        if (!tables.ok()) return tables.error();
        auto tagger = Tagger::load(options.schema, *std::move(tables), bytes);
        if (!tagger.ok()) return tagger.error();
        taggers[fold] = *std::move(tagger);
    }
    const Linker linker(setting.lexicon);
    for (RelationArticle& article : setting.articles) {
        const auto& tagger = taggers[static_cast<std::size_t>(article.fold)];
        std::optional<RelationArticle> predicted;
        if (tagger) predicted = with_predicted(article, *tagger, linker);
        all.push_back(std::move(article));
        if (predicted) all.push_back(*std::move(predicted));
    }
    setting.articles = std::move(all);
    return {};
}

Result<void> train_and_measure(Setting& setting, const Options& options) {
    const auto& articles = setting.articles;
    KeyTable table;
    std::vector<Example> examples;
    std::array<int, kRelationKinds> gold_count{};
    const bool predicted = !options.taggers.empty();
    for (std::uint32_t i = 0; i < articles.size(); ++i) {
        collect(articles[i], i, setting.words, setting.rules, table, examples);
        if (articles[i].predicted != predicted) continue;
        for (const GoldRelation& r : articles[i].relations) ++gold_count[static_cast<std::size_t>(r.kind)];
    }
    std::printf("%zu articles, %zu proposals, %zu features\n", articles.size(), examples.size(), table.keys().size());
    const auto examples_without = [&](int fold) {
        std::vector<const Example*> out;
        for (const Example& e : examples) {
            const RelationArticle& article = articles[e.article];
            if (article.fold == fold || (!options.use_gold && article.predicted != predicted)) continue;
            out.push_back(&e);
        }
        return out;
    };
    RelationScores thresholds{};
    thresholds.fill(0.5f);
    std::array<std::string, 5> first_only;
    std::array<Learned, 5> learned;
    for (int fold = 0; fold < 5; ++fold) {
        learned[static_cast<std::size_t>(fold)] = learn(examples_without(fold), table, options);
        first_only[static_cast<std::size_t>(fold)] = model_bytes(learned[static_cast<std::size_t>(fold)], table, thresholds, {});
    }
    std::vector<FactRow> rows;
    for (std::uint32_t i = 0; i < articles.size(); ++i) {
        auto model = RelationModel::read(first_only[static_cast<std::size_t>(articles[i].fold)], "fold");
        if (!model.ok()) return model.error();
        std::vector<JudgedPair> pairs;
        for (Fact& fact : facts_of(articles[i], setting, *model, &pairs)) {
            const JudgedPair& pair = pairs[fact.pair];
            const bool holds = articles[i].gold(fact.kind, pair.source, pair.target) != nullptr;
            rows.push_back({fact, i, holds});
        }
    }
    std::vector<Outcome> outcomes;
    std::array<RelationForests, 5> forests;
    for (int fold = 0; fold < 5; ++fold) {
        forests[static_cast<std::size_t>(fold)] = learn_forests(rows, setting, options, fold);
        for (const FactRow& row : rows) {
            if (articles[row.article].fold != fold || articles[row.article].predicted != predicted) continue;
            const std::size_t k = static_cast<std::size_t>(row.fact.kind);
            const Forest& forest = forests[static_cast<std::size_t>(fold)][k];
            const float z = forest.trees.empty() ? row.fact.numbers[kPairNumbers] : forest.score(row.fact.numbers);
            outcomes.push_back({k, probability(z), row.holds});
        }
    }
    std::array<int, kRelationKinds> reached{};
    for (const Outcome& o : outcomes) reached[o.kind] += o.right ? 1 : 0;
    for (std::size_t k = 0; k < kRelationKinds; ++k) {
        std::printf("  proposed %-16s %d of %d\n", std::string(kRelationNames[k]).c_str(), reached[k], gold_count[k]);
    }
    thresholds = choose_thresholds(outcomes, gold_count);
    std::array<std::string, 5> full;
    std::vector<RelationFinder> finders;
    for (std::size_t fold = 0; fold < 5; ++fold) {
        full[fold] = model_bytes(learned[fold], table, thresholds, forests[fold]);
        auto finder = RelationFinder::load(options.schema, setting.ontology, setting.lexicon, full[fold]);
        if (!finder.ok()) return finder.error();
        finders.push_back(*std::move(finder));
        if (!options.out.empty()) std::ofstream(options.out.string() + "." + std::to_string(fold), std::ios::binary) << full[fold];
    }
    Tally tally;
    for (const RelationArticle& article : articles) {
        if (article.predicted != predicted) continue;
        score_article(article, finders[static_cast<std::size_t>(article.fold)].find(article.document, article.linked), options.errors, tally);
    }
    print_counts(tally.counts);
    std::printf("amounts exact %d of %d\nthresholds:", tally.amounts_right, tally.amounts);
    for (const float t : thresholds) std::printf(" %.2f", static_cast<double>(t));
    std::printf("\n");
    std::array<Count, 10> calibration{};
    for (const Outcome& o : outcomes) {
        Count& c = calibration[std::min<std::size_t>(9, static_cast<std::size_t>(o.p * 10))];
        ++c.system;
        c.right += o.right ? 1 : 0;
    }
    for (std::size_t i = 0; i < 10; ++i) {
        std::printf("  confidence %.1f-%.1f: %5d facts, %.3f right\n", static_cast<double>(i) / 10, static_cast<double>(i + 1) / 10,
                    calibration[i].system, calibration[i].system ? 1.0 * calibration[i].right / calibration[i].system : 0.0);
    }
    if (!options.out.empty()) {
        const std::string bytes = model_bytes(learn(examples_without(-1), table, options), table, thresholds,
                                              learn_forests(rows, setting, options, -1));
        std::ofstream(options.out, std::ios::binary) << bytes;
        std::printf("%s: %zu bytes\n", options.out.c_str(), bytes.size());
    }
    return {};
}

int run(const Options& options) {
    const auto fail = [](const Error& error) { return std::fprintf(stderr, "%s\n", error.text().c_str()), 1; };
    auto ontology = Ontology::load(options.schema);
    if (!ontology.ok()) return fail(ontology.error());
    auto lexicon = Lexicon::load(options.schema, *ontology);
    if (!lexicon.ok()) return fail(lexicon.error());
    auto articles = read_relation_articles(options.shared, *lexicon);
    if (!articles.ok()) return fail(articles.error());
    Setting setting{*std::move(ontology), *std::move(lexicon), {}, {}, *std::move(articles)};
    setting.words = RelationWords::make(setting.lexicon);
    setting.rules = EndpointRules::make(setting.ontology);
    if (!options.taggers.empty()) {
        if (auto done = add_predicted(setting, options); !done.ok()) return fail(done.error());
    }
    if (auto done = train_and_measure(setting, options); !done.ok()) return fail(done.error());
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
        else if (arg == "--taggers") options.taggers = value();
        else if (arg == "--least") options.least = static_cast<std::uint32_t>(std::atoi(value().c_str()));
        else if (arg == "--trees") options.forest.trees = std::atoi(value().c_str());
        else if (arg == "--depth") options.forest.depth = std::atoi(value().c_str());
        else if (arg == "--tree-rate") options.forest.rate = std::strtof(value().c_str(), nullptr);
        else if (arg == "--lambda") options.forest.lambda = std::strtof(value().c_str(), nullptr);
        else if (arg == "--leaf") options.forest.least_weight = std::strtof(value().c_str(), nullptr);
        else if (arg == "--forests") options.forest.forests = std::atoi(value().c_str());
        else if (arg == "--columns") options.forest.columns = std::strtof(value().c_str(), nullptr);
        else if (arg == "--predicted-only") options.use_gold = false;
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
