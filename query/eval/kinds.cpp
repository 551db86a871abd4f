#include "query/eval/kinds.h"

#include <algorithm>


namespace maek::query {

std::string KindSet::text() const {
    if (bits == 1u) return "NULL";
    if (without(ValueKind::kNull) == kAnyKind.without(ValueKind::kNull)) return "ANY";
    std::string out;
    const KindSet named = without(ValueKind::kNull);
    int left = __builtin_popcount(named.bits);
    for (unsigned i = 1; i < 17; ++i) {
        const auto kind = static_cast<ValueKind>(i);
        if (!named.has(kind)) continue;
        if (!out.empty()) out += left == 1 ? " or " : ", ";
        out += kind_name(kind);
        --left;
    }
    return out;
}

bool conforms(const Value& value, const ValueType& type) {
    if (!type.kinds.has(value.kind())) return false;
    if (!value.is(ValueKind::kList) || type.element == nullptr) return true;
    return std::ranges::all_of(value.as_list(),
                               [&](const Value& item) { return conforms(item, *type.element); });
}

namespace {

// What is known of a list's elements together, in one pass over everything below it.
struct Narrowest {
    KindSet kinds = {};
    std::unique_ptr<Narrowest> element;  // of the lists among them
};

void widen(Narrowest& type, const Value& value) {
    type.kinds = type.kinds | value.kind();
    if (!value.is(ValueKind::kList)) return;
    if (type.element == nullptr) type.element = std::make_unique<Narrowest>();
    for (const Value& item : value.as_list()) widen(*type.element, item);
}

std::string text_of(const Narrowest& type) {
    if (type.kinds.empty()) return "NOTHING";
    if (type.kinds == KindSet(ValueKind::kNull)) return "NULL";
    std::string out;
    for (unsigned i = 1; i < 17; ++i) {
        const auto kind = static_cast<ValueKind>(i);
        if (!type.kinds.has(kind)) continue;
        if (!out.empty()) out += " | ";
        out += kind_name(kind);
        if (kind == ValueKind::kList) out += "<" + text_of(*type.element) + ">";
        if (!type.kinds.has(ValueKind::kNull)) out += " NOT NULL";
    }
    return out;
}

}  // namespace

std::string value_type_text(const Value& value) {
    Narrowest type;
    widen(type, value);
    return text_of(type);
}

}  // namespace maek::query
