// Bytes of unknown origin to text.
#include <gmock/gmock.h>

#include <string>

#include "extract/pipeline.h"
#include "extract/text/html.h"

namespace maek::extract {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string decoded(std::string_view bytes) {
    auto article = decode_article(bytes, {});
    return article.ok() ? article->text : "error: " + article.error().message;
}

TEST(Decode, ReadsUtf8WithOrWithoutAMark) {
    EXPECT_EQ(decoded("한빛시"), "한빛시");
    EXPECT_EQ(decoded("\xEF\xBB\xBF한빛시"), "\uFEFF한빛시");
}

TEST(Decode, ReadsUtf16) {
    EXPECT_EQ(decoded(std::string_view("\xFF\xFE\x5C\xD5\x41\x00", 6)), "한A");
    EXPECT_EQ(decoded(std::string_view("\xFE\xFF\xD5\x5C\x00\x41", 6)), "한A");
}

TEST(Decode, ReadsUtf32ByItsMark) {
    EXPECT_EQ(decoded(std::string_view("\xFF\xFE\0\0\x5C\xD5\0\0\x41\0\0\0", 12)), "한A");
    EXPECT_EQ(decoded(std::string_view("\0\0\xFE\xFF\0\0\xD5\x5C\0\0\0\x41", 12)), "한A");
}

TEST(Decode, ReadsWindows949WithSyllablesThatEucKrLacks) {
    // "한빛시 똠방각하는 웃었다. " where 똠 is outside EUC-KR
    const std::string bytes = "\xC7\xD1\xBA\xFB\xBD\xC3 \x8C\x63\xB9\xE6\xB0\xA2\xC7\xCF\xB4\xC2 \xBF\xF4\xBE\xFA\xB4\xD9. ";
    EXPECT_EQ(decoded(bytes + bytes), "한빛시 똠방각하는 웃었다. 한빛시 똠방각하는 웃었다. ");
}

TEST(Decode, RefusesImagesByTheirKind) {
    EXPECT_THAT(decoded("\xFF\xD8\xFF\xE0 JFIF and more"), HasSubstr("JPEG"));
    EXPECT_THAT(decoded(std::string_view("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16)), HasSubstr("PNG"));
}

TEST(Decode, KeepsUtf8WithAFewDamagedPlaces) {
    std::string text;
    for (int i = 0; i < 50; ++i) text += "한빛시는 새로운 센터를 열었다. ";
    EXPECT_THAT(decoded(text + "\xFF" + text), HasSubstr("한빛시는 새로운"));
}

TEST(Html, FindsTheMainTextAndLeavesThePageOut) {
    const Page page = read_page(
        "<html><head><title>한빛시, 센터 연다</title><script>var a;</script></head><body><nav><a href=x>홈</a><a href=y>뉴스</a></nav>"
        "<div id=content><h1>한빛시, 센터 연다</h1><div class=body><p>한빛시는 센터를 열었다고 밝혔다. 시장도 왔다.</p><p>사업비는 16억원이다. 내년에 끝난다.</p></div></div>"
        "<div class=related><a href=z>다른 기사 제목이다.</a></div><footer>저작권</footer></body></html>");
    EXPECT_EQ(page.title, "한빛시, 센터 연다");
    EXPECT_THAT(page.text, HasSubstr("16억원"));
    EXPECT_THAT(page.text, Not(HasSubstr("다른 기사")));
    EXPECT_THAT(page.text, Not(HasSubstr("홈")));
}

TEST(Html, SurvivesElementsNestedBeyondReason) {
    std::string html = "<html><body>";
    for (int i = 0; i < 100000; ++i) html += "<div>";
    EXPECT_THAT(read_page(html + "한빛시가 열었다.").text, HasSubstr("한빛시"));
}

}  // namespace
}  // namespace maek::extract
