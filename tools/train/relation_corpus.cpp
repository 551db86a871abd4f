#include "tools/train/relation_corpus.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <rapidjson/document.h>

#include "extract/text/prepare.h"
#include "extract/mention/amounts.h"
#include "extract/mention/dates.h"
#include "extract/relation/pair_features.h"
#include "tools/train/unlabelled.h"

namespace maek::train {
namespace {

using namespace extract;

std::string read_all(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return std::move(out).str();
}

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// Articles of one event share a fold.
int fold_of(const std::string& id) {
    static const std::vector<std::vector<std::string>> kGroups = {
        {"dev-005", "dev-006", "dev-007"}, {"dev-013", "dev-014"}, {"dev-031", "dev-032"}, {"dev-062", "dev-063"},
        {"dev-324", "dev-325"}, {"dev-339", "dev-340"}, {"dev-360", "dev-361"}, {"dev-102", "dev-225"}, {"dev-105", "dev-226"},
        {"dev-106", "dev-201", "dev-202"}, {"dev-108", "dev-109"}, {"dev-203", "dev-204", "dev-214"}, {"dev-113", "dev-217"}};
    std::string name = id;
    for (const auto& group : kGroups) {
        if (std::find(group.begin(), group.end(), id) != group.end()) name = group.front();
    }
    std::uint64_t h = 1469598103934665603ull;
    for (const char c : name) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    return static_cast<int>((h >> 20) % 5);
}

std::map<std::string, int> read_folds() {
    std::map<std::string, int> folds;
    std::ifstream in(std::filesystem::path(MAEK_SOURCE_DIR) / "bench" / "extraction" / "folds.tsv");
    std::string line;
    while (std::getline(in, line)) {
        std::istringstream fields(line);
        std::string id;
        int fold = 0;
        if (fields >> id >> fold) folds[id] = fold;
    }
    return folds;
}

bool letter(std::string_view text, std::size_t at) {
    const auto c = static_cast<unsigned char>(text[at]);
    return c >= 0x80 ? (c >= 0xEA && c <= 0xED) : std::isalnum(c) != 0;
}

// The gold names in the text: longest first, none over another.
void place_mentions(RelationArticle& article) {
    const std::string_view text = article.document.text;
    struct Name {
        std::string text;
        std::uint32_t entity;
    };
    std::vector<Name> names;
    for (std::uint32_t e = 0; e < article.linked.entities.size(); ++e) {
        const DocumentEntity& entity = article.linked.entities[e];
        if (entity.name.size() >= 2) names.push_back({entity.name, e});
        for (const std::string& alias : entity.aliases) {
            if (alias.size() >= 2) names.push_back({alias, e});
        }
    }
    std::sort(names.begin(), names.end(), [](const Name& a, const Name& b) {
        return a.text.size() != b.text.size() ? a.text.size() > b.text.size() : a.text != b.text ? a.text < b.text : a.entity < b.entity;
    });
    std::vector<char> taken(text.size(), 0);
    std::vector<Mention> mentions;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> where;
    for (const Name& name : names) {
        for (std::size_t at = text.find(name.text); at != std::string_view::npos; at = text.find(name.text, at + 1)) {
            if (std::find(taken.begin() + static_cast<std::ptrdiff_t>(at), taken.begin() + static_cast<std::ptrdiff_t>(at + name.text.size()), 1) !=
                taken.begin() + static_cast<std::ptrdiff_t>(at + name.text.size())) continue;
            // Not in the middle of a word.
            std::size_t before = at;
            while (before > 0 && (static_cast<unsigned char>(text[before - 1]) & 0xC0) == 0x80) --before;
            if (at > 0 && letter(text, before == at ? at - 1 : before - 1)) continue;
            const std::size_t end = at + name.text.size();
            const bool latin = static_cast<unsigned char>(text[end - 1]) < 0x80;
            if (latin && end < text.size() && std::isalnum(static_cast<unsigned char>(text[end])) != 0) continue;
            std::fill(taken.begin() + static_cast<std::ptrdiff_t>(at), taken.begin() + static_cast<std::ptrdiff_t>(end), 1);
            Mention mention;
            mention.span = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
            mention.type = article.linked.entities[name.entity].type;
            mention.sentence = article.document.sentence_at(mention.span.begin);
            mentions.push_back(mention);
            where.emplace_back(mention.span.begin, name.entity);
        }
    }
    std::sort(mentions.begin(), mentions.end(), [](const Mention& a, const Mention& b) { return a.span.begin < b.span.begin; });
    std::sort(where.begin(), where.end());
    article.document.mentions = std::move(mentions);
    article.linked.entity_of.clear();
    for (std::uint32_t m = 0; m < where.size(); ++m) {
        article.linked.entity_of.push_back(where[m].second);
        article.linked.entities[where[m].second].mentions.push_back(m);
    }
}

// Entities, their places, amounts and dates: everything but the relations. Ids of the file to indexes.
std::map<std::string, std::uint32_t> fill(RelationArticle& out, const rapidjson::Value& tree) {
    out.document = prepare(out.article);
    std::map<std::string, std::uint32_t> ids;
    for (const rapidjson::Value& node : tree["entities"].GetArray()) {
        DocumentEntity entity;
        entity.type = entity_type(node["type"].GetString());
        entity.name = node["name"].GetString();
        if (node.HasMember("aliases")) {
            for (const rapidjson::Value& alias : node["aliases"].GetArray()) entity.aliases.emplace_back(alias.GetString());
        }
        ids[node["id"].GetString()] = static_cast<std::uint32_t>(out.linked.entities.size());
        out.linked.entities.push_back(std::move(entity));
    }
    place_mentions(out);
    find_article_date(out.document);
    find_amounts(out.document);
    find_dates(out.document);
    return ids;
}

// Code points from which the evidence begins, or nothing when it does not stand in the text.
std::optional<std::uint32_t> evidence_begin(const RelationArticle& article, const rapidjson::Value& evidence) {
    if (evidence.IsObject()) return evidence["start"].GetUint();
    const std::size_t at = article.article.text.find(evidence.GetString());
    if (at == std::string::npos) return std::nullopt;
    return static_cast<std::uint32_t>(code_points(std::string_view(article.article.text).substr(0, at)));
}

// One article in the form of the gold files; its text stands in out.article already.
Result<void> read_tree(RelationArticle& out, const rapidjson::Value& tree) {
    const auto bad = [&](const char* what) { return Error{ErrorCode::kFormat, what, Where{out.id, 0, 0}, {}}; };
    if (!tree.IsObject() || !tree.HasMember("entities") || !tree.HasMember("relations")) return bad("no gold form");
    const auto ids = fill(out, tree);
    for (const rapidjson::Value& node : tree["relations"].GetArray()) {
        GoldRelation relation;
        const std::string_view type = node["type"].GetString();
        for (std::size_t k = 0; k < kRelationKinds; ++k) {
            if (kRelationNames[k] == type) relation.kind = static_cast<RelationKind>(k);
        }
        const auto source = ids.find(node["source"].GetString()), target = ids.find(node["target"].GetString());
        if (relation.kind == RelationKind::kNone || source == ids.end() || target == ids.end()) return bad("a relation of unknown kind or ends");
        relation.source = source->second;
        relation.target = target->second;
        if (node.HasMember("properties") && node["properties"].HasMember("amount_krw")) {
            relation.amount_krw = static_cast<std::int64_t>(node["properties"]["amount_krw"].GetDouble());
        }
        if (node["evidence"].IsString()) relation.evidence = node["evidence"].GetString();
        if (const auto point = evidence_begin(out, node["evidence"])) {
            relation.sentence = out.document.sentence_at(out.document.offsets.byte(*point));
        }
        out.relations.push_back(std::move(relation));
    }
    return {};
}

}  // namespace

const GoldRelation* RelationArticle::gold(RelationKind kind, std::uint32_t source, std::uint32_t target) const {
    for (const GoldRelation& r : relations) {
        if (r.kind != kind) continue;
        if (r.source == source && r.target == target) return &r;
        if (kind == RelationKind::kPartnersWith && r.source == target && r.target == source) return &r;
    }
    return nullptr;
}

RelationArticle with_predicted(const RelationArticle& gold, const Tagger& tagger, const Linker& linker, Doubt doubt) {
    RelationArticle out;
    out.id = gold.id;
    out.predicted = true;
    out.silver = gold.silver;
    out.fold = gold.fold;
    out.article = gold.article;
    out.document = gold.document;
    out.document.mentions.clear();
    tagger.tag(out.document, doubt);
    out.linked = linker.link(out.document);
    // As gold/score.py: types agree and a name is the same; the fullest names first, one to one.
    const auto names_of = [](const DocumentEntity& entity) {
        std::set<std::string> names{folded_name(entity.name)};
        for (const std::string& alias : entity.aliases) names.insert(folded_name(alias));
        names.erase("");
        return names;
    };
    struct Match {
        bool same_name;
        std::size_t longest;
        std::uint32_t gold, found;
    };
    std::vector<Match> matches;
    for (std::uint32_t g = 0; g < gold.linked.entities.size(); ++g) {
        const auto mine = names_of(gold.linked.entities[g]);
        for (std::uint32_t e = 0; e < out.linked.entities.size(); ++e) {
            if (gold.linked.entities[g].type != out.linked.entities[e].type) continue;
            std::size_t longest = 0;
            for (const std::string& name : names_of(out.linked.entities[e])) {
                if (mine.count(name) != 0) longest = std::max(longest, name.size());
            }
            if (longest == 0) continue;
            matches.push_back({folded_name(gold.linked.entities[g].name) == folded_name(out.linked.entities[e].name), longest, g, e});
        }
    }
    std::stable_sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
        return a.same_name != b.same_name ? a.same_name : a.longest > b.longest;
    });
    const auto none = static_cast<std::uint32_t>(out.linked.entities.size());
    std::vector<std::uint32_t> found(gold.linked.entities.size(), none);
    std::vector<char> used(out.linked.entities.size(), 0);
    for (const Match& m : matches) {
        if (found[m.gold] != none || used[m.found] != 0) continue;
        found[m.gold] = m.found;
        used[m.found] = 1;
        ++out.entities_right;
    }
    out.entities_given = gold.linked.entities.size();
    for (std::size_t g = 0; g < found.size(); ++g) {
        const DocumentEntity& entity = gold.linked.entities[g];
        ++out.given_by_type[static_cast<std::size_t>(entity.type)];
        if (found[g] == none && !gold.silver) out.missed.push_back(entity);
    }
    out.right = std::move(used);
    for (GoldRelation relation : gold.relations) {
        relation.source = found[relation.source];
        relation.target = found[relation.target];
        out.relations.push_back(std::move(relation));
    }
    return out;
}

Result<std::vector<RelationArticle>> read_relation_articles(const std::filesystem::path& shared, const Lexicon&) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (std::filesystem::directory_iterator it(shared / "gold", error), end; !error && it != end; it.increment(error)) {
        if (it->path().extension() == ".json") files.push_back(it->path());
    }
    if (files.empty()) return Error{ErrorCode::kNotFound, "no gold files", Where{(shared / "gold").string(), 0, 0}, {}};
    std::sort(files.begin(), files.end());
    const auto folds = read_folds();
    std::vector<RelationArticle> out;
    for (const auto& file : files) {
        RelationArticle article;
        article.id = file.stem().string();
        article.article.id = article.id;
        article.article.text = read_all(shared / "articles" / (article.id + ".txt"));
        rapidjson::Document tree;
        tree.Parse(read_all(file).c_str());
        if (tree.HasParseError()) return Error{ErrorCode::kFormat, "no JSON", Where{file.string(), 0, 0}, {}};
        if (auto read = read_tree(article, tree); !read.ok()) return read.error();
        const auto fold = folds.find(article.id);
        article.fold = fold != folds.end() ? fold->second : fold_of(article.id);
        out.push_back(std::move(article));
    }
    return out;
}

Result<std::vector<RelationArticle>> read_silver_relations(const std::filesystem::path& shared, const std::filesystem::path& folder) {
    std::map<std::string, rapidjson::Document> trees;
    std::set<std::string> ids;
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& item : std::filesystem::directory_iterator(folder, error)) {
        if (item.path().extension() == ".jsonl") files.push_back(item.path());
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
        std::istringstream lines(read_all(file));
        for (std::string line; std::getline(lines, line);) {
            rapidjson::Document tree;
            tree.Parse(line.c_str());
            if (tree.HasParseError() || !tree.IsObject() || !tree.HasMember("doc")) {
                return Error{ErrorCode::kFormat, "no article", Where{file.string(), 0, 0}, {}};
            }
            const std::string id = tree["doc"].GetString();
            ids.insert(id);
            trees[id] = std::move(tree);
        }
    }
    auto texts = unlabelled_texts(shared, folder, ids);
    if (!texts.ok()) return texts.error();
    std::vector<RelationArticle> out;
    for (const auto& [id, tree] : trees) {
        RelationArticle article;
        article.id = id;
        article.silver = true;
        article.article.id = id;
        article.article.text = texts->at(id);
        if (auto read = read_tree(article, tree); !read.ok()) return read.error();
        article.fold = fold_of(id);
        out.push_back(std::move(article));
    }
    return out;
}

}  // namespace maek::train
