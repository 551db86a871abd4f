// Room: query, inner. Relationships by a property's value, for each row of the input, from an index.
// Tests: tests/query/cases/schema.test, tests/reference/index_agreement_test.cpp.
#pragma once

#include "query/exec/build.h"
#include "query/exec/lookup_parts.h"
#include "query/exec/operator.h"
#include "query/plan/logical_read.h"

namespace maek::query {

class RelSeekOp final : public Operator {
public:
    RelSeekOp(OperatorPtr input, const LogicalRelScan& plan, LookupParts parts, SlotList carried, SlotList wanted,
              std::size_t slots);

protected:
    void do_open(ExecContext& context) override;
    bool do_next(ExecContext& context, Batch& out) override;

private:
    void seek(ExecContext& context);  // all relationships of the present row
    void seek_type(ExecContext& context, TypeId type, KeyId key);
    void find_equal(ExecContext& context, TypeId type, KeyId key, const Value& value);
    void find_range(ExecContext& context, TypeId type, KeyId key);
    template <class Right>
    void look_through(ExecContext& context, TypeId type, Right right);
    void fill(const graph::Graph& graph);
    void add(std::uint32_t rel, std::uint32_t from, std::uint32_t to);

    const LogicalRelScan& plan_;
    LookupParts parts_;
    SlotList carried_, wanted_;
    std::vector<TypeRef> types_;
    KeyRef key_;
    Batch input_;
    std::uint32_t row_ = 0;
    bool row_open_ = false;
    std::vector<RelId> found_;
    std::size_t found_at_ = 0;
    std::vector<std::uint32_t> rels_, froms_, tos_;
};

}  // namespace maek::query
