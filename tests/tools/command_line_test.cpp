#include "tools/input/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "tools/input/spelling.h"

namespace maek::tools {
namespace {

std::variant<Invocation, Refusal> parse(std::vector<const char*> words) {
    words.insert(words.begin(), "maek");
    return parse_command_line(static_cast<int>(words.size()), words.data());
}

Refusal refused(std::vector<const char*> words) {
    auto parsed = parse(std::move(words));
    const auto* refusal = std::get_if<Refusal>(&parsed);
    return refusal != nullptr ? *refusal : Refusal{"not refused", -1};
}

TEST(CommandLine, GlobalOptionsMayStandBeforeAndAfterTheCommand) {
    auto before = parse({"--format", "json", "query", "S", "RETURN 1"});
    auto after = parse({"query", "S", "RETURN 1", "--format", "json"});
    ASSERT_TRUE(std::holds_alternative<Invocation>(before));
    ASSERT_TRUE(std::holds_alternative<Invocation>(after));
    EXPECT_EQ(std::get<Invocation>(before).global.format, Format::kJson);
    EXPECT_EQ(std::get<Invocation>(after).global.format, Format::kJson);
}

TEST(CommandLine, ParametersAreCollectedWhereverTheyStand) {
    auto parsed = parse({"query", "S", "--param", "a=1", "RETURN $a", "--param", "b=\"x y\""});
    ASSERT_TRUE(std::holds_alternative<Invocation>(parsed));
    EXPECT_THAT(std::get<Invocation>(parsed).global.parameters, testing::ElementsAre("a=1", "b=\"x y\""));
}

TEST(CommandLine, AMisspeltCommandIsAnsweredWithTheNearestOne) {
    const Refusal refusal = refused({"qurey", "S"});
    EXPECT_EQ(refusal.exit_code, kWrongUse);
    EXPECT_THAT(refusal.text, testing::HasSubstr("did you mean 'query'?"));
}

TEST(CommandLine, WrongUseIsTwo) {
    EXPECT_EQ(refused({}).exit_code, kWrongUse);
    EXPECT_EQ(refused({"query"}).exit_code, kWrongUse);
    EXPECT_EQ(refused({"stats", "S", "--nonsense"}).exit_code, kWrongUse);
    EXPECT_EQ(refused({"stats", "S", "--format", "docx"}).exit_code, kWrongUse);
    EXPECT_EQ(refused({"stats", "S", "--lang", "fr"}).exit_code, kWrongUse);
    EXPECT_EQ(refused({"path", "S", "A"}).exit_code, kWrongUse);
    EXPECT_EQ(refused({"stats", "S", "--timeout", "soon"}).exit_code, kWrongUse);
    EXPECT_EQ(refused({"stats", "S", "--memory-limit", "lots"}).exit_code, kWrongUse);
}

TEST(CommandLine, HelpAndVersionAreNoMistakes) {
    EXPECT_EQ(refused({"--help"}).exit_code, kDone);
    EXPECT_EQ(refused({"build", "--help"}).exit_code, kDone);
    EXPECT_THAT(refused({"--version"}).text, testing::StartsWith("maek "));
}

TEST(CommandLine, LanguageComesFromTheEnvironment) {
    ::setenv("LC_ALL", "ko_KR.UTF-8", 1);
    EXPECT_EQ(std::get<Invocation>(parse({"version"})).global.language, "ko");
    ::setenv("LC_ALL", "C.UTF-8", 1);
    EXPECT_EQ(std::get<Invocation>(parse({"version"})).global.language, "en");
    EXPECT_EQ(std::get<Invocation>(parse({"version", "--lang", "ko"})).global.language, "ko");
}

TEST(ParseDuration, KnowsUnits) {
    std::chrono::milliseconds time{};
    EXPECT_TRUE(parse_duration("500ms", time));
    EXPECT_EQ(time.count(), 500);
    EXPECT_TRUE(parse_duration("1.5s", time));
    EXPECT_EQ(time.count(), 1500);
    EXPECT_TRUE(parse_duration("2m", time));
    EXPECT_EQ(time.count(), 120000);
    EXPECT_TRUE(parse_duration("3", time));
    EXPECT_EQ(time.count(), 3000);
    EXPECT_FALSE(parse_duration("3 days", time));
    EXPECT_FALSE(parse_duration("-3s", time));
    EXPECT_FALSE(parse_duration("", time));
}

TEST(ParseBytes, KnowsUnits) {
    std::size_t bytes = 0;
    EXPECT_TRUE(parse_bytes("512M", bytes));
    EXPECT_EQ(bytes, 512u << 20);
    EXPECT_TRUE(parse_bytes("2GiB", bytes));
    EXPECT_EQ(bytes, std::size_t{2} << 30);
    EXPECT_TRUE(parse_bytes("4096", bytes));
    EXPECT_EQ(bytes, 4096u);
    EXPECT_FALSE(parse_bytes("0", bytes));
    EXPECT_FALSE(parse_bytes("2X", bytes));
}

TEST(ClosestWord, FindsTheNearestAndNothingWhenNoneIsNear) {
    const std::vector<std::string> known = {"query", "export", "한국전기연구원", "members"};
    EXPECT_EQ(closest_word("qeury", known), "query");
    EXPECT_EQ(closest_word("EXPROT", known), "export");
    EXPECT_EQ(closest_word("한국전가연구원", known), "한국전기연구원");
    EXPECT_EQ(closest_word("banana", known), "");
}

}  // namespace
}  // namespace maek::tools
