#include "schema/value.h"

#include <gtest/gtest.h>

namespace maek {
namespace {

TEST(Value, IsNullByDefaultAndAfterBeingMovedFrom) {
    Value value = Value::string("맥");
    const Value moved = std::move(value);
    EXPECT_EQ(moved.as_string(), "맥");
    EXPECT_TRUE(value.is_null());  // NOLINT(bugprone-use-after-move)
}

TEST(Value, KeepsMapEntriesSortedAndTheLastOfEqualKeys) {
    const Value map = Value::map({{"b", Value::integer(1)}, {"a", Value::integer(2)}, {"b", Value::integer(3)}});
    ASSERT_EQ(map.as_map().size(), 2u);
    EXPECT_EQ(map.as_map()[0].first, "a");
    EXPECT_EQ(map.find("b")->as_integer(), 3);
    EXPECT_EQ(map.find("c"), nullptr);
}

TEST(Value, KnowsItsDepthWithoutWalking) {
    Value value = Value::integer(1);
    for (int i = 0; i < 500; ++i) value = Value::list({value});
    EXPECT_EQ(value.depth(), 500u);
}

TEST(Value, TellsIntegersFromFloats) {
    EXPECT_FALSE(Value::integer(1) == Value::floating(1.0));
    EXPECT_EQ(Value::floating(0.5), Value::floating(0.5));
}

}  // namespace
}  // namespace maek
