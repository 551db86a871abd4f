// Reads the openCypher TCK's .feature files: the subset of Gherkin that they use, outlines expanded.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace maek::tck {

struct Step {
    std::string text;                             // without the keyword and a trailing ':'
    std::string doc_string;
    std::vector<std::vector<std::string>> table;  // cells trimmed and unescaped
};

struct Scenario {
    std::string id;    // "clauses/match/Match1[3]" or "...[3].2" for the second example row
    std::string name;
    std::vector<Step> steps;  // the background's first
};

// Every expanded scenario of one file, in order. Throws std::runtime_error naming file and line.
std::vector<Scenario> read_feature(const std::filesystem::path& file, const std::string& id_prefix);

// All of a TCK folder's features/, sorted by path.
std::vector<Scenario> read_all_features(const std::filesystem::path& tck);

}  // namespace maek::tck
