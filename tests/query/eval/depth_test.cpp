// Whatever walks a value recurses; the deepest value that can be built must not need more stack than
// a small thread has.
#include <gtest/gtest.h>
#include <pthread.h>

#include "query/eval/kinds.h"
#include "query/eval/operators.h"
#include "query/eval/render.h"
#include "query/eval/semantics.h"

namespace maek::query::test {
namespace {

Value deepest() {
    Value nested = Value::string("end");
    for (std::uint32_t i = 0; i + 1 < Value::kMaxDepth; ++i) {
        nested = i % 2 == 0 ? make_list({nested}) : make_map({{"k", nested}});
    }
    return nested;
}

void* walk(void*) {
    const Value a = deepest(), b = deepest();
    const bool good = equal(a, b) == Truth::kTrue && equivalent(a, b) && order(a, b) == 0 && hash_value(a) == hash_value(b) &&
                      compare(a, b) == Comparison::kEqual && to_literal(a).size() > 2000 && !describe(a).empty() &&
                      !value_type_text(a).empty() && a == b;
    static char yes;
    return good ? &yes : nullptr;
}

TEST(DeepestValues, AreWalkedOnASmallStack) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 512 * 1024);
    pthread_t thread{};
    ASSERT_EQ(pthread_create(&thread, &attributes, walk, nullptr), 0);
    void* answer = nullptr;
    pthread_join(thread, &answer);
    pthread_attr_destroy(&attributes);
    EXPECT_NE(answer, nullptr);
}

}  // namespace
}  // namespace maek::query::test
