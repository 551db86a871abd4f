// Room: schema, inner. A JSON file as a small tree in which every value knows its line, for data files
// of a few megabytes whose mistakes must be named to the person who made them.
// Parsing is iterative and at most kMaxDepth deep. Tests: tests/schema/json_tree_test.cpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/result.h"

namespace maek::schema {

struct JsonMember;

struct JsonTree {
    enum class Kind : std::uint8_t { kNull, kBoolean, kNumber, kString, kArray, kObject };
    static constexpr std::size_t kMaxDepth = 32;

    Kind kind = Kind::kNull;
    bool boolean = false;
    double number = 0;
    std::uint32_t line = 0;
    std::string text;
    std::vector<JsonTree> items;                               // of an array
    std::vector<JsonMember> members;                           // of an object, in file order

    const JsonTree* find(std::string_view key) const;          // the first of that name, or nullptr
    bool is(Kind wanted) const { return kind == wanted; }
};

struct JsonMember {
    std::string first;  // the key
    JsonTree second;
};

std::string_view kind_word(JsonTree::Kind kind);  // "a text", "a list", ...

// kNotFound, kIo, kFormat (with line and column).
Result<JsonTree> read_json_file(const std::filesystem::path& file);
Result<JsonTree> parse_json(std::string_view text, const std::string& file_name);

// Reads an object's fields, remembering the first mistake. Every key must be asked for: finish()
// reports the first one that was not, with the known ones named.
class FieldReader {
public:
    // `what` names the entry in messages ("entity type 'City'").
    FieldReader(const JsonTree& object, std::string file, std::string what);

    std::string text(std::string_view key, bool required = false);
    bool flag(std::string_view key, bool fallback = false);
    double number(std::string_view key, double fallback = 0);
    std::vector<std::string> texts(std::string_view key);
    const JsonTree* list(std::string_view key);    // an array, or nullptr
    const JsonTree* object(std::string_view key);  // an object, or nullptr
    bool has(std::string_view key) const { return object_->find(key) != nullptr; }
    void rename(std::string what) { what_ = std::move(what); }
    void fail(std::uint32_t line, std::string message);

    Result<void> finish();

private:
    const JsonTree* get(std::string_view key, JsonTree::Kind kind, bool required);

    const JsonTree* object_;
    std::string file_, what_;
    std::vector<std::string_view> asked_;
    Result<void> first_;
};

}  // namespace maek::schema
