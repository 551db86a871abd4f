// Room: extract, inner. The bytes of a model's file. Tests: tests/extract/mention/pipeline_test.cpp.
#pragma once

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

namespace maek::extract {

// None when the file is missing or cannot be read.
inline std::optional<std::string> read_model_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary | std::ios::ate);
    if (!in) return std::nullopt;
    std::string bytes(static_cast<std::size_t>(in.tellg()), '\0');
    in.seekg(0);
    if (!in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) return std::nullopt;
    return bytes;
}

}  // namespace maek::extract
