#include "graph/index/bytes.h"

namespace maek::graph {

void ByteWriter::value(const Value& v) {
    number(static_cast<std::uint8_t>(v.kind()));
    switch (v.kind()) {
        case ValueKind::kBoolean: number<std::uint8_t>(v.as_boolean()); break;
        case ValueKind::kInteger: number(v.as_integer()); break;
        case ValueKind::kFloat: number(v.as_float()); break;
        case ValueKind::kString: text(v.as_string()); break;
        case ValueKind::kList:
            number<std::uint64_t>(v.as_list().size());
            for (const Value& item : v.as_list()) value(item);
            break;
        case ValueKind::kDate: number(v.as_date().epoch_day); break;
        case ValueKind::kLocalTime: number(v.as_local_time().nanos); break;
        case ValueKind::kTime:
            number(v.as_time().nanos);
            number(v.as_time().offset_seconds);
            break;
        case ValueKind::kLocalDateTime:
            number(v.as_local_date_time().epoch_seconds);
            number(v.as_local_date_time().nanos);
            break;
        case ValueKind::kDateTime:
            number(v.as_date_time().epoch_seconds);
            number(v.as_date_time().nanos);
            number(v.as_date_time().offset_seconds);
            text(v.as_date_time().zone);
            break;
        case ValueKind::kDuration:
            number(v.as_duration().months);
            number(v.as_duration().days);
            number(v.as_duration().seconds);
            number(v.as_duration().nanos);
            break;
        case ValueKind::kPoint:
            number(v.as_point().srid);
            number(v.as_point().x);
            number(v.as_point().y);
            number(v.as_point().z);
            break;
        default: break;  // null; the others are not storable
    }
}

Value ByteReader::value(std::uint32_t depth) {
    const auto kind = static_cast<ValueKind>(number<std::uint8_t>());
    switch (kind) {
        case ValueKind::kNull: return Value::null();
        case ValueKind::kBoolean: return Value::boolean(number<std::uint8_t>() != 0);
        case ValueKind::kInteger: return Value::integer(number<std::int64_t>());
        case ValueKind::kFloat: return Value::floating(number<double>());
        case ValueKind::kString: return Value::string(text());
        case ValueKind::kList: {
            const std::uint64_t size = count(1);
            if (depth + 1 >= Value::kMaxDepth) fail();
            std::vector<Value> items;
            for (std::uint64_t i = 0; i < size && ok_; ++i) items.push_back(value(depth + 1));
            return ok_ ? Value::list(std::move(items)) : Value::null();
        }
        case ValueKind::kDate: return Value::date({number<std::int64_t>()});
        case ValueKind::kLocalTime: return Value::local_time({number<std::int64_t>()});
        case ValueKind::kTime: {
            Time v;
            v.nanos = number<std::int64_t>();
            v.offset_seconds = number<std::int32_t>();
            return Value::time(v);
        }
        case ValueKind::kLocalDateTime: {
            LocalDateTime v;
            v.epoch_seconds = number<std::int64_t>();
            v.nanos = number<std::int32_t>();
            return Value::local_date_time(v);
        }
        case ValueKind::kDateTime: {
            DateTime v;
            v.epoch_seconds = number<std::int64_t>();
            v.nanos = number<std::int32_t>();
            v.offset_seconds = number<std::int32_t>();
            v.zone = text();
            return Value::date_time(std::move(v));
        }
        case ValueKind::kDuration: {
            Duration v;
            v.months = number<std::int64_t>();
            v.days = number<std::int64_t>();
            v.seconds = number<std::int64_t>();
            v.nanos = number<std::int32_t>();
            return Value::duration(v);
        }
        case ValueKind::kPoint: {
            Point v;
            v.srid = number<std::int32_t>();
            v.x = number<double>();
            v.y = number<double>();
            v.z = number<double>();
            return Value::point(v);
        }
        default: fail(); return Value::null();
    }
}

}  // namespace maek::graph
