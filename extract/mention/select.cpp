#include "extract/mention/select.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <string>
#include <vector>

namespace maek::extract {

// Province, City, Technopark, ResearchInstitute, University, Company, Agency, Cluster, Alliance,
// Facility, Project, Person, Industry: bench/extraction/thresholds.py finds them on the folds.
const Thresholds kThresholds = {0.6f, 0.45f, 0.5f, 0.38f, 0.4f, 0.33f, 0.55f, 0.33f, 0.33f, 0.45f, 0.4f, 0.35f, 0.3f, 1.0f};

namespace {

// Letters and digits in lower case, without blanks and signs.
std::string folded(std::string_view name) {
    std::string out;
    for (const char c : name) {
        const auto b = static_cast<unsigned char>(c);
        if (b >= 0x80 || std::isalnum(b) != 0) out += static_cast<char>(std::tolower(b));
    }
    return out;
}

// Kinds of things, not names of things.
bool is_generic(std::string_view name) {
    static constexpr std::array<std::string_view, 52> kKinds = {
        "정부", "지자체", "지방자치단체", "공공기관", "기관", "센터", "재단", "공단", "공사", "협회", "조합", "위원회", "산업단지", "산단", "국가산업단지",
        "일반산업단지", "특화산업단지", "클러스터", "산업클러스터", "특구", "규제자유특구", "밸리", "단지", "연구단지", "시범지구", "테크노파크", "연구원",
        "연구소", "대학", "대학교", "대학원", "협의회", "협의체", "컨소시엄", "추진단", "사업단", "네트워크", "얼라이언스", "태스크포스", "혁신지원센터",
        "지원센터", "연구센터", "사업", "프로젝트", "프로그램", "전략", "산업", "미래산업", "주력산업", "첨단산업", "제조업", "기술"};
    return std::find(kKinds.begin(), kKinds.end(), name) != kKinds.end();
}

std::map<std::string, std::vector<std::uint32_t>> by_name(const Document& document) {
    std::map<std::string, std::vector<std::uint32_t>> names;
    for (std::uint32_t i = 0; i < document.mentions.size(); ++i) names[folded(document.name(document.mentions[i]))].push_back(i);
    return names;
}

}  // namespace

void agree_types(Document& document) {
    for (const auto& [name, mentions] : by_name(document)) {
        std::array<float, kEntityTypes + 1> votes{};
        for (const std::uint32_t i : mentions) votes[static_cast<std::size_t>(document.mentions[i].type)] += document.mentions[i].confidence;
        const auto best = static_cast<EntityType>(std::max_element(votes.begin(), votes.end()) - votes.begin());
        for (const std::uint32_t i : mentions) {
            Mention& mention = document.mentions[i];
            if (mention.type == best) continue;
            mention.type = best;
            mention.entry = Mention::kNoEntry;
            for (const std::uint32_t k : mentions) {
                if (document.mentions[k].type == best && document.mentions[k].entry != Mention::kNoEntry) mention.entry = document.mentions[k].entry;
            }
        }
    }
}

void drop_unsure(Document& document, const Thresholds& thresholds) {
    std::vector<bool> keep(document.mentions.size(), false);
    for (const auto& [name, mentions] : by_name(document)) {
        float surest = 0;
        for (const std::uint32_t i : mentions) surest = std::max(surest, document.mentions[i].confidence);
        const EntityType type = document.mentions[mentions[0]].type;
        float least = thresholds[static_cast<std::size_t>(type)];
        // a person without a post beside the name needs a surer look
        const bool posted = std::any_of(mentions.begin(), mentions.end(), [&](std::uint32_t i) { return !document.mentions[i].title.empty(); });
        if (type == EntityType::kPerson && !posted) least = 0.5f;
        const bool sure = surest >= least && !is_generic(name);
        for (const std::uint32_t i : mentions) keep[i] = sure;
    }
    std::size_t n = 0;
    for (std::size_t i = 0; i < document.mentions.size(); ++i) {
        if (keep[i]) document.mentions[n++] = document.mentions[i];
    }
    document.mentions.resize(n);
}

}  // namespace maek::extract
