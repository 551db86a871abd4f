#include "query/parse/korean_text.h"

#include <gtest/gtest.h>

namespace maek::query {
namespace {

std::string filled(std::string_view form, std::initializer_list<std::string_view> values) {
    return fill_korean(form, std::vector<std::string_view>(values));
}

TEST(KoreanText, TakesTheParticleThatFitsTheLastSyllable) {
    EXPECT_EQ(filled("'{0}'이(가) 없습니다", {"도시"}), "'도시'가 없습니다");
    EXPECT_EQ(filled("'{0}'이(가) 없습니다", {"이름"}), "'이름'이 없습니다");
    EXPECT_EQ(filled("{0}을(를) 쓰십시오", {"관계"}), "관계를 쓰십시오");
    EXPECT_EQ(filled("{0}와(과) {1}은(는)", {"색인", "제약"}), "색인과 제약은");
    EXPECT_EQ(filled("{0}(으)로", {"서울"}), "서울로");
    EXPECT_EQ(filled("{0}(으)로", {"부산"}), "부산으로");
}

TEST(KoreanText, ReadsLatinLettersAndDigitsAsTheyAreSaid) {
    for (const std::string_view open : {"LIST", "INTEGER", "FLOAT", "NODE", "PATH", "DATE", "2", "4", "5", "9", "a", "foo", "count(*)"}) {
        EXPECT_FALSE(korean_ending(open).consonant) << open;
    }
    for (const std::string_view closed : {"STRING", "BOOLEAN", "MAP", "RELATIONSHIP", "DURATION", "ZONED TIME", "people", "name", "1", "3", "6", "n", "x.n'"}) {
        EXPECT_TRUE(korean_ending(closed).consonant) << closed;
    }
    EXPECT_EQ(filled("{0}이어야", {"LIST"}), "LIST여야");
    EXPECT_EQ(filled("{0}이어야", {"STRING"}), "STRING이어야");
    EXPECT_EQ(filled("{0}이어야", {"1 argument"}), "1개여야");
    EXPECT_FALSE(korean_ending("").consonant);
    EXPECT_FALSE(korean_ending("'`*").consonant);
}

TEST(KoreanText, TranslatesPhrasesAndListsOfOurs) {
    EXPECT_EQ(korean_phrase("a node or relationship"), "노드 또는 관계");
    EXPECT_EQ(korean_phrase("INTEGER, FLOAT or LOCAL TIME"), "INTEGER, FLOAT 또는 LOCAL TIME");
    EXPECT_EQ(korean_phrase("a NODE, RELATIONSHIP or MAP"), "NODE, RELATIONSHIP 또는 MAP");
    EXPECT_EQ(korean_phrase("',' or '}'"), "',' 또는 '}'");
    EXPECT_EQ(korean_phrase("labels, types or limit"), "labels, types 또는 limit");
    EXPECT_EQ(korean_phrase("at least 1 arguments"), "1개 이상");
    EXPECT_EQ(korean_phrase("2 to 3 arguments"), "2개에서 3개");
    EXPECT_EQ(korean_phrase("nodes with label `U`"), "레이블 `U`의 노드");
    EXPECT_EQ(korean_phrase("missing ): (a"), ")가 빠졌습니다: (a");
}

TEST(KoreanText, LeavesTheUsersTextAlone) {
    EXPECT_EQ(korean_phrase("a or b"), "a or b");
    EXPECT_EQ(korean_phrase("STRING 'this or that'"), "STRING 'this or that'");
    EXPECT_EQ(filled("변수 '{0}': 없습니다", {"a list"}), "변수 'a list': 없습니다");
    EXPECT_EQ(filled("{0} {1}", {"{1}", "x"}), "{1} x");
}

}  // namespace
}  // namespace maek::query
