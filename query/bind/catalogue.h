// Room: query, inner. What the binder must know of the world outside the statement: procedures,
// synonyms, and which names the graph has (only for hints). Implemented by the engine.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "query/bind/bound.h"
#include "query/engine.h"

namespace maek::query {

enum class ProcedureMode : std::uint8_t { kRead, kWrite, kSchema };

// Runs with evaluated arguments; gives rows of the declared outputs. Defined in exec/.
class ProcedureBody;

struct ProcedureInfo {
    std::string name;
    std::string description;
    ProcedureMode mode = ProcedureMode::kRead;
    std::vector<ProcedureField> inputs, outputs;
    std::size_t required_inputs = 0;  // the rest default to null
    std::shared_ptr<ProcedureBody> body;
};

class Catalogue {
public:
    virtual ~Catalogue() = default;
    virtual const ProcedureInfo* procedure(std::string_view name) const = 0;
    virtual std::vector<std::string_view> procedure_names() const = 0;
    // Canonical names a written label or type stands for: itself when it is no synonym; several
    // mean any of them.
    virtual std::vector<std::string> label_targets(std::string_view name) const = 0;
    virtual std::vector<std::string> type_targets(std::string_view name) const = 0;
    // The graph the statement will see; for "unknown label" notes and did-you-mean.
    virtual const graph::Graph* graph() const = 0;
};

}  // namespace maek::query
