// Program: maek-train-joint. Learns the last look over names and relations (extract/relation/joint_judge.h)
// and measures what the whole chain gives end to end, each article read by models that have not seen it.
//   maek-train-joint --shared DIR [--schema DIR] --taggers PREFIX --relations FILE [--out FILE] [--plain] [--errors NAMES|KIND|ALL]
// Taggers are the fold models of maek-train folds --keep PREFIX, relations those of maek-train-relations
// --taggers PREFIX --out FILE. --out writes the model learned from all articles, and those of the folds behind it
// as FILE.0 to FILE.4; --plain measures without it, the judge of names having the last word. The same input
// gives the same bytes, whatever the number of --threads.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <set>
#include <string>

#include "extract/relation/joint_judge.h"
#include "schema/locate.h"
#include "tools/train/forest_trainer.h"
#include "tools/train/measure.h"
#include "tools/train/relation_corpus.h"

namespace maek::train {
namespace {

using namespace extract;

constexpr std::size_t kFolds = 5;

struct Options {
    std::filesystem::path shared, schema, out, taggers, relations;
    std::filesystem::path silver = std::filesystem::path(MAEK_SOURCE_DIR) / "tools" / "train" / "silver";
    float silver_weight = 0.25f;
    Doubt doubt = kJointDoubt;
    ForestOptions names{.forests = 6, .trees = 80, .depth = 4, .rate = 0.08f, .lambda = 3.0f, .least_weight = 5.0f, .rows = 0.7f, .columns = 0.4f};
    double gold_weight = 40;  // of a gold article for the thresholds
    unsigned threads = 2;
    std::string errors;  // NAMES: each name that is wrongly kept (+), left out (-) or not found at all (!); a kind, ALL: the facts
    bool plain = false;  // the judge of names has the last word, for comparison
};

// An article as the models of its fold read it.
struct Reading {
    RelationArticle article;
    std::vector<Judged> facts;
    std::vector<float> chances;
    // For --errors: relations that some sentence could hold, and those that reached the first judge.
    std::set<std::array<std::uint32_t, 3>> possible{}, proposed{};
};

void note_pair(std::set<std::array<std::uint32_t, 3>>& pairs, const Scene& scene, std::size_t a, std::size_t b, std::uint32_t allowed) {
    for (std::uint32_t k = 0; k < kRelationKinds; ++k) {
        if ((allowed >> k & 1u) == 0) continue;
        pairs.insert({k, scene.occurrences[a].entity, scene.occurrences[b].entity});
        if (static_cast<RelationKind>(k) == RelationKind::kPartnersWith) pairs.insert({k, scene.occurrences[b].entity, scene.occurrences[a].entity});
    }
}

// Reads every article by the tagger and the relation judges of its fold.
Result<void> read_all(const Options& o, const Ontology& ontology, const Lexicon& lexicon, std::vector<Reading>& readings) {
    const RelationWords words = RelationWords::make(lexicon);
    const EndpointRules rules = EndpointRules::make(ontology);
    const Linker linker(lexicon);
    for (std::size_t fold = 0; fold < kFolds; ++fold) {
        auto tables = NameTables::load(o.schema, ontology, lexicon);
        if (!tables.ok()) return tables.error();
        const std::string ending = "." + std::to_string(fold);
        const std::string weights = read_file(o.taggers.string() + ending), judges = read_file(o.relations.string() + ending);
        if (weights.empty()) return Error{ErrorCode::kNotFound, "no tagger of this fold", Where{o.taggers.string() + ending, 0, 0}, {}};
        auto tagger = Tagger::load(o.schema, *std::move(tables), weights);
        if (!tagger.ok()) return tagger.error();
        auto model = RelationModel::read(judges, o.relations.string() + ending);
        if (!model.ok()) return model.error();
        side_by_side(readings.size(), o.threads, [&](std::size_t i) {
            Reading& r = readings[i];
            if (static_cast<std::size_t>(r.article.fold) != fold) return;
            r.article = with_predicted(r.article, *tagger, linker, o.doubt);
            Judge judge(*model);
            walk_proposals(r.article.document, r.article.linked, words, rules, model->gate(), [&](const Proposal& p) {
                judge.take(p);
                if (!o.errors.empty()) note_pair(r.proposed, p.scene, p.a, p.b, p.allowed);
            });
            if (!o.errors.empty() && !r.article.silver) {
                walk_pairs(r.article.document, r.article.linked, words, rules,
                           [&](const Scene& scene, std::size_t a, std::size_t b, std::uint32_t allowed) { note_pair(r.possible, scene, a, b, allowed); });
            }
            judge.finish();
            r.facts = judged_facts(judge);
            round_out_agreements(r.facts);
        });
    }
    return {};
}

bool holds(const Reading& r, const Judged& f) { return r.article.gold(f.relation.kind, f.relation.source, f.relation.target) != nullptr; }

float weight_of(const Options& o, const Reading& r, std::size_t fold) {
    if (static_cast<std::size_t>(r.article.fold) == fold) return 0;
    return r.article.silver ? o.silver_weight : 1.0f;
}

using Models = std::array<JointModel, kFolds + 1>;

void learn_names(const Options& o, std::vector<Reading>& readings, Models& models) {
    std::vector<std::vector<JointNumbers>> numbers(readings.size());
    side_by_side(readings.size(), o.threads, [&](std::size_t i) {
        Reading& r = readings[i];
        numbers[i] = joint_numbers(r.article.document, r.article.linked, r.facts);
        if (r.article.silver) {
            for (auto& row : numbers[i]) row[0] = 0;
        }
    });
    std::vector<ForestRow> rows;
    std::vector<std::size_t> of;
    for (std::size_t i = 0; i < readings.size(); ++i) {
        for (std::size_t e = 0; e < numbers[i].size(); ++e) {
            rows.push_back({numbers[i][e], readings[i].article.right[e] != 0});
            of.push_back(i);
        }
    }
    const ForestData data(std::move(rows));
    side_by_side(kFolds + 1, o.threads, [&](std::size_t fold) {
        std::vector<float> weights;
        for (const std::size_t i : of) weights.push_back(weight_of(o, readings[i], fold));
        models[fold].set_names(data.learn(weights, o.names));
    });
    for (Reading& r : readings) r.chances = judge_names(models[static_cast<std::size_t>(r.article.fold)], r.article.document, r.article.linked, r.facts);
}

using NameCounts = std::array<Count, kEntityTypes>;
using FactCounts = std::array<Count, kRelationKinds>;

// What is worth reporting: more than half the F1 reached is right among those just above the threshold.
constexpr std::array<float, 19> kTried = {0.05f, 0.07f, 0.09f, 0.12f, 0.15f, 0.18f, 0.22f, 0.26f, 0.30f, 0.33f, 0.36f, 0.39f, 0.42f, 0.45f, 0.48f, 0.51f, 0.54f, 0.58f, 0.62f};

void count_names(const Reading& r, const TypeChances& thresholds, NameCounts& counts) {
    const std::vector<char> accepted = accepted_names(r.article.linked, r.chances, thresholds);
    for (std::size_t e = 0; e < accepted.size(); ++e) {
        if (accepted[e] == 0) continue;
        Count& c = counts[static_cast<std::size_t>(r.article.linked.entities[e].type)];
        ++c.system;
        c.right += r.article.right[e] != 0 ? 1 : 0;
    }
}

double gold_of(const Reading& r) { return static_cast<double>(r.article.entities_given); }

// One threshold for all that gives the best F1 over them all, then each type's own, half way to what would
// be best for it alone.
template <std::size_t N, class CountAt>
std::array<float, N> choose(double all_gold, const CountAt& count_at) {
    std::array<std::array<std::array<double, 2>, N>, kTried.size()> counts{};  // system, right
    double top = 0;
    std::size_t common = 0;
    for (std::size_t i = 0; i < kTried.size(); ++i) {
        std::array<float, N> one;
        one.fill(kTried[i]);
        count_at(one, counts[i]);
        double system = 0, right = 0;
        for (const auto& c : counts[i]) system += c[0], right += c[1];
        const double f1 = 2 * right / (system + all_gold);
        if (f1 > top) top = f1, common = i;
    }
    std::array<float, N> out;
    for (std::size_t t = 0; t < N; ++t) {
        double most = -1e18;
        std::size_t own = common;
        for (std::size_t i = 0; i < kTried.size(); ++i) {
            const double distance = static_cast<double>(i > common ? i - common : common - i);
            const double worth = 2 * counts[i][t][1] - top * counts[i][t][0] - 0.3 * distance;
            if (worth > most) most = worth, own = i;
        }
        out[t] = 0.5f * (kTried[common] + kTried[own]);
    }
    return out;
}

TypeChances choose_name_thresholds(const Options& o, const std::vector<Reading>& readings, int without) {
    double gold = 0;
    for (const Reading& r : readings) {
        if (r.article.fold != without) gold += (r.article.silver ? 1 : o.gold_weight) * gold_of(r);
    }
    return choose<kEntityTypes>(gold, [&](const TypeChances& thresholds, auto& out) {
        for (const Reading& r : readings) {
            if (r.article.fold == without) continue;
            NameCounts counts{};
            count_names(r, thresholds, counts);
            const double w = r.article.silver ? 1 : o.gold_weight;
            for (std::size_t t = 0; t < kEntityTypes; ++t) out[t][0] += w * counts[t].system, out[t][1] += w * counts[t].right;
        }
    });
}

void count_facts(const Reading& r, const TypeChances& names, const RelationScores& thresholds, FactCounts& counts) {
    for (const Judged& f : settle_jointly(r.facts, accepted_names(r.article.linked, r.chances, names), thresholds)) {
        Count& c = counts[static_cast<std::size_t>(f.relation.kind)];
        ++c.system;
        c.right += holds(r, f) ? 1 : 0;
    }
}

RelationScores choose_fact_thresholds(const Options& o, const std::vector<Reading>& readings, const TypeChances& names, int without) {
    double gold = 0;
    for (const Reading& r : readings) {
        if (r.article.fold != without) gold += (r.article.silver ? 1 : o.gold_weight) * static_cast<double>(r.article.relations.size());
    }
    return choose<kRelationKinds>(gold, [&](const RelationScores& thresholds, auto& out) {
        for (const Reading& r : readings) {
            if (r.article.fold == without) continue;
            FactCounts counts{};
            count_facts(r, names, thresholds, counts);
            const double w = r.article.silver ? 1 : o.gold_weight;
            for (std::size_t k = 0; k < kRelationKinds; ++k) out[k][0] += w * counts[k].system, out[k][1] += w * counts[k].right;
        }
    });
}

void report(const std::vector<Reading>& readings, const Models& models) {
    NameCounts names{};
    FactCounts facts{};
    std::array<std::array<int, 3>, kEntityTypes> reach{};
    std::array<int, kRelationKinds> reachable{};  // facts whose both ends are accepted
    Count core;
    for (const Reading& r : readings) {
        if (r.article.silver) continue;
        const JointModel& m = models[static_cast<std::size_t>(r.article.fold)];
        count_names(r, m.name_thresholds, names);
        count_facts(r, m.name_thresholds, m.fact_thresholds, facts);
        const std::vector<char> accepted = accepted_names(r.article.linked, r.chances, m.name_thresholds);
        for (const GoldRelation& g : r.article.relations) {
            ++facts[static_cast<std::size_t>(g.kind)].gold;
            const auto has = [&](std::uint32_t e) { return e < accepted.size() && accepted[e] != 0; };
            reachable[static_cast<std::size_t>(g.kind)] += has(g.source) && has(g.target) ? 1 : 0;
        }
        for (std::size_t t = 0; t < kEntityTypes; ++t) names[t].gold += static_cast<int>(r.article.given_by_type[t]);
        for (std::size_t e = 0; e < r.article.right.size(); ++e) {
            const auto t = static_cast<std::size_t>(r.article.linked.entities[e].type);
            const bool doubtful = r.article.linked.entities[e].doubtful;
            reach[t][0] += r.article.right[e] != 0 && !doubtful;
            reach[t][1] += r.article.right[e] != 0 && doubtful;
            reach[t][2] += doubtful;
        }
    }
    Count all_names, all_facts;
    for (std::size_t t = 0; t < kEntityTypes; ++t) {
        print_count(std::string(kEntityTypeNames[t]), names[t]);
        std::printf("      right before %d, right among %d doubtful %d, threshold %.2f\n", reach[t][0], reach[t][2], reach[t][1], static_cast<double>(models[kFolds].name_thresholds[t]));
        all_names.add(names[t]);
    }
    for (std::size_t k = 0; k < kRelationKinds; ++k) {
        print_count(std::string(kRelationNames[k]), facts[k]);
        std::printf("      both ends accepted %d\n", reachable[k]);
        all_facts.add(facts[k]);
        if (k <= 5) core.add(facts[k]);
    }
    print_count("entities", all_names);
    print_count("core relations", core);
    print_count("relations", all_facts);
}

// Totals over a part of the articles.
void report_part(const char* name, const std::vector<Reading>& readings, const Models& models, const std::function<bool(const RelationArticle&)>& is_in) {
    Count names, facts;
    for (const Reading& r : readings) {
        if (!is_in(r.article)) continue;
        const JointModel& m = models[static_cast<std::size_t>(r.article.fold)];
        NameCounts n{};
        FactCounts f{};
        count_names(r, m.name_thresholds, n);
        count_facts(r, m.name_thresholds, m.fact_thresholds, f);
        for (const Count& c : n) names.add(c);
        for (const Count& c : f) facts.add(c);
        names.gold += static_cast<int>(r.article.entities_given);
        facts.gold += static_cast<int>(r.article.relations.size());
    }
    print_count(std::string(name) + " entities", names);
    print_count(std::string(name) + " relations", facts);
}

void explain_names(const std::vector<Reading>& readings, const Models& models) {
    for (const Reading& r : readings) {
        if (r.article.silver) continue;
        const JointModel& m = models[static_cast<std::size_t>(r.article.fold)];
        const std::vector<char> accepted = accepted_names(r.article.linked, r.chances, m.name_thresholds);
        for (std::size_t e = 0; e < accepted.size(); ++e) {
            const DocumentEntity& entity = r.article.linked.entities[e];
            if ((accepted[e] != 0) == (r.article.right[e] != 0)) continue;
            const Mention& first = r.article.document.mentions[entity.mentions.front()];
            std::printf("NAME %s %c %s %s judge %.2f final %.2f || %s\n", r.article.id.c_str(), accepted[e] != 0 ? '+' : '-', std::string(type_name(entity.type)).c_str(),
                        entity.name.c_str(), static_cast<double>(entity.confidence), static_cast<double>(r.chances[e]),
                        std::string(r.article.document.view(r.article.document.sentences[first.sentence].span)).c_str());
        }
        for (const DocumentEntity& entity : r.article.missed) {
            std::printf("NAME %s ! %s %s\n", r.article.id.c_str(), std::string(type_name(entity.type)).c_str(), entity.name.c_str());
        }
    }
}

// Facts of a kind that are wrongly reported (+; ~ where an end is no given name), or left out although both ends are accepted: no sentence holds
// both (n), stopped by the gate (g), hopeless to the first judge (h), or below the threshold (-).
void explain_facts(const std::vector<Reading>& readings, const Models& models, const std::string& kind) {
    for (const Reading& r : readings) {
        if (r.article.silver) continue;
        const JointModel& m = models[static_cast<std::size_t>(r.article.fold)];
        const std::vector<char> accepted = accepted_names(r.article.linked, r.chances, m.name_thresholds);
        const auto tell = [&](char sign, RelationKind k, std::uint32_t s, std::uint32_t t, float confidence, std::string_view why) {
            if (kind != "ALL" && kind != kRelationNames[static_cast<std::size_t>(k)]) return;
            std::printf("%s %c %s %.2f %s -> %s || %s\n", r.article.id.c_str(), sign, std::string(kRelationNames[static_cast<std::size_t>(k)]).c_str(),
                        static_cast<double>(confidence), r.article.linked.entities[s].name.c_str(), r.article.linked.entities[t].name.c_str(),
                        std::string(why).c_str());
        };
        std::set<const GoldRelation*> hit;
        for (const Judged& f : settle_jointly(r.facts, accepted, m.fact_thresholds)) {
            const DocumentRelation& d = f.relation;
            if (const GoldRelation* gold = r.article.gold(d.kind, d.source, d.target)) hit.insert(gold);
            else tell(r.article.right[d.source] != 0 && r.article.right[d.target] != 0 ? '+' : '~', d.kind, d.source, d.target, d.confidence, r.article.document.view(r.article.document.sentences[d.sentence].span));
        }
        for (const GoldRelation& g : r.article.relations) {
            const auto has = [&](std::uint32_t e) { return e < accepted.size() && accepted[e] != 0; };
            if (hit.count(&g) != 0 || !has(g.source) || !has(g.target)) continue;
            float confidence = 0;
            for (const Judged& f : r.facts) {
                if (f.relation.kind == g.kind && r.article.gold(g.kind, f.relation.source, f.relation.target) == &g) confidence = f.relation.confidence;
            }
            const std::array<std::uint32_t, 3> key{static_cast<std::uint32_t>(g.kind), g.source, g.target};
            const char lost = r.possible.count(key) == 0 ? 'n' : r.proposed.count(key) == 0 ? 'g' : confidence == 0.0f ? 'h' : '-';
            tell(lost, g.kind, g.source, g.target, confidence, g.evidence);
        }
    }
}

int run(const Options& o) {
    const auto fail = [](const Error& error) { return std::fprintf(stderr, "%s\n", error.text().c_str()), 1; };
    Clock clock;
    auto ontology = Ontology::load(o.schema);
    if (!ontology.ok()) return fail(ontology.error());
    auto lexicon = Lexicon::load(o.schema, *ontology);
    if (!lexicon.ok()) return fail(lexicon.error());
    auto gold = read_relation_articles(o.shared, *lexicon);
    if (!gold.ok()) return fail(gold.error());
    std::vector<Reading> readings;
    for (RelationArticle& a : *gold) readings.push_back({std::move(a), {}, {}, {}, {}});
    if (o.silver_weight > 0) {
        auto silver = read_silver_relations(o.shared, o.silver);
        if (!silver.ok()) return fail(silver.error());
        for (RelationArticle& a : *silver) readings.push_back({std::move(a), {}, {}, {}, {}});
    }
    clock.tell("articles");
    if (auto read = read_all(o, *ontology, *lexicon, readings); !read.ok()) return fail(read.error());
    clock.tell("read by the models of their folds");
    Models models;
    if (!o.plain) learn_names(o, readings, models);
    clock.tell("names");
    if (o.plain) {
        for (Reading& r : readings) {
            for (const DocumentEntity& e : r.article.linked.entities) r.chances.push_back(e.confidence);
        }
    }
    for (std::size_t fold = 0; fold <= kFolds; ++fold) {
        JointModel& m = models[fold];
        const int without = fold == kFolds ? -1 : static_cast<int>(fold);
        m.name_thresholds = choose_name_thresholds(o, readings, without);
        m.fact_thresholds = choose_fact_thresholds(o, readings, m.name_thresholds, without);
    }
    report(readings, models);
    const auto written = [](const RelationArticle& a) { return a.id.starts_with("dev-1") || a.id.starts_with("dev-2"); };
    const auto korean = [](const RelationArticle& a) { return a.document.korean; };
    report_part("hand-read", readings, models, [](const RelationArticle& a) { return a.silver && !a.id.starts_with("own"); });
    report_part("hand-read own", readings, models, [](const RelationArticle& a) { return a.silver && a.id.starts_with("own"); });
    report_part("written", readings, models, [&](const RelationArticle& a) { return !a.silver && written(a) && korean(a); });
    report_part("English", readings, models, [&](const RelationArticle& a) { return !a.silver && !korean(a); });
    report_part("real", readings, models, [&](const RelationArticle& a) { return !a.silver && !written(a) && korean(a); });
    clock.tell("thresholds");
    if (o.errors == "NAMES") explain_names(readings, models);
    else if (!o.errors.empty()) explain_facts(readings, models, o.errors);
    if (o.out.empty()) return 0;
    for (std::size_t fold = 0; fold <= kFolds; ++fold) {
        const std::string name = o.out.string() + (fold == kFolds ? "" : "." + std::to_string(fold));
        const std::string bytes = models[fold].write();
        std::ofstream(name, std::ios::binary) << bytes;
        std::printf("%s: %zu bytes\n", name.c_str(), bytes.size());
    }
    return 0;
}

}  // namespace
}  // namespace maek::train

int main(int argc, char** argv) {
    maek::train::Options o;
    if (const char* shared = std::getenv("MAEK_SHARED")) o.shared = shared;
    if (auto found = maek::default_schema_folder(); found.ok()) o.schema = *found;
    for (int i = 1; i < argc; ++i) {
        const std::string arg = argv[i];
        const auto value = [&]() -> std::string { return i + 1 < argc ? argv[++i] : ""; };
        const auto number = [&] { return std::strtof(value().c_str(), nullptr); };
        const auto count = [&] { return std::atoi(value().c_str()); };
        if (arg == "--shared") o.shared = value();
        else if (arg == "--schema") o.schema = value();
        else if (arg == "--out") o.out = value();
        else if (arg == "--taggers") o.taggers = value();
        else if (arg == "--relations") o.relations = value();
        else if (arg == "--silver") o.silver = value();
        else if (arg == "--silver-weight") o.silver_weight = number();
        else if (arg == "--gold-weight") o.gold_weight = static_cast<double>(number());
        else if (arg == "--threads") o.threads = static_cast<unsigned>(std::max(1, count()));
        else if (arg == "--least") o.doubt.least = number();
        else if (arg == "--most") o.doubt.most = static_cast<std::size_t>(count());
        else if (arg == "--plain") o.plain = true;
        else if (arg == "--errors") o.errors = value();
        else if (arg == "--trees") o.names.trees = count();
        else if (arg == "--depth") o.names.depth = count();
        else return std::fprintf(stderr, "unknown option %s\n", arg.c_str()), 2;
    }
    return maek::train::run(o);
}
