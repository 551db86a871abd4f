// Room: query, inner. Makes the nodes and relationships of a CREATE or MERGE pattern for one row at
// a time. Expressions that read nothing of the pattern are evaluated for a whole batch at once, the
// others when their row's part is made. Tests: tests/query/cases/{create,merge}.test.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "query/exec/build.h"
#include "query/exec/row_buffer.h"
#include "query/exec/writer.h"

namespace maek::query {

// The properties of one pattern element, and its dynamic labels or type.
class ElementWriter {
public:
    ElementWriter(const std::vector<PropertyItem>& items, const BoundExpr* from,
                  const LabelExpr& names, const SlotSet& own, OperatorBuilder& builder);

    // Evaluates what does not read the pattern itself. The batch stays until the last row's turn.
    void prepare(ExecContext& context, const Batch& batch);
    bool late() const { return late_; }
    // Labels of a node, or the one type of a relationship. Throws when a dynamic one is no name.
    const std::vector<std::string>& names(ExecContext& context, const Batch& batch, std::uint32_t row);
    template <class IdType>
    void write(ExecContext& context, IdType id, const Batch& batch, std::uint32_t row);
    // Throws SemanticError MergeReadOwnWrites when a property of the row is null.
    void require_no_nulls(ExecContext& context, const Batch& batch, std::uint32_t row,
                          const std::string& element);

private:
    Value value(ExecContext& context, std::size_t i, const Batch& batch, std::uint32_t row);

    std::vector<std::string> keys_;
    std::vector<VectorExprPtr> values_;        // of keys_, then the map when there is one
    std::vector<const Vector*> prepared_;      // null: evaluated row by row
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
    // Whether some expression reads what the step makes: then `batch` in create() must show the
    // row as it is now.
    bool late() const;
    // Makes what the row has not bound and fills its slots. Row `at` of the batch is row `row` of
    // the buffer.
    void create(ExecContext& context, RowBuffer& rows, std::uint32_t row, const Batch& batch, std::uint32_t at);
    void require_no_nulls(ExecContext& context, const Batch& batch, std::uint32_t row);

private:
    NodeId node(ExecContext& context, std::size_t i, RowBuffer& rows, std::uint32_t row, const Batch& batch,
                std::uint32_t at);

    const BoundPath& path_;
    std::vector<ElementWriter> nodes_, segments_;
};

}  // namespace maek::query
