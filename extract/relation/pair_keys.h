// Room: extract, inner. How the templates of a pair make keys of what they see. A change makes old models useless.
#pragma once

#include <cstdint>
#include <string_view>

#include "extract/document.h"

namespace maek::extract {

inline constexpr std::uint64_t kPairSeed = 0x9E3779B97F4A7C15ull;

inline std::uint64_t mix_pair(std::uint64_t h, std::uint64_t v) {
    h ^= v + kPairSeed + (h << 6) + (h >> 2);
    h *= 0xFF51AFD7ED558CCDull;
    return h ^ (h >> 32);
}

inline std::uint64_t hash_text(std::string_view text) {
    std::uint64_t h = 1469598103934665603ull;
    for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    return h;
}

template <class... Values>
std::uint64_t key_of(int form, Values... values) {
    std::uint64_t h = mix_pair(kPairSeed, static_cast<std::uint64_t>(form));
    ((h = mix_pair(h, static_cast<std::uint64_t>(values))), ...);
    return h;
}

// 0 1 2 3 4-5 6-8 9-14 15-
inline int bucket(std::size_t n) {
    if (n <= 3) return static_cast<int>(n);
    if (n <= 5) return 4;
    if (n <= 8) return 5;
    return n <= 14 ? 6 : 7;
}

// Types that behave alike: regions, institutes, agencies, firms, places of things, alliances, ...
inline int coarse(EntityType type) {
    switch (type) {
        case EntityType::kProvince: case EntityType::kCity: return 0;
        case EntityType::kTechnopark: case EntityType::kResearchInstitute: case EntityType::kUniversity: return 1;
        case EntityType::kCompany: return 2;
        case EntityType::kAgency: return 3;
        case EntityType::kCluster: case EntityType::kFacility: return 4;
        case EntityType::kAlliance: return 5;
        case EntityType::kProject: return 6;
        case EntityType::kPerson: return 7;
        case EntityType::kIndustry: return 8;
        case EntityType::kNone: break;
    }
    return 9;
}

}  // namespace maek::extract
