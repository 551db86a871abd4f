// Room: tools, inner. Short names for contents, so that what was read once need not be read again.
// Tests: tests/tools/build_test.cpp.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tools/input/article_source.h"

namespace maek::tools {

// Of everything that the facts of an article depend on beside the article: this program and all
// files in the folders (missing folders count as empty).
std::string extractor_digest(const std::vector<std::filesystem::path>& folders);

// Of an article as it lies in its file, together with the extractor's.
std::string article_digest(const RawArticle& article, const std::string& extractor);

}  // namespace maek::tools
