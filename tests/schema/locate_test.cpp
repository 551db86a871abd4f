#include "schema/locate.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdlib>

#include "tests/schema/folder_fixture.h"

namespace maek {
namespace {

using ::testing::HasSubstr;

class Locate : public FolderFixture {
protected:
    void SetUp() override {
        FolderFixture::SetUp();
        if (const char* old = std::getenv("MAEK_SCHEMA")) old_ = old;
    }
    void TearDown() override {
        if (old_.empty()) unsetenv("MAEK_SCHEMA");
        else setenv("MAEK_SCHEMA", old_.c_str(), 1);
        FolderFixture::TearDown();
    }
    std::string old_;
};

TEST_F(Locate, FindsTheSourceTreeFromAnyWorkingFolder) {
    unsetenv("MAEK_SCHEMA");
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path("/");
    const auto found = default_schema_folder();
    std::filesystem::current_path(before);
    ASSERT_TRUE(found.ok()) << found.error().text();
    EXPECT_TRUE(std::filesystem::exists(*found / "lexicon"));
}

TEST_F(Locate, TakesTheEnvironmentFirst) {
    put("ontology.json", "{}");
    setenv("MAEK_SCHEMA", folder_.c_str(), 1);
    const auto found = default_schema_folder();
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(*found, folder_);
}

TEST_F(Locate, SaysWhenTheEnvironmentNamesNoSchema) {
    setenv("MAEK_SCHEMA", folder_.c_str(), 1);
    const auto found = default_schema_folder();
    ASSERT_FALSE(found.ok());
    EXPECT_THAT(found.error().message, HasSubstr("MAEK_SCHEMA"));
}

}  // namespace
}  // namespace maek
