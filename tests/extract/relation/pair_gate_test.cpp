#include "extract/relation/pair_gate.h"

#include <gtest/gtest.h>

namespace maek::extract {
namespace {

// A city as topic, a facility as object, a person far away.
Scene three_names() {
    Scene scene;
    Occurrence city, facility, person;
    city.type = EntityType::kCity;
    city.group_role = Role::kTopic;
    city.word = 0;
    facility.type = EntityType::kFacility;
    facility.group_role = Role::kObject;
    facility.word = 2;
    facility.group = 1;
    person.type = EntityType::kPerson;
    person.word = 20;
    person.group = 2;
    scene.occurrences = {city, facility, person};
    return scene;
}

TEST(PairGate, LetsEveryPairPassWithoutWeights) {
    const Scene scene = three_names();
    EXPECT_TRUE(PairGate().open(PairGate::signs(scene, 0, 1)));
    EXPECT_TRUE(PairGate().open(PairGate::signs(scene, 2, 1)));
}

TEST(PairGate, ClosesForPairsBelowItsFloor) {
    const Scene scene = three_names();
    std::vector<std::int8_t> weights(PairGate::kCells, 0);
    for (const std::uint16_t cell : PairGate::signs(scene, 0, 1)) weights[cell] = 2;
    const PairGate gate(weights, 2 * static_cast<std::int32_t>(PairGate::kSigns));
    EXPECT_TRUE(gate.open(PairGate::signs(scene, 0, 1)));
    EXPECT_FALSE(gate.open(PairGate::signs(scene, 2, 1)));
}

TEST(PairGate, ComesBackFromItsBytes) {
    const Scene scene = three_names();
    std::vector<std::int8_t> weights(PairGate::kCells, -1);
    std::string bytes;
    PairGate(weights, 0).write(bytes);
    ASSERT_EQ(bytes.size(), PairGate::kBytes);
    EXPECT_FALSE(PairGate::read(bytes).open(PairGate::signs(scene, 0, 1)));
    bytes.clear();
    PairGate().write(bytes);
    EXPECT_TRUE(PairGate::read(bytes).open(PairGate::signs(scene, 0, 1)));
}

}  // namespace
}  // namespace maek::extract
