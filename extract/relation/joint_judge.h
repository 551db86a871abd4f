// Room: extract, inner. The last look, over names and relations together. Whether a field, a project or a
// facility counts shows in what the article says of it: boosted trees give each name, doubtful ones too, a
// final chance from that of the judge of names and from the relations that it would take part in. Names
// that reach their threshold stay, and the facts between them that reach theirs.
// Learned by maek-train-joint. The file's form: docs/extraction.md. Tests: tests/extract/relation/joint_judge_test.cpp.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "extract/document.h"
#include "extract/mention/name_judge.h"
#include "extract/relation/decide.h"
#include "extract/relation/relation_model.h"
#include "extract/relation/relations.h"
#include "extract/relation/trees.h"
#include "schema/result.h"

namespace maek::extract {

inline constexpr std::size_t kJointNumbers = 88;
inline constexpr std::uint32_t kJointNumbersVersion = 1;
using JointNumbers = std::array<float, kJointNumbers>;
using TypeChances = std::array<float, kEntityTypes>;

// Which names below their threshold are looked at.
inline constexpr Doubt kJointDoubt{0.20f, 30};

// Numbers of every entity; the first is kHandNumber's. `facts` as RelationFinder::judged() gives them.
std::vector<JointNumbers> joint_numbers(const Document& document, const LinkedDocument& linked, const std::vector<Judged>& facts);

struct JointModel {
    Forest names;
    FlatForest asked;  // the same, as judge_names() asks it
    TypeChances name_thresholds{};
    RelationScores fact_thresholds{};

    // Requires nothing: any bytes give a model or an error that names the file.
    static Result<JointModel> read(std::string_view bytes, std::string_view name);
    static Result<JointModel> load(const std::filesystem::path& file);
    std::string write() const;
    void set_names(Forest forest) {
        names = std::move(forest);
        asked = FlatForest(names);
    }
};

// The final chance of each entity.
std::vector<float> judge_names(const JointModel& model, const Document& document, const LinkedDocument& linked, const std::vector<Judged>& facts);

// Which entities reach their threshold.
std::vector<char> accepted_names(const LinkedDocument& linked, const std::vector<float>& chances, const TypeChances& thresholds);

// The facts above their thresholds between accepted entities that do not exclude each other.
std::vector<Judged> settle_jointly(std::vector<Judged> facts, const std::vector<char>& accepted, const RelationScores& thresholds);

// Takes the other entities and their mentions out, and numbers the ends of the relations anew.
// Requires: both ends of every relation are accepted.
void keep_names(const std::vector<char>& accepted, Document& document, LinkedDocument& linked, std::vector<DocumentRelation>& relations);

// All of it: names that are not accepted leave the document, the others' confidence becomes the final one.
std::vector<DocumentRelation> decide_jointly(const JointModel& model, const RelationFinder& finder, Document& document, LinkedDocument& linked);

}  // namespace maek::extract
