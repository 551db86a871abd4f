// maek build STORE FILE|DIR|-: articles in, facts kept. Extraction runs in several threads, the
// store takes the facts in the order of the input, some hundred articles a commit; so a killed
// build leaves whole articles only, and the next run goes on. Tests: tests/tools/build_test.cpp.
#include <chrono>
#include <functional>
#include <string>
#include <unordered_set>

#include "storage/fact_store.h"
#include "tools/commands.h"
#include "tools/extraction.h"
#include "tools/input/interrupt.h"
#include "tools/open_store.h"
#include "tools/output/graph_summary.h"
#include "tools/output/progress.h"

namespace maek::tools {
namespace {

// A commit is worth its sync when it holds about this much.
constexpr std::size_t kBatchArticles = 512;
constexpr std::size_t kBatchBytes = std::size_t{4} << 20;

// Collects articles and hands them to the store a batch at a time.
class Keeper {
public:
    explicit Keeper(storage::Store& store) : facts_(store) {}

    // Whether these very bytes were extracted by this very program before. From many threads.
    bool knows(const std::string& id, const std::string& digest) const {
        const auto kept = facts_.digest(id);
        return kept.ok() && *kept == digest;
    }

    bool take(ArticleFacts&& facts, std::string&& digest) {
        if (!seen_.insert(facts.article.id).second) {  // the very same article twice in one run
            ++repeated_;
            return true;
        }
        bytes_ += facts.article.text.size();
        digests_.emplace_back(facts.article.id, std::move(digest));
        batch_.push_back(std::move(facts));
        return batch_.size() < kBatchArticles && bytes_ < kBatchBytes ? true : flush();
    }

    bool flush() {
        if (batch_.empty()) return true;
        auto done = facts_.ingest(std::move(batch_));
        // Killed before this the articles are only extracted once more.
        auto noted = done.ok() ? facts_.set_digests(digests_) : Result<void>();
        batch_.clear();
        digests_.clear();
        bytes_ = 0;
        if (!done.ok() || !noted.ok()) {
            error_ = done.ok() ? std::move(noted).error() : std::move(done).error();
            return false;
        }
        sum_.added += done->added;
        sum_.replaced += done->replaced;
        sum_.unchanged += done->unchanged;
        sum_.nodes_created += done->nodes_created;
        sum_.nodes_deleted += done->nodes_deleted;
        sum_.relationships_created += done->relationships_created;
        sum_.relationships_deleted += done->relationships_deleted;
        return true;
    }

    const storage::IngestSummary& sum() const { return sum_; }
    const std::optional<Error>& error() const { return error_; }
    std::uint64_t repeated() const { return repeated_; }

private:
    storage::FactStore facts_;
    std::vector<ArticleFacts> batch_;
    std::vector<std::pair<std::string, std::string>> digests_;  // of the batch
    std::size_t bytes_ = 0;
    std::unordered_set<std::string> seen_;  // ids
    storage::IngestSummary sum_;
    std::optional<Error> error_;
    std::uint64_t repeated_ = 0;
};

std::string rate_text(double number) {
    const auto tenths = static_cast<std::uint64_t>(number * 10 + 0.5);
    return grouped(tenths / 10) + "." + std::to_string(tenths % 10);
}

void summarise(const Context& context, const ExtractionTotals& totals, const Keeper& keeper,
               const graph::Graph& graph, std::chrono::duration<double> time) {
    const Console& console = context.console;
    const storage::IngestSummary& sum = keeper.sum();
    const auto line = [&](std::string_view english, std::string_view korean, const std::string& rest) {
        console.write(std::string(console.text(english, korean)) + rest + "\n");
    };
    std::string articles = grouped(totals.articles) + " · " + grouped(sum.added) +
                           std::string(console.text(" new", " 새로")) + ", " + grouped(sum.replaced) +
                           std::string(console.text(" changed", " 바뀜")) + ", " + grouped(sum.unchanged + totals.known) +
                           std::string(console.text(" as before", " 그대로"));
    if (totals.failed > 0) {
        articles += ", " + grouped(totals.failed) + std::string(console.text(" unreadable", " 읽지 못함"));
    }
    if (totals.skipped > 0) {
        articles += ", " + grouped(totals.skipped) +
                    std::string(console.text(" files of other kinds left out", " 다른 종류 파일 제외"));
    }
    line("articles       ", "기사    ", articles);
    line("nodes          ", "노드    ", grouped(graph.node_count()) + " (+" + grouped(sum.nodes_created) + ", -" +
                                            grouped(sum.nodes_deleted) + ")");
    console.write(census_text(labels_of(graph), 96));
    line("relationships  ", "관계    ", grouped(graph.rel_count()) + " (+" + grouped(sum.relationships_created) +
                                            ", -" + grouped(sum.relationships_deleted) + ")");
    console.write(census_text(types_of(graph), 96));
    const double seconds = std::max(time.count(), 1e-6);
    line("time           ", "시간    ",
         duration_text(time) + " · " + rate_text(static_cast<double>(totals.articles) / seconds) +
             std::string(console.text(" articles/s · ", " 기사/초 · ")) +
             rate_text(static_cast<double>(totals.bytes) / seconds / 1e6) + " MB/s");
    if (sum.added + sum.replaced == 0 && totals.articles > 0) {
        line("nothing changed: every article was there already", "바뀐 것이 없습니다: 모든 기사가 이미 있습니다", "");
    }
}

}  // namespace

int build_command(Context& context, const BuildOptions& options) {
    const auto begin = std::chrono::steady_clock::now();
    catch_interrupts();
    // What is missing is said before a store is made.
    auto extraction = Extraction::open(context, options.inputs);
    if (!extraction.ok()) return context.console.fail(extraction.error());
    auto store = open_store(context, options.store, Access::kWrite, true);
    if (!store.ok()) return context.console.fail(store.error());

    Keeper keeper(**store);
    const storage::FactStore held(**store);
    extraction->keep_ids(
        [&](const std::string& id) -> std::optional<std::string> {
            auto source = held.source(id);
            return source.ok() ? std::optional(std::move(source).value()) : std::nullopt;
        },
        [&](const std::string& id) {
            auto article = held.article(id);
            return article.ok() ? std::move(article->article.text) : std::string();
        });
    const ExtractionTotals totals =
        extraction->run([&](ArticleFacts&& facts, std::string&& digest) { return keeper.take(std::move(facts), std::move(digest)); },
                        [&](const std::string& id, const std::string& digest) { return keeper.knows(id, digest); });
    const bool kept = !keeper.error() && !totals.cancelled && keeper.flush();
    if (keeper.error()) return context.console.fail(*keeper.error());
    if (!kept) {
        context.console.warn(context.console.text("interrupted; what was committed is kept",
                                                  "중단했습니다. 이미 저장한 것은 남아 있습니다"));
        leave_at_once();
    }
    const auto graph = (*store)->snapshot();
    if (const auto closed = (*store)->close(); !closed.ok()) return context.console.fail(closed.error());
    summarise(context, totals, keeper, graph, std::chrono::steady_clock::now() - begin);
    return totals.failed > 0 ? kWorkFailed : kDone;
}

}  // namespace maek::tools
