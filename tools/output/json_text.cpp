#include "tools/output/json_text.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <array>
#include <charconv>
#include <cmath>

#include "tools/output/value_text.h"

namespace maek::tools {

struct JsonText::Parts {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer{buffer};
};

JsonText::JsonText() : parts_(std::make_unique<Parts>()) {}
JsonText::~JsonText() = default;

void JsonText::begin_object() { parts_->writer.StartObject(); }
void JsonText::end_object() { parts_->writer.EndObject(); }
void JsonText::begin_array() { parts_->writer.StartArray(); }
void JsonText::end_array() { parts_->writer.EndArray(); }
void JsonText::key(std::string_view name) {
    parts_->writer.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
}
void JsonText::string(std::string_view text) {
    parts_->writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}
void JsonText::integer(std::int64_t number) { parts_->writer.Int64(number); }
void JsonText::boolean(bool truth) { parts_->writer.Bool(truth); }
void JsonText::null() { parts_->writer.Null(); }

void JsonText::floating(double number) {
    const std::string text = float_text(number);
    if (std::isfinite(number)) {
        parts_->writer.RawValue(text.data(), text.size(), rapidjson::kNumberType);
    } else {
        string(text);
    }
}

void JsonText::node(NodeId id, const graph::Graph& graph) {
    begin_object();
    member("id", static_cast<std::int64_t>(id.value));
    key("labels");
    begin_array();
    if (graph.has_node(id)) {
        for (const LabelId label : graph.labels_of(id)) string(graph.labels().name(label));
    }
    end_array();
    key("properties");
    begin_object();
    if (graph.has_node(id)) {
        for (const auto& [name, content] : graph.node_properties(id)) {
            key(graph.keys().name(name));
            value(content, graph);
        }
    }
    end_object();
    end_object();
}

void JsonText::relationship(RelId id, const graph::Graph& graph) {
    begin_object();
    member("id", static_cast<std::int64_t>(id.value));
    const bool alive = graph.has_rel(id);
    if (alive) {
        const graph::RelRecord record = graph.rel(id);
        member("type", graph.types().name(record.type));
        member("start", static_cast<std::int64_t>(record.source.value));
        member("end", static_cast<std::int64_t>(record.target.value));
    } else {  // deleted by the statement that returns it: the same members, so that readers find them
        for (const char* name : {"type", "start", "end"}) key(name), null();
    }
    key("properties");
    begin_object();
    if (alive) {
        for (const auto& [name, content] : graph.rel_properties(id)) {
            key(graph.keys().name(name));
            value(content, graph);
        }
    }
    end_object();
    end_object();
}

void JsonText::value(const Value& value_, const graph::Graph& graph) {
    switch (value_.kind()) {
        case ValueKind::kNull: null(); return;
        case ValueKind::kBoolean: boolean(value_.as_boolean()); return;
        case ValueKind::kInteger: integer(value_.as_integer()); return;
        case ValueKind::kFloat: floating(value_.as_float()); return;
        case ValueKind::kString: string(value_.as_string()); return;
        case ValueKind::kList:
            begin_array();
            for (const Value& item : value_.as_list()) value(item, graph);
            end_array();
            return;
        case ValueKind::kMap:
            begin_object();
            for (const auto& [name, content] : value_.as_map()) {
                key(name);
                value(content, graph);
            }
            end_object();
            return;
        case ValueKind::kNode: node(value_.as_node(), graph); return;
        case ValueKind::kRelationship: relationship(value_.as_relationship(), graph); return;
        case ValueKind::kPath:
            begin_object();
            key("nodes");
            begin_array();
            for (const NodeId id : value_.as_path().nodes) node(id, graph);
            end_array();
            key("relationships");
            begin_array();
            for (const RelId id : value_.as_path().relationships) relationship(id, graph);
            end_array();
            end_object();
            return;
        case ValueKind::kPoint: {
            const Point& point = value_.as_point();
            begin_object();
            member("srid", static_cast<std::int64_t>(point.srid));
            key("x"), floating(point.x);
            key("y"), floating(point.y);
            if (point.is_3d()) key("z"), floating(point.z);
            end_object();
            return;
        }
        default: string(plain_text(value_, graph)); return;  // temporals
    }
}

std::string_view JsonText::text() const {
    return {parts_->buffer.GetString(), parts_->buffer.GetSize()};
}

void JsonText::clear() {
    parts_->buffer.Clear();
    parts_->writer.Reset(parts_->buffer);
}

std::string float_text(double number) {
    if (std::isnan(number)) return "NaN";
    if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
    std::array<char, 40> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    std::string text(buffer.data(), end);
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    return text;
}

}  // namespace maek::tools
