#include "extract/relation/relation_model.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <numeric>

#include "extract/model_bytes.h"
#include "extract/relation/judge.h"
#include "extract/relation/pair_features.h"

namespace maek::extract {
namespace {

constexpr std::string_view kMagic = "MAEKREL2";

class Reader {
public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}
    template <class T>
    T take() {
        T value{};
        if (at_ + sizeof(T) > bytes_.size()) {
            failed_ = true;
            return value;
        }
        std::memcpy(&value, bytes_.data() + at_, sizeof(T));
        at_ += sizeof(T);
        return value;
    }
    void skip(std::size_t n) { at_ += n; }
    bool failed() const { return failed_; }
    std::size_t left() const { return bytes_.size() - at_; }
    std::string_view rest() const { return bytes_.substr(std::min(at_, bytes_.size())); }

private:
    std::string_view bytes_;
    std::size_t at_ = 0;
    bool failed_ = false;
};

Error damaged(std::string_view name, std::string message) {
    return Error{ErrorCode::kFormat, std::move(message), Where{std::string(name), 0, 0}, {}};
}

}  // namespace

std::string RelationModel::write(std::span<const std::uint64_t> keys, std::span<const RelationScores> weights,
                                 const RelationScores& bias, const RelationScores& threshold,
                                 const RelationForests& forests, const PairGate& gate) {
    RelationScores scale;
    scale.fill(1e-6f);
    for (const RelationScores& row : weights) {
        for (std::size_t k = 0; k < kRelationKinds; ++k) scale[k] = std::max(scale[k], std::abs(row[k]));
    }
    for (float& s : scale) s /= 127.0f;
    std::vector<std::size_t> order(keys.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return keys[a] < keys[b]; });
    std::string rows;
    std::uint32_t count = 0, before = 0;
    for (const std::size_t i : order) {
        const std::uint32_t print = fingerprint(keys[i]);
        if (print == before) continue;  // one key of a fingerprint is enough
        std::uint16_t present = 0;
        std::array<std::int8_t, kRelationKinds> row{};
        for (std::size_t k = 0; k < kRelationKinds; ++k) {
            row[k] = static_cast<std::int8_t>(std::lround(weights[i][k] / scale[k]));
            if (row[k] != 0) present = static_cast<std::uint16_t>(present | (1u << k));
        }
        if (present == 0) continue;
        before = print;
        ++count;
        put(rows, print);
        put(rows, present);
        for (std::size_t k = 0; k < kRelationKinds; ++k) {
            if (row[k] != 0) put(rows, row[k]);
        }
    }
    std::string out(kMagic);
    put(out, kPairFeatureVersion);
    put(out, count);
    for (const RelationScores* list : {static_cast<const RelationScores*>(&scale), &bias, &threshold}) {
        for (const float value : *list) put(out, value);
    }
    gate.write(out);
    out += rows;
    for (const Forest& forest : forests) forest.write(out);
    return out;
}

Result<RelationModel> RelationModel::read(std::string_view bytes, std::string_view name) {
    if (!bytes.starts_with(kMagic)) return damaged(name, "no relation model: it must begin with MAEKREL2");
    Reader in(bytes.substr(kMagic.size()));
    const auto version = in.take<std::uint32_t>();
    if (version != kPairFeatureVersion) {
        return damaged(name, "made for feature version " + std::to_string(version) + ", this program reads " +
                                 std::to_string(kPairFeatureVersion) + "; train it anew");
    }
    RelationModel model;
    const auto count = in.take<std::uint32_t>();
    if (count > in.left() / 7) return damaged(name, "cut short");
    for (RelationScores* list : {&model.scale_, &model.bias_, &model.threshold_}) {
        for (float& value : *list) value = in.take<float>();
    }
    if (in.left() < PairGate::kBytes) return damaged(name, "cut short");
    model.gate_ = PairGate::read(in.rest().substr(0, PairGate::kBytes));
    in.skip(PairGate::kBytes);
    const std::size_t size = std::bit_ceil<std::size_t>(std::max<std::size_t>(16, 2 * std::size_t{count}));
    model.slots_ = FarArray<Slot>(size);
    model.mask_ = size / 4 - 1;
    model.shift_ = 32 - std::countr_zero(size / 4);
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto print = in.take<std::uint32_t>();
        const auto present = in.take<std::uint16_t>();
        std::size_t at = 4 * model.four_of(print);
        while (model.slots_[at].print != 0 && model.slots_[at].print != print) at = at + 1 == size ? 0 : at + 1;
        Slot& slot = model.slots_[at];
        if (slot.print == 0) ++model.features_;
        slot.print = print;
        for (std::size_t k = 0; k < kRelationKinds; ++k) {
            if (present & (1u << k)) slot.weights[k] = in.take<std::int8_t>();
        }
        if (in.failed()) return damaged(name, "cut short");
    }
    std::string_view rest = in.rest();
    for (FlatForest& flat : model.forests_) {
        Forest forest;
        if (!forest.read(rest, kFactNumbers)) return damaged(name, "its trees are cut short or damaged");
        flat = FlatForest(forest);
    }
    if (!rest.empty()) return damaged(name, "bytes behind its end");
    return model;
}

namespace {

// Rows of slots, however many.
class SlotSums {
public:
    void add(const void* row) {
        rows_.add(row);
        if (++count_ == 256) flush();
    }
    // Sums of all bytes of the rows, as signed numbers.
    const std::array<std::int32_t, 16>& sums() {
        flush();
        return sums_;
    }

private:
    void flush() {
        RowSums<16>::Sums part;
        rows_.store(part);
        for (std::size_t i = 0; i < part.size(); ++i) sums_[i] += part[i];
        rows_ = {};
        count_ = 0;
    }
    RowSums<16> rows_;
    std::array<std::int32_t, 16> sums_{};
    int count_ = 0;
};

}  // namespace

inline const RelationModel::Slot& RelationModel::find(std::uint32_t print) const {
    static constexpr Slot kUnknown{};
    for (std::size_t four = four_of(print);; four = (four + 1) & mask_) {
        const Slot* slots = &slots_[4 * four];
        const int which = (slots[1].print == print ? 1 : 0) | (slots[2].print == print ? 2 : 0) | (slots[3].print == print ? 3 : 0);
        if (slots[which].print == print) return slots[which];
        if (slots[3].print == 0) return kUnknown;
    }
}

void RelationModel::finish(const std::array<std::int32_t, 16>& sums, RelationScores& out) const {
    constexpr std::size_t kFirst = offsetof(Slot, weights);
    for (std::size_t k = 0; k < kRelationKinds; ++k) out[k] = bias_[k] + scale_[k] * static_cast<float>(sums[kFirst + k]);
}

void RelationModel::score(std::span<const std::uint64_t> keys, RelationScores& out) const {
    static_assert(sizeof(Slot) == 16);
    SlotSums total;
    for (const std::uint64_t key : keys) {
        if (!slots_.empty()) total.add(&find(fingerprint(key)));
    }
    finish(total.sums(), out);
}

void RelationScorer::flush() {
    std::array<std::int16_t, 16> part;
    std::memcpy(part.data(), &sums_, sizeof(sums_));
    for (std::size_t i = 0; i < part.size(); ++i) flushed_[i] += part[i];
    sums_ = {};
    rows_ = 0;
}

// Asks memory for the rows of the keys that are not near.
void RelationScorer::fetch() {
    for (std::uint32_t i = 0; i < keys_size_; ++i) {
        if (near_[keys_[i] % kNear].print != keys_[i]) __builtin_prefetch(&model_.slots_[4 * model_.four_of(keys_[i])]);
    }
}

inline const RelationModel::Slot& RelationScorer::row(std::uint32_t print) {
    RelationModel::Slot& slot = near_[print % kNear];
    if (slot.print != print) {
        slot = model_.find(print);
        slot.print = print;
    }
    return slot;
}

void RelationScorer::finish(RelationScores& out) {
    if (model_.slots_.empty()) keys_size_ = blocks_size_ = 0;
    fetch();
    for (std::uint32_t b = 0; b < blocks_size_; ++b) {
        const Block& block = blocks_[b];
        RowSums<sizeof(RelationModel::Slot)> rows;
        for (std::uint32_t i = block.begin; i < block.end; ++i) rows.add(&row(keys_[i]));
        RowSums<sizeof(RelationModel::Slot)>::Sums sums;
        rows.store(sums);
        Part part = std::bit_cast<Part>(sums);
        part.context = block.context;
        part.rows = static_cast<std::uint16_t>(block.end - block.begin);
        count(part);
        if (block.context != 0) parts_[block.context % kParts] = part;
    }
    flush();
    model_.finish(flushed_, out);
    flushed_ = {};
    keys_size_ = blocks_size_ = 0;
}

}  // namespace maek::extract
