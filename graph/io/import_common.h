// Room: graph, inner. What every import shares: where the graph goes, the ids seen, progress.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/io.h"
#include "graph/io/id_map.h"

namespace maek::graph {

// A BulkBuilder or a Transaction.
class ImportTarget {
public:
    virtual ~ImportTarget() = default;
    virtual LabelId label(std::string_view name) = 0;
    virtual TypeId type(std::string_view name) = 0;
    virtual KeyId key(std::string_view name) = 0;
    virtual NodeId add_node(std::span<const LabelId> labels) = 0;
    virtual RelId add_relationship(NodeId source, NodeId target, TypeId type) = 0;
    virtual void set(NodeId id, KeyId key, const Value& value) = 0;
    virtual void set(RelId id, KeyId key, const Value& value) = 0;
    virtual void set_integer(NodeId id, KeyId key, std::int64_t value) = 0;
    virtual void set_integer(RelId id, KeyId key, std::int64_t value) = 0;
    virtual void set_float(NodeId id, KeyId key, double value) = 0;
    virtual void set_float(RelId id, KeyId key, double value) = 0;
    virtual void set_string(NodeId id, KeyId key, std::string_view value) = 0;
    virtual void set_string(RelId id, KeyId key, std::string_view value) = 0;
    virtual std::size_t memory_bytes() const = 0;
};

// A file's bytes, mapped.
class MappedFile {
public:
    static Result<MappedFile> open(const std::filesystem::path& path);
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&&) = delete;
    ~MappedFile();
    std::string_view bytes() const { return {data_, size_}; }

private:
    MappedFile(const char* data, std::size_t size) : data_(data), size_(size) {}
    const char* data_ = nullptr;
    std::size_t size_ = 0;
};

struct Import {
    Import(ImportTarget& where, const ImportOptions& how) : target(where), options(how) {}

    ImportTarget& target;
    const ImportOptions& options;
    std::map<std::string, IdMap, std::less<>> spaces;  // by the name of the id space
    ImportSummary summary;
    std::uint64_t bytes_total = 0, bytes_before = 0;  // of all files; of the finished ones

    // Counts a record; every 65,536 asks whether to go on. `done`: bytes of the current file.
    Result<void> count(std::uint64_t done, bool node);
    void warn(std::string_view kind);  // counted by kind
    void close_warnings();

private:
    std::map<std::string, std::uint64_t, std::less<>> warnings_;
};

Error import_error(const std::filesystem::path& file, std::uint64_t line, std::uint64_t column,
                   std::string message);
// Code points from the beginning of the line up to the place, plus one.
std::uint64_t column_of(std::string_view text, std::size_t place);
// A value that may be a property; maps become their JSON text (with a warning).
Value storable(Import& import, Value value);

Result<void> import_csv(Import& import, const std::filesystem::path& path, std::string_view bytes);
Result<void> import_jsonl(Import& import, const std::filesystem::path& path, std::string_view bytes);
Result<void> import_graphml(Import& import, const std::filesystem::path& path, std::string_view bytes);

// Whether a CSV file's first header has no :START_ID.
bool csv_has_only_nodes(std::string_view bytes);
// Whether the first line is a node; such a file goes before those that begin with relationships.
bool jsonl_begins_with_node(std::string_view bytes);

}  // namespace maek::graph
