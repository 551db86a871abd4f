#include "extract/text/prepare.h"

#include "extract/text/lines.h"
#include "extract/text/normalise.h"
#include "extract/text/sentences.h"
#include "extract/text/utf8.h"

namespace maek::extract {

std::uint32_t repair_utf8(std::string& text) {
    std::size_t valid = utf8_valid_prefix(text);
    if (valid == text.size()) return 0;
    std::string out;
    out.reserve(text.size() + 16);
    std::uint32_t replaced = 0;
    std::string_view rest = text;
    while (true) {
        out.append(rest.substr(0, valid));
        rest.remove_prefix(valid);
        if (rest.empty()) break;
        // one sign for a run of bytes that cannot begin anything
        utf8_append(out, 0xFFFD);
        ++replaced;
        rest.remove_prefix(1);
        while (!rest.empty() && !utf8_is_lead(static_cast<unsigned char>(rest[0]))) rest.remove_prefix(1);
        valid = utf8_valid_prefix(rest);
    }
    text = std::move(out);
    return replaced;
}

Document prepare(Article& article) {
    Document document;
    if (const std::uint32_t replaced = repair_utf8(article.text); replaced > 0) {
        document.warnings.push_back(std::to_string(replaced) + " invalid UTF-8 sequence" + (replaced == 1 ? "" : "s") + " replaced");
    }
    normalise(article, document);
    document.date = article.date;
    split_sentences(classify_lines(document), document);
    std::size_t korean = 0, useful = 0;
    for (const Sentence& sentence : document.sentences) {
        if (!sentence.useful()) continue;
        ++useful;
        korean += sentence.korean ? 1 : 0;
    }
    document.korean = korean * 3 >= useful;
    return document;
}

}  // namespace maek::extract
