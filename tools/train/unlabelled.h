// Program: maek-train and maek-train-relations. The texts of MAEK_SHARED/data/unlabelled, composed as
// the hand-read files of tools/train/silver count them: title, blank line, text.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "schema/result.h"

namespace maek::train {

// Texts by id of the articles of `ids`; ids "own..." are articles of our own, which stand whole in own-*.txt
// of the folder `own`. kFormat when one has no text.
Result<std::map<std::string, std::string>> unlabelled_texts(const std::filesystem::path& shared, const std::filesystem::path& own,
                                                            const std::set<std::string>& ids);

// Calls `use` for every article, in the files' order.
Result<void> each_unlabelled(const std::filesystem::path& shared,
                             const std::function<void(const std::string& id, const std::string& text)>& use);

// The fold, 0 to 4, of an article of silver/: models of that fold have not seen it.
int silver_fold(std::string_view id);

}  // namespace maek::train
