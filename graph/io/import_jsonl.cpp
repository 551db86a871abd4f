// JSON Lines, one node or relationship a line:
//   {"id":1,"labels":["City"],"properties":{…}}           our export; the id only connects
//   {"id":1,"label":"City","properties":{…}}              the id is data too: kept as property `id`
//   {"type":"FUNDS","from":1,"to":2,"properties":{…}}     also start/end, source/target
//   {"type":"node",…}, {"type":"relationship","label":"FUNDS","start":{"id":"1"},"end":{"id":"2"},…}
// A relationship may stand before its nodes. Lost: the kinds of temporals (ISO strings), map values
// (kept as JSON text). Tests: tests/graph/import_test.cpp.
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include "graph/io/import_common.h"
#include "graph/io/json_values.h"

namespace maek::graph {

namespace {

// One scalar of a line; text lies in the line's scratch.
struct Item {
    enum class Kind : std::uint8_t { kNone, kNull, kInteger, kFloat, kBoolean, kText, kValue };
    Kind kind = Kind::kNone;
    std::int64_t integer = 0;
    double floating = 0;
    std::size_t begin = 0, size = 0;
    Value value;
};

enum class Part : std::uint8_t { kId, kLabel, kType, kStart, kEnd, kLabels, kProperties, kUnknown };

Part part_of(std::string_view key) {
    if (key == "id" || key == "_id") return Part::kId;
    if (key == "label") return Part::kLabel;
    if (key == "labels") return Part::kLabels;
    if (key == "type") return Part::kType;
    if (key == "properties") return Part::kProperties;
    if (key == "from" || key == "start" || key == "source" || key == "startNode") return Part::kStart;
    if (key == "to" || key == "end" || key == "target" || key == "endNode") return Part::kEnd;
    return Part::kUnknown;
}

// Collects the parts of one line. Depth 1 is the line's object, depth 2 its properties, an end
// written as an object, or the list of labels; what is deeper is one value of a property.
class LineHandler {
public:
    Item id, label, type, start, end;
    std::vector<std::pair<std::size_t, std::size_t>> labels;  // pieces of the scratch
    struct Property {
        std::size_t key_begin = 0, key_size = 0;
        Item item;
    };
    std::vector<Property> properties;
    std::size_t property_count = 0;
    bool unknown = false;

    void reset() {
        id.kind = label.kind = type.kind = start.kind = end.kind = Item::Kind::kNone;
        labels.clear();
        property_count = 0;
        scratch_.clear();
        depth_ = 0;
        unknown = false;
    }
    std::string_view text(std::size_t begin, std::size_t size) const { return {scratch_.data() + begin, size}; }
    std::string_view text(const Item& item) const { return text(item.begin, item.size); }
    bool in_object() const { return depth_ > 0; }

    bool Null() { return inside_value() ? values_.Null() : put([](Item& i) { i.kind = Item::Kind::kNull; }); }
    bool Bool(bool v) {
        if (inside_value()) return values_.Bool(v);
        return put([&](Item& i) { i.kind = Item::Kind::kBoolean, i.integer = v; });
    }
    bool Int(int v) { return Int64(v); }
    bool Uint(unsigned v) { return Int64(v); }
    bool Int64(std::int64_t v) {
        if (inside_value()) return values_.Int64(v);
        return put([&](Item& i) { i.kind = Item::Kind::kInteger, i.integer = v; });
    }
    bool Uint64(std::uint64_t v) {
        if (v <= INT64_MAX) return Int64(static_cast<std::int64_t>(v));
        return Double(static_cast<double>(v));
    }
    bool Double(double v) {
        if (inside_value()) return values_.Double(v);
        return put([&](Item& i) { i.kind = Item::Kind::kFloat, i.floating = v; });
    }
    bool RawNumber(const char*, unsigned, bool) { return false; }
    bool String(const char* text, unsigned size, bool copy) {
        if (inside_value()) return values_.String(text, size, copy);
        return put([&](Item& i) {
            i.kind = Item::Kind::kText;
            i.begin = scratch_.size();
            i.size = size;
            scratch_.append(text, size);
        });
    }
    bool Key(const char* text, unsigned size, bool copy) {
        if (inside_value()) return values_.Key(text, size, copy);
        if (depth_ == 1) {
            part_ = part_of({text, size});
            unknown = unknown || part_ == Part::kUnknown;
        } else if (part_ == Part::kProperties) {
            if (property_count == properties.size()) properties.emplace_back();
            Property& property = properties[property_count++];
            property.key_begin = scratch_.size();
            property.key_size = size;
            property.item.kind = Item::Kind::kNull;
            scratch_.append(text, size);
        } else {
            end_id_ = std::string_view(text, size) == "id";
        }
        return true;
    }
    bool StartObject() {
        if (inside_value()) return open([&] { return values_.StartObject(); });
        if (depth_ == 0 || (depth_ == 1 && (part_ == Part::kProperties || part_ == Part::kStart || part_ == Part::kEnd))) {
            ++depth_;
            end_id_ = false;
            return true;
        }
        return open([&] { return values_.StartObject(); });
    }
    bool StartArray() {
        if (depth_ == 0) return false;
        if (!inside_value() && depth_ == 1 && part_ == Part::kLabels) {
            ++depth_;
            return true;
        }
        return open([&] { return values_.StartArray(); });
    }
    bool EndObject(unsigned n) { return close([&] { return values_.EndObject(n); }); }
    bool EndArray(unsigned n) { return close([&] { return values_.EndArray(n); }); }

private:
    bool inside_value() const { return value_depth_ > 0; }
    template <class Start>
    bool open(Start&& start_value) {
        if (value_depth_ == 0) values_ = JsonValues();
        ++value_depth_;
        return start_value();
    }
    template <class Finish>
    bool close(Finish&& finish) {
        if (value_depth_ == 0) {
            --depth_;
            return true;
        }
        const bool ok = finish();
        if (--value_depth_ == 0 && ok) {
            return put([&](Item& i) { i.kind = Item::Kind::kValue, i.value = values_.take(); });
        }
        return ok;
    }

    // Hands the item that comes now to fill().
    template <class Fill>
    bool put(Fill&& fill) {
        if (depth_ == 0) return false;
        if (depth_ == 2) {
            if (part_ == Part::kProperties) {
                fill(properties[property_count - 1].item);
            } else if (part_ == Part::kLabels) {
                Item item;
                fill(item);
                if (item.kind != Item::Kind::kText) return false;
                labels.emplace_back(item.begin, item.size);
            } else if (end_id_) {
                fill(part_ == Part::kStart ? start : end);
            } else {
                Item ignored;
                fill(ignored);
            }
            return true;
        }
        Item ignored;
        switch (part_) {
            case Part::kId: fill(id); break;
            case Part::kLabel: fill(label); break;
            case Part::kType: fill(type); break;
            case Part::kStart: fill(start); break;
            case Part::kEnd: fill(end); break;
            case Part::kLabels:
                fill(ignored);
                if (ignored.kind == Item::Kind::kText) labels.emplace_back(ignored.begin, ignored.size);
                break;
            default: fill(ignored);
        }
        return true;
    }

    std::string scratch_;
    int depth_ = 0, value_depth_ = 0;
    Part part_ = Part::kUnknown;
    bool end_id_ = false;
    JsonValues values_;
};

class JsonlImport {
public:
    JsonlImport(Import& import, const std::filesystem::path& path, std::string_view bytes)
        : import_(import), target_(import.target), path_(path), bytes_(bytes), ids_(import.spaces[""]) {}

    Result<void> run() {
        std::size_t at = bytes_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
        for (std::uint64_t line = 1; at < bytes_.size(); ++line) {
            const std::size_t end = std::min(bytes_.find('\n', at), bytes_.size());
            const std::string_view text = bytes_.substr(at, end - at);
            if (text.find_first_not_of(" \t\r") != text.npos) {
                if (auto result = read(text, at, line, false); !result) return result;
            }
            at = end + 1;
        }
        for (const auto& [begin, line] : waiting_) {
            const std::size_t end = std::min(bytes_.find('\n', begin), bytes_.size());
            if (auto result = read(bytes_.substr(begin, end - begin), begin, line, true); !result) return result;
        }
        return {};
    }

private:
    Error fail(std::uint64_t line, std::uint64_t column, std::string message) const {
        return import_error(path_, line, column, std::move(message));
    }

    Result<void> read(std::string_view text, std::size_t begin, std::uint64_t line, bool last_chance) {
        line_.reset();
        rapidjson::MemoryStream stream(text.data(), text.size());
        const auto parsed = reader_.Parse<rapidjson::kParseFullPrecisionFlag>(stream, line_);
        if (!parsed) {
            const std::string what = parsed.Code() == rapidjson::kParseErrorTermination
                                         ? "expected an object with a node or a relationship"
                                         : rapidjson::GetParseError_En(parsed.Code());
            return fail(line, column_of(text, parsed.Offset()), what);
        }
        if (line_.unknown) import_.warn("a part of a line that is not known was left out");
        const bool relationship = line_.start.kind != Item::Kind::kNone || line_.end.kind != Item::Kind::kNone;
        return relationship ? add_relationship(begin, line, last_chance) : add_node(begin, line);
    }

    Result<void> add_node(std::size_t begin, std::uint64_t line) {
        labels_.clear();
        for (const auto& [at, size] : line_.labels) labels_.push_back(target_.label(line_.text(at, size)));
        const bool singular = line_.label.kind == Item::Kind::kText;
        if (singular) labels_.push_back(target_.label(line_.text(line_.label)));
        const NodeId node = target_.add_node(labels_);
        const Item& id = line_.id;
        if (id.kind == Item::Kind::kInteger || id.kind == Item::Kind::kText) {
            const bool number = id.kind == Item::Kind::kInteger;
            if (!(number ? ids_.insert(id.integer, node) : ids_.insert(line_.text(id), node))) {
                return fail(line, 1, "the id " + (number ? std::to_string(id.integer) : std::string(line_.text(id))) +
                                         " was given to another node already");
            }
            if (singular) set(node, target_.key("id"), id);
        }
        set_all(node);
        return import_.count(begin, true);
    }

    NodeId find(const Item& end) const {
        if (end.kind == Item::Kind::kInteger) return ids_.find(end.integer);
        return end.kind == Item::Kind::kText ? ids_.find(line_.text(end)) : NodeId{};
    }
    std::string shown(const Item& end) const {
        if (end.kind == Item::Kind::kInteger) return std::to_string(end.integer);
        return end.kind == Item::Kind::kText ? "`" + std::string(line_.text(end)) + "`" : "that is missing";
    }

    Result<void> add_relationship(std::size_t begin, std::uint64_t line, bool last_chance) {
        const NodeId source = find(line_.start), target = find(line_.end);
        if (!source.valid() || !target.valid()) {
            if (last_chance) {
                return fail(line, 1, "there is no node with id " + shown(source.valid() ? line_.end : line_.start));
            }
            waiting_.emplace_back(begin, line);
            return {};
        }
        std::string_view type = import_.options.default_type;
        if (line_.type.kind == Item::Kind::kText) type = line_.text(line_.type);
        if (line_.label.kind == Item::Kind::kText) type = line_.text(line_.label);  // APOC
        const RelId rel = target_.add_relationship(source, target, target_.type(type));
        set_all(rel);
        return import_.count(begin, false);
    }

    template <class IdType>
    void set(IdType id, KeyId key, const Item& item) {
        switch (item.kind) {
            case Item::Kind::kInteger: target_.set_integer(id, key, item.integer); break;
            case Item::Kind::kFloat: target_.set_float(id, key, item.floating); break;
            case Item::Kind::kBoolean: target_.set(id, key, Value::boolean(item.integer != 0)); break;
            case Item::Kind::kText: target_.set_string(id, key, line_.text(item)); break;
            case Item::Kind::kValue: target_.set(id, key, storable(import_, item.value)); break;
            default: break;
        }
    }

    // The keys of one line mostly are those of the line before, in the same order.
    template <class IdType>
    void set_all(IdType id) {
        for (std::size_t i = 0; i < line_.property_count; ++i) {
            const auto& property = line_.properties[i];
            const std::string_view name = line_.text(property.key_begin, property.key_size);
            if (i >= keys_.size()) keys_.resize(i + 1);
            if (!keys_[i].second.valid() || keys_[i].first != name) keys_[i] = {std::string(name), target_.key(name)};
            set(id, keys_[i].second, property.item);
        }
    }

    Import& import_;
    ImportTarget& target_;
    const std::filesystem::path& path_;
    std::string_view bytes_;
    IdMap& ids_;
    rapidjson::Reader reader_;
    LineHandler line_;
    std::vector<LabelId> labels_;
    std::vector<std::pair<std::string, KeyId>> keys_;
    std::vector<std::pair<std::size_t, std::uint64_t>> waiting_;  // lines whose nodes come later
};

}  // namespace

Result<void> import_jsonl(Import& import, const std::filesystem::path& path, std::string_view bytes) {
    return JsonlImport(import, path, bytes).run();
}

bool jsonl_begins_with_node(std::string_view bytes) {
    const std::string_view line = bytes.substr(0, bytes.find('\n'));
    for (const char* end : {"\"from\"", "\"start\"", "\"source\"", "\"startNode\""}) {
        if (line.find(end) != line.npos) return false;
    }
    return true;
}

}  // namespace maek::graph
