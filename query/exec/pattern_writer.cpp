#include "query/exec/pattern_writer.h"

#include "query/eval/failures.h"
#include "query/eval/operators.h"
#include "query/exec/expression_nodes.h"
#include "query/parse/query_error.h"
#include "query/plan/condition.h"

namespace maek::query {

namespace {

void collect_names(const LabelExpr& expr, std::vector<std::string>& names,
                   std::vector<VectorExprPtr>& dynamic, OperatorBuilder& builder) {
    switch (expr.kind) {
        case LabelExpr::Kind::kName: names.push_back(expr.name); break;
        case LabelExpr::Kind::kDynamic: dynamic.push_back(builder.compile(*expr.dynamic)); break;
        case LabelExpr::Kind::kAnd:
            for (const LabelExpr& operand : expr.operands) collect_names(operand, names, dynamic, builder);
            break;
        default: break;  // the binder lets nothing else through
    }
}

void add_name(const Value& value, std::vector<std::string>& names) {
    if (value.is(ValueKind::kList)) {
        for (const Value& item : value.as_list()) add_name(item, names);
        return;
    }
    if (!value.is(ValueKind::kString) || value.as_string().empty()) {
        fail_kind("a label or type", "a string that is not empty", value);
    }
    names.emplace_back(value.as_string());
}

std::span<const MapEntry> entries_of(const Value& map, const SourceRange& at, Value& owner, ExecContext& context) {
    if (map.is_null()) return {};
    const bool has_entries = map.is(ValueKind::kMap) || map.is(ValueKind::kNode) || map.is(ValueKind::kRelationship);
    if (!has_entries) {
        located(at, [&] { fail_kind("the properties of a pattern", "a map, node or relationship", map); });
    }
    owner = map.is(ValueKind::kMap) ? map : properties(context.eval, map);
    return owner.as_map();
}

// What a message calls an element: its name, or (:Label) when it has none.
std::string shown_name(const std::string& name, const LabelExpr& labels, std::string_view brackets) {
    if (!name.empty()) return name;
    const std::string inner = labels.kind == LabelExpr::Kind::kAnything ? "" : ":" + text(labels);
    return std::string(1, brackets[0]) + inner + std::string(1, brackets[1]);
}

}  // namespace

ElementWriter::ElementWriter(const std::vector<PropertyItem>& items, const BoundExpr* from,
                             const LabelExpr& names, const SlotSet& own, OperatorBuilder& builder)
    : has_map_(from != nullptr) {
    const auto add = [&](const BoundExpr& expr) {
        SlotSet reads;
        add_reads(expr, reads);
        early_.push_back(!reads.overlaps(own));
        late_ = late_ || !early_.back();
        values_.push_back(builder.compile(expr));
    };
    for (const PropertyItem& item : items) {
        keys_.push_back(item.key);
        add(*item.value);
    }
    if (from != nullptr) {
        add(*from);
        map_range_ = from->range;
    }
    prepared_.resize(values_.size(), nullptr);
    collect_names(names, names_, dynamic_names_, builder);
    SlotSet named_by;
    add_reads(names, named_by);
    late_ = late_ || named_by.overlaps(own);
}

void ElementWriter::prepare(ExecContext& context, const Batch& batch) {
    for (std::size_t i = 0; i < values_.size(); ++i) {
        prepared_[i] = early_[i] ? &values_[i]->eval(context, batch) : nullptr;
    }
}

Value ElementWriter::value(ExecContext& context, std::size_t i, const RowAtWork& row) {
    return prepared_[i] != nullptr ? prepared_[i]->value(row.at) : values_[i]->eval_row(context, row.now, 0);
}

const std::vector<std::string>& ElementWriter::names(ExecContext& context, const RowAtWork& row) {
    if (dynamic_names_.empty()) return names_;
    row_names_ = names_;
    for (const VectorExprPtr& name : dynamic_names_) {
        add_name(late_ ? name->eval_row(context, row.now, 0) : name->eval_row(context, row.batch, row.at),
                 row_names_);
    }
    return row_names_;
}

template <class IdType>
void ElementWriter::write(ExecContext& context, IdType id, const RowAtWork& row) {
    for (std::size_t i = 0; i < keys_.size(); ++i) {
        const Value v = value(context, i, row);
        if (!v.is_null()) context.writer->set_property(id, keys_[i], v);
    }
    if (!has_map_) return;
    Value owner;
    for (const auto& [key, v] : entries_of(value(context, keys_.size(), row), map_range_, owner, context)) {
        if (!v.is_null()) context.writer->set_property(id, key, v);
    }
}
template void ElementWriter::write(ExecContext&, NodeId, const RowAtWork&);
template void ElementWriter::write(ExecContext&, RelId, const RowAtWork&);

void ElementWriter::require_no_nulls(ExecContext& context, const RowAtWork& row, const std::string& element) {
    const auto check = [&](const Value& v, std::string_view key) {
        if (!v.is_null()) return;
        fail("SemanticError", "MergeReadOwnWrites", "22G03",
             "MERGE cannot match on a null property: '" + std::string(key) + "' of '" + element +
                 "' is null; a value was expected");
    };
    for (std::size_t i = 0; i < keys_.size(); ++i) check(value(context, i, row), keys_[i]);
    if (!has_map_) return;
    Value owner;
    for (const auto& [key, v] : entries_of(value(context, keys_.size(), row), map_range_, owner, context)) {
        check(v, key);
    }
}

// ---------------------------------------------------------------- PatternWriter

struct PatternWriter::Target {
    RowBuffer& rows;
    std::uint32_t row;
    RowAtWork work;
};

PatternWriter::PatternWriter(const BoundPath& path, const SlotSet& own, OperatorBuilder& builder)
    : path_(path) {
    for (const BoundNode& node : path.nodes) {
        nodes_.emplace_back(node.properties, node.properties_from.get(), node.labels, own, builder);
    }
    for (const BoundSegment& segment : path.segments) {
        segments_.emplace_back(segment.properties, segment.properties_from.get(), segment.types, own, builder);
    }
    now_.prepare(builder.slots());
}

void PatternWriter::prepare(ExecContext& context, const Batch& batch) {
    for (ElementWriter& node : nodes_) node.prepare(context, batch);
    for (ElementWriter& segment : segments_) segment.prepare(context, batch);
}

// A late element sees the row as those before it left it.
void PatternWriter::look(const ElementWriter& element, const Target& target) {
    if (element.late()) target.rows.emit(now_, target.row, 1);
}

NodeId PatternWriter::node(ExecContext& context, std::size_t i, const Target& target) {
    const BoundNode& pattern = path_.nodes[i];
    if (pattern.bound_before) {
        const Value bound = target.rows.value(pattern.slot, target.row);
        if (bound.is(ValueKind::kNode)) {
            require_alive(context.eval, bound.as_node());
            return bound.as_node();
        }
        if (bound.is_null()) {
            fail("SemanticError", "InvalidArgumentValue", "22G03",
                 "a relationship needs two nodes, but '" + pattern.name + "' is null");
        }
        fail_kind("the end of a relationship", "a node", bound);
    }
    look(nodes_[i], target);
    const NodeId id = context.writer->create_node(nodes_[i].names(context, target.work));
    if (target.rows.has(pattern.slot)) target.rows.set(pattern.slot, target.row, Value::node(id));
    return id;
}

void PatternWriter::set_properties(ExecContext& context, std::size_t i, NodeId id, const Target& target) {
    if (path_.nodes[i].bound_before) return;
    look(nodes_[i], target);
    nodes_[i].write(context, id, target.work);
}

RelId PatternWriter::relationship(ExecContext& context, std::size_t i, NodeId before, NodeId after,
                                  const Target& target) {
    const BoundSegment& segment = path_.segments[i];
    const bool backward = segment.direction == RelDirection::kIn;
    look(segments_[i], target);
    const auto& types = segments_[i].names(context, target.work);
    if (types.size() != 1) fail_value("a relationship has exactly one type");
    const RelId id =
        context.writer->create_relationship(backward ? after : before, backward ? before : after, types[0]);
    segments_[i].write(context, id, target.work);
    if (target.rows.has(segment.slot)) target.rows.set(segment.slot, target.row, Value::relationship(id));
    return id;
}

void PatternWriter::create(ExecContext& context, RowBuffer& rows, std::uint32_t row, const Batch& batch,
                           std::uint32_t at) {
    context.guard.check();
    const Target target{rows, row, {batch, at, now_}};
    NodeId before = node(context, 0, target);
    set_properties(context, 0, before, target);
    std::vector<Value> parts{Value::node(before)};
    for (std::size_t i = 0; i < path_.segments.size(); ++i) {
        const NodeId after = node(context, i + 1, target);
        parts.push_back(Value::relationship(relationship(context, i, before, after, target)));
        set_properties(context, i + 1, after, target);  // they may read the relationship
        parts.push_back(Value::node(after));
        before = after;
    }
    if (path_.path_slot != kNoSlot && rows.has(path_.path_slot)) {
        rows.set(path_.path_slot, row, path_from_parts(context.graph(), context.eval.deleted, parts));
    }
}

void PatternWriter::require_no_nulls(ExecContext& context, const Batch& batch, std::uint32_t at) {
    const RowAtWork work{batch, at, batch};
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        const BoundNode& node = path_.nodes[i];
        nodes_[i].require_no_nulls(context, work, shown_name(node.name, node.labels, "()"));
    }
    for (std::size_t i = 0; i < segments_.size(); ++i) {
        const BoundSegment& segment = path_.segments[i];
        segments_[i].require_no_nulls(context, work, shown_name(segment.name, segment.types, "[]"));
    }
}

}  // namespace maek::query
