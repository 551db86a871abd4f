// The order of a MATCH. Every node that could come first is tried on paper: from there, always the
// step that promises the fewest rows; the start with the least sum of rows wins. Of a long pattern
// only the most promising starts are tried, and only their first steps. Conditions are tested as soon
// as what they read is there: each waits for its slots, so that a step looks only at those it concerns.
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <unordered_map>

#include "query/parse/query_error.h"
#include "query/plan/access.h"
#include "query/plan/logical_rows.h"
#include "query/plan/pattern_graph.h"
#include "query/plan/query_planner.h"
#include "schema/result.h"

namespace maek::query {

namespace {

// How thoroughly the starts of a pattern are compared.
constexpr std::size_t kTriedWhole = 64;     // links of a pattern whose starts are all tried to the end
constexpr std::size_t kTriedStarts = 4;     // of a longer one
constexpr std::size_t kTriedSteps = 16;

struct Step {
    enum class Kind : std::uint8_t { kNone, kScan, kRelScan, kLink } kind = Kind::kNone;
    std::size_t index = 0;   // of the node or link
    bool from_left = true;   // kLink: walked from left to right
    double rows = 0;
};

class MatchPlanner {
public:
    MatchPlanner(QueryPlanner& planner, PatternGraph& graph, LogicalPtr input, const SlotSet& bound)
        : planner_(planner), graph_(graph), at_(std::move(input)), bound_(bound),
          done_(graph.links.size(), false), tested_(graph.conditions.size(), false),
          reached_(graph.nodes.size(), false), of_node_(graph.nodes.size()), access_(graph.nodes.size()),
          factors_(graph.links.size() * 4, kUnknown) {
        for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
            reached_[i] = bound_.has(graph_.nodes[i].slot);
        }
        for (const PatternLink& link : graph_.links) {
            for (const std::size_t i : link.conditions) tested_[i] = true;  // by the search itself
        }
        for (std::size_t i = 0; i < graph_.conditions.size(); ++i) await(i);
    }

    LogicalPtr plan() {
        planner_.require_steps(graph_.links.size());
        for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
            if (reached_[i]) require_node(i);
        }
        test_ready();
        while (true) {
            Step step = next_link();
            if (step.kind == Step::Kind::kNone) step = best_start();
            if (step.kind == Step::Kind::kNone) {
                if (name_paths()) continue;  // a search may have waited for one
                break;
            }
            planner_.count_step();
            take(step);
            started_ = true;
            test_ready();
        }
        refuse_circles();
        return std::move(at_);
    }

private:
    // Searches that wait for one another are left when nothing more can be taken.
    void refuse_circles() const {
        for (std::size_t i = 0; i < done_.size(); ++i) {
            if (done_[i]) continue;
            MAEK_CHECK(graph_.links[i].kind == PatternLink::Kind::kSearch, "a part of a pattern was not planned");
            throw QueryError(Message::kPathShape, graph_.links[i].segment().range,
                             {"this part reads what can only be found after it; ask it in WHERE"});
        }
    }

    // Makes the path values whose parts are there, and tests what waited for them. False: there is none.
    bool name_paths() {
        bool any = false;
        for (const PatternGraph::Named& named : graph_.named) {
            const auto there = [&](Slot part) { return bound_.has(part); };
            if (there(named.slot) || !std::all_of(named.parts.begin(), named.parts.end(), there)) continue;
            auto op = std::make_unique<LogicalNamedPath>();
            op->slot = named.slot;
            op->parts = named.parts;
            op->rows = at_->rows;
            at_ = with_child(std::move(op), std::move(at_));
            bound_.add(named.slot);
            any = true;
        }
        if (any) test_ready();
        return any;
    }

    // ------------------------------------------------------------ access paths

    std::vector<std::size_t> untested(const std::vector<std::size_t>& conditions) const {
        std::vector<std::size_t> rest;
        for (const std::size_t i : conditions) {
            if (!tested_[i]) rest.push_back(i);
        }
        return rest;
    }

    static Sought sought(const PatternNode& node, double all) { return {node.slot, &node.labels, false, all}; }
    Sought sought(const PatternLink& link) {
        return {link.segment().slot, &link.types, true, planner_.statistics().relationships(link.types)};
    }

    // From the rows so far.
    const Access& access(std::size_t index) {
        if (!access_[index]) access_[index] = access(index, bound_);
        return *access_[index];
    }

    Access access(std::size_t index, const SlotSet& bound) {
        const PatternNode& node = graph_.nodes[index];
        Access best;
        const bool label_scan = planner_.enabled("label_scan");
        best.rows = planner_.statistics().nodes();
        if (!node.labels.empty() && label_scan) {
            best.access = Lookup::Access::kLabels;
            best.rows = planner_.statistics().nodes(node.labels);
        }
        const double all = best.rows;
        if (planner_.enabled("index_seek")) {
            best.rows += 1;  // a seek is never worse than a scan
            finder_.improve(sought(node, all), untested(of_node_[index]), bound, best);
            if (best.used.empty()) best.rows = all;
        }
        return best;
    }

    // Of the relationships of a link, without its ends.
    Access link_access(const PatternLink& link) {
        Access best;
        const Sought what = sought(link);
        best.rows = what.all + 1;  // a seek is never worse than a scan
        if (planner_.enabled("index_seek")) finder_.improve(what, conditions_on(link), bound_, best);
        if (best.used.empty()) best.rows = what.all;
        return best;
    }

    // ------------------------------------------------------------ estimates

    // The share of nodes reached that satisfy the properties asked of the node.
    double property_share(std::size_t index) {
        const PatternNode& node = graph_.nodes[index];
        double share = 1;
        for (const std::size_t i : of_node_[index]) {
            const Condition& condition = graph_.conditions[i];
            if (tested_[i]) continue;
            if (condition.kind == Condition::Kind::kPropertyEquals && condition.slot == node.slot) {
                share *= planner_.statistics().equal_share(node.labels, *condition.key);
            } else if (condition.kind == Condition::Kind::kExpr && condition.reads.has(node.slot)) {
                share *= 0.5;
            }
        }
        return share;
    }

    // The conditions on a node wait until it is reached, so that a factor once known stays right.
    double link_factor(std::size_t index, bool from_left, bool closed) {
        double& known = factors_[index * 4 + (from_left ? 2 : 0) + (closed ? 1 : 0)];
        if (std::isnan(known)) known = estimate(graph_.links[index], from_left, closed);
        return known;
    }

    double estimate(const PatternLink& link, bool from_left, bool closed) {
        Statistics& statistics = planner_.statistics();
        const PatternNode& from = graph_.nodes[from_left ? link.left : link.right];
        const PatternNode& to = graph_.nodes[from_left ? link.right : link.left];
        const BoundSegment& segment = link.segment();
        const RelDirection direction = from_left ? segment.direction : turned(segment.direction);
        std::vector<std::string> types = link.types;
        if (link.kind == PatternLink::Kind::kSearch) {
            types.clear();
            plain_names(segment.types, types);
        }
        double factor = statistics.degree(from.labels, types, direction);
        if (closed) return factor / std::max(1.0, statistics.nodes(to.labels));
        if (!to.labels.empty()) {
            const double into = statistics.nodes(to.labels) * statistics.degree(to.labels, types, turned(direction));
            double total = statistics.relationships(types);
            if (direction == RelDirection::kBoth) total *= 2;
            factor *= std::min(1.0, into / std::max(1.0, total));
        }
        if (link.kind == PatternLink::Kind::kSearch) factor = std::max(2.0, factor * factor * 2);
        return factor * property_share(from_left ? link.right : link.left);
    }

    bool can_take(const PatternLink& link, bool left, bool right) const {
        if (!bound_.covers(link.needs)) return false;
        if (left || right) return true;
        return link.kind == PatternLink::Kind::kSingle && bound_.has(link.segment().slot);
    }

    // The sum of rows of so many steps of the greedy order from a start; what best_start() compares.
    double simulate(std::size_t start, double start_rows, bool by_link, std::size_t steps) {
        planner_.check();
        std::vector<bool> reached = reached_, done = done_;
        double rows = std::max(1.0, at_->rows) * start_rows, cost = rows;
        if (by_link) {
            done[start] = true;
            reached[graph_.links[start].left] = reached[graph_.links[start].right] = true;
        } else {
            reached[start] = true;
        }
        for (; steps > 0; --steps) {
            std::size_t best = graph_.links.size();
            double best_factor = std::numeric_limits<double>::infinity();
            for (std::size_t i = 0; i < graph_.links.size(); ++i) {
                if (done[i]) continue;
                const bool left = reached[graph_.links[i].left], right = reached[graph_.links[i].right];
                if (!left && !right) continue;
                const double factor = link_factor(i, left, left && right);
                if (factor < best_factor) best = i, best_factor = factor;
            }
            if (best == graph_.links.size()) return cost;
            done[best] = true;
            reached[graph_.links[best].left] = reached[graph_.links[best].right] = true;
            rows *= best_factor;
            cost += rows;
        }
        return cost;
    }

    // A search for the shortest between two known nodes looks from both sides: the other end first, when
    // it can be sought.
    bool better_between(const PatternLink& link, bool left, bool right) {
        if (link.kind != PatternLink::Kind::kSearch || link.selector == PathSelector::kAll || left == right) return false;
        const std::size_t other = left ? link.right : link.left;
        return !graph_.nodes[other].only_inside && planner_.enabled("search_between") &&
               access(other).seeks();
    }

    // ------------------------------------------------------------ choosing

    Step next_link() {
        Step best;
        const bool order = planner_.enabled("join_order");
        double best_factor = std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < graph_.links.size(); ++i) {
            if (done_[i]) continue;
            const PatternLink& link = graph_.links[i];
            const bool left = reached_[link.left], right = reached_[link.right];
            if (!can_take(link, left, right) || better_between(link, left, right)) continue;
            const bool rel_bound = link.kind == PatternLink::Kind::kSingle && bound_.has(link.segment().slot);
            for (const bool from_left : {true, false}) {
                if (!rel_bound && !(from_left ? left : right)) continue;
                double factor = rel_bound ? 0.5 : link_factor(i, from_left, left && right);
                if (!order) factor = static_cast<double>(i);
                if (factor < best_factor) {
                    best_factor = factor;
                    best = {Step::Kind::kLink, i, from_left, at_->rows * std::max(factor, 1e-9)};
                }
            }
        }
        return best;
    }

    struct Start {
        Step step;
        double rows = 0, weight = 1;  // of itself, and of its sum of rows
        double promise() const { return rows * weight; }
    };

    Step best_start() {
        const bool order = planner_.enabled("join_order");
        std::vector<Start> starts;
        add_node_starts(starts);
        if (order && planner_.enabled("rel_scan")) add_link_starts(starts);
        if (!order && !starts.empty()) starts.resize(1);
        const bool whole = graph_.links.size() <= kTriedWhole;
        if (!whole && starts.size() > kTriedStarts) {
            std::stable_sort(starts.begin(), starts.end(),
                             [](const Start& a, const Start& b) { return a.promise() < b.promise(); });
            starts.resize(kTriedStarts);
        }
        Step best;
        double best_cost = std::numeric_limits<double>::infinity();
        for (const Start& start : starts) {
            const bool by_link = start.step.kind == Step::Kind::kRelScan;
            const double cost =
                simulate(start.step.index, start.rows, by_link, whole ? graph_.links.size() : kTriedSteps) * start.weight;
            if (best.kind != Step::Kind::kNone && !(cost < best_cost)) continue;
            best_cost = cost;
            best = start.step;
        }
        return best;
    }

    void add_node_starts(std::vector<Start>& starts) {
        for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
            if (reached_[i] || graph_.nodes[i].only_inside) continue;
            const double rows = access(i).rows;
            starts.push_back({{Step::Kind::kScan, i, true, std::max(1e-9, at_->rows) * rows}, rows, 1});
        }
    }

    void add_link_starts(std::vector<Start>& starts) {
        for (std::size_t i = 0; i < graph_.links.size(); ++i) {
            const PatternLink& link = graph_.links[i];
            if (done_[i] || link.kind != PatternLink::Kind::kSingle || link.left == link.right) continue;
            if (reached_[link.left] || reached_[link.right]) continue;
            const Access found = link_access(link);
            const double rows = link.segment().direction == RelDirection::kBoth ? found.rows * 2 : found.rows;
            // Rows without a label or property to begin with: else the nodes are the better start.
            const bool plain = graph_.nodes[link.left].labels.empty() && graph_.nodes[link.right].labels.empty();
            const double weight = found.seeks() ? 1.0 : plain ? 0.9 : 2.0;
            starts.push_back({{Step::Kind::kRelScan, i, true, std::max(1e-9, at_->rows) * rows}, rows, weight});
        }
    }

    // ------------------------------------------------------------ building

    void take(const Step& step) {
        switch (step.kind) {
            case Step::Kind::kScan: take_scan(step); break;
            case Step::Kind::kRelScan: take_rel_scan(step); break;
            case Step::Kind::kLink: take_link(step); break;
            case Step::Kind::kNone: break;
        }
    }

    void push(LogicalPtr op, double rows) {
        op->rows = rows;
        at_ = with_child(std::move(op), std::move(at_));
    }

    void reach(std::size_t node) {
        reached_[node] = true;
        bound_.add(graph_.nodes[node].slot);
    }

    LogicalPtr make_scan(const PatternNode& node, const Access& found) {
        auto op = std::make_unique<LogicalScan>();
        op->slot = node.slot;
        static_cast<Lookup&>(*op) = found;
        if (planner_.enabled("label_scan")) {
            op->labels = node.labels;
            use_labels(node);
        }
        // Of several labels, the one whose index is asked stands first.
        std::stable_partition(op->labels.begin(), op->labels.end(), [&](const std::string& label) {
            return found.seeks() && planner_.has_prefix_index({label}, found.key);
        });
        for (const std::size_t used : found.used) tested_[used] = true;
        return op;
    }

    void take_scan(const Step& step) {
        const PatternNode& node = graph_.nodes[step.index];
        const Access found = access(step.index);
        if (take_join(step, found)) return;
        const bool everything = !found.seeks();
        if (started_ && everything && at_->rows > 1) {
            planner_.plan().notes.push_back(
                {"03N90",
                 "the parts of this MATCH are not connected: every row of one is combined with every row of "
                 "the other; connect them by a relationship or an equality if that is not meant",
                 node.range});
        }
        if (everything) finder_.note_unused(sought(node, 0), untested(conditions_of(node)));
        LogicalPtr op = make_scan(node, found);
        reach(step.index);
        push(std::move(op), step.rows);
    }

    // ------------------------------------------------------------ joins by value

    // An equality of something of the node with something of the rows so far; the side of the node.
    struct JoinKey {
        std::size_t condition = 0;
        const BoundExpr *of_node = nullptr, *of_rows = nullptr;
    };
    JoinKey join_key(const PatternNode& node) const {
        bool first = true;  // no condition written before could guard this one against a failure
        for (std::size_t i = 0; i < graph_.conditions.size(); ++i) {
            const Condition& condition = graph_.conditions[i];
            if (tested_[i] || condition.kind != Condition::Kind::kExpr) continue;
            if (!condition.reads.has(node.slot)) {
                first = false;
                continue;
            }
            const BoundExpr& expr = *condition.expr;
            for (std::size_t side = 0; side < 2 && expr.kind == ExprKind::kEqual; ++side) {
                const BoundExpr &own = *expr.children[side], &other = *expr.children[1 - side];
                SlotSet own_reads, other_reads, only_node;
                add_reads(own, own_reads);
                add_reads(other, other_reads);
                only_node.add(node.slot);
                if (own_reads.empty() || other_reads.empty()) continue;
                if (!only_node.covers(own_reads) || !bound_.covers(other_reads)) continue;
                const bool plain = own.kind == ExprKind::kProperty && other.kind == ExprKind::kProperty;
                if (first || plain) return {i, &own, &other};
            }
            first = false;
        }
        return {};
    }

    // The node's own conditions.
    LogicalPtr filtered_alone(const PatternNode& node, LogicalPtr input) {
        SlotSet alone;
        alone.add(node.slot);
        auto op = std::make_unique<LogicalFilter>();
        for (const std::size_t i : conditions_of(node)) {
            if (tested_[i] || !alone.covers(graph_.conditions[i].reads)) continue;
            tested_[i] = true;
            op->conditions.push_back(graph_.conditions[i]);
        }
        if (op->conditions.empty()) return input;
        op->rows = input->rows / 2;
        return with_child(std::move(op), std::move(input));
    }

    // Every node for every row, only to compare two values: a table of the nodes by value instead. The
    // comparison stays, since the table takes values as the same that are not equal (NaN).
    bool take_join(const Step& step, const Access& found) {
        const PatternNode& node = graph_.nodes[step.index];
        const bool seeks = found.seeks() && !(found.access == Lookup::Access::kEqual && node.labels.empty());
        if (!planner_.enabled("hash_join") || seeks || at_->rows < 4) return false;
        const JoinKey key = join_key(node);
        if (key.of_node == nullptr) return false;
        const Access alone = access(step.index, SlotSet());
        LogicalPtr right = with_child(make_scan(node, alone), std::make_unique<LogicalUnit>());
        right->rows = std::max(1.0, alone.rows);
        right = filtered_alone(node, std::move(right));
        auto join = std::make_unique<LogicalHashJoin>();
        join->left_keys = {key.of_rows};
        join->right_keys = {key.of_node};
        join->rows = std::max(1.0, std::max(at_->rows, right->rows));
        join->children.push_back(std::move(at_));
        join->children.push_back(std::move(right));
        at_ = std::move(join);
        reach(step.index);
        return true;
    }

    // The label conditions that the names alone answer need no further test.
    void use_labels(const PatternNode& node) {
        for (const std::size_t i : conditions_of(node)) {
            const Condition& condition = graph_.conditions[i];
            if (condition.kind == Condition::Kind::kLabels && condition.slot == node.slot &&
                condition.labels->kind == LabelExpr::Kind::kName) {
                tested_[i] = true;
            }
        }
    }

    void take_rel_scan(const Step& step) {
        const PatternLink& link = graph_.links[step.index];
        auto op = std::make_unique<LogicalRelScan>();
        const Access found = link_access(link);
        static_cast<Lookup&>(*op) = found;
        for (const std::size_t used : found.used) tested_[used] = true;
        if (!found.seeks()) finder_.note_unused(sought(link), conditions_on(link));
        op->rel = link.segment().slot;
        op->from = graph_.nodes[link.left].slot;
        op->to = graph_.nodes[link.right].slot;
        op->types = link.types;
        op->direction = link.segment().direction;
        bound_.add(op->rel);
        reach(link.left);
        reach(link.right);
        done_[step.index] = true;
        walked_.push_back(step.index);
        push(std::move(op), step.rows);
    }

    void take_link(const Step& step) {
        done_[step.index] = true;
        walked_.push_back(step.index);
        const PatternLink& link = graph_.links[step.index];
        if (link.kind == PatternLink::Kind::kSearch) return take_search(link, step);
        if (bound_.has(link.segment().slot)) return take_rel_ends(link, step);
        const std::size_t from = step.from_left ? link.left : link.right;
        const std::size_t to = step.from_left ? link.right : link.left;
        const RelDirection direction =
            step.from_left ? link.segment().direction : turned(link.segment().direction);
        if (reached_[from] && reached_[to]) {
            auto op = std::make_unique<LogicalExpandInto>();
            op->from = graph_.nodes[from].slot;
            op->to = graph_.nodes[to].slot;
            op->rel = link.segment().slot;
            op->types = link.types;
            op->direction = direction;
            bound_.add(op->rel);
            return push(std::move(op), step.rows);
        }
        auto op = std::make_unique<LogicalExpand>();
        op->from = graph_.nodes[from].slot;
        op->to = graph_.nodes[to].slot;
        op->rel = link.segment().slot;
        op->types = link.types;
        op->direction = direction;
        if (planner_.enabled("filter_into_expand")) {
            op->to_labels = graph_.nodes[to].labels;
            use_labels(graph_.nodes[to]);
        }
        bound_.add(op->rel);
        reach(to);
        push(std::move(op), step.rows);
    }

    void take_rel_ends(const PatternLink& link, const Step& step) {
        auto op = std::make_unique<LogicalRelEnds>();
        op->rel = link.segment().slot;
        op->from = graph_.nodes[link.left].slot;
        op->to = graph_.nodes[link.right].slot;
        op->from_bound = reached_[link.left];
        op->to_bound = reached_[link.right] || link.left == link.right;
        op->direction = link.segment().direction;
        reach(link.left);
        reach(link.right);
        push(std::move(op), step.rows);
    }

    void take_search(const PatternLink& link, const Step& step) {
        auto op = std::make_unique<LogicalPathSearch>();
        op->path = link.path;
        op->first = link.first;
        op->last = link.last;
        op->from_bound = reached_[link.left];
        op->to_bound = reached_[link.right] || link.left == link.right;
        op->selector = link.selector;
        op->mode = link.mode;
        op->reversed = !step.from_left && !op->from_bound;
        op->bound = bound_;
        for (const std::size_t i : link.conditions) op->conditions.push_back(graph_.conditions[i]);
        op->group_walks = &planner_.plan().group_walks;
        op->add_defines(bound_);
        reach(link.left);
        reach(link.right);
        for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
            if (bound_.has(graph_.nodes[i].slot)) reached_[i] = true;
        }
        push(std::move(op), step.rows);
    }

    // What an earlier clause bound may be null: then the pattern does not match. What is no node fails.
    void require_node(std::size_t index) {
        const Slot slot = graph_.nodes[index].slot;
        const bool linked = std::any_of(graph_.links.begin(), graph_.links.end(), [&](const PatternLink& link) {
            return link.left == index || link.right == index;
        });
        if (linked || !bound_.has(slot)) return;  // expansions drop nulls themselves
        auto op = std::make_unique<LogicalFilter>();
        op->conditions.push_back(Condition::is_node(slot));
        push(std::move(op), at_->rows);
    }

    // A condition waits for the slots that it reads.
    void await(std::size_t index) {
        const std::vector<Slot> reads = graph_.conditions[index].reads.list();
        missing_.push_back(reads.size());
        if (reads.empty()) ready_.push_back(index);
        for (const Slot slot : reads) {
            waiting_[slot].push_back(index);
            const std::size_t node = graph_.node_of(slot);
            if (node < of_node_.size()) of_node_[node].push_back(index);
        }
    }

    const std::vector<std::size_t>& conditions_of(const PatternNode& node) const {
        return of_node_[graph_.node_of(node.slot)];
    }

    // Those on its relationship that are not answered yet.
    std::vector<std::size_t> conditions_on(const PatternLink& link) const {
        const auto found = waiting_.find(link.segment().slot);
        return found == waiting_.end() ? std::vector<std::size_t>{} : untested(found->second);
    }

    // Tells the conditions, and the ways to find nodes that they may open, which slots are new.
    void notice_bound() {
        SlotSet fresh = bound_;
        fresh.remove(noticed_);
        noticed_ = bound_;
        for (const Slot slot : fresh.list()) {
            const auto found = waiting_.find(slot);
            if (found == waiting_.end()) continue;
            for (const std::size_t i : found->second) {
                if (--missing_[i] == 0) ready_.push_back(i);
                if (tested_[i] || graph_.conditions[i].kind == Condition::Kind::kDifferentRels) continue;
                for (const Slot read : graph_.conditions[i].reads.list()) {
                    const std::size_t node = graph_.node_of(read);
                    if (node < access_.size()) access_[node].reset();
                }
            }
        }
        std::sort(ready_.begin(), ready_.end());
    }

    // What the links walked since must not share with those before, in a graph that is `apart`.
    void keep_apart(std::vector<Condition>& ready) {
        for (; graph_.apart && apart_ < walked_.size(); ++apart_) {
            const PatternLink& link = graph_.links[walked_[apart_]];
            for (const Slot slot : link.rel_slots) {
                std::vector<Slot> others;
                for (std::size_t i = 0; i < apart_; ++i) {
                    const PatternLink& other = graph_.links[walked_[i]];
                    if (!must_differ(link, other)) continue;
                    for (const Slot theirs : other.rel_slots) {
                        if (theirs != slot) others.push_back(theirs);
                    }
                }
                if (!others.empty()) ready.push_back(Condition::apart(slot, std::move(others)));
            }
        }
    }

    // All conditions whose slots are there, cheap ones first.
    void test_ready() {
        std::vector<Condition> ready;
        notice_bound();
        for (const std::size_t i : ready_) {
            if (tested_[i]) continue;
            tested_[i] = true;
            ready.push_back(graph_.conditions[i]);
        }
        ready_.clear();
        keep_apart(ready);
        if (ready.empty()) return;
        std::stable_sort(ready.begin(), ready.end(), [](const Condition& a, const Condition& b) {
            return cost(a) < cost(b);
        });
        auto op = std::make_unique<LogicalFilter>();
        const double rows = at_->rows * (ready.size() > 1 ? 0.3 : 0.6);
        op->conditions = std::move(ready);
        push(std::move(op), rows);
    }

    static int cost(const Condition& condition) {
        switch (condition.kind) {
            case Condition::Kind::kDifferentRels:
            case Condition::Kind::kApart: return 1;
            case Condition::Kind::kLabels:
            case Condition::Kind::kTypes:
            case Condition::Kind::kIsNode:
            case Condition::Kind::kSameEntity: return 0;
            case Condition::Kind::kPropertyEquals: return 2;
            case Condition::Kind::kPropertyMap: return 3;
            // In the order written: one may guard the next against a failure.
            case Condition::Kind::kExpr: return 4;
        }
        return 4;
    }

    QueryPlanner& planner_;
    PatternGraph& graph_;
    AccessFinder finder_{planner_, graph_};
    LogicalPtr at_;
    SlotSet bound_;
    std::vector<bool> done_, tested_, reached_;
    std::vector<std::vector<std::size_t>> of_node_;                 // conditions that read it, ascending
    std::unordered_map<Slot, std::vector<std::size_t>> waiting_;    // conditions that read the slot
    std::vector<std::size_t> missing_;                              // of each condition: slots not there
    std::vector<std::size_t> ready_;                                // nothing missing, to be tested
    SlotSet noticed_;                                               // bound slots that conditions know of
    std::vector<std::optional<Access>> access_;                     // of each node, while it holds
    static constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> factors_;                                   // of each link, see link_factor()
    std::vector<std::size_t> walked_;                               // links, in the order taken
    std::size_t apart_ = 0;                                         // of those, kept apart so far
    bool started_ = false;  // a step of this MATCH has been taken
};

}  // namespace

bool QueryPlanner::has_index(const std::vector<std::string>& labels, const std::string& key) const {
    if (options_.graph == nullptr) return false;
    const auto key_id = options_.graph->keys().find(key);
    if (!key_id) return false;
    return std::any_of(labels.begin(), labels.end(), [&](const std::string& label) {
        const auto id = options_.graph->labels().find(label);
        return id && options_.graph->has_index(*id, *key_id);
    });
}

bool QueryPlanner::has_rel_index(const std::vector<std::string>& types, const std::string& key) const {
    if (options_.graph == nullptr) return false;
    const auto key_id = options_.graph->keys().find(key);
    if (!key_id) return false;
    return std::all_of(types.begin(), types.end(), [&](const std::string& type) {
        const auto id = options_.graph->types().find(type);
        return id && options_.graph->has_rel_index(*id, *key_id);
    });
}

bool QueryPlanner::has_prefix_index(const std::vector<std::string>& labels, const std::string& key) const {
    if (options_.graph == nullptr) return false;
    const auto key_id = options_.graph->keys().find(key);
    if (!key_id) return false;
    return std::any_of(labels.begin(), labels.end(), [&](const std::string& label) {
        const auto id = options_.graph->labels().find(label);
        return id && options_.graph->has_prefix_index(*id, *key_id);
    });
}

LogicalPtr QueryPlanner::plan_match(const BoundMatch& match, LogicalPtr input, const SlotSet& bound) {
    for (const BoundPath& path : match.paths) plan_subqueries(path);
    plan_subqueries(match.where.get());
    PatternGraph graph = make_pattern_graph(match, pushed_, plan_);
    return MatchPlanner(*this, graph, std::move(input), bound).plan();
}

LogicalPtr QueryPlanner::plan_pattern(const BoundPath& path, LogicalPtr input, const SlotSet& bound) {
    plan_subqueries(path);
    PatternGraph graph;
    add_path(path, false, graph, plan_);
    finish_pattern_graph(graph, false);
    return MatchPlanner(*this, graph, std::move(input), bound).plan();
}

}  // namespace maek::query
