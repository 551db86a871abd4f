#include "extract/mention/suggestions.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "extract/mention/english_names.h"
#include "extract/mention/name_tables.h"

namespace maek::extract {
namespace {

// Fields that no table knows: what stands in the name of a place or an undertaking before its last
// word, and what stands before "산업" and "분야".
void suggest_fields(const SentenceView& view, const std::vector<SpanChance>& chances, std::vector<Suggestion>& out) {
    const auto& units = view.row.units;
    const auto& first = view.row.first;
    const auto hint = [&](std::size_t begin, std::size_t end) {
        if (end < begin + 2 || end - begin > 14 || units[begin].cls == UnitClass::kSign || units[end - 1].cls == UnitClass::kSign) return;
        out.push_back({static_cast<std::uint16_t>(begin), static_cast<std::uint16_t>(end), EntityType::kIndustry});
    };
    for (const SpanChance& chance : chances) {
        const bool holder = chance.type == EntityType::kCluster || chance.type == EntityType::kFacility || chance.type == EntityType::kProject ||
                            chance.type == EntityType::kAlliance;
        if (!holder || chance.posterior < 0.3f) continue;
        std::array<std::size_t, 8> cuts{};
        std::size_t count = 0;
        for (std::size_t i = chance.begin; i < chance.end && count < cuts.size(); ++i) {
            if (i == chance.begin || units[i].blank_before) cuts[count++] = i;
        }
        for (std::size_t a = 0; a + 1 < count; ++a) {
            for (std::size_t b = a + 1; b < count && b <= a + 2; ++b) hint(cuts[a], cuts[b]);
        }
    }
    for (std::size_t i = 1; i + 1 < units.size(); ++i) {
        const bool field = (first[i] == U'산' && first[i + 1] == U'업') || (first[i] == U'분' && first[i + 1] == U'야');
        if (!field || units[i + 1].blank_before || units[i - 1].cls == UnitClass::kSign) continue;
        const std::size_t begin = units[i].blank_before ? units[i - 1].run_begin : units[i].run_begin;
        if (units[i].blank_before && units[i - 1].stem_end != units[i - 1].run_end) continue;  // a particle between
        hint(begin, i);
        if (begin > 0 && units[begin - 1].cls != UnitClass::kSign && units[begin - 1].stem_end == units[begin - 1].run_end) hint(units[begin - 1].run_begin, i);
    }
}

// What a word of each class may be; kNone: no name that is listed.
std::array<EntityType, 64> types_of_classes() {
    constexpr std::pair<std::string_view, EntityType> kTypes[] = {
        {"firm", EntityType::kCompany}, {"enterprise", EntityType::kCompany}, {"country", EntityType::kAgency}, {"nation", EntityType::kAgency},
        {"office", EntityType::kAgency}, {"body", EntityType::kAgency}, {"public-body", EntityType::kAgency}, {"building", EntityType::kFacility},
        {"landmark", EntityType::kFacility}, {"institute", EntityType::kResearchInstitute}, {"academy", EntityType::kUniversity},
        {"zone", EntityType::kCluster}, {"field", EntityType::kIndustry}};
    std::array<EntityType, 64> out;
    out.fill(EntityType::kNone);
    for (std::size_t t = 0; t < kEntityTypes; ++t) {
        if (static_cast<EntityType>(t) != EntityType::kPerson) out[t] = static_cast<EntityType>(t);
    }
    for (const auto& [word, type] : kTypes) out[auxiliary_class(word)] = type;
    return out;
}

// Names that the tables know, whatever the model says: it may be wrong, and fields often stand inside
// other names.
void suggest_known(const SentenceView& view, std::vector<Suggestion>& out) {
    static const std::array<EntityType, 64> kTypeOf = types_of_classes();
    for (const NameMatch& match : view.matches) {
        const EntityType type = match.cls < kTypeOf.size() ? kTypeOf[match.cls] : EntityType::kNone;
        if (type == EntityType::kNone) continue;
        const bool edges = type == EntityType::kIndustry ? match.left || match.right : match.left && match.right;
        if (edges) out.push_back({match.begin, match.end, type});
    }
}

// Words behind a quotation that tell what kind of thing it names.
struct Kind {
    std::u32string_view word;
    EntityType type;
};

constexpr std::array<Kind, 26> kKinds = {{
    {U"사업", EntityType::kProject}, {U"프로젝트", EntityType::kProject}, {U"프로그램", EntityType::kProject}, {U"제도", EntityType::kProject}, {U"정책", EntityType::kProject},
    {U"캠페인", EntityType::kProject}, {U"공모전", EntityType::kProject}, {U"행사", EntityType::kProject}, {U"축제", EntityType::kProject}, {U"포럼", EntityType::kProject},
    {U"대회", EntityType::kProject}, {U"전략", EntityType::kProject}, {U"훈련", EntityType::kProject}, {U"과제", EntityType::kProject}, {U"교육", EntityType::kProject},
    {U"전시회", EntityType::kProject}, {U"박람회", EntityType::kProject}, {U"콘퍼런스", EntityType::kProject}, {U"센터", EntityType::kFacility}, {U"시설", EntityType::kFacility},
    {U"단지", EntityType::kCluster}, {U"특구", EntityType::kCluster}, {U"협의체", EntityType::kAlliance}, {U"컨소시엄", EntityType::kAlliance}, {U"네트워크", EntityType::kAlliance},
    {U"얼라이언스", EntityType::kAlliance},
}};

EntityType kind_at(const std::vector<char32_t>& first, std::size_t at, std::size_t end) {
    for (const Kind& kind : kKinds) {
        if (at + kind.word.size() <= end && std::equal(kind.word.begin(), kind.word.end(), first.begin() + static_cast<std::ptrdiff_t>(at))) return kind.type;
    }
    return EntityType::kNone;
}

bool opens_quote(char32_t c) { return c == U'‘' || c == U'“' || c == U'「' || c == U'『' || c == U'<' || c == U'《' || c == U'〈'; }
bool closes_quote(char32_t c) { return c == U'’' || c == U'”' || c == U'」' || c == U'』' || c == U'>' || c == U'》' || c == U'〉'; }

// "‘한빛나눔’ 사업": what stands in quotation marks before such a word.
void suggest_quoted(const SentenceView& view, std::vector<Suggestion>& out) {
    constexpr std::size_t kLongestQuote = 16;
    const auto& first = view.row.first;
    std::size_t open = view.size();
    for (std::size_t i = 0; i + 1 < view.size(); ++i) {
        if (opens_quote(first[i])) open = i;
        else if (closes_quote(first[i]) && open < i) {
            const EntityType type = i > open + 2 && i - open <= kLongestQuote ? kind_at(first, i + 1, view.row.units[i + 1].run_end) : EntityType::kNone;
            if (type != EntityType::kNone) out.push_back({static_cast<std::uint16_t>(open + 1), static_cast<std::uint16_t>(i), type});
            open = view.size();
        }
    }
}

}  // namespace

void suggest_names(const SentenceView& view, const std::vector<SpanChance>& chances, std::vector<Suggestion>& out) {
    suggest_known(view, out);
    suggest_fields(view, chances, out);
    suggest_quoted(view, out);
    find_english_names(view.row, out);
}

}  // namespace maek::extract
