#include "query/eval/render.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "query/eval/temporal.h"
#include "query/eval/utf8.h"

namespace maek::query {

// --- numbers

namespace {

// Digits and decimal exponent of |value|, shortest that reads back: 0.00125 is "125", -3.
struct Decimal {
    std::string digits;
    int exponent = 0;
};

Decimal decimal_of(double value) {
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::fabs(value),
                                   std::chars_format::scientific).ptr;
    const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    const std::size_t e = text.find('e');
    Decimal out;
    for (const char c : text.substr(0, e)) {
        if (c != '.') out.digits += c;
    }
    const std::string_view exponent = text.substr(e + (text[e + 1] == '+' ? 2 : 1));
    std::from_chars(exponent.data(), exponent.data() + exponent.size(), out.exponent);
    return out;
}

}  // namespace

std::string format_float(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
    const std::string sign = std::signbit(value) ? "-" : "";
    if (value == 0) return sign + "0.0";
    auto [digits, exponent] = decimal_of(value);
    const auto count = static_cast<int>(digits.size());
    if (exponent < -4 || exponent > 16) {
        const std::string rest = count > 1 ? digits.substr(1) : "0";
        return sign + digits.substr(0, 1) + "." + rest + "e" + std::to_string(exponent);
    }
    if (exponent < 0) return sign + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    if (count <= exponent + 1) {
        return sign + digits + std::string(static_cast<std::size_t>(exponent + 1 - count), '0') + ".0";
    }
    const auto point = static_cast<std::size_t>(exponent + 1);
    return sign + digits.substr(0, point) + "." + digits.substr(point);
}

namespace {

std::string_view trim_blanks(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n\f\v";
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

}  // namespace

std::optional<double> parse_float(std::string_view text) {
    text = trim_blanks(text);
    if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
    const bool plus = text.starts_with('+');
    if (plus) text.remove_prefix(1);
    if (text == "Infinity") return std::numeric_limits<double>::infinity();
    if (text == "-Infinity" && !plus) return -std::numeric_limits<double>::infinity();
    if (text.find_first_not_of("0123456789+-.eE") != std::string_view::npos) return std::nullopt;
    if (plus && text.starts_with('-')) return std::nullopt;
    double value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end != text.data() + text.size()) return std::nullopt;
    if (problem == std::errc::result_out_of_range) {
        // Too large is infinite, too small is zero; the exponent's sign tells which.
        const std::size_t e = text.find_first_of("eE");
        const bool tiny = e != std::string_view::npos && text.substr(e + 1).starts_with('-');
        const double size = tiny ? 0.0 : std::numeric_limits<double>::infinity();
        return text.starts_with('-') ? -size : size;
    }
    if (problem != std::errc()) return std::nullopt;
    return value;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
    text = trim_blanks(text);
    std::string_view digits = text;
    if (digits.starts_with('+') && !digits.starts_with("+-")) digits.remove_prefix(1);
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (problem == std::errc() && end == digits.data() + digits.size()) return value;
    const auto number = parse_float(text);
    if (!number || !(*number > -9223372036854775808.0 && *number < 9223372036854775808.0)) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(*number);
}

// --- values

namespace {

bool is_plain_name(std::string_view name) {
    if (name.empty()) return false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const auto c = static_cast<unsigned char>(name[i]);
        const bool letter = c >= 0x80 || c == '_' || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
        if (!letter && (i == 0 || c < '0' || c > '9')) return false;
    }
    return true;
}

// Writes until `limit` bytes are passed; the caller cuts.
class Renderer {
public:
    Renderer(const graph::Graph* graph, std::size_t limit) : graph_(graph), limit_(limit) {}

    void value(const Value& v) {
        if (full()) return;
        switch (v.kind()) {
            case ValueKind::kNull: out_ += "null"; break;
            case ValueKind::kBoolean: out_ += v.as_boolean() ? "true" : "false"; break;
            case ValueKind::kInteger: out_ += std::to_string(v.as_integer()); break;
            case ValueKind::kFloat: out_ += format_float(v.as_float()); break;
            case ValueKind::kString: string(v.as_string()); break;
            case ValueKind::kList: list(v.as_list()); break;
            case ValueKind::kMap: map(v.as_map()); break;
            case ValueKind::kNode: node(v.as_node()); break;
            case ValueKind::kRelationship: relationship(v.as_relationship()); break;
            case ValueKind::kPath: path(v.as_path()); break;
            case ValueKind::kPoint: point(v.as_point()); break;
            default: out_ += '\'' + format_temporal(v) + '\''; break;
        }
    }
    std::string take() && { return std::move(out_); }

private:
    bool full() const { return out_.size() >= limit_; }

    void string(std::string_view text) {
        if (text.size() > limit_) text = text.substr(0, limit_);
        out_ += '\'';
        for (const char c : text) {
            switch (c) {
                case '\'': out_ += "\\'"; break;
                case '\\': out_ += "\\\\"; break;
                case '\n': out_ += "\\n"; break;
                case '\t': out_ += "\\t"; break;
                case '\r': out_ += "\\r"; break;
                default: plain(c);
            }
        }
        out_ += '\'';
    }

    void plain(char c) {
        constexpr std::string_view kHex = "0123456789abcdef";
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte != 0x7F) {
            out_ += c;
        } else {
            out_ += "\\u00";
            out_ += kHex[byte >> 4];
            out_ += kHex[byte & 15];
        }
    }

    void name(std::string_view text) {
        if (is_plain_name(text)) {
            out_ += text;
            return;
        }
        out_ += '`';
        for (const char c : text) out_ += c == '`' ? std::string("``") : std::string(1, c);
        out_ += '`';
    }

    void list(std::span<const Value> items) {
        out_ += '[';
        for (std::size_t i = 0; i < items.size() && !full(); ++i) {
            if (i != 0) out_ += ", ";
            value(items[i]);
        }
        out_ += ']';
    }

    void map(std::span<const MapEntry> entries) {
        out_ += '{';
        for (std::size_t i = 0; i < entries.size() && !full(); ++i) {
            if (i != 0) out_ += ", ";
            name(entries[i].first);
            out_ += ": ";
            value(entries[i].second);
        }
        out_ += '}';
    }

    void properties(const std::vector<std::pair<KeyId, Value>>& all) {
        if (all.empty()) return;
        std::vector<MapEntry> entries;
        for (const auto& [key, v] : all) entries.emplace_back(graph_->keys().name(key), v);
        const Value sorted = Value::map(std::move(entries));
        if (out_.back() != '(' && out_.back() != '[') out_ += ' ';
        map(sorted.as_map());
    }

    void node(NodeId id) {
        out_ += '(';
        if (graph_ == nullptr) {
            out_ += '#' + std::to_string(id.value);
        } else if (graph_->has_node(id)) {
            for (const LabelId label : graph_->labels_of(id)) {
                out_ += ':';
                name(graph_->labels().name(label));
            }
            properties(graph_->node_properties(id));
        }
        out_ += ')';
    }

    void relationship(RelId id) {
        out_ += '[';
        if (graph_ == nullptr) {
            out_ += '#' + std::to_string(id.value);
        } else if (graph_->has_rel(id)) {
            out_ += ':';
            name(graph_->types().name(graph_->rel(id).type));
            properties(graph_->rel_properties(id));
        }
        out_ += ']';
    }

    void path(const Path& p) {
        out_ += '<';
        node(p.nodes.front());
        for (std::size_t i = 0; i < p.relationships.size() && !full(); ++i) {
            const RelId id = p.relationships[i];
            const bool known = graph_ != nullptr && graph_->has_rel(id);
            const bool forward = !known || graph_->rel(id).source == p.nodes[i];
            out_ += forward ? "-" : "<-";
            relationship(id);
            out_ += forward ? "->" : "-";
            node(p.nodes[i + 1]);
        }
        out_ += '>';
    }

    void point(const Point& p) {
        out_ += "point({x: " + format_float(p.x) + ", y: " + format_float(p.y);
        if (p.is_3d()) out_ += ", z: " + format_float(p.z);
        out_ += ", srid: " + std::to_string(p.srid) + "})";
    }

    const graph::Graph* graph_;
    std::size_t limit_;
    std::string out_;
};

std::string render(const Value& value, const graph::Graph* graph, std::size_t limit) {
    Renderer renderer(graph, limit);
    renderer.value(value);
    return std::move(renderer).take();
}

}  // namespace

std::string to_literal(const Value& value, const graph::Graph* graph) {
    return render(value, graph, std::numeric_limits<std::size_t>::max());
}

std::string to_text(const Value& value, const graph::Graph* graph) {
    switch (value.kind()) {
        case ValueKind::kString: return std::string(value.as_string());
        case ValueKind::kDate: case ValueKind::kLocalTime: case ValueKind::kTime:
        case ValueKind::kLocalDateTime: case ValueKind::kDateTime: case ValueKind::kDuration:
            return format_temporal(value);
        default: return to_literal(value, graph);
    }
}

std::string describe(const Value& value) {
    if (value.is_null()) return "NULL";
    constexpr std::size_t kShown = 40;
    std::string text = render(value, nullptr, 4 * kShown);
    if (count_code_points(text) > kShown) {
        text.resize(offset_of(text, kShown));
        text += "…";
    }
    return std::string(kind_name(value.kind())) + " " + text;
}

}  // namespace maek::query
