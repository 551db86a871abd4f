// An index changes no answer: over values of every type that can be stored, each comparison gives the
// same nodes, and the same relationships, by a property with an index (k) and by one with the same values
// and none (n).
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/query/temporary_store.h"

namespace maek::reference {
namespace {

const std::vector<std::string>& values() {
    static const std::vector<std::string> all{
        "1", "1.0", "-0.0", "0", "2.5", "9007199254740993", "9007199254740992.0", "0.0 / 0.0", "1.0 / 0.0",
        "true", "false", "''", "'a'", "'ab'", "'가나'", "'1'",
        "date('2020-01-01')", "date('2020-01-02')",
        "localtime('12:00')", "localtime('13:00')",
        "time('12:00Z')", "time('13:00+01:00')", "time('11:00-01:00')", "time('12:30Z')",
        "localdatetime('2020-01-01T00:00')", "localdatetime('2020-01-01T09:00:00.5')",
        "datetime('2020-01-01T00:00Z')", "datetime('2020-01-01T09:00+09:00')",
        "datetime('2020-01-01T09:00[Asia/Seoul]')", "datetime('2019-12-31T23:00-01:00')",
        "datetime('2020-01-01T00:00:00.000000001Z')",
        "duration('P1D')", "duration('PT24H')", "duration('P1M')", "duration('P30D')",
        "point({x: 1, y: 2})", "point({x: 1, y: 3})", "point({x: 1, y: 2, z: 0})",
        "point({longitude: 127, latitude: 37})",
        "[]", "[1]", "[1.0, 2]", "[1, 2]", "[2]", "['a']", "['b', 'a']", "[true]", "[date('2020-01-01')]",
        "[time('12:00Z'), time('12:00Z')]", "[time('13:00+01:00'), time('11:00Z')]",
        "[0.0 / 0.0]", "[duration('P1D')]",
    };
    return all;
}

// Compared with, but not storable as a property.
std::vector<std::string> operands() {
    std::vector<std::string> all = values();
    for (const char* more : {"null", "{a: 1}", "[1, null]", "[null]", "[[1]]", "[1, 'a']", "x"}) all.emplace_back(more);
    return all;
}

class IndexAgreementTest : public testing::Test {
protected:
    void SetUp() override {
        for (const std::string& value : values()) {
            done("CREATE (x:I) SET x.k = " + value + ", x.n = " + value);
            done("CREATE (:A)-[x:J]->(:A) SET x.k = " + value + ", x.n = " + value);
        }
        done("CREATE (:I)");
        done("CREATE (:A)-[:J]->(:A)");
        done("CREATE INDEX jk FOR ()-[x:J]-() ON (x.k)");
        done("CREATE INDEX ik FOR (x:I) ON (x.k)");
    }
    void done(const std::string& statement) {
        const auto result = store_.run(statement);
        ASSERT_TRUE(result.ok()) << statement << ": " << result.error().text();
    }
    // The ids found, or the words of the failure.
    std::string found(const std::string& statement) {
        const auto result = store_.run(statement);
        if (!result.ok()) return result.error().message;
        std::string ids;
        for (const auto& row : result->rows) ids += std::to_string(row[0].as_integer()) + " ";
        return ids;
    }
    // `condition` has the property as @, which may stand in any place.
    static std::string ask(const std::string& condition, const char* property, const char* pattern = "(i:I)") {
        std::string text = std::string("MATCH ") + pattern + " WHERE " + condition + " RETURN id(i) AS id ORDER BY id";
        for (std::size_t at; (at = text.find('@')) != std::string::npos;) text.replace(at, 1, property);
        return text;
    }
    void agree(const std::string& condition) {
        for (const char* pattern : kPatterns) {
            EXPECT_EQ(found(ask(condition, "i.k", pattern)), found(ask(condition, "i.n", pattern)))
                << pattern << " " << condition;
        }
    }

    static constexpr const char* kPatterns[] = {"(i:I)", "()-[i:J]->()"};
    maek::test::TemporaryStore store_;
};

TEST_F(IndexAgreementTest, EveryComparisonFindsTheSameWithAnIndexAsWithout) {
    for (std::string value : operands()) {
        const std::string from = value == "x" ? "'x' + 'y'" : value;
        for (const char* sign : {" = ", " < ", " <= ", " > ", " >= ", " STARTS WITH "}) agree("@" + (sign + from));
        for (const char* sign : {" = ", " < ", " <= ", " > ", " >= "}) agree(from + sign + "@");
        agree("@ IN [" + from + ", 'ab']");
        agree("@ >= " + from + " AND @ <= 'b'");
        agree("@ > " + from + " AND @ < " + from);
        agree("@ > " + from + " AND @ < 3");
        agree(from + " <= @ < " + from);
        agree("'a' < @ <= " + from);
        agree("@ = " + from + " OR @ = 'ab'");
    }
}

TEST_F(IndexAgreementTest, AValueOfEachRowFindsTheSameWithAnIndexAsWithout) {
    for (const char* sign : {"=", "<", "<=", ">", ">="}) {
        const auto pairs = [&](const char* property) {
            return found(std::string("MATCH (j:I) WITH j SKIP 0 MATCH (i:I) WHERE ") + property + " " + sign +
                         " j.n RETURN id(j) * 1000 + id(i) AS pair ORDER BY pair");
        };
        const auto relationships = [&](const char* property) {
            return found(std::string("MATCH (j:I) WITH j SKIP 0 MATCH ()-[i:J]->() WHERE ") + property + " " + sign +
                         " j.n RETURN id(j) * 1000 + id(i) AS pair ORDER BY pair");
        };
        EXPECT_EQ(relationships("i.k"), relationships("i.n")) << sign;
        const std::string with = pairs("i.k");
        EXPECT_FALSE(with.empty()) << sign;
        EXPECT_EQ(with, pairs("i.n")) << sign;
    }
}

TEST_F(IndexAgreementTest, WhatIsNoListIsRefusedWithAnIndexAsWithout) {
    agree("@ IN [5][0]");
    agree("@ IN head(['a', 1])");
}

TEST_F(IndexAgreementTest, AStatementKeptFromBeforeTheIndexWasDroppedFindsTheSame) {
    std::vector<std::string> conditions{"i.k STARTS WITH 'a'", "i.k = 1", "i.k IN ['a', 2.5]"};
    for (const char* value : {"1", "'a'", "time('12:00Z')", "[1]", "duration('P1D')"}) {
        conditions.push_back(std::string("i.k >= ") + value);
    }
    std::vector<std::string> before;
    for (const std::string& condition : conditions) {
        for (const char* pattern : kPatterns) before.push_back(found(ask(condition, "", pattern)));
    }
    done("DROP INDEX ik");
    done("DROP INDEX jk");
    std::size_t at = 0;
    for (const std::string& condition : conditions) {
        for (const char* pattern : kPatterns) EXPECT_EQ(found(ask(condition, "", pattern)), before[at++]) << condition;
    }
}

}  // namespace
}  // namespace maek::reference
