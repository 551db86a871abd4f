// A store in a temporary folder and an engine on it: loads small graphs, asks plain queries.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "query/engine.h"
#include "tests/reference/plain_query.h"

namespace maek::reference {

// The number in an environment variable.
std::size_t number_from(const char* variable, std::size_t otherwise);

class ReferenceTest : public testing::Test {
protected:
    void SetUp() override;
    void TearDown() override;

    // The store's graph becomes this one.
    void load(const SmallGraph& small);
    // The engine's rows as evaluate() writes them; a failure is one row that tells it.
    std::vector<std::string> ask(const PlainQuery& query, const query::RunOptions& options = {});

    std::filesystem::path folder_;
    std::unique_ptr<storage::Store> store_;
    std::unique_ptr<query::Engine> engine_;
};

}  // namespace maek::reference
