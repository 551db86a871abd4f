#include "tools/train/corpus.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include <rapidjson/document.h>

#include "extract/text/prepare.h"
#include "extract/text/utf8.h"
#include "tools/train/unlabelled.h"

namespace maek::train {

namespace {

using extract::EntityType;
using extract::kEntityTypes;
using extract::kLabels;
namespace fs = std::filesystem;

Result<std::string> read_file(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return Error{ErrorCode::kIo, "cannot be read", {file.string(), 0, 0}, {}};
    std::ostringstream out;
    out << in.rdbuf();
    return std::move(out).str();
}

std::string string_of(const rapidjson::Value& v, const char* key) {
    const auto it = v.FindMember(key);
    return it != v.MemberEnd() && it->value.IsString() ? it->value.GetString() : "";
}

// A gold name as unit codes.
struct Name {
    std::vector<std::uint32_t> codes;
    EntityType type = EntityType::kNone;
    bool latin = false;
};

std::vector<Name> names_of(const GoldArticle& article) {
    std::vector<Name> names;
    extract::UnitRow row;
    const auto add = [&](const std::string& text, EntityType type) {
        Article holder;
        holder.text = text;
        const extract::Document document = extract::prepare(holder);
        extract::split_units(document.text, {0, static_cast<std::uint32_t>(document.text.size())}, extract::Particles(), row);
        Name name;
        name.type = type;
        for (const extract::Unit& unit : row.units) name.codes.push_back(unit.code);
        name.latin = !row.units.empty() && row.units[0].cls == extract::UnitClass::kLatin;
        if (name.codes.size() >= 2 || (name.latin && text.size() >= 2)) names.push_back(std::move(name));
    };
    for (const GoldEntity& entity : article.entities) {
        add(entity.name, entity.type);
        for (const std::string& alias : entity.aliases) add(alias, entity.type);
    }
    std::stable_sort(names.begin(), names.end(), [](const Name& a, const Name& b) { return a.codes.size() > b.codes.size(); });
    return names;
}

// Whether the units [begin, end) may be the name: its edges are edges of words.
bool edges_fit(const extract::UnitRow& row, std::size_t begin, std::size_t end, std::size_t length) {
    using extract::UnitClass;
    const auto& units = row.units;
    const bool left = begin == 0 || units[begin].blank_before || units[begin - 1].cls == UnitClass::kSign ||
                      units[begin - 1].cls != units[begin].cls;
    const bool right = units[end - 1].tail != extract::kTailOther;
    if (left && right) return true;
    if (length >= 4) return left || right;
    return false;
}

std::uint32_t bits(std::initializer_list<EntityType> types, bool outside) {
    std::uint32_t mask = outside ? 1u : 0u;
    for (const EntityType t : types) mask |= 1u << extract::begin_label(t);
    return mask;
}

// The labels that a unit inside a name of these begin labels may have.
std::uint32_t inside_of(std::uint32_t begin_mask) { return (begin_mask & ~1u) << 1 | (begin_mask & 1u); }

// Bodies without a name of their own, as the guidelines see them.
bool is_bare(std::string_view text) {
    for (const std::string_view word : {"정부", "경찰", "검찰", "법원", "군", "당국", "재판부", "여당", "야당", "대법원", "회사", "학교", "대학", "여야"}) {
        if (text == word) return true;
    }
    return false;
}

std::uint32_t begin_mask_of(std::string_view cls, std::string_view text) {
    using enum EntityType;
    if (cls == "PS_NAME") return bits({kPerson}, false);
    if (is_bare(text)) return 1u;
    if (cls == "OGG_EDUCATION") {
        const bool higher = text.ends_with("대") || text.ends_with("대학교") || text.ends_with("대학원");
        return higher ? bits({kUniversity}, false) : bits({kUniversity, kFacility, kAgency}, true);
    }
    if (cls == "OGG_ECONOMY" || cls == "OGG_FOOD") return bits({kCompany, kAgency}, false);
    if (cls == "OGG_HOTEL") return bits({kCompany, kFacility}, false);
    if (cls == "OGG_POLITICS") return bits({kAgency, kCity, kProvince}, false);
    if (cls == "OGG_LAW" || cls == "OGG_MILITARY") return bits({kAgency}, true);
    if (cls.starts_with("OGG_")) return bits({kAgency, kCompany, kAlliance, kResearchInstitute, kFacility, kUniversity}, true);
    if (cls == "LCP_COUNTRY") return bits({kAgency}, true);
    if (cls.starts_with("LCP_")) return bits({kCity, kProvince, kAgency, kCluster}, true);
    if (cls.starts_with("LC")) return bits({kCity, kCluster, kFacility}, true);
    if (cls.starts_with("AF_")) return bits({kFacility, kCluster}, true);
    if (cls.starts_with("EV_") || cls == "TMI_PROJECT" || cls == "CV_POLICY") return bits({kProject}, true);
    return 0;
}

// What a unit outside of all of KLUE's names may be for us: nothing, or what KLUE does not mark.
std::uint32_t open_mask() {
    using enum EntityType;
    std::uint32_t mask = bits({kIndustry, kProject}, true);
    return mask | inside_of(mask);
}

std::string_view class_word(std::string_view cls) {
    if (cls == "PS_NAME") return "person";
    if (cls == "OGG_ECONOMY" || cls == "OGG_FOOD" || cls == "OGG_HOTEL") return "firm";
    if (cls == "OGG_EDUCATION") return "school";
    if (cls == "OGG_POLITICS" || cls == "OGG_LAW" || cls == "OGG_MILITARY") return "office";
    if (cls == "OGG_MEDIA") return "media";
    if (cls == "OGG_SPORTS") return "team";
    if (cls.starts_with("OGG_")) return "body";
    if (cls == "LCP_COUNTRY") return "country";
    if (cls.starts_with("LCP_")) return "place";
    if (cls.starts_with("LC")) return "area";
    if (cls == "AF_BUILDING" || cls == "AF_ROAD" || cls == "AF_CULTURAL_ASSET") return "building";
    if (cls.starts_with("EV_")) return "event";
    if (cls.starts_with("AFA_")) return "work";
    if (cls == "CV_POSITION" || cls == "CV_OCCUPATION") return "post";
    if (cls == "CV_LAW" || cls == "CV_TAX" || cls == "CV_POLICY") return "law";
    if (cls.starts_with("TMI_") || cls.starts_with("TR_") || cls.starts_with("FD_")) return "technology";
    if (cls == "AFW_OTHER_PRODUCTS" || cls.starts_with("CV_FOOD")) return "product";
    if (cls.starts_with("CV_")) return "common";
    return {};
}

}  // namespace

Result<std::vector<GoldArticle>> read_gold(const fs::path& shared, const fs::path& folds) {
    std::map<std::string, int> fold_of;
    std::ifstream in(folds);
    std::string id;
    for (int fold = 0; in >> id >> fold;) fold_of[id] = fold;
    if (fold_of.empty()) return Error{ErrorCode::kIo, "expected lines of an article's id and its fold", {folds.string(), 0, 0}, {}};
    std::vector<GoldArticle> out;
    for (const auto& [name, fold] : fold_of) {
        auto json = read_file(shared / "gold" / (name + ".json"));
        if (!json.ok()) return json.error();
        auto text = read_file(shared / "articles" / (name + ".txt"));
        if (!text.ok()) return text.error();
        rapidjson::Document tree;
        if (tree.Parse(json->data(), json->size()).HasParseError() || !tree.IsObject() || !tree.HasMember("entities")) {
            return Error{ErrorCode::kFormat, "not a gold file", {(shared / "gold" / (name + ".json")).string(), 0, 0}, {}};
        }
        GoldArticle article;
        article.id = name;
        article.text = *std::move(text);
        article.date = string_of(tree, "date");
        article.fold = fold;
        for (const auto& item : tree["entities"].GetArray()) {
            GoldEntity entity{extract::entity_type(string_of(item, "type")), string_of(item, "name"), {}};
            for (const auto& alias : item["aliases"].GetArray()) entity.aliases.emplace_back(alias.GetString());
            article.entities.push_back(std::move(entity));
        }
        out.push_back(std::move(article));
    }
    return out;
}

namespace {

using ById = std::map<std::string, GoldArticle>;

GoldArticle& silver_article(ById& by_id, const std::string& id) {
    GoldArticle& article = by_id[id];
    article.id = id;
    article.fold = silver_fold(id);
    article.whole = false;
    return article;
}

// "@ id", then lines "Type: name | name": every name an entity of its own.
Result<void> read_names(const fs::path& file, ById& by_id) {
    std::ifstream in(file);
    std::string line;
    GoldArticle* article = nullptr;
    std::uint32_t number = 0;
    while (std::getline(in, line)) {
        ++number;
        if (line.empty() || line[0] == '#') continue;
        if (line.starts_with("@ ")) {
            article = &silver_article(by_id, line.substr(2));
            continue;
        }
        const std::size_t colon = line.find(": ");
        const EntityType type = extract::entity_type(std::string_view(line).substr(0, colon));
        if (article == nullptr || colon == std::string::npos || type == EntityType::kNone) {
            return Error{ErrorCode::kFormat, "expected '@ id' or 'Type: name | name'", {file.string(), number, 0}, {}};
        }
        std::istringstream names(line.substr(colon + 2));
        for (std::string name; std::getline(names, name, '|');) {
            const std::size_t a = name.find_first_not_of(' '), b = name.find_last_not_of(' ');
            if (a != std::string::npos) article->entities.push_back({type, name.substr(a, b - a + 1), {}});
        }
    }
    return {};
}

void read_entities(const rapidjson::Value& tree, GoldArticle& article) {
    for (const auto& item : tree["entities"].GetArray()) {
        GoldEntity entity{extract::entity_type(string_of(item, "type")), string_of(item, "name"), {}};
        for (const auto& alias : item["aliases"].GetArray()) entity.aliases.emplace_back(alias.GetString());
        article.entities.push_back(std::move(entity));
    }
}

// A line of JSON an article, in the form of the gold files.
Result<void> read_articles(const fs::path& file, ById& by_id) {
    std::ifstream in(file);
    std::string line;
    for (std::uint32_t number = 1; std::getline(in, line); ++number) {
        if (line.empty()) continue;
        rapidjson::Document tree;
        if (tree.Parse(line.data(), line.size()).HasParseError() || !tree.IsObject() || !tree.HasMember("entities")) {
            return Error{ErrorCode::kFormat, "expected an article in the form of the gold files", {file.string(), number, 0}, {}};
        }
        GoldArticle& article = silver_article(by_id, string_of(tree, "doc"));
        article.date = string_of(tree, "date");
        article.whole = true;
        article.entities.clear();
        read_entities(tree, article);
    }
    return {};
}

}  // namespace

Result<std::vector<GoldArticle>> read_silver(const fs::path& shared, const fs::path& folder) {
    ById by_id;
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& item : fs::directory_iterator(folder, error)) files.push_back(item.path());
    std::sort(files.begin(), files.end());
    for (const char* kind : {".txt", ".jsonl"}) {  // the second replaces what the first said of an article
        for (const fs::path& file : files) {
            const std::string name = file.filename().string();
            if (file.extension() != kind || (file.extension() == ".txt" && name.starts_with("own-"))) continue;  // texts of own articles
            auto read = file.extension() == ".txt" ? read_names(file, by_id) : read_articles(file, by_id);
            if (!read.ok()) return read.error();
        }
    }
    std::set<std::string> ids;
    for (const auto& [id, article] : by_id) ids.insert(id);
    auto texts = unlabelled_texts(shared, folder, ids);
    if (!texts.ok()) return texts.error();
    std::vector<GoldArticle> out;
    for (auto& [id, article] : by_id) {
        article.text = std::move(texts->at(id));
        out.push_back(std::move(article));
    }
    return out;
}

Sample sample_of(const extract::SentenceView& view) {
    Sample sample;
    extract::UnitKeys unit;
    for (std::size_t i = 0; i < view.size(); ++i) {
        sample.starts.push_back(static_cast<std::uint32_t>(sample.keys.size()));
        view.features(i, unit);
        sample.keys.insert(sample.keys.end(), unit.keys.begin(), unit.keys.begin() + static_cast<std::ptrdiff_t>(unit.count));
    }
    sample.starts.push_back(static_cast<std::uint32_t>(sample.keys.size()));
    sample.allowed.assign(view.size(), 1u);
    return sample;
}

void gold_samples(const GoldArticle& gold, const extract::NameTables& tables, std::vector<Sample>& out) {
    Article article;
    article.text = gold.text;
    const extract::Document document = extract::prepare(article);
    const std::vector<Name> names = names_of(gold);
    extract::SentenceView view;
    for (const extract::Sentence& sentence : document.sentences) {
        if (!sentence.useful()) continue;
        view.prepare(document.text, sentence, tables.particles, tables.names);
        if (view.size() == 0) continue;
        Sample sample = sample_of(view);
        std::vector<bool> taken(view.size(), false);
        for (const Name& name : names) {
            const std::size_t length = name.codes.size();
            for (std::size_t i = 0; i + length <= view.size(); ++i) {
                std::size_t k = 0;
                while (k < length && view.row.units[i + k].code == name.codes[k] && !taken[i + k]) ++k;
                if (k < length || !edges_fit(view.row, i, i + length, length)) continue;
                for (k = 0; k < length; ++k) {
                    taken[i + k] = true;
                    sample.allowed[i + k] = 1u << (k == 0 ? extract::begin_label(name.type) : extract::inside_label(name.type));
                }
            }
        }
        out.push_back(std::move(sample));
    }
}

Result<void> klue_samples(const fs::path& shared, const extract::NameTables& tables, float weight, std::vector<Sample>& out) {
    const fs::path file = shared / "data/klue/konne-dev.jsonl";
    std::ifstream in(file);
    if (!in) return Error{ErrorCode::kIo, "cannot be read", {file.string(), 0, 0}, {}};
    std::string line;
    extract::SentenceView view;
    while (std::getline(in, line)) {
        rapidjson::Document tree;
        if (tree.Parse(line.data(), line.size()).HasParseError() || !tree.IsObject()) continue;
        if (!string_of(tree, "klue_id").ends_with("wikitree")) continue;
        const std::string text = string_of(tree, "text");
        std::vector<std::uint32_t> byte_of;  // of each code point
        for (std::size_t at = 0; at < text.size();) {
            byte_of.push_back(static_cast<std::uint32_t>(at));
            extract::utf8_next(text, at);
        }
        byte_of.push_back(static_cast<std::uint32_t>(text.size()));
        struct Label {
            std::uint32_t begin, end, mask;
        };
        std::vector<Label> labels;
        for (const auto& item : tree["label"].GetArray()) {
            const auto begin = item[0].GetUint(), end = item[1].GetUint();
            if (end >= byte_of.size()) continue;
            const std::uint32_t mask = begin_mask_of(item[2].GetString(), std::string_view(text).substr(byte_of[begin], byte_of[end] - byte_of[begin]));
            labels.push_back({byte_of[begin], byte_of[end], mask});
        }
        // "가수 김원준" is marked as a person around the person: the innermost is the name
        const std::uint32_t person = begin_mask_of("PS_NAME", {});
        std::erase_if(labels, [&](const Label& outer) {
            return outer.mask == person && std::any_of(labels.begin(), labels.end(), [&](const Label& inner) {
                return inner.end - inner.begin < outer.end - outer.begin && inner.begin >= outer.begin && inner.end <= outer.end;
            });
        });
        std::stable_sort(labels.begin(), labels.end(), [](const Label& a, const Label& b) { return a.end - a.begin > b.end - b.begin; });
        extract::Sentence sentence;
        sentence.span = {0, static_cast<std::uint32_t>(text.size())};
        view.prepare(text, sentence, tables.particles, tables.names);
        if (view.size() == 0) continue;
        Sample sample = sample_of(view);
        sample.weight = weight;
        sample.allowed.assign(view.size(), open_mask());
        std::vector<bool> taken(view.size(), false);
        for (const Label& label : labels) {
            bool first = true, free = true;
            for (std::size_t i = 0; i < view.size(); ++i) {
                const auto& unit = view.row.units[i];
                if (unit.begin >= label.begin && unit.end <= label.end) free = free && !taken[i];
            }
            if (!free) continue;
            for (std::size_t i = 0; i < view.size(); ++i) {
                const auto& unit = view.row.units[i];
                if (unit.begin < label.begin || unit.end > label.end) continue;
                taken[i] = true;
                sample.allowed[i] = label.mask == 0 ? open_mask() : first ? label.mask : inside_of(label.mask);
                first = false;
            }
        }
        // whatever the masks, a path must be left: an inside label needs its begin in front
        for (std::size_t i = 0; i < view.size(); ++i) {
            if ((sample.allowed[i] & ~1u) != 0) {
                std::uint32_t legal = sample.allowed[i] & 1u;
                for (std::uint8_t l = 1; l < kLabels; ++l) {
                    if ((sample.allowed[i] >> l & 1) == 0) continue;
                    const bool ok = extract::is_begin(l) || (i > 0 && ((sample.allowed[i - 1] >> (l - 1) & 1) != 0 || (sample.allowed[i - 1] >> l & 1) != 0));
                    if (ok) legal |= 1u << l;
                }
                sample.allowed[i] = legal == 0 ? 1u : legal;
            }
        }
        out.push_back(std::move(sample));
    }
    return {};
}

Result<std::string> klue_names(const fs::path& shared) {
    const fs::path file = shared / "data/klue/konne-forms.tsv";
    std::ifstream in(file);
    if (!in) return Error{ErrorCode::kIo, "cannot be read", {file.string(), 0, 0}, {}};
    std::map<std::pair<std::string, std::string>, int> count;
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        std::vector<std::string> fields;
        std::istringstream row(line);
        for (std::string field; std::getline(row, field, '\t');) fields.push_back(field);
        if (fields.size() < 5) continue;
        const std::string_view word = class_word(fields[1]);
        if (word.empty() || extract::utf8_count(fields[0]) < 2 || extract::utf8_count(fields[0]) > 25) continue;
        count[{fields[0], std::string(word)}] += std::stoi(fields[4]);  // as seen in the train part only
    }
    std::string out = "# Names of the KLUE-NER training sentences with their classes, from konne-forms.tsv (CC BY-SA 4.0, see NOTICE)\n";
    for (const auto& [key, times] : count) {
        if (times < 1) continue;
        // a rare single meaning of a word with another, commoner one is left out
        out += key.first + "\t" + key.second + "\n";
    }
    return out;
}

}  // namespace maek::train
