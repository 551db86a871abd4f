// Program: maek-train. Makes the files of schema/model from the material of MAEK_SHARED, and runs the
// folds by which bench/extraction measures. Same data, same bytes.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <algorithm>
#include <atomic>
#include <deque>
#include <future>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "extract/facts_json.h"
#include "extract/hand_over.h"
#include "extract/link/linker.h"
#include "extract/mention/dates.h"
#include "extract/mention/tagger.h"
#include "extract/text/prepare.h"
#include "schema/locate.h"
#include "tools/train/corpus.h"
#include "tools/train/judge_trainer.h"

namespace {

using namespace maek;
namespace fs = std::filesystem;

struct Options {
    std::string command;
    fs::path shared, schema, folds, out;
    fs::path model, use;  // folds: where to keep their models, or whose to use instead of learning
    fs::path tagger;      // folds: where to write the model learned from all
    std::vector<std::string> files;
    train::TrainOptions train;
    fs::path silver_folder = "tools/train/silver";
    float klue = 0.5f;
    float silver = 0.6f;        // weight of the hand-read articles for the tagger
    float judge_silver = 0.25f;  // and for the judge
    double share = 1;           // of them, for learning curves
    train::ForestOptions forest{.forests = 2, .trees = 120, .depth = 5, .rate = 0.08f, .lambda = 3.0f, .least_weight = 3.0f, .rows = 0.7f, .columns = 0.4f};
    int jobs = 2;
};

constexpr int kFolds = 5;

int fail(const Error& error) {
    std::fprintf(stderr, "maek-train: %s\n", error.text().c_str());
    return 1;
}

struct Loaded {
    Ontology ontology;
    Lexicon lexicon;
    extract::NameTables tables;
};

Result<Loaded> load_tables(const Options& o) {
    auto ontology = Ontology::load(o.schema);
    if (!ontology.ok()) return ontology.error();
    auto lexicon = Lexicon::load(o.schema, *ontology);
    if (!lexicon.ok()) return lexicon.error();
    auto tables = extract::NameTables::load(o.schema, *ontology, *lexicon);
    if (!tables.ok()) return tables.error();
    return Loaded{*std::move(ontology), *std::move(lexicon), *std::move(tables)};
}

// Learns from the gold articles outside of `fold` (-1: from all).
Result<std::string> learn(const Options& o, const std::vector<train::GoldArticle>& gold, const std::vector<train::GoldArticle>& silver,
                          const extract::NameTables& tables, int fold) {
    std::vector<train::Sample> samples;
    for (const auto& article : gold) {
        if (article.fold != fold) train::gold_samples(article, tables, samples);
    }
    for (const auto& article : silver) {
        if (article.fold == fold) continue;
        const std::size_t first = samples.size();
        train::gold_samples(article, tables, samples);
        for (std::size_t i = first; i < samples.size(); ++i) samples[i].weight = o.silver;
    }
    if (o.klue > 0) {
        if (auto read = train::klue_samples(o.shared, tables, o.klue, samples); !read.ok()) return read.error();
    }
    return train::train_crf(samples, o.train);
}

Result<std::string> read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return Error{ErrorCode::kIo, "cannot be read", {file.string(), 0, 0}, {}};
    std::ostringstream out;
    out << in.rdbuf();
    return std::move(out).str();
}

int write(const fs::path& file, const std::string& content) {
    std::ofstream out(file, std::ios::binary);
    out << content;
    out.close();
    if (out) return 0;
    std::fprintf(stderr, "maek-train: %s: cannot be written\n", file.c_str());
    return 1;
}

// The article's entities as the tagger and the linker give them, a line of JSON.
void append_entities(const train::GoldArticle& gold, const extract::Tagger& tagger, const Lexicon& lexicon, std::string& out) {
    ArticleFacts facts;
    facts.article.id = gold.id;
    facts.article.text = gold.text;
    extract::Document document = extract::prepare(facts.article);
    extract::find_article_date(document);
    tagger.tag(document);
    extract::hand_over_entities(document, extract::Linker(lexicon).link(document), facts);
    extract::append_facts_json(facts, out);
    out += '\n';
}

// The weights of the folds' taggers: those kept under --use, else learned now, two at a time.
Result<std::vector<std::string>> fold_weights(const Options& o, const std::vector<train::GoldArticle>& gold,
                                              const std::vector<train::GoldArticle>& silver, const extract::NameTables& tables) {
    std::vector<Result<std::string>> models(kFolds, Result<std::string>(std::string()));
    std::atomic<int> next{0};
    const auto work = [&] {
        for (int fold = next++; fold < kFolds; fold = next++) {
            const std::string name = "." + std::to_string(fold) + ".weights";
            models[static_cast<std::size_t>(fold)] = fs::exists(o.use.string() + name) ? read(o.use.string() + name) : learn(o, gold, silver, tables, fold);
            const auto& model = models[static_cast<std::size_t>(fold)];
            if (model.ok() && !o.model.empty()) write(o.model.string() + name, *model);
        }
    };
    std::vector<std::thread> threads;
    for (int i = 1; i < o.jobs; ++i) threads.emplace_back(work);
    work();
    for (std::thread& thread : threads) thread.join();
    std::vector<std::string> out;
    for (auto& model : models) {
        if (!model.ok()) return model.error();
        out.push_back(*std::move(model));
    }
    return out;
}

// Everything that judges are learned from: each article as a tagger sees it that does not know it.
struct Study {
    Loaded loaded;
    std::vector<train::GoldArticle> gold, silver;
    std::vector<std::string> weights;
    std::deque<train::JudgedArticle> articles;
};

// The first of the articles in an order that has nothing to do with what they say.
void keep_share(double share, std::vector<train::GoldArticle>& articles) {
    const auto rank = [](const std::string& id) {
        std::uint64_t h = 14695981039346656037ULL;
        for (const char c : id) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
        return h * 0x9E3779B97F4A7C15ULL;
    };
    std::sort(articles.begin(), articles.end(), [&](const auto& a, const auto& b) { return rank(a.id) < rank(b.id); });
    articles.resize(static_cast<std::size_t>(share * static_cast<double>(articles.size())));
}

Result<Study> study(const Options& o) {
    auto loaded = load_tables(o);
    if (!loaded.ok()) return loaded.error();
    auto gold = train::read_gold(o.shared, o.folds);
    if (!gold.ok()) return gold.error();
    auto silver = train::read_silver(o.shared, o.silver_folder);
    if (!silver.ok()) return silver.error();
    if (o.share < 1) keep_share(o.share, *silver);
    auto weights = fold_weights(o, *gold, *silver, loaded->tables);
    if (!weights.ok()) return weights.error();
    return Study{*std::move(loaded), *std::move(gold), *std::move(silver), *std::move(weights), {}};
}

Result<extract::Tagger> tagger_of(const Options& o, const Loaded& loaded, std::string_view bytes) {
    auto tables = extract::NameTables::load(o.schema, loaded.ontology, loaded.lexicon);
    if (!tables.ok()) return tables.error();
    return extract::Tagger::load(o.schema, *std::move(tables), bytes);
}

Result<void> see_articles(const Options& o, Study& study) {
    for (int fold = 0; fold < kFolds; ++fold) {
        auto tagger = tagger_of(o, study.loaded, study.weights[static_cast<std::size_t>(fold)]);
        if (!tagger.ok()) return tagger.error();
        for (const auto& article : study.gold) {
            if (article.fold == fold) study.articles.push_back(train::judge_article(article, false, *tagger));
        }
        for (const auto& article : study.silver) {
            if (article.fold == fold) study.articles.push_back(train::judge_article(article, true, *tagger));
        }
    }
    return {};
}

int run_folds(const Options& o) {
    auto all = study(o);
    if (!all.ok()) return fail(all.error());
    std::future<Result<std::string>> whole;  // learned meanwhile from all articles
    if (!o.tagger.empty()) {
        whole = std::async(o.jobs > 1 ? std::launch::async : std::launch::deferred, [&] {
            const std::string name = ".all.weights";
            auto weights = fs::exists(o.use.string() + name) ? read(o.use.string() + name) : learn(o, all->gold, all->silver, all->loaded.tables, -1);
            if (weights.ok() && !o.model.empty()) write(o.model.string() + name, *weights);
            return weights;
        });
    }
    if (auto seen = see_articles(o, *all); !seen.ok()) return fail(seen.error());
    train::JudgeTrainer trainer(all->articles, o.judge_silver, o.forest);
    trainer.judge_all();
    const auto thresholds = trainer.thresholds(all->loaded.lexicon, o.train.verbose);
    if (o.train.verbose) trainer.explain(all->loaded.lexicon, thresholds);
    std::string out;
    for (int fold = 0; fold < kFolds; ++fold) {
        const auto k = static_cast<std::size_t>(fold);
        const std::string bytes = extract::Tagger::bundle(all->weights[k], trainer.bytes(fold, thresholds));
        if (!o.model.empty()) write(o.model.string() + "." + std::to_string(fold), bytes);
        auto tagger = tagger_of(o, all->loaded, bytes);
        if (!tagger.ok()) return fail(tagger.error());
        for (const auto& article : all->gold) {
            if (article.fold == fold) append_entities(article, *tagger, all->loaded.lexicon, out);
        }
    }
    if (whole.valid()) {
        auto weights = whole.get();
        if (!weights.ok()) return fail(weights.error());
        if (const int failed = write(o.tagger, extract::Tagger::bundle(*weights, trainer.bytes(-1, thresholds))); failed != 0) return failed;
    }
    return write(o.out, out);
}

int usage() {
    std::fputs("usage: maek-train names|folds [--shared DIR] [--schema DIR] [--folds FILE] [--out FILE] [--tagger FILE]\n"
               "                  [--keep PREFIX] [--use PREFIX] [--share X] [--epochs N] [--rate X] [--dropout X] [--cutoff N]\n"
               "                  [--klue WEIGHT] [--silver WEIGHT] [--judge-silver WEIGHT] [--trees N] [--depth N] [--features N]\n"
               "                  [--jobs N] [--verbose]\n", stderr);
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    Options o;
    if (argc < 2) return usage();
    o.command = argv[1];
    const char* shared = std::getenv("MAEK_SHARED");
    o.shared = shared != nullptr ? shared : "../shared";
    o.folds = "bench/extraction/folds.tsv";
    if (auto found = default_schema_folder(); found.ok()) o.schema = *found;
    for (int i = 2; i < argc; ++i) {
        const std::string flag = argv[i];
        if (!flag.starts_with("--")) {
            o.files.push_back(flag);
            continue;
        }
        if (flag == "--verbose") {
            o.train.verbose = true;
            continue;
        }
        if (i + 1 >= argc) return usage();
        const std::string value = argv[++i];
        if (flag == "--shared") o.shared = value;
        else if (flag == "--schema") o.schema = value;
        else if (flag == "--folds") o.folds = value;
        else if (flag == "--out") o.out = value;
        else if (flag == "--keep") o.model = value;
        else if (flag == "--epochs") o.train.epochs = std::atoi(value.c_str());
        else if (flag == "--rate") o.train.rate = std::strtof(value.c_str(), nullptr);
        else if (flag == "--dropout") o.train.dropout = std::strtof(value.c_str(), nullptr);
        else if (flag == "--cutoff") o.train.cutoff = static_cast<std::uint32_t>(std::atoi(value.c_str()));
        else if (flag == "--features") o.train.most_features = static_cast<std::size_t>(std::atol(value.c_str()));
        else if (flag == "--use") o.use = value;
        else if (flag == "--silver") o.silver = std::strtof(value.c_str(), nullptr);
        else if (flag == "--judge-silver") o.judge_silver = std::strtof(value.c_str(), nullptr);
        else if (flag == "--share") o.share = std::strtod(value.c_str(), nullptr);
        else if (flag == "--tagger") o.tagger = value;
        else if (flag == "--trees") o.forest.trees = std::atoi(value.c_str());
        else if (flag == "--depth") o.forest.depth = std::atoi(value.c_str());
        else if (flag == "--jobs") o.jobs = std::atoi(value.c_str());
        else if (flag == "--klue") o.klue = std::strtof(value.c_str(), nullptr);
        else return usage();
    }
    if (o.command == "names") {
        auto names = train::klue_names(o.shared);
        return names.ok() ? write(o.out, *names) : fail(names.error());
    }
    if (o.command == "folds") return run_folds(o);
    return usage();
}
