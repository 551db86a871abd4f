#include "extract/mention/span_draft.h"

namespace maek::extract {

std::string spread_name(const SentenceView& view, std::string_view text, const SpanDraft& span) {
    if (span.head_end <= span.head_begin) return {};
    const auto& units = view.row.units;
    const auto words = [&](std::size_t begin, std::size_t end) { return text.substr(units[begin].begin, units[end - 1].end - units[begin].begin); };
    std::string name(words(span.begin, span.end));
    if (units[span.head_begin].blank_before) name += ' ';
    return name.append(words(span.head_begin, span.head_end));
}

}  // namespace maek::extract
