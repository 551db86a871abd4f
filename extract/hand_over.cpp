#include "extract/hand_over.h"

namespace maek::extract {

void hand_over_entities(const Document& document, const LinkedDocument& linked, ArticleFacts& facts) {
    for (const DocumentEntity& entity : linked.entities) {
        facts.entities.push_back({std::string(type_name(entity.type)), entity.name, entity.aliases, entity.key, entity.confidence});
    }
    for (std::uint32_t i = 0; i < document.mentions.size(); ++i) {
        const Mention& mention = document.mentions[i];
        if (linked.entity_of[i] == Mention::kNoEntry || mention.span.begin < document.body_begin) continue;
        facts.mentions.push_back({document.offsets.span(mention.span), std::string(document.view(mention.span)),
                                  linked.entity_of[i], mention.confidence});
    }
}

}  // namespace maek::extract
