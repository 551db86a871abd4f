// Room: query, inner. The leaf of a subquery's plan: gives the rows of the surroundings, once.
#pragma once

#include "query/exec/operator.h"

namespace maek::query {

class ArgumentOp final : public Operator {
public:
    explicit ArgumentOp(SlotList slots) : slots_(std::move(slots)) {}
    // Until the next set(), open() starts over with these rows.
    void set(const Batch& outer) { outer_ = &outer; }
    const SlotList& slots() const { return slots_; }

protected:
    void do_open(ExecContext&) override { given_ = false; }
    bool do_next(ExecContext&, Batch& out) override {
        if (given_ || outer_ == nullptr || outer_->rows == 0) return false;
        given_ = true;
        for (const Slot slot : slots_) out[slot].copy((*outer_)[slot], 0, outer_->rows);
        out.rows = outer_->rows;
        return true;
    }

private:
    SlotList slots_;
    const Batch* outer_ = nullptr;
    bool given_ = false;
};

}  // namespace maek::query
