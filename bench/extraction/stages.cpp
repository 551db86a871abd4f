// Where the time of extraction goes: processor seconds of each stage over a folder of articles, one thread,
// and the seconds of loading by part. usage: extraction_stages FOLDER [--runs N] [--schema DIR]
// The stages are those of extract/pipeline.cpp; the counts of what was found show that nothing changed.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "extract/link/linker.h"
#include "extract/mention/amounts.h"
#include "extract/mention/dates.h"
#include "extract/mention/tagger.h"
#include "extract/pipeline.h"
#include "extract/relation/joint_judge.h"
#include "extract/relation/relations.h"
#include "extract/text/prepare.h"
#include "schema/lexicon.h"

namespace {

using namespace maek;
using namespace maek::extract;

double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return std::move(out).str();
}

template <class T>
T must(Result<T> result) {
    if (result.ok()) return *std::move(result);
    std::fprintf(stderr, "%s\n", result.error().text().c_str());
    std::exit(1);
}

// Adds up what each stage takes; a stage ends where the next begins.
class Stages {
public:
    void begin() { last_ = cpu_seconds(); }
    void end(const char* name) {
        const double now = cpu_seconds();
        const auto at = std::find_if(stages_.begin(), stages_.end(), [&](const auto& s) { return s.first == name; });
        if (at == stages_.end()) stages_.emplace_back(name, now - last_);
        else at->second += now - last_;
        last_ = cpu_seconds();
    }
    void show(std::size_t bytes) const {
        double sum = 0;
        for (const auto& [name, seconds] : stages_) sum += seconds;
        for (const auto& [name, seconds] : stages_) std::printf("  %-28s %8.1f ms %5.1f %%\n", name.c_str(), seconds * 1e3, seconds / sum * 100);
        std::printf("  %-28s %8.1f ms", "all", sum * 1e3);
        if (bytes != 0) std::printf(", %.2f MB/s", static_cast<double>(bytes) / sum / 1e6);
        std::printf("\n");
    }

private:
    std::vector<std::pair<std::string, double>> stages_;
    double last_ = 0;
};

struct Parts {
    Ontology ontology;
    Lexicon lexicon;
    Tagger tagger;
    RelationFinder relations;
    std::optional<JointModel> joint;
};

Parts load(const std::filesystem::path& schema, Stages& stages) {
    stages.begin();
    Ontology ontology = must(Ontology::load(schema));
    stages.end("ontology");
    Lexicon lexicon = must(Lexicon::load(schema, ontology));
    stages.end("lexicon");
    NameTables tables = must(NameTables::load(schema, ontology, lexicon));
    stages.end("name tables");
    Tagger tagger = must(Tagger::load(schema, std::move(tables)));
    stages.end("tagger");
    RelationFinder relations = must(RelationFinder::load(schema, ontology, lexicon));
    stages.end("relation model");
    std::optional<JointModel> joint;
    if (const auto file = schema / "model" / "joint.bin"; std::filesystem::exists(file)) joint = must(JointModel::load(file));
    stages.end("joint judge");
    return {std::move(ontology), std::move(lexicon), std::move(tagger), std::move(relations), std::move(joint)};
}

struct Counts {
    std::size_t entities = 0, relations = 0;
};

void extract_one(const Parts& parts, const Linker& linker, const std::string& bytes, Stages& stages, Counts& counts) {
    stages.begin();
    Article article = must(decode_article(bytes, {}));
    stages.end("decode");
    Document document = prepare(article);
    stages.end("lines, sentences");
    find_article_date(document);
    find_amounts(document);
    find_dates(document);
    stages.end("amounts, dates");
    const std::vector<NameCandidate> names = parts.tagger.candidates(document);
    stages.end("names: candidates");
    parts.tagger.decide(document, names, parts.joint ? kJointDoubt : Doubt{});
    stages.end("names: judge");
    LinkedDocument linked = linker.link(document);
    stages.end("linking");
    const auto relations = parts.joint ? decide_jointly(*parts.joint, parts.relations, document, linked) : parts.relations.find(document, linked);
    stages.end(parts.joint ? "relations, joint decision" : "relations");
    counts.entities += linked.entities.size();
    counts.relations += relations.size();
}

}  // namespace

int main(int argc, char** argv) {
    std::filesystem::path folder, schema;
    int runs = 3;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--runs" && i + 1 < argc) runs = std::atoi(argv[++i]);
        else if (word == "--schema" && i + 1 < argc) schema = argv[++i];
        else folder = word;
    }
    if (folder.empty()) return std::fprintf(stderr, "usage: %s FOLDER [--runs N] [--schema DIR]\n", argv[0]), 2;
    if (schema.empty()) schema = MAEK_SOURCE_DIR "/schema";
    Stages loading;
    const Parts parts = load(schema, loading);
    std::printf("loading\n");
    loading.show(0);
    const Linker linker(parts.lexicon);
    std::vector<std::filesystem::path> files;
    for (const auto& item : std::filesystem::directory_iterator(folder)) files.push_back(item.path());
    std::sort(files.begin(), files.end());
    std::vector<std::string> texts;
    std::size_t bytes = 0;
    for (const auto& file : files) bytes += texts.emplace_back(read_file(file)).size();
    for (int run = 0; run < runs; ++run) {
        Stages stages;
        Counts counts;
        for (const std::string& text : texts) extract_one(parts, linker, text, stages, counts);
        std::printf("%zu articles, %zu bytes, %zu entities, %zu relations\n", texts.size(), bytes, counts.entities, counts.relations);
        stages.show(bytes);
    }
    return 0;
}
