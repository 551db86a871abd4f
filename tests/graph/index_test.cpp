// Indexes and constraints: keys that order as openCypher does, a tree that agrees with std::set,
// lookups that agree with looking through everything, constraints that notice what they should.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>
#include <thread>

#include "graph/index/index_key.h"
#include "graph/index/ordered_index.h"
#include "graph/transaction.h"
#include "tests/graph/random_graph.h"

namespace maek::graph {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string key_of(const Value& value) {
    std::string key;
    EXPECT_TRUE(append_index_key(value, key));
    return key;
}

TEST(IndexKey, OrdersNumbersByValueWhateverTheirKind) {
    const std::int64_t big = std::int64_t{1} << 53;
    const std::vector<Value> ascending = {
        Value::floating(-std::numeric_limits<double>::infinity()), Value::integer(std::numeric_limits<std::int64_t>::min()),
        Value::floating(-1.5), Value::integer(-1), Value::floating(-0.5), Value::integer(0), Value::floating(5e-324),
        Value::integer(1), Value::floating(1.5), Value::integer(big), Value::integer(big + 1), Value::integer(big + 2),
        Value::integer(std::numeric_limits<std::int64_t>::max() - 1), Value::integer(std::numeric_limits<std::int64_t>::max()),
        Value::floating(9223372036854775808.0), Value::floating(std::numeric_limits<double>::infinity())};
    for (std::size_t i = 1; i < ascending.size(); ++i) EXPECT_LT(key_of(ascending[i - 1]), key_of(ascending[i])) << i;
    EXPECT_EQ(key_of(Value::integer(1)), key_of(Value::floating(1.0)));
    EXPECT_EQ(key_of(Value::floating(0.0)), key_of(Value::floating(-0.0)));
    EXPECT_NE(key_of(Value::integer(big + 1)), key_of(Value::floating(static_cast<double>(big))));
}

TEST(IndexKey, OrdersStringsBytewiseAlsoWithZeroBytes) {
    using namespace std::string_literals;
    const std::vector<std::string> ascending = {"", "\0"s, "\0\0"s, "\0a"s, "a", "a\0"s, "a\0b"s, "aa", "b", "가", "나"};
    for (std::size_t i = 1; i < ascending.size(); ++i) {
        EXPECT_LT(key_of(Value::string(ascending[i - 1])), key_of(Value::string(ascending[i]))) << i;
    }
}

TEST(OrderedIndex, AgreesWithASetAndLeavesCopiesAlone) {
    std::mt19937 random(3);
    OrderedIndex index;
    std::set<std::pair<std::string, std::uint32_t>> naive;
    std::vector<std::pair<OrderedIndex, std::set<std::pair<std::string, std::uint32_t>>>> copies;
    const auto all = [](const OrderedIndex& of, std::string_view first, std::string_view last) {
        std::vector<std::pair<std::string, std::uint32_t>> found;
        of.scan(first, last, [&](const OrderedIndex::Entry& entry) {
            found.emplace_back(entry.key, entry.id);
            return true;
        });
        return found;
    };
    for (int step = 0; step < 30'000; ++step) {
        const std::string key = std::to_string(random() % 3000);
        const std::uint32_t id = random() % 3;
        if (random() % 5 < (step < 15'000 ? 3u : 1u)) {
            if (naive.emplace(key, id).second) index.insert(key, id);
        } else {
            EXPECT_EQ(index.erase(key, id), naive.erase({key, id}) == 1);
        }
        ASSERT_EQ(index.size(), naive.size());
        if (step % 3000 == 0) copies.emplace_back(index, naive);
    }
    copies.emplace_back(index, naive);
    for (const auto& [copy, wanted] : copies) {
        ASSERT_TRUE(std::ranges::equal(all(copy, {}, {}), wanted));
        const auto part = all(copy, "12", "25");
        ASSERT_TRUE(std::equal(part.begin(), part.end(), wanted.lower_bound({"12", 0}), wanted.lower_bound({"25", 0})));
    }
}

class IndexedGraph : public ::testing::Test {
protected:
    Graph graph_ = random_graph();
    LabelId company_ = *graph_.labels().find("Company");
    KeyId mixed_ = *graph_.keys().find("mixed"), since_ = *graph_.keys().find("since");

    static Graph random_graph() { return testing::random_graph(11, 3000, 10); }
    static std::vector<NodeId> look_through(const Graph& graph, LabelId label, KeyId key,
                                            const std::function<bool(const Value&)>& wanted) {
        std::vector<NodeId> found;
        for (std::uint32_t i = 0; i < graph.node_slots(); ++i) {
            if (graph.has_label(NodeId{i}, label) && wanted(graph.node_property(NodeId{i}, key))) found.emplace_back(i);
        }
        return found;
    }
};

TEST_F(IndexedGraph, EqualityAgreesWithLookingThroughEverything) {
    Transaction t(graph_);
    ASSERT_TRUE(t.create_index({"i", IndexKind::kRange, false, {"Company"}, {"mixed"}}).ok());
    std::mt19937 random(1);
    for (int round = 0; round < 400; ++round) {
        const NodeId node{static_cast<std::uint32_t>(random() % 3000)};
        switch (random() % 4) {
            case 0: t.set_property(node, mixed_, testing::random_value(random)); break;
            case 1: t.set_property(node, mixed_, Value::null()); break;
            case 2: t.add_label(node, company_); break;
            default: t.remove_label(node, company_); break;
        }
        const Value value = testing::random_value(random);
        const auto found = t.graph().index_equal(company_, mixed_, value);
        EXPECT_EQ(found, look_through(t.graph(), company_, mixed_,
                                      [&](const Value& v) { return index_equal_values(v, value); }));
        EXPECT_EQ(t.graph().find_equal(company_, mixed_, value), found);
    }
}

TEST_F(IndexedGraph, RangesAnswerOnlyValuesOfTheirKindInOrder) {
    Transaction t(graph_);
    const KeyId key = t.key("x");
    const Value values[] = {Value::integer(3), Value::floating(2.5), Value::string("b"), Value::boolean(true),
                            Value::floating(std::nan("")), Value::integer(-1), Value::string("abc"), Value::date({5})};
    std::vector<NodeId> nodes;
    for (const Value& value : values) {
        nodes.push_back(t.create_node(std::span(&company_, 1)));
        t.set_property(nodes.back(), key, value);
    }
    ASSERT_TRUE(t.create_index({"i", IndexKind::kRange, false, {"Company"}, {"x"}}).ok());
    const Graph& g = t.graph();
    EXPECT_THAT(g.index_range(company_, key, RangeBound{Value::integer(-5), true}, {}), ElementsAre(nodes[5], nodes[1], nodes[0]));
    EXPECT_THAT(g.index_range(company_, key, {}, RangeBound{Value::floating(2.5), false}), ElementsAre(nodes[5]));
    EXPECT_THAT(g.index_range(company_, key, {}, RangeBound{Value::floating(2.5), true}), ElementsAre(nodes[5], nodes[1]));
    EXPECT_THAT(g.index_range(company_, key, RangeBound{Value::integer(3), false}, {}), IsEmpty());
    EXPECT_THAT(g.index_range(company_, key, RangeBound{Value::string("abd"), true}, {}), ElementsAre(nodes[2]));
    EXPECT_THAT(g.index_range(company_, key, RangeBound{Value::string("a"), true}, RangeBound{Value::integer(3), true}), IsEmpty());
    EXPECT_THAT(g.index_range(company_, key, RangeBound{Value::floating(std::nan("")), true}, {}), IsEmpty());
    EXPECT_THAT(g.index_prefix(company_, key, "ab"), ElementsAre(nodes[6]));
    EXPECT_THAT(g.index_equal(company_, key, Value::floating(3.0)), ElementsAre(nodes[0]));
    EXPECT_THAT(g.index_equal(company_, key, Value::floating(std::nan(""))), IsEmpty());
    EXPECT_EQ(g.index_range(company_, key, {}, {}).size(), 8u);
}

TEST_F(IndexedGraph, CompositeIndexesAnswerEqualityOnAllTheirProperties) {
    Transaction t(graph_);
    ASSERT_TRUE(t.create_index({"i", IndexKind::kRange, false, {"Company"}, {"since", "mixed"}}).ok());
    const NodeId node = t.create_node(std::span(&company_, 1));
    t.set_property(node, since_, Value::integer(7777));
    const KeyId keys[] = {since_, mixed_};
    const Value values[] = {Value::integer(7777), Value::string("x")};
    EXPECT_THAT(t.graph().index_equal(company_, keys, values), IsEmpty());
    t.set_property(node, mixed_, Value::string("x"));
    EXPECT_THAT(t.graph().index_equal(company_, keys, values), ElementsAre(node));
    EXPECT_FALSE(t.graph().has_index(company_, since_));
}

TEST_F(IndexedGraph, UndeclaredLookupsStayRightThroughManyVersions) {
    std::mt19937 random(2);
    std::vector<Graph> old;
    Graph graph = graph_;
    for (int version = 0; version < 60; ++version) {
        Transaction t(graph);
        for (int i = 0; i < 10; ++i) {
            const NodeId node{static_cast<std::uint32_t>(random() % 3000)};
            t.set_property(node, mixed_, Value::integer(random() % 20));
            if (random() % 4 == 0) t.remove_label(node, company_);
            if (random() % 4 == 0) t.add_label(node, company_);
            if (random() % 8 == 0) {
                const auto before = t.savepoint();
                t.set_property(node, mixed_, Value::integer(random() % 20));
                (void)t.graph().find_equal(company_, mixed_, Value::integer(1));
                t.roll_back_to(before);
            }
        }
        const auto check = [&](const Graph& g) {
            const Value value = Value::floating(random() % 20);
            ASSERT_EQ(g.find_equal(company_, mixed_, value),
                      look_through(g, company_, mixed_, [&](const Value& v) { return index_equal_values(v, value); }));
        };
        check(t.graph());
        if (version % 7 == 0) check(graph);  // a reader of the base while the transaction runs
        graph = std::move(t).finish();
        check(graph);
        old.push_back(graph);
        check(old[random() % old.size()]);
    }
}

TEST_F(IndexedGraph, UndeclaredLookupsAreSafeFromManyThreads) {
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&, i] {
            for (int n = 0; n < 200; ++n) {
                (void)graph_.find_equal(company_, since_, Value::integer((n + i) % 100));
            }
        });
    }
    Graph graph = graph_;
    for (int n = 0; n < 50; ++n) {
        Transaction t(graph);
        t.set_property(NodeId{static_cast<std::uint32_t>(n)}, since_, Value::integer(5));
        graph = std::move(t).finish();
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(graph.find_equal(company_, since_, Value::integer(5)),
              look_through(graph, company_, since_, [](const Value& v) { return v == Value::integer(5); }));
}

class Constraints : public ::testing::Test {
protected:
    Transaction t_{Graph()};
    LabelId city_ = t_.label("City");
    KeyId name_ = t_.key("name"), code_ = t_.key("code");

    NodeId city(const Value& name) {
        const NodeId node = t_.create_node(std::span(&city_, 1));
        t_.set_property(node, name_, name);
        return node;
    }
    static std::string detail(const Result<void>& result) {
        return result ? "fine" : result.error().query->type + "." + result.error().query->detail;
    }
};

TEST_F(Constraints, AUniqueOneNoticesTheSecondNodeAndNamesBoth) {
    city(Value::string("창원"));
    ASSERT_TRUE(t_.create_constraint({"c", ConstraintKind::kUnique, false, "City", {"name"}}).ok());
    ASSERT_TRUE(t_.check_constraints().ok());
    const auto savepoint = t_.savepoint();
    city(Value::string("창원"));
    const auto result = t_.check_constraints();
    EXPECT_EQ(detail(result), "ConstraintValidationFailed.NotUnique");
    EXPECT_THAT(result.error().message, HasSubstr("node 1 and node 0"));
    EXPECT_THAT(result.error().message, HasSubstr("'창원'"));
    t_.roll_back_to(savepoint);
    EXPECT_TRUE(t_.check_constraints().ok());
    city(Value::null()), city(Value::null());
    city(Value::floating(std::nan(""))), city(Value::floating(std::nan("")));
    EXPECT_TRUE(t_.check_constraints().ok());
    city(Value::integer(1)), city(Value::floating(1.0));
    EXPECT_EQ(detail(t_.check_constraints()), "ConstraintValidationFailed.NotUnique");
}

TEST_F(Constraints, AValueIsNamedAsTheLanguageWritesIt) {
    ASSERT_TRUE(t_.create_constraint({"c", ConstraintKind::kUnique, false, "City", {"name"}}).ok());
    const std::pair<Value, const char*> cases[] = {
        {Value::floating(1), "`name` = 1.0;"},
        {Value::floating(-0.0), "`name` = -0.0;"},
        {Value::floating(0.1), "`name` = 0.1;"},
        {Value::date(Date{18'000}), "`name` = '2019-04-14';"},
        {Value::point({7203, 1, 2, 0}), "`name` = point({x: 1.0, y: 2.0, srid: 7203});"},
        {Value::list({Value::integer(1), Value::floating(2)}), "`name` = [1, 2.0];"},
    };
    for (const auto& [value, text] : cases) {
        const auto savepoint = t_.savepoint();
        city(value), city(value);
        const auto result = t_.check_constraints();
        ASSERT_FALSE(result.ok()) << text;
        EXPECT_THAT(result.error().message, HasSubstr(text));
        t_.roll_back_to(savepoint);
    }
}

TEST_F(Constraints, ExchangingTwoValuesInOneTransactionIsFine) {
    const NodeId a = city(Value::integer(1)), b = city(Value::integer(2));
    ASSERT_TRUE(t_.create_constraint({"c", ConstraintKind::kUnique, false, "City", {"name"}}).ok());
    t_.set_property(a, name_, Value::integer(2));
    t_.set_property(b, name_, Value::integer(1));
    EXPECT_TRUE(t_.check_constraints().ok());
}

TEST_F(Constraints, PresentDataThatViolatesRefusesTheConstraintAndLeavesNothing) {
    city(Value::integer(1)), city(Value::integer(1));
    EXPECT_EQ(detail(t_.create_constraint({"c", ConstraintKind::kUnique, false, "City", {"name"}})),
              "ConstraintValidationFailed.NotUnique");
    EXPECT_THAT(t_.graph().constraints(), IsEmpty());
    EXPECT_THAT(t_.graph().indexes(), IsEmpty());
    EXPECT_EQ(detail(t_.create_constraint({"c", ConstraintKind::kExists, false, "City", {"code"}})),
              "ConstraintValidationFailed.PropertyMissing");
}

TEST_F(Constraints, ExistenceAndNodeKeysNoticeWhatIsMissing) {
    ASSERT_TRUE(t_.create_constraint({"k", ConstraintKind::kNodeKey, false, "City", {"name", "code"}}).ok());
    const NodeId a = city(Value::integer(1));
    EXPECT_EQ(detail(t_.check_constraints()), "ConstraintValidationFailed.PropertyMissing");
    t_.set_property(a, code_, Value::integer(1));
    EXPECT_TRUE(t_.check_constraints().ok());
    const NodeId b = city(Value::integer(1));
    t_.set_property(b, code_, Value::integer(2));
    EXPECT_TRUE(t_.check_constraints().ok());
    t_.set_property(b, code_, Value::integer(1));
    EXPECT_EQ(detail(t_.check_constraints()), "ConstraintValidationFailed.NotUnique");
}

TEST_F(Constraints, RelationshipsHaveThemToo) {
    const NodeId a = city(Value::integer(1));
    const TypeId road = t_.type("ROAD");
    ASSERT_TRUE(t_.create_constraint({"r", ConstraintKind::kUnique, true, "ROAD", {"code"}}).ok());
    const RelId first = t_.create_relationship(a, a, road), second = t_.create_relationship(a, a, road);
    t_.set_property(first, code_, Value::integer(9));
    t_.set_property(second, code_, Value::integer(9));
    EXPECT_EQ(detail(t_.check_constraints()), "ConstraintValidationFailed.NotUnique");
    t_.delete_relationship(first);
    EXPECT_TRUE(t_.check_constraints().ok());
    EXPECT_THAT(t_.graph().rel_index_equal(road, code_, Value::integer(9)), ElementsAre(second));
}

TEST_F(Constraints, NamesAndTargetsAreTakenOnce) {
    ASSERT_TRUE(t_.create_index({"i", IndexKind::kRange, false, {"City"}, {"name"}}).ok());
    EXPECT_EQ(detail(t_.create_index({"i", IndexKind::kRange, false, {"City"}, {"code"}})), "SchemaError.IndexAlreadyExists");
    EXPECT_EQ(detail(t_.create_index({"j", IndexKind::kRange, false, {"City"}, {"name"}})), "SchemaError.IndexAlreadyExists");
    EXPECT_EQ(detail(t_.create_constraint({"c", ConstraintKind::kUnique, false, "City", {"name"}})), "SchemaError.IndexAlreadyExists");
    ASSERT_TRUE(t_.drop_index("i").ok());
    ASSERT_TRUE(t_.create_constraint({"c", ConstraintKind::kUnique, false, "City", {"name"}}).ok());
    EXPECT_EQ(detail(t_.drop_index("c")), "SchemaError.IndexBelongsToConstraint");
    ASSERT_TRUE(t_.drop_constraint("c").ok());
    EXPECT_THAT(t_.graph().indexes(), IsEmpty());
    EXPECT_EQ(detail(t_.drop_index("c")), "SchemaError.IndexNotFound");
    EXPECT_EQ(detail(t_.drop_constraint("c")), "SchemaError.ConstraintNotFound");
}

}  // namespace
}  // namespace maek::graph
