#include "schema/locate.h"

#include <cstdlib>
#include <string>
#include <vector>

#ifndef MAEK_SOURCE_SCHEMA
#define MAEK_SOURCE_SCHEMA ""
#endif
#ifndef MAEK_INSTALL_SCHEMA
#define MAEK_INSTALL_SCHEMA ""
#endif

namespace maek {
namespace {

namespace fs = std::filesystem;

bool holds_ontology(const fs::path& folder) {
    std::error_code error;
    return !folder.empty() && fs::is_regular_file(folder / "ontology.json", error);
}

std::vector<fs::path> candidates() {
    std::vector<fs::path> out;
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    if (!error) {
        fs::path folder = program.parent_path();
        for (int level = 0; level < 4 && !folder.empty(); ++level) {
            out.push_back(folder / "share" / "maek" / "schema");
            out.push_back(folder / "schema");
            if (folder == folder.root_path()) break;
            folder = folder.parent_path();
        }
    }
    out.emplace_back(MAEK_INSTALL_SCHEMA);
    out.emplace_back(MAEK_SOURCE_SCHEMA);
    return out;
}

}  // namespace

Result<fs::path> default_schema_folder() {
    if (const char* given = std::getenv("MAEK_SCHEMA"); given != nullptr && *given != '\0') {
        if (holds_ontology(given)) return fs::path(given);
        return Error{ErrorCode::kNotFound,
                     std::string("MAEK_SCHEMA names a folder without an ontology.json: ") + given, {}, {}};
    }
    std::string tried;
    for (const fs::path& folder : candidates()) {
        if (folder.empty()) continue;
        if (holds_ontology(folder)) return folder;
        tried += "\n  " + folder.string();
    }
    return Error{ErrorCode::kNotFound,
                 "no schema folder (one with an ontology.json); set MAEK_SCHEMA. Tried:" + tried, {}, {}};
}

}  // namespace maek
