// Room: tools, inner. The articles that the words of a command line name, one by one: files,
// folders (with all below, in the order of their paths), stdin, and records inside JSON.
// Tests: tests/tools/build_test.cpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "schema/facts.h"
#include "schema/result.h"

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

    // False at the end. What cannot be read comes as an article with an error; the rest goes on.
    bool next(RawArticle& out);

    std::uint64_t total_bytes() const { return total_bytes_; }  // 0: stdin, not known
    std::uint64_t skipped_files() const { return skipped_; }    // of other kinds, in folders

private:
    struct File {
        std::filesystem::path path;  // empty: stdin
        std::string id;
        std::uint64_t size = 0;
    };
    struct Records;
    bool open_file(const File& file, RawArticle& out);
    void list_folder(const std::filesystem::path& folder);
    void settle_ids();

    std::vector<File> files_;
    std::size_t next_file_ = 0;
    std::shared_ptr<Records> records_;  // the JSON file being read
    std::uint64_t total_bytes_ = 0, skipped_ = 0;
};

}  // namespace maek::tools
