// Room: extract, doorway. Bytes of an article in, the facts it states out.
// A Pipeline is immutable after loading and may be used from many threads at once; the same bytes
// give the same facts, whatever the number of threads.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "schema/facts.h"
#include "schema/result.h"

namespace maek::extract {

struct DecodeHints {
    std::string id;
    std::string source;
    std::string declared_charset;  // from HTTP or a record; empty: find out
    bool html = false;             // by file ending; sniffed too
};

// Bytes to text: BOM, strict UTF-8, declared charset, detection (every Korean answer read as
// windows-949). HTML is reduced to its main text. kEncoding: not text (an image, say); kLimit:
// longer than 256 MiB.
Result<Article> decode_article(std::string_view bytes, const DecodeHints& hints);

class Pipeline {
public:
    // Loads ontology, lexicons and the model from the schema folder, the overlay's entries over
    // them (empty: none). Errors name file, line and entry.
    static Result<Pipeline> load(const std::filesystem::path& schema_folder,
                                 const std::filesystem::path& overlay = {});
    // The same with a tagger's model from memory instead of schema_folder/model (training measures
    // models on folds so). Empty: the folder's.
    static Result<Pipeline> load_with_model(const std::filesystem::path& schema_folder,
                                            const std::filesystem::path& overlay, std::string_view model,
                                            bool with_relations = true);
    Pipeline(Pipeline&&) noexcept;
    Pipeline& operator=(Pipeline&&) noexcept;
    ~Pipeline();

    // Linear in the text. Never fails: an article without facts gives empty lists.
    ArticleFacts extract(Article article) const;

private:
    struct Parts;
    explicit Pipeline(std::unique_ptr<const Parts> parts);
    std::unique_ptr<const Parts> parts_;
};

}  // namespace maek::extract
