// Units, names, amounts, dates and the decoder, on sentences of our own.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "extract/mention/amounts.h"
#include "extract/mention/crf.h"
#include "extract/mention/dates.h"
#include "extract/mention/name_index.h"
#include "extract/mention/units.h"
#include "extract/text/prepare.h"

namespace maek::extract {
namespace {

using ::testing::ElementsAre;

Document prepared(std::string text, std::string date = {}) {
    Article article;
    article.text = std::move(text);
    article.date = std::move(date);
    Document d = prepare(article);
    find_article_date(d);
    find_amounts(d);
    find_dates(d);
    return d;
}

const Particles& particles() {
    static const std::vector<std::string> words = {"은", "는", "이", "가", "을", "를", "와", "과", "에서는"};
    static const Particles p(words);
    return p;
}

TEST(Units, AreSyllablesWordsNumbersAndSigns) {
    UnitRow row;
    const std::string text = "인천TP는 2,024";
    split_units(text, {0, static_cast<std::uint32_t>(text.size())}, particles(), row);
    ASSERT_EQ(row.units.size(), 7u);  // 인 천 TP 는 2 , 024
    EXPECT_EQ(row.units[2].letters, WordCase::kUpper);
    EXPECT_GE(row.units[2].tail, kTailJosa);  // the particle 는 follows
    EXPECT_EQ(row.units[0].stem_end, 3);
    EXPECT_TRUE(row.units[4].blank_before);
}

TEST(NameIndex, FindsNamesAcrossBlanksAndKnowsTheEdgesOfWords) {
    NameIndex names;
    names.add("한빛기술연구원", 3, false, 7);
    names.add("한빛", 1, true, 8);
    names.build();
    UnitRow row;
    const std::string text = "한빛 기술연구원과 한빛길";
    split_units(text, {0, static_cast<std::uint32_t>(text.size())}, particles(), row);
    std::vector<NameMatch> found;
    names.find(row, found);
    ASSERT_EQ(found.size(), 3u);
    EXPECT_EQ(found[0].entry, 7u);
    EXPECT_TRUE(found[0].left && found[0].right);
    EXPECT_EQ(found[2].entry, 8u);
    EXPECT_FALSE(found[2].right);  // 한빛길 is another word
}

std::vector<std::int64_t> won(const std::string& text) {
    std::vector<std::int64_t> out;
    for (const Money& m : prepared(text).money) out.push_back(m.foreign ? -1 : m.krw);
    return out;
}

TEST(Amounts, AddUpMixedUnits) {
    EXPECT_THAT(won("시는 1조 2,000억 원을 쓴다."), ElementsAre(1'200'000'000'000));
    EXPECT_THAT(won("74억 7000만원과 26억4천만원이다."), ElementsAre(7'470'000'000, 2'640'000'000));
    EXPECT_THAT(won("약 5.5억원, 5천만원, 200억여원."), ElementsAre(550'000'000, 50'000'000, 20'000'000'000));
    EXPECT_THAT(won("장학금 5000원"), ElementsAre(5000));
}

TEST(Amounts, ARangeGivesItsLowerEnd) {
    EXPECT_THAT(won("10~20억원을 준다."), ElementsAre(1'000'000'000));
    EXPECT_THAT(won("2억5천만~3억원을 준다."), ElementsAre(250'000'000));
}

TEST(Amounts, SeeForeignMoneyButNoCounts) {
    EXPECT_THAT(won("3억 달러(4400억원)를 투자했다."), ElementsAre(-1, 440'000'000'000));
    EXPECT_THAT(won("3억 명이 보았고 100만 대를 팔았다. 3000명이 왔다."), ElementsAre());
}

TEST(Amounts, ReadEnglish) {
    EXPECT_THAT(won("It will invest 3.2 trillion won and 20 million won."), ElementsAre(3'200'000'000'000, 20'000'000));
    EXPECT_THAT(won("It cost $1.1 trillion, or KRW 30.6bn."), ElementsAre(-1, 30'600'000'000));
}

TEST(Amounts, KnowTheirRole) {
    const Document d = prepared("총사업비 306억 원(국비 100억 원, 시비 206억 원)이다.");
    ASSERT_EQ(d.money.size(), 3u);
    EXPECT_EQ(d.money[0].role, MoneyRole::kTotal);
    EXPECT_EQ(d.money[1].role, MoneyRole::kNational);
    EXPECT_EQ(d.money[2].role, MoneyRole::kMunicipal);
}

std::vector<std::string> dates(const std::string& text, const std::string& article = "2021-06-29") {
    std::vector<std::string> out;
    for (const DateMention& m : prepared(text, article).dates) out.push_back(m.iso);
    return out;
}

TEST(Dates, AreResolvedAgainstTheArticles) {
    EXPECT_THAT(dates("지난 28일 협약했다."), ElementsAre("2021-06-28"));
    EXPECT_THAT(dates("내년 3월 문을 연다."), ElementsAre("2022-03"));
    EXPECT_THAT(dates("2024년까지 짓는다."), ElementsAre("2024"));
    EXPECT_THAT(dates("2020년 11월 20일 열었다."), ElementsAre("2020-11-20"));
    EXPECT_THAT(dates("지난해 시작했다."), ElementsAre("2020"));
    EXPECT_THAT(dates("It opened on Nov. 20, 2020."), ElementsAre("2020-11-20"));
}

TEST(Dates, TheArticlesOwnIsBelievedOnlyBehindAWordThatSaysSo) {
    EXPECT_EQ(prepared("김하늘 기자 | 기사입력 2021/06/29 [15:49]\n본문이다.").date, "2021-06-29");
    EXPECT_EQ(prepared("- 게시 시각: 04/13/2026 10:46:30\n본문이다.").date, "2026-04-13");
    EXPECT_EQ(prepared("2024.04.30 (화)\n본문이다.").date, "");
}

TEST(Decoder, NeverOpensANameInItsMiddle) {
    std::vector<Scores> scores(4);
    for (Scores& s : scores) s[inside_label(EntityType::kCity)] = 5;
    Transitions transitions{};
    const Chain chain(transitions);
    Decoder decoder(chain);
    decoder.decode(scores);
    EXPECT_EQ(decoder.labels[0], begin_label(EntityType::kCity));
    for (std::size_t i = 1; i < 4; ++i) EXPECT_EQ(decoder.labels[i], inside_label(EntityType::kCity));
    EXPECT_GT(decoder.sure[0], 0.75f);
}

TEST(CrfModel, WritesWhatItReads) {
    std::vector<std::uint64_t> keys = {0x1234567890ABCDEFULL, 0xFEDCBA0987654321ULL};
    std::vector<Scores> weights(2);
    weights[0][3] = 1.5f;
    weights[1][0] = -0.75f;
    const std::string bytes = CrfModel::write(keys, weights, Transitions{}, 1 << 20);
    auto model = CrfModel::read(bytes, "test");
    ASSERT_TRUE(model.ok());
    std::array<UnitKeys, 1> unit;
    unit[0].keys[0] = keys[0];
    unit[0].keys[1] = 0xABCULL;  // which the model does not know
    unit[0].count = 2;
    std::array<CrfModel::Sums, 1> sums;
    model->sum(unit, sums);
    EXPECT_NEAR(static_cast<float>(sums[0][3]) * model->scale(), 1.5f, 0.02f);
    for (std::size_t cut = 0; cut < bytes.size(); cut += 3) EXPECT_FALSE(CrfModel::read(bytes.substr(0, cut), "cut").ok());
}

}  // namespace
}  // namespace maek::extract
