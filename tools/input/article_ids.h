// Room: tools, inner. What the articles in files are called (docs/decisions/0220). A file's names, the
// best first: its stem; its path inside the given folder, without and with its ending; the same with
// more and more of the folders above. It gets the first that no other file of the run has; in a store
// that has the article already it keeps the name it has there, whatever lies beside it now.
// Tests: tests/tools/article_ids_test.cpp.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace maek::tools {

// Articles that a store holds.
struct KeptArticles {
    // Where the article of that id came from; nullopt: there is none.
    std::function<std::optional<std::string>(const std::string& id)> source;
    // Whether the file reads as the text that the store has under the id.
    std::function<bool(const std::string& id, const std::filesystem::path& file)> same_text;
};

class FileName {
public:
    // `inside`: the path below the given folder; of a file given by itself its name. stdin: empty paths.
    FileName(const std::filesystem::path& path, const std::filesystem::path& inside);

    const std::string& id() const { return id_; }
    const std::filesystem::path& path() const { return path_; }

private:
    friend void settle_ids(std::vector<FileName>& files);
    friend void keep_ids(std::vector<FileName>& files, const KeptArticles& kept);

    std::optional<std::string> name(std::size_t level) const;  // nullopt: no more of them
    bool comes_from(const std::string& source) const;          // the same path inside a folder
    bool another_came_from(const std::string& source) const;   // a file of this stem elsewhere

    std::filesystem::path path_;      // as given
    std::vector<std::string> parts_;  // of the absolute path, the last without its ending
    std::string ending_;              // with its dot
    std::size_t inside_ = 1;          // how many of the parts lie inside the given folder
    std::size_t level_ = 0;
    std::string id_;
};

// Gives every file an id of its own; depends only on the files, not on their order.
void settle_ids(std::vector<FileName>& files);
// After settle_ids: the ids under which a store knows these files, and no id that it keeps for another.
void keep_ids(std::vector<FileName>& files, const KeptArticles& kept);

}  // namespace maek::tools
