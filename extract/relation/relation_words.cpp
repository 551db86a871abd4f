#include "extract/relation/relation_words.h"

#include <algorithm>
#include <map>

namespace maek::extract {
namespace {

std::vector<std::string> copy(std::span<const std::string> words) { return {words.begin(), words.end()}; }

bool longer(const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
}

}  // namespace

RelationWords RelationWords::make(const Lexicon& lexicon) {
    RelationWords out;
    for (const std::string& word : lexicon.words("josa")) out.roles_.emplace(word, Role::kOther);
    const std::pair<std::string_view, Role> kLists[] = {
        {"josa.topic", Role::kTopic}, {"josa.object", Role::kObject}, {"josa.with", Role::kWith},
        {"josa.to", Role::kTo},       {"josa.at", Role::kAt},         {"josa.by", Role::kBy},
        {"josa.of", Role::kOf}};
    for (const auto& [list, role] : kLists) {
        for (const std::string& word : lexicon.words(list)) out.roles_[word] = role;
    }
    for (const char* word : {"이", "가", "께서", "측이"}) out.roles_[word] = Role::kSubject;
    for (const char* word : {"도", "만", "까지", "까지도"}) out.roles_[word] = Role::kAlso;
    for (const char* word : {"이다", "다", "이며", "며", "이고", "인", "이자", "였다", "이었다", "입니다", "이었으며", "라며", "이라며"}) {
        out.roles_[word] = Role::kCopula;
    }
    std::map<std::string, WordBits> stems;
    for (std::size_t k = 0; k < kRelationKinds; ++k) {
        const std::string name(kRelationNames[k]);
        for (const std::string& stem : lexicon.words("trigger." + name)) {
            if (stem.size() >= 6) stems[stem] |= WordBits{1} << k;
        }
        for (const std::string& stem : lexicon.words("trigger.english." + name)) {
            out.english_.emplace_back(stem, WordBits{1} << k);
        }
    }
    std::size_t next_class = 0;
    for (const std::string_view list : lexicon.lists()) {
        if (!list.starts_with("class.") || list.starts_with("class.english.") || next_class == kWordClasses) continue;
        const WordBits bit = WordBits{1} << (kRelationKinds + next_class++);
        for (const std::string& stem : lexicon.words(list)) {
            if (stem.size() >= 6) stems[stem] |= bit;
        }
        for (const std::string& stem : lexicon.words("class.english." + std::string(list.substr(6)))) {
            out.english_.emplace_back(stem, bit);
        }
    }
    for (const auto& [stem, bits] : stems) out.stems_[stem.substr(0, 3)].emplace_back(stem, bits);
    for (auto& [first, list] : out.stems_) {
        std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return longer(a.first, b.first); });
    }
    for (const std::string& word : lexicon.words("title")) out.titles_.insert(word);
    out.title_list_ = copy(lexicon.words("title"));
    std::sort(out.title_list_.begin(), out.title_list_.end(), longer);
    out.say_ = copy(lexicon.words("frame.say"));
    out.negation_ = copy(lexicon.words("negation"));
    out.comparison_ = copy(lexicon.words("comparison"));
    out.money_not_ = copy(lexicon.words("money.not"));
    out.money_total_ = copy(lexicon.words("money.total"));
    out.counted_ = copy(lexicon.words("counted"));
    out.heads_ = copy(lexicon.words("reference.heads"));
    std::sort(out.heads_.begin(), out.heads_.end(), longer);
    return out;
}

Role RelationWords::role(std::string_view tail) const {
    const auto found = roles_.find(std::string(tail));
    return found == roles_.end() ? Role::kOther : found->second;
}

WordBits RelationWords::triggers(std::string_view word) const {
    WordBits bits = 0;
    for (std::size_t i = 0; i + 3 <= word.size();) {
        const auto lead = static_cast<unsigned char>(word[i]);
        const std::size_t step = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (step == 3) {
            const auto found = stems_.find(std::string(word.substr(i, 3)));
            if (found != stems_.end()) {
                for (const auto& [stem, set] : found->second) {
                    if (word.substr(i).starts_with(stem)) bits |= set;
                }
            }
        }
        i += step;
    }
    return bits;
}

std::string_view RelationWords::trigger_stem(std::string_view word) const {
    for (std::size_t i = 0; i + 3 <= word.size();) {
        const auto lead = static_cast<unsigned char>(word[i]);
        const std::size_t step = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (step == 3) {
            const auto found = stems_.find(std::string(word.substr(i, 3)));
            if (found != stems_.end()) {
                for (const auto& entry : found->second) {
                    if ((entry.second & kRelationBits) != 0 && word.substr(i).starts_with(entry.first)) return entry.first;
                }
            }
        }
        i += step;
    }
    return {};
}

WordBits RelationWords::english_triggers(std::string_view lower_word) const {
    WordBits bits = 0;
    for (const auto& [stem, set] : english_) {
        if (lower_word.starts_with(stem)) bits |= set;
    }
    return bits;
}

std::string_view RelationWords::title_at_end(std::string_view word) const {
    for (const std::string& title : title_list_) {
        if (word.ends_with(title)) return title;
    }
    return {};
}

bool RelationWords::counted(std::string_view word) const {
    for (const std::string& unit : counted_) {
        if (word.starts_with(unit)) return true;
    }
    return false;
}

bool RelationWords::holds(const std::vector<std::string>& list, std::string_view text) {
    for (const std::string& word : list) {
        if (text.find(word) != std::string_view::npos) return true;
    }
    return false;
}

}  // namespace maek::extract
