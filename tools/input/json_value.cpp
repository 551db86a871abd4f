#include "tools/input/json_value.h"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <vector>

namespace maek::tools {
namespace {

// Builds values from the bottom up; the open lists and maps stand on stacks of their own.
class Builder {
public:
    using Ch = char;
    bool Null() { return add(Value::null()); }
    bool Bool(bool truth) { return add(Value::boolean(truth)); }
    bool Int(int number) { return add(Value::integer(number)); }
    bool Uint(unsigned number) { return add(Value::integer(number)); }
    bool Int64(std::int64_t number) { return add(Value::integer(number)); }
    bool Uint64(std::uint64_t number) {
        if (number > static_cast<std::uint64_t>(INT64_MAX)) {
            fault_ = "an integer beyond 64 bits";
            return false;
        }
        return add(Value::integer(static_cast<std::int64_t>(number)));
    }
    bool Double(double number) { return add(Value::floating(number)); }
    bool RawNumber(const char*, rapidjson::SizeType, bool) { return false; }
    bool String(const char* text, rapidjson::SizeType length, bool) {
        return add(Value::string({text, length}));
    }
    bool Key(const char* text, rapidjson::SizeType length, bool) {
        keys_.emplace_back(text, length);
        return true;
    }
    bool StartObject() { return open(); }
    bool StartArray() { return open(); }
    bool EndObject(rapidjson::SizeType) {
        const std::size_t begin = close();
        const std::size_t count = values_.size() - begin;
        std::vector<MapEntry> entries;
        entries.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            entries.emplace_back(std::move(keys_[keys_.size() - count + i]), std::move(values_[begin + i]));
        }
        keys_.resize(keys_.size() - count);
        values_.resize(begin);
        return add(Value::map(std::move(entries)));
    }
    bool EndArray(rapidjson::SizeType) {
        const std::size_t begin = close();
        std::vector<Value> items(std::make_move_iterator(values_.begin() + static_cast<std::ptrdiff_t>(begin)),
                                 std::make_move_iterator(values_.end()));
        values_.resize(begin);
        return add(Value::list(std::move(items)));
    }

    Value take() { return std::move(values_.front()); }
    const char* fault() const { return fault_; }

private:
    bool add(Value value) {
        values_.push_back(std::move(value));
        return true;
    }
    bool open() {
        if (begins_.size() >= Value::kMaxDepth) {
            fault_ = "nested deeper than 1000";
            return false;
        }
        begins_.push_back(values_.size());
        return true;
    }
    std::size_t close() {
        const std::size_t begin = begins_.back();
        begins_.pop_back();
        return begin;
    }

    std::vector<Value> values_;
    std::vector<std::string> keys_;
    std::vector<std::size_t> begins_;
    const char* fault_ = nullptr;
};

Where place(std::string_view text, std::size_t offset) {
    Where where{{}, 1, 1};
    for (std::size_t i = 0; i < offset && i < text.size(); ++i) {
        if (text[i] == '\n') {
            ++where.line;
            where.column = 1;
        } else if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) {
            ++where.column;
        }
    }
    return where;
}

}  // namespace

Result<Value> parse_json(std::string_view text) {
    rapidjson::MemoryStream stream(text.data(), text.size());
    rapidjson::Reader reader;
    Builder builder;
    constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag |
                                rapidjson::kParseFullPrecisionFlag;
    const auto result = reader.Parse<kFlags>(stream, builder);
    if (result.IsError()) {
        const std::string why = builder.fault() != nullptr ? builder.fault()
                                                           : rapidjson::GetParseError_En(result.Code());
        return Error{ErrorCode::kFormat, "not valid JSON: " + why, place(text, result.Offset())};
    }
    if (stream.Tell() < text.size()) {  // a NUL byte, which the parser takes for the end
        return Error{ErrorCode::kFormat, "not valid JSON: a NUL byte", place(text, stream.Tell())};
    }
    return builder.take();
}

}  // namespace maek::tools
