// Room: query, inner. What a procedure is to the executor. Registered with the engine's catalogue
// (exec/procedure_registry.h); the binder sees only ProcedureInfo (bind/catalogue.h).
// Tests: tests/query/cases/call.test, tests/query/exec/procedure_test.cpp.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "query/bind/catalogue.h"
#include "query/exec/exec_context.h"

namespace maek::query {

// One call. May look at context.graph(), must charge what it holds and call context.guard.check()
// in long loops; a writing one writes through context.writer.
class ProcedureBody {
public:
    virtual ~ProcedureBody() = default;
    // Appends rows of all declared outputs. `arguments` has one value per declared input, already
    // coerced to the declared type.
    virtual void call(ExecContext& context, std::span<const Value> arguments,
                      std::vector<std::vector<Value>>& rows) const = 0;
};

// A body from a function.
using ProcedureFunction = void (*)(ExecContext& context, std::span<const Value> arguments,
                                   std::vector<std::vector<Value>>& rows);
std::shared_ptr<ProcedureBody> make_body(ProcedureFunction function);

// The argument as the declared type wants it (INTEGER to FLOAT, NUMBER, ...); throws TypeError
// InvalidArgumentType when it does not fit.
Value coerce(const Value& value, const ProcedureField& field, std::string_view procedure);

}  // namespace maek::query
