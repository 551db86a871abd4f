// Helper of tests: an article made ready whose names are given, not tagged.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "extract/document.h"
#include "extract/mention/amounts.h"
#include "extract/mention/dates.h"
#include "extract/text/prepare.h"

namespace maek::extract {

using Names = std::vector<std::pair<std::string, EntityType>>;

// Every place where one of the names stands becomes a mention; longer names win.
inline Document document_with(const std::string& text, Names names) {
    Article article;
    article.id = "test";
    article.text = text;
    Document document = prepare(article);
    std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
    std::vector<char> taken(document.text.size(), 0);
    for (const auto& [name, type] : names) {
        for (std::size_t at = document.text.find(name); at != std::string::npos; at = document.text.find(name, at + 1)) {
            if (taken[at] != 0) continue;
            std::fill(taken.begin() + static_cast<std::ptrdiff_t>(at), taken.begin() + static_cast<std::ptrdiff_t>(at + name.size()), 1);
            Mention mention;
            mention.span = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + name.size())};
            mention.type = type;
            mention.sentence = document.sentence_at(mention.span.begin);
            document.mentions.push_back(mention);
        }
    }
    std::sort(document.mentions.begin(), document.mentions.end(),
              [](const Mention& a, const Mention& b) { return a.span.begin < b.span.begin; });
    find_amounts(document);
    find_dates(document);
    return document;
}

}  // namespace maek::extract
