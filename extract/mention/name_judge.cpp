#include "extract/mention/name_judge.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <map>
#include <span>

#include "extract/mention/name_tables.h"
#include "extract/text/letter_marks.h"
#include "extract/text/utf8.h"

namespace maek::extract {

namespace {

constexpr std::string_view kMagic = "MAEKNJ02";
constexpr float kLeastChance = 0.04f;  // of a type, to be asked for
constexpr float kGiveUp = -5.5f;       // log-odds after which the first forest looks no further
constexpr std::size_t kMemoryNumbers = 14;  // the last of the first
constexpr float kHolder = 0.2f;        // of a name, to hold another

// Kinds of things, not names of things.
bool is_generic(std::string_view folded) {
    static constexpr std::array<std::string_view, 63> kKinds = {
        "정부", "지자체", "지방자치단체", "공공기관", "기관", "센터", "재단", "공단", "공사", "협회", "조합", "위원회", "산업단지", "산단", "국가산업단지",
        "일반산업단지", "특화산업단지", "클러스터", "산업클러스터", "특구", "규제자유특구", "밸리", "단지", "연구단지", "시범지구", "테크노파크", "연구원",
        "연구소", "대학", "대학교", "대학원", "협의회", "협의체", "컨소시엄", "추진단", "사업단", "네트워크", "얼라이언스", "태스크포스", "혁신지원센터",
        "지원센터", "연구센터", "사업", "프로젝트", "프로그램", "전략", "산업", "미래산업", "주력산업", "첨단산업", "제조업", "기술",
        "엑스포", "포럼", "박람회", "전시회", "축제", "대회", "행사", "캠퍼스", "공장", "협약", "지구"};
    return std::find(kKinds.begin(), kKinds.end(), folded) != kKinds.end();
}

// Classes of the name lists that say much the same.
const std::array<std::uint64_t, 11>& auxiliary_kinds() {
    static const std::array<std::uint64_t, 11> kKinds = [] {
        const auto mask = [](std::initializer_list<std::string_view> words) {
            std::uint64_t out = 0;
            for (const std::string_view word : words) out |= std::uint64_t{1} << auxiliary_class(word);
            return out;
        };
        return std::array<std::uint64_t, 11>{mask({"person"}), mask({"firm"}), mask({"school", "office", "body"}), mask({"country"}), mask({"place", "area"}),
                                             mask({"building"}), mask({"event", "work"}), mask({"technology"}), mask({"common", "law", "product"}),
                                             mask({"media", "team"}), mask({"post"})};
    }();
    return kKinds;
}

// Classes of word-names.tsv, by what they say of a word.
const std::array<std::uint64_t, 13>& word_kinds() {
    static const std::array<std::uint64_t, 13> kKinds = [] {
        const auto mask = [](std::initializer_list<std::string_view> words) {
            std::uint64_t out = 0;
            for (const std::string_view word : words) out |= std::uint64_t{1} << auxiliary_class(word);
            return out;
        };
        return std::array<std::uint64_t, 13>{mask({"noun"}), mask({"field"}), mask({"brand", "outlet"}), mask({"enterprise"}), mask({"public-body"}),
                                             mask({"institute", "academy"}), mask({"landmark", "zone"}), mask({"nation"}), mask({"locality"}),
                                             mask({"occasion"}), mask({"human", "role"}), mask({"unit"}), mask({"instrument"})};
    }();
    return kKinds;
}

struct Neighbour {
    std::uint32_t name = 0, place = 0;
};

// Fills the rows of one article.
class RowMaker {
public:
    RowMaker(const Document& document, const std::vector<NameCandidate>& names, const NameEndings& endings)
        : document_(document), names_(names), endings_(endings) {}

    NameQuestions run() {
        measure();
        links_.sort();
        NameQuestions out;
        std::vector<NameRow>& rows = out.rows;
        for (std::uint32_t n = 0; n < names_.size(); ++n) {
            for (std::size_t t = 0; t < kEntityTypes; ++t) {
                if (facts_[n].best[t] < kLeastChance && facts_[n].read[t] == 0 && (facts_[n].hints >> t & 1) == 0) continue;
                NameRow row;
                row.candidate = n;
                row.type = static_cast<EntityType>(t);
                fill(n, t, row.numbers);
                rows.push_back(row);
            }
        }
        out.links = std::move(links_);
        return out;
    }

private:
    struct Facts {
        std::array<float, kEntityTypes> best{}, second{}, sum{}, endings{};
        std::array<std::uint16_t, kEntityTypes> read{};
        std::array<float, kEntityTypes> read_best{};
        float top = 0;             // best of all types
        std::uint16_t hints = 0;
        float longer = 0, shorter = 0, crossing = 0;  // chances of overlapping others
        std::array<float, kEntityTypes> longer_of{}, shorter_of{}, left{}, right{}, row_sum{};
        float row_size = 0;
        float company = 0;         // other sure names in the same sentences
        float inside_letters = 0;  // places where the letters stand within another name
        std::array<float, kEntityTypes> same_entry_best{}, same_entry_sum{};
        float ends_longer = 0, ends_shorter = 0, begins_longer = 0;
        std::array<float, kEntityTypes> holder{};  // the surest name of each type that holds these letters
    };

    void measure() {
        facts_.resize(names_.size());
        for (std::uint32_t n = 0; n < names_.size(); ++n) {
            Facts& f = facts_[n];
            for (std::uint32_t p = 0; p < names_[n].places.size(); ++p) {
                const NamePlace& place = names_[n].places[p];
                order_.push_back({n, p});
                f.hints |= place.hints;
                for (std::size_t t = 0; t < kEntityTypes; ++t) {
                    const float c = place.chance[t];
                    f.sum[t] += c;
                    if (c > f.best[t]) f.second[t] = f.best[t], f.best[t] = c;
                    else f.second[t] = std::max(f.second[t], c);
                }
                if (place.read != EntityType::kNone) {
                    const auto t = static_cast<std::size_t>(place.read);
                    ++f.read[t];
                    f.read_best[t] = std::max(f.read_best[t], place.read_chance);
                }
            }
            f.top = *std::max_element(f.best.begin(), f.best.end());
            endings_.read(names_[n].folded, f.endings);
            for (std::size_t t = 0; t < kEntityTypes; ++t) {
                expected_[t] += std::min(1.0f, f.sum[t]);
                if (f.best[t] >= 0.5f) ++sure_[t];
            }
        }
        std::sort(order_.begin(), order_.end(), [&](const Neighbour& a, const Neighbour& b) {
            const ByteSpan x = at(a).span, y = at(b).span;
            return x.begin != y.begin ? x.begin < y.begin : x.end > y.end;
        });
        for (std::size_t t = 0; t < kEntityTypes; ++t) {
            for (const Facts& f : facts_) ranks_[t].push_back(f.best[t]);
            std::sort(ranks_[t].begin(), ranks_[t].end());
        }
        overlaps();
        enumerations();
        share_entries();
        share_letters();
        for (const Sentence& s : document_.sentences) useful_ += s.useful() ? 1 : 0;
    }

    const NamePlace& at(const Neighbour& n) const { return names_[n.name].places[n.place]; }

    void overlaps() {
        for (std::size_t i = 0; i < order_.size(); ++i) {
            const NamePlace& a = at(order_[i]);
            const float chance_a = a.best();
            for (std::size_t k = i + 1; k < order_.size() && k < i + 24 && at(order_[k]).span.begin < a.span.end; ++k) {
                const NamePlace& b = at(order_[k]);
                const float chance_b = b.best();
                Facts &fa = facts_[order_[i].name], &fb = facts_[order_[k].name];
                if (order_[i].name != order_[k].name) (a.span.contains(b.span) ? links_.holds : links_.crosses).emplace_back(order_[i].name, order_[k].name);
                if (a.span.contains(b.span)) {
                    fa.shorter = std::max(fa.shorter, chance_b);
                    fb.longer = std::max(fb.longer, chance_a);
                    fb.inside_letters += 1;
                    for (std::size_t t = 0; t < kEntityTypes; ++t) {
                        fa.shorter_of[t] = std::max(fa.shorter_of[t], b.chance[t]);
                        fb.longer_of[t] = std::max(fb.longer_of[t], a.chance[t]);
                    }
                } else {
                    fa.crossing = std::max(fa.crossing, chance_b);
                    fb.crossing = std::max(fb.crossing, chance_a);
                }
            }
        }
    }

    // "A, B와 C": names that only a comma, a dot or "and" parts.
    bool joins(std::uint32_t from, std::uint32_t to) const {
        if (to < from || to - from > 12) return false;
        const std::string_view gap = std::string_view(document_.text).substr(from, to - from);
        for (const std::string_view g : {", ", ",", "·", " · ", "와 ", "과 ", " 및 ", "/", " and ", ", and ", "㈜, ", "(주), ", "ㆍ", "과, ", "와, ", " 등 ", "’, ‘", "·㈜", ", ㈜", "' , '", "', '"}) {
            if (gap.size() == g.size() && begins_with(gap, g)) return true;
        }
        return false;
    }

    void enumerations() {
        // the places by where they end; those that end at e stand from first_at[e] on
        std::vector<std::uint32_t> first_at(document_.text.size() + 2, 0), by_end(order_.size());
        for (const Neighbour& n : order_) ++first_at[at(n).span.end + 1];
        for (std::size_t e = 1; e < first_at.size(); ++e) first_at[e] += first_at[e - 1];
        std::vector<std::uint32_t> next = first_at;
        for (std::uint32_t i = 0; i < order_.size(); ++i) by_end[next[at(order_[i]).span.end]++] = i;
        std::vector<float> left(order_.size(), 0.0f);
        for (std::size_t i = 0; i < order_.size(); ++i) {
            const NamePlace& b = at(order_[i]);
            for (std::uint32_t gap = 1; gap <= 12 && gap <= b.span.begin; ++gap) {
                const std::uint32_t end = b.span.begin - gap;
                if (first_at[end] == first_at[end + 1] || !joins(end, b.span.begin)) continue;
                for (std::uint32_t e = first_at[end]; e < first_at[end + 1]; ++e) {
                    const std::uint32_t k = by_end[e];
                    const NamePlace& a = at(order_[k]);
                    if (a.sentence != b.sentence) continue;
                    Facts &fa = facts_[order_[k].name], &fb = facts_[order_[i].name];
                    for (std::size_t t = 0; t < kEntityTypes; ++t) {
                        fb.left[t] = std::max(fb.left[t], a.chance[t]);
                        fa.right[t] = std::max(fa.right[t], b.chance[t]);
                    }
                    links_.listed.emplace_back(order_[k].name, order_[i].name);
                    left[i] = std::max(left[i], left[k] + 1);
                }
            }
            facts_[order_[i].name].row_size = std::max(facts_[order_[i].name].row_size, left[i]);
        }
        // how much is sure in the same sentence
        std::vector<float> of_sentence(document_.sentences.size(), 0.0f);
        for (const Neighbour& n : order_) links_.sentence.emplace_back(at(n).sentence, n.name);
        for (const Neighbour& n : order_) of_sentence[at(n).sentence] += at(n).best() >= 0.5f ? 1.0f : 0.0f;
        for (const Neighbour& n : order_) facts_[n.name].company = std::max(facts_[n.name].company, of_sentence[at(n).sentence]);
    }

    void share_entries() {
        std::map<std::pair<EntityType, std::uint32_t>, std::pair<float, float>> entries;
        for (int pass = 0; pass < 2; ++pass) {
            for (std::uint32_t n = 0; n < names_.size(); ++n) {
                for (const auto& [type, entry] : names_[n].places.front().entries) {
                    if (entry == Mention::kNoEntry) continue;
                    const auto t = static_cast<std::size_t>(type);
                    auto& [best, sum] = entries[{type, entry}];
                    if (pass == 0) {
                        best = std::max(best, facts_[n].best[t]);
                        sum += facts_[n].sum[t];
                    } else {
                        facts_[n].same_entry_best[t] = best;
                        facts_[n].same_entry_sum[t] = sum;
                    }
                }
            }
        }
    }

    // Names that end or begin another one: short forms, or pieces.
    void share_letters() {
        const std::size_t most = std::min<std::size_t>(names_.size(), 250);
        std::vector<std::uint64_t> marks;
        for (std::size_t i = 0; i < most; ++i) marks.push_back(letter_marks(names_[i].folded));
        for (std::size_t a = 0; a < most; ++a) {
            for (std::size_t b = 0; b < most; ++b) {
                if ((marks[a] & ~marks[b]) != 0 || a == b || names_[a].folded.size() >= names_[b].folded.size()) continue;
                const std::string_view shorter = names_[a].folded, longer = names_[b].folded;
                if (longer.find(shorter) == std::string_view::npos) continue;
                if (facts_[b].top > 0.02f) links_.letters.emplace_back(b, a);
                if (facts_[b].top >= kHolder) {
                    for (std::size_t t = 0; t < kEntityTypes; ++t) facts_[a].holder[t] = std::max(facts_[a].holder[t], facts_[b].best[t]);
                }
                if (longer.ends_with(shorter)) {
                    facts_[a].ends_longer = std::max(facts_[a].ends_longer, facts_[b].top);
                    facts_[b].ends_shorter = std::max(facts_[b].ends_shorter, facts_[a].top);
                } else if (longer.starts_with(shorter)) {
                    facts_[a].begins_longer = std::max(facts_[a].begins_longer, facts_[b].top);
                }
            }
        }
    }

    void fill(std::uint32_t n, std::size_t t, NameNumbers& out) const {
        const NameCandidate& name = names_[n];
        const Facts& f = facts_[n];
        const std::vector<NamePlace>& places = name.places;
        std::size_t at = 0;
        const auto put = [&](float v) {
            if (at < kFirstNumbers - kMemoryNumbers) out[at++] = v;
        };
        put(1);  // kHandNumber
        // the model
        float other = 0, other_sum = 0;
        std::size_t other_type = kEntityTypes;
        for (std::size_t o = 0; o < kEntityTypes; ++o) {
            if (o == t) continue;
            if (f.best[o] > other) other = f.best[o], other_type = o;
            other_sum += f.sum[o];
        }
        float found = 0, further = 0, first_chance = 0, read_grammar = 0, read_lexicon = 0;
        for (const NamePlace& p : places) {
            if (p.found) {
                if (found == 0) first_chance = p.chance[t];
                ++found;
            } else {
                ++further;
            }
            read_grammar += p.read != EntityType::kNone && p.source == MentionSource::kGrammar ? 1.0f : 0.0f;
            read_lexicon += p.read != EntityType::kNone && p.source == MentionSource::kLexicon ? 1.0f : 0.0f;
        }
        put(f.best[t]);
        put(f.second[t]);
        put(f.sum[t]);
        put(f.sum[t] / std::max(1.0f, found));
        put(f.sum[t] / std::max(1.0f, found + further));
        put(first_chance);
        put(other);
        put(other_sum);
        put(static_cast<float>(other_type));
        put(f.best[t] - other);
        put(f.top);
        put(found);
        put(further);
        put(f.read[t]);
        put(f.read_best[t]);
        put(read_grammar);
        put(read_lexicon);
        // where it stands
        float headline = 0, headline_best = 0, lead = 0, caption = 0, list = 0, edges = 0, quoted = 0, bracket = 0, titled = 0, words_inside = 0;
        std::array<float, kFollowers> followers{};
        float promotion = 0, field = 0, place_cue = 0, compare = 0, promotion_here = 0, place_here = 0, field_here = 0;
        std::uint64_t classes = 0, head_classes = 0, first_classes = 0, after_classes = 0, before_classes = 0;
        bool ambiguous = false, subject_head = false;
        for (const NamePlace& p : places) {
            const SentenceKind kind = document_.sentences[p.sentence].kind;
            if (kind == SentenceKind::kHeadline) ++headline, headline_best = std::max(headline_best, p.chance[t]);
            if (kind == SentenceKind::kCaption) ++caption;
            if (kind == SentenceKind::kItem || kind == SentenceKind::kRow) ++list;
            if (p.sentence <= 3) ++lead;
            if (!p.left_edge) ++edges;
            quoted += p.quoted;
            bracket += p.bracket ? 1.0f : 0.0f;
            titled += p.title.empty() ? 0.0f : 1.0f;
            if (p.follower == Follower::kWord) ++words_inside;
            followers[static_cast<std::size_t>(p.follower)] += 1;
            promotion += (p.cues & kCuePromotion) != 0 ? 1.0f : 0.0f;
            field += (p.cues & kCueField) != 0 ? 1.0f : 0.0f;
            place_cue += (p.cues & kCuePlace) != 0 ? 1.0f : 0.0f;
            compare += (p.cues & kCueCompare) != 0 ? 1.0f : 0.0f;
            promotion_here += (p.sentence_cues & kCuePromotion) != 0 ? 1.0f : 0.0f;
            field_here += (p.sentence_cues & kCueField) != 0 ? 1.0f : 0.0f;
            place_here += (p.sentence_cues & kCuePlace) != 0 ? 1.0f : 0.0f;
            classes |= p.classes;
            head_classes |= p.head_classes;
            first_classes |= p.first_classes;
            after_classes |= p.after_classes;
            before_classes |= p.before_classes;
            ambiguous = ambiguous || p.ambiguous;
            subject_head = subject_head || (p.follower == Follower::kTopic && p.sentence <= 4);
        }
        const auto all = static_cast<float>(places.size());
        put(headline);
        put(headline_best);
        put(lead);
        put(caption);
        put(list);
        put(static_cast<float>(std::min<std::uint32_t>(places.front().sentence, 40)));
        put(static_cast<float>(places.front().sentence) / static_cast<float>(std::max<std::size_t>(1, document_.sentences.size())));
        put(static_cast<float>(places.back().sentence) / static_cast<float>(std::max<std::size_t>(1, document_.sentences.size())));
        put(edges / all);
        put(words_inside / all);
        put(quoted);
        put(bracket);
        put(bracket / all);
        put(titled);
        put(subject_head ? 1.0f : 0.0f);
        for (const float v : followers) put(v / all);
        put(followers[static_cast<std::size_t>(Follower::kTopic)]);
        put(followers[static_cast<std::size_t>(Follower::kAt)] + followers[static_cast<std::size_t>(Follower::kTo)]);
        put(promotion);
        put(field);
        put(place_cue);
        put(compare);
        put(promotion_here / all);
        put(field_here / all);
        put(place_here / all);
        // its form
        const NamePlace& form = places.front();
        const std::string_view shown = form.full_name.empty() ? document_.view(form.span) : std::string_view(form.full_name);
        float latin = 0, digits = 0, dots = 0, brackets = 0, signs = 0, hangul = 0;
        for (std::size_t i = 0; i < shown.size();) {
            const char32_t c = utf8_next(shown, i);
            if (is_latin(c)) ++latin;
            else if (is_digit(c)) ++digits;
            else if (is_hangul(c)) ++hangul;
            else if (c == 0xB7) ++dots;
            else if (c == '(' || c == ')') ++brackets;
            else if (c != ' ') ++signs;
        }
        put(form.units);
        put(form.words);
        put(hangul);
        put(latin);
        put(digits);
        put(dots);
        put(brackets);
        put(signs);
        float longest = 0;
        std::size_t longest_type = kEntityTypes;
        for (std::size_t o = 0; o < kEntityTypes; ++o) {
            if (o != t && f.endings[o] > longest) longest = f.endings[o], longest_type = o;
        }
        put(f.endings[t]);
        put(longest);
        put(static_cast<float>(longest_type));
        put(f.endings[t] - longest);
        put(f.endings[t] / static_cast<float>(name.folded.size()));
        put(longest / static_cast<float>(name.folded.size()));
        put(shown.ends_with("장") ? 1.0f : 0.0f);
        put(is_generic(name.folded) ? 1.0f : 0.0f);
        // what the tables know
        const auto has = [&](std::size_t cls) { return (classes >> cls & 1) != 0; };
        bool other_known = false;
        for (std::size_t o = 0; o < kEntityTypes; ++o) other_known = other_known || (o != t && has(o));
        put(has(t) ? 1.0f : 0.0f);
        put(other_known ? 1.0f : 0.0f);
        put(ambiguous ? 1.0f : 0.0f);
        for (const std::uint64_t kind : auxiliary_kinds()) put((classes & kind) != 0 ? 1.0f : 0.0f);
        for (const std::uint64_t known : {classes, head_classes, first_classes, after_classes, before_classes}) {
            for (const std::uint64_t kind : word_kinds()) put((known & kind) != 0 ? 1.0f : 0.0f);
        }
        put(has(kTitleClass) ? 1.0f : 0.0f);
        // neighbours
        put(f.longer);
        put(f.longer_of[t]);
        put(f.shorter);
        put(f.shorter_of[t]);
        put(f.crossing);
        put(f.inside_letters / all);
        put(f.left[t]);
        put(f.right[t]);
        put(std::max(f.left[t], f.right[t]));
        put(f.row_size);
        put(f.company);
        put(f.same_entry_best[t]);
        put(f.same_entry_sum[t]);
        put(f.ends_longer);
        put(f.ends_shorter);
        put(f.begins_longer);
        for (const EntityType holder : {EntityType::kCluster, EntityType::kProject, EntityType::kFacility, EntityType::kAlliance, EntityType::kAgency, EntityType::kCompany}) {
            put(f.holder[static_cast<std::size_t>(holder)]);
        }
        put(*std::max_element(f.holder.begin(), f.holder.end()));
        // the article
        put(static_cast<float>(useful_));
        put(static_cast<float>(sure_[t]));
        put(expected_[t]);
        put(static_cast<float>(ranks_[t].end() - std::upper_bound(ranks_[t].begin(), ranks_[t].end(), f.best[t])));
        put(document_.korean ? 1.0f : 0.0f);
        for (const float v : expected_) put(v);
        put((f.hints >> t & 1) != 0 ? 1.0f : 0.0f);
        for (std::size_t o = 0; o < kEntityTypes; ++o) put(o == t ? 1.0f : 0.0f);
    }

    const Document& document_;
    const std::vector<NameCandidate>& names_;
    const NameEndings& endings_;
    std::vector<Facts> facts_;
    NameLinks links_;
    std::vector<Neighbour> order_;
    std::array<float, kEntityTypes> expected_{};
    std::array<std::vector<float>, kEntityTypes> ranks_;
    std::array<std::uint16_t, kEntityTypes> sure_{};
    std::size_t useful_ = 0;
};

}  // namespace

std::size_t NameEndings::place_of(std::string_view text) {
    const auto byte = [&](std::size_t from_end) { return static_cast<std::size_t>(static_cast<unsigned char>(text[text.size() - from_end])); };
    return (byte(1) + byte(2) * 7 + byte(3) * 61) % kPlaces;
}

NameEndings NameEndings::load(const Lexicon& lexicon) {
    NameEndings out;
    for (std::size_t t = 0; t < kEntityTypes; ++t) {
        for (const std::string& word : lexicon.words("suffix." + std::string(kEntityTypeNames[t]))) {
            Ending ending{folded_letters(word), static_cast<EntityType>(t)};
            if (ending.letters.empty()) continue;
            auto& list = ending.letters.size() < 3 ? out.short_ : out.by_last_[place_of(ending.letters)];
            list.push_back(std::move(ending));
        }
    }
    return out;
}

void NameEndings::read(std::string_view name, std::array<float, kEntityTypes>& longest) const {
    longest.fill(0);
    const auto look = [&](const std::vector<Ending>& endings) {
        for (const Ending& ending : endings) {
            if (!closes_with(name, ending.letters)) continue;
            float& best = longest[static_cast<std::size_t>(ending.type)];
            best = std::max(best, static_cast<float>(ending.letters.size()));
        }
    };
    if (name.size() >= 3) look(by_last_[place_of(name)]);
    look(short_);
}

void NameLinks::sort() {
    for (Pairs* pairs : {&holds, &crosses, &listed, &letters, &sentence}) {
        std::sort(pairs->begin(), pairs->end());
        pairs->erase(std::unique(pairs->begin(), pairs->end()), pairs->end());
    }
}

NameQuestions name_questions(const Document& document, const std::vector<NameCandidate>& names, const NameEndings& endings) {
    return RowMaker(document, names, endings).run();
}

void look_at_neighbours(const std::vector<NameCandidate>& names, NameQuestions& questions) {
    using Chances = std::array<float, kEntityTypes>;
    std::vector<Chances> chance(names.size(), Chances{});
    std::vector<float> top(names.size(), 0.0f);
    Chances sum{}, sure{};
    std::array<std::vector<float>, kEntityTypes> ranks;
    std::map<std::pair<EntityType, std::uint32_t>, float> entries;
    for (const NameRow& row : questions.rows) {
        const auto t = static_cast<std::size_t>(row.type);
        chance[row.candidate][t] = row.chance;
        top[row.candidate] = std::max(top[row.candidate], row.chance);
        sum[t] += row.chance;
        sure[t] += row.chance >= 0.4f ? 1.0f : 0.0f;
        ranks[t].push_back(row.chance);
        for (const auto& [type, entry] : names[row.candidate].places.front().entries) {
            if (type != row.type || entry == Mention::kNoEntry) continue;
            float& best = entries[{type, entry}];
            best = std::max(best, row.chance);
        }
    }
    for (auto& list : ranks) std::sort(list.begin(), list.end());
    struct Around {
        float longer = 0, shorter = 0, crossing = 0, left_size = 0, right_size = 0;
        Chances longer_of{}, shorter_of{}, left{}, right{}, holder{}, ends{};
        float beside_place = 0, beside_body = 0, beside_person = 0;
    };
    std::vector<Around> around(names.size());
    const auto raise = [](Chances& to, const Chances& from) {
        for (std::size_t t = 0; t < kEntityTypes; ++t) to[t] = std::max(to[t], from[t]);
    };
    for (const auto& [a, b] : questions.links.holds) {
        around[a].shorter = std::max(around[a].shorter, top[b]);
        around[b].longer = std::max(around[b].longer, top[a]);
        raise(around[a].shorter_of, chance[b]);
        raise(around[b].longer_of, chance[a]);
    }
    for (const auto& [a, b] : questions.links.crosses) {
        around[a].crossing = std::max(around[a].crossing, top[b]);
        around[b].crossing = std::max(around[b].crossing, top[a]);
    }
    for (const auto& [a, b] : questions.links.listed) {
        raise(around[b].left, chance[a]);
        raise(around[a].right, chance[b]);
        around[b].left_size += top[a];
        around[a].right_size += top[b];
    }
    for (const auto& [a, b] : questions.links.letters) {
        raise(around[b].holder, chance[a]);
        raise(around[a].ends, chance[b]);
    }
    const auto of = [](const Chances& c, EntityType t) { return c[static_cast<std::size_t>(t)]; };
    for (std::size_t i = 0; i < questions.links.sentence.size();) {
        // the surest of a sentence, and the second, so that a name is not its own neighbour
        std::size_t end = i;
        std::array<std::pair<float, std::uint32_t>, 6> best{};
        const auto note = [&](std::size_t at, float value, std::uint32_t name) {
            if (value > best[at].first) best[at + 1] = best[at], best[at] = {value, name};
            else if (value > best[at + 1].first) best[at + 1] = {value, name};
        };
        for (; end < questions.links.sentence.size() && questions.links.sentence[end].first == questions.links.sentence[i].first; ++end) {
            const std::uint32_t n = questions.links.sentence[end].second;
            using enum EntityType;
            note(0, std::max({of(chance[n], kCluster), of(chance[n], kFacility), of(chance[n], kProject), of(chance[n], kAlliance)}), n);
            note(2, std::max({of(chance[n], kAgency), of(chance[n], kCompany), of(chance[n], kUniversity), of(chance[n], kResearchInstitute), of(chance[n], kTechnopark)}), n);
            note(4, of(chance[n], kPerson), n);
        }
        for (; i < end; ++i) {
            const std::uint32_t n = questions.links.sentence[i].second;
            const auto other = [&](std::size_t at) { return best[at].second == n ? best[at + 1].first : best[at].first; };
            around[n].beside_place = std::max(around[n].beside_place, other(0));
            around[n].beside_body = std::max(around[n].beside_body, other(2));
            around[n].beside_person = std::max(around[n].beside_person, other(4));
        }
    }
    float all = 0;
    for (const float v : sum) all += v;
    for (NameRow& row : questions.rows) {
        const auto t = static_cast<std::size_t>(row.type);
        const Around& r = around[row.candidate];
        std::size_t at = kFirstNumbers;
        const auto put = [&](float v) {
            if (at < row.numbers.size()) row.numbers[at++] = v;
        };
        float rival = 0;
        for (std::size_t o = 0; o < kEntityTypes; ++o) rival = o == t ? rival : std::max(rival, chance[row.candidate][o]);
        float same_entry = 0;
        for (const auto& [type, entry] : names[row.candidate].places.front().entries) {
            const auto it = entries.find({type, entry});
            if (type == row.type && it != entries.end()) same_entry = it->second;
        }
        put(row.chance);
        put(rival);
        put(r.longer);
        put(r.longer_of[t]);
        put(r.shorter);
        put(r.shorter_of[t]);
        put(r.crossing);
        put(r.left[t]);
        put(r.right[t]);
        put(std::max(r.left[t], r.right[t]));
        put(r.left_size);
        put(r.right_size);
        for (const EntityType holder : {EntityType::kCluster, EntityType::kProject, EntityType::kFacility, EntityType::kAlliance, EntityType::kAgency}) put(of(r.holder, holder));
        put(r.holder[t]);
        put(r.ends[t]);
        put(same_entry);
        put(sure[t]);
        put(sum[t]);
        put(static_cast<float>(ranks[t].end() - std::upper_bound(ranks[t].begin(), ranks[t].end(), row.chance)));
        put(all);
        put(sum[t] / std::max(0.5f, all));
        put(r.beside_place);
        put(r.beside_body);
        put(r.beside_person);
    }
}

namespace {

std::uint32_t memory_key(std::uint64_t kind, EntityType type, std::uint64_t what) {
    return static_cast<std::uint32_t>(mix(mix(what, kind), static_cast<std::uint64_t>(type)) >> 31);
}

std::uint64_t letters_key(std::u32string_view letters) {
    std::uint64_t key = letters.size();
    for (const char32_t c : letters) key = mix(key, c);
    return key;
}

}  // namespace

NameMemory::Traits::Traits(const NameCandidate& name) {
    std::u32string letters;
    for (std::size_t i = 0; i < name.folded.size();) letters.push_back(utf8_next(name.folded, i));
    const std::u32string_view all = letters;
    const auto add = [&](std::size_t kind, std::uint64_t what) {
        if (std::find(of[kind].begin(), of[kind].end(), what) == of[kind].end()) of[kind].push_back(what);
    };
    add(0, letters_key(all));
    add(1, letters_key(all.substr(all.size() - std::min<std::size_t>(2, all.size()))));
    add(2, letters_key(all.substr(all.size() - std::min<std::size_t>(4, all.size()))));
    add(3, letters_key(all.substr(0, 2)));
    for (const NamePlace& place : name.places) {
        if (!place.found) continue;
        if (place.before != 0) add(4, place.before);
        if (place.after != 0) add(5, place.after);
        if (place.after != 0) add(6, mix(place.after, static_cast<std::uint64_t>(place.follower)));
    }
}

NameMemory::Keys NameMemory::keys(const NameCandidate& name, EntityType type) {
    const Traits traits(name);
    Keys out;
    for (std::size_t kind = 0; kind < kKinds; ++kind) {
        for (const std::uint64_t what : traits.of[kind]) out.of[kind].push_back(memory_key(kind, type, what));
    }
    return out;
}

NameMemory::NameMemory(std::vector<Item> items) : items_(std::move(items)) {
    std::sort(items_.begin(), items_.end(), [](const Item& a, const Item& b) { return a.key < b.key; });
    index();
}

void NameMemory::index() {
    first_.assign((1u << 14) + 1, 0);
    for (const Item& item : items_) ++first_[(item.key >> 18) + 1];
    for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
}

const NameMemory::Item* NameMemory::find(std::uint32_t key) const {
    const std::size_t slot = key >> 18;
    for (std::uint32_t i = first_[slot]; i < first_[slot + 1]; ++i) {
        if (items_[i].key == key) return &items_[i];
    }
    return nullptr;
}

void NameMemory::remember(const std::vector<NameCandidate>& names, std::vector<NameRow>& rows) const {
    for (std::size_t r = 0; r < rows.size();) {
        const std::uint32_t candidate = rows[r].candidate;
        const Traits traits(names[candidate]);
        for (; r < rows.size() && rows[r].candidate == candidate; ++r) remember(traits, rows[r]);
    }
}

void NameMemory::remember(const Traits& traits, NameRow& row) const {
    // all keys first, so that the ways to their items overlap
    std::array<std::uint32_t, 64> keys;
    std::size_t count = 0, next = 0;
    for (std::size_t kind = 0; kind < kKinds; ++kind) {
        for (const std::uint64_t what : traits.of[kind]) {
            if (count == keys.size()) break;
            keys[count] = memory_key(kind, row.type, what);
            fetch(keys[count++]);
        }
    }
    std::size_t at = kFirstNumbers - kMemoryNumbers;
    for (std::size_t kind = 0; kind < kKinds; ++kind) {
        float sum = 0, top = -8, times = 0;
        for (const std::uint64_t what : traits.of[kind]) {
            const Item* item = find(next < count ? keys[next] : memory_key(kind, row.type, what));
            ++next;
            const float odds = item == nullptr ? 0.0f : static_cast<float>(item->odds) / 16.0f;
            if (item != nullptr) times += static_cast<float>(item->times);
            sum += odds;
            top = std::max(top, odds);
        }
        row.numbers[at++] = traits.of[kind].empty() ? 0.0f : sum / static_cast<float>(traits.of[kind].size());
        row.numbers[at++] = kind < 4 ? times : top;
    }
}

void NameMemory::write(std::string& out) const {
    const auto count = static_cast<std::uint32_t>(items_.size());
    out.append(reinterpret_cast<const char*>(&count), sizeof(count));
    for (const Item& item : items_) {
        out.append(reinterpret_cast<const char*>(&item.key), sizeof(item.key));
        out += static_cast<char>(item.odds);
        out += static_cast<char>(item.times);
    }
}

bool NameMemory::read(std::string_view& bytes) {
    std::uint32_t count = 0;
    if (bytes.size() < sizeof(count)) return false;
    std::memcpy(&count, bytes.data(), sizeof(count));
    bytes.remove_prefix(sizeof(count));
    if (count > bytes.size() / 6) return false;
    items_.assign(count, {});
    for (Item& item : items_) {
        std::memcpy(&item.key, bytes.data(), sizeof(item.key));
        item.odds = static_cast<std::int8_t>(bytes[4]);
        item.times = static_cast<std::uint8_t>(bytes[5]);
        bytes.remove_prefix(6);
    }
    const bool sorted = std::is_sorted(items_.begin(), items_.end(), [](const Item& a, const Item& b) { return a.key < b.key; });
    if (sorted) index();
    return sorted;
}

bool NameJudge::read(std::string_view bytes) {
    if (!bytes.starts_with(kMagic)) return false;
    bytes.remove_prefix(kMagic.size());
    std::uint32_t version = 0;
    const std::size_t head = sizeof(version) + sizeof(thresholds_);
    if (bytes.size() < head) return false;
    std::memcpy(&version, bytes.data(), sizeof(version));
    std::memcpy(thresholds_.data(), bytes.data() + sizeof(version), sizeof(thresholds_));
    bytes.remove_prefix(head);
    Forest first, second;
    if (version != kNameNumbersVersion || !memory_.read(bytes) || !first.read(bytes, kFirstNumbers) || !second.read(bytes, kNameNumbers) || !bytes.empty()) return false;
    first_ = FlatForest(first);
    second_ = FlatForest(second);
    return true;
}

std::string NameJudge::write(const Forest& first, const Forest& second, const NameMemory& memory, const std::array<float, kEntityTypes>& thresholds) {
    std::string out(kMagic);
    out.append(reinterpret_cast<const char*>(&kNameNumbersVersion), sizeof(kNameNumbersVersion));
    out.append(reinterpret_cast<const char*>(thresholds.data()), sizeof(thresholds));
    memory.write(out);
    first.write(out);
    second.write(out);
    return out;
}

namespace {

float chance_of(float odds) { return 1.0f / (1.0f + std::exp(-odds)); }

// The forest's chances for the rows that `wanted` picks.
template <class Wanted>
void ask_for(const FlatForest& forest, std::vector<NameRow>& rows, float give_up, Wanted&& wanted) {
    std::vector<const float*> numbers;
    std::vector<NameRow*> asked;
    for (NameRow& row : rows) {
        if (!wanted(row)) continue;
        numbers.push_back(row.numbers.data());
        asked.push_back(&row);
    }
    std::vector<float> odds(asked.size());
    forest.score(numbers, odds, give_up);
    for (std::size_t i = 0; i < asked.size(); ++i) asked[i]->chance = chance_of(odds[i]);
}

}  // namespace

void ask(const FlatForest& forest, std::vector<NameRow>& rows) {
    ask_for(forest, rows, kGiveUp, [](const NameRow&) { return true; });
}

void ask_again(const FlatForest& forest, std::vector<NameRow>& rows) {
    ask_for(forest, rows, -std::numeric_limits<float>::infinity(), [](const NameRow& row) { return has_hope(row); });
}

void NameJudge::judge(const std::vector<NameCandidate>& names, NameQuestions& questions) const {
    memory_.remember(names, questions.rows);
    ask(first_, questions.rows);
    look_at_neighbours(names, questions);
    ask_again(second_, questions.rows);
}

void share_places(Document& document, const std::vector<NameCandidate>& names, const std::vector<NameRow>& rows,
                  const std::array<float, kEntityTypes>& thresholds, Doubt doubt) {
    struct Claim {
        float weight = 0, chance = 0;
        EntityType type = EntityType::kNone;
        const NamePlace* place = nullptr;
        bool doubtful = false;
    };
    std::vector<Claim> claims;
    const auto claim_places = [&](const NameRow& row, bool doubtful) {
        const auto t = static_cast<std::size_t>(row.type);
        for (const NamePlace& place : names[row.candidate].places) {
            const float here = std::max(place.chance[t], place.read == row.type ? 0.5f * place.read_chance : 0.0f);
            claims.push_back({row.chance * (0.2f + here), row.chance, row.type, &place, doubtful});
        }
    };
    std::vector<const NameRow*> doubtful;
    for (std::size_t r = 0; r < rows.size();) {
        // the surest type of the name
        const NameRow* best = &rows[r];
        const std::uint32_t candidate = rows[r].candidate;
        for (; r < rows.size() && rows[r].candidate == candidate; ++r) {
            if (rows[r].chance > best->chance) best = &rows[r];
        }
        if (best->chance >= thresholds[static_cast<std::size_t>(best->type)]) claim_places(*best, false);
        else if (best->chance >= doubt.least) doubtful.push_back(best);
    }
    std::stable_sort(doubtful.begin(), doubtful.end(), [](const NameRow* a, const NameRow* b) { return a->chance > b->chance; });
    if (doubtful.size() > doubt.most) doubtful.resize(doubt.most);
    for (const NameRow* row : doubtful) claim_places(*row, true);
    std::sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) {
        if (a.doubtful != b.doubtful) return b.doubtful;
        if (a.weight != b.weight) return a.weight > b.weight;
        if (a.place->span.size() != b.place->span.size()) return a.place->span.size() > b.place->span.size();
        return a.place->span.begin < b.place->span.begin;
    });
    std::map<std::uint32_t, std::uint32_t> taken;  // begin -> end
    document.mentions.clear();
    for (const Claim& claim : claims) {
        const ByteSpan span = claim.place->span;
        const auto next = taken.lower_bound(span.begin);
        if (next != taken.end() && next->first < span.end) continue;
        if (next != taken.begin() && std::prev(next)->second > span.begin) continue;
        taken.emplace(span.begin, span.end);
        Mention mention;
        mention.span = span;
        mention.type = claim.type;
        mention.sentence = claim.place->sentence;
        mention.source = claim.place->found ? claim.place->source : MentionSource::kSecondPass;
        mention.confidence = claim.chance;
        mention.doubtful = claim.doubtful;
        for (const auto& [type, entry] : claim.place->entries) {
            if (type == claim.type) mention.entry = entry;
        }
        if (claim.type == EntityType::kPerson) mention.title = claim.place->title;
        mention.full_name = claim.place->full_name;
        document.mentions.push_back(mention);
    }
    std::sort(document.mentions.begin(), document.mentions.end(), [](const Mention& a, const Mention& b) { return a.span < b.span; });
}

}  // namespace maek::extract
