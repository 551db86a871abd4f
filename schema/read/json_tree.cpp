#include "schema/read/json_tree.h"

#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace maek::schema {
namespace {

// Counts lines while RapidJSON reads.
class LineStream {
public:
    using Ch = char;
    explicit LineStream(std::string_view text) : text_(text) {}
    char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    char Take() {
        const char c = Peek();
        if (at_ < text_.size()) ++at_;
        if (c == '\n') {
            ++line_;
            line_start_ = at_;
        }
        return c;
    }
    std::size_t Tell() const { return at_; }
    std::uint32_t line() const { return line_; }
    std::uint32_t column() const { return static_cast<std::uint32_t>(at_ - line_start_) + 1; }
    char* PutBegin() { return nullptr; }
    void Put(char) {}
    void Flush() {}
    std::size_t PutEnd(char*) { return 0; }

private:
    std::string_view text_;
    std::size_t at_ = 0, line_start_ = 0;
    std::uint32_t line_ = 1;
};

// Builds the tree from events; open containers are kept on a stack of our own.
class TreeHandler : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, TreeHandler> {
public:
    explicit TreeHandler(const LineStream& stream) : stream_(stream) {}

    bool Null() { return add(JsonTree::Kind::kNull); }
    bool Bool(bool v) {
        if (!add(JsonTree::Kind::kBoolean)) return false;
        last_->boolean = v;
        return true;
    }
    bool Int(int v) { return number(v); }
    bool Uint(unsigned v) { return number(v); }
    bool Int64(std::int64_t v) { return number(static_cast<double>(v)); }
    bool Uint64(std::uint64_t v) { return number(static_cast<double>(v)); }
    bool Double(double v) { return number(v); }
    bool String(const char* text, rapidjson::SizeType length, bool) {
        if (!add(JsonTree::Kind::kString)) return false;
        last_->text.assign(text, length);
        return true;
    }
    bool StartObject() { return open(JsonTree::Kind::kObject); }
    bool StartArray() { return open(JsonTree::Kind::kArray); }
    bool Key(const char* text, rapidjson::SizeType length, bool) {
        key_.assign(text, length);
        return true;
    }
    bool EndObject(rapidjson::SizeType) { return close(); }
    bool EndArray(rapidjson::SizeType) { return close(); }

    JsonTree take() { return std::move(root_); }
    bool too_deep() const { return too_deep_; }

private:
    bool add(JsonTree::Kind kind) {
        JsonTree node;
        node.kind = kind;
        node.line = stream_.line();
        if (open_.empty()) {
            root_ = std::move(node);
            last_ = &root_;
        } else if (open_.back().is(JsonTree::Kind::kArray)) {
            open_.back().items.push_back(std::move(node));
            last_ = &open_.back().items.back();
        } else {
            open_.back().members.push_back({std::move(key_), std::move(node)});
            last_ = &open_.back().members.back().second;
        }
        return true;
    }
    bool number(double v) {
        if (!add(JsonTree::Kind::kNumber)) return false;
        last_->number = v;
        return true;
    }
    bool open(JsonTree::Kind kind) {
        if (open_.size() >= JsonTree::kMaxDepth) {
            too_deep_ = true;
            return false;
        }
        JsonTree node;
        node.kind = kind;
        node.line = stream_.line();
        keys_.push_back(std::move(key_));
        open_.push_back(std::move(node));
        return true;
    }
    bool close() {
        JsonTree done = std::move(open_.back());
        open_.pop_back();
        std::string key = std::move(keys_.back());
        keys_.pop_back();
        if (open_.empty()) {
            root_ = std::move(done);
        } else if (open_.back().is(JsonTree::Kind::kArray)) {
            open_.back().items.push_back(std::move(done));
        } else {
            open_.back().members.push_back({std::move(key), std::move(done)});
        }
        return true;
    }

    const LineStream& stream_;
    JsonTree root_;
    JsonTree* last_ = nullptr;
    std::vector<JsonTree> open_;
    std::vector<std::string> keys_;
    std::string key_;
    bool too_deep_ = false;
};

}  // namespace

const JsonTree* JsonTree::find(std::string_view key) const {
    for (const auto& [name, value] : members) {
        if (name == key) return &value;
    }
    return nullptr;
}

std::string_view kind_word(JsonTree::Kind kind) {
    switch (kind) {
        case JsonTree::Kind::kNull: return "null";
        case JsonTree::Kind::kBoolean: return "true or false";
        case JsonTree::Kind::kNumber: return "a number";
        case JsonTree::Kind::kString: return "a text";
        case JsonTree::Kind::kArray: return "a list";
        case JsonTree::Kind::kObject: return "an object";
    }
    return "?";
}

Result<JsonTree> parse_json(std::string_view text, const std::string& file_name) {
    LineStream stream(text);
    TreeHandler handler(stream);
    rapidjson::Reader reader;
    constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
    const auto result = reader.Parse<kFlags>(stream, handler);
    if (result.IsError()) {
        Error error;
        error.code = ErrorCode::kFormat;
        error.message = handler.too_deep()
                            ? "nested deeper than " + std::to_string(JsonTree::kMaxDepth) + " levels"
                            : std::string("not JSON: ") + rapidjson::GetParseError_En(result.Code());
        error.where = Where{file_name, stream.line(), stream.column()};
        return error;
    }
    return handler.take();
}

Result<JsonTree> read_json_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        std::error_code ignored;
        const bool there = std::filesystem::exists(file, ignored);
        return Error{there ? ErrorCode::kIo : ErrorCode::kNotFound,
                     there ? "cannot be read" : "no such file", Where{file.string(), 0, 0}, {}};
    }
    std::ostringstream content;
    content << in.rdbuf();
    return parse_json(content.view(), file.string());
}

FieldReader::FieldReader(const JsonTree& object, std::string file, std::string what)
    : object_(&object), file_(std::move(file)), what_(std::move(what)) {
    if (!object.is(JsonTree::Kind::kObject)) {
        fail(object.line, std::string("expected an object, found ") + std::string(kind_word(object.kind)));
    }
}

void FieldReader::fail(std::uint32_t line, std::string message) {
    if (!first_.ok()) return;
    first_ = Error{ErrorCode::kFormat, what_ + ": " + std::move(message), Where{file_, line, 0}, {}};
}

const JsonTree* FieldReader::get(std::string_view key, JsonTree::Kind kind, bool required) {
    asked_.push_back(key);
    const JsonTree* value = object_->find(key);
    if (value == nullptr) {
        if (required) fail(object_->line, "needs \"" + std::string(key) + "\"");
        return nullptr;
    }
    if (!value->is(kind)) {
        fail(value->line, "\"" + std::string(key) + "\" must be " + std::string(kind_word(kind)) +
                              ", found " + std::string(kind_word(value->kind)));
        return nullptr;
    }
    return value;
}

std::string FieldReader::text(std::string_view key, bool required) {
    const JsonTree* value = get(key, JsonTree::Kind::kString, required);
    if (value == nullptr) return {};
    if (required && value->text.empty()) fail(value->line, "\"" + std::string(key) + "\" is empty");
    return value->text;
}

bool FieldReader::flag(std::string_view key, bool fallback) {
    const JsonTree* value = get(key, JsonTree::Kind::kBoolean, false);
    return value == nullptr ? fallback : value->boolean;
}

double FieldReader::number(std::string_view key, double fallback) {
    const JsonTree* value = get(key, JsonTree::Kind::kNumber, false);
    return value == nullptr ? fallback : value->number;
}

std::vector<std::string> FieldReader::texts(std::string_view key) {
    std::vector<std::string> out;
    const JsonTree* value = get(key, JsonTree::Kind::kArray, false);
    if (value == nullptr) return out;
    for (const JsonTree& item : value->items) {
        if (!item.is(JsonTree::Kind::kString) || item.text.empty()) {
            fail(item.line, "\"" + std::string(key) + "\" must hold texts that are not empty");
            return out;
        }
        out.push_back(item.text);
    }
    return out;
}

const JsonTree* FieldReader::list(std::string_view key) {
    return get(key, JsonTree::Kind::kArray, false);
}

const JsonTree* FieldReader::object(std::string_view key) {
    return get(key, JsonTree::Kind::kObject, false);
}

Result<void> FieldReader::finish() {
    for (const auto& [name, value] : object_->members) {
        if (std::find(asked_.begin(), asked_.end(), name) != asked_.end()) continue;
        std::string known;
        for (std::string_view key : asked_) {
            if (!known.empty()) known += ", ";
            known += key;
        }
        fail(value.line, "unknown field \"" + name + "\"; known: " + known);
    }
    return std::move(first_);
}

}  // namespace maek::schema
