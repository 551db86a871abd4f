// Plans are kept from run to run, and graphs are not: names that a transaction made and took back must
// not be remembered, nor the lack of a name that comes later.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "query/engine.h"
#include "storage/store.h"

namespace maek::query::test {
namespace {

class KeptPlansTest : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "maek-kept-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
        storage::OpenOptions options;
        options.create = true;
        options.durability = storage::Durability::kRelaxed;
        auto opened = storage::Store::open(folder_ / "store", options);
        ASSERT_TRUE(opened.ok()) << opened.error().text();
        store_ = std::move(opened).value();
        engine_ = std::make_unique<Engine>(*store_, Synonyms{});
        session_ = std::make_unique<Session>(engine_->session());
    }
    void TearDown() override {
        session_.reset();
        engine_.reset();
        store_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    // The statement's only number; -1 and a failure when it has none.
    std::int64_t number(const std::string& text) {
        const auto result = session_->run(text);
        EXPECT_TRUE(result.ok()) << text << ": " << (result.ok() ? "" : result.error().text());
        return result.ok() && !result->rows.empty() ? result->rows[0][0].as_integer() : -1;
    }

    std::filesystem::path folder_;
    std::unique_ptr<storage::Store> store_;
    std::unique_ptr<Engine> engine_;
    std::unique_ptr<Session> session_;
};

TEST_F(KeptPlansTest, ALabelThatComesAfterARollbackIsFound) {
    const std::string question = "MATCH (x:Target) RETURN count(*) AS n";
    ASSERT_TRUE(session_->begin().ok());
    ASSERT_TRUE(session_->run("CREATE (:Other)").ok());
    EXPECT_EQ(number(question), 0);
    ASSERT_TRUE(session_->roll_back().ok());
    ASSERT_TRUE(session_->run("CREATE (:Target)").ok());
    EXPECT_EQ(number(question), 1);
}

TEST_F(KeptPlansTest, ATypeThatWasTakenBackIsNotTakenForTheNext) {
    const std::string question = "MATCH ()-[r:WANTED]->() RETURN count(*) AS n";
    ASSERT_TRUE(session_->begin().ok());
    ASSERT_TRUE(session_->run("CREATE (:A)-[:WANTED]->(:A)").ok());
    EXPECT_EQ(number(question), 1);
    ASSERT_TRUE(session_->roll_back().ok());
    ASSERT_TRUE(session_->run("CREATE (:A)-[:UNWANTED]->(:A)").ok());
    EXPECT_EQ(number(question), 0);
}

}  // namespace
}  // namespace maek::query::test
