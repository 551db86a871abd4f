#include "extract/relation/pair_features.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "extract/text/letter_marks.h"

namespace maek::extract {
namespace {

constexpr std::uint64_t kSeed = 0x9E3779B97F4A7C15ull;

std::uint64_t mix(std::uint64_t h, std::uint64_t v) {
    h ^= v + kSeed + (h << 6) + (h >> 2);
    h *= 0xFF51AFD7ED558CCDull;
    return h ^ (h >> 32);
}

std::uint64_t hash_text(std::string_view text) {
    std::uint64_t h = 1469598103934665603ull;
    for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    return h;
}

template <class... Values>
std::uint64_t key(int form, Values... values) {
    std::uint64_t h = mix(kSeed, static_cast<std::uint64_t>(form));
    ((h = mix(h, static_cast<std::uint64_t>(values))), ...);
    return h;
}

// 0 1 2 3 4-5 6-8 9-14 15-
int bucket(std::size_t n) {
    if (n <= 3) return static_cast<int>(n);
    if (n <= 5) return 4;
    if (n <= 8) return 5;
    return n <= 14 ? 6 : 7;
}

// Types that behave alike: regions, institutes, agencies, firms, places of things, alliances, ...
int coarse(EntityType type) {
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

// The beginning of a word: two syllables, or five Latin letters in lower case.
std::string stem_of(std::string_view word) {
    std::string out;
    std::size_t syllables = 0, letters = 0;
    for (std::size_t i = 0; i < word.size();) {
        const auto lead = static_cast<unsigned char>(word[i]);
        if (lead < 0x80) {
            if (std::isalpha(lead) != 0) {
                if (++letters > 5) break;
                out += static_cast<char>(std::tolower(lead));
            } else if (std::isdigit(lead) != 0) {
                if (out.empty() || out.back() != '0') out += '0';
            } else if (!out.empty()) {
                break;
            }
            ++i;
            continue;
        }
        const std::size_t step = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        const bool hangul = lead >= 0xEA && lead <= 0xED;
        if (hangul) {
            if (++syllables > 2) break;
            out += word.substr(i, step);
        } else if (!out.empty()) {
            break;
        }
        i += step;
    }
    return out;
}

// The end of a name that tells what it is: two syllables, or the last Latin word in lower case.
std::uint64_t head_of(std::string_view name) {
    std::size_t end = name.size();
    while (end > 0 && (name[end - 1] == ' ' || name[end - 1] == ')' || name[end - 1] == '\'')) --end;
    if (end == 0) return 0;
    if (static_cast<unsigned char>(name[end - 1]) < 0x80) {
        std::string word;
        for (std::size_t i = end; i > 0 && std::isalnum(static_cast<unsigned char>(name[i - 1])) != 0; --i) {
            word += static_cast<char>(std::tolower(static_cast<unsigned char>(name[i - 1])));
        }
        return hash_text(word);
    }
    std::size_t begin = end;
    for (int k = 0; k < 2 && begin > 0; ++k) {
        --begin;
        while (begin > 0 && (static_cast<unsigned char>(name[begin]) & 0xC0) == 0x80) --begin;
    }
    return hash_text(name.substr(begin, end - begin));
}

// A place's name without what it is: 창원시 -> 창원, 경상북도 -> 경북, 강원특별자치도 -> 강원.
std::string short_place(std::string_view name) {
    for (std::string_view tail : {"특별자치도", "특별자치시", "광역시", "특별시", "도", "시", "군", "구"}) {
        if (name.size() <= tail.size() + 3 || !name.ends_with(tail)) continue;
        name.remove_suffix(tail.size());
        break;
    }
    for (std::string_view whole : {"경상", "전라", "충청"}) {
        if (name.starts_with(whole) && name.size() == 9) return std::string(name.substr(0, 3)) + std::string(name.substr(6));
    }
    return std::string(name);
}

}  // namespace

std::string folded_name(std::string_view name) {
    std::string out;
    for (std::size_t i = 0; i < name.size();) {
        const auto lead = static_cast<unsigned char>(name[i]);
        if (lead < 0x80) {
            if (std::isalnum(lead) != 0) out += static_cast<char>(std::tolower(lead));
            ++i;
            continue;
        }
        const std::size_t step = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (lead >= 0xE3 && !name.substr(i).starts_with("・") && !name.substr(i).starts_with("㈜") && !name.substr(i).starts_with("「") &&
            !name.substr(i).starts_with("」") && !name.substr(i).starts_with("ㆍ")) {
            out += name.substr(i, step);
        }
        i += step;
    }
    return out;
}

std::vector<EntityView> view_entities(const Document& document, const LinkedDocument& linked) {
    std::vector<EntityView> views(linked.entities.size());
    std::vector<std::pair<std::size_t, std::uint32_t>> by_type[kEntityTypes + 1];
    for (std::uint32_t e = 0; e < linked.entities.size(); ++e) {
        const DocumentEntity& entity = linked.entities[e];
        EntityView& view = views[e];
        view.folded.push_back(folded_name(entity.name));
        for (const std::string& alias : entity.aliases) view.folded.push_back(folded_name(alias));
        std::erase_if(view.folded, [](const std::string& s) { return s.size() < 2; });
        for (const std::string& name : view.folded) view.all_marks |= view.marks.emplace_back(letter_marks(name));
        view.head = head_of(entity.name);
        view.confidence = entity.confidence;
        if (entity.type == EntityType::kCity || entity.type == EntityType::kProvince) view.place = short_place(entity.name);
        view.mentions = static_cast<std::uint32_t>(entity.mentions.size());
        view.first_sentence = entity.mentions.empty() ? 0 : document.mentions[entity.mentions.front()].sentence;
        for (const std::uint32_t m : entity.mentions) {
            if (document.sentences[document.mentions[m].sentence].kind == SentenceKind::kHeadline) view.in_headline = true;
        }
        by_type[static_cast<std::size_t>(entity.type)].emplace_back(entity.mentions.size(), e);
    }
    for (auto& list : by_type) {
        std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) {
            return a.first != b.first ? a.first > b.first : a.second < b.second;
        });
        for (std::size_t i = 0; i < list.size(); ++i) views[list[i].second].prominence = static_cast<std::uint8_t>(std::min<std::size_t>(i, 3));
    }
    return views;
}

int name_holds(const EntityView& longer, const EntityView& shorter) {
    int best = 0;
    const bool possible = std::any_of(shorter.marks.begin(), shorter.marks.end(), [&](std::uint64_t marks) { return (marks & ~longer.all_marks) == 0; });
    if (!possible) return 0;
    for (const std::string& a : longer.folded) {
        for (const std::string& b : shorter.folded) {
            if (b.size() < 2 || a.size() <= b.size()) continue;
            const std::size_t at = a.find(b);
            if (at == 0) return 2;
            if (at != std::string::npos) best = 1;
        }
    }
    return best;
}

void PairFeatures::enter(const Scene& scene) {
    scene_ = &scene;
    stems_.resize(scene.words.size());
    last_verb_ = 0;
    compares_ = false;
    for (std::size_t w = 0; w < scene.words.size(); ++w) {
        const Word& word = scene.words[w];
        const std::string_view text = document_.view(word.span);
        Stem& stem = stems_[w];
        stem.hash = hash_text(stem_of(text));
        stem.full = hash_text(text);
        stem.trigger = 0;
        if ((word.triggers & kRelationBits) != 0) stem.trigger = scene.korean ? hash_text(words_.read(text).stem) : stem.hash;
        if (!word.in_name && !word.says) last_verb_ = stem.trigger != 0 ? stem.trigger : stem.hash;
        if (scene.korean && !word.in_name) compares_ = compares_ || word.compares;
    }
    last_class_ = kWordClasses;
    for (const Word& word : scene.words) {
        const std::size_t c = first_class(word.triggers);
        if (c != kWordClasses && !word.in_name && !word.says) last_class_ = c;
    }
    sum_up_words();
    clauses_.read(document_.text, words_, scene);
    governors_.clear();
    posts_.clear();
    for (const Occurrence& o : scene.occurrences) {
        governors_.push_back(clauses_.governor(o));
        posts_.push_back(o.type == EntityType::kPerson && !o.left_out() ? post_of(o) : Post{});
    }
    label_ = 0;
    if ((scene.kind == SentenceKind::kItem || scene.kind == SentenceKind::kRow) && !scene.words.empty()) {
        for (std::size_t w = 0; w < std::min<std::size_t>(3, stems_.size()) && label_ == 0; ++w) {
            if (!scene.words[w].in_name && !stem_of(document_.view(scene.words[w].span)).empty()) label_ = stems_[w].hash;
        }
    }
    organisations_ = 0;
    for (const Occurrence& o : scene.occurrences) organisations_ += is_organisation(o.type) && !o.left_out() ? 1 : 0;
}

void PairFeatures::sum_up_words() {
    const std::size_t n = scene_->words.size();
    rests_.assign(n + 1, {});
    befores_.assign(n + 1, 0);
    rests_[n].next = n;
    denied_any_ = false;
    for (std::size_t w = n; w-- > 0;) {
        const Word& word = scene_->words[w];
        Rest& rest = rests_[w];
        rest = rests_[w + 1];
        rest.behind |= word.triggers;
        rest.clause = word.triggers | (word.clause_end ? 0 : rest.clause);
        rest.denied = word.denies || (!word.clause_end && rest.denied);
        denied_any_ = denied_any_ || word.denies;
        if (const std::size_t c = first_class(word.triggers); c != kWordClasses) rest.next = w, rest.next_class = c;
    }
    for (std::size_t w = 0; w < n; ++w) befores_[w + 1] = befores_[w] | scene_->words[w].triggers;
}

PairFeatures::Triggers PairFeatures::triggers(int near, int far) const {
    const int n = static_cast<int>(scene_->words.size());
    const auto inside = [&](int w) { return static_cast<std::size_t>(std::clamp(w, 0, n)); };
    const Rest& rest = rests_[inside(far)];
    Triggers out{befores_[inside(near)], 0, rest.behind, rest.clause, rest.denied};
    for (std::size_t w = inside(near); w < inside(far); ++w) out.between |= scene_->words[w].triggers;
    return out;
}

PairFeatures::Post PairFeatures::post_of(const Occurrence& o) const {
    const auto n = static_cast<int>(scene_->words.size());
    const auto post_in = [&](int w) -> std::uint64_t {
        if (w < 0 || w >= n) return 0;
        std::string_view word = document_.view(scene_->words[static_cast<std::size_t>(w)].span);
        while (!word.empty() && (word.back() == ',' || word.back() == '.' || word.back() == ')')) word.remove_suffix(1);
        for (const std::size_t cut : {0, 3, 6}) {  // a particle may follow
            if (word.size() <= cut) break;
            const std::string_view base = word.substr(0, word.size() - cut);
            if (cut != 0 && words_.role(word.substr(word.size() - cut)) == Role::kOther) continue;
            const std::string_view title = words_.title_at_end(base);
            if (!title.empty()) return head_of(title);
        }
        return 0;
    };
    for (const int w : {o.last_word + 1, o.last_word + 2, o.last_word + 3}) {
        if (const std::uint64_t hash = post_in(w); hash != 0) return {hash, 1};
        if (w > 0 && w <= n && document_.view(scene_->words[static_cast<std::size_t>(w) - 1].span).ends_with(",")) break;
    }
    if (const std::uint64_t hash = post_in(o.word - 1); hash != 0) return {hash, 2};
    return {};
}

int PairFeatures::tie(std::size_t a, std::size_t b) const {
    const int p = governors_[a], q = governors_[b];
    if (p < 0 || q < 0) return 0;
    if (p == q) return 1;
    if (clauses_.describes(p, scene_->occurrences[b])) return 2;
    if (clauses_.describes(q, scene_->occurrences[a])) return 3;
    return p < q ? 4 : 5;
}

void PairFeatures::read_clauses(std::size_t a, std::size_t b, std::vector<std::uint64_t>& keys) const {
    const Occurrence& x = scene_->occurrences[a];
    const Occurrence& y = scene_->occurrences[b];
    const std::uint64_t ta = static_cast<std::uint64_t>(x.type), tb = static_cast<std::uint64_t>(y.type);
    const auto ra = static_cast<int>(x.group_role), rb = static_cast<int>(y.group_role);
    const int t = tie(a, b), ca = coarse(x.type), cb = coarse(y.type);
    const auto verb = [&](int p) -> std::uint64_t {
        if (p < 0) return 0;
        const Stem& stem = stems_[static_cast<std::size_t>(p)];
        return stem.trigger != 0 ? stem.trigger : stem.hash;
    };
    const auto class_of = [&](int p) {
        if (p < 0) return kWordClasses + 1;
        const std::size_t c = first_class(scene_->words[static_cast<std::size_t>(p)].triggers);
        if (c != kWordClasses) return c;
        const int o = clauses_.object_of(p);
        return o < 0 ? kWordClasses : first_class(scene_->words[static_cast<std::size_t>(o)].triggers);
    };
    const int p = governors_[a], q = governors_[b];
    keys.push_back(key(120, t, ta, tb));
    keys.push_back(key(121, t, ra, rb, class_of(p)));
    keys.push_back(key(122, t, ra, rb, verb(p)));
    keys.push_back(key(123, t, ca, cb, class_of(p), rb));
    keys.push_back(key(124, t, ca, cb, class_of(q), ra));
    keys.push_back(key(125, t, ca, cb, verb(p)));
    keys.push_back(key(126, t, ca, cb, verb(q)));
    keys.push_back(key(127, t, verb(q), rb, tb));
    keys.push_back(key(128, class_of(p), class_of(q), ca, cb));
    keys.push_back(key(129, verb(p), ra, ta));
    for (const int g : {p, q}) {
        if (g < 0) continue;
        const int o = clauses_.object_of(g);
        if (o < 0 || scene_->words[static_cast<std::size_t>(o)].in_name) continue;
        const std::uint64_t noun = stems_[static_cast<std::size_t>(o)].hash;
        keys.push_back(key(130, g == p, t, noun, ca, cb));
        keys.push_back(key(131, g == p, noun, verb(g), g == p ? ra : rb));
    }
    if (p >= 0 && q >= 0) keys.push_back(key(132, t, static_cast<int>(clauses_.form(p)), static_cast<int>(clauses_.form(q)), ca, cb));
}

// What the names themselves tell: their heads, a person's post, the place inside a name.
void PairFeatures::read_names(std::size_t a, std::size_t b, std::vector<std::uint64_t>& keys) const {
    const Occurrence& x = scene_->occurrences[a];
    const Occurrence& y = scene_->occurrences[b];
    const EntityView& vx = views_[x.entity];
    const EntityView& vy = views_[y.entity];
    const std::uint64_t ta = static_cast<std::uint64_t>(x.type), tb = static_cast<std::uint64_t>(y.type);
    const auto ra = static_cast<int>(x.group_role), rb = static_cast<int>(y.group_role);
    if (x.type != EntityType::kPerson) {
        keys.push_back(key(140, vx.head, tb));
        keys.push_back(key(141, vx.head, vy.head));
        keys.push_back(key(142, vx.head, ra, tb));
    }
    keys.push_back(key(143, ta, vy.head));
    keys.push_back(key(144, vy.head, rb, coarse(x.type)));
    if (x.type == EntityType::kPerson) {
        const Post& post = posts_[a];
        const int gap = y.left_out() ? 9 : std::min(6, std::abs(x.word - y.word));
        keys.push_back(key(145, post.hash, post.place, tb));
        keys.push_back(key(146, post.hash, vy.head));
        keys.push_back(key(147, post.hash, post.place, tb, gap, a < b));
        keys.push_back(key(148, post.hash, tb, static_cast<int>(y.kind), std::min<int>(y.gap, 4)));
        keys.push_back(key(149, post.place, tb, gap, a < b, static_cast<int>(x.role)));
    }
    const auto place_in = [](const EntityView& place, const EntityView& other) {
        if (place.place.size() < 6) return 0;
        for (const std::string& name : other.folded) {
            const std::size_t at = name.find(place.place);
            if (at != std::string::npos) return at == 0 ? 2 : 1;
        }
        return 0;
    };
    const int in_b = place_in(vx, vy), in_a = place_in(vy, vx);
    if (in_a != 0 || in_b != 0) keys.push_back(key(150, in_a, in_b, ta, tb));
    keys.push_back(key(151, in_a, in_b));
    if (label_ != 0) {
        keys.push_back(key(152, label_, ta, tb));
        keys.push_back(key(153, label_, coarse(x.type), coarse(y.type), static_cast<int>(x.kind)));
    }
    if (x.left_out()) keys.push_back(key(154, std::min<int>(x.gap, 6), static_cast<int>(x.kind), coarse(x.type), coarse(y.type)));
    if (y.left_out()) keys.push_back(key(155, std::min<int>(y.gap, 6), static_cast<int>(y.kind), coarse(x.type), coarse(y.type)));
}

int PairFeatures::predicate(std::size_t a, std::size_t b) const {
    const Occurrence& x = scene_->occurrences[a];
    const Occurrence& y = scene_->occurrences[b];
    const int from = std::max<int>(x.last_word, y.last_word);
    const int limit = std::min<int>(static_cast<int>(scene_->words.size()), from + 14);
    for (int w = std::max(0, from); w < limit; ++w) {
        const Word& word = scene_->words[static_cast<std::size_t>(w)];
        if ((word.triggers & kRelationBits) != 0 && !(word.in_name && w > from)) return w;
    }
    return -1;
}

std::uint64_t PairFeatures::tail_hash(const Occurrence& o) const {
    if (o.left_out()) return 1;
    const std::uint32_t end = document_.sentences[scene_->sentence].span.end;
    std::uint32_t to = o.span.end;
    const std::string_view text = document_.text;
    while (to < end && to < o.span.end + 12 && text[to] != ' ' && text[to] != '\n') ++to;
    while (to < text.size() && (static_cast<unsigned char>(text[to]) & 0xC0) == 0x80) ++to;
    return hash_text(text.substr(o.span.end, to - o.span.end));
}

void PairFeatures::read_words(std::size_t a, std::size_t b, std::vector<std::uint64_t>& keys) const {
    const Occurrence& x = scene_->occurrences[a];
    const Occurrence& y = scene_->occurrences[b];
    const bool forward = a < b;
    const Occurrence& first = forward ? x : y;
    const Occurrence& second = forward ? y : x;
    const std::uint64_t ta = static_cast<std::uint64_t>(x.type), tb = static_cast<std::uint64_t>(y.type);
    const auto n = static_cast<int>(scene_->words.size());
    const auto stem_at = [&](int w) -> std::uint64_t { return w < 0 || w >= n ? 0 : stems_[static_cast<std::size_t>(w)].hash; };
    const auto name_at = [&](int w) { return w >= 0 && w < n && scene_->words[static_cast<std::size_t>(w)].in_name; };
    if (!x.left_out() && !y.left_out()) {
        const int from = first.last_word, to = second.word;
        int count = 0;
        std::uint64_t bag = 7;
        for (int w = from + 1; w < to && count < 12; ++w) {
            if (name_at(w)) continue;
            keys.push_back(key(20, stem_at(w), forward));
            keys.push_back(key(21, stem_at(w), ta, tb, forward));
            bag = mix(bag, stem_at(w));
            ++count;
        }
        if (count <= 3) keys.push_back(key(22, bag, ta, tb, forward, tail_hash(first)));
        if (from == to) {  // in one word: the text between decides
            const std::string_view between = second.span.begin > first.span.end
                ? std::string_view(document_.text).substr(first.span.end, second.span.begin - first.span.end) : std::string_view("=");
            keys.push_back(key(23, hash_text(between), ta, tb, forward));
        }
    }
    const auto around = [&](const Occurrence& o, int form) {
        if (o.left_out()) return;
        const std::uint64_t type = static_cast<std::uint64_t>(o.type);
        keys.push_back(key(form, 1, tail_hash(o), type));
        for (int k = 1; k <= 3; ++k) {
            const int w = o.last_word + k;
            if (name_at(w)) break;
            keys.push_back(key(form, 2, stem_at(w), k == 1));
            if (k == 1) keys.push_back(key(form, 3, stem_at(w), ta, tb));
        }
        const int before = o.word - 1;
        if (!name_at(before)) {
            keys.push_back(key(form, 4, stem_at(before)));
            keys.push_back(key(form, 5, stem_at(before), ta, tb));
            if (!name_at(before - 1)) keys.push_back(key(form, 6, stem_at(before - 1)));
        }
    };
    around(x, 24);
    around(y, 25);
}

void PairFeatures::read_triggers(std::size_t a, std::size_t b, std::vector<std::uint64_t>& keys) const {
    const Occurrence& x = scene_->occurrences[a];
    const Occurrence& y = scene_->occurrences[b];
    const std::uint64_t ta = static_cast<std::uint64_t>(x.type), tb = static_cast<std::uint64_t>(y.type);
    const auto ra = static_cast<int>(x.group_role), rb = static_cast<int>(y.group_role);
    const int near = std::min<int>(x.last_word, y.last_word), far = std::max<int>(x.last_word, y.last_word);
    const auto [before, between, behind, clause, denied] = triggers(near, far);
    for (std::size_t k = 0; k < kRelationKinds; ++k) {
        const WordBits bit = WordBits{1} << k;
        const int where = (clause & bit ? 8 : 0) | (behind & bit ? 4 : 0) | (between & bit ? 2 : 0) | (before & bit ? 1 : 0);
        keys.push_back(key(30, k, where));
        keys.push_back(key(31, k, where & 10, ta, tb));
    }
    if (denied) keys.push_back(key(32, 1));
    const int p = predicate(a, b);
    const std::uint64_t verb = p < 0 ? 0 : stems_[static_cast<std::size_t>(p)].trigger;
    keys.push_back(key(33, verb));
    keys.push_back(key(34, verb, ra, rb, a < b));
    keys.push_back(key(35, verb, ta, tb));
    keys.push_back(key(36, verb, ra, rb, ta, tb));
    keys.push_back(key(37, verb, tb, rb));
    keys.push_back(key(38, verb, ta, ra));
    if (p >= 0) {
        const int distance = p - far;
        keys.push_back(key(39, bucket(static_cast<std::size_t>(std::max(0, distance))), ta, tb));
        keys.push_back(key(40, stems_[static_cast<std::size_t>(p)].full, rb));
        // The word behind the trigger: 구축을 추진, 참여하기로 했다.
        if (p + 1 < static_cast<int>(stems_.size())) keys.push_back(key(41, verb, stems_[static_cast<std::size_t>(p) + 1].hash));
        if (p + 1 < static_cast<int>(stems_.size())) keys.push_back(key(42, stems_[static_cast<std::size_t>(p) + 1].hash, ta, tb));
    }
    keys.push_back(key(43, last_verb_));
    keys.push_back(key(44, last_verb_, ta, tb));
    keys.push_back(key(45, last_verb_, ra, rb));
}

// The same by word classes: fewer and broader than stems, so that they hold for words never seen.
void PairFeatures::read_classes(std::size_t a, std::size_t b, std::vector<std::uint64_t>& keys) const {
    const Occurrence& x = scene_->occurrences[a];
    const Occurrence& y = scene_->occurrences[b];
    const std::uint64_t ta = static_cast<std::uint64_t>(x.type), tb = static_cast<std::uint64_t>(y.type);
    const auto ra = static_cast<int>(x.group_role), rb = static_cast<int>(y.group_role);
    const int near = std::min<int>(x.last_word, y.last_word), far = std::max<int>(x.last_word, y.last_word);
    const auto n = static_cast<int>(scene_->words.size());
    const bool forward = a < b;
    const auto [before, between, behind, clause, denied] = triggers(near, far);
    std::array<std::size_t, 2> first_behind = {kWordClasses, kWordClasses};
    const Rest& rest = rests_[static_cast<std::size_t>(std::clamp(far, 0, n))];
    first_behind[0] = rest.next_class;
    if (rest.next_class != kWordClasses) first_behind[1] = rests_[rest.next + 1].next_class;
    const auto each = [&](WordBits bits, int form) {
        bits >>= kRelationKinds;
        while (bits != 0) {
            const auto c = static_cast<std::uint64_t>(__builtin_ctzll(bits));
            bits &= bits - 1;
            keys.push_back(key(form, c, ta, tb, forward));
            keys.push_back(key(form + 1, c, ra, rb, forward));
            keys.push_back(key(form + 2, c, tb, rb));
        }
    };
    each(between, 70);
    each(clause, 73);
    each(behind & ~clause, 76);
    const int ca = coarse(x.type), cb = coarse(y.type);
    keys.push_back(key(100, first_behind[0], ca, cb, ra, rb));
    keys.push_back(key(101, first_behind[0], ca, cb, rb, forward));
    keys.push_back(key(102, last_verb_, ca, cb));
    keys.push_back(key(103, ca, cb, ra, rb, forward));
    keys.push_back(key(104, ca, cb, static_cast<int>(x.kind), static_cast<int>(y.kind)));
    if (const int p = predicate(a, b); p >= 0) {
        const std::uint64_t verb = stems_[static_cast<std::size_t>(p)].trigger;
        keys.push_back(key(105, verb, ca, cb, rb));
        keys.push_back(key(106, verb, ca, cb, ra));
    }
    if (!x.left_out() && !y.left_out()) {  // the pattern between two names that stand near each other
        const Occurrence& first = forward ? x : y;
        const Occurrence& second = forward ? y : x;
        std::uint64_t pattern = static_cast<std::uint64_t>(first.role);
        int count = 0;
        for (int w = first.last_word + 1; w < second.word && count < 5; ++w, ++count) {
            const Word& word = scene_->words[static_cast<std::size_t>(w)];
            pattern = mix(pattern, word.in_name ? 99 : first_class(word.triggers));
        }
        if (count < 5) {
            keys.push_back(key(107, pattern, ta, tb, forward));
            keys.push_back(key(108, pattern, ca, cb, forward));
            keys.push_back(key(109, pattern, ca, cb, forward, rb));
        }
    }
    keys.push_back(key(80, first_behind[0], ta, tb));
    keys.push_back(key(81, first_behind[0], ra, rb, forward));
    keys.push_back(key(82, first_behind[0], ra, rb, ta, tb));
    keys.push_back(key(83, first_behind[0], first_behind[1], rb));
    keys.push_back(key(84, first_behind[0], first_behind[1], ta, tb));
    const auto class_at = [&](int w) {
        return w < 0 || w >= n ? kWordClasses + 1 : first_class(scene_->words[static_cast<std::size_t>(w)].triggers);
    };
    if (!x.left_out()) {
        keys.push_back(key(85, class_at(x.last_word + 1), ta, tb, forward));
        keys.push_back(key(86, class_at(x.word - 1), ta, tb, forward));
        keys.push_back(key(87, class_at(x.last_word), ta, tb, forward));
    }
    if (!y.left_out()) {
        keys.push_back(key(88, class_at(y.last_word + 1), ta, tb, forward));
        keys.push_back(key(89, class_at(y.word - 1), ta, tb, forward));
        keys.push_back(key(90, class_at(y.last_word), ta, tb, forward));
        keys.push_back(key(91, class_at(y.last_word + 1), class_at(y.last_word + 2), rb));
    }
}

void PairFeatures::read_money(std::size_t a, std::size_t b, std::vector<std::uint64_t>& keys) const {
    const std::uint32_t count = scene_->last_money - scene_->first_money;
    keys.push_back(key(50, std::min<std::uint32_t>(count, 3)));
    if (count == 0) return;
    const Occurrence& x = scene_->occurrences[a];
    const Occurrence& y = scene_->occurrences[b];
    const std::uint64_t ta = static_cast<std::uint64_t>(x.type), tb = static_cast<std::uint64_t>(y.type);
    std::uint32_t nearest = 0xFFFFFFFFu;
    int where = 0, role = 0;
    for (std::uint32_t m = scene_->first_money; m < scene_->last_money; ++m) {
        const Money& money = document_.money[m];
        for (const Occurrence* o : {&x, &y}) {
            if (o->left_out()) continue;
            const std::uint32_t gap = money.span.begin >= o->span.end ? money.span.begin - o->span.end
                                                                      : o->span.begin - std::min(o->span.begin, money.span.end);
            if (gap < nearest) {
                nearest = gap;
                where = (money.span.begin > x.span.begin ? 1 : 0) | (money.span.begin > y.span.begin ? 2 : 0);
                role = static_cast<int>(money.role);
            }
        }
    }
    keys.push_back(key(51, where, role));
    keys.push_back(key(52, where, ta, tb));
    keys.push_back(key(53, static_cast<int>(x.group_role), static_cast<int>(y.group_role), where));
    keys.push_back(key(54, bucket(nearest / 6)));
    keys.push_back(key(55, last_verb_));
}

void PairFeatures::read(std::size_t a, std::size_t b, std::vector<std::uint64_t>& keys) const {
    keys.clear();
    const Scene& scene = *scene_;
    const Occurrence& x = scene.occurrences[a];
    const Occurrence& y = scene.occurrences[b];
    const EntityView& vx = views_[x.entity];
    const EntityView& vy = views_[y.entity];
    const std::uint64_t ta = static_cast<std::uint64_t>(x.type), tb = static_cast<std::uint64_t>(y.type);
    const auto ra = static_cast<int>(x.group_role), rb = static_cast<int>(y.group_role);
    const bool forward = a < b;
    const int ka = static_cast<int>(x.kind), kb = static_cast<int>(y.kind);
    const bool grouped = x.group == y.group && !x.left_out() && !y.left_out();
    const int kind = static_cast<int>(scene.kind);
    keys.push_back(key(0, scene.korean));
    keys.push_back(key(1, ta, tb));
    keys.push_back(key(2, ta, tb, forward));
    keys.push_back(key(3, ka, kb));
    keys.push_back(key(4, ka, kb, ta, tb));
    keys.push_back(key(5, ra, rb, forward));
    keys.push_back(key(6, ra, rb, ta, tb, forward));
    keys.push_back(key(7, static_cast<int>(x.role), static_cast<int>(y.role), forward));
    keys.push_back(key(8, ra, ta));
    keys.push_back(key(9, rb, tb));
    keys.push_back(key(10, grouped, ta, tb));
    if (grouped) {
        keys.push_back(key(11, bucket(x.group_size), ra));
        keys.push_back(key(12, ra, last_verb_));
    }
    const int gap = x.left_out() || y.left_out() ? 20 : std::abs(x.word - y.word);
    keys.push_back(key(13, bucket(static_cast<std::size_t>(gap)), forward));
    keys.push_back(key(14, bucket(static_cast<std::size_t>(gap)), ta, tb, forward));
    const std::size_t low = std::min(a, b), high = std::max(a, b);
    std::size_t organisations = 0, same_type = 0;
    for (std::size_t k = low + 1; k < high; ++k) {
        if (scene.occurrences[k].left_out()) continue;
        organisations += is_organisation(scene.occurrences[k].type) ? 1 : 0;
        same_type += scene.occurrences[k].type == y.type && scene.occurrences[k].group != y.group ? 1 : 0;
    }
    keys.push_back(key(15, bucket(organisations), forward));
    keys.push_back(key(16, bucket(same_type), ta, tb));
    const int clauses = x.left_out() || y.left_out() ? 9 : std::abs(x.clause - y.clause);
    keys.push_back(key(17, std::min(clauses, 9), forward));
    keys.push_back(key(18, (x.quoted ? 1 : 0) | (y.quoted ? 2 : 0), (x.in_paren ? 1 : 0) | (y.in_paren ? 2 : 0)));
    keys.push_back(key(19, kind, ta, tb));
    read_words(a, b, keys);
    read_triggers(a, b, keys);
    read_classes(a, b, keys);
    read_clauses(a, b, keys);
    read_names(a, b, keys);
    read_money(a, b, keys);
    if (const int near = joint(x, y); near != 0) {
        keys.push_back(key(110, near, ta, tb));
        keys.push_back(key(111, near, coarse(x.type), coarse(y.type), rb));
    }
    keys.push_back(key(112, last_class_, ta, tb));
    keys.push_back(key(113, last_class_, ra, rb, forward));
    const int holds_b = name_holds(vx, vy), holds_a = name_holds(vy, vx);
    keys.push_back(key(60, holds_b, holds_a));
    keys.push_back(key(61, holds_b, holds_a, ta, tb));
    keys.push_back(key(62, vx.in_headline, vy.in_headline, ta, tb));
    keys.push_back(key(63, vx.prominence, ta, tb));
    keys.push_back(key(64, vy.prominence, ta, tb));
    keys.push_back(key(65, bucket(organisations_), ta, tb));
    keys.push_back(key(66, compares_, tb));
    keys.push_back(key(67, scene.has_topic, ka));
    keys.push_back(key(68, bucket(scene.occurrences.size())));
    keys.push_back(key(69, vx.in_headline, ka, ra));
}


// How two names that stand side by side are tied: 0 not, 1 "경남 김해시", 2 by 의, 3 by 내 산하 소속, 4 by a
// bracket; negative when the target stands first.
int PairFeatures::joint(const Occurrence& x, const Occurrence& y) const {
    if (x.left_out() || y.left_out()) return 0;
    const bool forward = x.span.begin < y.span.begin;
    const Occurrence& first = forward ? x : y;
    const Occurrence& second = forward ? y : x;
    if (second.span.begin < first.span.end || second.span.begin - first.span.end > 14) return 0;
    const std::string_view gap = std::string_view(document_.text).substr(first.span.end, second.span.begin - first.span.end);
    int tie = 0;
    if (gap.empty() || gap == " ") tie = 1;
    else if (gap == "의 ") tie = 2;
    else if (gap == " 내 " || gap == " 산하 " || gap == " 소속 " || gap == " 안 " || gap == " 부설 ") tie = 3;
    else if (gap == "(" || gap == " (") tie = 4;
    return forward ? tie : -tie;
}

void PairFeatures::numbers(std::size_t a, std::size_t b, PairNumbers& out) const {
    const Scene& scene = *scene_;
    const Occurrence& x = scene.occurrences[a];
    const Occurrence& y = scene.occurrences[b];
    const EntityView& vx = views_[x.entity];
    const EntityView& vy = views_[y.entity];
    std::size_t n = 0;
    const auto put = [&](auto value) { out[n++] = static_cast<float>(value); };
    const bool out_x = x.left_out(), out_y = y.left_out();
    for (const Occurrence* o : {&x, &y}) {
        put(static_cast<int>(o->type));
        put(static_cast<int>(o->group_role));
        put(static_cast<int>(o->role));
        put(static_cast<int>(o->kind));
        put(o->group_size);
        put(o->quoted ? 1 : 0);
        put(o->in_paren ? 1 : 0);
        put(o->left_out() ? -1 : o->word);
    }
    put(a < b ? 1 : 0);
    put(out_x || out_y ? 60 : std::abs(x.word - y.word));
    put(out_x || out_y ? 9 : std::abs(x.clause - y.clause));
    put(x.group == y.group && !out_x && !out_y ? 1 : 0);
    int organisations = 0, same_target = 0, same_source = 0, topics = 0;
    for (std::size_t k = std::min(a, b) + 1; k < std::max(a, b); ++k) {
        const Occurrence& o = scene.occurrences[k];
        if (o.left_out()) continue;
        organisations += is_organisation(o.type) ? 1 : 0;
        same_target += o.type == y.type && o.group != y.group ? 1 : 0;
        same_source += o.type == x.type && o.group != x.group ? 1 : 0;
        topics += (o.group_role == Role::kTopic || o.group_role == Role::kSubject) && o.group != x.group && o.group != y.group ? 1 : 0;
    }
    put(organisations);
    put(same_target);
    put(same_source);
    put(topics);
    const int near = std::min<int>(x.last_word, y.last_word), far = std::max<int>(x.last_word, y.last_word);
    const auto [before, between, behind, clause, denied] = triggers(near, far);
    for (std::size_t k = 0; k < kRelationKinds; ++k) {
        const WordBits bit = WordBits{1} << k;
        put((clause & bit ? 8 : 0) + (behind & bit ? 4 : 0) + (between & bit ? 2 : 0) + (before & bit ? 1 : 0));
    }
    const int p = predicate(a, b);
    put(p < 0 ? 30 : p - far);
    put(denied ? 2 : denied_any_ ? 1 : 0);
    put(compares_ ? 1 : 0);
    put(static_cast<int>(scene.kind));
    put(scene.korean ? 1 : 0);
    put(scene.occurrences.size());
    put(organisations_);
    put(scene.has_topic ? 1 : 0);
    put(scene.words.size());
    put(vx.in_headline ? 1 : 0);
    put(vy.in_headline ? 1 : 0);
    put(vx.prominence);
    put(vy.prominence);
    put(vx.mentions);
    put(vy.mentions);
    put(static_cast<int>(scene.sentence) - static_cast<int>(vx.first_sentence));
    put(static_cast<int>(scene.sentence) - static_cast<int>(vy.first_sentence));
    put(name_holds(vx, vy));
    put(name_holds(vy, vx));
    put(scene.last_money - scene.first_money);
    int where = 0, role = -1;
    std::uint32_t nearest = 3000;
    for (std::uint32_t m = scene.first_money; m < scene.last_money; ++m) {
        const Money& money = document_.money[m];
        const std::uint32_t gap = out_x ? 1000 : money.span.begin >= x.span.end ? money.span.begin - x.span.end
                                                                                : x.span.begin - std::min(x.span.begin, money.span.end);
        if (gap < nearest) {
            nearest = gap;
            where = (money.span.begin > x.span.begin ? 1 : 0) + (money.span.begin > y.span.begin ? 2 : 0);
            role = static_cast<int>(money.role);
        }
    }
    put(nearest);
    put(where);
    put(role);
    for (std::size_t c = 0; c < kWordClasses; ++c) {
        const WordBits bit = WordBits{1} << (kRelationKinds + c);
        put((clause & bit ? 8 : 0) + (behind & bit ? 4 : 0) + (between & bit ? 2 : 0) + (before & bit ? 1 : 0));
    }
    for (const Occurrence* o : {&x, &y}) {
        const int w = o->last_word + 1;
        const bool there = !o->left_out() && w < static_cast<int>(scene.words.size());
        put(there ? first_class(scene.words[static_cast<std::size_t>(w)].triggers) : kWordClasses);
        const int own = o->last_word;
        put(!o->left_out() && own >= 0 ? first_class(scene.words[static_cast<std::size_t>(own)].triggers) : kWordClasses);
    }
    put(p < 0 ? kWordClasses : first_class(scene.words[static_cast<std::size_t>(p)].triggers));
    put(joint(x, y));
    put(last_class_);
    // Who else could be the doer: organisations as topic or subject before the pair, and nearer to the verb.
    int doers_before = 0, doers_behind = 0;
    bool pays = false;
    for (const Occurrence& o : scene.occurrences) {
        if (o.left_out() || o.group == x.group || (o.group_role != Role::kTopic && o.group_role != Role::kSubject)) continue;
        if (!is_organisation(o.type)) continue;
        doers_before += o.word < x.word ? 1 : 0;
        doers_behind += o.word > x.word && (p < 0 || o.word < p) ? 1 : 0;
    }
    std::uint32_t from_target = 1000;
    for (std::uint32_t m = scene.first_money; m < scene.last_money; ++m) {
        const Money& money = document_.money[m];
        if (!out_y) {
            from_target = std::min(from_target, money.span.begin >= y.span.end ? money.span.begin - y.span.end
                                                                              : y.span.begin - std::min(y.span.begin, money.span.end));
        }
        pays = pays || (!out_x && money.span.begin >= x.span.end && money.span.begin - x.span.end <= 10);
    }
    put(doers_before);
    put(doers_behind);
    put(from_target);
    put(pays ? 1 : 0);
    put(x.clause);
    const int g = governors_[a], q = governors_[b];
    put(tie(a, b));
    for (const int w : {g, q}) {
        put(w < 0 ? -1 : static_cast<int>(clauses_.form(w)));
        put(w < 0 ? kWordClasses + 1 : first_class(scene.words[static_cast<std::size_t>(w)].triggers));
    }
    put(g < 0 || out_x ? 40 : g - x.last_word);
    put(q < 0 || out_y ? 40 : q - y.last_word);
    for (std::size_t k = 0; k < kRelationKinds; ++k) {
        const WordBits bit = WordBits{1} << k;
        const auto speaks = [&](int w) {
            if (w < 0) return false;
            const int o = clauses_.object_of(w);
            return ((scene.words[static_cast<std::size_t>(w)].triggers | (o < 0 ? 0 : scene.words[static_cast<std::size_t>(o)].triggers)) & bit) != 0;
        };
        put((speaks(g) ? 1 : 0) + (speaks(q) ? 2 : 0));
    }
    put(x.gap);
    put(y.gap);
    put(vx.confidence);
    put(vy.confidence);
    put(x.mention == Mention::kNoEntry ? 1.0f : document_.mentions[x.mention].confidence);
    put(y.mention == Mention::kNoEntry ? 1.0f : document_.mentions[y.mention].confidence);
    put(posts_[a].place);
    put(document_.sentences.size());
    while (n < kPairNumbers) put(0);
}

}  // namespace maek::extract
