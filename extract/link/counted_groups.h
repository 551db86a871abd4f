// Room: extract, inner. Counted groups that stand for names: "두 기관", "여섯 대학", "3개 기업", "양측"; how many they are, and of
// what. references.h finds whom they mean. Tests: tests/extract/link/references_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "extract/document.h"

namespace maek::extract {

enum class GroupKind : std::uint8_t { kAny, kFirms, kUniversities, kGovernments, kInstitutes, kFacilities, kClusters };

struct Group {
    std::size_t bytes = 0, count = 0;
    GroupKind kind = GroupKind::kAny;
};

// The group that the text begins with; count 0: none. Requires: the text is not empty.
Group group_at(std::string_view text);

// Whether what is counted behind the word is not what was named: "등 6개 기관", "나머지 세 곳".
bool counts_others(std::string_view word);

// A body that acts in its own name.
bool can_act(EntityType type);

// Whether things of the type make up such a group.
bool belongs(EntityType type, GroupKind kind);

// Particles that may stand behind a short form.
bool is_short_form_tail(std::string_view tail);

}  // namespace maek::extract
