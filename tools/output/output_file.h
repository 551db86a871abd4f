// Room: tools, inner. A file that appears whole or not at all: written beside its place, synced,
// renamed. "-" is stdout. Tests: tests/tools/export_test.cpp.
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "schema/result.h"

namespace maek::tools {

class OutputFile {
public:
    // kIo: the folder is missing or not writable.
    static Result<OutputFile> open(const std::string& path);
    OutputFile(OutputFile&& other) noexcept;
    OutputFile& operator=(OutputFile&&) = delete;
    ~OutputFile();  // without finish(): nothing remains

    bool to_file() const { return !temporary_.empty(); }
    void write(std::string_view text);
    // Everything is on disk under its name, or an error and nothing is.
    Result<void> finish();

private:
    OutputFile() = default;
    std::FILE* file_ = nullptr;
    std::filesystem::path path_, temporary_;
};

}  // namespace maek::tools
