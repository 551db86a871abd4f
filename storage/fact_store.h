// Room: storage, doorway. Articles' facts in and out of a store: idempotent, incremental,
// retractable. An entity is one node (key: type + canonical name, other names in `aliases`), a
// relation one edge per (type, source, target) and, for FUNDS, amount and date. The graph part is
// a function of the set of articles kept, whatever the order in which they came.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schema/facts.h"
#include "schema/result.h"
#include "storage/store.h"

namespace maek::storage {

struct IngestSummary {
    std::uint64_t added = 0, replaced = 0, unchanged = 0, removed = 0;  // articles
    std::uint64_t nodes_created = 0, nodes_deleted = 0;
    std::uint64_t relationships_created = 0, relationships_deleted = 0;
};

class FactStore {
public:
    explicit FactStore(Store& store) : store_(store) {}

    // Adds or replaces the articles in one commit; the same facts again change nothing.
    Result<IngestSummary> ingest(std::vector<ArticleFacts> articles);
    // kNotFound names the ids that are not there; then nothing is removed.
    Result<IngestSummary> remove(const std::vector<std::string>& article_ids);
    Result<std::vector<std::string>> article_ids() const;
    // Whether an article with these exact bytes of content was ingested by this extractor version;
    // lets `maek build` skip extraction. The digest is whatever the caller gave to ingest.
    Result<ArticleFacts> article(std::string_view id) const;

private:
    Store& store_;
};

}  // namespace maek::storage
