#include "extract/mention/english_names.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace maek::extract {
namespace {

constexpr std::size_t kLongest = 14;  // units of a row

struct Head {
    std::u32string_view word;
    EntityType type;
};

// The word that tells the kind: the last of the row, or the last before "of" and "for".
constexpr Head kHeads[] = {
    {U"ministry", EntityType::kAgency}, {U"department", EntityType::kAgency}, {U"agency", EntityType::kAgency}, {U"association", EntityType::kAgency},
    {U"foundation", EntityType::kAgency}, {U"committee", EntityType::kAgency}, {U"commission", EntityType::kAgency}, {U"council", EntityType::kAgency},
    {U"authority", EntityType::kAgency}, {U"organization", EntityType::kAgency}, {U"organisation", EntityType::kAgency}, {U"headquarters", EntityType::kAgency},
    {U"office", EntityType::kAgency}, {U"service", EntityType::kAgency}, {U"administration", EntityType::kAgency}, {U"corporation", EntityType::kAgency},
    {U"federation", EntityType::kAgency}, {U"society", EntityType::kAgency}, {U"union", EntityType::kAgency}, {U"embassy", EntityType::kAgency}, {U"assembly", EntityType::kAgency},
    {U"institute", EntityType::kResearchInstitute}, {U"institutes", EntityType::kResearchInstitute}, {U"laboratory", EntityType::kResearchInstitute}, {U"lab", EntityType::kResearchInstitute},
    {U"university", EntityType::kUniversity}, {U"college", EntityType::kUniversity}, {U"school", EntityType::kUniversity}, {U"academy", EntityType::kUniversity},
    {U"technopark", EntityType::kTechnopark},
    {U"co", EntityType::kCompany}, {U"corp", EntityType::kCompany}, {U"inc", EntityType::kCompany}, {U"ltd", EntityType::kCompany}, {U"group", EntityType::kCompany},
    {U"holdings", EntityType::kCompany}, {U"bank", EntityType::kCompany}, {U"motors", EntityType::kCompany}, {U"motor", EntityType::kCompany}, {U"electronics", EntityType::kCompany},
    {U"engineering", EntityType::kCompany}, {U"industries", EntityType::kCompany}, {U"associates", EntityType::kCompany}, {U"pharmaceutical", EntityType::kCompany}, {U"partners", EntityType::kCompany},
    {U"center", EntityType::kFacility}, {U"centre", EntityType::kFacility}, {U"centers", EntityType::kFacility}, {U"museum", EntityType::kFacility}, {U"hospital", EntityType::kFacility},
    {U"airport", EntityType::kFacility}, {U"port", EntityType::kFacility}, {U"campus", EntityType::kFacility}, {U"station", EntityType::kFacility}, {U"hall", EntityType::kFacility},
    {U"tower", EntityType::kFacility}, {U"plant", EntityType::kFacility}, {U"library", EntityType::kFacility}, {U"hotel", EntityType::kFacility}, {U"factory", EntityType::kFacility},
    {U"valley", EntityType::kCluster}, {U"complex", EntityType::kCluster}, {U"zone", EntityType::kCluster}, {U"park", EntityType::kCluster}, {U"cluster", EntityType::kCluster},
    {U"district", EntityType::kCluster}, {U"belt", EntityType::kCluster}, {U"town", EntityType::kCluster},
    {U"forum", EntityType::kProject}, {U"project", EntityType::kProject}, {U"program", EntityType::kProject}, {U"programme", EntityType::kProject}, {U"initiative", EntityType::kProject},
    {U"summit", EntityType::kProject}, {U"expo", EntityType::kProject}, {U"policy", EntityType::kProject}, {U"festival", EntityType::kProject}, {U"partnership", EntityType::kProject},
    {U"conference", EntityType::kProject}, {U"plan", EntityType::kProject}, {U"strategy", EntityType::kProject}, {U"exhibition", EntityType::kProject}, {U"fair", EntityType::kProject},
    {U"challenge", EntityType::kProject}, {U"award", EntityType::kProject}, {U"olympics", EntityType::kProject}, {U"deal", EntityType::kProject}, {U"week", EntityType::kProject},
    {U"alliance", EntityType::kAlliance}, {U"consortium", EntityType::kAlliance}, {U"network", EntityType::kAlliance}, {U"coalition", EntityType::kAlliance},
};

enum class Link : std::uint8_t { kNone, kAnd, kOf };

struct Words {
    std::unordered_map<std::uint32_t, EntityType> heads;
    std::uint32_t of, for_, and_, the, s, a, an, ministry, department;

    Words() {
        for (const Head& head : kHeads) heads.emplace(code(head.word), head.type);
        of = code(U"of"), for_ = code(U"for"), and_ = code(U"and"), the = code(U"the"), s = code(U"s"), a = code(U"a"), an = code(U"an");
        ministry = code(U"ministry"), department = code(U"department");
    }
    static std::uint32_t code(std::u32string_view word) { return unit_code(word, UnitClass::kLatin); }
    static const Words& get() {
        static const Words words;
        return words;
    }
};

class Finder {
public:
    Finder(const UnitRow& row, std::vector<Suggestion>& out) : units_(row.units), first_(row.first), out_(out) {}

    void run() {
        for (std::size_t i = 0; i < units_.size();) {
            if (!capital(i)) {
                ++i;
                continue;
            }
            const std::size_t end = row_end(i);
            std::size_t begin = i;
            if (is(begin, words_.the) || is(begin, words_.a) || is(begin, words_.an)) ++begin;
            read(begin, end);
            i = std::max(end, i + 1);
        }
    }

private:
    bool is(std::size_t i, std::uint32_t code) const { return i < units_.size() && units_[i].cls == UnitClass::kLatin && units_[i].code == code; }
    bool capital(std::size_t i) const {
        return i < units_.size() && units_[i].cls == UnitClass::kLatin && units_[i].letters != WordCase::kLower && units_[i].letters != WordCase::kNone;
    }
    bool sign(std::size_t i, std::u32string_view signs) const { return i < units_.size() && signs.find(first_[i]) != std::u32string_view::npos; }
    Link link(std::size_t i) const {
        if (is(i, words_.and_) || sign(i, U"&")) return Link::kAnd;
        return is(i, words_.of) || is(i, words_.for_) ? Link::kOf : Link::kNone;
    }

    // A comma inside "Ministry of Tides, Wind and Light": "and" and a capitalised word follow, and only such words and commas before.
    bool enumerates(std::size_t comma) const {
        for (std::size_t i = comma + 1; i < units_.size() && i < comma + 7; ++i) {
            if (is(i, words_.and_)) return i > comma + 1 && capital(i + 1);
            if (!capital(i) && !sign(i, U",")) return false;
        }
        return false;
    }

    std::size_t row_end(std::size_t begin) const {
        const bool body = is(begin, words_.ministry) || is(begin, words_.department);
        std::size_t end = begin + 1;
        while (end < units_.size() && end < begin + kLongest) {
            std::size_t next = end;
            if (link(next) != Link::kNone) {
                ++next;
                if (is(next, words_.the)) ++next;
            } else if (sign(next, U"'’") && is(next + 1, words_.s) && !units_[next + 1].blank_before) {
                next += 2;
            } else if (sign(next, U"-") && !units_[next].blank_before) {
                ++next;
            } else if (body && sign(next, U",") && enumerates(next)) {
                ++next;
            }
            if (!capital(next)) break;
            end = next + 1;
        }
        return end;
    }

    EntityType type_of(std::size_t begin, std::size_t end) const {
        for (std::size_t i = begin + 1; i < end; ++i) {  // what stands before "of" and "for" tells
            if (!is(i, words_.of) && !is(i, words_.for_)) continue;
            const auto found = words_.heads.find(units_[i - 1].code);
            if (found != words_.heads.end()) return found->second;
        }
        for (std::size_t i = end; i > begin && i + 2 > end; --i) {
            const auto found = words_.heads.find(units_[i - 1].code);
            if (units_[i - 1].cls == UnitClass::kLatin && found != words_.heads.end()) return found->second;
        }
        return EntityType::kNone;
    }

    void suggest(std::size_t begin, std::size_t end) {
        std::size_t words = 0;
        for (std::size_t i = begin; i < end; ++i) words += capital(i) ? 1 : 0;
        if (words < 2) return;
        const EntityType type = type_of(begin, end);
        if (type == EntityType::kNone) return;
        const Suggestion name{static_cast<std::uint16_t>(begin), static_cast<std::uint16_t>(end), type};
        if (std::find(out_.begin(), out_.end(), name) == out_.end()) out_.push_back(name);
    }

    void read(std::size_t begin, std::size_t end) {
        suggest(begin, end);
        std::size_t part = begin;
        for (std::size_t i = begin; i < end; ++i) {
            const bool genitive = sign(i, U"'’");
            if (!genitive && link(i) != Link::kAnd) continue;
            suggest(part, i);
            part = i + (genitive ? 2 : 1);
            suggest(part, end);
        }
    }

    const std::vector<Unit>& units_;
    const std::vector<char32_t>& first_;
    std::vector<Suggestion>& out_;
    const Words& words_ = Words::get();
};

}  // namespace

void find_english_names(const UnitRow& row, std::vector<Suggestion>& out) { Finder(row, out).run(); }

}  // namespace maek::extract
