#include "query/exec/column_reader.h"

namespace maek::query {

namespace {

using graph::ColumnChunk;
using graph::kChunkBits;
using graph::kChunkMask;

VectorKind kind_for(ColumnChunk::Kind kind) {
    switch (kind) {
        case ColumnChunk::Kind::kBoolean: return VectorKind::kBoolean;
        case ColumnChunk::Kind::kInteger: return VectorKind::kInteger;
        case ColumnChunk::Kind::kFloat: return VectorKind::kFloat;
        case ColumnChunk::Kind::kString: return VectorKind::kString;
        case ColumnChunk::Kind::kMixed: return VectorKind::kValue;
    }
    return VectorKind::kValue;
}

void set_null(Vector& out, std::uint32_t row) {
    switch (out.kind()) {
        case VectorKind::kBoolean: out.truths()[row] = Truth::kNull; break;
        case VectorKind::kInteger:
            out.integers()[row] = 0;
            out.make_nulls()[row] = 1;
            break;
        case VectorKind::kFloat:
            out.floats()[row] = 0;
            out.make_nulls()[row] = 1;
            break;
        case VectorKind::kString: out.texts()[row] = std::string_view(); break;
        default: out.set(row, Value()); break;
    }
}

// A present text is never without data, which would mean null.
std::string_view present(std::string_view text) {
    return text.data() == nullptr ? std::string_view("", 0) : text;
}

// Calls set or null for each row; false when a chunk is of another kind.
template <class ColumnOf, class Set, class Null>
bool read_typed(ColumnChunk::Kind kind, const std::uint32_t* ids, std::uint32_t rows, const ColumnOf& column_of,
                const Set& set, const Null& null) {
    std::uint32_t last = 0xFFFFFFFFu;
    const ColumnChunk* column = nullptr;
    for (std::uint32_t row = 0; row < rows; ++row) {
        const std::uint32_t id = ids[row];
        if (id >> kChunkBits != last) {
            last = id >> kChunkBits;
            column = column_of(id);
            if (column != nullptr && column->kind() != kind) return false;
        }
        if (column != nullptr && column->has(id & kChunkMask)) {
            set(row, *column, id & kChunkMask);
        } else {
            null(row);
        }
    }
    return true;
}

void set_from(Vector& out, std::uint32_t row, const ColumnChunk& chunk, std::uint32_t i) {
    switch (out.kind()) {
        case VectorKind::kBoolean: out.truths()[row] = truth(chunk.booleans()[i] != 0); break;
        case VectorKind::kInteger: out.integers()[row] = chunk.integers()[i]; break;
        case VectorKind::kFloat: out.floats()[row] = chunk.floats()[i]; break;
        case VectorKind::kString: out.texts()[row] = present(chunk.string(i)); break;
        default: out.set(row, chunk.value(i)); break;
    }
}

}  // namespace

void ColumnReader::read(ExecContext& context, const std::uint32_t* ids, std::uint32_t rows,
                        bool nodes, Vector& out) {
    const graph::Graph& graph = context.graph();
    const KeyId key = key_.get(graph);
    if (!key.valid()) {
        out.start(VectorKind::kBoolean, rows);
        for (std::uint32_t row = 0; row < rows; ++row) out.truths()[row] = Truth::kNull;
        return;
    }
    const bool use_table = rows > 64 && !context.writing();
    if (use_table && (run_ != context.run || table_nodes_ != nodes)) {
        const std::uint32_t chunks = nodes ? graph.node_chunks() : graph.rel_chunks();
        table_.resize(chunks);
        for (std::uint32_t i = 0; i < chunks; ++i) table_[i] = chunk(graph, key, nodes, i);
        run_ = context.run;
        table_nodes_ = nodes;
    }
    const std::uint32_t limit = nodes ? graph.node_slots() : graph.rel_slots();
    const auto column_of = [&](std::uint32_t id) -> const ColumnChunk* {
        if (id >= limit) return nullptr;
        const std::uint32_t index = id >> kChunkBits;
        return use_table ? table_[index] : chunk(graph, key, nodes, index);
    };
    // The kind of the first chunk that is there decides; rows of another kind make it generic.
    const ColumnChunk* first = nullptr;
    for (std::uint32_t row = 0; row < rows && first == nullptr; ++row) first = column_of(ids[row]);
    if (first == nullptr) {
        out.start(VectorKind::kBoolean, rows);
        for (std::uint32_t row = 0; row < rows; ++row) out.truths()[row] = Truth::kNull;
        return;
    }
    out.start(kind_for(first->kind()), rows);
    bool same = true;
    switch (first->kind()) {
        case ColumnChunk::Kind::kInteger:
            same = read_typed(first->kind(), ids, rows, column_of, [&](std::uint32_t row, const ColumnChunk& c, std::uint32_t i) {
                out.integers()[row] = c.integers()[i];
            }, [&](std::uint32_t row) { set_null(out, row); });
            break;
        case ColumnChunk::Kind::kFloat:
            same = read_typed(first->kind(), ids, rows, column_of, [&](std::uint32_t row, const ColumnChunk& c, std::uint32_t i) {
                out.floats()[row] = c.floats()[i];
            }, [&](std::uint32_t row) { set_null(out, row); });
            break;
        case ColumnChunk::Kind::kString:
            same = read_typed(first->kind(), ids, rows, column_of, [&](std::uint32_t row, const ColumnChunk& c, std::uint32_t i) {
                out.texts()[row] = present(c.string(i));
            }, [&](std::uint32_t row) { out.texts()[row] = std::string_view(); });
            break;
        default:
            same = read_typed(first->kind(), ids, rows, column_of, [&](std::uint32_t row, const ColumnChunk& c, std::uint32_t i) {
                set_from(out, row, c, i);
            }, [&](std::uint32_t row) { set_null(out, row); });
            break;
    }
    if (!same) read_generic(graph, key, ids, rows, nodes, out);
}

void ColumnReader::read_generic(const graph::Graph& graph, KeyId key, const std::uint32_t* ids,
                                std::uint32_t rows, bool nodes, Vector& out) {
    out.start(VectorKind::kValue, rows);
    const std::uint32_t limit = nodes ? graph.node_slots() : graph.rel_slots();
    for (std::uint32_t row = 0; row < rows; ++row) {
        const std::uint32_t id = ids[row];
        const ColumnChunk* column = id < limit ? chunk(graph, key, nodes, id >> kChunkBits) : nullptr;
        const bool has = column != nullptr && column->has(id & kChunkMask);
        out.set(row, has ? column->value(id & kChunkMask) : Value());
    }
}

}  // namespace maek::query
