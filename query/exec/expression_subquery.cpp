// EXISTS, COUNT, COLLECT, pattern comprehensions and shortestPath(): the subquery's plan runs over
// the rows of the batch at once, each row numbered, and the answers are sorted back by number.
// A subquery that counts or cuts rows itself runs for one row at a time.
#include <algorithm>
#include <memory>

#include "query/eval/operators.h"
#include "query/exec/build.h"
#include "query/exec/expression_nodes.h"

namespace maek::query {

namespace {

enum class Wanted : std::uint8_t { kExistence, kCount, kList, kFirst };

Wanted wanted(const BoundExpr& expr) {
    switch (expr.kind) {
        case ExprKind::kExists: return Wanted::kExistence;
        case ExprKind::kCountSubquery: return Wanted::kCount;
        case ExprKind::kShortestPath: {
            const auto& match = static_cast<const BoundMatch&>(*expr.subquery->arms[0].clauses[0]);
            return match.paths[0].selector == PathSelector::kShortestPathFunction ? Wanted::kFirst
                                                                                  : Wanted::kList;
        }
        default: return Wanted::kList;
    }
}

class Subquery final : public VectorExpr {
public:
    Subquery(const BoundExpr& expr, const SubPlan& plan, std::unique_ptr<Answered> answered, SubTree tree,
             SlotList locals, std::size_t slots)
        : plan_(plan), answered_(std::move(answered)), tree_(std::move(tree)), wanted_(wanted(expr)),
          locals_(std::move(locals)) {
        for (const Slot slot : plan.outer) {
            if (std::find(locals_.begin(), locals_.end(), slot) == locals_.end()) {
                columns_.push_back(slot);
            }
        }
        argument_.prepare(slots);
        answer_.prepare(slots);
    }

    const Vector& eval(ExecContext& context, const Batch& batch) override {
        if (plan_.per_row) return VectorExpr::eval(context, batch);
        for (const Slot slot : columns_) argument_[slot].copy(batch[slot], 0, batch.rows);
        set_locals(context);
        argument_.rows = batch.rows;
        run(context);
        return answers_;
    }

    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        for (const Slot slot : columns_) argument_[slot].copy(batch[slot], row, 1);
        set_locals(context);
        argument_.rows = 1;
        run(context);
        return answers_.value(0);
    }

private:
    void set_locals(ExecContext& context) {
        for (const Slot slot : locals_) argument_[slot].set_constant(context.locals[slot]);
    }

    void run(ExecContext& context) {
        const std::uint32_t rows = argument_.rows;
        if (plan_.row_slot != kNoSlot) {
            Vector& numbers = argument_[plan_.row_slot];
            numbers.start(VectorKind::kInteger, rows);
            for (std::uint32_t row = 0; row < rows; ++row) numbers.integers()[row] = row;
        }
        counts_.assign(rows, 0);
        if (answered_ != nullptr) answered_->rows.assign(rows, 0);
        if (wanted_ == Wanted::kList || wanted_ == Wanted::kFirst) lists_.assign(rows, {});
        std::uint32_t found = 0;  // rows with an answer
        std::size_t held = 0;
        tree_.open(context, argument_);
        while (tree_.root->next(context, answer_)) {
            for (std::uint32_t i = 0; i < answer_.rows; ++i) {
                const std::uint32_t row = plan_.row_slot == kNoSlot ? 0 : number(i);
                found += counts_[row]++ == 0 ? 1 : 0;
                if (answered_ != nullptr) answered_->rows[row] = 1;
                if (wanted_ == Wanted::kList || (wanted_ == Wanted::kFirst && counts_[row] == 1)) {
                    lists_[row].push_back(answer_.value(plan_.column, i));
                    held += sizeof(Value) + lists_[row].back().heap_bytes();
                }
            }
            context.guard.require(held);
            if (found == rows && (wanted_ == Wanted::kExistence || wanted_ == Wanted::kFirst)) break;
        }
        give(rows);
    }

    std::uint32_t number(std::uint32_t i) const {
        const Vector& numbers = answer_[plan_.row_slot];
        return static_cast<std::uint32_t>(numbers.integers()[numbers.at(i)]);
    }

    void give(std::uint32_t rows) {
        switch (wanted_) {
            case Wanted::kExistence:
                answers_.start(VectorKind::kBoolean, rows);
                for (std::uint32_t i = 0; i < rows; ++i) answers_.truths()[i] = truth(counts_[i] > 0);
                break;
            case Wanted::kCount:
                answers_.start(VectorKind::kInteger, rows);
                for (std::uint32_t i = 0; i < rows; ++i) {
                    answers_.integers()[i] = static_cast<std::int64_t>(counts_[i]);
                }
                break;
            case Wanted::kList:
                answers_.start(VectorKind::kValue, rows);
                for (std::uint32_t i = 0; i < rows; ++i) {
                    answers_.set(i, maek::query::make_list(std::move(lists_[i])));
                }
                break;
            case Wanted::kFirst:
                answers_.start(VectorKind::kValue, rows);
                for (std::uint32_t i = 0; i < rows; ++i) {
                    answers_.set(i, lists_[i].empty() ? Value() : lists_[i][0]);
                }
                break;
        }
    }

    const SubPlan& plan_;
    std::unique_ptr<Answered> answered_;  // where one answer is enough
    SubTree tree_;
    Wanted wanted_;
    SlotList locals_, columns_;
    Batch argument_, answer_;
    Vector answers_;  // apart from result_, which collects single rows
    std::vector<std::uint64_t> counts_;
    std::vector<std::vector<Value>> lists_;
};

}  // namespace

VectorExprPtr make_subquery(const BoundExpr& expr, ExprCompiler& compiler) {
    const auto found = compiler.plan().subplans.find(&expr);
    MAEK_CHECK(found != compiler.plan().subplans.end(), "a subquery that was not planned");
    const SubPlan& sub = *found->second;
    SlotSet needed;
    needed.add(sub.row_slot);
    needed.add(sub.column);
    SlotList locals;
    for (const Slot slot : sub.outer) {
        if (compiler.locals().has(slot)) locals.push_back(slot);
    }
    const Wanted want = wanted(expr);
    std::unique_ptr<Answered> answered;
    if (sub.row_slot != kNoSlot && (want == Wanted::kExistence || want == Wanted::kFirst)) {
        answered = std::make_unique<Answered>();
        answered->row_slot = sub.row_slot;
    }
    SubTree tree = compiler.builder().build_sub(*sub.root, needed, answered.get());
    return std::make_unique<Subquery>(expr, sub, std::move(answered), std::move(tree), std::move(locals),
                                      compiler.builder().slots());
}

}  // namespace maek::query
