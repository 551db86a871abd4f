// What takes long: an article of 200 megabytes (20 in the short form).
#include <algorithm>

#include "tests/tools/program.h"

namespace maek::tools {
namespace {

class Slow : public ProgramTest {};

TEST_F(Slow, AHugeArticleIsReadOrRefusedInOneLineAndTheStoreIsSound) {
    const std::size_t size = (long_form() ? 200u : 20u) << 20;
    std::string text;
    while (text.size() < size) text += kKoreanArticle;
    file("articles/huge.txt", text);
    text.clear();
    text.shrink_to_fit();
    const Outcome outcome = maek({"build", store(), path("articles")});
    EXPECT_THAT(outcome.exit_code, testing::AnyOf(0, 1));
    if (outcome.exit_code == 1) {
        EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err.substr(0, 500);
    }
    EXPECT_EQ(maek({"check", store()}).exit_code, 0);
}

TEST_F(Slow, AnArticleOfOneEndlessLineIsRead) {
    const std::size_t size = (long_form() ? 20u : 2u) << 20;
    std::string text;
    while (text.size() < size) text += "창원시는한국전기연구원과";
    const Outcome outcome = maek({"build", store(), file("line.txt", text)});
    EXPECT_THAT(outcome.exit_code, testing::AnyOf(0, 1));
    EXPECT_EQ(maek({"check", store()}).exit_code, 0);
}

}  // namespace
}  // namespace maek::tools
