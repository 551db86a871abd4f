// Random queries over the labels, types and keys that random_graph uses.
#include <algorithm>

#include "tests/reference/plain_query.h"

namespace maek::reference {
namespace {

using Direction = PlainEdge::Direction;

class Generator {
public:
    explicit Generator(Random& random) : random_(random) {}

    PlainQuery query() {
        if (chance(random_, 30)) return path_query();
        PlainQuery query;
        const std::size_t matches = 1 + pick(random_, 2);
        for (std::size_t i = 0; i < matches; ++i) query.matches.push_back(match(i > 0 && chance(random_, 50)));
        project(query);
        return query;
    }

private:
    // One quantified edge under a mode and selector; items that do not depend on a free choice.
    PlainQuery path_query() {
        PlainQuery query;
        PlainMatch match;
        PlainPath path;
        path.variable = "p";
        path.selector = static_cast<Selector>(pick(random_, 6));
        path.count = 1 + pick(random_, 3);
        path.mode = static_cast<Mode>(pick(random_, 5));
        path.nodes = {node("a"), node(chance(random_, 15) ? "a" : "b")};
        PlainEdge quantified = edge();
        quantified.form = PlainEdge::Form::kQuantified;
        quantified.variable = "r";
        quantified.min = pick(random_, 3);
        quantified.max.reset();
        if (chance(random_, 70) || path.mode == Mode::kWalk) quantified.max = quantified.min + pick(random_, 3);
        if (quantified.max == std::optional<std::size_t>(0)) quantified.max = 1;
        if (quantified.max && *quantified.max < quantified.min) quantified.max = quantified.min;
        path.edges = {quantified};
        if (path.selector == Selector::kAll && chance(random_, 40)) {
            PlainEdge second = edge();
            second.form = PlainEdge::Form::kSingle;
            path.edges.push_back(std::move(second));
            path.nodes.push_back(node(""));
        }
        match.repeatable = path.mode == Mode::kNone && quantified.max && chance(random_, 30);
        match.paths = {path};
        query.matches = {match};
        query.items.push_back(property_item("a", "k"));
        query.items.push_back(property_item(path.nodes[1].variable, "k"));
        const bool free_length = path.selector == Selector::kAny;
        const bool free_path = free_length || path.selector == Selector::kAnyShortest || path.selector == Selector::kShortest;
        if (!free_length) query.items.push_back({PlainItem::Kind::kPathLength, {}, "p"});
        if (!free_path) query.items.push_back({PlainItem::Kind::kEdgeKeys, {}, "r"});
        query.ordered = chance(random_, 30);
        return query;
    }

    PlainMatch match(bool optional) {
        PlainMatch match;
        match.optional = optional;
        const std::size_t paths = chance(random_, 30) ? 2 : 1;
        for (std::size_t i = 0; i < paths; ++i) match.paths.push_back(path());
        if (chance(random_, 60)) match.where = predicate(2);
        return match;
    }

    PlainPath path() {
        PlainPath path;
        const std::size_t length = pick(random_, 4);
        path.nodes.push_back(node(some_node_variable()));
        for (std::size_t i = 0; i < length; ++i) {
            PlainEdge next = edge();
            if (chance(random_, 50)) {
                next.variable = "r" + std::to_string(++edges_);
                (next.form == PlainEdge::Form::kSingle ? single_edges_ : edge_lists_).push_back(next.variable);
            }
            path.edges.push_back(std::move(next));
            path.nodes.push_back(node(some_node_variable()));
        }
        return path;
    }

    PlainEdge edge() {
        PlainEdge edge;
        edge.direction = static_cast<Direction>(pick(random_, 3));
        if (chance(random_, 60)) edge.types.push_back(chance(random_, 60) ? "R" : "S");
        if (edge.types.size() == 1 && chance(random_, 15)) edge.types = {"R", "S"};
        if (chance(random_, 10)) edge.x = static_cast<std::int64_t>(pick(random_, 4));
        if (chance(random_, 20)) {
            edge.form = PlainEdge::Form::kStar;
            edge.min = pick(random_, 3);
            if (chance(random_, 85)) edge.max = edge.min + pick(random_, 3);
        }
        return edge;
    }

    PlainNode node(std::string variable) {
        PlainNode node{std::move(variable), {}, std::nullopt};
        if (chance(random_, 30)) node.labels.push_back(some_label());
        if (chance(random_, 10)) node.x = static_cast<std::int64_t>(pick(random_, 4));
        return node;
    }

    std::string some_node_variable() {
        if (chance(random_, 25)) return "";
        const std::string name(1, static_cast<char>('a' + pick(random_, 4)));
        if (std::ranges::find(nodes_, name) == nodes_.end()) nodes_.push_back(name);
        return name;
    }
    std::string some_label() { return std::string(1, static_cast<char>('A' + pick(random_, 3))); }

    Scalar some_scalar() {
        if (chance(random_, 10)) return {};
        if (chance(random_, 30)) {
            return {Scalar::Kind::kString, 0, std::string(1, static_cast<char>('a' + pick(random_, 3)))};
        }
        return {Scalar::Kind::kInteger, static_cast<std::int64_t>(pick(random_, 4)), ""};
    }

    PlainExpr operand() {
        const bool from_edge = !single_edges_.empty() && chance(random_, 30);
        if (chance(random_, 25) || (nodes_.empty() && !from_edge)) {
            PlainExpr e;
            e.constant = some_scalar();
            return e;
        }
        const auto& pool = from_edge ? single_edges_ : nodes_;
        return property(pool[pick(random_, pool.size())], chance(random_, 60) ? "x" : chance(random_, 50) ? "s" : "k");
    }

    static PlainExpr property(std::string variable, std::string key) {
        PlainExpr e;
        e.kind = PlainExpr::Kind::kProperty;
        e.variable = std::move(variable);
        e.name = std::move(key);
        return e;
    }

    PlainExpr predicate(int depth) {
        using Kind = PlainExpr::Kind;
        PlainExpr e;
        const std::size_t choice = pick(random_, depth > 0 ? 100 : 60);
        if (choice < 30) {
            static const char* const kOps[] = {"=", "<>", "<", "<=", ">", ">="};
            e.kind = Kind::kCompare;
            e.name = kOps[pick(random_, 6)];
            e.children = {operand(), operand()};
        } else if (choice < 40) {
            e.kind = chance(random_, 50) ? Kind::kIsNull : Kind::kIsNotNull;
            e.children = {operand()};
        } else if (choice < 50 && !nodes_.empty()) {
            e.kind = Kind::kHasLabel;
            e.variable = nodes_[pick(random_, nodes_.size())];
            e.name = some_label();
        } else if (choice < 60) {
            e.kind = Kind::kIn;
            e.children = {operand()};
            for (std::size_t i = pick(random_, 4); i > 0; --i) e.list.push_back(some_scalar());
        } else if (choice < 75 && !nodes_.empty()) {
            e.kind = chance(random_, 60) ? Kind::kExists : Kind::kCount;
            e.constant = {Scalar::Kind::kInteger, static_cast<std::int64_t>(pick(random_, 3)), ""};
            e.path = std::make_shared<PlainPath>(subquery_path());
        } else if (choice < 82) {
            e.kind = Kind::kNot;
            e.children = {predicate(depth - 1)};
        } else {
            e.kind = choice < 90 ? Kind::kAnd : choice < 96 ? Kind::kOr : Kind::kXor;
            e.children = {predicate(depth - 1), predicate(depth - 1)};
        }
        return e;
    }

    PlainPath subquery_path() {
        PlainPath path;
        path.nodes.push_back(node(nodes_[pick(random_, nodes_.size())]));
        path.edges.push_back(edge());
        path.nodes.push_back(node(chance(random_, 40) ? nodes_[pick(random_, nodes_.size())] : ""));
        return path;
    }

    static PlainItem property_item(const std::string& variable, const std::string& key) {
        return {PlainItem::Kind::kExpression, property(variable, key), ""};
    }

    PlainItem item() {
        using Kind = PlainItem::Kind;
        if (!edge_lists_.empty() && chance(random_, 30)) {
            return {Kind::kEdgeKeys, {}, edge_lists_[pick(random_, edge_lists_.size())]};
        }
        return {Kind::kExpression, chance(random_, 80) ? operand() : predicate(1), ""};
    }

    PlainItem aggregate() {
        using Kind = PlainItem::Kind;
        static constexpr Kind kKinds[] = {Kind::kCountStar, Kind::kCount, Kind::kCountDistinct, Kind::kSum, Kind::kMin, Kind::kMax};
        PlainItem item{kKinds[pick(random_, 6)], operand(), ""};
        if (item.kind == Kind::kSum) {
            item.expression = nodes_.empty() ? PlainExpr{} : property(nodes_[pick(random_, nodes_.size())], "x");
        }
        return item;
    }

    void project(PlainQuery& query) {
        const std::size_t plain = pick(random_, 3);
        for (std::size_t i = 0; i < plain; ++i) query.items.push_back(item());
        if (plain == 0 || chance(random_, 40)) query.items.push_back(aggregate());
        query.distinct = chance(random_, 25);
        query.ordered = chance(random_, 40);
        if (query.ordered && chance(random_, 40)) query.skip = pick(random_, 3);
        if (query.ordered && chance(random_, 40)) query.limit = pick(random_, 5);
    }

    Random& random_;
    std::vector<std::string> nodes_, single_edges_, edge_lists_;
    std::size_t edges_ = 0;
};

}  // namespace

PlainQuery random_query(Random& random) { return Generator(random).query(); }

}  // namespace maek::reference
