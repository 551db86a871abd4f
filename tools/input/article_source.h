// Room: tools, inner. The articles that the words of a command line name, one by one: files,
// folders (with all below, in the order of their paths), stdin, and records inside JSON.
// Within one run an id stands for one article: a second one with another text is told and left out.
// Tests: tests/tools/build_test.cpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "schema/facts.h"
#include "schema/result.h"
#include "tools/input/article_ids.h"

namespace maek::tools {

// As it lies in the file, before decoding; or why it cannot be had.
struct RawArticle {
    std::string id;
    std::string source;
    std::string bytes;
    bool html = false;
    std::optional<Article> record;  // from JSON: text and fields already known
    std::optional<Error> error;
    std::uint64_t size = 0;         // of the input it took
};

class ArticleSource {
public:
    // Lists what there is. kNotFound names the input that is missing.
    static Result<ArticleSource> open(const std::vector<std::string>& inputs);

    // Files that a store holds already keep the ids they have there. Before the first next().
    void keep_ids(const KeptArticles& kept);

    // False at the end. What cannot be read comes as an article with an error; the rest goes on.
    bool next(RawArticle& out);

    std::uint64_t total_bytes() const { return total_bytes_; }  // 0: stdin, not known
    std::uint64_t skipped_files() const { return skipped_; }    // of other kinds, in folders

private:
    struct File {
        std::uint64_t size = 0;
        std::optional<Error> problem;  // it is there and cannot be had
    };
    struct Records;
    bool next_raw(RawArticle& out);
    bool open_file(const FileName& name, const File& file, RawArticle& out);
    bool is_new(const std::filesystem::path& path);
    void add_file(const std::filesystem::path& path, const std::filesystem::path& inside, File file);
    void list_folder(const std::filesystem::path& folder, const std::filesystem::path& below);
    void list_entry(const std::filesystem::directory_entry& entry, const std::filesystem::path& inside);
    void tell_second_of_one_id(RawArticle& article);

    std::vector<FileName> names_;
    std::vector<File> files_;  // one for each name
    std::unordered_set<std::string> listed_;  // absolute paths
    std::size_t next_file_ = 0;
    std::shared_ptr<Records> records_;  // the JSON file being read
    struct First {
        std::string source;
        std::size_t text;  // its hash
    };
    std::unordered_map<std::string, First> seen_;  // by id
    std::uint64_t total_bytes_ = 0, skipped_ = 0;
};

}  // namespace maek::tools
