#include "query/parse/ast.h"

namespace maek::query::ast {

LabelExpr::LabelExpr() = default;
LabelExpr::LabelExpr(LabelExpr&&) noexcept = default;
LabelExpr& LabelExpr::operator=(LabelExpr&&) noexcept = default;
LabelExpr::~LabelExpr() = default;

Expr::Expr(ExprKind k, const SourceRange& r) : kind(k), range(r) {}
Expr::~Expr() = default;

}  // namespace maek::query::ast
