#include "extract/mention/types_by_form.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace maek::extract {

namespace {

constexpr std::size_t kSyllable = 3;  // bytes of one
constexpr float kWorthIt = 0.25f;     // of all types together: somebody who counts
constexpr float kListed = 0.6f;       // what such a place or body is worth at least
constexpr float kSureEnough = 0.2f;   // of the other name that begins with the stem

bool is_one_of(EntityType type, std::initializer_list<EntityType> types) { return std::find(types.begin(), types.end(), type) != types.end(); }

bool is_hangul(std::string_view name) {
    return name.size() % kSyllable == 0 && std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

bool is_known(const NameCandidate& name) {
    return std::any_of(name.places.begin(), name.places.end(), [](const NamePlace& place) { return !place.entries.empty(); });
}

EntityType place_by_form(std::string_view name) {
    if (!is_hangul(name) || name.size() < 3 * kSyllable || name.size() > 4 * kSyllable) return EntityType::kNone;
    for (const std::string_view end : {"시", "군", "구"}) {
        if (name.ends_with(end)) return EntityType::kCity;
    }
    return name.ends_with("도") ? EntityType::kProvince : EntityType::kNone;
}

EntityType body_by_form(std::string_view name, EntityType taken) {
    if (name.ends_with("대학교") && is_one_of(taken, {EntityType::kCompany, EntityType::kAgency, EntityType::kResearchInstitute})) return EntityType::kUniversity;
    if (name.ends_with("테크노파크") && is_one_of(taken, {EntityType::kCompany, EntityType::kAgency, EntityType::kFacility})) return EntityType::kTechnopark;
    for (const std::string_view head : {"협의체", "얼라이언스", "거버넌스", "연합체"}) {
        if (name.ends_with(head) && is_one_of(taken, {EntityType::kCompany, EntityType::kAgency, EntityType::kProject, EntityType::kFacility})) return EntityType::kAlliance;
    }
    return EntityType::kNone;
}

// The rows of an article's names while their types are settled.
class Settlement {
public:
    Settlement(const std::vector<NameCandidate>& names, NameQuestions& questions) : names_(names), rows_(questions.rows), links_(questions.links) {
        first_.assign(names.size() + 1, 0);
        for (const NameRow& row : rows_) ++first_[row.candidate + 1];
        for (std::size_t n = 0; n < names.size(); ++n) first_[n + 1] += first_[n];
        for (std::uint32_t n = 0; n < names.size(); ++n) by_letters_.emplace(names[n].folded, n);
    }

    void run() {
        for (std::uint32_t n = 0; n < names_.size(); ++n) {
            if (const NameRow* row = surest(n)) settle(n, body_by_form(names_[n].folded, row->type));
        }
        const std::unordered_set<std::string_view> stems = stems_of_others();
        for (std::uint32_t n = 0; n < names_.size(); ++n) {
            const std::string_view name = names_[n].folded;
            if (may_be_place(n) && stems.contains(name.substr(0, name.size() - kSyllable))) settle(n, place_by_form(name));
        }
        for (const auto& [left, right] : links_.listed) {
            settle_beside(left, right);
            settle_beside(right, left);
        }
        for (std::uint32_t n = 0; n < names_.size(); ++n) cut_person(n);
    }

private:
    NameRow* surest(std::uint32_t name) {
        NameRow* best = nullptr;
        for (std::size_t r = first_[name]; r < first_[name + 1]; ++r) {
            if (best == nullptr || rows_[r].chance > best->chance) best = &rows_[r];
        }
        return best;
    }
    bool is_place(std::uint32_t name) {
        const NameRow* row = surest(name);
        return row != nullptr && row->chance >= kSureEnough && is_one_of(row->type, {EntityType::kCity, EntityType::kProvince});
    }
    bool may_be_place(std::uint32_t name) {
        const NameRow* row = surest(name);
        return row != nullptr && row->type == EntityType::kCompany && !is_known(names_[name]) && place_by_form(names_[name].folded) != EntityType::kNone;
    }

    // The first two to three syllables of the surer names that may be called after a place.
    std::unordered_set<std::string_view> stems_of_others() {
        std::unordered_set<std::string_view> stems;
        for (const NameRow& row : rows_) {
            if (row.chance < kSureEnough) continue;
            if (!is_one_of(row.type, {EntityType::kCluster, EntityType::kTechnopark, EntityType::kFacility, EntityType::kUniversity, EntityType::kAgency})) continue;
            const std::string_view name = names_[row.candidate].folded;
            for (std::size_t n = 2; n <= 3; ++n) {
                if (name.size() >= (n + 2) * kSyllable && is_hangul(name.substr(0, n * kSyllable))) stems.insert(name.substr(0, n * kSyllable));
            }
        }
        return stems;
    }

    // The chances that went to other types belong to this one.
    void settle(std::uint32_t name, EntityType type) {
        if (type == EntityType::kNone || is_known(names_[name])) return;
        NameRow* row = surest(name);
        float all = 0;
        for (std::size_t r = first_[name]; r < first_[name + 1]; ++r) {
            all += rows_[r].chance;
            if (rows_[r].type == type) row = &rows_[r];
        }
        for (std::size_t r = first_[name]; r < first_[name + 1]; ++r) rows_[r].chance = 0;
        row->type = type;
        row->chance = all < kWorthIt ? all : std::clamp(all, kListed, 0.95f);
    }

    // "솔빛시, 해오름도와": in one enumeration with a place.
    void settle_beside(std::uint32_t name, std::uint32_t other) {
        if (may_be_place(name) && is_place(other)) settle(name, place_by_form(names_[name].folded));
    }

    // "이도담 솔빛시 경제국장": the place behind a person is no part of the name.
    void cut_person(std::uint32_t name) {
        NameRow* row = surest(name);
        if (row == nullptr || row->type != EntityType::kPerson) return;
        const std::string_view letters = names_[name].folded;
        for (std::size_t cut = 2 * kSyllable; cut + 2 * kSyllable <= letters.size(); cut += kSyllable) {
            const auto person = by_letters_.find(letters.substr(0, cut)), place = by_letters_.find(letters.substr(cut));
            if (person == by_letters_.end() || place == by_letters_.end() || !is_place(place->second)) continue;
            NameRow* kept = surest(person->second);
            if (kept == nullptr || kept->type != EntityType::kPerson) continue;
            kept->chance = std::max(kept->chance, row->chance);
            row->chance = 0;
            return;
        }
    }

    const std::vector<NameCandidate>& names_;
    std::vector<NameRow>& rows_;
    const NameLinks& links_;
    std::vector<std::size_t> first_;  // of each name's rows
    std::unordered_map<std::string_view, std::uint32_t> by_letters_;
};

}  // namespace

void settle_types_by_form(const std::vector<NameCandidate>& names, NameQuestions& questions) { Settlement(names, questions).run(); }

}  // namespace maek::extract
