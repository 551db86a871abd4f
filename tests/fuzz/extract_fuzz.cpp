// Fuzz target: any bytes as an article. No crash, no hang, no offset outside the text.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "extract/pipeline.h"
#include "extract/text/utf8.h"
#include "schema/locate.h"

namespace {

const maek::extract::Pipeline& pipeline() {
    static const maek::extract::Pipeline loaded = [] {
        auto folder = maek::default_schema_folder();
        if (!folder.ok()) std::abort();
        auto p = maek::extract::Pipeline::load(*folder);
        if (!p.ok()) std::abort();
        return *std::move(p);
    }();
    return loaded;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    maek::extract::DecodeHints hints;
    hints.html = size > 0 && data[0] == '<';
    auto article = maek::extract::decode_article({reinterpret_cast<const char*>(data), size}, hints);
    if (!article.ok()) return 0;
    const maek::ArticleFacts facts = pipeline().extract(*std::move(article));
    const std::uint32_t end = maek::extract::utf8_count(facts.article.text);
    for (const auto& m : facts.mentions) {
        if (m.span.start >= m.span.end || m.span.end > end || m.entity >= facts.entities.size()) std::abort();
    }
    for (const auto& r : facts.relations) {
        if (r.evidence_span.end > end || r.source >= facts.entities.size() || r.target >= facts.entities.size()) std::abort();
    }
    return 0;
}
