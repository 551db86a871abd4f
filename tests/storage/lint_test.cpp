// Rules about our own source that a reader would otherwise have to remember.
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>

#include "tests/storage/store_tools.h"

namespace maek::storage {
namespace {

namespace fs = std::filesystem;

void each_source(const std::function<void(const fs::path& relative, const std::string& text)>& visit) {
    const fs::path root = MAEK_SOURCE_DIR;
    for (const char* room : {"schema", "graph", "storage", "extract", "query", "tools"})
        for (const auto& entry : fs::recursive_directory_iterator(root / room)) {
            const auto ending = entry.path().extension();
            if (ending == ".h" || ending == ".cpp") visit(fs::relative(entry.path(), root), test::read_bytes(entry.path()));
        }
}

TEST(Lint, RawRocksDbIteratorsAreMadeInOnePlaceOnly) {
    each_source([](const fs::path& file, const std::string& text) {
        if (text.find("NewIterator(") != std::string::npos) {
            EXPECT_EQ(file, "storage/rocks/checked_iterator.cpp");
        }
    });
}

TEST(Lint, RocksDbHeadersStayInOneFolder) {
    each_source([](const fs::path& file, const std::string& text) {
        if (text.find("#include <rocksdb/") != std::string::npos) {
            EXPECT_EQ(file.parent_path(), "storage/rocks") << file;
        }
    });
}

TEST(Lint, NobodyCallsResume) {
    each_source([](const fs::path& file, const std::string& text) {
        EXPECT_EQ(text.find("->Resume("), std::string::npos) << file << ": aborts the process in Debian's RocksDB";
    });
}

}  // namespace
}  // namespace maek::storage
