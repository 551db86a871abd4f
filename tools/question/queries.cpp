#include "tools/question/queries.h"

namespace maek::tools {
namespace {

// ":`MEMBER_OF`|`FUNDS`", or nothing when there are no types yet.
std::string type_pattern(const std::vector<std::string>& types) {
    std::string out;
    for (const std::string& type : types) out += (out.empty() ? ":" : "|") + quoted_name(type);
    return out;
}

// Conditions joined by AND, or nothing.
std::string where(const std::vector<std::string>& conditions) {
    std::string out;
    for (const std::string& condition : conditions) out += (out.empty() ? "WHERE " : " AND ") + condition;
    return out.empty() ? out : out + "\n";
}

void add_dates(std::vector<std::string>& conditions, const QuestionOptions& options) {
    if (!options.since.empty()) conditions.emplace_back("toString(r.date) >= $since");
    // "2020" as an end means all of 2020.
    if (!options.until.empty()) conditions.emplace_back("left(toString(r.date), size($until)) <= $until");
}

std::string find_text(const QuestionOptions& options) {
    std::vector<std::string> conditions = {
        "NOT n:Article",
        "(toLower(n.name) CONTAINS toLower($text) OR any(x IN coalesce(n.aliases, []) WHERE toLower(x) CONTAINS toLower($text)))"};
    if (!options.type.empty()) conditions.emplace_back("n:" + quoted_name(options.type));
    return "MATCH (n)\n" + where(conditions) +
           "OPTIONAL MATCH (n)-[r]-() WHERE type(r) <> 'MENTIONS'\n"
           "WITH n, count(r) AS connections\n"
           "RETURN n.name AS name, labels(n)[0] AS type, n.aliases AS aliases, connections\n"
           "ORDER BY connections DESC, name LIMIT $limit";
}

std::string show_text() {
    return "MATCH (n)-[r]-(o)\n"
           "WHERE id(n) = $a AND type(r) <> 'MENTIONS'\n"
           "RETURN CASE WHEN startNode(r) = n THEN '->' ELSE '<-' END AS direction, type(r) AS relation,\n"
           "       o.name AS name, labels(o)[0] AS type, r.date AS date, r.amount_krw AS won, r.role AS role\n"
           "ORDER BY relation, direction, name LIMIT $limit";
}

std::string path_text(const QuestionOptions& options, const std::vector<std::string>& types) {
    return "MATCH (a), (b) WHERE id(a) = $a AND id(b) = $b\n"
           "MATCH p = shortestPath((a)-[" + type_pattern(types) + "*1.." + std::to_string(options.max_length) + "]-(b))\n"
           "WITH nodes(p) AS n, relationships(p) AS rs\n"
           "UNWIND range(0, size(rs) - 1) AS i\n"
           "WITH i, n[i] AS x, n[i + 1] AS y, rs[i] AS r\n"
           "RETURN i + 1 AS step, x.name AS `from`,\n"
           "       CASE WHEN startNode(r) = x THEN '-' + type(r) + '->' ELSE '<-' + type(r) + '-' END AS relation,\n"
           "       y.name AS `to`, r.evidence AS evidence\n"
           "ORDER BY step";
}

std::string members_text(bool named) {
    if (!named) {
        return "MATCH (m)-[r:MEMBER_OF]->(g)\n"
               "RETURN g.name AS `group`, labels(g)[0] AS type, count(DISTINCT m) AS members,\n"
               "       collect(DISTINCT m.name)[..8] AS names\n"
               "ORDER BY members DESC, `group` LIMIT $limit";
    }
    return "MATCH (m)-[r:MEMBER_OF]->(g)\n"
           "WHERE id(m) = $a OR id(g) = $a\n"
           "RETURN m.name AS member, labels(m)[0] AS type, g.name AS `group`, r.date AS date, r.evidence AS evidence\n"
           "ORDER BY `group`, member LIMIT $limit";
}

std::string funding_text(const QuestionOptions& options, bool named) {
    std::vector<std::string> conditions;
    if (named) conditions.emplace_back("(id(p) = $a OR id(t) = $a)");
    add_dates(conditions, options);
    return "MATCH (p)-[r:FUNDS]->(t)\n" + where(conditions) +
           "RETURN p.name AS payer, t.name AS payee, r.amount_krw AS won, r.date AS date, r.evidence AS evidence\n"
           "ORDER BY coalesce(won, -1) DESC, payer, payee LIMIT $limit";
}

std::string timeline_text(const QuestionOptions& options, bool named) {
    std::vector<std::string> conditions = {"r.date IS NOT NULL"};
    if (named) conditions.emplace_back("(id(x) = $a OR id(y) = $a)");
    add_dates(conditions, options);
    return "MATCH (x)-[r]->(y)\n" + where(conditions) +
           "RETURN r.date AS date, x.name AS who, type(r) AS relation, y.name AS whom, r.amount_krw AS won\n"
           "ORDER BY date, who, relation, whom LIMIT $limit";
}

std::string top_text(const QuestionOptions& options, const std::vector<std::string>& types) {
    const std::string only = options.type.empty() ? "" : "WHERE n:" + quoted_name(options.type) + "\n";
    const std::string end = " ORDER BY score DESC, name LIMIT $limit";
    const std::string head = "RETURN n.name AS name, labels(n)[0] AS type, ";
    if (options.by == "funding") {
        return "MATCH (n)-[r:FUNDS]->()\n" + only + head + "sum(r.amount_krw) AS score" + end;
    }
    if (options.by == "articles") {
        return "MATCH (a:Article)-[:MENTIONS]->(n)\n" + only + head + "count(DISTINCT a) AS score" + end;
    }
    if (options.by == "degree") {
        return "MATCH (n)-[r" + type_pattern(types) + "]-()\n" + only + head + "count(r) AS score" + end;
    }
    std::string list;
    for (const std::string& type : types) list += (list.empty() ? "'" : ", '") + type + "'";
    return "CALL algo." + options.by + "({relationships: [" + list + "]}) YIELD node, score\n"
           "WITH node AS n, score WHERE NOT n:Article" +
           (options.type.empty() ? "" : " AND n:" + quoted_name(options.type)) + "\n" + head + "round(score, 6) AS score" + end;
}

std::string compare_text() {
    return "MATCH (x)-[r]-(o)\n"
           "WHERE (id(x) = $a OR id(x) = $b) AND type(r) <> 'MENTIONS'\n"
           "WITH type(r) AS relation, o, collect(DISTINCT id(x)) AS who\n"
           "RETURN relation, o.name AS `with`, labels(o)[0] AS type, $a IN who AS first, $b IN who AS second\n"
           "ORDER BY size(who) DESC, relation, `with` LIMIT $limit";
}

std::string evidence_text(bool two) {
    return std::string("MATCH (x)-[r]-(o)\n"
                       "WHERE id(x) = $a AND type(r) <> 'MENTIONS'") +
           (two ? " AND id(o) = $b" : "") +
           "\nWITH DISTINCT r, startNode(r) AS s, endNode(r) AS t\n"
           "RETURN s.name AS who, type(r) AS relation, t.name AS whom, r.evidence AS evidence, r.articles AS articles,\n"
           "       r.confidence AS confidence\n"
           "ORDER BY relation, who, whom LIMIT $limit";
}

}  // namespace

std::string quoted_name(const std::string& name) {
    std::string out = "`";
    for (const char c : name) {
        if (c == '`') out += '`';
        out += c;
    }
    return out + "`";
}

std::string question_text(const QuestionOptions& options, const std::vector<std::string>& types) {
    const std::string& command = options.command;
    const bool named = !options.names.empty();
    if (command == "find") return find_text(options);
    if (command == "show") return show_text();
    if (command == "path") return path_text(options, types);
    if (command == "members") return members_text(named);
    if (command == "funding") return funding_text(options, named);
    if (command == "timeline") return timeline_text(options, named);
    if (command == "top") return top_text(options, types);
    if (command == "compare") return compare_text();
    return evidence_text(options.names.size() > 1);
}

}  // namespace maek::tools
