// Room: extract, inner. What the tagger knows beforehand: the particles, and the lexicon's names with
// the name lists beside the model (schema/model/*-names.tsv: a name, a tab, a class) in one index.
// Tests: tests/extract/mention/name_tables_test.cpp.
#pragma once

#include <filesystem>
#include <string_view>

#include "extract/mention/name_endings.h"
#include "extract/mention/name_index.h"
#include "extract/mention/units.h"
#include "schema/lexicon.h"
#include "schema/ontology.h"
#include "schema/result.h"

namespace maek::extract {

struct NameTables {
    Particles particles;
    NameIndex names;
    NameEndings endings;
    std::vector<std::uint8_t> followers;  // Follower of each particle, by its number

    // A missing model folder gives the lexicon alone. Errors name file and line.
    static Result<NameTables> load(const std::filesystem::path& schema_folder, const Ontology& ontology,
                                   const Lexicon& lexicon);
};

// Class of a name list by its word ("person", "firm", …); 0 for an unknown one.
NameClass auxiliary_class(std::string_view word);

}  // namespace maek::extract
