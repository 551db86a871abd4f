#include "query/exec/execution.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <unordered_map>

#include "query/exec/build.h"
#include "query/parse/characters.h"

namespace maek::query {

namespace {
constexpr std::size_t kMaxIdle = 8;
}

std::unique_ptr<Execution> Prepared::take() {
    {
        const std::lock_guard lock(mutex_);
        if (!idle_.empty()) {
            std::unique_ptr<Execution> execution = std::move(idle_.back());
            idle_.pop_back();
            return execution;
        }
    }
    auto execution = std::make_unique<Execution>();
    SlotSet needed;
    for (const Slot slot : plan_->column_slots) needed.add(slot);
    OperatorBuilder builder(*plan_);
    execution->root = builder.build(*plan_->root, needed);
    execution->operators = builder.built();
    execution->rows.prepare(plan_->slot_count);
    return execution;
}

void Prepared::give_back(std::unique_ptr<Execution> execution) {
    execution->root->close();
    const std::lock_guard lock(mutex_);
    if (idle_.size() < kMaxIdle) idle_.push_back(std::move(execution));
}

std::uint64_t next_run() {
    static std::atomic<std::uint64_t> runs{0};
    return ++runs;
}

void run_to_end(Execution& execution, const Plan& plan, std::vector<std::vector<Value>>& rows) {
    ExecContext& context = execution.context;
    context.run = next_run();
    context.locals.assign(plan.slot_count, Value());
    execution.root->open(context);
    const std::size_t columns = plan.column_slots.size();
    while (execution.root->next(context, execution.rows)) {
        const Batch& batch = execution.rows;
        std::size_t bytes = batch.rows * (sizeof(std::vector<Value>) + columns * sizeof(Value));
        const std::size_t first = rows.size();
        rows.resize(first + batch.rows);
        for (std::uint32_t row = 0; row < batch.rows; ++row) {
            std::vector<Value>& to = rows[first + row];
            to.reserve(columns);
            for (const Slot slot : plan.column_slots) {
                to.push_back(batch.value(slot, row));
                bytes += to.back().heap_bytes();
            }
        }
        context.guard.charge(bytes);
    }
}

namespace {

std::string rounded(double rows) {
    if (rows < 0.95) return "<1";
    if (rows < 1e15) return std::to_string(static_cast<std::uint64_t>(std::llround(rows)));
    return "many";
}

using Counted = std::unordered_map<const LogicalOp*, const OperatorStats*>;

// The columns of a screen: Hangul takes two each.
std::size_t columns(std::string_view text) {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < text.size();) {
        const Decoded d = decode_utf8(text, i);
        sum += d.valid ? static_cast<std::size_t>(display_width(d.code_point)) : 1;
        i += d.length;
    }
    return sum;
}

struct Line {
    std::string step, estimate, rows, time, memory;
};

void add_lines(const LogicalOp& op, const Plan& plan, const std::string& indent, const Counted* counted,
               std::vector<Line>& lines) {
    const LogicalOp* at = &op;
    while (at != nullptr) {
        Line line;
        line.step = indent + at->text(plan.names());
        line.estimate = rounded(at->rows);
        if (counted != nullptr) {
            const auto found = counted->find(at);
            if (found != counted->end()) {
                const OperatorStats& stats = *found->second;
                line.rows = std::to_string(stats.rows);
                char text[32];
                std::snprintf(text, sizeof text, "%.3f", static_cast<double>(stats.time.count()) / 1e6);
                line.time = text;
                line.memory = std::to_string(stats.memory / 1024);
            }
        }
        lines.push_back(std::move(line));
        for (std::size_t i = at->children.size(); i > 1; --i) {
            add_lines(at->child(i - 1), plan, indent + "  | ", counted, lines);
        }
        at = at->children.empty() ? nullptr : &at->child();
        if (at != nullptr && at->kind == LogicalKind::kUnit) at = nullptr;
    }
}

// EXISTS, COUNT, COLLECT and pattern comprehensions, as they are written.
void add_subqueries(const Plan& plan, const Counted* counted, std::vector<Line>& lines) {
    std::vector<std::pair<const BoundExpr*, const SubPlan*>> all;
    for (const auto& [expr, sub] : plan.subplans) all.emplace_back(expr, sub.get());
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first->range.begin < b.first->range.begin; });
    for (const auto& [expr, sub] : all) {
        Line title;
        title.step = text(*expr, plan.names());
        title.step += " at " + std::to_string(expr->range.line) + ":" + std::to_string(expr->range.column);
        lines.push_back(std::move(title));
        add_lines(*sub->root, plan, "  | ", counted, lines);
    }
}

}  // namespace

std::string explain(const Plan& plan, const Execution* finished) {
    Counted counted;
    if (finished != nullptr) {
        for (const Operator* op : finished->operators) counted[op->plan] = &op->stats;
    }
    std::vector<Line> lines{{"step", "estimate", "rows", "ms", "KiB"}};
    add_lines(*plan.root, plan, "", finished != nullptr ? &counted : nullptr, lines);
    add_subqueries(plan, finished != nullptr ? &counted : nullptr, lines);
    std::size_t width = 0;
    for (const Line& line : lines) width = std::max(width, columns(line.step));
    width = std::min<std::size_t>(width, 100);
    std::string text;
    const auto pad = [&](const std::string& cell, std::size_t to) {
        const std::size_t wide = columns(cell);
        return std::string(wide < to ? to - wide : 0, ' ');
    };
    for (const Line& line : lines) {
        text += line.step + pad(line.step, width) + "  " + pad(line.estimate, 10) + line.estimate;
        if (finished != nullptr) {
            text += pad(line.rows, 12) + line.rows + pad(line.time, 12) + line.time +
                    pad(line.memory, 10) + line.memory;
        }
        text += "\n";
    }
    return text;
}

}  // namespace maek::query
