// What is written comes back the same, and damaged bytes are refused, not read past.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "storage/codec/bytes.h"
#include "storage/codec/keys.h"
#include "storage/codec/records.h"
#include "storage/codec/value_codec.h"

namespace maek::storage {
namespace {

std::vector<Value> one_of_each() {
    return {Value::boolean(false),
            Value::boolean(true),
            Value::integer(0),
            Value::integer(-1),
            Value::integer(std::numeric_limits<std::int64_t>::min()),
            Value::integer(std::numeric_limits<std::int64_t>::max()),
            Value::floating(-0.0),
            Value::floating(std::numeric_limits<double>::quiet_NaN()),
            Value::floating(std::numeric_limits<double>::infinity()),
            Value::string(""),
            Value::string(std::string_view("한글\0x", 8)),
            Value::list({}),
            Value::list({Value::integer(1), Value::list({Value::string("a"), Value()})}),
            Value::date(Date{-365'000'000'000}),
            Value::local_time(LocalTime{86'399'999'999'999}),
            Value::time(Time{1, -64'800}),
            Value::local_date_time(LocalDateTime{-1, 999'999'999}),
            Value::date_time(DateTime{1'600'000'000, 5, 32'400, "Asia/Seoul"}),
            Value::duration(Duration{-1, 2, -3, 999'999'999}),
            Value::point(Point{4326, 126.7, 37.4, 0}),
            Value::point(Point{9157, 1, 2, 3})};
}

std::string bytes_of(const Value& value) {
    std::string bytes;
    ByteWriter out(bytes);
    encode_value(out, value);
    return bytes;
}

TEST(ValueCodec, GivesBackEveryKindOfValue) {
    for (const Value& value : one_of_each()) {
        const std::string bytes = bytes_of(value);
        ByteReader in(bytes);
        EXPECT_EQ(decode_value(in), value) << kind_name(value.kind());
        EXPECT_TRUE(in.finished()) << kind_name(value.kind());
    }
}

TEST(ValueCodec, RefusesEveryShortenedValue) {
    for (const Value& value : one_of_each()) {
        const std::string bytes = bytes_of(value);
        for (std::size_t length = 0; length < bytes.size(); ++length) {
            ByteReader in(std::string_view(bytes).substr(0, length));
            (void)decode_value(in);
            EXPECT_TRUE(in.failed()) << kind_name(value.kind()) << " cut to " << length;
        }
    }
}

TEST(ValueCodec, RefusesNestingThatNoValueHas) {
    // Tag 6 with one item, over and over.
    std::string bytes;
    for (int i = 0; i < 1'000'000; ++i) bytes += "\x06\x01";
    ByteReader in(bytes);
    (void)decode_value(in);
    EXPECT_TRUE(in.failed());
}

TEST(ValueCodec, RefusesACountLargerThanTheBytes) {
    const std::string bytes("\x06\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F", 10);
    ByteReader in(bytes);
    (void)decode_value(in);
    EXPECT_TRUE(in.failed());
}

TEST(ByteReader, RefusesAVarintOverSixtyFourBits) {
    const std::string bytes("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02", 10);
    ByteReader in(bytes);
    in.varint();
    EXPECT_TRUE(in.failed());
}

TEST(Records, GiveBackANodeWithItsLabelsAndProperties) {
    const NodeRecord record{{LabelId{0}, LabelId{7}},
                            {{KeyId{0}, Value::string("인천테크노파크")}, {KeyId{300}, Value::integer(7)}}};
    EXPECT_EQ(decode_node(encode_node(record)), record);
}

TEST(Records, GiveBackARelationship) {
    const RelationshipRecord record{NodeId{4'000'000'000}, NodeId{0}, TypeId{3}, {{KeyId{1}, Value::floating(0.5)}}};
    EXPECT_EQ(decode_relationship(encode_relationship(record)), record);
}

TEST(Records, GiveBackARedoEntry) {
    const RedoEntry entry{1, 2, {NodeId{0}, NodeId{5}, NodeId{4'000'000'000}}, {RelId{9}}, true, false};
    EXPECT_EQ(decode_redo(encode_redo(entry)), entry);
}

TEST(Records, GiveBackDefinitionsAndTheState) {
    const graph::IndexInfo index{"by_name", graph::IndexKind::kText, false, {"City"}, {"name"}, false};
    EXPECT_EQ(decode_index(encode_index(index)), index);
    const graph::ConstraintInfo constraint{"one", graph::ConstraintKind::kNodeKey, true, "FUNDS", {"a", "b"}};
    EXPECT_EQ(decode_constraint(encode_constraint(constraint)), constraint);
    const StateRecord state{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    EXPECT_EQ(decode_state(encode_state(state)), state);
}

TEST(Records, SurviveAnyBytes) {
    std::mt19937 random(7);
    for (int i = 0; i < 200'000; ++i) {
        std::string bytes(random() % 40, '\0');
        for (char& c : bytes) c = static_cast<char>(random());
        (void)decode_node(bytes);
        (void)decode_relationship(bytes);
        (void)decode_redo(bytes);
        (void)decode_index(bytes);
        (void)decode_constraint(bytes);
        (void)decode_state(bytes);
        (void)decode_identity(bytes);
    }
}

TEST(Records, RefuseBytesAfterTheEnd) {
    EXPECT_FALSE(decode_node(encode_node({}) + "x"));
    EXPECT_FALSE(decode_state(encode_state({}) + "x"));
}

TEST(Keys, KeepTheOrderOfNumbers) {
    EXPECT_LT(id_key(KeyKind::kNode, 255), id_key(KeyKind::kNode, 256));
    EXPECT_LT(id_key(KeyKind::kNode, 0x7FFFFFFF), id_key(KeyKind::kNode, 0x80000000));
    EXPECT_LT(redo_key(9), redo_key(10));
    EXPECT_EQ(id_of_key(id_key(KeyKind::kLabel, 4'000'000'000)), 4'000'000'000);
    EXPECT_EQ(commit_of_redo_key(redo_key(1'000'000'000'000)), 1'000'000'000'000);
}

TEST(Keys, KeepFamiliesApart) {
    const std::string key = family_key("article", "seed-001");
    const auto parsed = parse_family_key(key);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->family, "article");
    EXPECT_EQ(parsed->key, "seed-001");
    EXPECT_FALSE(family_key("articles", "x").starts_with(family_key("article", "")));
    EXPECT_FALSE(parse_family_key("F"));
    EXPECT_FALSE(parse_family_key(std::string("F\x09short", 7)));
}

}  // namespace
}  // namespace maek::storage
