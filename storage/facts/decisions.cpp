#include "storage/facts/decisions.h"

#include "storage/codec/bytes.h"
#include "storage/facts/normal_name.h"

namespace maek::storage {
namespace {

std::string joined(std::initializer_list<std::string_view> parts) {
    std::string key;
    for (const auto part : parts) {
        key += part;
        key += '\0';
    }
    return key;
}

// PARTNERS_WITH is the same fact from both sides.
std::string relation_key(std::string_view relation, const std::string& type, const std::string& normal,
                         const std::string& other_type, const std::string& other_normal) {
    std::string a = joined({type, normal}), b = joined({other_type, other_normal});
    if (relation == "PARTNERS_WITH" && b < a) std::swap(a, b);
    return joined({"relation", relation}) + a + b;
}

}  // namespace

std::string decision_key(const Decision& d) {
    const std::string normal = normal_name(d.type, d.name);
    if (d.kind == Decision::Kind::kRetype) return joined({"retype", d.type, normal});
    if (d.kind == Decision::Kind::kSplit && !d.articles.empty()) return joined({"split articles", d.type, normal});
    if (d.kind == Decision::Kind::kMerge || d.kind == Decision::Kind::kSplit) {
        std::string a = normal, b = normal_name(d.type, d.other_name);
        if (b < a) std::swap(a, b);
        return joined({"pair", d.type, a, b});
    }
    if (d.relation.empty()) return joined({"entity", d.type, normal});
    return relation_key(d.relation, d.type, normal, d.other_type, normal_name(d.other_type, d.other_name));
}

void add_decision(std::map<std::string, Decision>& all, const Decision& decision) {
    const bool retype = decision.kind == Decision::Kind::kRetype;
    if (retype || (decision.kind == Decision::Kind::kReject && decision.relation.empty())) {
        const std::string normal = normal_name(decision.type, decision.name);
        std::vector<Decision> earlier;  // that made it what it is now
        for (const auto& [key, made] : all)
            if (made.kind == Decision::Kind::kRetype && made.new_type == decision.type &&
                normal_name(decision.type, made.name) == normal)
                earlier.push_back(made);
        for (const Decision& made : earlier) {
            Decision also = decision;
            also.type = made.type;
            also.name = made.name;
            if (retype && also.type == also.new_type)
                all.erase(decision_key(also));  // it is again what its articles say
            else
                all[decision_key(also)] = also;
        }
    }
    all[decision_key(decision)] = decision;
}

std::string what_is_missing(const Decision& d) {
    if (d.type.empty() || normal_name(d.type, d.name).empty()) return "a decision needs an entity's type and name";
    if (d.kind == Decision::Kind::kRetype && d.new_type.empty()) return "retyping needs the new type";
    if (d.kind == Decision::Kind::kMerge && normal_name(d.type, d.other_name).empty())
        return "merging needs the other name";
    if (d.kind == Decision::Kind::kSplit && d.articles.empty() && normal_name(d.type, d.other_name).empty())
        return "splitting needs the other name, or the articles to split off";
    if (d.kind == Decision::Kind::kAccept && d.relation.empty()) return "accepting needs a relation";
    if (!d.relation.empty() && (d.other_type.empty() || normal_name(d.other_type, d.other_name).empty()))
        return "a relation needs the type and name of both ends";
    return {};
}

std::string encode_decision(const Decision& d) {
    std::string bytes;
    ByteWriter out(bytes);
    out.byte(static_cast<std::uint8_t>(d.kind));
    for (const auto* text : {&d.type, &d.name, &d.relation, &d.other_type, &d.other_name, &d.new_type}) out.text(*text);
    out.varint(d.articles.size());
    for (const auto& id : d.articles) out.text(id);
    return bytes;
}

std::optional<Decision> decode_decision(std::string_view bytes) {
    ByteReader in(bytes);
    Decision d;
    const std::uint8_t kind = in.byte();
    if (kind > static_cast<std::uint8_t>(Decision::Kind::kSplit)) in.fail();
    d.kind = static_cast<Decision::Kind>(kind);
    for (auto* text : {&d.type, &d.name, &d.relation, &d.other_type, &d.other_name, &d.new_type})
        *text = std::string(in.text());
    d.articles.resize(in.count());
    for (auto& id : d.articles) id = std::string(in.text());
    if (!in.finished()) return std::nullopt;
    return d;
}

void DecisionTable::add(const Decision& d) {
    const Entity entity{d.type, normal_name(d.type, d.name)};
    std::string other = normal_name(d.other_type.empty() ? d.type : d.other_type, d.other_name);
    switch (d.kind) {
        case Decision::Kind::kRetype: retype_[entity] = d.new_type; return;
        case Decision::Kind::kMerge: merged_[d.type].insert(std::minmax(entity.second, other)); return;
        case Decision::Kind::kSplit:
            if (d.articles.empty())
                split_[d.type].insert(std::minmax(entity.second, other));
            else
                split_articles_[entity].insert(d.articles.begin(), d.articles.end());
            return;
        case Decision::Kind::kAccept:
        case Decision::Kind::kReject:
            if (d.relation.empty())
                rejected_.insert(entity);
            else
                relations_[decision_key(d)] = d.kind;
            return;
    }
}

std::string DecisionTable::retyped(const std::string& type, const std::string& normal) const {
    const auto found = retype_.find({type, normal});
    return found == retype_.end() ? type : found->second;
}

bool DecisionTable::entity_rejected(const std::string& type, const std::string& normal) const {
    return rejected_.contains({type, normal});
}

std::string DecisionTable::split_mark(const std::string& type, const std::string& normal,
                                      const std::string& article) const {
    const auto found = split_articles_.find({type, normal});
    return found != split_articles_.end() && found->second.contains(article) ? "split" : "";
}

std::optional<Decision::Kind> DecisionTable::on_relation(const std::string& relation, const std::string& type,
                                                         const std::string& normal, const std::string& other_type,
                                                         const std::string& other_normal) const {
    const auto found = relations_.find(relation_key(relation, type, normal, other_type, other_normal));
    if (found == relations_.end()) return std::nullopt;
    return found->second;
}

const std::set<DecisionTable::NamePair>& DecisionTable::merged(const std::string& type) const {
    const auto found = merged_.find(type);
    return found == merged_.end() ? none_ : found->second;
}

const std::set<DecisionTable::NamePair>& DecisionTable::split(const std::string& type) const {
    const auto found = split_.find(type);
    return found == split_.end() ? none_ : found->second;
}

}  // namespace maek::storage
