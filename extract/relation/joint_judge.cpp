#include "extract/relation/joint_judge.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <sstream>

#include "extract/model_bytes.h"

namespace maek::extract {
namespace {

constexpr std::string_view kMagic = "MAEKJNT1";
constexpr float kLow = -8.0f;

float log_odds_of(float chance) {
    const float c = std::clamp(chance, 0.0005f, 0.9995f);
    return std::log(c / (1 - c));
}

}  // namespace

std::vector<JointNumbers> joint_numbers(const Document& document, const LinkedDocument& linked, const std::vector<Judged>& facts) {
    struct Around {
        RelationScores as_source, as_target;                // best log-odds
        RelationScores sure_as_source{}, sure_as_target{};  // best chance times the partner's
        float expected_source = 0, expected_target = 0;     // sums of those
        float missing = 1;                                  // chance that none holds
        float best_partner = 0;
        Around() {
            as_source.fill(kLow);
            as_target.fill(kLow);
        }
    };
    const auto& entities = linked.entities;
    std::vector<Around> around(entities.size());
    RelationScores expected{};
    for (const Judged& fact : facts) {
        const auto k = static_cast<std::size_t>(fact.relation.kind);
        Around& s = around[fact.relation.source];
        Around& t = around[fact.relation.target];
        const float chance = probability(fact.log_odds);
        const float cs = entities[fact.relation.source].confidence, ct = entities[fact.relation.target].confidence;
        const auto note = [&](Around& a, bool source, float partner) {
            auto& best = source ? a.as_source[k] : a.as_target[k];
            auto& sure = source ? a.sure_as_source[k] : a.sure_as_target[k];
            best = std::max(best, fact.log_odds);
            if (chance * partner > sure) {
                sure = chance * partner;
                a.best_partner = std::max(a.best_partner, partner);
            }
            (source ? a.expected_source : a.expected_target) += chance * partner;
            a.missing *= 1 - chance * partner;
        };
        const bool symmetric = fact.relation.kind == RelationKind::kPartnersWith;
        note(s, true, ct);
        note(t, symmetric, cs);
        expected[k] += chance * cs * ct;
    }
    TypeChances sums{};
    std::array<std::vector<float>, kEntityTypes> ranks;
    float all = 0;
    for (const DocumentEntity& e : entities) {
        sums[static_cast<std::size_t>(e.type)] += e.confidence;
        ranks[static_cast<std::size_t>(e.type)].push_back(e.confidence);
        all += e.confidence;
    }
    // Neighbours in an enumeration: the next mention of a kind with but a few signs between.
    std::vector<float> mate(entities.size(), -1), mates(entities.size(), 0);
    for (std::size_t m = 0; m + 1 < document.mentions.size(); ++m) {
        const Mention& a = document.mentions[m];
        const Mention& b = document.mentions[m + 1];
        const std::uint32_t ea = linked.entity_of[m], eb = linked.entity_of[m + 1];
        if (ea == Mention::kNoEntry || eb == Mention::kNoEntry || ea == eb || a.sentence != b.sentence || a.type != b.type) continue;
        if (b.span.begin > a.span.end + 8) continue;
        mate[ea] = std::max(mate[ea], b.confidence);
        mate[eb] = std::max(mate[eb], a.confidence);
        ++mates[ea];
        ++mates[eb];
    }
    std::vector<JointNumbers> out(entities.size());
    for (std::size_t e = 0; e < entities.size(); ++e) {
        const DocumentEntity& entity = entities[e];
        const Around& a = around[e];
        JointNumbers& row = out[e];
        row.fill(0);
        std::size_t n = 0;
        const auto put = [&](auto value) { row[n++] = static_cast<float>(value); };
        const auto t = static_cast<std::size_t>(entity.type);
        put(1);  // kHandNumber
        put(t);
        put(log_odds_of(entity.confidence));
        put(entity.doubtful ? 1 : 0);
        put(entity.mentions.size());
        const std::uint32_t first = entity.mentions.empty() ? 0 : document.mentions[entity.mentions.front()].sentence;
        put(first);
        put(document.sentences.empty() ? 0 : document.sentences.size());
        put(document.korean ? 1 : 0);
        put(entity.entry != Mention::kNoEntry ? 1 : 0);
        put(entity.name.size());
        float least = 1;
        for (const std::uint32_t m : entity.mentions) least = std::min(least, document.mentions[m].confidence);
        put(least);
        for (std::size_t k = 0; k < kRelationKinds; ++k) put(a.as_source[k]);
        for (std::size_t k = 0; k < kRelationKinds; ++k) put(a.as_target[k]);
        for (std::size_t k = 0; k < kRelationKinds; ++k) put(a.sure_as_source[k]);
        for (std::size_t k = 0; k < kRelationKinds; ++k) put(a.sure_as_target[k]);
        put(a.expected_source);
        put(a.expected_target);
        put(1 - a.missing);
        put(a.best_partner);
        put(sums[t]);
        put(sums[t] - entity.confidence);
        put(all);
        put(entities.size());
        put(std::count_if(ranks[t].begin(), ranks[t].end(), [&](float c) { return c > entity.confidence; }));
        put(ranks[t].size());
        put(mate[e]);
        put(mates[e]);
        for (std::size_t k = 0; k < kRelationKinds; ++k) put(expected[k]);
        for (std::size_t i = 0; i < kEntityTypes; ++i) put(i == t ? 1 : 0);
    }
    return out;
}

std::vector<float> judge_names(const JointModel& model, const Document& document, const LinkedDocument& linked, const std::vector<Judged>& facts) {
    const std::vector<JointNumbers> numbers = joint_numbers(document, linked, facts);
    std::vector<const float*> rows;
    for (const JointNumbers& row : numbers) rows.push_back(row.data());
    std::vector<float> out(rows.size());
    model.asked.score(rows, out);
    for (float& odds : out) odds = probability(odds);
    return out;
}

std::vector<char> accepted_names(const LinkedDocument& linked, const std::vector<float>& chances, const TypeChances& thresholds) {
    std::vector<char> out;
    for (std::size_t e = 0; e < chances.size(); ++e) out.push_back(chances[e] >= thresholds[static_cast<std::size_t>(linked.entities[e].type)] ? 1 : 0);
    return out;
}

std::vector<Judged> settle_jointly(std::vector<Judged> facts, const std::vector<char>& accepted, const RelationScores& thresholds) {
    std::erase_if(facts, [&](const Judged& fact) {
        return fact.relation.confidence < thresholds[static_cast<std::size_t>(fact.relation.kind)] || accepted[fact.relation.source] == 0 ||
               accepted[fact.relation.target] == 0;
    });
    return without_contradictions(std::move(facts));
}

Result<JointModel> JointModel::read(std::string_view bytes, std::string_view name) {
    JointModel model;
    std::uint32_t version = 0;
    bool good = bytes.starts_with(kMagic);
    if (good) bytes.remove_prefix(kMagic.size());
    Forest names;
    good = good && take(bytes, version) && version == kJointNumbersVersion && take(bytes, model.name_thresholds) &&
           take(bytes, model.fact_thresholds) && names.read(bytes, kJointNumbers) && bytes.empty();
    if (good) {
        model.set_names(std::move(names));
        return model;
    }
    return Error{ErrorCode::kFormat, "the joint judge is damaged or of another version; train it anew with maek-train-joint",
                 Where{std::string(name), 0, 0}, {}};
}

Result<JointModel> JointModel::load(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return Error{ErrorCode::kNotFound, "no joint judge; maek-train-joint makes it", Where{file.string(), 0, 0}, {}};
    std::ostringstream all;
    all << in.rdbuf();
    return read(std::move(all).str(), file.string());
}

std::string JointModel::write() const {
    std::string out(kMagic);
    out.append(reinterpret_cast<const char*>(&kJointNumbersVersion), sizeof(kJointNumbersVersion));
    out.append(reinterpret_cast<const char*>(name_thresholds.data()), sizeof(name_thresholds));
    out.append(reinterpret_cast<const char*>(fact_thresholds.data()), sizeof(fact_thresholds));
    names.write(out);
    return out;
}

void keep_names(const std::vector<char>& accepted, Document& document, LinkedDocument& linked, std::vector<DocumentRelation>& relations) {
    constexpr std::uint32_t kGone = Mention::kNoEntry;
    std::vector<std::uint32_t> entity_to(linked.entities.size(), kGone), mention_to(document.mentions.size(), kGone);
    std::uint32_t entities = 0, mentions = 0;
    for (std::uint32_t e = 0; e < linked.entities.size(); ++e) {
        if (accepted[e] == 0) continue;
        entity_to[e] = entities;
        if (entities != e) linked.entities[entities] = std::move(linked.entities[e]);
        ++entities;
    }
    for (std::uint32_t m = 0; m < document.mentions.size(); ++m) {
        const std::uint32_t e = linked.entity_of[m];
        if (e != kGone && entity_to[e] == kGone) continue;
        mention_to[m] = mentions;
        if (mentions != m) document.mentions[mentions] = std::move(document.mentions[m]);
        linked.entity_of[mentions++] = e == kGone ? kGone : entity_to[e];
    }
    linked.entities.resize(entities);
    document.mentions.resize(mentions);
    linked.entity_of.resize(mentions);
    for (DocumentEntity& entity : linked.entities) {
        for (std::uint32_t& m : entity.mentions) m = mention_to[m];
    }
    for (DocumentRelation& relation : relations) {
        relation.source = entity_to[relation.source];
        relation.target = entity_to[relation.target];
    }
}

std::vector<DocumentRelation> decide_jointly(const JointModel& model, const RelationFinder& finder, Document& document, LinkedDocument& linked) {
    std::vector<Judged> facts = finder.judged(document, linked);
    const std::vector<float> chances = judge_names(model, document, linked, facts);
    const std::vector<char> accepted = accepted_names(linked, chances, model.name_thresholds);
    std::vector<DocumentRelation> relations =
        finder.read_properties(document, linked, settle_jointly(std::move(facts), accepted, model.fact_thresholds));
    for (std::size_t e = 0; e < chances.size(); ++e) linked.entities[e].confidence = chances[e];
    keep_names(accepted, document, linked, relations);
    return relations;
}

}  // namespace maek::extract
