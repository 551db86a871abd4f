#include "extract/pipeline.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "extract/document.h"
#include "extract/mention/tagger.h"
#include "extract/text/prepare.h"
#include "schema/lexicon.h"
#include "schema/ontology.h"

namespace maek::extract {

struct Pipeline::Parts {
    Ontology ontology;
    Lexicon lexicon;
    Tagger tagger;
};

Pipeline::Pipeline(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
Pipeline::Pipeline(Pipeline&&) noexcept = default;
Pipeline& Pipeline::operator=(Pipeline&&) noexcept = default;
Pipeline::~Pipeline() = default;

Result<Pipeline> Pipeline::load(const std::filesystem::path& schema_folder, const std::filesystem::path& overlay) {
    return load_with_model(schema_folder, overlay, {});
}

Result<Pipeline> Pipeline::load_with_model(const std::filesystem::path& schema_folder,
                                           const std::filesystem::path& overlay, std::string_view model) {
    auto ontology = Ontology::load(schema_folder, overlay);
    if (!ontology.ok()) return ontology.error();
    auto lexicon = Lexicon::load(schema_folder, *ontology, overlay);
    if (!lexicon.ok()) return lexicon.error();
    auto tables = NameTables::load(schema_folder, *ontology, *lexicon);
    if (!tables.ok()) return tables.error();
    auto tagger = Tagger::load(schema_folder, *std::move(tables), model);
    if (!tagger.ok()) return tagger.error();
    return Pipeline(std::unique_ptr<const Parts>(new Parts{*std::move(ontology), *std::move(lexicon), *std::move(tagger)}));
}

namespace {

// Letters and digits in lower case: how two spellings of one name are compared.
std::string folded(std::string_view name) {
    std::string out;
    for (const char c : name) {
        const auto b = static_cast<unsigned char>(c);
        if (b >= 0x80 || std::isalnum(b)) out += static_cast<char>(std::tolower(b));
    }
    return out;
}

// Same type and same letters, or the same entry of the lexicon.
LinkedDocument link_by_name(const Document& document, const Lexicon& lexicon) {
    LinkedDocument linked;
    std::map<std::pair<EntityType, std::string>, std::uint32_t> by_name;
    std::map<std::uint32_t, std::uint32_t> by_entry;
    linked.entity_of.assign(document.mentions.size(), Mention::kNoEntry);
    for (std::uint32_t i = 0; i < document.mentions.size(); ++i) {
        const Mention& mention = document.mentions[i];
        const std::string name(document.view(mention.span));
        const auto next = static_cast<std::uint32_t>(linked.entities.size());
        auto [it, fresh] = by_name.try_emplace({mention.type, folded(name)}, next);
        if (fresh && mention.entry != Mention::kNoEntry) {
            it->second = by_entry.try_emplace(mention.entry, next).first->second;
        }
        if (it->second == next) {
            DocumentEntity entity;
            entity.type = mention.type;
            entity.name = name;
            entity.confidence = 0;
            if (mention.entry != Mention::kNoEntry) {
                entity.entry = mention.entry;
                entity.key = lexicon.entry(mention.entry).name;
                entity.aliases.push_back(entity.key);
            }
            linked.entities.push_back(std::move(entity));
        }
        DocumentEntity& entity = linked.entities[it->second];
        linked.entity_of[i] = it->second;
        entity.mentions.push_back(i);
        entity.confidence = std::max(entity.confidence, mention.confidence);
        if (name != entity.name) entity.aliases.push_back(name);
    }
    for (DocumentEntity& entity : linked.entities) {
        std::sort(entity.aliases.begin(), entity.aliases.end());
        entity.aliases.erase(std::unique(entity.aliases.begin(), entity.aliases.end()), entity.aliases.end());
    }
    return linked;
}

}  // namespace

ArticleFacts Pipeline::extract(Article article) const {
    ArticleFacts facts;
    facts.article = std::move(article);
    Document document = prepare(facts.article);
    facts.article.date = document.date;
    parts_->tagger.tag(document);
    const LinkedDocument linked = link_by_name(document, parts_->lexicon);
    for (const DocumentEntity& entity : linked.entities) {
        facts.entities.push_back({std::string(type_name(entity.type)), entity.name, entity.aliases, entity.key, entity.confidence});
    }
    for (std::uint32_t i = 0; i < document.mentions.size(); ++i) {
        const Mention& mention = document.mentions[i];
        if (linked.entity_of[i] == Mention::kNoEntry || mention.span.begin < document.body_begin) continue;
        facts.mentions.push_back({document.offsets.span(mention.span), std::string(document.view(mention.span)),
                                  linked.entity_of[i], mention.confidence});
    }
    facts.warnings = std::move(document.warnings);
    return facts;
}

}  // namespace maek::extract
