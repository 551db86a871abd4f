// A store in a temporary folder and an engine on it: loads small graphs, asks plain queries.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/query/temporary_store.h"
#include "tests/reference/plain_query.h"

namespace maek::reference {

// The number in an environment variable.
std::size_t number_from(const char* variable, std::size_t otherwise);

class ReferenceTest : public testing::Test {
protected:
    // The store's graph becomes this one.
    void load(const SmallGraph& small);
    // The engine's rows as evaluate() writes them; a failure is one row that tells it.
    std::vector<std::string> ask(const PlainQuery& query, const query::RunOptions& options = {});

    query::Engine& engine() { return store_.engine(); }

    maek::test::TemporaryStore store_;
};

}  // namespace maek::reference
