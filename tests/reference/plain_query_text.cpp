#include "tests/reference/plain_query.h"

namespace maek::reference {
namespace {

std::string labels_text(const std::vector<std::string>& labels, const char* separator) {
    std::string out;
    for (const std::string& label : labels) out += (out.empty() ? ":" : separator) + label;
    return out;
}

std::string filter_text(const std::optional<std::int64_t>& x) {
    return x ? " {x: " + std::to_string(*x) + "}" : "";
}

std::string node_text(const PlainNode& node) {
    return "(" + node.variable + labels_text(node.labels, ":") + filter_text(node.x) + ")";
}

std::string quantifier_text(const PlainEdge& edge) {
    const std::string max = edge.max ? std::to_string(*edge.max) : "";
    if (edge.form == PlainEdge::Form::kStar) return "*" + std::to_string(edge.min) + ".." + max;
    return "{" + std::to_string(edge.min) + "," + max + "}";
}

std::string edge_text(const PlainEdge& edge) {
    std::string inner = edge.variable + labels_text(edge.types, "|");
    if (edge.form == PlainEdge::Form::kStar) inner += quantifier_text(edge);
    inner += filter_text(edge.x);
    std::string out = edge.direction == PlainEdge::Direction::kIn ? "<-[" : "-[";
    out += inner + (edge.direction == PlainEdge::Direction::kOut ? "]->" : "]-");
    if (edge.form == PlainEdge::Form::kQuantified) out += quantifier_text(edge);
    return out;
}

std::string path_text(const PlainPath& path) {
    static const char* const kModes[] = {"", "WALK ", "TRAIL ", "SIMPLE ", "ACYCLIC "};
    std::string out = path.variable.empty() ? "" : path.variable + " = ";
    const std::string count = std::to_string(path.count);
    switch (path.selector) {
        case Selector::kAll: break;
        case Selector::kAny: out += "ANY " + count + " "; break;
        case Selector::kAnyShortest: out += "ANY SHORTEST "; break;
        case Selector::kAllShortest: out += "ALL SHORTEST "; break;
        case Selector::kShortest: out += "SHORTEST " + count + " "; break;
        case Selector::kShortestGroups: break;
    }
    // The mode stands before the word GROUPS.
    if (path.selector == Selector::kShortestGroups) {
        out += "SHORTEST " + count + " " + kModes[static_cast<int>(path.mode)] + "GROUPS ";
    } else {
        out += kModes[static_cast<int>(path.mode)];
    }
    out += node_text(path.nodes[0]);
    for (std::size_t i = 0; i < path.edges.size(); ++i) out += edge_text(path.edges[i]) + node_text(path.nodes[i + 1]);
    return out;
}

std::string scalar_text(const Scalar& scalar) {
    switch (scalar.kind) {
        case Scalar::Kind::kNull: return "null";
        case Scalar::Kind::kInteger: return std::to_string(scalar.integer);
        case Scalar::Kind::kBoolean: return scalar.integer != 0 ? "true" : "false";
        case Scalar::Kind::kString: return "'" + scalar.text + "'";
    }
    return "";
}

std::string expression_text(const PlainExpr& e) {
    using Kind = PlainExpr::Kind;
    const auto child = [&](std::size_t i) { return expression_text(e.children[i]); };
    switch (e.kind) {
        case Kind::kConstant: return scalar_text(e.constant);
        case Kind::kProperty: return e.variable + "." + e.name;
        case Kind::kCompare: return "(" + child(0) + " " + e.name + " " + child(1) + ")";
        case Kind::kAnd: return "(" + child(0) + " AND " + child(1) + ")";
        case Kind::kOr: return "(" + child(0) + " OR " + child(1) + ")";
        case Kind::kXor: return "(" + child(0) + " XOR " + child(1) + ")";
        case Kind::kNot: return "(NOT " + child(0) + ")";
        case Kind::kIsNull: return "(" + child(0) + " IS NULL)";
        case Kind::kIsNotNull: return "(" + child(0) + " IS NOT NULL)";
        case Kind::kHasLabel: return "(" + e.variable + ":" + e.name + ")";
        case Kind::kIn: {
            std::string list;
            for (const Scalar& item : e.list) list += (list.empty() ? "" : ", ") + scalar_text(item);
            return "(" + child(0) + " IN [" + list + "])";
        }
        case Kind::kExists: return "EXISTS { MATCH " + path_text(*e.path) + " }";
        case Kind::kCount: return "(COUNT { MATCH " + path_text(*e.path) + " } > " + scalar_text(e.constant) + ")";
    }
    return "";
}

std::string item_text(const PlainItem& item) {
    using Kind = PlainItem::Kind;
    switch (item.kind) {
        case Kind::kExpression: return expression_text(item.expression);
        case Kind::kCountStar: return "count(*)";
        case Kind::kCount: return "count(" + expression_text(item.expression) + ")";
        case Kind::kCountDistinct: return "count(DISTINCT " + expression_text(item.expression) + ")";
        case Kind::kSum: return "sum(" + expression_text(item.expression) + ")";
        case Kind::kMin: return "min(" + expression_text(item.expression) + ")";
        case Kind::kMax: return "max(" + expression_text(item.expression) + ")";
        case Kind::kEdgeKeys: return "[e IN " + item.variable + " | e.k]";
        case Kind::kEdgeKeysBack: return "[e IN reverse(" + item.variable + ") | e.k]";
        case Kind::kPathLength: return "length(" + item.variable + ")";
    }
    return "";
}

}  // namespace

std::string to_text(const PlainQuery& query) {
    std::string out;
    for (const PlainMatch& match : query.matches) {
        out += match.optional ? "OPTIONAL MATCH " : "MATCH ";
        if (match.repeatable) out += "REPEATABLE ELEMENTS ";
        for (std::size_t i = 0; i < match.paths.size(); ++i) out += (i == 0 ? "" : ", ") + path_text(match.paths[i]);
        if (match.where) out += (match.where_behind ? " WITH * WHERE " : " WHERE ") + expression_text(*match.where);
        out += "\n";
    }
    out += query.distinct ? "RETURN DISTINCT " : "RETURN ";
    std::string order;
    for (std::size_t i = 0; i < query.items.size(); ++i) {
        const std::string name = "c" + std::to_string(i);
        out += (i == 0 ? "" : ", ") + item_text(query.items[i]) + " AS " + name;
        order += (i == 0 ? "" : ", ") + name;
    }
    if (query.ordered) out += " ORDER BY " + order;
    if (query.skip) out += " SKIP " + std::to_string(*query.skip);
    if (query.limit) out += " LIMIT " + std::to_string(*query.limit);
    return out;
}

}  // namespace maek::reference
