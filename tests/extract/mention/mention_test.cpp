// Units, names, amounts, dates and the decoder, on sentences of our own.
#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>
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

TEST(Amounts, APurseIsAWordOfItsOwnOrFollowsTheNameOfItsRegion) {
    const Document d = prepared("연구비 75억원, 전시비 3억원, 군산시비 6억원, 국비 10억원·시비 5억원을 쓴다.");
    ASSERT_EQ(d.money.size(), 5u);
    EXPECT_EQ(d.money[0].role, MoneyRole::kPlain);
    EXPECT_EQ(d.money[1].role, MoneyRole::kPlain);
    EXPECT_EQ(d.money[2].role, MoneyRole::kMunicipal);
    EXPECT_EQ(d.money[3].role, MoneyRole::kNational);
    EXPECT_EQ(d.money[4].role, MoneyRole::kMunicipal);
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

// Sums over all readings of a sentence, label by label and without shortcuts.
struct SlowDecoder {
    std::vector<std::array<double, kLabels>> before, behind;  // up to a unit, from behind it on
    const std::vector<Scores>& scores;
    const Transitions& transitions;
    double all = 0;

    double step(std::size_t p, std::size_t l) const {
        const bool legal = p == kLabels ? !is_inside(static_cast<std::uint8_t>(l)) : may_follow(static_cast<std::uint8_t>(p), static_cast<std::uint8_t>(l));
        return legal ? std::exp(double{transitions[p][l]}) : 0;
    }
    SlowDecoder(const std::vector<Scores>& s, const Transitions& t) : before(s.size()), behind(s.size()), scores(s), transitions(t) {
        for (std::size_t i = 0; i < s.size(); ++i) {
            for (std::size_t l = 0; l < kLabels; ++l) {
                double sum = i == 0 ? step(kLabels, l) : 0;
                for (std::size_t p = 0; i > 0 && p < kLabels; ++p) sum += before[i - 1][p] * step(p, l);
                before[i][l] = sum * std::exp(double{s[i][l]});
            }
        }
        behind.back().fill(1);
        for (std::size_t i = s.size() - 1; i-- > 0;) {
            for (std::size_t p = 0; p < kLabels; ++p) {
                for (std::size_t l = 0; l < kLabels; ++l) behind[i][p] += step(p, l) * std::exp(double{s[i + 1][l]}) * behind[i + 1][l];
            }
        }
        for (const double v : before.back()) all += v;
    }
    double chance(std::size_t begin, std::size_t end, EntityType type) const {
        double p = before[begin][begin_label(type)];
        std::uint8_t last = begin_label(type);
        for (std::size_t i = begin + 1; i < end; ++i, last = inside_label(type)) p *= step(last, inside_label(type)) * std::exp(double{scores[i][inside_label(type)]});
        double rest = behind[end - 1][last];
        if (end < scores.size()) rest -= step(last, inside_label(type)) * std::exp(double{scores[end][inside_label(type)]}) * behind[end][inside_label(type)];
        return p * rest / all;
    }
    double logarithm(const std::vector<std::uint8_t>& labels) const {
        double sum = 0;
        for (std::size_t i = 0; i < labels.size(); ++i) sum += transitions[i == 0 ? kLabels : labels[i - 1]][labels[i]] + scores[i][labels[i]];
        return sum;
    }
    double best() const {
        std::vector<double> now(kLabels), next(kLabels);
        for (std::size_t i = 0; i < scores.size(); ++i) {
            for (std::size_t l = 0; l < kLabels; ++l) {
                next[l] = -1e30;
                for (std::size_t p = 0; p <= kLabels; ++p) {
                    if ((i == 0) != (p == kLabels) || step(p, l) == 0) continue;
                    next[l] = std::max(next[l], (i == 0 ? 0 : now[p]) + transitions[p][l] + scores[i][l]);
                }
            }
            now = next;
        }
        return *std::max_element(now.begin(), now.end());
    }
};

TEST(Decoder, FindsTheBestReadingAndTheChancesOfEveryStretch) {
    std::mt19937 random(3);
    std::normal_distribution<float> value(0, 2);
    for (int round = 0; round < 20; ++round) {
        Transitions transitions;
        for (Scores& row : transitions) {
            for (float& v : row) v = value(random);
        }
        std::vector<Scores> scores(static_cast<std::size_t>(1 + round % 7));
        for (Scores& s : scores) {
            for (float& v : s) v = value(random);
        }
        const SlowDecoder slow(scores, transitions);
        const Chain chain(transitions);
        Decoder decoder(chain);
        decoder.decode(scores);
        EXPECT_NEAR(slow.logarithm(decoder.labels), slow.best(), 1e-4);
        std::vector<SpanChance> chances;
        decoder.chances(0.01f, chances);
        std::size_t wanted = 0;
        for (std::size_t begin = 0; begin < scores.size(); ++begin) {
            for (std::size_t end = begin + 1; end <= scores.size(); ++end) {
                for (std::size_t t = 0; t < kEntityTypes; ++t) wanted += slow.chance(begin, end, static_cast<EntityType>(t)) >= 0.01 ? 1 : 0;
            }
        }
        for (const SpanChance& c : chances) EXPECT_NEAR(c.posterior, slow.chance(c.begin, c.end, c.type), 1e-4);
        EXPECT_NEAR(static_cast<double>(chances.size()), static_cast<double>(wanted), decoder.sure.empty() ? 0 : 1);
    }
}

TEST(Lanes, RaiseEToSmallPowers) {
    for (float x = 0; x > -80; x -= 0.37f) EXPECT_NEAR(exp_below(four(x))[2] / std::exp(x), 1.0, 1e-6) << x;
    EXPECT_EQ(exp_below(four(0))[0], 1.0f);
}

TEST(FarArray, BeginsWithZerosSmallAndLarge) {
    for (const std::size_t size : {std::size_t{1}, std::size_t{3'000'000}}) {
        FarArray<std::uint32_t> array(size);
        ASSERT_EQ(array.size(), size);
        EXPECT_EQ(array[size - 1], 0u);
        array[size - 1] = 7;
        const FarArray<std::uint32_t> moved = std::move(array);
        EXPECT_EQ(moved[size - 1], 7u);
    }
}

TEST(Features, KeysOfOneFamilyShareALineOfTheTable) {
    const std::string text = "가온테크노파크는 나래시와 협약을 맺었다";
    SentenceView view;
    Sentence sentence;
    sentence.span = {0, static_cast<std::uint32_t>(text.size())};
    view.prepare(text, sentence, Particles(), NameIndex());
    std::set<std::uint64_t> all;
    std::set<std::uint32_t> lines;  // a place follows from the upper half of a key
    std::size_t count = 0;
    for (std::size_t i = 0; i < view.size(); ++i) {
        UnitKeys unit;
        view.features(i, unit);
        count += unit.count;
        for (std::size_t k = 0; k < unit.count; ++k) {
            all.insert(unit.keys[k]);
            lines.insert(static_cast<std::uint32_t>(unit.keys[k] >> 32));
        }
    }
    EXPECT_LT(count, view.size() * 14);
    EXPECT_LT(lines.size() * 5, all.size() * 4);
}

TEST(CrfModel, SumsTheWeightsOfEveryKeyItKnows) {
    std::mt19937_64 random(11);
    std::vector<std::uint64_t> keys(3000);
    std::vector<Scores> weights(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        keys[i] = random();
        for (float& w : weights[i]) w = static_cast<float>(static_cast<int>(random() % 255) - 127) * 6 / 127;
        weights[i][0] = 6;
    }
    const auto model = CrfModel::read(CrfModel::write(keys, weights, Transitions{}), "test");
    ASSERT_TRUE(model.ok());
    std::vector<UnitKeys> units(20);
    for (UnitKeys& unit : units) {
        for (unit.count = 0; unit.count < kMostFeatures; ++unit.count) unit.keys[unit.count] = unit.count % 3 == 0 ? random() : keys[random() % keys.size()];
    }
    std::vector<CrfModel::Sums> sums(units.size());
    model->sum(units, sums);
    for (std::size_t u = 0; u < units.size(); ++u) {
        Scores expected{};
        for (std::size_t k = 0; k < units[u].count; ++k) {
            const auto at = std::find(keys.begin(), keys.end(), units[u].keys[k]);
            if (at == keys.end()) continue;
            for (std::size_t l = 0; l < kLabels; ++l) expected[l] += weights[static_cast<std::size_t>(at - keys.begin())][l];
        }
        for (std::size_t l = 0; l < kLabels; ++l) EXPECT_NEAR(static_cast<float>(sums[u][l]) * model->scale(), expected[l], 0.01f);
    }
}

TEST(CrfModel, WritesWhatItReads) {
    std::vector<std::uint64_t> keys = {0x1234567890ABCDEFULL, 0xFEDCBA0987654321ULL};
    std::vector<Scores> weights(2);
    weights[0][3] = 1.5f;
    weights[1][0] = -0.75f;
    const std::string bytes = CrfModel::write(keys, weights, Transitions{});
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
