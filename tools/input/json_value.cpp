#include "tools/input/json_value.h"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <cmath>
#include <vector>

namespace maek::tools {
namespace {

constexpr const char* kHugeInteger = "an integer beyond 64 bits";

// Neither a fraction nor an exponent.
bool is_whole(std::string_view number) { return number.find_first_of(".eE") == std::string_view::npos; }

// The number that ends where `text` ends, and the one that begins where it begins.
constexpr std::string_view kNumberCharacters = "0123456789+-.eE";
std::string_view last_number(std::string_view text) {
    return text.substr(text.find_last_not_of(kNumberCharacters) + 1);
}
std::string_view first_number(std::string_view text) {
    return text.substr(0, text.find_first_not_of(kNumberCharacters));
}

// Half of a pair, written as an escape: the parser itself sees only a first half without its second.
bool has_lone_surrogate(std::string_view text) {
    for (std::size_t at = text.find('\xED'); at != std::string_view::npos; at = text.find('\xED', at + 1)) {
        if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0xA0) return true;
    }
    return false;
}

// Builds values from the bottom up; the open lists and maps stand on stacks of their own.
class Builder {
public:
    using Ch = char;
    Builder(std::string_view text, const rapidjson::MemoryStream& stream) : text_(text), stream_(stream) {}

    bool Null() { return add(Value::null()); }
    bool Bool(bool truth) { return add(Value::boolean(truth)); }
    bool Int(int number) { return add(Value::integer(number)); }
    bool Uint(unsigned number) { return add(Value::integer(number)); }
    bool Int64(std::int64_t number) { return add(Value::integer(number)); }
    bool Uint64(std::uint64_t number) {
        if (number > static_cast<std::uint64_t>(INT64_MAX)) {
            return fail(kHugeInteger);
        }
        return add(Value::integer(static_cast<std::int64_t>(number)));
    }
    // Of a whole number, too, when it does not fit; the stream stands behind it.
    bool Double(double number) {
        constexpr double kTwoTo63 = 9223372036854775808.0;
        if (std::abs(number) >= kTwoTo63 && is_whole(last_number(text_.substr(0, stream_.Tell())))) {
            return fail(kHugeInteger);
        }
        return add(Value::floating(number));
    }
    bool RawNumber(const char*, rapidjson::SizeType, bool) { return false; }
    bool String(const char* text, rapidjson::SizeType length, bool) {
        if (has_lone_surrogate({text, length})) return fail_surrogate();
        return add(Value::string({text, length}));
    }
    bool Key(const char* text, rapidjson::SizeType length, bool) {
        if (has_lone_surrogate({text, length})) return fail_surrogate();
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
    bool fail(const char* fault) {
        fault_ = fault;
        return false;
    }
    bool fail_surrogate() { return fail(rapidjson::GetParseError_En(rapidjson::kParseErrorStringUnicodeSurrogateInvalid)); }
    bool add(Value value) {
        values_.push_back(std::move(value));
        return true;
    }
    bool open() {
        if (begins_.size() >= Value::kMaxDepth) {
            return fail("nested deeper than 1000");
        }
        begins_.push_back(values_.size());
        return true;
    }
    std::size_t close() {
        const std::size_t begin = begins_.back();
        begins_.pop_back();
        return begin;
    }

    std::string_view text_;
    const rapidjson::MemoryStream& stream_;
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

std::string reason(const Builder& builder, const rapidjson::ParseResult& result, std::string_view text) {
    if (builder.fault() != nullptr) return builder.fault();
    const bool huge = result.Code() == rapidjson::kParseErrorNumberTooBig;
    if (huge && is_whole(first_number(text.substr(result.Offset())))) return kHugeInteger;
    return rapidjson::GetParseError_En(result.Code());
}

}  // namespace

Result<Value> parse_json(std::string_view text) {
    rapidjson::MemoryStream stream(text.data(), text.size());
    rapidjson::Reader reader;
    Builder builder(text, stream);
    constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag |
                                rapidjson::kParseFullPrecisionFlag;
    const auto result = reader.Parse<kFlags>(stream, builder);
    if (result.IsError()) {
        return Error{ErrorCode::kFormat, "not valid JSON: " + reason(builder, result, text), place(text, result.Offset())};
    }
    if (stream.Tell() < text.size()) {  // a NUL byte, which the parser takes for the end
        return Error{ErrorCode::kFormat, "not valid JSON: a NUL byte", place(text, stream.Tell())};
    }
    return builder.take();
}

}  // namespace maek::tools
