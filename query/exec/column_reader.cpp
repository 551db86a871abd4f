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
    bool started = false;
    ColumnChunk::Kind kind = ColumnChunk::Kind::kMixed;
    std::uint32_t last = 0xFFFFFFFFu, nulls_before = 0;
    const ColumnChunk* column = nullptr;
    for (std::uint32_t row = 0; row < rows; ++row) {
        const std::uint32_t id = ids[row];
        if (id < limit && id >> kChunkBits != last) {
            last = id >> kChunkBits;
            column = use_table ? table_[last] : chunk(graph, key, nodes, last);
        }
        const bool has = id < limit && column != nullptr && column->has(id & kChunkMask);
        if (!has) {
            if (started) {
                set_null(out, row);
            } else {
                ++nulls_before;
            }
            continue;
        }
        if (!started) {
            kind = column->kind();
            out.start(kind_for(kind), rows);
            for (std::uint32_t i = 0; i < nulls_before; ++i) set_null(out, i);
            started = true;
        } else if (column->kind() != kind) {
            return read_generic(graph, key, ids, rows, nodes, out);
        }
        set_from(out, row, *column, id & kChunkMask);
    }
    if (!started) {
        out.start(VectorKind::kBoolean, rows);
        for (std::uint32_t row = 0; row < rows; ++row) out.truths()[row] = Truth::kNull;
    }
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
