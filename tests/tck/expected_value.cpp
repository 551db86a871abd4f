#include "tests/tck/expected_value.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "tests/tck/render.h"

namespace maek::tck {
namespace {

using Kind = ExpectedValue::Kind;

class Parser {
public:
    explicit Parser(std::string_view text) : text_(text) {}

    ExpectedValue whole() {
        ExpectedValue value = any();
        skip();
        if (at_ != text_.size()) fail();
        return value;
    }

private:
    ExpectedValue any() {
        skip();
        switch (peek()) {
            case '\'': return string();
            case '[': return text_.substr(at_).starts_with("[:") ? relationship() : list();
            case '{': return map();
            case '(': return node();
            case '<': return path();
            default: return word();
        }
    }

    ExpectedValue word() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && std::string_view(",]})> ").find(text_[at_]) == std::string_view::npos) ++at_;
        const std::string_view token = text_.substr(begin, at_ - begin);
        ExpectedValue value;
        if (token == "null") return value;
        if (token == "true" || token == "false") {
            value.kind = Kind::kBoolean;
            value.boolean = token == "true";
        } else if (token == "NaN" || token == "Inf" || token == "-Inf") {
            value.kind = Kind::kFloat;
            value.floating = token == "NaN" ? std::nan("") : std::numeric_limits<double>::infinity();
            if (token[0] == '-') value.floating = -value.floating;
        } else if (token.find_first_of(".eE") != std::string_view::npos) {
            value.kind = Kind::kFloat;
            number(token, value.floating);
        } else {
            value.kind = Kind::kInteger;
            number(token, value.integer);
        }
        return value;
    }

    template <class T>
    void number(std::string_view token, T& out) const {
        const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), out);
        if (error != std::errc() || end != token.data() + token.size()) fail();
    }

    ExpectedValue string() {
        ExpectedValue value;
        value.kind = Kind::kString;
        for (++at_; peek() != '\''; ++at_) {
            if (at_ >= text_.size()) fail();
            if (text_[at_] != '\\') {
                value.text += text_[at_];
                continue;
            }
            ++at_;
            switch (peek()) {
                case 'n': value.text += '\n'; break;
                case 't': value.text += '\t'; break;
                case 'r': value.text += '\r'; break;
                case '\'': case '\\': case '"': value.text += text_[at_]; break;
                default: value.text += '\\'; value.text += peek(); break;
            }
        }
        ++at_;
        return value;
    }

    ExpectedValue list() {
        ExpectedValue value;
        value.kind = Kind::kList;
        ++at_;
        while (skip(), peek() != ']') {
            value.items.push_back(any());
            separator(']');
        }
        ++at_;
        return value;
    }

    ExpectedValue map() {
        ExpectedValue value;
        value.kind = Kind::kMap;
        value.entries = entries();
        return value;
    }

    std::vector<std::pair<std::string, ExpectedValue>> entries() {
        std::vector<std::pair<std::string, ExpectedValue>> out;
        ++at_;
        while (skip(), peek() != '}') {
            std::string key = name(":");
            skip();
            if (peek() != ':') fail();
            ++at_;
            out.emplace_back(std::move(key), any());
            separator('}');
        }
        ++at_;
        std::ranges::sort(out, {}, [](const auto& e) { return e.first; });
        return out;
    }

    void separator(char close) {
        skip();
        if (peek() == ',') {
            ++at_;
        } else if (peek() != close) {
            fail();
        }
    }

    std::string name(std::string_view stop) {
        std::string out;
        if (peek() == '`') {
            for (++at_; peek() != '`'; ++at_) {
                if (at_ >= text_.size()) fail();
                out += text_[at_];
            }
            ++at_;
            return out;
        }
        while (at_ < text_.size() && text_[at_] != ' ' && stop.find(text_[at_]) == std::string_view::npos) {
            out += text_[at_++];
        }
        return out;
    }

    ExpectedValue node() {
        ExpectedValue value;
        value.kind = Kind::kNode;
        ++at_;
        skip();
        while (peek() == ':') {
            ++at_;
            value.labels.push_back(name(":{)"));
            skip();
        }
        if (peek() == '{') value.entries = entries();
        skip();
        if (peek() != ')') fail();
        ++at_;
        std::ranges::sort(value.labels);
        return value;
    }

    ExpectedValue relationship() {
        ExpectedValue value;
        value.kind = Kind::kRelationship;
        at_ += 2;
        value.text = name("{]");
        skip();
        if (peek() == '{') value.entries = entries();
        skip();
        if (peek() != ']') fail();
        ++at_;
        return value;
    }

    ExpectedValue path() {
        ExpectedValue value;
        value.kind = Kind::kPath;
        ++at_;
        value.items.push_back(node());
        while (peek() != '>') {
            const bool backward = peek() == '<';
            if (backward) ++at_;
            if (peek() != '-') fail();
            ++at_;
            value.items.push_back(relationship());
            value.items.back().forward = !backward;
            if (peek() != '-') fail();
            ++at_;
            if (!backward) {
                if (peek() != '>') fail();
                ++at_;
            }
            value.items.push_back(node());
        }
        ++at_;
        return value;
    }

    void skip() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
    }
    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    [[noreturn]] void fail() const {
        throw std::runtime_error("no value at " + std::to_string(at_) + " of: " + std::string(text_));
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

class Matcher {
public:
    Matcher(const graph::Graph& graph, bool bags) : graph_(graph), bags_(bags) {}

    bool match(const ExpectedValue& expected, const Value& actual) const {
        switch (expected.kind) {
            case Kind::kNull: return actual.is_null();
            case Kind::kBoolean:
                return actual.is(ValueKind::kBoolean) && actual.as_boolean() == expected.boolean;
            case Kind::kInteger:
                return actual.is(ValueKind::kInteger) && actual.as_integer() == expected.integer;
            case Kind::kFloat: return actual.is(ValueKind::kFloat) && same(expected.floating, actual.as_float());
            case Kind::kString: return text(expected, actual);
            case Kind::kList: return actual.is(ValueKind::kList) && list(expected.items, actual.as_list());
            case Kind::kMap: return actual.is(ValueKind::kMap) && map(expected.entries, actual.as_map());
            case Kind::kNode: return actual.is(ValueKind::kNode) && node(expected, actual.as_node());
            case Kind::kRelationship:
                return actual.is(ValueKind::kRelationship) && relationship(expected, actual.as_relationship());
            case Kind::kPath: return actual.is(ValueKind::kPath) && path(expected, actual.as_path());
        }
        return false;
    }

private:
    static bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

    static bool text(const ExpectedValue& expected, const Value& actual) {
        if (actual.is(ValueKind::kString)) return actual.as_string() == expected.text;
        return is_printed_as_string(actual) && printed(actual) == expected.text;
    }

    bool list(const std::vector<ExpectedValue>& expected, std::span<const Value> actual) const {
        if (expected.size() != actual.size()) return false;
        std::vector<bool> used(actual.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            std::size_t from = bags_ ? 0 : i;
            const std::size_t to = bags_ ? actual.size() : i + 1;
            while (from < to && (used[from] || !match(expected[i], actual[from]))) ++from;
            if (from == to) return false;
            used[from] = true;
        }
        return true;
    }

    bool map(const std::vector<std::pair<std::string, ExpectedValue>>& expected,
             std::span<const MapEntry> actual) const {
        return std::ranges::equal(expected, actual, [&](const auto& e, const MapEntry& a) {
            return e.first == a.first && match(e.second, a.second);
        });
    }

    bool properties(const std::vector<std::pair<std::string, ExpectedValue>>& expected,
                    const std::vector<std::pair<KeyId, Value>>& actual) const {
        std::vector<MapEntry> named;
        for (const auto& [key, value] : actual) named.emplace_back(graph_.keys().name(key), value);
        std::ranges::sort(named, {}, [](const MapEntry& e) { return e.first; });
        return map(expected, named);
    }

    bool node(const ExpectedValue& expected, NodeId id) const {
        std::vector<std::string> labels;
        for (const LabelId label : graph_.labels_of(id)) labels.emplace_back(graph_.labels().name(label));
        std::ranges::sort(labels);
        return labels == expected.labels && properties(expected.entries, graph_.node_properties(id));
    }

    bool relationship(const ExpectedValue& expected, RelId id) const {
        return graph_.types().name(graph_.rel(id).type) == expected.text &&
               properties(expected.entries, graph_.rel_properties(id));
    }

    bool path(const ExpectedValue& expected, const Path& actual) const {
        if (expected.items.size() != actual.nodes.size() + actual.relationships.size()) return false;
        for (std::size_t i = 0; i < actual.nodes.size(); ++i) {
            if (!node(expected.items[2 * i], actual.nodes[i])) return false;
        }
        for (std::size_t i = 0; i < actual.relationships.size(); ++i) {
            const ExpectedValue& step = expected.items[2 * i + 1];
            const auto record = graph_.rel(actual.relationships[i]);
            const NodeId start = step.forward ? record.source : record.target;
            if (!relationship(step, actual.relationships[i]) || start != actual.nodes[i]) return false;
        }
        return true;
    }

    const graph::Graph& graph_;
    bool bags_;
};

std::string joined(std::vector<std::string> parts, std::string_view open, std::string_view close) {
    std::string out(open);
    for (std::size_t i = 0; i < parts.size(); ++i) out += (i == 0 ? "" : ", ") + parts[i];
    return out + std::string(close);
}

std::string described_properties(const std::vector<std::pair<KeyId, Value>>& properties,
                                 const graph::Graph& graph) {
    std::vector<std::string> parts;
    for (const auto& [key, value] : properties) {
        parts.push_back(std::string(graph.keys().name(key)) + ": " + describe(value, graph));
    }
    return joined(parts, "{", "}");
}

}  // namespace

ExpectedValue parse_expected(std::string_view text) { return Parser(text).whole(); }

Value to_value(const ExpectedValue& expected) {
    switch (expected.kind) {
        case Kind::kNull: return Value::null();
        case Kind::kBoolean: return Value::boolean(expected.boolean);
        case Kind::kInteger: return Value::integer(expected.integer);
        case Kind::kFloat: return Value::floating(expected.floating);
        case Kind::kString: return Value::string(expected.text);
        case Kind::kList: {
            std::vector<Value> items;
            for (const ExpectedValue& item : expected.items) items.push_back(to_value(item));
            return Value::list(std::move(items));
        }
        case Kind::kMap: {
            std::vector<MapEntry> entries;
            for (const auto& [key, value] : expected.entries) entries.emplace_back(key, to_value(value));
            return Value::map(std::move(entries));
        }
        default: throw std::runtime_error("nodes, relationships and paths cannot be parameters");
    }
}

bool matches(const ExpectedValue& expected, const Value& actual, const graph::Graph& graph,
             bool lists_as_bags) {
    return Matcher(graph, lists_as_bags).match(expected, actual);
}

std::string describe(const Value& value, const graph::Graph& graph) {
    std::vector<std::string> parts;
    switch (value.kind()) {
        case ValueKind::kString: return "'" + std::string(value.as_string()) + "'";
        case ValueKind::kList:
            for (const Value& item : value.as_list()) parts.push_back(describe(item, graph));
            return joined(parts, "[", "]");
        case ValueKind::kMap:
            for (const auto& [key, item] : value.as_map()) parts.push_back(key + ": " + describe(item, graph));
            return joined(parts, "{", "}");
        case ValueKind::kNode: {
            if (!graph.has_node(value.as_node())) return "(deleted)";
            std::string out = "(";
            for (const LabelId label : graph.labels_of(value.as_node())) {
                out += ":" + std::string(graph.labels().name(label));
            }
            return out + described_properties(graph.node_properties(value.as_node()), graph) + ")";
        }
        case ValueKind::kRelationship:
            if (!graph.has_rel(value.as_relationship())) return "[deleted]";
            return "[:" + std::string(graph.types().name(graph.rel(value.as_relationship()).type)) + " " +
                   described_properties(graph.rel_properties(value.as_relationship()), graph) + "]";
        case ValueKind::kPath:
            for (const NodeId node : value.as_path().nodes) parts.push_back(describe(Value::node(node), graph));
            return joined(parts, "<", ">");
        default: return printed(value);
    }
}

}  // namespace maek::tck
