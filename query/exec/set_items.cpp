#include "query/exec/set_items.h"

#include "query/eval/failures.h"
#include "query/eval/operators.h"
#include "query/exec/writer.h"
#include "query/parse/query_error.h"

namespace maek::query {

namespace {

void require_entity(const Value& target) {
    if (target.is(ValueKind::kNode) || target.is(ValueKind::kRelationship)) return;
    fail_kind("what SET or REMOVE changes", "a node or relationship", target);
}

void set_one(ExecContext& context, const Value& target, std::string_view key, const Value& value) {
    if (target.is(ValueKind::kNode)) {
        require_alive(context.eval, target.as_node());
        context.writer->set_property(target.as_node(), key, value);
    } else {
        require_alive(context.eval, target.as_relationship());
        context.writer->set_property(target.as_relationship(), key, value);
    }
}

}  // namespace

SetItems::SetItems(const std::vector<SetItem>& items, bool remove, OperatorBuilder& builder)
    : remove_(remove) {
    const auto compiled = [&](const ExprPtr& expr) {
        return expr == nullptr ? nullptr : builder.compile(*expr);
    };
    for (const SetItem& item : items) {
        Item made{&item, compiled(item.target), compiled(item.key_expr), compiled(item.value), {}};
        for (const ExprPtr& label : item.dynamic_labels) made.dynamic_labels.push_back(compiled(label));
        items_.push_back(std::move(made));
    }
}

void SetItems::apply(ExecContext& context, std::size_t i, const Batch& batch, std::uint32_t row) {
    located(items_[i].bound->range, [&] { apply_item(context, items_[i], batch, row); });
}

void SetItems::apply_item(ExecContext& context, const Item& item, const Batch& batch, std::uint32_t row) {
    const Value target = item.target->eval_row(context, batch, row);
    if (target.is_null()) return;  // of an OPTIONAL MATCH that found nothing
    require_entity(target);
    switch (item.bound->kind) {
        case SetItem::Kind::kProperty:
        case SetItem::Kind::kDynamicProperty: apply_property(context, item, target, batch, row); break;
        case SetItem::Kind::kReplaceAll:
        case SetItem::Kind::kMergeAll: apply_map(context, item, target, batch, row); break;
        case SetItem::Kind::kLabels: apply_labels(context, item, target, batch, row); break;
    }
}

void SetItems::apply_property(ExecContext& context, const Item& item, const Value& target, const Batch& batch,
                              std::uint32_t row) {
    const Value value = remove_ ? Value() : item.value->eval_row(context, batch, row);
    if (item.key == nullptr) {
        set_one(context, target, item.bound->key, value);
        return;
    }
    const Value key = item.key->eval_row(context, batch, row);
    if (!key.is(ValueKind::kString)) fail_kind("the name of a property", "a string", key);
    set_one(context, target, key.as_string(), value);
}

void SetItems::apply_map(ExecContext& context, const Item& item, const Value& target, const Batch& batch,
                         std::uint32_t row) {
    const bool replace = item.bound->kind == SetItem::Kind::kReplaceAll;
    Value map = item.value->eval_row(context, batch, row);
    if (map.is(ValueKind::kNode) || map.is(ValueKind::kRelationship)) map = properties(context.eval, map);
    if (!map.is(ValueKind::kMap)) fail_kind("the properties to set", "a map, node or relationship", map);
    if (target.is(ValueKind::kNode)) {
        require_alive(context.eval, target.as_node());
        context.writer->set_properties(target.as_node(), map.as_map(), replace);
    } else {
        require_alive(context.eval, target.as_relationship());
        context.writer->set_properties(target.as_relationship(), map.as_map(), replace);
    }
}

void SetItems::apply_labels(ExecContext& context, const Item& item, const Value& target, const Batch& batch,
                            std::uint32_t row) {
    if (!target.is(ValueKind::kNode)) fail_kind("what gets a label", "a node", target);
    const NodeId node = target.as_node();
    require_alive(context.eval, node);
    const auto one = [&](std::string_view label) {
        if (remove_) {
            context.writer->remove_label(node, label);
        } else {
            context.writer->add_label(node, label);
        }
    };
    for (const std::string& label : item.bound->labels) one(label);
    for (const VectorExprPtr& dynamic : item.dynamic_labels) {
        const Value names = dynamic->eval_row(context, batch, row);
        const Value list = names.is(ValueKind::kList) ? names : Value::list({names});
        for (const Value& name : list.as_list()) {
            if (!name.is(ValueKind::kString)) fail_kind("a label", "a string", name);
            one(name.as_string());
        }
    }
}

}  // namespace maek::query
