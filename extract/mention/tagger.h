// Room: extract, inner. Names in a document: the learned model over what the name tables and the
// forms of the text say. Immutable, for many threads. Tests: tests/extract/mention/tagger_test.cpp.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "extract/document.h"
#include "extract/mention/candidates.h"
#include "extract/mention/crf.h"
#include "extract/mention/name_judge.h"
#include "extract/mention/name_tables.h"
#include "schema/result.h"

namespace maek::extract {

class Tagger {
public:
    // The model in `bytes`, or of schema_folder/model/tagger.bin when that is empty. Weights without a judge of names
    // give candidates only, which is what a judge is learned from.
    static Result<Tagger> load(const std::filesystem::path& schema_folder, NameTables tables,
                               std::string_view bytes = {});

    // Replaces document.mentions. Requires: judges(), and prepare() has been there. Linear in the text.
    void tag(Document& document, Doubt doubt = {}) const;

    // The two halves of tag(): all that may be a name, before it is judged (leaves document.mentions empty), and
    // which of them are mentioned.
    std::vector<NameCandidate> candidates(Document& document) const;
    void decide(Document& document, const std::vector<NameCandidate>& names, Doubt doubt = {}) const;

    // The file's bytes out of those of its parts.
    static std::string bundle(std::string_view weights, std::string_view judge);
    bool judges() const { return !judge_.empty(); }

    const NameTables& tables() const { return tables_; }

private:
    Tagger(NameTables tables, CrfModel model, NameJudge judge)
        : tables_(std::move(tables)), model_(std::move(model)), chain_(model_.transitions()), judge_(std::move(judge)) {}
    // Calls use(sentence, view, decoder, repaired spans) for every useful sentence.
    template <class Use>
    void each_sentence(Document& document, Use&& use) const;

    NameTables tables_;
    CrfModel model_;
    Chain chain_;
    NameJudge judge_;
};

}  // namespace maek::extract
