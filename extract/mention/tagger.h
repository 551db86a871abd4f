// Room: extract, inner. Names in a document: the learned model over what the name tables and the
// forms of the text say. Immutable, for many threads. Tests: tests/extract/mention/tagger_test.cpp.
#pragma once

#include <filesystem>
#include <string_view>

#include "extract/document.h"
#include "extract/mention/crf.h"
#include "extract/mention/name_tables.h"
#include "schema/result.h"

namespace maek::extract {

class Tagger {
public:
    // The model in `bytes`, or of schema_folder/model/tagger.bin when that is empty.
    static Result<Tagger> load(const std::filesystem::path& schema_folder, NameTables tables,
                               std::string_view bytes = {});

    // Replaces document.mentions. Requires: prepare() has been there. Linear in the text.
    void tag(Document& document) const;

    const NameTables& tables() const { return tables_; }

private:
    Tagger(NameTables tables, CrfModel model) : tables_(std::move(tables)), model_(std::move(model)), chain_(model_.transitions()) {}
    NameTables tables_;
    CrfModel model_;
    Chain chain_;
};

}  // namespace maek::extract
