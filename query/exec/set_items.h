// Room: query, inner. The items of SET, REMOVE, ON CREATE SET and ON MATCH SET, applied to one row.
// Tests: tests/query/cases/{set,remove,merge}.test.
#pragma once

#include <string>
#include <vector>

#include "query/exec/build.h"

namespace maek::query {

class SetItems {
public:
    SetItems(const std::vector<SetItem>& items, bool remove, OperatorBuilder& builder);
    bool empty() const { return items_.empty(); }
    std::size_t size() const { return items_.size(); }
    // Applies item i; each later item must see the row's graph as the earlier ones left it.
    void apply(ExecContext& context, std::size_t i, const Batch& batch, std::uint32_t row);
    void apply_all(ExecContext& context, const Batch& batch, std::uint32_t row) {
        for (std::size_t i = 0; i < items_.size(); ++i) apply(context, i, batch, row);
    }

private:
    struct Item {
        const SetItem* bound;
        VectorExprPtr target, key, value;
        std::vector<VectorExprPtr> dynamic_labels;
    };
    void apply_item(ExecContext& context, const Item& item, const Batch& batch, std::uint32_t row);
    void apply_property(ExecContext& context, const Item& item, const Value& target, const Batch& batch,
                        std::uint32_t row);
    void apply_map(ExecContext& context, const Item& item, const Value& target, const Batch& batch,
                   std::uint32_t row);
    void apply_labels(ExecContext& context, const Item& item, const Value& target, const Batch& batch,
                      std::uint32_t row);

    std::vector<Item> items_;
    bool remove_;
};

}  // namespace maek::query
