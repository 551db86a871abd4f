// `value IS [NOT] :: TYPE`, from the canonical text that parse/parse_type.cpp writes.
#include <algorithm>
#include <string_view>

#include "query/eval/kinds.h"
#include "query/exec/expression_nodes.h"
#include "schema/result.h"

namespace maek::query {

namespace {

// One of the types between the bars.
struct Alternative {
    KindSet kinds;
    bool not_null = false;
    std::vector<Alternative> elements;  // of a list: any of these
};

KindSet kinds_of(std::string_view name) {
    struct Named {
        std::string_view name;
        KindSet kinds;
    };
    static const Named kNamed[] = {
        {"NOTHING", KindSet()}, {"NULL", ValueKind::kNull}, {"BOOLEAN", ValueKind::kBoolean},
        {"STRING", ValueKind::kString}, {"INTEGER", ValueKind::kInteger}, {"FLOAT", ValueKind::kFloat},
        {"DATE", ValueKind::kDate}, {"LOCAL TIME", ValueKind::kLocalTime}, {"ZONED TIME", ValueKind::kTime},
        {"LOCAL DATETIME", ValueKind::kLocalDateTime}, {"ZONED DATETIME", ValueKind::kDateTime},
        {"DURATION", ValueKind::kDuration}, {"POINT", ValueKind::kPoint}, {"NODE", ValueKind::kNode},
        {"RELATIONSHIP", ValueKind::kRelationship}, {"MAP", ValueKind::kMap}, {"PATH", ValueKind::kPath},
        {"PROPERTY VALUE", kAnyKind.without({ValueKind::kMap, ValueKind::kNode,
                                             ValueKind::kRelationship, ValueKind::kPath})},
    };
    for (const Named& named : kNamed) {
        if (named.name == name) return named.kinds;
    }
    return kAnyKind;
}

class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}
    std::vector<Alternative> alternatives() {
        std::vector<Alternative> all;
        do {
            all.push_back(term());
        } while (accept(" | "));
        return all;
    }

private:
    bool accept(std::string_view word) {
        if (!text_.starts_with(word)) return false;
        text_.remove_prefix(word.size());
        return true;
    }
    Alternative term() {
        Alternative made;
        if (accept("LIST<")) {
            made.kinds = ValueKind::kList;
            made.elements = alternatives();
            accept(">");
        } else {
            std::size_t end = std::min(text_.find(" | "), text_.find('>'));
            end = std::min({end, text_.find(" NOT NULL"), text_.size()});
            const std::string_view name = text_.substr(0, end);
            made.kinds = kinds_of(name);
            made.not_null = name == "NOTHING";
            text_.remove_prefix(end);
        }
        if (accept(" NOT NULL")) made.not_null = true;
        return made;
    }
    std::string_view text_;
};

bool is_one_of(const Value& value, const std::vector<Alternative>& types);

bool is_of(const Value& value, const Alternative& type) {
    if (value.is_null()) return !type.not_null;
    if (!type.kinds.has(value.kind())) return false;
    if (type.elements.empty()) return true;
    return std::all_of(value.as_list().begin(), value.as_list().end(),
                       [&](const Value& item) { return is_one_of(item, type.elements); });
}

bool is_one_of(const Value& value, const std::vector<Alternative>& types) {
    return std::any_of(types.begin(), types.end(), [&](const Alternative& type) { return is_of(value, type); });
}

class Typed final : public VectorExpr {
public:
    Typed(VectorExprPtr value, const std::string& type, bool negated)
        : value_(std::move(value)), types_(Reader(type).alternatives()), negated_(negated) {}
    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        return Value::boolean(is_one_of(value_->eval_row(context, batch, row), types_) != negated_);
    }

private:
    VectorExprPtr value_;
    std::vector<Alternative> types_;
    bool negated_;
};

}  // namespace

VectorExprPtr make_typed(VectorExprPtr value, const std::string& type, bool negated) {
    return std::make_unique<Typed>(std::move(value), type, negated);
}

}  // namespace maek::query
