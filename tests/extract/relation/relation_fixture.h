// Helper of tests: the shipped words, rules and model over articles whose names are given.
#pragma once

#include <gmock/gmock.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "extract/link/linker.h"
#include "extract/relation/decide.h"
#include "extract/relation/properties.h"
#include "extract/relation/relations.h"
#include "tests/extract/article_text.h"

namespace maek::extract {

class RelationFixture : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        const auto folder = std::filesystem::path(MAEK_SOURCE_DIR) / "schema";
        auto ontology = Ontology::load(folder);
        ASSERT_TRUE(ontology.ok()) << ontology.error().text();
        ontology_ = new Ontology(*std::move(ontology));
        auto lexicon = Lexicon::load(folder, *ontology_);
        ASSERT_TRUE(lexicon.ok()) << lexicon.error().text();
        lexicon_ = new Lexicon(*std::move(lexicon));
        words_ = new RelationWords(RelationWords::make(*lexicon_));
    }
    static void TearDownTestSuite() {
        delete words_;
        delete lexicon_;
        delete ontology_;
    }

    void read(const std::string& text, Names names) {
        document_ = document_with(text, std::move(names));
        linked_ = Linker(*lexicon_).link(document_);
    }
    std::uint32_t entity(const std::string& name) const {
        for (std::uint32_t e = 0; e < linked_.entities.size(); ++e) {
            if (linked_.entities[e].name == name) return e;
        }
        ADD_FAILURE() << "no entity " << name;
        return 0;
    }
    // The mention of the name in the sentence.
    ByteSpan span(const std::string& name) const {
        for (const Mention& m : document_.mentions) {
            if (document_.view(m.span) == name) return m.span;
        }
        return {};
    }
    Judged fact(RelationKind kind, const std::string& source, const std::string& target) const {
        Judged f;
        f.relation.kind = kind;
        f.relation.source = entity(source);
        f.relation.target = entity(target);
        f.source_span = span(source);
        f.target_span = span(target);
        f.relation.sentence = document_.sentence_at(f.source_span.begin);
        return f;
    }

    Document document_;
    LinkedDocument linked_;
    static inline Ontology* ontology_ = nullptr;
    static inline Lexicon* lexicon_ = nullptr;
    static inline RelationWords* words_ = nullptr;
};

}  // namespace maek::extract
