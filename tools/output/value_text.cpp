#include "tools/output/value_text.h"

#include "query/value_text.h"

namespace maek::tools {

std::string plain_text(const Value& value, const graph::Graph& graph) {
    return value.is_null() ? "null" : query::to_text(value, &graph);
}

}  // namespace maek::tools
