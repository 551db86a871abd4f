// Shadow text, lines and sentences, on sentences of our own.
#include <gmock/gmock.h>

#include <chrono>
#include <algorithm>
#include <string>
#include <vector>

#include "extract/text/letter_marks.h"
#include "extract/text/prepare.h"
#include "extract/text/utf8.h"

namespace maek::extract {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Document prepared(std::string text, std::string title = {}) {
    Article article;
    article.text = std::move(text);
    article.title = std::move(title);
    return prepare(article);
}

std::vector<std::string> sentences(const Document& document, bool useful = true) {
    std::vector<std::string> out;
    for (const Sentence& s : document.sentences) {
        if (s.useful() == useful) out.emplace_back(document.view(s.span));
    }
    return out;
}

TEST(Normalise, ComposesHangulAndMapsBackToTheInput) {
    // "한빛" in jamo, then a zero-width space
    const Document d = prepared("\u1112\u1161\u11AB\u1107\u1175\u11BE\u200B시는 웃었다.");
    EXPECT_EQ(d.text, "한빛시는 웃었다.");
    EXPECT_EQ(d.offsets.code_point(0), 0u);
    EXPECT_EQ(d.offsets.code_point(3), 3u);   // 빛 begins at the fourth jamo
    EXPECT_EQ(d.offsets.code_point(6), 7u);   // 시 behind the zero-width space
    EXPECT_EQ(d.offsets.code_point(static_cast<std::uint32_t>(d.text.size())), 14u);
    EXPECT_EQ(d.offsets.byte(7), 6u);
}

TEST(Normalise, RestoresAMiddleDotLostToAQuestionMarkButKeepsQuestions) {
    EXPECT_EQ(prepared("항공?드론 산업").text, "항공·드론 산업");
    EXPECT_EQ(prepared("왜 갔을까?아무도 모른다").text, "왜 갔을까?아무도 모른다");
}

TEST(Normalise, PutsTheRecordsTitleInFrontUnlessTheTextBeginsWithIt) {
    const Document with = prepared("본문이다.", "한빛시, 센터 연다");
    EXPECT_THAT(with.text, HasSubstr("한빛시, 센터 연다\n\n본문"));
    EXPECT_EQ(with.offsets.code_point(with.body_begin), 0u);
    EXPECT_EQ(prepared("한빛시, 센터 연다\n본문이다.", "한빛시, 센터 연다").body_begin, 0u);
}

TEST(Normalise, AWindowsLineEndIsNoPartOfTheSentenceBeforeIt) {
    const Document d = prepared("한빛시는 웃었다.\r\n나래시는 울었다.\r\n");
    EXPECT_EQ(d.text, "한빛시는 웃었다.\n나래시는 울었다.\n");
    ASSERT_EQ(d.sentences.size(), 2u);
    EXPECT_EQ(d.offsets.span(d.sentences[0].span).end, 9);
    EXPECT_EQ(d.offsets.span(d.sentences[1].span).start, 11);
    EXPECT_EQ(d.offsets.span(d.sentences[1].span).end, 20);
}

TEST(Sentences, EndAtStopsAndNotInsideNumbersDatesOrQuotations) {
    const Document d = prepared(
        "한빛시는 2026. 4. 13. 센터를 열었다. 사업비는 3.5억원이다. 시장은 “좋다. 아주 좋다.”고 말했다. 끝이다.");
    EXPECT_THAT(sentences(d), ElementsAre("한빛시는 2026. 4. 13. 센터를 열었다.", "사업비는 3.5억원이다.",
                                          "시장은 “좋다. 아주 좋다.”고 말했다.", "끝이다."));
}

TEST(Sentences, SurviveLostBlanks) {
    EXPECT_THAT(sentences(prepared("센터를 열었다.이날 시장도 왔다.")), ElementsAre("센터를 열었다.", "이날 시장도 왔다."));
    EXPECT_THAT(sentences(prepared("The mayor came on Tuesday.Since then the U.S. firm of Dr. Kim stayed.")),
                ElementsAre("The mayor came on Tuesday.", "Since then the U.S. firm of Dr. Kim stayed."));
}

TEST(Sentences, CutBylinesAndMailAddressesOut) {
    const Document d = prepared("(서울=한빛통신) 김하늘 기자 = 한빛시가 센터를 열었다. 이도윤 기자 a@b.kr");
    EXPECT_THAT(sentences(d), ElementsAre("한빛시가 센터를 열었다."));
}

TEST(Sentences, CutEnglishBylinesAndPictureCreditsOut) {
    EXPECT_THAT(sentences(prepared("The city opens a harbor today. By Jang Ha-neul and Bit Garam")), ::testing::ElementsAre("The city opens a harbor today."));
    EXPECT_THAT(sentences(prepared("The mayor of the city spoke about the old harbor on Friday. “It needs light.”By Jang Ha-neul(a@b.kr)")),
                ::testing::ElementsAre("The mayor of the city spoke about the old harbor on Friday.", "“It needs light.”"));
    EXPECT_THAT(sentences(prepared("The harbor was built. By Friday the city sells it")), ::testing::ElementsAre("The harbor was built.", "By Friday the city sells it"));
    EXPECT_THAT(sentences(prepared("It opens in May. Jang Ha-neul / The Korea HeraldAt the harbor it rains.")), ::testing::ElementsAre("It opens in May.", "At the harbor it rains."));
    EXPECT_THAT(sentences(prepared("Garam and/or The Korea Herald were there.")), ::testing::SizeIs(1));
}

TEST(Sentences, AQuotationThatClosedIsClosed) {
    EXPECT_THAT(sentences(prepared("The city named its \"N-ICT 2030\" project on Friday. It will build a centre. The \"smart\" town opens soon.")),
                ElementsAre("The city named its \"N-ICT 2030\" project on Friday.", "It will build a centre.", "The \"smart\" town opens soon."));
    EXPECT_THAT(sentences(prepared("\"We build it. We run it,\" said the mayor. \"It opens in May.\" The city pays.")),
                ElementsAre("\"We build it. We run it,\" said the mayor.", "\"It opens in May.\"", "The city pays."));
    EXPECT_THAT(sentences(prepared("시장은 \"센터를 짓겠다. 돈도 낸다\"고 말했다. 시는 \"늦지 않게\" 문을 연다. 군도 돕는다.")),
                ElementsAre("시장은 \"센터를 짓겠다. 돈도 낸다\"고 말했다.", "시는 \"늦지 않게\" 문을 연다.", "군도 돕는다."));
    EXPECT_THAT(sentences(prepared("시장은 “센터를 짓겠다.”라고 말했다. 군도 돕는다.")), ElementsAre("시장은 “센터를 짓겠다.”라고 말했다.", "군도 돕는다."));
}

TEST(Sentences, EndWhereASignOrAQuotationFollowsWithoutABlank) {
    EXPECT_THAT(sentences(prepared("시장은 연다고 강조했다.◇역대 최대 규모 시는 문을 연다.")), ElementsAre("시장은 연다고 강조했다.", "◇역대 최대 규모 시는 문을 연다."));
    EXPECT_THAT(sentences(prepared("소감을 말씀하신다면.“먼저 감사드립니다. 최선을 다하겠습니다.”▷계획은 무엇인가요.")),
                ElementsAre("소감을 말씀하신다면.", "“먼저 감사드립니다. 최선을 다하겠습니다.”", "▷계획은 무엇인가요."));
    EXPECT_THAT(sentences(prepared("The town pays for education.NHK Korea opened a school for the ministry.“Some stay. Some go,” she said.")),
                ElementsAre("The town pays for education.", "NHK Korea opened a school for the ministry.", "“Some stay. Some go,” she said."));
}

TEST(Sentences, BeginBehindTheWordsOfAPictureThatAreStuckToThem) {
    EXPECT_THAT(sentences(prepared("한빛기술부 로고한빛기술부와 가온부는 센터를 열었다.")), ElementsAre("한빛기술부와 가온부는 센터를 열었다."));
    EXPECT_THAT(sentences(prepared("한빛기술부 차관은 한빛기술부가 센터를 연다고 했다.")), ElementsAre("한빛기술부 차관은 한빛기술부가 센터를 연다고 했다."));
}

TEST(Sentences, CutADatelineWithoutAReporterOut) {
    EXPECT_THAT(sentences(prepared("(한빛=가람통신) = 한빛시가 센터를 열었다.")), ElementsAre("한빛시가 센터를 열었다."));
    EXPECT_THAT(sentences(prepared("[나래=가람뉴스] 나래시가 센터를 열었다.")), ElementsAre("나래시가 센터를 열었다."));
    EXPECT_THAT(sentences(prepared("(면적=30만㎡) 한빛시가 센터를 열었다.")), ElementsAre("(면적=30만㎡) 한빛시가 센터를 열었다."));
}

TEST(Sentences, AreNeverLongerThanAThousandCodePoints) {
    std::string endless;
    for (int i = 0; i < 5000; ++i) endless += "가나 ";
    for (const Sentence& s : prepared(endless).sentences) EXPECT_LE(s.span.size(), 3000u);
}

TEST(Lines, LeavesOutRowsOfButtons) {
    EXPECT_THAT(sentences(prepared("Narae opens a centre\n\nfacebook  twitter  print  +  -\n\nNarae City opened a centre on Friday.")),
                ElementsAre("Narae opens a centre", "Narae City opened a centre on Friday."));
    EXPECT_THAT(sentences(prepared("한빛시, 센터 열어\n\n공유 | 댓글 | 프린트\n\n한빛시가 지역 경제를 살린다.")), ElementsAre("한빛시, 센터 열어", "한빛시가 지역 경제를 살린다."));
    EXPECT_THAT(sentences(prepared("한빛시 소식\n\n제공 : (재)한빛테크노파크 정책기획단   /   매수 : 본문 2매\n\n한빛시가 센터를 열었다.")), ElementsAre("한빛시 소식", "한빛시가 센터를 열었다."));
}

TEST(Lines, LeavesOutThePageAroundTheArticle) {
    const Document d = prepared(
        "광고\n광고\n공유\n한빛시, 새 센터 연다\n\n한빛시는 11일 한빛기술센터를 열었다고 밝혔다.\n"
        "저작권자 © 한빛신문 무단전재 및 재배포 금지\n관련기사\n다른 시의 다른 기사 제목\n또 다른 제목");
    EXPECT_THAT(sentences(d), ElementsAre("한빛시, 새 센터 연다", "한빛시는 11일 한빛기술센터를 열었다고 밝혔다."));
}

TEST(Lines, LeavesOutContactBlocksAndAttachmentsOfReleases) {
    const Document d = prepared(
        "# 새 사업을 시작한다\n- 부처: 한빛부\n\n## 본문\n\n한빛부는 새 사업을 시작했다고 밝혔다.\n\n## 담당 부서\n\n"
        "- 담당자: 사무관 / 김하늘(044-000-0000)\n\n## 첨부파일\n\n- 자료.hwpx");
    EXPECT_THAT(sentences(d), ElementsAre("새 사업을 시작한다", "한빛부는 새 사업을 시작했다고 밝혔다."));
}

TEST(Lines, KnowsARepeatedBodyAndATranslatedTail) {
    std::string body;
    for (int i = 0; i < 12; ++i) body += "한빛시는 올해도 여러 기관과 함께 새로운 사업을 꾸준히 추진한다고 밝혔다.\n" + std::to_string(i) + "번째로 나온 이야기는 이러하다고 했다.\n";
    const Document d = prepared(body + "Hanbit City said it would push for a new project this year together with several institutions. "
                                       "The mayor said that the city would do its best to help all firms in the region grow. And so it will be.");
    std::size_t repeats = 0, translated = 0;
    for (const Sentence& s : d.sentences) {
        repeats += s.kind == SentenceKind::kRepeat;
        translated += s.kind == SentenceKind::kTranslation;
    }
    EXPECT_EQ(repeats, 11u);
    EXPECT_EQ(translated, 3u);
}

TEST(Lines, ATranslatedTailMayBeFollowedByAKoreanRemark) {
    std::string body;
    for (int i = 0; i < 8; ++i) body += std::to_string(i) + "번째로 한빛시는 올해도 여러 기관과 함께 새로운 사업을 꾸준히 추진한다고 밝혔다.\n";
    const Document d = prepared(body + "Hanbit City said it would push for a new project this year together with several institutions. "
                                       "The mayor said that the city would do its best to help all firms in the region grow. And so it will be.\n"
                                       "이 글은 한빛일보의 자체 기사로 여러 독자의 물음에 답하려고 쓰였다.");
    EXPECT_EQ(std::count_if(d.sentences.begin(), d.sentences.end(), [](const Sentence& s) { return s.kind == SentenceKind::kTranslation; }), 3);
    EXPECT_TRUE(d.sentences.back().useful());
}

TEST(Sentences, AStopAndOneCapitalMayEndTheText) {
    EXPECT_THAT(sentences(prepared("It opened on Tuesday.S")), ElementsAre("It opened on Tuesday.S"));
}

TEST(Lines, KnowTheListsOfOtherArticles) {
    const std::string body = "누리시, 가람센터 세운다\n\n누리시는 5일 가람센터를 세운다고 밝혔다. 시는 내년에 공사를 시작해 두 해 안에 마칠 계획이다.\n\n";
    for (const char* tail : {"함께 볼만한 뉴스\n· 한빛TP, 다솜대와 협약\n· 온새시, 입주 기업 확정\n", "[실시간 랭킹]\n1. 한빛시·다솜전자 간담회\n2. 온새군 예산 반영\n",
                             "☞ 지난 브리핑 보기\n - 한빛시·다솜전자 간담회\n", "▼ 이웃 소식 ▼\n[온새시] 다솜대와 계약학과 협약\n", "MOST READ\n1. Hanbit merger vote looms\n",
                             "[관련기사] ▷한빛시·다솜전자 실증 ▷온새 신사옥\n", "뉴스 > 한빛 > 온새·누리\n", "/글·사진 산업부\n", "페이스북(으)로 기사보내기   트위터(으)로 기사보내기\n",
                             "<자료출처=정책브리핑 www.example.kr> 단, 사진 등의 일부 자료는 다솜부가 저작권을 보유합니다.\n"}) {
        const Document d = prepared(body + tail);
        const std::size_t end = d.text.find("\n\n", d.text.find("마칠 계획이다."));
        for (const Sentence& sentence : d.sentences) EXPECT_TRUE(!sentence.useful() || sentence.span.begin < end) << tail << "reads: " << d.view(sentence.span);
    }
    const Document kept = prepared(body + "협약 기관\n- 한빛TP\n- 다솜대학교\n");
    EXPECT_TRUE(std::any_of(kept.sentences.begin(), kept.sentences.end(), [&](const Sentence& s) { return s.useful() && kept.view(s.span).find("다솜대학교") != std::string_view::npos; }));
}

TEST(Lines, CutTheTermsOfUseBehindTheLastSentence) {
    const Document d = prepared("누리시는 5일 가람센터를 세운다고 밝혔다. 시는 내년에 공사를 시작한다. <자료출처=정책브리핑 www.example.kr> '텍스트'에 한하여 공공누리 조건에 따라 다솜부의 자료를 쓸 수 있다.\n");
    for (const Sentence& sentence : d.sentences) {
        EXPECT_TRUE(!sentence.useful() || d.view(sentence.span).find("다솜부") == std::string_view::npos);
    }
    EXPECT_TRUE(std::any_of(d.sentences.begin(), d.sentences.end(), [&](const Sentence& s) { return s.useful() && d.view(s.span).find("공사를") != std::string_view::npos; }));
}

TEST(Prepare, ReplacesInvalidBytesAndCountsThem) {
    const Document d = prepared("한빛\xFF시\xC3");
    EXPECT_EQ(d.text, "한빛\uFFFD시\uFFFD");
    EXPECT_THAT(d.warnings, ElementsAre("2 invalid UTF-8 sequences replaced"));
}

TEST(Prepare, TakesTimeInProportionToTheText) {
    const auto seconds = [](std::size_t times) {
        std::string text;
        for (std::size_t i = 0; i < times; ++i) text += "한빛시는 “새 \"센터 사업 (김하늘 기자 @ Jang Ha / By Bit ";
        const auto begin = std::chrono::steady_clock::now();
        prepared(text);
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    };
    seconds(1000);
    EXPECT_LT(seconds(40000), 20 * (seconds(4000) + 0.02));
}

TEST(LetterMarks, OfAPieceAreAmongThoseOfTheWhole) {
    const std::string whole = "가온나래혁신도시ABC";
    for (std::size_t begin = 0; begin < whole.size(); ++begin) {
        for (std::size_t n = 0; begin + n <= whole.size(); ++n) EXPECT_EQ(letter_marks(std::string_view(whole).substr(begin, n)) & ~letter_marks(whole), 0u);
    }
    EXPECT_NE(letter_marks("다라마") & ~letter_marks(whole), 0u);
}

}  // namespace
}  // namespace maek::extract
