// Program: maek-train-relations. Learns the relation judges from the gold articles and from the hand-read
// ones, and measures them on the gold articles' folds. The same input gives the same bytes.
//   maek-train-relations --shared DIR [--schema DIR] [--taggers PREFIX] [--out FILE] [--errors KIND|ALL|AMOUNT]
//   maek-train-relations --shared DIR --use FILE [...]   measures the fold models of an earlier --out FILE
//   maek-train-relations --shared DIR --errors AMOUNTS   how often the amount is right in the stating sentence
//   maek-train-relations --shared DIR --errors SPEED     what the shipped model costs an article
// Each article is judged by models that have not seen it or another of its event, and reported by
// thresholds that were chosen on the other folds. Entities are the given ones, found in the text by
// their names; with --taggers (the fold models of maek-train folds --keep) the measured ones are those
// that a tagger finds which has not seen the article, doubtful names among them, and the judges learn from
// both. What the whole chain then gives is measured by maek-train-joint, which is to be run afterwards.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "extract/relation/decide.h"
#include "extract/relation/joint_judge.h"
#include "extract/relation/properties.h"
#include "extract/relation/relations.h"
#include "schema/locate.h"
#include "tools/train/forest_trainer.h"
#include "tools/train/measure.h"
#include "tools/train/pair_trainer.h"
#include "tools/train/relation_corpus.h"

namespace maek::train {
namespace {

using namespace extract;

constexpr std::size_t kFolds = 5;
constexpr std::size_t kWhole = kFolds;  // the model that learns from all articles

struct Options {
    std::filesystem::path shared, schema, out;
    std::filesystem::path silver = std::filesystem::path(MAEK_SOURCE_DIR) / "tools" / "train" / "silver";
    std::filesystem::path use;      // stored fold models to measure instead of learning
    std::filesystem::path taggers;  // PREFIX of fold models: learn from predicted entities too
    PairOptions pairs;
    ForestOptions forest{.trees = 80};
    float silver_weight = 0.7f;  // of a hand-read article; 0: without them
    float judge_silver = 0.25f;  // the second judge's share of it
    float silver_share = 1.0f;   // how many of them are used, for the learning curve
    float given_weight = 1.0f;   // of an article with its given entities, where found ones are measured
    float silver_found = 0.6f;   // with --taggers: share of a hand-read article's weight with its found entities
    float silver_given = 0.5f;   // and with its given ones, beside them
    Doubt doubt = kJointDoubt;   // doubtful names among the found ones
    double gate_lost = 0.003;    // share of the pairs that hold something which the gate may lose
    unsigned threads = 2;
    std::string errors;
};

// Everything that stands still while models come and go.
struct Setting {
    Ontology ontology;
    Lexicon lexicon;
    RelationWords words;
    EndpointRules rules;
    std::vector<RelationArticle> articles;
    bool predicted = false;  // found entities are measured
    PairGate gate;

    bool measured(const RelationArticle& a) const { return !a.silver && a.predicted == predicted; }
};

// Examples of one article; labels from the given relations and the sentences of their evidence.
void collect(const RelationArticle& article, std::uint32_t index, std::uint32_t same_text, const Setting& setting, KeyTable& table,
             Examples& out) {
    std::map<std::tuple<std::size_t, std::uint32_t, std::uint32_t>, std::vector<std::pair<std::uint32_t, std::size_t>>> seen;
    std::vector<std::uint64_t> keys;
    walk_proposals(article.document, article.linked, setting.words, setting.rules, setting.gate, [&](const Proposal& proposal) {
        Example example;
        example.allowed = proposal.allowed;
        example.article = index;
        const std::uint32_t a = proposal.scene.occurrences[proposal.a].entity, b = proposal.scene.occurrences[proposal.b].entity;
        for (std::size_t k = 0; k < kRelationKinds; ++k) {
            if ((proposal.allowed & (1u << k)) == 0) continue;
            const GoldRelation* gold = article.gold(static_cast<RelationKind>(k), a, b);
            if (gold == nullptr) continue;
            example.label |= 1u << k;
            seen[{k, gold->source, gold->target}].emplace_back(proposal.scene.sentence, out.rows.size());
        }
        example.begin = static_cast<std::uint32_t>(out.features.size());
        proposal.features.read(proposal.features.look(proposal.a, proposal.b), keys);
        for (const std::uint64_t key : keys) out.features.push_back(table.number(key, same_text));
        example.end = static_cast<std::uint32_t>(out.features.size());
        out.rows.push_back(example);
    });
    // A fact is learned from the sentence that the annotator chose; others may or may not state it.
    for (const auto& [key, at] : seen) {
        const auto& [k, a, b] = key;
        const std::uint32_t stated = article.gold(static_cast<RelationKind>(k), a, b)->sentence;
        const auto far = [&](std::uint32_t s) { return s > stated ? s - stated : stated - s; };
        std::uint32_t nearest = 0xFFFFFFFFu;
        for (const auto& [sentence, e] : at) nearest = std::min(nearest, far(sentence));
        for (const auto& [sentence, e] : at) {
            if (far(sentence) != nearest) out.rows[e].skip |= 1u << k;
        }
    }
}

// The sieve learns from the hand-read articles alone, which are in no measured fold.
PairGate gate_of(const Setting& setting, const Options& options) {
    std::vector<GateExample> examples;
    for (const RelationArticle& article : setting.articles) {
        if (!article.silver) continue;
        walk_pairs(article.document, article.linked, setting.words, setting.rules, [&](const Scene& scene, std::size_t a, std::size_t b, std::uint32_t allowed) {
            GateExample example{PairGate::signs(scene, a, b), false};
            for (std::size_t k = 0; k < kRelationKinds; ++k) {
                if ((allowed & (1u << k)) == 0) continue;
                const GoldRelation* gold = article.gold(static_cast<RelationKind>(k), scene.occurrences[a].entity, scene.occurrences[b].entity);
                example.holds = example.holds || (gold != nullptr && gold->sentence == scene.sentence);
            }
            examples.push_back(example);
        });
    }
    const PairGate gate = learn_gate(examples, options.gate_lost);
    std::size_t passed = 0, right = 0, right_passed = 0;
    for (const GateExample& e : examples) {
        const bool open = gate.open(e.signs);
        passed += open ? 1 : 0;
        right += e.holds ? 1 : 0;
        right_passed += e.holds && open ? 1 : 0;
    }
    std::printf("gate: %zu of %zu pairs pass, %zu of %zu that hold something\n", passed, examples.size(), right_passed, right);
    return gate;
}

void print_counts(const std::map<std::string, Count>& counts) {
    for (const auto& [name, c] : counts) print_count(name, c);
}

// A fact of an article, judged first by a model that has not seen it.
struct FactRow {
    Fact fact;
    std::uint32_t article = 0;
    bool holds = false;
};

std::vector<Judged> facts_of(const RelationArticle& article, const Setting& setting, const RelationModel& model, std::vector<FactRow>* rows,
                             std::uint32_t index) {
    Judge judge(model);
    walk_proposals(article.document, article.linked, setting.words, setting.rules, model.gate(),
                   [&](const Proposal& proposal) { judge.take(proposal); });
    judge.finish();
    if (rows == nullptr) {
        std::vector<Judged> facts = judged_facts(judge);
        round_out_agreements(facts);
        return facts;
    }
    for (const Fact& fact : judge.facts()) {
        const JudgedPair& pair = judge.pairs()[fact.pair];
        rows->push_back({fact, index, article.gold(fact.kind, pair.source, pair.target) != nullptr});
    }
    return {};
}

// An article that is measured: what both judges say, before anything is left out.
struct Verdict {
    const RelationArticle* article = nullptr;
    std::vector<Judged> facts;
};

Count count_settled(const std::vector<Verdict>& verdicts, const RelationScores& thresholds, int without_fold,
                    std::array<Count, kRelationKinds>* by_kind = nullptr) {
    Count all;
    for (const Verdict& v : verdicts) {
        if (v.article->fold == without_fold) continue;
        all.gold += static_cast<int>(v.article->relations.size());
        for (const Judged& fact : settle(v.facts, thresholds)) {
            const DocumentRelation& r = fact.relation;
            const bool right = v.article->gold(r.kind, r.source, r.target) != nullptr;
            ++all.system;
            all.right += right ? 1 : 0;
            if (by_kind == nullptr) continue;
            Count& c = (*by_kind)[static_cast<std::size_t>(r.kind)];
            ++c.system;
            c.right += right ? 1 : 0;
        }
    }
    return all;
}

// The threshold for all kinds that gives the best F1 over them all; then each kind's own, half way to
// what would be best for it: a fact is worth reporting when it is surer than half the F1 reached.
RelationScores choose_thresholds(const std::vector<Verdict>& verdicts, int without_fold) {
    constexpr int kSteps = 28;
    const auto value = [](int step) { return 0.10f + 0.02f * static_cast<float>(step); };
    std::array<std::array<Count, kRelationKinds>, kSteps> counts{};
    double best = -1;
    int common = 0;
    for (int step = 0; step < kSteps; ++step) {
        RelationScores thresholds;
        thresholds.fill(value(step));
        const double f1 = count_settled(verdicts, thresholds, without_fold, &counts[static_cast<std::size_t>(step)]).f1();
        if (f1 <= best) continue;
        best = f1;
        common = step;
    }
    RelationScores out;
    for (std::size_t k = 0; k < kRelationKinds; ++k) {
        double most = -1e9;
        int own = common;
        for (int step = std::max(0, common - 8); step < std::min(kSteps, common + 9); ++step) {
            const Count& c = counts[static_cast<std::size_t>(step)][k];
            const double gain = 2.0 * c.right - best * c.system - 0.3 * std::abs(step - common);
            if (gain <= most) continue;
            most = gain;
            own = step;
        }
        out[k] = 0.5f * (value(common) + value(own));
    }
    return out;
}

std::string label_of(const RelationArticle& article, std::uint32_t entity) {
    return entity < article.linked.entities.size() ? article.linked.entities[entity].name : "(not found)";
}

struct Tally {
    std::map<std::string, Count> counts;
    int amounts = 0, amounts_right = 0;
    int evidence = 0, evidence_right = 0;
};

// As gold/score.py: the stating sentence holds a name of an end, or begins near the annotator's.
bool evidence_right(const RelationArticle& article, const DocumentRelation& r, const GoldRelation& gold) {
    const Document& d = article.document;
    const std::string text = folded_name(d.view(d.sentences[r.sentence].span));
    for (const std::uint32_t entity : {r.source, r.target}) {
        const DocumentEntity& e = article.linked.entities[entity];
        if (text.find(folded_name(e.name)) != std::string::npos) return true;
        for (const std::string& alias : e.aliases) {
            if (!folded_name(alias).empty() && text.find(folded_name(alias)) != std::string::npos) return true;
        }
    }
    const auto place = [&](std::uint32_t s) { return static_cast<long>(d.offsets.code_point(d.sentences[s].span.begin)); };
    return std::abs(place(r.sentence) - place(gold.sentence)) < 400;
}

void score_article(const RelationArticle& article, const std::vector<Judged>& found, const std::string& errors, Tally& tally) {
    std::set<const GoldRelation*> hit;
    const auto text = [&](std::uint32_t sentence) { return std::string(article.document.view(article.document.sentences[sentence].span)); };
    for (const Judged& fact : found) {
        const DocumentRelation& r = fact.relation;
        const std::string name(kRelationNames[static_cast<std::size_t>(r.kind)]);
        const GoldRelation* gold = article.gold(r.kind, r.source, r.target);
        std::vector<std::string> rows = {name, "~all"};
        if (static_cast<std::size_t>(r.kind) <= 5) rows.push_back("~core");
        for (const std::string& row : rows) {
            ++tally.counts[row].system;
            tally.counts[row].right += gold != nullptr ? 1 : 0;
        }
        if (gold != nullptr) {
            hit.insert(gold);
            ++tally.evidence;
            tally.evidence_right += evidence_right(article, r, *gold) ? 1 : 0;
        }
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

void print_properties(const Tally& tally) {
    std::printf("amounts exact %d of %d, evidence right %d of %d\n", tally.amounts_right, tally.amounts, tally.evidence_right, tally.evidence);
}

// Behind each article for which there is a tagger that has not seen it the same with what it finds.
Result<void> add_predicted(Setting& setting, const Options& options) {
    std::vector<RelationArticle> all;
    std::vector<std::optional<Tagger>> taggers(kFolds);
    for (std::size_t fold = 0; fold < kFolds; ++fold) {
        const std::string bytes = read_file(options.taggers.string() + "." + std::to_string(fold));
        if (bytes.empty()) {
            std::printf("no tagger for fold %zu: its articles are learned from, not measured\n", fold);
            continue;
        }
        auto tables = NameTables::load(options.schema, setting.ontology, setting.lexicon);
        if (!tables.ok()) return tables.error();
        auto tagger = Tagger::load(options.schema, *std::move(tables), bytes);
        if (!tagger.ok()) return tagger.error();
        if (!tagger->judges()) return Error{ErrorCode::kFormat, "has no judge of names; maek-train folds --keep makes whole taggers", Where{options.taggers.string() + "." + std::to_string(fold), 0, 0}, {}};
        taggers[fold] = *std::move(tagger);
    }
    const Linker linker(setting.lexicon);
    std::size_t given = 0, found = 0, right = 0;
    for (RelationArticle& article : setting.articles) {
        const auto& tagger = taggers[static_cast<std::size_t>(article.fold)];
        std::optional<RelationArticle> predicted;
        if (tagger && (!article.silver || options.silver_found > 0)) predicted = with_predicted(article, *tagger, linker, options.doubt);
        if (predicted && !article.silver) {
            given += article.linked.entities.size();
            found += predicted->linked.entities.size();
            right += predicted->entities_right;
        }
        if (!predicted || !article.silver || options.silver_given > 0) all.push_back(std::move(article));
        if (predicted) all.push_back(*std::move(predicted));
    }
    std::printf("entities: %zu given, %zu found, %zu of them right\n", given, found, right);
    setting.articles = std::move(all);
    return {};
}

// How much each article teaches the model of a fold (kWhole: of none).
std::vector<float> weights_for(const Setting& setting, const Options& options, std::size_t fold) {
    std::vector<float> out;
    for (const RelationArticle& a : setting.articles) {
        float weight = a.silver ? options.silver_weight : 1.0f;
        if (setting.predicted && !a.predicted && !a.silver) weight *= options.given_weight;
        if (a.silver && setting.predicted && options.silver_found > 0) weight *= a.predicted ? options.silver_found : options.silver_given;
        out.push_back(static_cast<std::size_t>(a.fold) == fold ? 0.0f : weight);
    }
    return out;
}

struct Judges {
    KeyTable table;
    std::array<Learned, kFolds + 1> first;
    std::array<RelationForests, kFolds + 1> forests;
    std::size_t most = 0;
    PairGate gate;
    std::string bytes(std::size_t fold, const RelationScores& thresholds) const {
        return model_bytes(first[fold], table, thresholds, forests[fold], gate, most);
    }
};

Result<void> learn_first(const Setting& setting, const Options& options, Judges& judges, Clock& clock) {
    Examples examples;
    for (std::uint32_t i = 0; i < setting.articles.size(); ++i) {
        const bool again = i > 0 && setting.articles[i].predicted && setting.articles[i - 1].id == setting.articles[i].id;
        collect(setting.articles[i], i, again ? i - 1 : i, setting, judges.table, examples);
    }
    const std::size_t all = judges.table.keys().size();
    examples.renumber(judges.table.cut(options.pairs.least));
    std::printf("%zu articles, %zu proposals, %zu features, %zu of them kept\n", setting.articles.size(), examples.rows.size(), all,
                judges.table.keys().size());
    clock.tell("features");
    side_by_side(options.out.empty() ? kFolds : kFolds + 1, options.threads, [&](std::size_t fold) {
        judges.first[fold] = learn_pairs(examples, weights_for(setting, options, fold), judges.table.keys().size(), options.pairs);
    });
    clock.tell("first judges");
    return {};
}

// The second judge learns from what the first says of articles that it has not seen.
Result<void> learn_second(const Setting& setting, const Options& options, Judges& judges, Clock& clock) {
    RelationScores none{};
    std::array<std::vector<FactRow>, kFolds> by_fold;
    side_by_side(kFolds, options.threads, [&](std::size_t fold) {
        auto model = RelationModel::read(judges.bytes(fold, none), "fold");
        for (std::uint32_t i = 0; model.ok() && i < setting.articles.size(); ++i) {
            if (static_cast<std::size_t>(setting.articles[i].fold) != fold) continue;
            facts_of(setting.articles[i], setting, *model, &by_fold[fold], i);
        }
    });
    clock.tell("facts");
    std::array<std::vector<const FactRow*>, kRelationKinds> by_kind;
    std::array<std::optional<ForestData>, kRelationKinds> data;
    for (const auto& rows : by_fold) {
        for (const FactRow& row : rows) by_kind[static_cast<std::size_t>(row.fact.kind)].push_back(&row);
    }
    side_by_side(kRelationKinds, options.threads, [&](std::size_t k) {
        std::vector<ForestRow> rows;
        for (const FactRow* row : by_kind[k]) rows.push_back({row->fact.numbers, row->holds});
        data[k].emplace(std::move(rows));
    });
    const std::size_t folds = options.out.empty() ? kFolds : kFolds + 1;
    side_by_side(kRelationKinds * folds, options.threads, [&](std::size_t task) {
        const std::size_t k = task / folds, fold = task % folds;
        const std::vector<float> by_article = weights_for(setting, options, fold);
        std::vector<float> weights;
        for (const FactRow* row : by_kind[k]) weights.push_back(by_article[row->article] * (setting.articles[row->article].silver ? options.judge_silver : 1.0f));
        judges.forests[fold][k] = data[k]->learn(weights, options.forest);
    });
    clock.tell("second judges");
    return {};
}

Result<std::vector<Verdict>> judge_all(const Setting& setting, const Options& options, const Judges& judges) {
    std::vector<Verdict> verdicts;
    for (const RelationArticle& article : setting.articles) {
        if (setting.measured(article)) verdicts.push_back({&article, {}});
    }
    RelationScores none{};
    side_by_side(kFolds, options.threads, [&](std::size_t fold) {
        auto model = RelationModel::read(judges.bytes(fold, none), "fold");
        for (Verdict& v : verdicts) {
            if (!model.ok() || static_cast<std::size_t>(v.article->fold) != fold) continue;
            v.facts = facts_of(*v.article, setting, *model, nullptr, 0);
            const PropertyReader reader(v.article->document, v.article->linked, setting.words);
            for (Judged& fact : v.facts) {
                if (fact.relation.confidence > 0.05f) reader.read(fact);
            }
        }
    });
    return verdicts;
}

void print_calibration(const std::vector<Verdict>& verdicts) {
    std::array<Count, 10> bins{};
    for (const Verdict& v : verdicts) {
        for (const Judged& fact : v.facts) {
            const DocumentRelation& r = fact.relation;
            Count& c = bins[std::min<std::size_t>(9, static_cast<std::size_t>(r.confidence * 10))];
            ++c.system;
            c.right += v.article->gold(r.kind, r.source, r.target) != nullptr ? 1 : 0;
        }
    }
    for (std::size_t i = 0; i < bins.size(); ++i) {
        std::printf("  confidence %.1f-%.1f: %5d facts, %.3f right\n", static_cast<double>(i) / 10, static_cast<double>(i + 1) / 10,
                    bins[i].system, bins[i].system ? 1.0 * bins[i].right / bins[i].system : 0.0);
    }
}

Result<void> train_and_measure(Setting& setting, const Options& options) {
    Clock clock;
    Judges judges;
    judges.most = options.pairs.most;
    setting.gate = judges.gate = gate_of(setting, options);
    clock.tell("gate");
    if (auto done = learn_first(setting, options, judges, clock); !done.ok()) return done.error();
    if (auto done = learn_second(setting, options, judges, clock); !done.ok()) return done.error();
    auto verdicts = judge_all(setting, options, judges);
    if (!verdicts.ok()) return verdicts.error();
    clock.tell("verdicts");
    Tally tally;
    std::array<RelationScores, kFolds> others;
    for (std::size_t fold = 0; fold < kFolds; ++fold) others[fold] = choose_thresholds(*verdicts, static_cast<int>(fold));
    std::array<Count, kRelationKinds> reached{};
    for (const Verdict& v : *verdicts) {
        score_article(*v.article, settle(v.facts, others[static_cast<std::size_t>(v.article->fold)]), options.errors, tally);
        for (const Judged& f : v.facts) {
            if (v.article->gold(f.relation.kind, f.relation.source, f.relation.target)) ++reached[static_cast<std::size_t>(f.relation.kind)].right;
        }
    }
    for (std::size_t k = 0; k < kRelationKinds; ++k) {
        std::printf("  proposed %-16s %d of %d\n", std::string(kRelationNames[k]).c_str(), reached[k].right,
                    tally.counts[std::string(kRelationNames[k])].gold);
    }
    print_counts(tally.counts);
    const RelationScores thresholds = choose_thresholds(*verdicts, -1);
    print_properties(tally);
    std::printf("F1 with thresholds of the same folds %.3f; they are:", count_settled(*verdicts, thresholds, -1).f1());
    for (const float t : thresholds) std::printf(" %.2f", static_cast<double>(t));
    std::printf("\n");
    print_calibration(*verdicts);
    clock.tell("thresholds and scores");
    if (options.out.empty()) return {};
    for (std::size_t fold = 0; fold <= kFolds; ++fold) {
        const std::string bytes = judges.bytes(fold, fold == kWhole ? thresholds : others[fold]);
        const std::string name = options.out.string() + (fold == kWhole ? "" : "." + std::to_string(fold));
        std::ofstream(name, std::ios::binary) << bytes;
        std::printf("%s: %zu bytes\n", name.c_str(), bytes.size());
    }
    return {};
}

// How often the amount is right where payer and thing are given, in the sentence that the annotator chose.
void measure_amounts(const Setting& setting, bool errors) {
    std::array<Count, 2> counts{};
    for (const RelationArticle& article : setting.articles) {
        const PropertyReader reader(article.document, article.linked, setting.words);
        std::map<const GoldRelation*, Judged> stated;
        walk_proposals(article.document, article.linked, setting.words, setting.rules, setting.gate, [&](const Proposal& p) {
            const Occurrence& x = p.scene.occurrences[p.a];
            const Occurrence& y = p.scene.occurrences[p.b];
            const GoldRelation* gold = article.gold(RelationKind::kFunds, x.entity, y.entity);
            if (gold == nullptr || !gold->amount_krw || gold->sentence != p.scene.sentence) return;
            const auto left_out = [](bool a, bool b) { return (a ? 2 : 0) + (b ? 1 : 0); };
            if (const auto other = stated.find(gold); other != stated.end() &&
                left_out(other->second.source_left_out, other->second.target_left_out) <= left_out(x.left_out(), y.left_out())) return;
            Judged fact;
            fact.relation.kind = RelationKind::kFunds;
            fact.relation.source = x.entity;
            fact.relation.target = y.entity;
            fact.relation.sentence = p.scene.sentence;
            fact.source_span = x.span;
            fact.target_span = y.span;
            fact.source_left_out = x.left_out();
            fact.target_left_out = y.left_out();
            stated[gold] = fact;
        });
        for (const auto& [gold, fact] : stated) {
            Count& count = counts[article.silver ? 1 : 0];
            ++count.gold;
            const auto amount = reader.amount(fact);
            if (amount == gold->amount_krw) {
                ++count.right;
            } else if (errors) {
                std::printf("%s AMOUNT %lld wanted %lld: %s -> %s || %s\n", article.id.c_str(), static_cast<long long>(amount.value_or(0)),
                            static_cast<long long>(*gold->amount_krw), label_of(article, gold->source).c_str(),
                            label_of(article, gold->target).c_str(),
                            std::string(article.document.view(article.document.sentences[gold->sentence].span)).c_str());
            }
        }
    }
    std::printf("amounts in the stating sentence: gold %d of %d, hand-read %d of %d\n", counts[0].right, counts[0].gold, counts[1].right, counts[1].gold);
}

// The figures of stored fold models (FILE.0 to FILE.4 of an earlier --out FILE).
Result<void> measure_stored(const Setting& setting, const Options& options) {
    Tally tally;
    for (std::size_t fold = 0; fold < kFolds; ++fold) {
        const std::string bytes = read_file(options.use.string() + "." + std::to_string(fold));
        auto finder = RelationFinder::load(options.schema, setting.ontology, setting.lexicon, bytes);
        if (!finder.ok()) return finder.error();
        for (const RelationArticle& article : setting.articles) {
            if (!setting.measured(article) || static_cast<std::size_t>(article.fold) != fold) continue;
            std::vector<Judged> found;
            for (DocumentRelation& r : finder->find(article.document, article.linked)) {
                found.emplace_back();
                found.back().relation = std::move(r);
            }
            score_article(article, found, options.errors, tally);
        }
    }
    print_counts(tally.counts);
    print_properties(tally);
    return {};
}

// What the shipped judges cost on one thread, with the given entities.
Result<void> measure_speed(const Setting& setting, const Options& options) {
    auto finder = RelationFinder::load(options.schema, setting.ontology, setting.lexicon);
    if (!finder.ok()) return finder.error();
    std::size_t bytes = 0, found = 0;
    const std::clock_t begin = std::clock();
    for (int round = 0; round < 5; ++round) {
        for (const RelationArticle& article : setting.articles) {
            found += finder->find(article.document, article.linked).size();
            bytes += article.document.text.size();
        }
    }
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    std::printf("relations alone: %.2f MB/s of CPU, %.0f us an article, %zu facts\n", static_cast<double>(bytes) / 1e6 / seconds,
                1e6 * seconds / 5 / static_cast<double>(setting.articles.size()), found / 5);
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
    Setting setting{*std::move(ontology), *std::move(lexicon), {}, {}, *std::move(articles), !options.taggers.empty(), {}};
    setting.words = RelationWords::make(setting.lexicon);
    setting.rules = EndpointRules::make(setting.ontology);
    if (options.silver_weight > 0) {
        auto silver = read_silver_relations(options.shared, options.silver);
        if (!silver.ok()) return fail(silver.error());
        for (std::size_t i = 0; i < silver->size(); ++i) {
            const auto place = static_cast<float>((i * 7919) % silver->size()) / static_cast<float>(silver->size());
            if (place < options.silver_share) setting.articles.push_back(std::move((*silver)[i]));
        }
    }
    if (options.errors == "AMOUNTS") {
        measure_amounts(setting, true);
        return 0;
    }
    if (options.errors == "SPEED") {
        auto done = measure_speed(setting, options);
        return done.ok() ? 0 : fail(done.error());
    }
    if (setting.predicted) {
        if (auto done = add_predicted(setting, options); !done.ok()) return fail(done.error());
    }
    if (!options.use.empty()) {
        auto done = measure_stored(setting, options);
        return done.ok() ? 0 : fail(done.error());
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
        const auto number = [&] { return std::strtof(value().c_str(), nullptr); };
        const auto count = [&] { return std::atoi(value().c_str()); };
        if (arg == "--shared") options.shared = value();
        else if (arg == "--schema") options.schema = value();
        else if (arg == "--out") options.out = value();
        else if (arg == "--taggers") options.taggers = value();
        else if (arg == "--use") options.use = value();
        else if (arg == "--silver") options.silver = value();
        else if (arg == "--silver-weight") options.silver_weight = number();
        else if (arg == "--silver-share") options.silver_share = number();
        else if (arg == "--judge-silver") options.judge_silver = number();
        else if (arg == "--given-weight") options.given_weight = number();
        else if (arg == "--silver-found") options.silver_found = number();
        else if (arg == "--silver-given") options.silver_given = number();
        else if (arg == "--doubt") options.doubt.least = number();
        else if (arg == "--gate-lost") options.gate_lost = static_cast<double>(number());
        else if (arg == "--threads") options.threads = static_cast<unsigned>(std::max(1, count()));
        else if (arg == "--least") options.pairs.least = static_cast<std::uint32_t>(count());
        else if (arg == "--epochs") options.pairs.epochs = count();
        else if (arg == "--rate") options.pairs.rate = number();
        else if (arg == "--l2") options.pairs.l2 = number();
        else if (arg == "--drop") options.pairs.drop = number();
        else if (arg == "--positive") options.pairs.positive = number();
        else if (arg == "--trees") options.forest.trees = count();
        else if (arg == "--depth") options.forest.depth = count();
        else if (arg == "--tree-rate") options.forest.rate = number();
        else if (arg == "--lambda") options.forest.lambda = number();
        else if (arg == "--leaf") options.forest.least_weight = number();
        else if (arg == "--forests") options.forest.forests = count();
        else if (arg == "--columns") options.forest.columns = number();
        else if (arg == "--features") options.pairs.most = static_cast<std::size_t>(count());
        else if (arg == "--errors") options.errors = value();
        else return std::fprintf(stderr, "unknown option %s\n", arg.c_str()), 2;
    }
    return maek::train::run(options);
}
