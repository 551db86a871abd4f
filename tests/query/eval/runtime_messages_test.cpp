#include "query/eval/runtime_messages.h"

#include <gtest/gtest.h>

#include "query/parse/query_error.h"
#include "tests/query/eval/tiny_query.h"

namespace maek::query::test {
namespace {

// Each line: an expression that fails. Its message must have a Korean form that keeps the values.
TEST(KoreanMessages, AreKnownForEveryFailureOfEvaluation) {
    for (const char* text :
         {"1 + true", "-'a'", "9223372036854775807 + 1", "toInteger(1e30)", "1 / 0", "1 % 0", "duration('P1D') / 0", "[1]['a']", "{a: 1}[0]",
          "(1).x", "'abc'[0]", "[1]['a'..]", "1 IN 2", "'a' =~ '('", "range(1, 1000000000000000000)", "toUpper(1)", "left('a', 'b')", "left('a', -1)",
          "coll.insert([1], 3, 2)", "range(1, 2, 0)", "range(1, 2.5)", "coll.flatten([1], -1)", "round(1.2, -1)", "round(1.2, 1, 'X')",
          "normalize('a', 'X')", "point({x: 1, y: 2, srid: 1})", "point({x: 1, y: 2, crs: 'moon'})", "point({x: 1})",
          "point({x: 1, y: 2, crs: 'cartesian-3d'})", "point({x: 1, y: 2, z: 3, crs: 'cartesian'})", "point({longitude: 1, latitude: 2, crs: 'cartesian'})",
          "point({longitude: 1, latitude: 99})", "date('x')", "date({year: 2020, month: 13})", "date({date: localtime('10')})", "localtime({time: date('2020')})",
          "duration({days: 1e300})", "datetime({datetime: datetime(), date: date()})", "date({year: 2020, day: 1})", "date({year: 2020, hour: 1})",
          "date({year: 2021, week: 53})", "date({year: 2020, month: 1, week: 1})", "date({})", "localtime({})", "localtime({hour: 1, nanosecond: 1})",
          "datetime({epochSeconds: 1, epochMillis: 1})", "duration({})", "localtime(date('2020'))", "datetime.fromEpoch(9223372036854775807, 9223372036854775807)",
          "datetime('2026-07-01T02:30+01:00[Europe/Berlin]')", "datetime('2020-01-01T10:00[Mars/Base]')", "date('+999999999-12-31') + duration('P1D')",
          "date({year: 2021, month: 2, day: 29})", "duration({years: 9223372036854775807})", "duration({seconds: 9223372036854775807}).nanoseconds",
          "date.truncate('fortnight', date('2020'))", "date.truncate('day', localtime('10'))", "date.truncate('hour', date('2020'))",
          "localdatetime.truncate('hour', date('2020'))"}) {
        TinyQuery query;
        try {
            ADD_FAILURE() << text << " gave " << to_literal(query.evaluate(text));
        } catch (const QueryError& error) {
            const std::string english = error.error().message;
            EXPECT_NE(runtime_message_in_korean(english), english) << text;
        } catch (const std::string& problem) {
            ADD_FAILURE() << text << ": " << problem;
        }
    }
}

TEST(KoreanMessages, KeepTheValues) {
    EXPECT_EQ(runtime_message_in_korean("cannot apply - to MAP {name: '강원'} and INTEGER 1"),
              "연산자 -: MAP {name: '강원'} 및 INTEGER 1에는 쓸 수 없습니다");
    EXPECT_EQ(runtime_message_in_korean("left() as argument 2 expects INTEGER, got STRING 'b'"),
              "left(): 2번째 인자는 INTEGER이어야 하는데 STRING 'b'입니다");
    EXPECT_EQ(runtime_message_in_korean("nothing of the table"), "nothing of the table");
    EXPECT_EQ(runtime_message_in_korean(""), "");
}

}  // namespace
}  // namespace maek::query::test
