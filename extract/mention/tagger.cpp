#include "extract/mention/tagger.h"

#include <algorithm>
#include <cstring>

#include "extract/mention/features.h"
#include "extract/mention/repair.h"
#include "extract/mention/types_by_form.h"
#include "extract/model_file.h"

namespace maek::extract {

namespace {

void read_spans(const Decoder& decoder, std::vector<SpanDraft>& spans) {
    spans.clear();
    const auto& labels = decoder.labels;
    for (std::size_t i = 0; i < labels.size();) {
        if (!is_begin(labels[i])) {
            ++i;
            continue;
        }
        std::size_t end = i + 1;
        while (end < labels.size() && labels[end] == labels[i] + 1) ++end;
        spans.push_back({i, end, label_type(labels[i]), decoder.sure[i], MentionSource::kTagger});
        i = end;
    }
}

// The price of leaving a unit outside: more names than the likeliest reading has, which the second
// look thins out again. Found on folds.
constexpr float kOutsideBias = 0.5f;

// A stretch with less is no candidate for the judge.
constexpr float kLeastChance = 0.04f;

constexpr std::string_view kBundleMagic = "MAEKTAG1";

// Scores of all units of the sentence. Keys of a block of units are made and looked up together; while the rows of one
// block are on their way from memory, the keys of the next are made.
class UnitScorer {
public:
    explicit UnitScorer(const CrfModel& model) : model_(model) {}

    void score(const SentenceView& view, std::vector<Scores>& scores) {
        scores.resize(view.size());
        read(view, 0, blocks_[0]);
        model_.fetch(blocks_[0].keys());
        for (std::size_t begin = 0, turn = 0; begin < view.size(); begin += kBlock, turn ^= 1) {
            Block& next = blocks_[turn ^ 1];
            read(view, begin + kBlock, next);
            add_up(blocks_[turn], scores.data() + begin);
            model_.fetch(next.keys());
        }
    }

private:
    static constexpr std::size_t kBlock = 8;
    struct Block {
        std::array<UnitKeys, kBlock> units;
        std::size_t count = 0;
        std::span<const UnitKeys> keys() const { return {units.data(), count}; }
    };
    // The keys of the units from `begin` on; none behind the last.
    void read(const SentenceView& view, std::size_t begin, Block& block) const {
        block.count = begin < view.size() ? std::min(kBlock, view.size() - begin) : 0;
        for (std::size_t u = 0; u < block.count; ++u) view.features(begin + u, block.units[u]);
    }
    void add_up(const Block& block, Scores* scores) {
        model_.sum(block.keys(), {sums_.data(), block.count});
        for (std::size_t u = 0; u < block.count; ++u) {
            for (std::size_t l = 0; l < kLabels; ++l) scores[u][l] = static_cast<float>(sums_[u][l]) * model_.scale();
            scores[u][kOutside] -= kOutsideBias;
        }
    }

    const CrfModel& model_;
    std::array<Block, 2> blocks_;
    std::array<CrfModel::Sums, kBlock> sums_;
};

}  // namespace

Result<Tagger> Tagger::load(const std::filesystem::path& schema_folder, NameTables tables, std::string_view bytes) {
    std::string read;
    std::string name = "model";
    if (bytes.empty()) {
        const auto file = schema_folder / "model" / "tagger.bin";
        name = file.string();
        auto content = read_model_file(file);
        if (!content) return Error{ErrorCode::kNotFound, "the tagger's model is missing; tools/train makes it (maek-train folds --tagger)", {name, 0, 0}, {}};
        read = *std::move(content);
        bytes = read;
    }
    NameJudge judge;
    if (bytes.starts_with(kBundleMagic)) {
        std::uint64_t size = 0;
        bytes.remove_prefix(kBundleMagic.size());
        if (bytes.size() < sizeof(size)) return Error{ErrorCode::kFormat, "the model's head is cut off", {name, 0, 0}, {}};
        std::memcpy(&size, bytes.data(), sizeof(size));
        bytes.remove_prefix(sizeof(size));
        if (size > bytes.size() || !judge.read(bytes.substr(size))) return Error{ErrorCode::kFormat, "the judge of names is damaged or of another version; train it anew with maek-train", {name, 0, 0}, {}};
        bytes = bytes.substr(0, size);
    }
    auto model = CrfModel::read(bytes, name);
    if (!model.ok()) return model.error();
    return Tagger(std::move(tables), *std::move(model), std::move(judge));
}

std::string Tagger::bundle(std::string_view weights, std::string_view judge) {
    std::string out(kBundleMagic);
    const std::uint64_t size = weights.size();
    out.append(reinterpret_cast<const char*>(&size), sizeof(size));
    out += weights;
    out += judge;
    return out;
}

template <class Use>
void Tagger::each_sentence(Document& document, Use&& use) const {
    document.mentions.clear();
    SentenceView view;
    Decoder decoder(chain_);
    UnitScorer scorer(model_);
    std::vector<Scores> scores;
    std::vector<SpanDraft> spans;
    for (std::uint32_t s = 0; s < document.sentences.size(); ++s) {
        const Sentence& sentence = document.sentences[s];
        if (!sentence.useful()) continue;
        view.prepare(document.text, sentence, tables_.particles, tables_.names);
        scorer.score(view, scores);
        decoder.decode(scores);
        read_spans(decoder, spans);
        repair_spans(view, spans);
        use(s, view, decoder, spans);
    }
}

std::vector<NameCandidate> Tagger::candidates(Document& document) const {
    CandidateFinder finder(document, tables_.particles, tables_.followers);
    std::vector<SpanChance> chances;
    each_sentence(document, [&](std::uint32_t s, const SentenceView& view, Decoder& decoder, const std::vector<SpanDraft>& spans) {
        decoder.chances(kLeastChance, chances);
        finder.take(s, view, chances, spans);
    });
    return finder.finish();
}

void Tagger::tag(Document& document, Doubt doubt) const { decide(document, candidates(document), doubt); }

void Tagger::decide(Document& document, const std::vector<NameCandidate>& names, Doubt doubt) const {
    MAEK_CHECK(judges(), "a tagger without a judge of names cannot decide");
    NameQuestions questions = name_questions(document, names, tables_.endings);
    judge_.judge(names, questions);
    settle_types_by_form(names, questions);
    share_places(document, names, questions.rows, judge_.thresholds(), doubt);
}

}  // namespace maek::extract
