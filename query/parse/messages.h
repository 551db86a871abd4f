// Room: query, inner. Every message of parse/ and bind/ in one table: what kind of fault it is in
// the TCK's words, its GQLSTATUS, and its text in English and Korean. {0}, {1} stand for details.
// A new message is one line here. Tests: tests/query/parse/messages_test.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace maek::query {

// X(id, type, detail, status, English, Korean)
#define MAEK_MESSAGES(X)                                                                           \
    /* --- text */                                                                                 \
    X(kUnexpected, "SyntaxError", "UnexpectedSyntax", "42001", "unexpected {0}; expected {1}",     \
      "{0}: 여기에 올 수 없습니다. 기대한 것: {1}")                                                 \
    X(kUnexpectedGuess, "SyntaxError", "UnexpectedSyntax", "42001",                                \
      "unexpected {0}; expected {1}; did you mean {2}?",                                           \
      "{0}: 여기에 올 수 없습니다. 기대한 것: {1}. 혹시 {2}?")                                      \
    X(kEmptyQuery, "SyntaxError", "UnexpectedSyntax", "42001",                                     \
      "the query is empty; expected a clause such as MATCH, CREATE or RETURN",                     \
      "빈 질의입니다. MATCH, CREATE, RETURN 같은 절이 필요합니다")                                  \
    X(kQueryMustEnd, "SyntaxError", "InvalidClauseComposition", "42001",                           \
      "a query cannot end with {0}; expected RETURN, FINISH or an updating clause after it",       \
      "질의는 {0} 절로 끝날 수 없습니다. RETURN, FINISH 또는 변경 절이 필요합니다")                 \
    X(kClauseAfterReturn, "SyntaxError", "InvalidClauseComposition", "42001",                      \
      "{0} cannot follow {1}", "{1} 뒤에는 {0} 절이 올 수 없습니다")                               \
    X(kNeedWith, "SyntaxError", "InvalidClauseComposition", "42001",                               \
      "expected WITH between an updating clause and {0}",                                          \
      "변경 절과 {0} 사이에는 WITH가 필요합니다")                                                  \
    X(kTooDeep, "SyntaxError", "NestingTooDeep", "42001",                                          \
      "nested too deeply; at most {0} levels are allowed",                                         \
      "너무 깊이 중첩되었습니다. {0}단계까지 허용됩니다")                                          \
    X(kTooLong, "SyntaxError", "QueryTooLong", "42001",                                            \
      "the query is too long; at most {0} words and signs are allowed; pass data as a parameter",  \
      "질의가 너무 깁니다. 토큰 {0}개까지 허용됩니다. 자료는 매개변수로 넘기십시오")               \
    X(kTooManySteps, "SyntaxError", "QueryTooLong", "42001",                                       \
      "the statement has more than {0} steps; split it into several statements",                   \
      "문장의 단계가 {0}개를 넘습니다. 여러 문장으로 나누십시오")                                  \
    X(kTooManyVariables, "SyntaxError", "QueryTooLong", "42001",                                   \
      "the query carries too many variables from clause to clause",                                \
      "절에서 절로 넘기는 변수가 너무 많습니다")                                                   \
    X(kBadUtf8, "SyntaxError", "InvalidUnicodeCharacter", "42001",                                 \
      "the query is not valid UTF-8 at byte {0}", "{0}번째 바이트가 올바른 UTF-8이 아닙니다")       \
    X(kNulByte, "SyntaxError", "InvalidUnicodeCharacter", "42001",                                 \
      "the query contains a NUL character", "질의에 NUL 문자가 있습니다")                          \
    X(kBadCharacter, "SyntaxError", "InvalidUnicodeCharacter", "42001",                            \
      "the character {0} cannot stand here", "문자 {0}: 여기에 올 수 없습니다")                    \
    X(kBadCharacterGuess, "SyntaxError", "InvalidUnicodeCharacter", "42001",                       \
      "the character {0} cannot stand here; did you mean {1}?",                                    \
      "문자 {0}: 여기에 올 수 없습니다. 혹시 {1}?")                                                \
    X(kUnterminated, "SyntaxError", "UnexpectedSyntax", "42001",                                   \
      "{0} is not closed; expected {1}", "{0}: 닫히지 않았습니다. 기대한 것: {1}")                 \
    X(kBadUnicodeEscape, "SyntaxError", "InvalidUnicodeLiteral", "42001",                          \
      "{0} is no Unicode escape; expected \\u and four hexadecimal digits",                        \
      "{0}: 올바른 유니코드 이스케이프가 아닙니다. \\u 뒤에 16진수 네 자리가 필요합니다")          \
    X(kBadNumber, "SyntaxError", "InvalidNumberLiteral", "42001", "{0} is not a number",           \
      "{0}: 숫자가 아닙니다")                                                                      \
    X(kIntegerOverflow, "SyntaxError", "IntegerOverflow", "22003",                                 \
      "the integer {0} does not fit into 64 bits", "정수 {0}: 64비트를 넘습니다")                  \
    X(kFloatOverflow, "SyntaxError", "FloatingPointOverflow", "22003",                             \
      "the number {0} is too large for a float", "실수 {0}: 너무 큽니다")                          \
    X(kBadRelationshipPattern, "SyntaxError", "InvalidRelationshipPattern", "42001",               \
      "this is no relationship pattern; expected a length such as *, *2 or *1..3",                 \
      "관계 패턴이 아닙니다. *, *2, *1..3 같은 길이가 필요합니다")                                 \
    X(kBadQuantifier, "SyntaxError", "InvalidRelationshipPattern", "42001",                        \
      "the quantifier's upper bound {1} is below its lower bound {0}",                             \
      "반복 횟수의 상한 {1}이(가) 하한 {0}보다 작습니다")                                              \
    X(kParameterInPattern, "SyntaxError", "InvalidParameterUse", "42001",                          \
      "the parameter ${0} cannot stand for all properties in {1}; write them as {2}",              \
      "{1}에서는 매개변수 ${0} 하나로 모든 속성을 대신할 수 없습니다. {2}처럼 쓰십시오")           \
    X(kLengthParameter, "SyntaxError", "InvalidParameterUse", "42001",                             \
      "the parameter ${0} cannot be the length of a path; write the number",                       \
      "매개변수 ${0}: 경로의 길이로는 쓸 수 없습니다. 숫자를 쓰십시오")                            \
    X(kNotSupported, "SyntaxError", "UnexpectedSyntax", "42N01", "{0} is not supported: {1}",      \
      "{0}: 지원하지 않습니다 ({1})")                                                              \
    X(kMultipleStatements, "SyntaxError", "UnexpectedSyntax", "42001",                             \
      "only one statement at a time; expected the end after ';'",                                  \
      "한 번에 한 문장만 실행합니다. ';' 뒤에는 아무것도 올 수 없습니다")                          \
    /* --- names */                                                                                \
    X(kSeveralMeanings, "SyntaxError", "InvalidLabelOrType", "42N24",                              \
      "'{0}' stands for several names: {1}; write the one that is meant",                          \
      "'{0}': 여러 이름을 뜻합니다({1}). 뜻하는 이름 하나를 쓰십시오")                              \
    X(kUndefinedVariable, "SyntaxError", "UndefinedVariable", "42N62",                             \
      "variable '{0}' is not defined; in scope: {1}",                                              \
      "변수 '{0}': 정의되지 않았습니다. 쓸 수 있는 변수: {1}")                                     \
    X(kUndefinedVariableGuess, "SyntaxError", "UndefinedVariable", "42N62",                        \
      "variable '{0}' is not defined; did you mean '{1}'?",                                        \
      "변수 '{0}': 정의되지 않았습니다. 혹시 '{1}'?")                                              \
    X(kPatternVariable, "SyntaxError", "UndefinedVariable", "42N62",                               \
      "a pattern used as a predicate cannot introduce the variable '{0}'; use EXISTS { ... }",     \
      "조건으로 쓰인 패턴은 새 변수 '{0}'을(를) 만들 수 없습니다. EXISTS { ... }를 쓰십시오")          \
    X(kAlreadyBound, "SyntaxError", "VariableAlreadyBound", "42N59",                               \
      "variable '{0}' is already defined", "변수 '{0}': 이미 정의되었습니다")                      \
    X(kTypeConflict, "SyntaxError", "VariableTypeConflict", "42N63",                               \
      "variable '{0}' is already a {1} and cannot be a {2} here",                                  \
      "변수 '{0}': 이미 {1}(이)므로 여기에서 {2}일 수 없습니다")                                     \
    X(kRepeatedRelationship, "SyntaxError", "RelationshipUniquenessViolation", "42N63",            \
      "relationship variable '{0}' stands twice in one pattern",                                   \
      "관계 변수 '{0}': 한 패턴에 두 번 나옵니다")                                                 \
    X(kUnknownFunction, "SyntaxError", "UnknownFunction", "42N48", "unknown function {0}()",       \
      "{0}(): 모르는 함수입니다")                                                                  \
    X(kUnknownFunctionGuess, "SyntaxError", "UnknownFunction", "42N48",                            \
      "unknown function {0}(); did you mean {1}()?", "{0}(): 모르는 함수입니다. 혹시 {1}()?")       \
    X(kFunctionArguments, "SyntaxError", "InvalidNumberOfArguments", "42N50",                      \
      "{0}() takes {1}, got {2}", "{0}(): 인자는 {1}이어야 하는데 {2}개입니다")                    \
    X(kProcedureNotFound, "ProcedureError", "ProcedureNotFound", "42N08",                          \
      "there is no procedure {0}", "프로시저 {0}: 없습니다")                                       \
    X(kProcedureNotFoundGuess, "ProcedureError", "ProcedureNotFound", "42N08",                     \
      "there is no procedure {0}; did you mean {1}?", "프로시저 {0}: 없습니다. 혹시 {1}?")          \
    X(kProcedureArguments, "SyntaxError", "InvalidNumberOfArguments", "42N50",                     \
      "procedure {0} takes {1}, got {2}", "프로시저 {0}: 인자는 {1}이어야 하는데 {2}개입니다")     \
    X(kImplicitArguments, "SyntaxError", "InvalidArgumentPassingMode", "42N50",                    \
      "inside a query, procedure {0} needs its arguments in parentheses",                          \
      "질의 안에서는 프로시저 {0}의 인자를 괄호 안에 써야 합니다")                                 \
    X(kMissingParameter, "ParameterMissing", "MissingParameter", "42N51",                          \
      "parameter ${0} is missing; given: {1}",                                                     \
      "매개변수 ${0}: 주어지지 않았습니다. 주어진 것: {1}")                                        \
    X(kUnknownYield, "SyntaxError", "UndefinedVariable", "42N62",                                  \
      "procedure {0} has no output '{1}'; it has: {2}",                                            \
      "프로시저 {0}: 출력 '{1}'이(가) 없습니다. 있는 것: {2}")                                         \
    X(kUnknownColumn, "SyntaxError", "UndefinedVariable", "42N62",                                 \
      "{0} has no column '{1}'; it has: {2}", "{0}: 열 '{1}'이(가) 없습니다. 있는 것: {2}")        \
    X(kYieldNeeded, "SyntaxError", "UnexpectedSyntax", "42001",                                    \
      "inside a query, procedure {0} needs YIELD with the wanted outputs by name",                 \
      "질의 안에서는 프로시저 {0} 뒤에 YIELD와 출력 이름이 필요합니다")                            \
    /* --- projections */                                                                          \
    X(kNoAlias, "SyntaxError", "NoExpressionAlias", "42N21",                                       \
      "the expression {0} in WITH needs a name: {0} AS name",                                      \
      "WITH 안의 식 {0}에는 이름이 필요합니다: {0} AS 이름")                                       \
    X(kColumnConflict, "SyntaxError", "ColumnNameConflict", "42N38",                               \
      "two result columns are named '{0}'", "결과 열 이름 '{0}'이(가) 두 번 나옵니다")                 \
    X(kUnionColumns, "SyntaxError", "DifferentColumnsInUnion", "42N39",                            \
      "the parts of UNION must have the same columns; {0} is not {1}",                             \
      "UNION의 각 부분은 열이 같아야 합니다: {0} ≠ {1}")                                           \
    X(kMixedUnion, "SyntaxError", "InvalidClauseComposition", "42001",                             \
      "UNION and UNION ALL cannot be mixed in one query",                                          \
      "한 질의에서 UNION과 UNION ALL을 섞을 수 없습니다")                                          \
    X(kNothingInScope, "SyntaxError", "NoVariablesInScope", "42001",                               \
      "RETURN * needs at least one variable in scope",                                             \
      "RETURN *에는 변수가 하나 이상 필요합니다")                                                  \
    X(kNegative, "SyntaxError", "NegativeIntegerArgument", "22003",                                \
      "{0} needs an integer of at least 0, got {1}", "{0}: 0 이상의 정수여야 하는데 {1}입니다")     \
    X(kNotConstant, "SyntaxError", "NonConstantExpression", "42001",                               \
      "{0} needs an expression without variables", "{0}: 변수가 없는 식이어야 합니다")             \
    X(kRandomAggregate, "SyntaxError", "NonConstantExpression", "42001",                           \
      "an aggregate cannot take the random {0}()", "집계 함수 안에 {0}()를 쓸 수 없습니다")        \
    X(kNotInteger, "SyntaxError", "InvalidArgumentType", "22G03",                                  \
      "{0} needs an integer, got {1}", "{0}: 정수여야 하는데 {1}입니다")                           \
    /* --- aggregation */                                                                          \
    X(kAggregateHere, "SyntaxError", "InvalidAggregation", "42001",                                \
      "the aggregate {0}() cannot stand in {1}", "집계 함수 {0}(): {1}에는 쓸 수 없습니다")        \
    X(kNestedAggregate, "SyntaxError", "NestedAggregation", "42001",                               \
      "the aggregate {0}() cannot stand inside another aggregate",                                 \
      "집계 함수 {0}(): 다른 집계 함수 안에 쓸 수 없습니다")                                       \
    X(kAmbiguousAggregate, "SyntaxError", "AmbiguousAggregationExpression", "42001",               \
      "{0} stands beside an aggregate but is not a column of its own; return it too, or name it "  \
      "in a WITH before",                                                                          \
      "{0}: 집계 함수와 함께 쓰였지만 따로 반환되지 않습니다. 앞의 WITH에서 이름을 붙이십시오")    \
    /* --- types */                                                                                \
    X(kWrongType, "SyntaxError", "InvalidArgumentType", "22G03", "{0} needs {1}, got {2}",         \
      "{0}: {1}이어야 하는데 {2}입니다")                                                           \
    X(kNoProperties, "TypeError", "InvalidArgumentType", "22G03",                                  \
      "a value of type {0} has no property '{1}'; expected a node, a relationship or a map",       \
      "{0} 값에는 속성 '{1}'이(가) 없습니다. 노드, 관계, 맵이어야 합니다")                             \
    X(kNotIndexable, "TypeError", "InvalidArgumentType", "22G03",                                  \
      "a value of type {0} has no elements; expected a list or a map",                             \
      "{0} 값에는 원소가 없습니다. 리스트나 맵이어야 합니다")                                      \
    X(kBadIndex, "TypeError", "InvalidArgumentType", "22G03",                                      \
      "the index of {0} must be {1}, got {2}", "{0}의 첨자는 {1}이어야 하는데 {2}입니다")          \
    X(kPathProperty, "SyntaxError", "InvalidArgumentType", "22G03",                                \
      "a path has no properties; use nodes(path) or relationships(path)",                          \
      "경로에는 속성이 없습니다. nodes(경로)나 relationships(경로)를 쓰십시오")                    \
    X(kUnknownType, "SyntaxError", "UnexpectedSyntax", "42001", "unknown type {0}",                \
      "{0}: 모르는 자료형입니다")                                                                  \
    X(kPatternHere, "SyntaxError", "UnexpectedSyntax", "42001",                                    \
      "a pattern can be tested here only as a predicate; use EXISTS { {0} }, COUNT { {0} } or "    \
      "[{0} | ...]",                                                                               \
      "패턴은 조건으로만 쓸 수 있습니다. EXISTS { {0} }, COUNT { {0} }, [{0} | ...]를 쓰십시오")   \
    /* --- writes */                                                                               \
    X(kCreateVarLength, "SyntaxError", "CreatingVarLength", "42001",                               \
      "{0} needs relationships of one step, not of variable length",                               \
      "{0}: 길이가 변하는 관계는 만들 수 없습니다")                                                \
    X(kCreateNoType, "SyntaxError", "NoSingleRelationshipType", "42001",                           \
      "{0} needs exactly one type for a relationship: -[:TYPE]->",                                 \
      "{0}: 관계의 종류가 정확히 하나 필요합니다: -[:종류]->")                                     \
    X(kCreateUndirected, "SyntaxError", "RequiresDirectedRelationship", "42001",                   \
      "{0} needs a direction for a relationship: -[:TYPE]-> or <-[:TYPE]-",                        \
      "{0}: 관계의 방향이 필요합니다: -[:종류]-> 또는 <-[:종류]-")                                 \
    X(kCreatePattern, "SyntaxError", "UnexpectedSyntax", "42001",                                  \
      "{0} cannot use {1}", "{0}: {1}, 여기에 쓸 수 없습니다")                                     \
    X(kInvalidDelete, "SyntaxError", "InvalidDelete", "42001",                                     \
      "DELETE removes nodes, relationships and paths; to take a label off use REMOVE {0}",         \
      "DELETE는 노드, 관계, 경로를 지웁니다. 레이블을 떼려면 REMOVE {0}을(를) 쓰십시오")               \
    X(kUpdateInExpression, "SyntaxError", "InvalidClauseComposition", "42001",                     \
      "{0} cannot change the graph: {1} stands in it", "{0} 안에서는 그래프를 바꿀 수 없습니다: {1}") \
    X(kForeachClause, "SyntaxError", "InvalidClauseComposition", "42001",                          \
      "FOREACH may only hold updating clauses, not {0}",                                           \
      "FOREACH 안에는 변경 절만 올 수 있습니다: {0}")                                              \
    /* --- paths and subqueries */                                                                 \
    X(kUnboundedWalk, "SyntaxError", "InvalidRelationshipPattern", "42001",                        \
      "an unbounded quantifier needs TRAIL, SIMPLE, ACYCLIC or a selector such as ANY SHORTEST; "  \
      "walks would be endless",                                                                    \
      "끝없는 반복에는 TRAIL, SIMPLE, ACYCLIC이나 ANY SHORTEST 같은 선택자가 필요합니다")          \
    X(kPathShape, "SyntaxError", "InvalidRelationshipPattern", "42001", "{0}", "{0}")              \
    X(kMixedPathForms, "SyntaxError", "InvalidRelationshipPattern", "42001",                       \
      "{0} cannot be combined with {1}", "{0}: {1}와(과) 함께 쓸 수 없습니다")                         \
    X(kSubqueryReturn, "SyntaxError", "InvalidClauseComposition", "42001",                         \
      "{0} needs a RETURN of exactly one column", "{0}: 열이 정확히 하나인 RETURN이 필요합니다")   \
    X(kImportingWith, "SyntaxError", "InvalidClauseComposition", "42001",                          \
      "the importing WITH of CALL { } may only list variables",                                    \
      "CALL { } 첫머리의 WITH에는 변수만 올 수 있습니다")                                          \
    X(kInTransactionsHere, "SyntaxError", "InvalidClauseComposition", "42001",                     \
      "CALL { ... } IN TRANSACTIONS cannot stand inside another subquery",                         \
      "CALL { ... } IN TRANSACTIONS는 다른 하위 질의 안에 올 수 없습니다")                         \
    X(kInTransactionsAfterWrite, "SyntaxError", "InvalidClauseComposition", "42001",               \
      "CALL { ... } IN TRANSACTIONS cannot stand after a clause that writes: its commits would "   \
      "keep half of the statement",                                                                \
      "CALL { ... } IN TRANSACTIONS는 쓰는 절 뒤에 올 수 없습니다. 문장의 절반만 커밋될 수 있습니다") \
    X(kInTransactionsUnion, "SyntaxError", "InvalidClauseComposition", "42001",                    \
      "CALL { ... } IN TRANSACTIONS cannot stand in a UNION",                                      \
      "CALL { ... } IN TRANSACTIONS는 UNION 안에 올 수 없습니다")                                  \
    X(kMergeReadsItself, "SyntaxError", "UndefinedVariable", "42N62",                              \
      "variable '{0}' is found or made by this MERGE itself, which looks for its whole path at "   \
      "once; its properties can only read variables of clauses before",                            \
      "변수 '{0}': 이 MERGE가 스스로 찾거나 만듭니다. MERGE는 경로 전체를 한 번에 찾으므로 속성에는 앞 절의 변수만 쓸 수 있습니다")

enum class Message : std::uint16_t {
#define MAEK_MESSAGE_ID(id, type, detail, status, english, korean) id,
    MAEK_MESSAGES(MAEK_MESSAGE_ID)
#undef MAEK_MESSAGE_ID
};

struct MessageText {
    const char* type;
    const char* detail;
    const char* status;
    const char* english;
    const char* korean;
};

const MessageText& message_text(Message message);

// The text with its details put in. language: "ko" for Korean, anything else for English.
std::string format_message(Message message, std::span<const std::string> details,
                           std::string_view language);

}  // namespace maek::query
