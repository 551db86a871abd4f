// Queries made to break the reader: each is answered, or refused with its place, within a second
// and on a stack of 512 KiB.
#include <gtest/gtest.h>

#include "tests/query/bind/fake_catalogue.h"
#include "tests/query/parse/small_stack.h"

namespace maek::query {
namespace {

std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    out.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

std::string listed(std::size_t n, const char* separator, const char* item) {
    std::string out = item;
    for (std::size_t i = 1; i < n; ++i) (out += separator) += item;
    return out;
}

// Of processor time; the builds with sanitizers need several times more than the shipped one.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr double kSeconds = 10.0;
#else
constexpr double kSeconds = 1.0;
#endif

std::string fault_on_small_stack(const std::string& query) {
    std::string out;
    const double seconds = seconds_on_small_stack([&] { out = fault(query); });
    EXPECT_GE(seconds, 0) << "no thread";
    EXPECT_LT(seconds, kSeconds) << query.substr(0, 60);
    return out;
}

TEST(Hostile, DeepNestingIsRefusedAtItsPlace) {
    const std::size_t n = 100'000;
    for (const std::string& query : {
             "RETURN " + std::string(n, '(') + "1" + std::string(n, ')'),
             "RETURN " + std::string(n, '('),
             "RETURN " + std::string(1'000'000, '['),
             "RETURN " + std::string(n, '[') + std::string(n, ']'),
             "RETURN " + repeated("{a:", n),
             "RETURN " + repeated("NOT ", n) + "true",
             "RETURN " + repeated("-", n) + "x",
             "RETURN " + repeated("- ", n) + "1",
             "RETURN " + repeated("f(", n),
             "RETURN " + repeated("CASE WHEN ", n),
             "RETURN " + repeated("[x IN ", n),
             "RETURN " + repeated("[(a)-->(b) WHERE ", n),
             "RETURN " + repeated("EXISTS { MATCH (n) WHERE ", n),
             "RETURN " + repeated("COUNT { (a {x: ", n),
             "RETURN " + repeated("reduce(a = ", n),
             "MATCH " + repeated("(", n),
             "MATCH " + repeated("(a WHERE ", n),
             "MATCH (a:" + repeated("(", n),
             "MATCH (a:" + repeated("!", n) + "A) RETURN a",
             "MATCH (a:" + repeated("$(x:", n),
             repeated("CALL { ", n),
             repeated("FOREACH (x IN [1] | ", n),
             "RETURN x IS TYPED " + repeated("LIST<", n),
             "RETURN a" + repeated(".b", 40'000),
             "RETURN a" + repeated("[0]", 40'000),
             "RETURN a" + repeated(" IS NULL", 40'000),
             "RETURN a" + repeated(" IN a", 40'000),
             "RETURN a" + repeated(":A", 400) + repeated(" IS NULL", 400),
         }) {
        const std::string got = fault_on_small_stack(query);
        EXPECT_TRUE(got.starts_with("SyntaxError/")) << query.substr(0, 60) << " gave " << got;
    }
}

TEST(Hostile, AllowedDepthIsSafeInEveryForm) {
    for (const char* open : {"(", "[", "NOT (", "{a: ", "-(", "toString(", "[x IN ", "coalesce(1, "}) {
        std::string query = "RETURN ";
        for (int i = 0; i < 100; ++i) query += open;
        query += "1";
        for (int i = 0; i < 100; ++i) query += query.find("{a") != std::string::npos ? "}" : std::string(open).find('[') != std::string::npos ? "]" : ")";
        fault_on_small_stack(query + " AS x");
    }
    std::string nested = "true";
    for (int i = 0; i < 18; ++i) nested = "EXISTS { MATCH (n" + std::to_string(i) + ") WHERE " + nested + " }";
    EXPECT_EQ(fault_on_small_stack("RETURN " + nested + " AS x"), "");
}

TEST(Hostile, LongChainsAreNoDeepTrees) {
    for (const char* op : {" AND ", " OR ", " XOR "}) {
        EXPECT_EQ(fault_on_small_stack("RETURN " + listed(90'000, op, "true") + " AS x"), "") << op;
    }
    for (const char* op : {" + ", " * ", " ^ ", " || "}) {
        EXPECT_EQ(fault_on_small_stack("RETURN " + listed(90'000, op, "1") + " AS x"), "") << op;
    }
    EXPECT_EQ(fault_on_small_stack("RETURN " + listed(50'000, " < ", "1") + " AS x"), "");
    EXPECT_EQ(fault_on_small_stack("RETURN [" + listed(90'000, ", ", "1") + "] AS x"), "");
    EXPECT_EQ(fault_on_small_stack("MATCH (a:" + listed(50'000, "|", "A") + ") RETURN a"), "");
    EXPECT_EQ(fault_on_small_stack("RETURN " + listed(100'000, " AND ", "true") + " AS x").substr(0, 24),
              "SyntaxError/QueryTooLong") << "200,001 words and signs";
}

TEST(Hostile, ManyClausesAreFine) {
    EXPECT_EQ(fault_on_small_stack(repeated("MATCH (n) ", 10'000) + "RETURN n"), "");
    EXPECT_EQ(fault_on_small_stack(repeated("CREATE () ", 10'000)), "");
    EXPECT_EQ(fault_on_small_stack(listed(10'000, " UNION ALL ", "RETURN 1 AS x")), "");
    EXPECT_EQ(fault_on_small_stack("WITH 1 AS x " + repeated("WITH x AS x ", 10'000) + "RETURN x"), "");
    EXPECT_EQ(fault_on_small_stack("MATCH " + listed(20'000, "-->", "()") + " RETURN 1 AS x"), "");
}

TEST(Hostile, VariablesThatGrowWithEveryClauseAreRefused) {
    std::string query;
    for (int i = 0; i < 20'000; ++i) query += "LET x" + std::to_string(i) + " = 1 ";
    EXPECT_EQ(fault_on_small_stack(query + "RETURN 1 AS x").substr(0, 24), "SyntaxError/QueryTooLong");
}

TEST(Hostile, RepeatedComparisonsDoNotMultiply) {
    std::string query = "1";
    for (int i = 0; i < 60; ++i) query = "0 < (" + query + ") < 2";
    fault_on_small_stack("RETURN " + query + " AS x");
}

TEST(Hostile, BytesThatAreNoTextHaveAPlace) {
    EXPECT_TRUE(fault(std::string("RETURN \0 1", 10)).starts_with("SyntaxError/InvalidUnicodeCharacter 1:8"));
    EXPECT_TRUE(fault("RETURN '\xED\xA0\x80'").starts_with("SyntaxError/InvalidUnicodeCharacter 1:9"));
    EXPECT_TRUE(fault("RETURN 1 \xFF").starts_with("SyntaxError/InvalidUnicodeCharacter 1:10"));
    EXPECT_TRUE(fault("").starts_with("SyntaxError/UnexpectedSyntax 1:1"));
}

}  // namespace
}  // namespace maek::query
