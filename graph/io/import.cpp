#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "graph/io/import_common.h"
#include "graph/io/json_text.h"

namespace maek::graph {

namespace {

template <class Store>
class Target final : public ImportTarget {
public:
    explicit Target(Store& store) : store_(store) {}
    LabelId label(std::string_view name) override { return store_.label(name); }
    TypeId type(std::string_view name) override { return store_.type(name); }
    KeyId key(std::string_view name) override { return store_.key(name); }
    NodeId add_node(std::span<const LabelId> labels) override {
        if constexpr (kBulk) return store_.add_node(labels);
        else return store_.create_node(labels);
    }
    RelId add_relationship(NodeId source, NodeId target, TypeId type) override {
        if constexpr (kBulk) return store_.add_relationship(source, target, type);
        else return store_.create_relationship(source, target, type);
    }
    void set(NodeId id, KeyId key, const Value& value) override { put(id, key, value); }
    void set(RelId id, KeyId key, const Value& value) override { put(id, key, value); }
    void set_integer(NodeId id, KeyId key, std::int64_t value) override { integer(id, key, value); }
    void set_integer(RelId id, KeyId key, std::int64_t value) override { integer(id, key, value); }
    void set_float(NodeId id, KeyId key, double value) override { floating(id, key, value); }
    void set_float(RelId id, KeyId key, double value) override { floating(id, key, value); }
    void set_string(NodeId id, KeyId key, std::string_view value) override { string(id, key, value); }
    void set_string(RelId id, KeyId key, std::string_view value) override { string(id, key, value); }
    std::size_t memory_bytes() const override { return store_.memory_bytes(); }

private:
    static constexpr bool kBulk = std::is_same_v<Store, BulkBuilder>;
    template <class IdType>
    void put(IdType id, KeyId key, const Value& value) {
        if constexpr (kBulk) store_.set(id, key, value);
        else store_.set_property(id, key, value);
    }
    template <class IdType>
    void integer(IdType id, KeyId key, std::int64_t value) {
        if constexpr (kBulk) store_.set_integer(id, key, value);
        else store_.set_property(id, key, Value::integer(value));
    }
    template <class IdType>
    void floating(IdType id, KeyId key, double value) {
        if constexpr (kBulk) store_.set_float(id, key, value);
        else store_.set_property(id, key, Value::floating(value));
    }
    template <class IdType>
    void string(IdType id, KeyId key, std::string_view value) {
        if constexpr (kBulk) store_.set_string(id, key, value);
        else store_.set_property(id, key, Value::string(value));
    }
    Store& store_;
};

struct Source {
    std::filesystem::path path;
    FileFormat format;
    MappedFile file;
    bool only_nodes;
};

Result<std::vector<Source>> open_all(std::span<const std::filesystem::path> paths, const ImportOptions& options) {
    std::vector<Source> sources;
    for (const auto& path : paths) {
        const auto format = options.format ? options.format : format_of_path(path);
        if (!format || (*format != FileFormat::kGraphMl && *format != FileFormat::kJsonLines &&
                        *format != FileFormat::kCsv)) {
            return Error{ErrorCode::kFormat,
                         "cannot import this kind of file; expected .graphml, .jsonl or .csv", {path.string()}, {}};
        }
        auto file = MappedFile::open(path);
        if (!file) return std::move(file).error();
        const std::string_view bytes = file->bytes();
        const bool only_nodes = *format == FileFormat::kCsv         ? csv_has_only_nodes(bytes)
                                : *format == FileFormat::kJsonLines ? jsonl_begins_with_node(bytes)
                                                                    : true;
        sources.push_back({path, *format, std::move(*file), only_nodes});
    }
    std::vector<Source> ordered;
    for (const bool nodes : {true, false}) {
        for (Source& source : sources) {
            if (source.only_nodes == nodes) ordered.push_back(std::move(source));
        }
    }
    return ordered;
}

Result<ImportSummary> run(std::span<const std::filesystem::path> paths, const ImportOptions& options,
                          ImportTarget& target) {
    auto sources = open_all(paths, options);
    if (!sources) return std::move(sources).error();
    Import import(target, options);
    for (const Source& source : *sources) import.bytes_total += source.file.bytes().size();
    for (const Source& source : *sources) {
        const std::string_view bytes = source.file.bytes();
        Result<void> result;
        switch (source.format) {
            case FileFormat::kCsv: result = import_csv(import, source.path, bytes); break;
            case FileFormat::kJsonLines: result = import_jsonl(import, source.path, bytes); break;
            default: result = import_graphml(import, source.path, bytes); break;
        }
        if (!result) return std::move(result).error();
        import.bytes_before += bytes.size();
    }
    import.summary.bytes = import.bytes_total;
    import.close_warnings();
    return std::move(import.summary);
}

}  // namespace

Result<ImportSummary> import_files(std::span<const std::filesystem::path> paths,
                                   const ImportOptions& options, BulkBuilder& builder) {
    Target<BulkBuilder> target(builder);
    return run(paths, options, target);
}

Result<ImportSummary> import_files(std::span<const std::filesystem::path> paths,
                                   const ImportOptions& options, Transaction& transaction) {
    Target<Transaction> target(transaction);
    return run(paths, options, target);
}

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
    const auto failed = [&](int number) {
        return Error{number == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo,
                     number == ENOENT ? std::string("there is no such file") : std::string(std::strerror(number)),
                     {path.string()}, {}};
    };
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return failed(errno);
    struct stat info {};
    if (::fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode)) {
        const int number = S_ISDIR(info.st_mode) ? EISDIR : EINVAL;
        ::close(descriptor);
        return failed(number);
    }
    const auto size = static_cast<std::size_t>(info.st_size);
    void* data = size == 0 ? nullptr : ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    const int number = errno;
    ::close(descriptor);
    if (data == MAP_FAILED) return failed(number);
    if (size != 0) ::madvise(data, size, MADV_SEQUENTIAL);
    return MappedFile(static_cast<const char*>(data), size);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile::~MappedFile() {
    if (data_ != nullptr) ::munmap(const_cast<char*>(data_), size_);
}

Result<void> Import::count(std::uint64_t done, bool node) {
    ++(node ? summary.nodes : summary.relationships);
    if (((summary.nodes + summary.relationships) & 0xFFFF) != 0) return {};
    if (options.memory_limit != 0 && target.memory_bytes() > options.memory_limit) {
        return Error{ErrorCode::kLimit, "the imported graph would take more than " +
                                            std::to_string(options.memory_limit / 1'000'000) + " MB", {}, {}};
    }
    if (options.progress && !options.progress({summary.nodes, summary.relationships, bytes_before + done, bytes_total})) {
        return Error{ErrorCode::kCancelled, "the import was interrupted", {}, {}};
    }
    return {};
}

void Import::warn(std::string_view kind) {
    const auto at = warnings_.find(kind);
    if (at == warnings_.end()) {
        warnings_.emplace(kind, 1);
    } else {
        ++at->second;
    }
}

void Import::close_warnings() {
    for (const auto& [kind, times] : warnings_) {
        summary.warnings.push_back(times == 1 ? kind : kind + " (" + std::to_string(times) + " times)");
    }
}

Error import_error(const std::filesystem::path& file, std::uint64_t line, std::uint64_t column, std::string message) {
    return {ErrorCode::kFormat, std::move(message),
            {file.string(), static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(column)}, {}};
}

std::uint64_t column_of(std::string_view text, std::size_t place) {
    std::size_t begin = std::min(place, text.size());
    while (begin > 0 && text[begin - 1] != '\n') --begin;
    std::uint64_t column = 1;
    for (std::size_t i = begin; i < place && i < text.size(); ++i) {
        column += (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    }
    return column;
}

Value storable(Import& import, Value value) {
    if (value.is(ValueKind::kMap)) {
        import.warn("a map is no property; its JSON text was kept");
        std::string text;
        append_json(text, value);
        return Value::string(text);
    }
    if (!value.is(ValueKind::kList)) return value;
    for (const Value& item : value.as_list()) {
        if (!item.is(ValueKind::kMap) && !item.is(ValueKind::kList) && !item.is_null()) continue;
        import.warn("a list of lists, maps or nulls is no property; its JSON text was kept");
        std::string text;
        append_json(text, value);
        return Value::string(text);
    }
    return value;
}

}  // namespace maek::graph
