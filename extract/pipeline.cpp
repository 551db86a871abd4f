#include "extract/pipeline.h"

#include <optional>

#include "extract/document.h"
#include "extract/hand_over.h"
#include "extract/link/linker.h"
#include "extract/mention/amounts.h"
#include "extract/mention/dates.h"
#include "extract/mention/tagger.h"
#include "extract/relation/joint_judge.h"
#include "extract/relation/relations.h"
#include "extract/text/prepare.h"
#include "schema/lexicon.h"
#include "schema/ontology.h"

namespace maek::extract {

struct Pipeline::Parts {
    Ontology ontology;
    Lexicon lexicon;
    Tagger tagger;
    std::optional<Linker> linker;
    std::optional<RelationFinder> relations;  // none while there is no model for them
    std::optional<JointModel> joint;          // none: names are settled before relations are looked for
};

Pipeline::Pipeline(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
Pipeline::Pipeline(Pipeline&&) noexcept = default;
Pipeline& Pipeline::operator=(Pipeline&&) noexcept = default;
Pipeline::~Pipeline() = default;

Result<Pipeline> Pipeline::load(const std::filesystem::path& schema_folder, const std::filesystem::path& overlay) {
    return load_with_model(schema_folder, overlay, {});
}

Result<Pipeline> Pipeline::load_with_model(const std::filesystem::path& schema_folder,
                                           const std::filesystem::path& overlay, std::string_view model,
                                           bool with_relations) {
    auto ontology = Ontology::load(schema_folder, overlay);
    if (!ontology.ok()) return ontology.error();
    auto lexicon = Lexicon::load(schema_folder, *ontology, overlay);
    if (!lexicon.ok()) return lexicon.error();
    auto tables = NameTables::load(schema_folder, *ontology, *lexicon);
    if (!tables.ok()) return tables.error();
    auto tagger = Tagger::load(schema_folder, *std::move(tables), model);
    if (!tagger.ok()) return tagger.error();
    if (!tagger->judges()) {
        const auto file = model.empty() ? schema_folder / "model" / "tagger.bin" : std::filesystem::path("model");
        return Error{ErrorCode::kFormat, "the tagger's model has no judge of names; maek-train folds --tagger makes a whole one", {file.string(), 0, 0}, {}};
    }
    std::optional<RelationFinder> relations;
    if (with_relations && std::filesystem::exists(schema_folder / "model" / "relations.bin")) {
        auto loaded = RelationFinder::load(schema_folder, *ontology, *lexicon);
        if (!loaded.ok()) return loaded.error();
        relations = *std::move(loaded);
    }
    std::optional<JointModel> joint;
    if (const auto file = schema_folder / "model" / "joint.bin"; relations && std::filesystem::exists(file)) {
        auto loaded = JointModel::load(file);
        if (!loaded.ok()) return loaded.error();
        joint = *std::move(loaded);
    }
    std::unique_ptr<Parts> parts(new Parts{*std::move(ontology), *std::move(lexicon), *std::move(tagger), {}, std::move(relations), std::move(joint)});
    parts->linker.emplace(parts->lexicon);  // it keeps the address
    return Pipeline(std::move(parts));
}

namespace {

void hand_over(const Document& document, std::vector<DocumentRelation> relations, ArticleFacts& facts) {
    for (DocumentRelation& relation : relations) {
        const Sentence& sentence = document.sentences[relation.sentence];
        RelationFact fact;
        fact.type = kRelationNames[static_cast<std::size_t>(relation.kind)];
        fact.source = relation.source;
        fact.target = relation.target;
        fact.role = std::move(relation.role);
        fact.subject = std::move(relation.subject);
        fact.date = std::move(relation.date);
        fact.amount_krw = relation.amount_krw;
        if (sentence.span.begin >= document.body_begin) fact.evidence_span = document.offsets.span(sentence.span);
        fact.evidence = document.view(sentence.span);
        fact.confidence = relation.confidence;
        facts.relations.push_back(std::move(fact));
    }
}

}  // namespace

ArticleFacts Pipeline::extract(Article article) const {
    ArticleFacts facts;
    facts.article = std::move(article);
    Document document = prepare(facts.article);
    find_article_date(document);
    facts.article.date = document.date;
    find_amounts(document);
    find_dates(document);
    parts_->tagger.tag(document, parts_->joint ? kJointDoubt : Doubt{});
    LinkedDocument linked = parts_->linker->link(document);
    std::vector<DocumentRelation> relations;
    if (parts_->joint) relations = decide_jointly(*parts_->joint, *parts_->relations, document, linked);
    else if (parts_->relations) relations = parts_->relations->find(document, linked);
    hand_over_entities(document, linked, facts);
    hand_over(document, std::move(relations), facts);
    facts.warnings = std::move(document.warnings);
    return facts;
}

}  // namespace maek::extract
