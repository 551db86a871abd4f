// Room: query, inner. The kinds of evaluators, made by exec/expression_compile.cpp.
#pragma once

#include <string>
#include <vector>

#include "query/exec/expression.h"

namespace maek::query {

// expression_basic.cpp
VectorExprPtr make_literal(Value value);
VectorExprPtr make_parameter(std::string name);
VectorExprPtr make_column(Slot slot);
VectorExprPtr make_local(Slot slot);
VectorExprPtr make_property(VectorExprPtr base, std::string key, TypeSet base_type);
VectorExprPtr make_is_null(VectorExprPtr base, bool negated);

// expression_labels.cpp. The LabelExpr outlives the evaluator.
VectorExprPtr make_label_test(VectorExprPtr base, const LabelExpr& labels, ExprCompiler& compiler);

// expression_compare.cpp
VectorExprPtr make_comparison(ExprKind kind, VectorExprPtr a, VectorExprPtr b);
VectorExprPtr make_text_test(ExprKind kind, VectorExprPtr a, VectorExprPtr b);
VectorExprPtr make_in(VectorExprPtr item, VectorExprPtr list);

// expression_logic.cpp
VectorExprPtr make_logic(ExprKind kind, std::vector<VectorExprPtr> operands);  // AND, OR, XOR
VectorExprPtr make_not(VectorExprPtr operand);

// expression_arithmetic.cpp
VectorExprPtr make_arithmetic(ExprKind kind, VectorExprPtr a, VectorExprPtr b);
// operands[0] operators[0] operands[1] ..., left to right.
VectorExprPtr make_chain(std::vector<ExprKind> operators, std::vector<VectorExprPtr> operands);
VectorExprPtr make_sign(ExprKind kind, VectorExprPtr a);

// expression_generic.cpp: row by row.
VectorExprPtr make_index(VectorExprPtr container, VectorExprPtr key);
VectorExprPtr make_slice(VectorExprPtr list, VectorExprPtr from, VectorExprPtr to);
VectorExprPtr make_list(std::vector<VectorExprPtr> items);
VectorExprPtr make_map(std::vector<std::string> keys, std::vector<VectorExprPtr> values);
VectorExprPtr make_function(const FunctionInfo& function, std::vector<VectorExprPtr> arguments);
VectorExprPtr make_case(std::vector<VectorExprPtr> children);
VectorExprPtr make_typed(VectorExprPtr value, const std::string& type, bool negated);
VectorExprPtr make_map_projection(VectorExprPtr base, const BoundExpr& expr,
                                  std::vector<VectorExprPtr> values);
VectorExprPtr make_path_value(std::vector<Slot> parts);

// expression_loops.cpp: comprehensions, quantifiers, reduce.
VectorExprPtr make_list_comprehension(Slot slot, VectorExprPtr list, VectorExprPtr where,
                                      VectorExprPtr result);
VectorExprPtr make_quantifier(ExprKind kind, Slot slot, VectorExprPtr list, VectorExprPtr where);
VectorExprPtr make_reduce(Slot accumulator, Slot slot, VectorExprPtr start, VectorExprPtr list,
                          VectorExprPtr step);

// expression_subquery.cpp
VectorExprPtr make_subquery(const BoundExpr& expr, ExprCompiler& compiler);

// A path from evaluated parts: node, relationship or list of them, node, ...; null when a part is.
Value path_from_parts(const graph::Graph& graph, const DeletedEntities* deleted,
                      std::span<const Value> parts);

}  // namespace maek::query
