#include <gtest/gtest.h>

#include "graph/transaction.h"
#include "query/eval/function_registry.h"
#include "query/parse/query_error.h"
#include "tests/query/eval/tiny_query.h"

namespace maek::query::test {
namespace {

// (강원테크노파크:Agency:Org {name, year}) -[:FUNDS {amount: 3}]-> (:Firm)
class GraphFunctions : public testing::Test {
protected:
    GraphFunctions() : work_(graph::Graph()) {
        const LabelId labels[] = {work_.label("Agency"), work_.label("Org")};
        agency_ = work_.create_node(labels);
        const LabelId firm = work_.label("Firm");
        firm_ = work_.create_node({&firm, 1});
        work_.set_property(agency_, work_.key("name"), Value::string("강원테크노파크"));
        work_.set_property(agency_, work_.key("year"), Value::integer(2003));
        funds_ = work_.create_relationship(agency_, firm_, work_.type("FUNDS"));
        work_.set_property(funds_, work_.key("amount"), Value::integer(3));
        context_.graph = &work_.graph();
    }
    std::string call(std::string_view name, std::vector<Value> arguments) {
        return to_literal(call_function(*find_function(name), context_, arguments), context_.graph);
    }

    graph::Transaction work_;
    EvalContext context_;
    NodeId agency_, firm_;
    RelId funds_;
};

TEST_F(GraphFunctions, ReadEntities) {
    const Value node = Value::node(agency_), rel = Value::relationship(funds_);
    EXPECT_EQ(call("labels", {node}), "['Agency', 'Org']");
    EXPECT_EQ(call("type", {rel}), "'FUNDS'");
    EXPECT_EQ(call("keys", {node}), "['name', 'year']");
    EXPECT_EQ(call("properties", {rel}), "{amount: 3}");
    EXPECT_EQ(call("startNode", {rel}), "(:Agency:Org {name: '강원테크노파크', year: 2003})");
    EXPECT_EQ(call("endNode", {rel}), "(:Firm)");
    EXPECT_EQ(call("id", {node}), "0");
    EXPECT_NE(call("elementId", {Value::node(NodeId{0})}), call("elementId", {Value::relationship(RelId{0})}));
    EXPECT_EQ(call("degree", {node, Value::string("in")}), "0");
    EXPECT_EQ(call("degree", {node}), "1");
}

TEST_F(GraphFunctions, WalkPaths) {
    const Value path = Value::path({{firm_, agency_}, {funds_}});
    EXPECT_EQ(call("length", {path}), "1");
    EXPECT_EQ(call("nodes", {path}), "[(:Firm), (:Agency:Org {name: '강원테크노파크', year: 2003})]");
    EXPECT_EQ(call("relationships", {path}), "[[:FUNDS {amount: 3}]]");
    EXPECT_EQ(to_literal(path, context_.graph), "<(:Firm)<-[:FUNDS {amount: 3}]-(:Agency:Org {name: '강원테크노파크', year: 2003})>");
}

TEST_F(GraphFunctions, ReadProperties) {
    EXPECT_EQ(to_literal(property(context_, Value::node(agency_), "year")), "2003");
    EXPECT_EQ(to_literal(property(context_, Value::node(agency_), "nothing")), "null");
    EXPECT_EQ(to_literal(subscript(context_, Value::relationship(funds_), Value::string("amount"))), "3");
    EXPECT_EQ(has_label(context_, Value::node(agency_), "Org"), Truth::kTrue);
    EXPECT_EQ(has_label(context_, Value::node(agency_), "Firm"), Truth::kFalse);
    EXPECT_EQ(has_label(context_, Value::relationship(funds_), "FUNDS"), Truth::kTrue);
    EXPECT_EQ(has_label(context_, Value::null(), "Org"), Truth::kNull);
}

// Everything was deleted; the relationship's record is still known.
class AllDeleted final : public DeletedEntities {
public:
    explicit AllDeleted(graph::RelRecord record) : record_(record) {}
    bool is_deleted(NodeId) const override { return true; }
    bool is_deleted(RelId) const override { return true; }
    graph::RelRecord deleted_record(RelId) const override { return record_; }

private:
    graph::RelRecord record_;
};

TEST_F(GraphFunctions, RefuseDeletedEntitiesButKnowTheirType) {
    const AllDeleted deleted(context_.graph->rel(funds_));
    context_.deleted = &deleted;
    for (const char* name : {"labels", "keys", "properties"}) {
        try {
            call(name, {Value::node(agency_)});
            ADD_FAILURE() << name;
        } catch (const QueryError& error) {
            EXPECT_EQ(error.error().query->type, "EntityNotFound");
            EXPECT_EQ(error.error().query->detail, "DeletedEntityAccess");
            EXPECT_EQ(error.error().query->phase, "runtime");
        }
    }
    EXPECT_EQ(call("type", {Value::relationship(funds_)}), "'FUNDS'");
    EXPECT_EQ(call("id", {Value::node(agency_)}), "0");
}

TEST_F(GraphFunctions, RefuseOtherKinds) {
    EXPECT_THROW(call("labels", {Value::integer(1)}), QueryError);
    EXPECT_THROW(call("type", {Value::node(agency_)}), QueryError);
    EXPECT_EQ(call("labels", {Value::null()}), "null");
}

}  // namespace
}  // namespace maek::query::test
