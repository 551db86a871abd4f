#include "storage/codec/value_codec.h"

#include <string>
#include <vector>

#include "schema/result.h"

namespace maek::storage {
namespace {

// Tags are part of the format: never renumber, only add.
enum Tag : std::uint8_t {
    kTagNull = 0,
    kTagFalse = 1,
    kTagTrue = 2,
    kTagInteger = 3,
    kTagFloat = 4,
    kTagString = 5,
    kTagList = 6,
    kTagDate = 7,
    kTagLocalTime = 8,
    kTagTime = 9,
    kTagLocalDateTime = 10,
    kTagDateTime = 11,
    kTagDuration = 12,
    kTagPoint = 13,
};

constexpr std::int64_t kNanosPerDay = 86'400LL * 1'000'000'000LL;

std::int32_t nanos_of_second(ByteReader& in) {
    const std::uint32_t v = in.varint32();
    if (v > 999'999'999u) in.fail();
    return static_cast<std::int32_t>(v);
}

std::int64_t nanos_of_day(ByteReader& in) {
    const std::uint64_t v = in.varint();
    if (v >= static_cast<std::uint64_t>(kNanosPerDay)) in.fail();
    return static_cast<std::int64_t>(v);
}

std::int32_t offset(ByteReader& in) {
    const std::int64_t v = in.zigzag();
    if (v < -86'400 || v > 86'400) in.fail();
    return static_cast<std::int32_t>(v);
}

Value decode_at(ByteReader& in, std::uint32_t depth);

Value decode_list(ByteReader& in, std::uint32_t depth) {
    if (depth >= Value::kMaxDepth) in.fail();
    const std::uint64_t n = in.count();
    std::vector<Value> items;
    if (!in.failed()) items.reserve(n);
    for (std::uint64_t i = 0; i < n && !in.failed(); ++i) items.push_back(decode_at(in, depth + 1));
    return in.failed() ? Value() : Value::list(std::move(items));
}

Value decode_date_time(ByteReader& in) {
    DateTime v;
    v.epoch_seconds = in.zigzag();
    v.nanos = nanos_of_second(in);
    v.offset_seconds = offset(in);
    v.zone = std::string(in.text());
    return in.failed() ? Value() : Value::date_time(std::move(v));
}

Value decode_duration(ByteReader& in) {
    Duration v;
    v.months = in.zigzag();
    v.days = in.zigzag();
    v.seconds = in.zigzag();
    v.nanos = nanos_of_second(in);
    return in.failed() ? Value() : Value::duration(v);
}

Value decode_point(ByteReader& in) {
    Point v;
    v.srid = static_cast<std::int32_t>(in.varint32());
    if (v.srid != 7203 && v.srid != 9157 && v.srid != 4326 && v.srid != 4979) in.fail();
    v.x = in.floating();
    v.y = in.floating();
    v.z = v.is_3d() ? in.floating() : 0;
    return in.failed() ? Value() : Value::point(v);
}

Value decode_at(ByteReader& in, std::uint32_t depth) {
    const std::uint8_t tag = in.byte();
    if (in.failed()) return {};
    switch (tag) {
        case kTagNull: return {};
        case kTagFalse: return Value::boolean(false);
        case kTagTrue: return Value::boolean(true);
        case kTagInteger: return Value::integer(in.zigzag());
        case kTagFloat: return Value::floating(in.floating());
        case kTagString: return Value::string(in.text());
        case kTagList: return decode_list(in, depth);
        case kTagDate: return Value::date(Date{in.zigzag()});
        case kTagLocalTime: return Value::local_time(LocalTime{nanos_of_day(in)});
        case kTagTime: {
            Time v;
            v.nanos = nanos_of_day(in);
            v.offset_seconds = offset(in);
            return Value::time(v);
        }
        case kTagLocalDateTime: {
            LocalDateTime v;
            v.epoch_seconds = in.zigzag();
            v.nanos = nanos_of_second(in);
            return Value::local_date_time(v);
        }
        case kTagDateTime: return decode_date_time(in);
        case kTagDuration: return decode_duration(in);
        case kTagPoint: return decode_point(in);
        default: in.fail(); return {};
    }
}

void encode_date_time(ByteWriter& out, const DateTime& v) {
    out.byte(kTagDateTime);
    out.zigzag(v.epoch_seconds);
    out.varint(static_cast<std::uint32_t>(v.nanos));
    out.zigzag(v.offset_seconds);
    out.text(v.zone);
}

void encode_duration(ByteWriter& out, const Duration& v) {
    out.byte(kTagDuration);
    out.zigzag(v.months);
    out.zigzag(v.days);
    out.zigzag(v.seconds);
    out.varint(static_cast<std::uint32_t>(v.nanos));
}

void encode_point(ByteWriter& out, const Point& v) {
    out.byte(kTagPoint);
    out.varint(static_cast<std::uint32_t>(v.srid));
    out.floating(v.x);
    out.floating(v.y);
    if (v.is_3d()) out.floating(v.z);
}

}  // namespace

void encode_boolean(ByteWriter& out, bool value) { out.byte(value ? kTagTrue : kTagFalse); }

void encode_integer(ByteWriter& out, std::int64_t value) {
    out.byte(kTagInteger);
    out.zigzag(value);
}

void encode_floating(ByteWriter& out, double value) {
    out.byte(kTagFloat);
    out.floating(value);
}

void encode_string(ByteWriter& out, std::string_view value) {
    out.byte(kTagString);
    out.text(value);
}

void encode_value(ByteWriter& out, const Value& value) {
    switch (value.kind()) {
        case ValueKind::kNull: out.byte(kTagNull); return;
        case ValueKind::kBoolean: encode_boolean(out, value.as_boolean()); return;
        case ValueKind::kInteger: encode_integer(out, value.as_integer()); return;
        case ValueKind::kFloat: encode_floating(out, value.as_float()); return;
        case ValueKind::kString: encode_string(out, value.as_string()); return;
        case ValueKind::kList:
            out.byte(kTagList);
            out.varint(value.as_list().size());
            for (const Value& item : value.as_list()) encode_value(out, item);
            return;
        case ValueKind::kDate:
            out.byte(kTagDate);
            out.zigzag(value.as_date().epoch_day);
            return;
        case ValueKind::kLocalTime:
            out.byte(kTagLocalTime);
            out.varint(static_cast<std::uint64_t>(value.as_local_time().nanos));
            return;
        case ValueKind::kTime:
            out.byte(kTagTime);
            out.varint(static_cast<std::uint64_t>(value.as_time().nanos));
            out.zigzag(value.as_time().offset_seconds);
            return;
        case ValueKind::kLocalDateTime:
            out.byte(kTagLocalDateTime);
            out.zigzag(value.as_local_date_time().epoch_seconds);
            out.varint(static_cast<std::uint32_t>(value.as_local_date_time().nanos));
            return;
        case ValueKind::kDateTime: encode_date_time(out, value.as_date_time()); return;
        case ValueKind::kDuration: encode_duration(out, value.as_duration()); return;
        case ValueKind::kPoint: encode_point(out, value.as_point()); return;
        case ValueKind::kMap:
        case ValueKind::kNode:
        case ValueKind::kRelationship:
        case ValueKind::kPath: break;
    }
    MAEK_CHECK(false, "a value that cannot be stored reached the store");
}

Value decode_value(ByteReader& in) { return decode_at(in, 0); }

}  // namespace maek::storage
