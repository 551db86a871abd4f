// Indexes and constraints.
#include "query/bind/bind_context.h"

namespace maek::query {

namespace {

void require_different(const std::vector<ast::Name>& names, const char* expected) {
    for (std::size_t i = 1; i < names.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (names[i].text != names[j].text) continue;
            throw QueryError(Message::kUnexpected, names[i].range, {"'" + names[i].text + "'", expected});
        }
    }
}

}  // namespace

void Binder::bind_schema(const ast::SchemaStatement& in) {
    SchemaCommand& out = out_->schema;
    out.kind = static_cast<SchemaCommand::Kind>(in.kind);
    out.range = in.range;
    out.if_exists = in.if_exists;
    out.if_not_exists = in.if_not_exists;
    if (in.name) out.name = in.name->text;
    out.index = static_cast<SchemaCommand::Index>(in.index);
    out.constraint = static_cast<SchemaCommand::Constraint>(in.constraint);
    out.on_relationships = in.on_relationships;
    require_different(in.labels, "a label not named before");
    require_different(in.properties, "a property not named before");
    for (const ast::Name& label : in.labels) out.labels.push_back(stored_name(label.text, in.on_relationships, label.range));
    for (const ast::Name& property : in.properties) out.properties.push_back(property.text);
    if (in.options != nullptr) {
        Frame frame;
        frame_ = &frame;
        const ExprPtr options = bind_in("OPTIONS", *in.options);
        if (options->kind == ExprKind::kLiteral) out.options = options->value;
        out_->notes.push_back({"03N93", "OPTIONS change nothing here: an index has none", in.options->range});
        frame_ = nullptr;
    }
}

}  // namespace maek::query
