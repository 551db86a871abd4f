// Room: tools, inner. Bytes from outside as text: a file's name may be any bytes, what maek keeps and
// prints is UTF-8. Tests: tests/tools/article_ids_test.cpp.
#pragma once

#include <filesystem>
#include <cstddef>
#include <string>
#include <string_view>

namespace maek::tools {

// The path with '/' between its parts; bytes that are no UTF-8 stand as %FF.
std::string path_text(const std::filesystem::path& path);

// Where the first byte lies that is no UTF-8; the size when there is none.
std::size_t first_wrong_byte(std::string_view text);

}  // namespace maek::tools
