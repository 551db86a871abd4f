// Room: schema, doorway. Finds the schema folder wherever the program is run from.
// Tests: tests/schema/locate_test.cpp.
#pragma once

#include <filesystem>

#include "schema/result.h"

namespace maek {

// The first that holds an ontology.json: $MAEK_SCHEMA (if set it must), schema/ and
// share/maek/schema beside the executable and in the folders above it, the install prefix, the
// source tree that this program was built from. kNotFound names the places that were tried.
Result<std::filesystem::path> default_schema_folder();

}  // namespace maek
