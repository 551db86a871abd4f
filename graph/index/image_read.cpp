// Reads a graph image. Nothing in it is believed before it is checked: every offset, size and count
// against the bytes there are, every block against its checksum, every id against the counts.
#include <algorithm>
#include <bit>
#include <cstring>

#include "graph/image.h"
#include "graph/index/bytes.h"
#include "graph/index/graph_access.h"
#include "graph/index/image_format.h"

namespace maek::graph {

namespace {

using image::Block;

// Whether every id is one that there can be; written to be vectorised.
bool entries_below(const Adjacent* entries, std::size_t count, std::uint32_t nodes, std::uint32_t rels) {
    std::uint32_t node = 0, rel = 0;
    for (std::size_t i = 0; i < count; ++i) {
        node = std::max(node, entries[i].node.value);
        rel = std::max(rel, entries[i].rel.value);
    }
    return count == 0 || (node < nodes && rel < rels);
}

class Reader {
public:
    Reader(std::shared_ptr<const void> holder, std::string_view bytes, bool verify, bool build)
        : holder_(std::move(holder)), bytes_(bytes), verify_(verify), build_(build), directory_({}) {}

    Result<OpenedImage> run() {
        const bool sound = frame() && counts_and_names() && node_bitmaps() && relationships() &&
                           adjacency() && columns(data_->node_columns, node_chunks(), "node property") &&
                           columns(data_->rel_columns, rel_chunks(), "relationship property") && schema();
        if (!sound || !directory_.ok() || !directory_.at_end()) {
            return error_.value_or(damaged("its directory does not fit the format"));
        }
        return OpenedImage{GraphAccess::make(data_), stamp_};
    }

private:
    static Error damaged(const std::string& what) {
        return {ErrorCode::kStoreDamaged, "the graph image is damaged: " + what, {}, {}};
    }
    bool fail(const std::string& what) {
        if (!error_) error_ = damaged(what);
        return false;
    }

    std::uint32_t node_chunks() const { return chunks_for(data_->node_slots); }
    std::uint32_t rel_chunks() const { return chunks_for(data_->rel_slots); }
    static std::uint32_t chunks_for(std::uint32_t slots) {
        return static_cast<std::uint32_t>((std::uint64_t{slots} + kChunkMask) >> kChunkBits);
    }

    // Header, footer, and the directory's checksum.
    bool frame() {
        if (bytes_.size() < image::kHeaderBytes + image::kFooterBytes) return fail("it is cut off");
        const std::string_view head = bytes_.substr(0, image::kHeaderBytes);
        const std::string_view foot = bytes_.substr(bytes_.size() - image::kFooterBytes);
        if (!head.starts_with(image::kMagic)) return fail("it does not begin as a graph image");
        if (!foot.ends_with(image::kMagic)) return fail("its end is missing");
        ByteReader footer(foot);
        const auto offset = footer.number<std::uint64_t>();
        const auto size = footer.number<std::uint64_t>();
        const auto hash = footer.number<std::uint64_t>();
        stamp_ = footer.number<std::uint64_t>();
        const auto frame_hash = footer.number<std::uint64_t>();
        if (image::hash_bytes(std::string(head) + std::string(foot.substr(0, 32))) != frame_hash) {
            return fail("the checksum of its header or footer is wrong");
        }
        ByteReader header(head.substr(image::kMagic.size()));
        const auto format = header.number<std::uint32_t>();
        if (format != image::kFormat || header.number<std::uint32_t>() != image::kByteOrder) {
            error_ = Error{ErrorCode::kStoreFormat,
                           "the graph image has format " + std::to_string(format) + ", expected " +
                               std::to_string(image::kFormat) + " in this machine's byte order", {}, {}};
            return false;
        }
        data_end_ = offset;
        if (offset > bytes_.size() - image::kFooterBytes ||
            size != bytes_.size() - image::kFooterBytes - offset) {
            return fail("its directory is not where the footer says");
        }
        const std::string_view directory = bytes_.substr(offset, size);
        if (image::hash_bytes(directory) != hash) return fail("the checksum of its directory is wrong");
        directory_ = ByteReader(directory);
        return true;
    }

    // The bytes of the next block of the directory, which has `what` in it.
    std::optional<std::string_view> block(const std::string& what) {
        const auto at = directory_.number<Block>();
        if (at.offset % image::kAlign != 0 || at.offset > data_end_ || at.size > data_end_ - at.offset) {
            fail(what + " lies outside the file");
            return std::nullopt;
        }
        const std::string_view bytes = bytes_.substr(at.offset, at.size);
        if (verify_ && image::hash_bytes(bytes) != at.hash) {
            fail("the checksum of " + what + " is wrong");
            return std::nullopt;
        }
        return bytes;
    }

    std::optional<std::vector<std::uint32_t>> chunk_numbers(std::uint32_t limit, const std::string& what) {
        std::vector<std::uint32_t> numbers(directory_.count(4));
        for (std::uint32_t& number : numbers) number = directory_.number<std::uint32_t>();
        const bool ascending = std::ranges::adjacent_find(numbers, std::greater_equal<>()) == numbers.end();
        if (!directory_.ok() || !ascending || (!numbers.empty() && numbers.back() >= limit)) {
            fail("the chunk list of " + what + " is wrong");
            return std::nullopt;
        }
        return numbers;
    }

    template <class IdType>
    void names(NameTable<IdType>& table) {
        std::vector<std::string> all;
        for (std::uint64_t n = directory_.count(8); n > 0; --n) all.emplace_back(directory_.text());
        if (!all.empty()) GraphAccess::assign_names(table, std::move(all));
    }

    bool counts_and_names() {
        data_->version = directory_.number<std::uint64_t>();
        data_->node_slots = directory_.number<std::uint32_t>();
        data_->rel_slots = directory_.number<std::uint32_t>();
        data_->node_count = directory_.number<std::uint64_t>();
        data_->rel_count = directory_.number<std::uint64_t>();
        names(data_->labels);
        names(data_->types);
        names(data_->keys);
        std::uint64_t total = 0;
        for (std::size_t i = 0; i < data_->types.size() && directory_.ok(); ++i) {
            data_->type_counts.push_back(directory_.number<std::uint64_t>());
            total += data_->type_counts.back();
        }
        if (!directory_.ok() || total != data_->rel_count) return fail("its counts do not agree");
        return true;
    }

    bool bitmaps(ChunkTable<BitChunk>& table, std::uint64_t& total, const std::string& what) {
        const auto numbers = chunk_numbers(node_chunks(), what);
        if (!numbers) return false;
        const auto bytes = block(what);
        if (!bytes) return false;
        if (bytes->size() != numbers->size() * image::kBitmapBytes) return fail(what + " has a wrong size");
        for (std::size_t i = 0; i < numbers->size(); ++i) {
            auto chunk = std::make_shared<BitChunk>();
            std::memcpy(chunk->words.data(), bytes->data() + i * image::kBitmapBytes, image::kBitmapBytes);
            for (const std::uint64_t word : chunk->words) {
                chunk->count += static_cast<std::uint32_t>(std::popcount(word));
            }
            const std::uint32_t number = (*numbers)[i];
            if (!only_slots(*chunk, number)) return fail(what + " names a node that cannot be");
            total += chunk->count;
            table.set(number, std::move(chunk));
        }
        return true;
    }

    // No bit of the chunk stands for a slot behind the last one.
    bool only_slots(const BitChunk& bits, std::uint32_t chunk) const {
        if (chunk + 1 < node_chunks() || (data_->node_slots & kChunkMask) == 0) return true;
        for (std::uint32_t i = data_->node_slots & kChunkMask; i < kChunkSize; ++i) {
            if (bits.test(i)) return false;
        }
        return true;
    }

    bool node_bitmaps() {
        std::uint64_t alive = 0;
        if (!bitmaps(data_->alive, alive, "the table of nodes")) return false;
        if (alive != data_->node_count) return fail("its number of nodes is wrong");
        const std::uint64_t labels = directory_.count(8);
        if (labels > data_->labels.size()) return fail("it has more label tables than labels");
        data_->label_bits.resize(labels);
        data_->label_counts.resize(labels);
        for (std::uint32_t i = 0; i < labels; ++i) {
            const std::string what = "the table of label `" + std::string(data_->labels.name(LabelId{i})) + "`";
            if (!bitmaps(data_->label_bits[i], data_->label_counts[i], what)) return false;
            if (!only_living(data_->label_bits[i])) return fail(what + " names a node that is not there");
        }
        return true;
    }

    bool only_living(const ChunkTable<BitChunk>& table) const {
        bool sound = true;
        table.each([&](std::uint32_t number, const BitChunk& bits) {
            const BitChunk* alive = data_->alive.get(number);
            for (std::uint32_t w = 0; w < kChunkWords; ++w) {
                sound = sound && (bits.words[w] & ~(alive ? alive->words[w] : 0)) == 0;
            }
        });
        return sound;
    }

    bool relationships() {
        const auto numbers = chunk_numbers(rel_chunks(), "the relationships");
        if (!numbers) return false;
        for (const std::uint32_t number : *numbers) {
            const std::string what = "relationship chunk " + std::to_string(number);
            const auto bytes = block(what);
            if (!bytes) return false;
            if (bytes->size() != kChunkSize * sizeof(RelRecord)) return fail(what + " has a wrong size");
            const auto* records = reinterpret_cast<const RelRecord*>(bytes->data());
            if (verify_ && !records_sound(records)) return fail(what + " names a node or type that is not there");
            if (build_) data_->rels.set(number, std::make_shared<RelChunk>(records, holder_));
        }
        return true;
    }

    bool records_sound(const RelRecord* records) const {
        const std::uint32_t nodes = data_->node_slots;
        const auto types = static_cast<std::uint32_t>(data_->types.size());
        bool sound = true;
        for (std::uint32_t i = 0; i < kChunkSize; ++i) {
            const RelRecord& r = records[i];
            const bool fits = (r.source.value < nodes) & (r.target.value < nodes) & (r.type.value < types);
            sound &= fits | !r.type.valid();
        }
        return sound;
    }

    bool adjacency() {
        const std::uint64_t types = directory_.count(16);
        if (types > data_->types.size()) return fail("it has more adjacency tables than types");
        data_->adjacency.resize(types);
        for (std::uint32_t type = 0; type < types; ++type) {
            for (std::size_t direction = 0; direction < 2; ++direction) {
                if (!adjacency_table(type, data_->adjacency[type][direction])) return false;
            }
        }
        return true;
    }

    bool adjacency_table(std::uint32_t type, ChunkTable<AdjacencyChunk>& table) {
        const std::string name = "the adjacency of `" + std::string(data_->types.name(TypeId{type})) + "`";
        const auto numbers = chunk_numbers(node_chunks(), name);
        if (!numbers) return false;
        std::uint64_t total = 0;
        for (const std::uint32_t number : *numbers) {
            const auto bytes = block(name);
            if (!bytes) return false;
            if (bytes->size() < image::kOffsetBytes) return fail(name + " has a wrong size");
            const auto* offsets = reinterpret_cast<const std::uint32_t*>(bytes->data());
            const auto* entries = reinterpret_cast<const Adjacent*>(bytes->data() + image::kOffsetBytes);
            const std::size_t count = (bytes->size() - image::kOffsetBytes) / sizeof(Adjacent);
            if ((bytes->size() - image::kOffsetBytes) % sizeof(Adjacent) != 0 || offsets[kChunkSize] != count) {
                return fail(name + " has a wrong size");
            }
            if (verify_ && !(offsets[0] == 0 && std::is_sorted(offsets, offsets + kChunkSize + 1) &&
                             entries_below(entries, count, data_->node_slots, data_->rel_slots))) {
                return fail(name + " names a node or relationship that is not there");
            }
            total += count;
            if (build_) table.set(number, std::make_shared<AdjacencyChunk>(offsets, entries, holder_));
        }
        if (total != data_->type_counts[type]) return fail(name + " does not have as many entries as counted");
        return true;
    }

    bool columns(std::vector<ChunkTable<Column>>& tables, std::uint32_t chunks, const std::string& of) {
        const std::uint64_t count = directory_.count(8);
        if (count > data_->keys.size()) return fail("it has more " + of + " tables than keys");
        tables.resize(count);
        for (std::uint32_t key = 0; key < count; ++key) {
            const std::string what = of + " `" + std::string(data_->keys.name(KeyId{key})) + "`";
            const auto numbers = chunk_numbers(chunks, what);
            if (!numbers) return false;
            for (const std::uint32_t number : *numbers) {
                const auto kind = directory_.number<std::uint8_t>();
                const auto bytes = block(what);
                if (!bytes) return false;
                auto made = column(kind, *bytes);
                if (!made) return fail(what + " has a wrong form");
                if (build_) tables[key].set(number, std::move(made));
            }
        }
        return true;
    }

    std::shared_ptr<Column> column(std::uint8_t kind_number, std::string_view bytes) {
        using Kind = ColumnChunk::Kind;
        if (kind_number > static_cast<std::uint8_t>(Kind::kMixed) || bytes.size() < image::kBitmapBytes) {
            return nullptr;
        }
        const auto kind = static_cast<Kind>(kind_number);
        const auto* presence = reinterpret_cast<const std::uint64_t*>(bytes.data());
        const std::string_view rest = bytes.substr(image::kBitmapBytes);
        if (kind == Kind::kMixed) return mixed_column(presence, rest);
        const std::size_t fixed = kChunkSize * (kind == Kind::kBoolean ? 1 : 8);
        if (kind == Kind::kString ? rest.size() < fixed : rest.size() != fixed) return nullptr;
        const char* arena = kind == Kind::kString ? rest.data() + fixed : nullptr;
        if (kind == Kind::kString && verify_) {
            const auto* refs = reinterpret_cast<const Column::StringRef*>(rest.data());
            const std::uint64_t size = rest.size() - fixed;
            std::uint64_t furthest = 0;
            for (std::uint32_t i = 0; i < kChunkSize; ++i) {
                furthest = std::max(furthest, std::uint64_t{refs[i].offset} + refs[i].length);
            }
            if (furthest > size) return nullptr;
        }
        return std::make_shared<Column>(kind, presence, rest.data(), arena, holder_);
    }

    static std::shared_ptr<Column> mixed_column(const std::uint64_t* presence, std::string_view rest) {
        auto column = std::make_shared<Column>(ColumnChunk::Kind::kMixed);
        ByteReader values(rest);
        for (std::uint32_t i = 0; i < kChunkSize; ++i) {
            if (!((presence[i >> 6] >> (i & 63)) & 1)) continue;
            const Value value = values.value();
            if (!values.ok() || value.is_null()) return nullptr;
            column->set(i, value);
        }
        return values.at_end() ? column : nullptr;
    }

    std::vector<std::string> texts() {
        std::vector<std::string> items;
        for (std::uint64_t n = directory_.count(8); n > 0; --n) items.emplace_back(directory_.text());
        return items;
    }

    bool schema() {
        for (std::uint64_t n = directory_.count(8); n > 0 && directory_.ok(); --n) {
            if (!index()) return false;
        }
        for (std::uint64_t n = directory_.count(8); n > 0 && directory_.ok(); --n) {
            ConstraintInfo info;
            info.name = directory_.text();
            info.kind = static_cast<ConstraintKind>(std::min<int>(directory_.number<std::uint8_t>(), 2));
            info.on_relationships = directory_.number<std::uint8_t>() != 0;
            info.label = directory_.text();
            info.properties = texts();
            data_->constraints.push_back(std::move(info));
        }
        return directory_.ok();
    }

    bool index() {
        auto index = std::make_shared<PropertyIndex>();
        index->info.name = directory_.text();
        index->info.kind = static_cast<IndexKind>(std::min<int>(directory_.number<std::uint8_t>(), 2));
        index->info.on_relationships = directory_.number<std::uint8_t>() != 0;
        index->info.owned_by_constraint = directory_.number<std::uint8_t>() != 0;
        index->info.labels = texts();
        index->info.properties = texts();
        const std::string what = "index `" + index->info.name + "`";
        if (!directory_.ok() || !resolve(*index)) return fail(what + " covers what is not there");
        const auto count = directory_.number<std::uint64_t>();
        const auto bytes = block(what);
        if (!bytes) return false;
        const std::uint32_t limit = index->info.on_relationships ? data_->rel_slots : data_->node_slots;
        std::vector<OrderedIndex::Entry> entries;
        entries.reserve(std::min<std::uint64_t>(count, bytes->size() / 8));
        ByteReader reader(*bytes);
        while (!reader.at_end() && reader.ok()) {
            const auto id = reader.number<std::uint32_t>();
            const auto size = reader.number<std::uint32_t>();
            entries.push_back({std::string(reader.raw(size)), id});
            if (id >= limit) return fail(what + " names what is not there");
        }
        if (!reader.ok() || entries.size() != count) return fail(what + " has a wrong size");
        if (build_) index->entries.assign_sorted(std::move(entries));
        data_->indexes.push_back(std::move(index));
        return true;
    }

    bool resolve(PropertyIndex& index) const {
        if (index.info.labels.empty()) return false;
        if (index.info.on_relationships) {
            const auto type = data_->types.find(index.info.labels.front());
            if (!type) return false;
            index.owner = type->value;
        } else {
            const auto label = data_->labels.find(index.info.labels.front());
            if (!label) return false;
            index.owner = label->value;
        }
        for (const std::string& name : index.info.properties) {
            const auto key = data_->keys.find(name);
            if (!key) return false;
            index.keys.push_back(*key);
        }
        return true;
    }

    std::shared_ptr<const void> holder_;
    const std::string_view bytes_;
    const bool verify_, build_;
    std::uint64_t data_end_ = 0, stamp_ = 0;
    ByteReader directory_;
    std::shared_ptr<GraphData> data_ = std::make_shared<GraphData>();
    std::optional<Error> error_;
};

std::string_view as_text(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

Result<OpenedImage> open_image(std::shared_ptr<const void> holder, std::span<const std::byte> bytes,
                               ImageVerify verify) {
    MAEK_CHECK(reinterpret_cast<std::uintptr_t>(bytes.data()) % image::kAlign == 0,
               "an image has to lie at a multiple of 64");
    return Reader(std::move(holder), as_text(bytes), verify == ImageVerify::kAll, true).run();
}

Result<void> verify_image(std::span<const std::byte> bytes) {
    auto result = Reader(nullptr, as_text(bytes), true, false).run();
    if (!result) return std::move(result).error();
    return {};
}

}  // namespace maek::graph
