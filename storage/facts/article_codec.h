// Room: storage, inner (facts). One article's facts as bytes: what is kept of an article, and what
// "the same facts again" compares. Tests: tests/storage/article_codec_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/facts.h"
#include "schema/ids.h"

namespace maek::storage {

std::string encode_article(const ArticleFacts& facts);
// nullopt: not our bytes. Every index of an entity is inside the list.
std::optional<ArticleFacts> decode_article_facts(std::string_view bytes);

// What the family "article" holds under an article's id.
struct ArticleRecord {
    NodeId node;
    std::string facts;  // encode_article()
};
std::string encode_article_record(const ArticleRecord& record);
std::optional<ArticleRecord> decode_article_record(std::string_view bytes);

}  // namespace maek::storage
