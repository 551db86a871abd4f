#include "extract/relation/relation_words.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "extract/text/utf8.h"

namespace maek::extract {
namespace {

std::vector<std::string> copy(std::span<const std::string> words) { return {words.begin(), words.end()}; }

bool longer(const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
}

// Signs beside the triggers of a stem.
constexpr WordBits kSays = WordBits{1} << 61, kDenies = WordBits{1} << 62, kCompares = WordBits{1} << 63;
constexpr WordBits kTriggers = (WordBits{1} << (kRelationKinds + kWordClasses)) - 1;

// The list of a syllable, made when it is not there.
template <class T>
std::vector<T>& list_of(std::vector<std::uint16_t>& index, std::vector<std::vector<T>>& lists, std::size_t syllable) {
    if (index[syllable] == 0) {
        lists.emplace_back();
        index[syllable] = static_cast<std::uint16_t>(lists.size());
    }
    return lists[index[syllable] - 1u];
}

}  // namespace

void RelationWords::add_english(std::string stem, WordBits bits) {
    if (stem.empty()) return;
    for (char& c : stem) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    english_[static_cast<unsigned char>(stem[0]) & 31].emplace_back(std::move(stem), bits);
}

void RelationWords::add_stems(const Lexicon& lexicon) {
    std::map<std::string, WordBits> stems;
    for (std::size_t k = 0; k < kRelationKinds; ++k) {
        const std::string name(kRelationNames[k]);
        for (const std::string& stem : lexicon.words("trigger." + name)) {
            if (stem.size() >= 6) stems[stem] |= WordBits{1} << k;
        }
        for (const std::string& stem : lexicon.words("trigger.english." + name)) {
            add_english(stem, WordBits{1} << k);
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
            add_english(stem, bit);
        }
    }
    const std::pair<std::string_view, WordBits> kSigns[] = {{"frame.say", kSays}, {"negation", kDenies}, {"comparison", kCompares}};
    for (const auto& [list, bit] : kSigns) {
        for (const std::string& stem : lexicon.words(list)) stems[stem] |= bit;
    }
    stems_at_.assign(kHangulSyllables + 1, 0);
    for (const auto& [stem, bits] : stems) {
        const std::size_t first = syllable(stem);
        if (first != kHangulSyllables) list_of(stems_at_, stems_, first).push_back({stem.substr(3), bits});
    }
    for (auto& list : stems_) {
        std::sort(list.begin(), list.end(), [](const Stem& a, const Stem& b) { return longer(a.rest, b.rest); });
    }
}

RelationWords RelationWords::make(const Lexicon& lexicon) {
    RelationWords out;
    std::map<std::string, Role> roles;
    for (const std::string& word : lexicon.words("josa")) roles.emplace(word, Role::kOther);
    const std::pair<std::string_view, Role> kLists[] = {
        {"josa.topic", Role::kTopic}, {"josa.object", Role::kObject}, {"josa.with", Role::kWith},
        {"josa.to", Role::kTo},       {"josa.at", Role::kAt},         {"josa.by", Role::kBy},
        {"josa.of", Role::kOf}};
    for (const auto& [list, role] : kLists) {
        for (const std::string& word : lexicon.words(list)) roles[word] = role;
    }
    for (const char* word : {"이", "가", "께서", "측이"}) roles[word] = Role::kSubject;
    for (const char* word : {"도", "만", "까지", "까지도"}) roles[word] = Role::kAlso;
    for (const char* word : {"이다", "다", "이며", "며", "이고", "인", "이자", "였다", "이었다", "입니다", "이었으며", "라며", "이라며"}) {
        roles[word] = Role::kCopula;
    }
    out.roles_at_.assign(kHangulSyllables + 1, 0);
    for (const auto& [text, role] : roles) {
        if (role != Role::kOther && syllable(text) != kHangulSyllables) list_of(out.roles_at_, out.roles_, syllable(text)).push_back({text, role});
    }
    out.add_stems(lexicon);
    for (const std::string& word : lexicon.words("title")) out.titles_.insert(word);
    std::vector<std::string> titles = copy(lexicon.words("title"));
    std::sort(titles.begin(), titles.end(), longer);
    out.titles_at_.assign(kHangulSyllables + 1, 0);
    for (std::string& title : titles) {
        const std::size_t last = last_syllable(title);  // English posts share the slot behind the last syllable
        list_of(out.titles_at_, out.title_lists_, last).push_back(std::move(title));
    }
    out.heads_ = copy(lexicon.words("reference.heads"));
    std::sort(out.heads_.begin(), out.heads_.end(), longer);
    return out;
}

Role RelationWords::role(std::string_view tail) const {
    const std::size_t first = syllable(tail);
    if (first == kHangulSyllables || roles_at_[first] == 0) return Role::kOther;
    for (const Particle& particle : roles_[roles_at_[first] - 1u]) {
        if (particle.text == tail) return particle.role;
    }
    return Role::kOther;
}

WordReading RelationWords::read(std::string_view word) const {
    WordReading out;
    WordBits bits = 0;
    for (std::size_t i = 0; i + 3 <= word.size();) {
        const auto lead = static_cast<unsigned char>(word[i]);
        const std::size_t step = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (step == 3) {
            const std::size_t first = syllable(word.substr(i));
            if (first != kHangulSyllables && stems_at_[first] != 0) {
                for (const Stem& stem : stems_[stems_at_[first] - 1u]) {
                    if (!begins_with(word.substr(i + 3), stem.rest)) continue;
                    bits |= stem.bits;
                    if (out.stem.empty() && (stem.bits & kRelationBits) != 0) out.stem = word.substr(i, 3 + stem.rest.size());
                }
            }
        }
        i += step;
    }
    out.triggers = bits & kTriggers;
    out.says = (bits & kSays) != 0;
    out.denies = (bits & kDenies) != 0;
    out.compares = (bits & kCompares) != 0;
    return out;
}

WordBits RelationWords::english_triggers(std::string_view lower_word) const {
    WordBits bits = 0;
    if (lower_word.empty()) return 0;
    for (const auto& [stem, set] : english_[static_cast<unsigned char>(lower_word[0]) & 31]) {
        if (begins_with(lower_word, stem)) bits |= set;
    }
    return bits;
}

std::string_view RelationWords::title_at_end(std::string_view word) const {
    const std::size_t last = last_syllable(word);
    if (titles_at_[last] == 0) return {};
    for (const std::string& title : title_lists_[titles_at_[last] - 1u]) {
        if (closes_with(word, title)) return title;
    }
    return {};
}

}  // namespace maek::extract
