// Room: query, inner. Makes the nodes and relationships of a CREATE or MERGE pattern for one row at
// a time. Expressions that read nothing of what the step makes are evaluated for a whole batch at once,
// the others ("late" ones) when their element's turn comes. Tests: tests/query/cases/{create,merge}.test.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "query/exec/build.h"
#include "query/exec/row_buffer.h"
#include "query/exec/writer.h"

namespace maek::query {

// The row whose part of the graph is made.
struct RowAtWork {
    const Batch& batch;  // that prepare() saw
    std::uint32_t at;    // the row's place in it
    const Batch& now;    // one row: the row as it is now. Filled for late elements.
};

// The properties of one pattern element, and its dynamic labels or type.
class ElementWriter {
public:
    // own: slots that the whole step fills.
    ElementWriter(const std::vector<PropertyItem>& items, const BoundExpr* from,
                  const LabelExpr& names, const SlotSet& own, OperatorBuilder& builder);

    // Evaluates what is not late. The batch stays until the last row's turn.
    void prepare(ExecContext& context, const Batch& batch);
    // Whether an expression reads what the step makes.
    bool late() const { return late_; }
    // Labels of a node, or the one type of a relationship. Throws when a dynamic one is no name.
    const std::vector<std::string>& names(ExecContext& context, const RowAtWork& row);
    template <class IdType>
    void write(ExecContext& context, IdType id, const RowAtWork& row);
    // Throws SemanticError MergeReadOwnWrites when a property of the row is null.
    void require_no_nulls(ExecContext& context, const RowAtWork& row, const std::string& element);

private:
    Value value(ExecContext& context, std::size_t i, const RowAtWork& row);

    std::vector<std::string> keys_;
    std::vector<VectorExprPtr> values_;        // of keys_, then the map when there is one
    std::vector<const Vector*> prepared_;      // null: late
    std::vector<bool> early_;
    bool has_map_ = false;
    SourceRange map_range_;                    // where the map is written
    bool late_ = false;
    std::vector<std::string> names_;           // the fixed ones
    std::vector<VectorExprPtr> dynamic_names_;
    std::vector<std::string> row_names_;
};

class PatternWriter {
public:
    // own: slots that the whole step fills.
    PatternWriter(const BoundPath& path, const SlotSet& own, OperatorBuilder& builder);

    void prepare(ExecContext& context, const Batch& batch);
    // Makes what the row has not bound, from left to right, and fills its slots. Row `at` of the batch is
    // row `row` of the buffer.
    void create(ExecContext& context, RowBuffer& rows, std::uint32_t row, const Batch& batch, std::uint32_t at);
    void require_no_nulls(ExecContext& context, const Batch& batch, std::uint32_t at);

private:
    struct Target;  // where a row's elements go
    NodeId node(ExecContext& context, std::size_t i, const Target& target);
    void set_properties(ExecContext& context, std::size_t i, NodeId id, const Target& target);
    RelId relationship(ExecContext& context, std::size_t i, NodeId before, NodeId after, const Target& target);
    void look(const ElementWriter& element, const Target& target);

    const BoundPath& path_;
    std::vector<ElementWriter> nodes_, segments_;
    Batch now_;
};

}  // namespace maek::query
