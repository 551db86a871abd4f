#include "extract/relation/relations.h"

#include <algorithm>
#include <tuple>

#include "extract/model_file.h"
#include "extract/relation/decide.h"
#include "extract/relation/properties.h"

namespace maek::extract {

Result<RelationFinder> RelationFinder::load(const std::filesystem::path& schema_folder, const Ontology& ontology,
                                            const Lexicon& lexicon, std::string_view bytes) {
    std::string content;
    const std::filesystem::path file = schema_folder / "model" / "relations.bin";
    if (bytes.empty()) {
        auto read = read_model_file(file);
        if (!read) {
            return Error{ErrorCode::kNotFound, "no relation model; maek-train-relations makes it",
                         Where{file.string(), 0, 0}, {}};
        }
        content = *std::move(read);
        bytes = content;
    }
    auto model = RelationModel::read(bytes, file.string());
    if (!model.ok()) return model.error();
    return RelationFinder(RelationWords::make(lexicon), EndpointRules::make(ontology), *std::move(model));
}

std::vector<Judged> RelationFinder::judged(const Document& document, const LinkedDocument& linked) const {
    Judge judge(model_);
    walk_proposals(document, linked, words_, rules_, model_.gate(), [&](const Proposal& proposal) { judge.take(proposal); });
    judge.finish();
    std::vector<Judged> facts = judged_facts(judge);
    round_out_agreements(facts);
    turn_orders_received(document, facts);
    return facts;
}

std::vector<DocumentRelation> RelationFinder::find(const Document& document, const LinkedDocument& linked) const {
    return read_properties(document, linked, settle(judged(document, linked), model_.thresholds()));
}

std::vector<DocumentRelation> RelationFinder::read_properties(const Document& document, const LinkedDocument& linked, std::vector<Judged> facts) const {
    const PropertyReader reader(document, linked, words_);
    std::vector<DocumentRelation> out;
    out.reserve(facts.size());
    for (Judged& fact : facts) {
        reader.read(fact);
        out.push_back(std::move(fact.relation));
    }
    std::sort(out.begin(), out.end(), [](const DocumentRelation& a, const DocumentRelation& b) {
        return std::tuple(a.sentence, a.kind, a.source, a.target) < std::tuple(b.sentence, b.kind, b.source, b.target);
    });
    return out;
}

}  // namespace maek::extract
