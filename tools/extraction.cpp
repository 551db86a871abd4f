#include "tools/extraction.h"

#include <unistd.h>

#include <cstdio>
#include <memory>
#include <thread>

#include "extract/pipeline.h"
#include "schema/locate.h"
#include "tools/input/article_source.h"
#include "tools/input/digest.h"
#include "tools/input/interrupt.h"
#include "tools/input/ordered_workers.h"
#include "tools/output/progress.h"

namespace maek::tools {
namespace {

struct Extracted {
    ArticleFacts facts;
    std::string digest;
    bool known = false;
    std::optional<Error> error;
    std::uint64_t size = 0;
};

Extracted work_on(const extract::Pipeline& pipeline, const std::string& extractor, const Extraction::Known& known,
                  RawArticle raw) {
    Extracted out;
    out.size = raw.size;
    if (raw.error) {
        out.error = std::move(raw.error);
        return out;
    }
    if (known) {
        out.digest = article_digest(raw, extractor);
        out.known = known(raw.id, out.digest);
        if (out.known) return out;
    }
    if (!raw.record) {
        extract::DecodeHints hints;
        hints.id = raw.id;
        hints.source = raw.source;
        hints.html = raw.html;
        auto article = extract::decode_article(raw.bytes, hints);
        if (!article.ok()) {
            out.error = std::move(article).error();
            if (out.error->where.file.empty() && out.error->message.find(raw.source) == std::string::npos) {
                out.error->where.file = raw.source;
            }
            return out;
        }
        raw.bytes = {};
        raw.record = std::move(article).value();
    }
    out.facts = pipeline.extract(std::move(*raw.record));
    return out;
}

Result<extract::Pipeline> load_pipeline(const Context& context) {
    const auto folder = default_schema_folder();
    if (!folder.ok()) return folder.error();
    return extract::Pipeline::load(*folder, context.options.schema_overlay);
}

}  // namespace

struct Extraction::Parts {
    const Context& context;
    ArticleSource source;
    extract::Pipeline pipeline;
};

Extraction::Extraction(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Extraction::Extraction(Extraction&&) noexcept = default;
Extraction::~Extraction() = default;

Result<Extraction> Extraction::open(const Context& context, const std::vector<std::string>& inputs) {
    auto source = ArticleSource::open(inputs);
    if (!source.ok()) return std::move(source).error();
    auto pipeline = load_pipeline(context);
    if (!pipeline.ok()) return std::move(pipeline).error();
    return Extraction(std::make_unique<Parts>(
        Parts{context, std::move(source).value(), std::move(pipeline).value()}));
}

void Extraction::keep_ids(const std::function<std::optional<std::string>(const std::string& id)>& source,
                          const std::function<std::string(const std::string& id)>& text) {
    const auto same_text = [&](const std::string& id, const std::filesystem::path& file) {
        auto alone = ArticleSource::open({file.string()});
        RawArticle raw;
        if (!alone.ok() || !alone->next(raw) || raw.error) return false;
        if (raw.record) return raw.record->text == text(id);
        extract::DecodeHints hints;
        hints.html = raw.html;
        const auto article = extract::decode_article(raw.bytes, hints);
        return article.ok() && article->text == text(id);
    };
    parts_->source.keep_ids({source, same_text});
}

ExtractionTotals Extraction::run(const Take& take, const Known& known) {
    std::string extractor;
    if (known) {
        const auto folder = default_schema_folder();
        extractor = extractor_digest({folder.ok() ? *folder : std::filesystem::path(),
                                      parts_->context.options.schema_overlay});
    }
    const Console& console = parts_->context.console;
    ArticleSource& source = parts_->source;
    ExtractionTotals totals;
    totals.skipped = source.skipped_files();
    Progress progress(console, std::string(console.text("articles", "기사")), source.total_bytes());
    const auto absorb = [&](Extracted&& extracted) {
        totals.bytes += extracted.size;
        bool going = true;
        if (extracted.error) {
            ++totals.failed;
            progress.clear();
            console.fail(*extracted.error);
        } else {
            ++totals.articles;
            totals.known += extracted.known ? 1 : 0;
            if (!extracted.known) going = take(std::move(extracted.facts), std::move(extracted.digest));
        }
        progress.update(totals.articles, totals.bytes);
        totals.stopped = !going;
        return going;
    };

    const unsigned asked = parts_->context.options.jobs;
    OrderedWorkers<RawArticle, Extracted> workers(
        asked != 0 ? asked : std::max(1u, std::thread::hardware_concurrency()));
    const bool finished = workers.run(
        [&](RawArticle& raw) { return source.next(raw); },
        [&](RawArticle&& raw) { return work_on(parts_->pipeline, extractor, known, std::move(raw)); }, absorb, interrupted());
    totals.cancelled = !finished && interrupted();
    if (totals.cancelled && !workers.wait(std::chrono::milliseconds(30))) {
        progress.clear();
        console.warn(console.text("interrupted; what was committed is kept",
                                  "중단했습니다. 이미 저장한 것은 남아 있습니다"));
        leave_at_once();
    }
    return totals;
}

void leave_at_once() {
    std::fflush(stdout);
    std::fflush(stderr);
    _exit(kInterrupted);
}

}  // namespace maek::tools
