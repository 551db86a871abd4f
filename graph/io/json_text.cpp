#include "graph/io/json_text.h"

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/writer.h>

#include <cmath>

#include "graph/io/json_values.h"
#include "graph/io/value_text.h"

namespace maek::graph {

namespace {

// RapidJSON's output stream over a string.
struct TextStream {
    using Ch = char;
    std::string& out;
    void Put(char c) { out.push_back(c); }
    void Flush() {}
};
using Writer = rapidjson::Writer<TextStream>;

void write(Writer& writer, const Value& value) {
    switch (value.kind()) {
        case ValueKind::kNull: writer.Null(); break;
        case ValueKind::kBoolean: writer.Bool(value.as_boolean()); break;
        case ValueKind::kInteger: writer.Int64(value.as_integer()); break;
        case ValueKind::kFloat: {
            std::string text;
            append_float(text, value.as_float());
            if (std::isfinite(value.as_float())) {
                writer.RawValue(text.data(), text.size(), rapidjson::kNumberType);
            } else {
                writer.String(text);
            }
            break;
        }
        case ValueKind::kString:
            writer.String(value.as_string().data(), static_cast<rapidjson::SizeType>(value.as_string().size()));
            break;
        case ValueKind::kList:
            writer.StartArray();
            for (const Value& item : value.as_list()) write(writer, item);
            writer.EndArray();
            break;
        case ValueKind::kMap:
            writer.StartObject();
            for (const auto& [key, item] : value.as_map()) {
                writer.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
                write(writer, item);
            }
            writer.EndObject();
            break;
        case ValueKind::kPoint: {
            const Point& point = value.as_point();
            std::vector<MapEntry> parts = {{"srid", Value::integer(point.srid)},
                                           {"x", Value::floating(point.x)},
                                           {"y", Value::floating(point.y)}};
            if (point.is_3d()) parts.emplace_back("z", Value::floating(point.z));
            write(writer, Value::map(std::move(parts)));
            break;
        }
        default: {
            std::string text;
            append_temporal(text, value);
            writer.String(text);
        }
    }
}

}  // namespace

void append_json(std::string& out, const Value& value) {
    TextStream stream{out};
    Writer writer(stream);
    write(writer, value);
}

void append_json_string(std::string& out, std::string_view text) {
    TextStream stream{out};
    Writer writer(stream);
    writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

std::optional<Value> parse_json(std::string_view text) {
    JsonValues values;
    rapidjson::Reader reader;
    rapidjson::MemoryStream stream(text.data(), text.size());
    constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseFullPrecisionFlag;
    if (!reader.Parse<kFlags>(stream, values)) return std::nullopt;
    return values.take();
}

}  // namespace maek::graph
