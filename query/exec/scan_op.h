// Room: query, inner. Nodes by label or property, for each row of the input.
// Tests: tests/query/cases/match.test, tests/query/cases/schema.test,
// tests/reference/index_agreement_test.cpp.
#pragma once

#include "query/exec/build.h"
#include "query/exec/expression.h"
#include "query/exec/label_filter.h"
#include "query/exec/lookup_parts.h"
#include "query/exec/operator.h"
#include "query/plan/logical_read.h"

namespace maek::query {

class ScanOp final : public Operator {
public:
    ScanOp(OperatorPtr input, const LogicalScan& plan, LookupParts parts, SlotList carried, std::size_t slots);
    // Leaves rows that have their answer.
    void stop_at(const Answered* answered) { answered_ = answered; }

protected:
    void do_open(ExecContext& context) override;
    bool do_next(ExecContext& context, Batch& out) override;

private:
    bool scan(ExecContext& context);       // the next nodes of the present row; false: done
    void seek(ExecContext& context);       // all nodes of the present row
    void find(ExecContext& context, const Value& value);
    void scan_equal(ExecContext& context, KeyId key, const Value& value);
    bool satisfies(ExecContext& context, NodeId node, KeyId key, const Value& value) const;
    void find_prefix(ExecContext& context, const Value& prefix);
    void find_range(ExecContext& context, const IndexRange& range);
    void scan_all(ExecContext& context);   // every node with the labels
    template <class Right>
    void keep(Right right);                // of those found
    void emit(Batch& out);

    const LogicalScan& plan_;
    LookupParts parts_;
    SlotList carried_;
    LabelFilter labels_;
    LabelRef first_label_;
    KeyRef key_;
    Batch input_;
    std::uint32_t row_ = 0;
    bool row_open_ = false;
    const Answered* answered_ = nullptr;
    std::uint32_t chunk_ = 0, word_ = graph::kChunkWords;
    std::uint64_t words_[graph::kChunkWords];
    std::vector<NodeId> found_;
    std::size_t found_at_ = 0;
    std::vector<std::uint32_t> picked_, nodes_;
};

}  // namespace maek::query
