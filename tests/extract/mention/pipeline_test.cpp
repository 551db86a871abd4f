// The whole pipeline on articles of our own: names come out, offsets lie in the text, threads agree.
#include <gmock/gmock.h>

#include <string>
#include <thread>
#include <vector>

#include "extract/facts_json.h"
#include "extract/mention/crf.h"
#include "extract/pipeline.h"
#include "extract/text/utf8.h"

namespace maek::extract {
namespace {

const Pipeline& pipeline() {
    static const Pipeline p = [] {
        auto loaded = Pipeline::load(MAEK_SOURCE_DIR "/schema");
        if (!loaded.ok()) {
            std::fprintf(stderr, "%s\n", loaded.error().text().c_str());
            std::abort();
        }
        return *std::move(loaded);
    }();
    return p;
}

ArticleFacts extracted(std::string text) {
    Article article;
    article.id = "test";
    article.text = std::move(text);
    return pipeline().extract(std::move(article));
}

const std::string kArticle =
    "창원시, 한국전기연구원과 손잡는다\n\n창원시는 11일 한국전기연구원(KERI), 경남테크노파크와 업무협약을 체결했다고 밝혔다. "
    "김하늘 한국전기연구원 원장은 “로봇 산업을 함께 키우겠다”고 말했다.";

bool has(const ArticleFacts& facts, std::string_view type, std::string_view name) {
    for (const EntityFact& e : facts.entities) {
        if (e.type != type) continue;
        if (e.name == name) return true;
        for (const std::string& alias : e.aliases) {
            if (alias == name) return true;
        }
    }
    return false;
}

TEST(Pipeline, FindsTheNamesOfAnArticle) {
    const ArticleFacts facts = extracted(kArticle);
    EXPECT_TRUE(has(facts, "City", "창원시"));
    EXPECT_TRUE(has(facts, "ResearchInstitute", "한국전기연구원"));
    EXPECT_TRUE(has(facts, "Technopark", "경남테크노파크"));
    EXPECT_TRUE(has(facts, "Person", "김하늘"));
}

TEST(Pipeline, OffsetsShowTheMentionInTheInput) {
    const ArticleFacts facts = extracted("\uFEFF\r\n" + kArticle);
    std::vector<std::size_t> byte_of;
    const std::string& text = facts.article.text;
    for (std::size_t at = 0; at < text.size(); utf8_next(text, at)) byte_of.push_back(at);
    byte_of.push_back(text.size());
    ASSERT_FALSE(facts.mentions.empty());
    for (const MentionFact& m : facts.mentions) {
        ASSERT_LE(m.span.end, byte_of.size() - 1);
        EXPECT_EQ(text.substr(byte_of[m.span.start], byte_of[m.span.end] - byte_of[m.span.start]), m.text);
    }
}

TEST(Pipeline, AnyBytesGiveFactsWhoseOffsetsLieInTheText) {
    std::uint32_t state = 1;
    for (int round = 0; round < 60; ++round) {
        std::string bytes = kArticle;
        for (int i = 0; i < 40; ++i) {
            state = state * 1664525 + 1013904223;
            bytes[(state >> 8) % bytes.size()] = static_cast<char>(state >> 24);
        }
        const ArticleFacts facts = extracted(bytes);
        const std::uint32_t end = utf8_count(facts.article.text);
        for (const MentionFact& m : facts.mentions) {
            EXPECT_LT(m.span.start, m.span.end);
            EXPECT_LE(m.span.end, end);
            EXPECT_LT(m.entity, facts.entities.size());
        }
        for (const RelationFact& r : facts.relations) EXPECT_LE(r.evidence_span.end, end);
    }
}

TEST(Pipeline, GivesTheSameBytesInEveryThread) {
    std::string expected;
    append_facts_json(extracted(kArticle), expected);
    std::vector<std::string> got(8);
    std::vector<std::thread> threads;
    for (std::string& out : got) threads.emplace_back([&out] { append_facts_json(extracted(kArticle), out); });
    for (std::thread& t : threads) t.join();
    for (const std::string& out : got) EXPECT_EQ(out, expected);
}

TEST(Pipeline, RefusesAModelWithoutAJudge) {
    const std::string weights = CrfModel::write({1}, {Scores{1.0f}}, Transitions{});
    const auto loaded = Pipeline::load_with_model(MAEK_SOURCE_DIR "/schema", {}, weights);
    ASSERT_FALSE(loaded.ok());
    EXPECT_EQ(loaded.error().code, ErrorCode::kFormat);
    EXPECT_NE(loaded.error().text().find("no judge of names"), std::string::npos);
}

TEST(Pipeline, AnEmptyArticleHasNoFacts) {
    EXPECT_TRUE(extracted("").entities.empty());
    EXPECT_TRUE(extracted("\n\n \n").entities.empty());
}

}  // namespace
}  // namespace maek::extract
