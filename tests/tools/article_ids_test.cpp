// What articles in files are called: apart in one run, the same in a store whatever lies beside them.
#include "tools/input/article_ids.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "tools/input/path_text.h"

namespace maek::tools {
namespace {

using testing::ElementsAre;
using Files = std::vector<std::pair<std::string, std::string>>;  // folder given, path inside

std::vector<FileName> settled(const Files& files) {
    std::vector<FileName> out;
    for (const auto& [folder, inside] : files) out.emplace_back(std::filesystem::path(folder) / inside, inside);
    settle_ids(out);
    return out;
}

std::vector<std::string> ids(const std::vector<FileName>& files) {
    std::vector<std::string> out;
    for (const FileName& file : files) out.push_back(file.id());
    return out;
}

// The ids in a store that holds articles of those ids from those places, all with the same text or none.
std::vector<std::string> kept_ids(const Files& files, const std::map<std::string, std::string>& store, bool same_text = false) {
    std::vector<FileName> out = settled(files);
    const auto source = [&](const std::string& id) {
        const auto found = store.find(id);
        return found == store.end() ? std::nullopt : std::optional(found->second);
    };
    keep_ids(out, {source, [&](const std::string&, const std::filesystem::path&) { return same_text; }});
    return ids(out);
}

TEST(ArticleIds, AreStemsAndWhereTheseAreTheSameThePathInside) {
    EXPECT_THAT(ids(settled({{"P", "a.txt"}, {"P", "x/b.txt"}})), ElementsAre("a", "b"));
    EXPECT_THAT(ids(settled({{"P", "x/n.txt"}, {"P", "y/n.txt"}, {"P", "m.txt"}})), ElementsAre("x/n", "y/n", "m"));
}

TEST(ArticleIds, TakeTheEndingOrTheFoldersAboveWhenThePathInsideIsTheSameToo) {
    EXPECT_THAT(ids(settled({{"P", "n.txt"}, {"P", "n.html"}})), ElementsAre("n.txt", "n.html"));
    EXPECT_THAT(ids(settled({{"q/A", "news.txt"}, {"q/B", "news.txt"}})), ElementsAre("A/news", "B/news"));
    EXPECT_THAT(ids(settled({{"q/A/z", "news.txt"}, {"q/B/z", "news.txt"}})), ElementsAre("A/z/news", "B/z/news"));
}

TEST(ArticleIds, OfFilesThatAStoreKnowsStayWhateverCameBesideThem) {
    EXPECT_THAT(kept_ids({{"P", "x/n.txt"}, {"P", "y/n.txt"}}, {{"n", "P/x/n.txt"}}), ElementsAre("n", "y/n"));
    EXPECT_THAT(kept_ids({{"P", "y/n.txt"}}, {{"x/n", "P/x/n.txt"}, {"y/n", "P/y/n.txt"}}), ElementsAre("y/n"));
    EXPECT_THAT(kept_ids({{"P", "n.html"}, {"P", "n.txt"}}, {{"n", "P/n.txt"}}), ElementsAre("n.html", "n"));
    EXPECT_THAT(kept_ids({{"A", "news.txt"}, {"B", "news.txt"}}, {{"news", "A/news.txt"}}), ElementsAre("news", "B/news"));
}

TEST(ArticleIds, OfAnotherFileAreNotTakenThoughItIsNotInThisRun) {
    EXPECT_THAT(kept_ids({{"P", "y/n.txt"}}, {{"n", "P/x/n.txt"}}), ElementsAre("y/n"));
}

TEST(ArticleIds, StayWhenAFolderMovesOrAFileIsRenamedInside) {
    EXPECT_THAT(kept_ids({{"/new/P", "x/n.txt"}}, {{"n", "old/P/x/n.txt"}}), ElementsAre("n"));
    EXPECT_THAT(kept_ids({{"P", "z/n.txt"}}, {{"n", "P/x/n.txt"}}, true), ElementsAre("n"));
}

TEST(ArticleIds, OfRecordsFromElsewhereMeanTheSameArticle) {
    EXPECT_THAT(kept_ids({{"P", "n.txt"}}, {{"n", "http://a.kr/x/n.html"}}), ElementsAre("n"));
    EXPECT_THAT(kept_ids({{"P", "n.txt"}}, {{"n", "many.jsonl"}}), ElementsAre("n"));
}

TEST(ArticleIds, AreUtf8WhateverTheBytesOfAName) {
    EXPECT_EQ(path_text("기사/\xC5\xF0.txt"), "기사/%C5%F0.txt");
    EXPECT_EQ(first_wrong_byte("가a"), 4u);
    EXPECT_EQ(first_wrong_byte("가\xB0\xA1"), 3u);
    EXPECT_THAT(ids(settled({{"P", "\xC5.txt"}})), ElementsAre("%C5"));
}

}  // namespace
}  // namespace maek::tools
