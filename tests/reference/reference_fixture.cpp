#include "tests/reference/reference_fixture.h"

#include <algorithm>
#include <cstdlib>

namespace maek::reference {
namespace {

std::string engine_cell(const Value& value) {
    switch (value.kind()) {
        case ValueKind::kInteger: return std::to_string(value.as_integer());
        case ValueKind::kBoolean: return value.as_boolean() ? "true" : "false";
        case ValueKind::kString: return "'" + std::string(value.as_string()) + "'";
        case ValueKind::kList: {
            std::string out = "[";
            for (const Value& item : value.as_list()) out += (out.size() == 1 ? "" : ", ") + engine_cell(item);
            return out + "]";
        }
        default: return value.is_null() ? "null" : "(another kind)";
    }
}

}  // namespace

std::size_t number_from(const char* variable, std::size_t otherwise) {
    const char* text = std::getenv(variable);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

void ReferenceTest::load(const SmallGraph& small) {
    const graph::Graph old = store_.store().snapshot();
    auto write = store_.store().begin_write();
    ASSERT_TRUE(write) << write.error().text();
    for (std::uint32_t r = 0; r < old.rel_slots(); ++r) {
        if (old.has_rel(RelId{r})) write->graph().delete_relationship(RelId{r});
    }
    for (std::uint32_t n = 0; n < old.node_slots(); ++n) {
        if (old.has_node(NodeId{n})) write->graph().delete_node(NodeId{n});
    }
    store(small, write->graph());
    const auto done = std::move(*write).commit();
    ASSERT_TRUE(done) << done.error().text();
}

std::vector<std::string> ReferenceTest::ask(const PlainQuery& query, const query::RunOptions& options) {
    auto result = engine().session().run(to_text(query), {}, options);
    if (!result) return {"error: " + result.error().text()};
    std::vector<std::string> rows;
    for (const auto& row : result->rows) {
        std::string text;
        for (const Value& value : row) text += engine_cell(value) + " | ";
        rows.push_back(std::move(text));
    }
    if (!query.ordered) std::ranges::sort(rows);
    return rows;
}

}  // namespace maek::reference
