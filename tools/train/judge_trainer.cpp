#include "tools/train/judge_trainer.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <set>
#include <span>
#include <thread>
#include <unordered_map>

#include "extract/link/linker.h"
#include "extract/mention/dates.h"
#include "extract/text/prepare.h"

namespace maek::train {
namespace {

using namespace extract;

constexpr int kJudgeFolds = 5;

// What is remembered of names: keys seen so often, that tell so much.
constexpr float kLeastTimes = 3;
constexpr float kLeastOdds = 0.25f;

// How much more a gold article says of the thresholds than another.
constexpr double kGoldWeight = 12;

std::set<std::string> names_of(const std::string& name, const std::vector<std::string>& aliases) {
    std::set<std::string> out{folded_letters(name)};
    for (const std::string& alias : aliases) out.insert(folded_letters(alias));
    out.erase("");
    return out;
}

// As gold/score.py counts, but each found entity takes the first that fits.
void count_matches(const GoldArticle& gold, const LinkedDocument& linked, std::vector<EntityCounts>& counts) {
    std::vector<std::pair<extract::EntityType, std::set<std::string>>> open;
    for (const GoldEntity& entity : gold.entities) {
        open.emplace_back(entity.type, names_of(entity.name, entity.aliases));
        ++counts[static_cast<std::size_t>(entity.type)].gold;
    }
    for (const DocumentEntity& entity : linked.entities) {
        const auto t = static_cast<std::size_t>(entity.type);
        ++counts[t].found;
        const std::set<std::string> mine = names_of(entity.name, entity.aliases);
        for (auto& [type, names] : open) {
            if (type != entity.type) continue;
            if (std::none_of(mine.begin(), mine.end(), [&](const std::string& n) { return names.count(n) != 0; })) continue;
            ++counts[t].right;
            type = extract::EntityType::kNone;
            break;
        }
    }
}

}  // namespace

JudgedArticle judge_article(const GoldArticle& gold, bool silver, const Tagger& tagger) {
    JudgedArticle out;
    out.gold = &gold;
    out.silver = silver;
    Article article;
    article.text = gold.text;
    out.document = prepare(article);
    find_article_date(out.document);
    out.names = tagger.candidates(out.document);
    out.questions = name_questions(out.document, out.names, tagger.tables().endings);
    if (silver) {
        for (NameRow& row : out.questions.rows) row.numbers[kHandNumber] = 0;
    }
    std::set<std::pair<extract::EntityType, std::string>> right;
    for (const GoldEntity& entity : gold.entities) {
        for (const std::string& name : names_of(entity.name, entity.aliases)) right.emplace(entity.type, name);
    }
    for (const NameRow& row : out.questions.rows) out.holds.push_back(right.count({row.type, out.names[row.candidate].folded}) != 0 ? 1 : 0);
    return out;
}

JudgeTrainer::JudgeTrainer(std::deque<JudgedArticle>& articles, float silver, const ForestOptions& options)
    : articles_(articles), silver_(silver), options_(options) {
    for (int fold = 0; fold < kJudgeFolds; ++fold) memories_.push_back(memory(fold));
    for (JudgedArticle& article : articles) {
        memories_[static_cast<std::size_t>(article.gold->fold)].remember(article.names, article.questions.rows);
        article_of_.insert(article_of_.end(), article.questions.rows.size(), &article);
    }
}

ForestData JudgeTrainer::data(std::size_t numbers) const {
    std::vector<ForestRow> rows;
    for (const JudgedArticle& article : articles_) {
        for (std::size_t r = 0; r < article.questions.rows.size(); ++r) {
            rows.push_back({std::span<const float>(article.questions.rows[r].numbers).first(numbers), article.holds[r] != 0});
        }
    }
    return ForestData(std::move(rows));
}

NameMemory JudgeTrainer::memory(int fold) const {
    struct Count {
        float right = 0, all = 0;
    };
    std::unordered_map<std::uint32_t, Count> counts;
    std::array<Count, kEntityTypes> base{};
    std::unordered_map<std::uint32_t, std::uint8_t> type_of;
    for (const JudgedArticle& article : articles_) {
        if (article.gold->fold == fold) continue;
        for (std::size_t r = 0; r < article.questions.rows.size(); ++r) {
            const NameRow& row = article.questions.rows[r];
            const float right = article.holds[r] != 0 ? 1.0f : 0.0f;
            const auto t = static_cast<std::uint8_t>(row.type);
            base[t].right += right;
            base[t].all += 1;
            for (const auto& keys : NameMemory::keys(article.names[row.candidate], row.type).of) {
                for (const std::uint32_t key : keys) {
                    Count& count = counts[key];
                    count.right += right;
                    count.all += 1;
                    type_of[key] = t;
                }
            }
        }
    }
    std::vector<NameMemory::Item> items;
    for (const auto& [key, count] : counts) {
        if (count.all < kLeastTimes) continue;
        const Count& all = base[type_of[key]];
        const float share = (all.right + 1) / (all.all + 2), weight = 3;
        const float odds = std::log((count.right + weight * share) / (count.all - count.right + weight * (1 - share))) - std::log(share / (1 - share));
        if (std::abs(odds) < kLeastOdds) continue;
        items.push_back({key, static_cast<std::int8_t>(std::lround(std::clamp(odds * 16.0f, -127.0f, 127.0f))),
                         static_cast<std::uint8_t>(std::min(count.all, 255.0f))});
    }
    return NameMemory(std::move(items));
}

Forest JudgeTrainer::learn(const ForestData& data, int fold) const {
    std::vector<float> weight(data.size());
    for (std::size_t r = 0; r < weight.size(); ++r) {
        const bool left_out = article_of_[r]->gold->fold == fold || (!hopeful_.empty() && hopeful_[r] == 0);
        weight[r] = left_out ? 0.0f : article_of_[r]->silver ? silver_ : 1.0f;
    }
    return data.learn(weight, options_);
}

void JudgeTrainer::judge_all() {
    const auto learn_all = [&](const ForestData& data) {
        std::vector<Forest> out(kJudgeFolds + 1);
        std::atomic<int> next{0};
        const auto work = [&] {
            for (int i = next++; i <= kJudgeFolds; i = next++) out[static_cast<std::size_t>(i)] = learn(data, i == kJudgeFolds ? -1 : i);
        };
        std::thread other(work);
        work();
        other.join();
        return out;
    };
    first_data_.emplace(data(kFirstNumbers));
    first_ = learn_all(*first_data_);
    hopeful_.clear();
    const auto laid_out = [](const std::vector<Forest>& forests) { return std::vector<FlatForest>(forests.begin(), forests.end()); };
    const std::vector<FlatForest> first = laid_out(first_);
    for (JudgedArticle& article : articles_) {
        ask(first[static_cast<std::size_t>(article.gold->fold)], article.questions.rows);
        look_at_neighbours(article.names, article.questions);
        for (const NameRow& row : article.questions.rows) hopeful_.push_back(has_hope(row) ? 1 : 0);
    }
    second_data_.emplace(data(kNameNumbers));
    second_ = learn_all(*second_data_);
    const std::vector<FlatForest> second = laid_out(second_);
    for (JudgedArticle& article : articles_) ask_again(second[static_cast<std::size_t>(article.gold->fold)], article.questions.rows);
}

std::string JudgeTrainer::bytes(int fold, const std::array<float, kEntityTypes>& thresholds) const {
    const auto k = static_cast<std::size_t>(fold < 0 ? kJudgeFolds : fold);
    return NameJudge::write(first_[k], second_[k], memory(fold), thresholds);
}

std::vector<EntityCounts> JudgeTrainer::count(const Lexicon& lexicon, const std::array<float, kEntityTypes>& thresholds, bool silver) {
    const Linker linker(lexicon);
    std::vector<EntityCounts> counts(kEntityTypes);
    for (JudgedArticle& article : articles_) {
        if (article.silver && !silver) continue;
        share_places(article.document, article.names, article.questions.rows, thresholds);
        count_matches(*article.gold, linker.link(article.document), counts);
    }
    return counts;
}

std::array<float, kEntityTypes> JudgeTrainer::thresholds(const Lexicon& lexicon, bool verbose) {
    const auto sum = [](const std::vector<EntityCounts>& counts) {
        EntityCounts all;
        for (const EntityCounts& c : counts) all.right += c.right, all.found += c.found, all.gold += c.gold;
        return all;
    };
    constexpr std::array<float, 7> kTried = {0.22f, 0.28f, 0.34f, 0.40f, 0.46f, 0.52f, 0.58f};
    std::vector<std::vector<EntityCounts>> counts, of_gold;
    double top = 0;
    for (const float at : kTried) {
        std::array<float, kEntityTypes> one;
        one.fill(at);
        counts.push_back(count(lexicon, one, true));
        top = std::max(top, sum(counts.back()).f1());
        of_gold.push_back(count(lexicon, one, false));
        if (verbose) {
            const EntityCounts gold = sum(of_gold.back());
            std::fprintf(stderr, "threshold %.2f: all %.4f, gold %.4f (P %.3f R %.3f)\n", static_cast<double>(at), sum(counts.back()).f1(), gold.f1(),
                         static_cast<double>(gold.right) / static_cast<double>(gold.found), static_cast<double>(gold.right) / static_cast<double>(gold.gold));
        }
    }
    // One type more or less hardly touches the others: each takes what adds most to the F1 of all.
    std::array<float, kEntityTypes> best{};
    for (std::size_t t = 0; t < kEntityTypes; ++t) {
        double most = -1e9;
        for (std::size_t i = 0; i < kTried.size(); ++i) {
            const auto worth_of = [&](const EntityCounts& c) { return static_cast<double>(c.right) - top / 2 * static_cast<double>(c.found); };
            const double worth = worth_of(counts[i][t]) + kGoldWeight * worth_of(of_gold[i][t]);
            if (worth > most) most = worth, best[t] = kTried[i];
        }
        if (verbose) std::fprintf(stderr, "%s %.2f\n", std::string(kEntityTypeNames[t]).c_str(), static_cast<double>(best[t]));
    }
    if (verbose) {
        std::fprintf(stderr, "with these: all %.4f, gold %.4f\n", sum(count(lexicon, best, true)).f1(), sum(count(lexicon, best, false)).f1());
    }
    return best;
}

void JudgeTrainer::explain(const Lexicon& lexicon, const std::array<float, kEntityTypes>& thresholds) {
    const Linker linker(lexicon);
    struct Losses {
        int all = 0, unseen = 0, other_type = 0, unsure = 0, shared = 0;
    };
    std::array<Losses, kEntityTypes> losses{};
    for (JudgedArticle& article : articles_) {
        if (article.silver) continue;
        share_places(article.document, article.names, article.questions.rows, thresholds);
        const LinkedDocument linked = linker.link(article.document);
        for (const GoldEntity& entity : article.gold->entities) {
            Losses& l = losses[static_cast<std::size_t>(entity.type)];
            ++l.all;
            const std::set<std::string> mine = names_of(entity.name, entity.aliases);
            bool found = false;
            for (const DocumentEntity& e : linked.entities) {
                for (const std::string& n : names_of(e.name, e.aliases)) found = found || (e.type == entity.type && mine.count(n) != 0);
            }
            if (found) continue;
            bool seen = false, typed = false;
            float best = 0, rival = 0;
            extract::EntityType rival_type = extract::EntityType::kNone;
            for (const NameRow& row : article.questions.rows) {
                if (mine.count(article.names[row.candidate].folded) == 0) continue;
                seen = true;
                if (row.type == entity.type) typed = true, best = std::max(best, row.chance);
                else if (row.chance > rival) rival = row.chance, rival_type = row.type;
            }
            const char* why = !seen ? "unseen" : !typed ? "other type" : best < thresholds[static_cast<std::size_t>(entity.type)] ? "unsure" : "shared";
            (!seen ? l.unseen : !typed ? l.other_type : best < thresholds[static_cast<std::size_t>(entity.type)] ? l.unsure : l.shared) += 1;
            std::fprintf(stderr, "LOST %s\t%s\t%s\t%s\t%.2f\t%.2f\t%s\n", article.gold->id.c_str(), why, std::string(type_name(entity.type)).c_str(),
                         entity.name.c_str(), static_cast<double>(best), static_cast<double>(rival), std::string(type_name(rival_type)).c_str());
        }
    }
    for (std::size_t t = 0; t < kEntityTypes; ++t) {
        const Losses& l = losses[t];
        std::fprintf(stderr, "%-18s gold %4d unseen %3d other type %3d unsure %3d shared %3d\n", std::string(kEntityTypeNames[t]).c_str(), l.all, l.unseen,
                     l.other_type, l.unsure, l.shared);
    }
}

}  // namespace maek::train
