#include <algorithm>
#include <cstring>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "graph/image.h"
#include "graph/index/bytes.h"
#include "graph/index/graph_access.h"
#include "graph/index/image_format.h"

namespace maek::graph {

namespace image {
std::uint64_t hash_bytes(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }
}  // namespace image

namespace {

using image::Block;

template <class T>
std::string_view as_bytes(const T* items, std::size_t count) {
    return {reinterpret_cast<const char*>(items), count * sizeof(T)};
}

class Writer {
public:
    Writer(const Graph& graph, std::uint64_t stamp, const ImageSink& sink)
        : graph_(graph), data_(GraphAccess::data(graph)), stamp_(stamp), sink_(sink) {}

    Result<void> run() {
        ByteWriter header;
        header.raw(image::kMagic);
        header.number(image::kFormat);
        header.number(image::kByteOrder);
        put(header.bytes());
        counts_and_names();
        bitmaps(data_.alive);
        directory_.number<std::uint64_t>(data_.label_bits.size());
        for (const auto& table : data_.label_bits) bitmaps(table);
        relationships();
        adjacency();
        columns(data_.node_columns);
        columns(data_.rel_columns);
        schema();
        footer(header.bytes());
        return std::move(result_);
    }

private:
    void put(std::string_view bytes) {
        if (!result_) return;
        result_ = sink_(bytes);
        at_ += bytes.size();
    }

    // Writes the parts as one aligned block and lists it in the directory.
    template <class... Parts>
    void block(const Parts&... parts) {
        static constexpr char kZeros[image::kAlign] = {};
        put({kZeros, (image::kAlign - at_ % image::kAlign) % image::kAlign});
        XXH3_state_t state;
        XXH3_64bits_reset(&state);
        const std::uint64_t offset = at_;
        const auto one = [&](std::string_view bytes) {
            XXH3_64bits_update(&state, bytes.data(), bytes.size());
            put(bytes);
        };
        (one(parts), ...);
        directory_.number(Block{offset, at_ - offset, XXH3_64bits_digest(&state)});
    }

    template <class IdType>
    void names(const NameTable<IdType>& table) {
        directory_.number<std::uint64_t>(table.size());
        for (std::uint32_t i = 0; i < table.size(); ++i) directory_.text(table.name(IdType{i}));
    }

    void counts_and_names() {
        directory_.number(data_.version);
        directory_.number(data_.node_slots);
        directory_.number(data_.rel_slots);
        directory_.number(data_.node_count);
        directory_.number(data_.rel_count);
        names(data_.labels);
        names(data_.types);
        names(data_.keys);
        for (std::uint32_t type = 0; type < data_.types.size(); ++type) {
            directory_.number(graph_.type_count(TypeId{type}));
        }
    }

    template <class T>
    void chunk_numbers(const ChunkTable<T>& table) {
        std::vector<std::uint32_t> numbers;
        table.each([&](std::uint32_t chunk, const T&) { numbers.push_back(chunk); });
        directory_.number<std::uint64_t>(numbers.size());
        directory_.raw(as_bytes(numbers.data(), numbers.size()));
    }

    void bitmaps(const ChunkTable<BitChunk>& table) {
        chunk_numbers(table);
        std::string words;
        table.each([&](std::uint32_t, const BitChunk& bits) {
            words.append(as_bytes(bits.words.data(), kChunkWords));
        });
        block(words);
    }

    void relationships() {
        chunk_numbers(data_.rels);
        data_.rels.each([&](std::uint32_t, const RelChunk& rels) { block(as_bytes(rels.records(), kChunkSize)); });
    }

    void adjacency() {
        directory_.number<std::uint64_t>(data_.adjacency.size());
        for (const auto& directions : data_.adjacency) {
            for (const auto& table : directions) {
                chunk_numbers(table);
                table.each([&](std::uint32_t, const AdjacencyChunk& chunk) {
                    const auto rows = chunk.rows();
                    const std::uint32_t padding = 0;
                    block(as_bytes(rows.offsets, kChunkSize + 1), as_bytes(&padding, 1),
                          as_bytes(rows.entries, rows.offsets[kChunkSize]));
                });
            }
        }
    }

    void columns(const std::vector<ChunkTable<Column>>& tables) {
        directory_.number<std::uint64_t>(tables.size());
        for (const auto& table : tables) {
            chunk_numbers(table);
            table.each([&](std::uint32_t, const Column& column) { this->column(column); });
        }
    }

    void column(const Column& column) {
        directory_.number(static_cast<std::uint8_t>(column.kind()));
        const std::string_view presence = as_bytes(column.presence(), kChunkWords);
        switch (column.kind()) {
            case ColumnChunk::Kind::kBoolean: block(presence, as_bytes(column.booleans(), kChunkSize)); break;
            case ColumnChunk::Kind::kInteger: block(presence, as_bytes(column.integers(), kChunkSize)); break;
            case ColumnChunk::Kind::kFloat: block(presence, as_bytes(column.floats(), kChunkSize)); break;
            case ColumnChunk::Kind::kString: strings(column, presence); break;
            case ColumnChunk::Kind::kMixed: {
                ByteWriter values;
                for (std::uint32_t i = 0; i < kChunkSize; ++i) {
                    if (column.has(i)) values.value(column.mixed(i));
                }
                block(presence, std::string_view(values.bytes()));
                break;
            }
        }
    }

    // Only the living text, in the order of the slots.
    void strings(const Column& column, std::string_view presence) {
        std::vector<Column::StringRef> refs(kChunkSize, Column::StringRef{0, 0});
        std::string text;
        for (std::uint32_t i = 0; i < kChunkSize; ++i) {
            if (!column.has(i)) continue;
            const std::string_view s = column.string(i);
            refs[i] = {static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(s.size())};
            text.append(s);
        }
        block(presence, as_bytes(refs.data(), refs.size()), std::string_view(text));
    }

    void texts(const std::vector<std::string>& items) {
        directory_.number<std::uint64_t>(items.size());
        for (const std::string& item : items) directory_.text(item);
    }

    void schema() {
        directory_.number<std::uint64_t>(data_.indexes.size());
        for (const auto& index : data_.indexes) {
            directory_.text(index->info.name);
            directory_.number(static_cast<std::uint8_t>(index->info.kind));
            directory_.number<std::uint8_t>(index->info.on_relationships);
            directory_.number<std::uint8_t>(index->info.owned_by_constraint);
            texts(index->info.labels);
            texts(index->info.properties);
            directory_.number<std::uint64_t>(index->entries.size());
            ByteWriter entries;
            index->entries.scan({}, {}, [&](const OrderedIndex::Entry& entry) {
                entries.number(entry.id);
                entries.number(static_cast<std::uint32_t>(entry.key.size()));
                entries.raw(entry.key);
                return true;
            });
            block(std::string_view(entries.bytes()));
        }
        directory_.number<std::uint64_t>(data_.constraints.size());
        for (const ConstraintInfo& constraint : data_.constraints) {
            directory_.text(constraint.name);
            directory_.number(static_cast<std::uint8_t>(constraint.kind));
            directory_.number<std::uint8_t>(constraint.on_relationships);
            directory_.text(constraint.label);
            texts(constraint.properties);
        }
    }

    void footer(const std::string& header) {
        const std::uint64_t offset = at_;
        put(directory_.bytes());
        ByteWriter footer;
        footer.number(offset);
        footer.number<std::uint64_t>(directory_.bytes().size());
        footer.number(image::hash_bytes(directory_.bytes()));
        footer.number(stamp_);
        footer.number(image::hash_bytes(header + footer.bytes()));
        footer.raw(image::kMagic);
        put(footer.bytes());
    }

    const Graph& graph_;
    const GraphData& data_;
    const std::uint64_t stamp_;
    const ImageSink& sink_;
    ByteWriter directory_;
    std::uint64_t at_ = 0;
    Result<void> result_;
};

}  // namespace

Result<void> write_image(const Graph& graph, std::uint64_t stamp, const ImageSink& sink) {
    return Writer(graph, stamp, sink).run();
}

}  // namespace maek::graph
