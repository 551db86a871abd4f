// CSV with the headers of neo4j-admin: `id:ID(Space)`, `:LABEL`, `:START_ID`, `:END_ID`, `:TYPE`,
// `name:type`, `name:type[]`, `:IGNORE`. Quoted fields may hold delimiters and line ends; a doubled
// quote stands for one. An empty field is no property, an empty quoted one an empty string. After an
// empty line a new header may follow (what our own export of both halves in one file writes).
// Kept: everything but a date-time's zone without an offset. Tests: tests/graph/import_test.cpp.
#include <algorithm>
#include <charconv>
#include <deque>
#include <optional>

#include "graph/io/import_common.h"
#include "graph/io/json_text.h"
#include "graph/io/value_text.h"

namespace maek::graph {

namespace {

enum class Role : std::uint8_t { kProperty, kId, kLabel, kStart, kEnd, kType, kIgnore };
enum class Scalar : std::uint8_t { kString, kInteger, kFloat, kBoolean, kPoint, kTemporal };

struct CsvColumn {
    Role role = Role::kProperty;
    std::string name;  // of the property; may be empty for ids
    std::string space;
    Scalar scalar = Scalar::kString;
    ValueKind temporal = ValueKind::kDate;
    bool array = false;
    KeyId key;
    IdMap* ids = nullptr;
};

struct Field {
    std::string_view text;
    const char* begin = nullptr;
    bool quoted = false;
};

// Cuts rows into fields.
class Rows {
public:
    Rows(std::string_view bytes, char delimiter) : bytes_(bytes), at_(bytes.data()), delimiter_(delimiter) {
        if (bytes.starts_with("\xEF\xBB\xBF")) at_ += 3;
        stop_[static_cast<unsigned char>(delimiter)] = stop_[std::size_t{'\n'}] = stop_[std::size_t{'\r'}] = true;
    }
    bool at_end() const { return at_ == end(); }
    std::uint64_t line() const { return row_line_; }
    std::uint64_t done() const { return static_cast<std::uint64_t>(at_ - bytes_.data()); }
    const std::vector<Field>& fields() const { return fields_; }

    // False: a quoted field is not closed; fields().back().begin is where it began.
    bool next() {
        row_line_ = line_;
        fields_.clear();
        for (;;) {
            fields_.emplace_back();
            Field& field = fields_.back();
            field.begin = at_;
            if (at_ != end() && *at_ == '"') {
                if (!quoted(field)) return false;
            } else {
                while (at_ != end() && !stop_[static_cast<unsigned char>(*at_)]) ++at_;
                field.text = {field.begin, static_cast<std::size_t>(at_ - field.begin)};
            }
            if (at_ == end()) return true;
            const char c = *at_++;
            if (c == delimiter_) continue;
            if (c == '\r' && at_ != end() && *at_ == '\n') ++at_;
            ++line_;
            return true;
        }
    }

private:
    const char* end() const { return bytes_.data() + bytes_.size(); }

    bool quoted(Field& field) {
        field.quoted = true;
        const char* begin = ++at_;
        std::string* unescaped = nullptr;
        for (;;) {
            while (at_ != end() && *at_ != '"') line_ += *at_++ == '\n';
            if (at_ == end()) return false;
            if (at_ + 1 != end() && at_[1] == '"') {
                if (!unescaped) {
                    const std::size_t place = fields_.size() - 1;
                    if (scratch_.size() <= place) scratch_.resize(place + 1);
                    unescaped = &scratch_[place];
                    unescaped->clear();
                }
                unescaped->append(begin, at_ + 1);
                begin = at_ += 2;
                continue;
            }
            if (unescaped) unescaped->append(begin, at_);
            field.text = unescaped ? std::string_view(*unescaped)
                                   : std::string_view(begin, static_cast<std::size_t>(at_ - begin));
            ++at_;
            // Anything between the closing quote and the delimiter would be lost silently.
            return at_ == end() || stop_[static_cast<unsigned char>(*at_)];
        }
    }

    std::string_view bytes_;
    const char* at_;
    char delimiter_;
    bool stop_[256] = {};
    std::uint64_t line_ = 1, row_line_ = 1;
    std::vector<Field> fields_;
    std::deque<std::string> scratch_;  // a deque: growing leaves the texts where they are
};

struct ScalarName {
    std::string_view name;
    Scalar scalar;
    ValueKind temporal = ValueKind::kNull;
};
constexpr ScalarName kScalars[] = {
    {"string", Scalar::kString}, {"char", Scalar::kString}, {"int", Scalar::kInteger},
    {"integer", Scalar::kInteger}, {"long", Scalar::kInteger}, {"short", Scalar::kInteger},
    {"byte", Scalar::kInteger}, {"float", Scalar::kFloat}, {"double", Scalar::kFloat},
    {"boolean", Scalar::kBoolean}, {"bool", Scalar::kBoolean}, {"point", Scalar::kPoint},
    {"date", Scalar::kTemporal, ValueKind::kDate},
    {"time", Scalar::kTemporal, ValueKind::kTime},
    {"localtime", Scalar::kTemporal, ValueKind::kLocalTime},
    {"datetime", Scalar::kTemporal, ValueKind::kDateTime},
    {"localdatetime", Scalar::kTemporal, ValueKind::kLocalDateTime},
    {"duration", Scalar::kTemporal, ValueKind::kDuration}};

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// One field of a header; the error is a message.
Result<CsvColumn> parse_column(std::string_view text) {
    CsvColumn column;
    text = trimmed(text);
    const std::size_t colon = text.rfind(':', text.find('{'));
    if (const std::size_t options = text.find('{'); options != std::string_view::npos && colon != std::string_view::npos) {
        if (colon < options) text = trimmed(text.substr(0, options));
    }
    const std::size_t split = text.rfind(':');
    column.name = text.substr(0, split);
    if (split == std::string_view::npos) {
        if (column.name.empty()) return Error{ErrorCode::kFormat, "a column of the header has no name", {}, {}};
        return column;
    }
    std::string type = lower(text.substr(split + 1));
    std::string_view bare = type;
    if (const std::size_t open = bare.find('('); open != std::string_view::npos && bare.ends_with(")")) {
        column.space = text.substr(split + 1 + open + 1, type.size() - open - 2);
        bare = bare.substr(0, open);
    }
    if (bare == "id") return column.role = Role::kId, column;
    if (bare == "label") return column.role = Role::kLabel, column;
    if (bare == "start_id") return column.role = Role::kStart, column;
    if (bare == "end_id") return column.role = Role::kEnd, column;
    if (bare == "type") return column.role = Role::kType, column;
    if (bare == "ignore") return column.role = Role::kIgnore, column;
    if (bare.ends_with("[]")) {
        column.array = true;
        bare.remove_suffix(2);
    }
    for (const ScalarName& known : kScalars) {
        if (known.name != bare) continue;
        if (column.name.empty()) return Error{ErrorCode::kFormat, "a property column of the header has no name", {}, {}};
        column.scalar = known.scalar;
        column.temporal = known.temporal;
        return column;
    }
    return Error{ErrorCode::kFormat,
                 "the header has the unknown type `" + std::string(text.substr(split + 1)) +
                     "`; expected ID, LABEL, START_ID, END_ID, TYPE, IGNORE, string, int, long, float, double, " +
                     "boolean, point, date, time, localtime, datetime, localdatetime or duration, [] behind for lists",
                 {}, {}};
}

class CsvImport {
public:
    CsvImport(Import& import, const std::filesystem::path& path, std::string_view bytes)
        : import_(import), target_(import.target), path_(path), bytes_(bytes), rows_(bytes, import.options.delimiter) {}

    Result<void> run() {
        bool header = true;
        while (!rows_.at_end()) {
            if (!rows_.next()) return fail(rows_.fields().back(), "the quoted field that begins here is not closed rightly");
            if (rows_.fields().size() == 1 && rows_.fields()[0].text.empty() && !rows_.fields()[0].quoted) {
                header = header || columns_.size() > 1;
                continue;
            }
            if (header) {
                // An empty line inside the rows is no new section unless a header follows.
                if (columns_.empty() || looks_like_header()) {
                    flush_ids();
                    if (auto result = read_header(); !result) return result;
                    header = false;
                    continue;
                }
                header = false;
            }
            if (auto result = is_relationships_ ? relationship() : node(); !result) return result;
        }
        flush_ids();
        return {};
    }

private:
    Error fail(const Field& field, std::string message) const {
        const auto place = static_cast<std::size_t>(field.begin - bytes_.data());
        const auto line = rows_.line() + static_cast<std::uint64_t>(
            std::count(rows_.fields().front().begin, field.begin, '\n'));
        return import_error(path_, line, column_of(bytes_, place), std::move(message));
    }

    bool looks_like_header() const {
        return std::ranges::any_of(rows_.fields(), [](const Field& field) {
            const std::string text = lower(field.text);
            return text.find(":id") != text.npos || text.find(":start_id") != text.npos || text.find(":label") != text.npos;
        });
    }

    Result<void> read_header() {
        columns_.clear();
        is_relationships_ = false;
        std::size_t starts = 0, ends = 0;
        for (const Field& field : rows_.fields()) {
            auto column = parse_column(field.text);
            if (!column) return fail(field, column.error().message);
            starts += column->role == Role::kStart;
            ends += column->role == Role::kEnd;
            if (column->role == Role::kId || column->role == Role::kStart || column->role == Role::kEnd) {
                column->ids = &import_.spaces.try_emplace(column->space).first->second;
            }
            const bool named = column->role == Role::kProperty || (column->role == Role::kId && !column->name.empty());
            if (named) column->key = target_.key(column->name);
            columns_.push_back(std::move(*column));
        }
        is_relationships_ = starts > 0 || ends > 0;
        if (is_relationships_ && (starts != 1 || ends != 1)) {
            return fail(rows_.fields()[0], "a header of relationships needs one :START_ID and one :END_ID");
        }
        return {};
    }

    Result<void> check_width() const {
        const auto& fields = rows_.fields();
        if (fields.size() <= columns_.size()) return {};
        return fail(fields[columns_.size()], "the row has " + std::to_string(fields.size()) +
                                                 " fields, the header " + std::to_string(columns_.size()));
    }

    Result<void> node() {
        if (auto result = check_width(); !result) return result;
        const auto& fields = rows_.fields();
        std::string_view label_text;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            if (columns_[i].role == Role::kLabel) label_text = fields[i].text;
        }
        if (label_text != last_label_text_) resolve_labels(label_text);
        const NodeId id = target_.add_node(last_labels_);
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const CsvColumn& column = columns_[i];
            if (column.role == Role::kId && !(fields[i].text.empty() && !fields[i].quoted)) {
                std::int64_t number = 0;
                const bool canonical = canonical_integer(fields[i].text, number);
                const bool fresh = canonical ? column.ids->insert(number, id) : column.ids->insert(fields[i].text, id);
                if (!fresh) {
                    return fail(fields[i], "the id `" + std::string(fields[i].text) + "` was given to another node already" +
                                               (column.space.empty() ? "" : " in id space " + column.space));
                }
                if (column.key.valid()) keep_id(i, id, canonical, number, fields[i].text);
            } else if (column.role == Role::kProperty) {
                if (auto result = property(id, column, fields[i]); !result) return result;
            }
        }
        return import_.count(rows_.done(), true);
    }

    // An id column that is also a property holds integers when all of the file's ids are: they
    // are kept aside until the file's end or the first other id.
    struct KeptIds {
        bool all_integers = true;
        std::vector<std::pair<NodeId, std::int64_t>> integers;
    };
    void keep_id(std::size_t at, NodeId id, bool canonical, std::int64_t number, std::string_view text) {
        if (kept_.size() <= at) kept_.resize(at + 1);
        KeptIds& kept = kept_[at];
        if (canonical && kept.all_integers) {
            kept.integers.emplace_back(id, number);
            return;
        }
        if (kept.all_integers) {
            kept.all_integers = false;
            for (const auto& [node, value] : kept.integers) {
                target_.set_string(node, columns_[at].key, std::to_string(value));
            }
            kept.integers.clear();
        }
        target_.set_string(id, columns_[at].key, text);
    }
    void flush_ids() {
        for (std::size_t at = 0; at < kept_.size(); ++at) {
            for (const auto& [node, value] : kept_[at].integers) target_.set_integer(node, columns_[at].key, value);
        }
        kept_.clear();
    }

    void resolve_labels(std::string_view text) {
        last_label_text_ = text;
        last_labels_.clear();
        while (!text.empty()) {
            const std::size_t end = std::min(text.find(import_.options.array_delimiter), text.size());
            if (const std::string_view name = trimmed(text.substr(0, end)); !name.empty()) {
                last_labels_.push_back(target_.label(name));
            }
            text.remove_prefix(std::min(end + 1, text.size()));
        }
    }

    Result<void> relationship() {
        if (auto result = check_width(); !result) return result;
        const auto& fields = rows_.fields();
        NodeId ends[2];
        std::string_view type_text;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const CsvColumn& column = columns_[i];
            if (column.role == Role::kType) type_text = trimmed(fields[i].text);
            if (column.role != Role::kStart && column.role != Role::kEnd) continue;
            const NodeId found = column.ids->find(fields[i].text);
            if (!found.valid()) {
                return fail(fields[i], "there is no node with id `" + std::string(fields[i].text) + "`" +
                                           (column.space.empty() ? "" : " in id space " + column.space));
            }
            ends[column.role == Role::kEnd] = found;
        }
        if (!ends[0].valid() || !ends[1].valid()) return fail(fields[0], "the row has no start or no end");
        if (type_text.empty()) type_text = import_.options.default_type;
        if (type_text != last_type_text_) {
            last_type_text_ = type_text;
            last_type_ = target_.type(type_text);
        }
        const RelId id = target_.add_relationship(ends[0], ends[1], last_type_);
        for (std::size_t i = 0; i < fields.size(); ++i) {
            if (columns_[i].role != Role::kProperty) continue;
            if (auto result = property(id, columns_[i], fields[i]); !result) return result;
        }
        return import_.count(rows_.done(), false);
    }

    template <class IdType>
    Result<void> property(IdType id, const CsvColumn& column, const Field& field) {
        if (field.text.empty() && !field.quoted) return {};
        if (!column.array) {
            if (column.scalar == Scalar::kString) {
                target_.set_string(id, column.key, field.text);
                return {};
            }
            if (column.scalar == Scalar::kInteger) {
                std::int64_t v = 0;
                const char* last = field.text.data() + field.text.size();
                const auto [end, error] = std::from_chars(field.text.data(), last, v);
                if (error == std::errc() && end == last) {
                    target_.set_integer(id, column.key, v);
                    return {};
                }
            }
        }
        if (trimmed(field.text).empty() && column.scalar != Scalar::kString && !column.array) return {};
        const auto value = column.array ? list(column, field.text) : scalar(column, field.text);
        if (!value) {
            return fail(field, "`" + std::string(field.text.substr(0, 80)) + "` is not of the type of column `" +
                                   column.name + "` (" + type_text(column) + ")");
        }
        target_.set(id, column.key, *value);
        return {};
    }

    static std::string type_text(const CsvColumn& column) {
        for (const ScalarName& known : kScalars) {
            if (known.scalar == column.scalar && (column.scalar != Scalar::kTemporal || known.temporal == column.temporal)) {
                return std::string(known.name) + (column.array ? "[]" : "");
            }
        }
        return "string";
    }

    static std::optional<Value> scalar(const CsvColumn& column, std::string_view text) {
        if (column.scalar == Scalar::kString) return Value::string(text);
        text = trimmed(text);
        switch (column.scalar) {
            case Scalar::kInteger: {
                const auto v = parse_integer(text);
                return v ? std::optional(Value::integer(*v)) : std::nullopt;
            }
            case Scalar::kFloat: {
                const auto v = parse_float(text);
                return v ? std::optional(Value::floating(*v)) : std::nullopt;
            }
            case Scalar::kBoolean: {
                const std::string word = lower(text);
                if (word == "true") return Value::boolean(true);
                if (word == "false") return Value::boolean(false);
                return std::nullopt;
            }
            case Scalar::kPoint: return point(text);
            default: return parse_temporal(column.temporal, text);
        }
    }

    // {x: 1.5, y: 2} or {latitude: …, longitude: …}, srid or crs optional.
    static std::optional<Value> point(std::string_view text) {
        if (auto json = parse_json(text); json && json->is(ValueKind::kPoint)) return json;
        if (text.size() < 2 || text.front() != '{' || text.back() != '}') return std::nullopt;
        text = text.substr(1, text.size() - 2);
        Point point;
        bool x = false, y = false, z = false, geographic = false, with_srid = false;
        while (!text.empty()) {
            const std::size_t end = std::min(text.find(','), text.size());
            const std::string_view part = text.substr(0, end);
            const std::size_t colon = part.find(':');
            if (colon == std::string_view::npos) return std::nullopt;
            std::string name = lower(trimmed(part.substr(0, colon)));
            std::erase_if(name, [](char c) { return c == '"' || c == '\''; });
            const auto number = parse_float(trimmed(part.substr(colon + 1)));
            if (name == "crs") {
                geographic = geographic || part.find("wgs") != std::string_view::npos;
            } else if (!number) {
                return std::nullopt;
            } else if (name == "x" || name == "longitude") {
                point.x = *number, x = true, geographic = geographic || name != "x";
            } else if (name == "y" || name == "latitude") {
                point.y = *number, y = true, geographic = geographic || name != "y";
            } else if (name == "z" || name == "height") {
                point.z = *number, z = true;
            } else if (name == "srid") {
                point.srid = static_cast<std::int32_t>(*number), with_srid = true;
            } else {
                return std::nullopt;
            }
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        if (!x || !y) return std::nullopt;
        if (!with_srid) point.srid = geographic ? (z ? 4979 : 4326) : (z ? 9157 : 7203);
        return Value::point(point);
    }

    std::optional<Value> list(const CsvColumn& column, std::string_view text) const {
        std::vector<Value> items;
        while (true) {
            const std::size_t end = std::min(text.find(import_.options.array_delimiter), text.size());
            auto item = scalar(column, text.substr(0, end));
            if (!item) return std::nullopt;
            items.push_back(std::move(*item));
            if (end == text.size()) break;
            text.remove_prefix(end + 1);
        }
        return Value::list(std::move(items));
    }

    Import& import_;
    ImportTarget& target_;
    const std::filesystem::path& path_;
    std::string_view bytes_;
    Rows rows_;
    std::vector<CsvColumn> columns_;
    bool is_relationships_ = false;
    std::string last_label_text_, last_type_text_;
    std::vector<LabelId> last_labels_;
    TypeId last_type_;
    std::vector<KeptIds> kept_;
};

}  // namespace

Result<void> import_csv(Import& import, const std::filesystem::path& path, std::string_view bytes) {
    return CsvImport(import, path, bytes).run();
}

bool csv_has_only_nodes(std::string_view bytes) {
    return lower(bytes.substr(0, bytes.find('\n'))).find(":start_id") == std::string::npos;
}

}  // namespace maek::graph
