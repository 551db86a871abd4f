// The obvious evaluator: enumerate every assignment, keep those that fit. No index, no plan, no
// shared code with the engine. Correct by inspection, slow by design.
#include <algorithm>
#include <functional>
#include <tuple>

#include "tests/reference/plain_query.h"

namespace maek::reference {
namespace {

enum class Truth { kFalse, kTrue, kNull };

Scalar integer(std::int64_t v) { return {Scalar::Kind::kInteger, v, ""}; }
Scalar boolean(bool v) { return {Scalar::Kind::kBoolean, v ? 1 : 0, ""}; }
Scalar from_truth(Truth t) { return t == Truth::kNull ? Scalar{} : boolean(t == Truth::kTrue); }
Truth to_truth(const Scalar& s) {
    if (s.kind != Scalar::Kind::kBoolean) return Truth::kNull;
    return s.integer != 0 ? Truth::kTrue : Truth::kFalse;
}
bool is_null(const Scalar& s) { return s.kind == Scalar::Kind::kNull; }

// Total order: strings, booleans, integers, null.
int rank(const Scalar& s) {
    switch (s.kind) {
        case Scalar::Kind::kString: return 0;
        case Scalar::Kind::kBoolean: return 1;
        case Scalar::Kind::kInteger: return 2;
        default: return 3;
    }
}
bool before(const Scalar& a, const Scalar& b) {
    return std::tuple(rank(a), a.integer, a.text) < std::tuple(rank(b), b.integer, b.text);
}

struct Binding {
    enum class Kind { kNull, kNode, kEdge, kEdges } kind = Kind::kNull;
    std::size_t id = 0;
    std::vector<std::size_t> edges;  // kEdges; of a path variable all its edges
};
using Row = std::map<std::string, Binding>;

constexpr std::size_t kMostSteps = 30000;

class Evaluator {
public:
    Evaluator(const SmallGraph& graph) : graph_(graph) {}

    std::vector<Row> match(const PlainMatch& match, const std::vector<Row>& input) {
        std::vector<Row> out;
        for (const Row& row : input) {
            std::vector<Row> found;
            extend(match, 0, row, {}, found);
            std::erase_if(found, [&](const Row& r) { return match.where && truth(*match.where, r) != Truth::kTrue; });
            if (found.empty() && match.optional) found.push_back(with_nulls(match, row));
            out.insert(out.end(), found.begin(), found.end());
        }
        return out;
    }

    Scalar value(const PlainExpr& e, const Row& row) {
        using Kind = PlainExpr::Kind;
        switch (e.kind) {
            case Kind::kConstant: return e.constant;
            case Kind::kProperty: return property(row.at(e.variable), e.name);
            case Kind::kIsNull: return boolean(is_null(value(e.children[0], row)));
            case Kind::kIsNotNull: return boolean(!is_null(value(e.children[0], row)));
            default: return from_truth(truth(e, row));
        }
    }

private:
    // One path found: the nodes and edges walked, and the variables bound on the way.
    struct Walk {
        std::vector<std::size_t> nodes, edges;
        Row row;
    };

    void extend(const PlainMatch& match, std::size_t index, const Row& row, const std::set<std::size_t>& used,
                std::vector<Row>& out) {
        if (++steps_ > kMostSteps) throw TooMuchWork();
        if (index == match.paths.size()) {
            out.push_back(row);
            return;
        }
        for (const Walk& walk : select(match.paths[index], walks(match.paths[index], row, match.repeatable))) {
            std::set<std::size_t> now = used;
            now.insert(walk.edges.begin(), walk.edges.end());
            const bool modes_written = match.paths[index].mode != Mode::kNone;
            const bool differ = now.size() == used.size() + walk.edges.size();
            if (!match.repeatable && !modes_written && !differ) continue;
            extend(match, index + 1, walk.row, modes_written ? used : now, out);
        }
    }

    std::vector<Walk> walks(const PlainPath& path, const Row& row, bool repeatable) {
        std::vector<Walk> found;
        for (std::size_t start = 0; start < graph_.nodes.size(); ++start) {
            Walk walk{{start}, {}, row};
            if (bind_node(path.nodes[0], start, walk.row)) step(path, 0, 0, repeatable, walk, found);
        }
        if (!path.variable.empty()) {
            for (Walk& walk : found) walk.row[path.variable] = {Binding::Kind::kEdges, 0, walk.edges};
        }
        return found;
    }

    // Standing after `count` rounds of edge pattern `at`; the walk so far is legal.
    void step(const PlainPath& path, std::size_t at, std::size_t count, bool repeatable, const Walk& walk,
              std::vector<Walk>& found) {
        if (++steps_ > kMostSteps) throw TooMuchWork();
        if (at == path.edges.size()) {
            found.push_back(walk);
            return;
        }
        const PlainEdge& pattern = path.edges[at];
        const bool single = pattern.form == PlainEdge::Form::kSingle;
        const std::size_t min = single ? 1 : pattern.min;
        const std::size_t max = single ? 1 : pattern.max.value_or(1000);
        if (count >= min) {
            Walk done = walk;
            if (finish_edge(pattern, count, done) && bind_node(path.nodes[at + 1], done.nodes.back(), done.row)) {
                step(path, at + 1, 0, repeatable, done, found);
            }
        }
        if (count == max) return;
        for (std::size_t e = 0; e < graph_.edges.size(); ++e) {
            for (const std::size_t next : ends(pattern, e, walk.nodes.back())) {
                Walk further = walk;
                further.edges.push_back(e);
                further.nodes.push_back(next);
                if (legal(path, pattern, repeatable, further)) step(path, at, count + 1, repeatable, further, found);
            }
        }
    }

    static bool finish_edge(const PlainEdge& pattern, std::size_t count, Walk& walk) {
        if (pattern.variable.empty()) return true;
        const std::vector<std::size_t> own(walk.edges.end() - static_cast<std::ptrdiff_t>(count), walk.edges.end());
        walk.row[pattern.variable] = pattern.form == PlainEdge::Form::kSingle
                                         ? Binding{Binding::Kind::kEdge, own[0], {}}
                                         : Binding{Binding::Kind::kEdges, 0, own};
        return true;
    }

    // Where edge e leads from a node under the pattern; a loop leads back once.
    std::vector<std::size_t> ends(const PlainEdge& pattern, std::size_t e, std::size_t from) const {
        const SmallEdge& edge = graph_.edges[e];
        if (!pattern.types.empty() && std::ranges::find(pattern.types, edge.type) == pattern.types.end()) return {};
        if (pattern.x && !has_x(edge.properties, *pattern.x)) return {};
        std::set<std::size_t> out;
        if (pattern.direction != PlainEdge::Direction::kIn && edge.source == from) out.insert(edge.target);
        if (pattern.direction != PlainEdge::Direction::kOut && edge.target == from) out.insert(edge.source);
        return {out.begin(), out.end()};
    }

    static bool distinct(std::vector<std::size_t> ids) {
        std::ranges::sort(ids);
        return std::ranges::adjacent_find(ids) == ids.end();
    }

    static bool legal(const PlainPath& path, const PlainEdge& pattern, bool repeatable, const Walk& walk) {
        switch (path.mode) {
            case Mode::kWalk: return true;
            case Mode::kTrail: return distinct(walk.edges);
            case Mode::kAcyclic: return distinct(walk.nodes);
            case Mode::kSimple:  // the last may be the first, and then nothing may follow
                return distinct({walk.nodes.begin(), walk.nodes.end() - 1}) &&
                       distinct({walk.nodes.begin() + 1, walk.nodes.end()});
            case Mode::kNone: return (repeatable && pattern.form != PlainEdge::Form::kStar) || distinct(walk.edges);
        }
        return false;
    }

    static std::vector<Walk> select(const PlainPath& path, std::vector<Walk> found) {
        if (path.selector == Selector::kAll) return found;
        std::map<std::pair<std::size_t, std::size_t>, std::vector<Walk>> partitions;
        for (Walk& walk : found) {
            const std::pair ends{walk.nodes.front(), walk.nodes.back()};
            partitions[ends].push_back(std::move(walk));
        }
        std::vector<Walk> kept;
        for (auto& [ends, group] : partitions) {
            std::ranges::stable_sort(group, {}, [](const Walk& w) { return w.edges.size(); });
            keep(path, group, kept);
        }
        return kept;
    }

    static void keep(const PlainPath& path, const std::vector<Walk>& sorted, std::vector<Walk>& kept) {
        std::size_t groups = 0;
        for (std::size_t i = 0; i < sorted.size(); ++i) {
            if (i == 0 || sorted[i].edges.size() != sorted[i - 1].edges.size()) ++groups;
            bool keep_it = false;
            switch (path.selector) {
                case Selector::kAll: keep_it = true; break;
                case Selector::kAny: case Selector::kShortest: keep_it = i < path.count; break;
                case Selector::kAnyShortest: keep_it = i < 1; break;
                case Selector::kAllShortest: keep_it = groups <= 1; break;
                case Selector::kShortestGroups: keep_it = groups <= path.count; break;
            }
            if (keep_it) kept.push_back(sorted[i]);
        }
    }

    bool bind_node(const PlainNode& pattern, std::size_t id, Row& row) const {
        const SmallNode& node = graph_.nodes[id];
        for (const std::string& label : pattern.labels) {
            if (!node.labels.contains(label)) return false;
        }
        if (pattern.x && !has_x(node.properties, *pattern.x)) return false;
        if (pattern.variable.empty()) return true;
        const auto [at, fresh] = row.try_emplace(pattern.variable, Binding{Binding::Kind::kNode, id, {}});
        return fresh || (at->second.kind == Binding::Kind::kNode && at->second.id == id);
    }

    static bool has_x(const std::map<std::string, Scalar>& properties, std::int64_t x) {
        const auto at = properties.find("x");
        return at != properties.end() && at->second == integer(x);
    }

    static Row with_nulls(const PlainMatch& match, Row row) {
        for (const PlainPath& path : match.paths) {
            if (!path.variable.empty()) row.try_emplace(path.variable);
            for (const PlainNode& node : path.nodes) {
                if (!node.variable.empty()) row.try_emplace(node.variable);
            }
            for (const PlainEdge& edge : path.edges) {
                if (!edge.variable.empty()) row.try_emplace(edge.variable);
            }
        }
        return row;
    }

    Scalar property(const Binding& binding, const std::string& key) const {
        if (binding.kind != Binding::Kind::kNode && binding.kind != Binding::Kind::kEdge) return {};
        const auto& properties = binding.kind == Binding::Kind::kNode ? graph_.nodes[binding.id].properties
                                                                      : graph_.edges[binding.id].properties;
        const auto at = properties.find(key);
        return at == properties.end() ? Scalar{} : at->second;
    }

    static Truth equal(const Scalar& a, const Scalar& b) {
        if (is_null(a) || is_null(b)) return Truth::kNull;
        return a == b ? Truth::kTrue : Truth::kFalse;
    }

    static Truth compare(const std::string& op, const Scalar& a, const Scalar& b) {
        if (op == "=") return equal(a, b);
        if (op == "<>") return negate(equal(a, b));
        if (is_null(a) || is_null(b) || a.kind != b.kind) return Truth::kNull;
        const bool less = before(a, b), greater = before(b, a);
        const bool holds = op == "<" ? less : op == ">" ? greater : op == "<=" ? !greater : !less;
        return holds ? Truth::kTrue : Truth::kFalse;
    }

    static Truth negate(Truth t) {
        return t == Truth::kNull ? t : t == Truth::kTrue ? Truth::kFalse : Truth::kTrue;
    }
    static Truth both(Truth a, Truth b) {
        if (a == Truth::kFalse || b == Truth::kFalse) return Truth::kFalse;
        return a == Truth::kNull || b == Truth::kNull ? Truth::kNull : Truth::kTrue;
    }

    Truth truth(const PlainExpr& e, const Row& row) {
        using Kind = PlainExpr::Kind;
        const auto child = [&](std::size_t i) { return truth(e.children[i], row); };
        switch (e.kind) {
            case Kind::kCompare: return compare(e.name, value(e.children[0], row), value(e.children[1], row));
            case Kind::kAnd: return both(child(0), child(1));
            case Kind::kOr: return negate(both(negate(child(0)), negate(child(1))));
            case Kind::kXor: {
                const Truth a = child(0), b = child(1);
                if (a == Truth::kNull || b == Truth::kNull) return Truth::kNull;
                return a == b ? Truth::kFalse : Truth::kTrue;
            }
            case Kind::kNot: return negate(child(0));
            case Kind::kHasLabel: {
                const Binding& binding = row.at(e.variable);
                if (binding.kind != Binding::Kind::kNode) return Truth::kNull;
                return graph_.nodes[binding.id].labels.contains(e.name) ? Truth::kTrue : Truth::kFalse;
            }
            case Kind::kIn: {
                Truth any = Truth::kFalse;
                const Scalar item = value(e.children[0], row);
                for (const Scalar& entry : e.list) any = negate(both(negate(any), negate(equal(item, entry))));
                return any;
            }
            case Kind::kExists: return walks(*e.path, row, false).empty() ? Truth::kFalse : Truth::kTrue;
            case Kind::kCount:
                return static_cast<std::int64_t>(walks(*e.path, row, false).size()) > e.constant.integer
                           ? Truth::kTrue
                           : Truth::kFalse;
            default: return to_truth(value(e, row));
        }
    }

    const SmallGraph& graph_;
    std::size_t steps_ = 0;
};

struct Cell {
    Scalar scalar;
    bool is_list = false;
    std::vector<Scalar> list;
};

std::string text_of(const Cell& cell) {
    if (!cell.is_list) return cell_text(cell.scalar);
    std::string out = "[";
    for (std::size_t i = 0; i < cell.list.size(); ++i) out += (i == 0 ? "" : ", ") + cell_text(cell.list[i]);
    return out + "]";
}

bool cell_before(const Cell& a, const Cell& b) {
    if (a.is_list != b.is_list) return a.is_list;  // lists come before scalars, null among them
    if (!a.is_list) return before(a.scalar, b.scalar);
    return std::ranges::lexicographical_compare(a.list, b.list, before);
}

bool is_aggregate(const PlainItem& item) {
    using Kind = PlainItem::Kind;
    return item.kind != Kind::kExpression && item.kind != Kind::kEdgeKeys && item.kind != Kind::kEdgeKeysBack &&
           item.kind != Kind::kPathLength;
}

class Projector {
public:
    Projector(const PlainQuery& query, const SmallGraph& graph) : query_(query), graph_(graph), evaluator_(graph) {}

    std::vector<std::vector<Cell>> project(const std::vector<Row>& rows) {
        std::vector<std::vector<Cell>> out;
        if (std::ranges::any_of(query_.items, is_aggregate)) {
            out = aggregated(rows);
        } else {
            for (const Row& row : rows) out.push_back(plain(row));
        }
        return out;
    }

private:
    std::vector<Cell> plain(const Row& row) {
        std::vector<Cell> cells;
        for (const PlainItem& item : query_.items) {
            if (!is_aggregate(item)) cells.push_back(cell(item, row));
        }
        return cells;
    }

    Cell cell(const PlainItem& item, const Row& row) {
        if (item.kind == PlainItem::Kind::kExpression) return {evaluator_.value(item.expression, row), false, {}};
        const Binding& binding = row.at(item.variable);
        if (binding.kind == Binding::Kind::kNull) return {};
        if (item.kind == PlainItem::Kind::kPathLength) {
            return {integer(static_cast<std::int64_t>(binding.edges.size())), false, {}};
        }
        Cell out{{}, true, {}};
        for (const std::size_t edge : binding.edges) out.list.push_back(graph_.edges[edge].properties.at("k"));
        if (item.kind == PlainItem::Kind::kEdgeKeysBack) std::ranges::reverse(out.list);
        return out;
    }

    std::vector<std::vector<Cell>> aggregated(const std::vector<Row>& rows) {
        std::map<std::string, std::vector<const Row*>> groups;
        for (const Row& row : rows) {
            std::string key;
            for (const Cell& c : plain(row)) key += text_of(c) + "|";
            groups[key].push_back(&row);
        }
        const bool keyless = std::ranges::all_of(query_.items, is_aggregate);
        if (groups.empty() && keyless) groups[""] = {};
        std::vector<std::vector<Cell>> out;
        for (const auto& [key, members] : groups) {
            std::vector<Cell> cells;
            for (const PlainItem& item : query_.items) {
                cells.push_back(is_aggregate(item) ? Cell{aggregate(item, members), false, {}}
                                                   : cell(item, *members.front()));
            }
            out.push_back(std::move(cells));
        }
        return out;
    }

    Scalar aggregate(const PlainItem& item, const std::vector<const Row*>& rows) {
        using Kind = PlainItem::Kind;
        if (item.kind == Kind::kCountStar) return integer(static_cast<std::int64_t>(rows.size()));
        std::vector<Scalar> values;
        for (const Row* row : rows) {
            Scalar v = evaluator_.value(item.expression, *row);
            if (!is_null(v)) values.push_back(std::move(v));
        }
        std::ranges::sort(values, before);
        if (item.kind == Kind::kCountDistinct) values.erase(std::ranges::unique(values).begin(), values.end());
        switch (item.kind) {
            case Kind::kMin: return values.empty() ? Scalar{} : values.front();
            case Kind::kMax: return values.empty() ? Scalar{} : values.back();
            case Kind::kSum: {
                std::int64_t sum = 0;
                for (const Scalar& v : values) sum += v.integer;
                return integer(sum);
            }
            default: return integer(static_cast<std::int64_t>(values.size()));
        }
    }

    const PlainQuery& query_;
    const SmallGraph& graph_;
    Evaluator evaluator_;
};

}  // namespace

std::string cell_text(const Scalar& scalar) {
    switch (scalar.kind) {
        case Scalar::Kind::kNull: return "null";
        case Scalar::Kind::kInteger: return std::to_string(scalar.integer);
        case Scalar::Kind::kBoolean: return scalar.integer != 0 ? "true" : "false";
        case Scalar::Kind::kString: return "'" + scalar.text + "'";
    }
    return "";
}

std::vector<std::string> evaluate(const PlainQuery& query, const SmallGraph& graph) {
    std::vector<Row> rows{{}};
    Evaluator evaluator(graph);
    for (const PlainMatch& match : query.matches) rows = evaluator.match(match, rows);
    auto cells = Projector(query, graph).project(rows);
    const auto less = [](const std::vector<Cell>& a, const std::vector<Cell>& b) {
        return std::ranges::lexicographical_compare(a, b, cell_before);
    };
    if (query.ordered) std::ranges::stable_sort(cells, less);
    std::vector<std::string> out;
    std::set<std::string> seen;
    for (const auto& row : cells) {
        std::string text;
        for (const Cell& cell : row) text += text_of(cell) + " | ";
        if (!query.distinct || seen.insert(text).second) out.push_back(std::move(text));
    }
    if (query.skip) out.erase(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(std::min(*query.skip, out.size())));
    if (query.limit && out.size() > *query.limit) out.resize(*query.limit);
    if (!query.ordered) std::ranges::sort(out);
    return out;
}

}  // namespace maek::reference
