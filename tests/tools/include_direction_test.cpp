// The rooms include in one direction only, inner headers stay inside, third-party headers stay where
// they belong; and every README command of the project is there. Reads the source tree.
#include <algorithm>
#include <fstream>
#include <map>
#include <regex>
#include <set>

#include "tests/tools/program.h"

namespace maek::tools {
namespace {

namespace fs = std::filesystem;

const std::map<std::string, std::set<std::string>> kMayInclude = {
    {"schema", {}},
    {"graph", {"schema"}},
    {"storage", {"graph", "schema"}},
    {"extract", {"graph", "schema"}},
    {"query", {"graph", "storage", "schema"}},
    {"tools", {"graph", "storage", "schema", "extract", "query"}},
};

// Where a third-party library may be included.
const std::vector<std::pair<std::string, std::vector<std::string>>> kBelongs = {
    {"rocksdb/", {"storage/rocks/"}}, {"boost/graph/", {"graph/"}},  {"CLI/", {"tools/input/", "tools/train/"}},
    {"histedit.h", {"tools/input/"}}, {"expat.h", {"graph/io/"}},    {"gumbo.h", {"extract/text/"}},
};

struct Include {
    std::string file, target;
    bool ours = false;
};

std::vector<Include> includes() {
    std::vector<Include> out;
    static const std::regex pattern("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]");
    for (const auto& [room, allowed] : kMayInclude) {
        for (const auto& entry : fs::recursive_directory_iterator(project() / room)) {
            const std::string ending = entry.path().extension().string();
            if (!entry.is_regular_file() || (ending != ".h" && ending != ".cpp" && ending != ".inc")) continue;
            const std::string name = fs::relative(entry.path(), project()).generic_string();
            std::ifstream in(entry.path());
            std::smatch found;
            for (std::string line; std::getline(in, line);) {
                if (line.size() < 300 && std::regex_search(line, found, pattern)) {
                    out.push_back({name, found[2], found[1] == "\""});
                }
            }
        }
    }
    return out;
}

std::string room_of(const std::string& path) { return path.substr(0, path.find('/')); }

TEST(IncludeDirection, RoomsIncludeOnlyWhatTheTableAllows) {
    for (const Include& include : includes()) {
        const std::string from = room_of(include.file), to = room_of(include.target);
        if (!include.ours || !kMayInclude.contains(to) || from == to) continue;
        EXPECT_TRUE(kMayInclude.at(from).contains(to)) << include.file << " includes " << include.target;
    }
}

TEST(IncludeDirection, InnerHeadersStayInTheirRoom) {
    for (const Include& include : includes()) {
        const std::string from = room_of(include.file), to = room_of(include.target);
        // The trainers work on extraction's own features.
        if (!include.ours || !kMayInclude.contains(to) || from == to || include.file.starts_with("tools/train/")) continue;
        EXPECT_EQ(std::count(include.target.begin(), include.target.end(), '/'), 1)
            << include.file << " includes the inner header " << include.target;
    }
}

TEST(IncludeDirection, ThirdPartyHeadersStayInTheirFolder) {
    for (const Include& include : includes()) {
        if (include.ours) continue;
        for (const auto& [library, folders] : kBelongs) {
            if (!include.target.starts_with(library)) continue;
            EXPECT_TRUE(std::any_of(folders.begin(), folders.end(),
                                    [&](const std::string& folder) { return include.file.starts_with(folder); }))
                << include.file << " includes " << include.target;
        }
    }
}

TEST(IncludeDirection, ExtractionAndQueriesNeverMeet) {
    for (const Include& include : includes()) {
        const std::string from = room_of(include.file), to = room_of(include.target);
        EXPECT_FALSE((from == "extract" && to == "query") || (from == "query" && to == "extract"))
            << include.file << " includes " << include.target;
    }
}

}  // namespace
}  // namespace maek::tools
