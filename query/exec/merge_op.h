// Room: query, inner. MERGE: each row's pattern is looked for in the graph as the rows before left
// it; every match is a row, and when there is none the whole pattern is made.
// Tests: tests/query/cases/merge.test.
#pragma once

#include "query/exec/pattern_writer.h"
#include "query/exec/set_items.h"

namespace maek::query {

class MergeOp final : public Operator {
public:
    struct Parts {
        SubTree match;             // gives the pattern's slots and what is carried
        PatternWriter pattern;
        SetItems on_create, on_match;
        SlotList carried;          // of the input
        SlotList defines;          // of the pattern
        SlotList outer;            // of the match's Argument
    };
    MergeOp(OperatorPtr input, Parts parts, std::size_t slot_count);
    void close() override;

protected:
    void do_open(ExecContext& context) override;
    bool do_next(ExecContext& context, Batch& out) override;

private:
    bool find(ExecContext& context);
    void make(ExecContext& context);
    void set_on_last(ExecContext& context, SetItems& items, std::uint32_t row);

    Parts parts_;
    RowBuffer input_rows_, rows_;
    Batch input_, one_, found_, view_;
    std::uint32_t given_ = 0;
    bool done_ = false;
};

}  // namespace maek::query
