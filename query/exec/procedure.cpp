#include "query/exec/procedure.h"

#include "query/eval/failures.h"
#include "query/eval/render.h"

namespace maek::query {

namespace {

class FunctionBody final : public ProcedureBody {
public:
    explicit FunctionBody(ProcedureFunction function) : function_(function) {}
    void call(ExecContext& context, std::span<const Value> arguments,
              std::vector<std::vector<Value>>& rows) const override {
        function_(context, arguments, rows);
    }

private:
    ProcedureFunction function_;
};

std::string_view base_type(std::string_view type) {
    while (!type.empty() && (type.back() == '?' || type.back() == ' ')) type.remove_suffix(1);
    return type;
}

bool fits(const Value& value, std::string_view type) {
    switch (value.kind()) {
        case ValueKind::kInteger: return type == "INTEGER" || type == "NUMBER";
        case ValueKind::kFloat: return type == "FLOAT" || type == "NUMBER";
        case ValueKind::kList: return type.starts_with("LIST");
        default: return type == kind_name(value.kind());
    }
}

}  // namespace

std::shared_ptr<ProcedureBody> make_body(ProcedureFunction function) {
    return std::make_shared<FunctionBody>(function);
}

Value coerce(const Value& value, const ProcedureField& field, std::string_view procedure) {
    const std::string_view type = base_type(field.type);
    if (value.is_null() || type == "ANY" || type.empty() || fits(value, type)) return value;
    if (type == "FLOAT" && value.is(ValueKind::kInteger)) return Value::floating(value.as_number());
    fail("TypeError", "InvalidArgumentType", "22G03",
         "argument '" + field.name + "' of " + std::string(procedure) + " must be " + std::string(type) +
             ", got " + describe(value));
}

}  // namespace maek::query
