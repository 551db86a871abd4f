#include "extract/document.h"

#include <algorithm>
#include <bit>

#include "extract/text/utf8.h"

namespace maek::extract {

EntityType entity_type(std::string_view name) {
    for (std::size_t i = 0; i < kEntityTypes; ++i) {
        if (kEntityTypeNames[i] == name) return static_cast<EntityType>(i);
    }
    return EntityType::kNone;
}

void OffsetMap::add(std::uint32_t byte, std::uint32_t code_point) {
    if (stretches_.empty() || code_point != next_) stretches_.push_back({byte, code_point, 0});
    next_ = code_point + 1;
}

void OffsetMap::finish(std::string_view text, std::uint32_t end) {
    size_ = static_cast<std::uint32_t>(text.size());
    end_ = end;
    leads_.assign(text.size() / 64 + 1, 0);
    ranks_.assign(text.size() / 64 + 1, 0);
    std::uint32_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i % 64 == 0) ranks_[i / 64] = count;
        if (utf8_is_lead(static_cast<unsigned char>(text[i]))) {
            leads_[i / 64] |= std::uint64_t{1} << (i % 64);
            ++count;
        }
    }
    if (text.size() % 64 == 0) ranks_[text.size() / 64] = count;
    for (Stretch& stretch : stretches_) stretch.rank = rank(stretch.byte);
}

std::uint32_t OffsetMap::rank(std::uint32_t byte) const {
    const std::uint64_t below = (std::uint64_t{1} << (byte % 64)) - 1;
    return ranks_[byte / 64] + static_cast<std::uint32_t>(std::popcount(leads_[byte / 64] & below));
}

std::uint32_t OffsetMap::code_point(std::uint32_t byte) const {
    if (byte >= size_) return end_;
    auto it = std::upper_bound(stretches_.begin(), stretches_.end(), byte,
                               [](std::uint32_t b, const Stretch& s) { return b < s.byte; });
    if (it == stretches_.begin()) return 0;
    --it;
    return std::min(end_, it->source + rank(byte) - it->rank);
}

std::uint32_t OffsetMap::byte(std::uint32_t code_point_wanted) const {
    std::uint32_t low = 0, high = size_;
    while (low < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        if (code_point(middle) < code_point_wanted) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

std::uint32_t Document::sentence_at(std::uint32_t byte) const {
    const auto it = std::upper_bound(
        sentences.begin(), sentences.end(), byte,
        [](std::uint32_t b, const Sentence& s) { return b < s.span.begin; });
    return it == sentences.begin() ? 0 : static_cast<std::uint32_t>(it - sentences.begin() - 1);
}

std::pair<std::uint32_t, std::uint32_t> Document::mentions_of(std::uint32_t sentence) const {
    const auto first = std::lower_bound(
        mentions.begin(), mentions.end(), sentence,
        [](const Mention& m, std::uint32_t s) { return m.sentence < s; });
    auto last = first;
    while (last != mentions.end() && last->sentence == sentence) ++last;
    return {static_cast<std::uint32_t>(first - mentions.begin()),
            static_cast<std::uint32_t>(last - mentions.begin())};
}

}  // namespace maek::extract
