// Every kind of file is damaged in every way we could think of. The answer must be the right one or
// kStoreDamaged naming the file (kStoreFormat for MAEK): never a wrong one, never a crash.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <random>

#include "storage/store.h"
#include "tests/storage/store_tools.h"
#include "tests/temp_folder.h"

namespace maek::storage {
namespace {

namespace fs = std::filesystem;
using namespace test;

// Names, nodes, relationships, records; a part in table files and the image, a part in the log.
void fill(const fs::path& path, std::uint32_t seed, bool seal) {
    const pid_t pid = ::fork();
    if (pid == 0) {
        auto store = Store::open(path, {.create = true});
        if (!store || !(*store)->bulk_load(random_graph(1500, 3000, seed))) ::_exit(1);
        for (int i = 0; i < 60; ++i) {
            auto writing = (*store)->begin_write();
            auto& graph = writing->graph();
            const std::vector<LabelId> labels = {graph.label("New")};
            const NodeId node = graph.create_node(labels);
            graph.set_property(node, graph.key("name"), Value::string("new " + std::to_string(i) + std::string(200, 'n')));
            graph.create_relationship(node, NodeId{static_cast<std::uint32_t>(i)}, graph.type("LEADS"));
            writing->put_record("article", "a" + std::to_string(i), std::string(300, static_cast<char>('a' + i % 26)));
            if (!std::move(*writing).commit()) ::_exit(2);
            if (i == 30 && (!(*store)->close() || !(store = Store::open(path, {})))) ::_exit(3);
        }
        if (seal && !(*store)->close()) ::_exit(4);
        ::_exit(0);  // without closing: the log stays
    }
    int status = 0;
    ::waitpid(pid, &status, 0);
    ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << WEXITSTATUS(status);
}

std::string everything(const Store& store) {
    std::string out = dump(store);
    EXPECT_TRUE(store.each_record("article", "", [&](auto key, auto value) {
        out += "record " + std::string(key) + "=" + std::string(value) + "\n";
        return true;
    }).ok());
    return out;
}

struct Tally {
    int cases = 0, right = 0, refused = 0;
};

class CorruptionTest : public testing::Test {
protected:
    // Opens a damaged copy for reading, then for writing; both must be right or refuse.
    void try_case(const fs::path& damaged, const std::string& right, const std::string& what) {
        for (const bool read_only : {true, false}) {
            ++tally.cases;
            auto store = Store::open(damaged, {.read_only = read_only});
            if (store) {
                std::string found = dump(**store);
                std::optional<Error> problem;
                auto read = (*store)->each_record("article", "", [&](auto key, auto value) {
                    found += "record " + std::string(key) + "=" + std::string(value) + "\n";
                    return true;
                });
                if (!read) problem = read.error();
                if (!problem) {
                    EXPECT_TRUE(found == right) << what << (read_only ? " (reading)" : " (writing)") << ": WRONG ANSWER";
                    ++tally.right;
                    continue;
                }
                expect_named(*problem, what);
                continue;
            }
            expect_named(store.error(), what);
        }
    }
    void expect_named(const Error& error, const std::string& what) {
        ++tally.refused;
        EXPECT_TRUE(error.code == ErrorCode::kStoreDamaged || error.code == ErrorCode::kStoreFormat)
            << what << ": " << error.text();
        EXPECT_FALSE(error.where.file.empty() && error.code == ErrorCode::kStoreDamaged) << what << ": " << error.text();
    }
    void copy(const fs::path& from, const fs::path& to) {
        fs::remove_all(to);
        fs::copy(from, to, fs::copy_options::recursive);
    }
    static std::vector<fs::path> files_of(const fs::path& store) {
        std::vector<fs::path> files;
        for (const auto& entry : fs::recursive_directory_iterator(store))
            if (entry.is_regular_file() && entry.path().filename() != "LOCK") files.push_back(fs::relative(entry.path(), store));
        std::sort(files.begin(), files.end());
        return files;
    }

    // Damages each file of the store in turn.
    void sweep(const fs::path& original, const fs::path& other, std::uint32_t seed) {
        const std::string right = everything(*open_store(original, {.read_only = true}));
        std::mt19937 random(seed);
        const int flips = std::getenv("MAEK_LONG") != nullptr ? 40 : 3;
        const fs::path work = temp / "work";
        for (const fs::path& file : files_of(original)) {
            const std::uint64_t size = fs::file_size(original / file);
            const std::string name = file.string();
            for (int i = 0; i < flips && size > 0; ++i) {
                copy(original, work);
                const std::uint64_t at = random() % size;
                flip_bit(work / file, at, random() % 8);
                try_case(work, right, name + " bit flipped at " + std::to_string(at));
            }
            if (size > 0) {
                copy(original, work);
                std::string bytes = read_bytes(work / file);
                const std::uint64_t at = random() % size;
                std::fill_n(bytes.begin() + static_cast<long>(at), std::min<std::uint64_t>(512, size - at), '\0');
                write_bytes(work / file, bytes);
                try_case(work, right, name + " zeros at " + std::to_string(at));
                for (const std::uint64_t length : {size / 2, size - 1, std::uint64_t{0}}) {
                    copy(original, work);
                    fs::resize_file(work / file, length);
                    try_case(work, right, name + " cut to " + std::to_string(length));
                }
            }
            copy(original, work);
            fs::remove(work / file);
            try_case(work, right, name + " deleted");
            if (fs::exists(other / file)) {
                copy(original, work);
                fs::copy_file(other / file, work / file, fs::copy_options::overwrite_existing);
                try_case(work, right, name + " of another store");
            }
        }
        copy(original, work);
        fs::remove_all(work / "rocks");
        fs::copy(other / "rocks", work / "rocks", fs::copy_options::recursive);
        try_case(work, right, "the whole database of another store");
    }

    TempFolder temp;
    Tally tally;
};

TEST_F(CorruptionTest, OfASealedStoreIsNeverAnsweredWrongly) {
    fill(temp / "s", 1, true);
    fill(temp / "other", 2, true);
    sweep(temp / "s", temp / "other", 5);
    RecordProperty("cases", tally.cases);
    std::printf("%d cases: %d right, %d refused\n", tally.cases, tally.right, tally.refused);
    EXPECT_GE(tally.cases, 60);
}

TEST_F(CorruptionTest, OfAKilledStoreIsNeverAnsweredWrongly) {
    fill(temp / "s", 1, false);
    fill(temp / "other", 2, false);
    sweep(temp / "s", temp / "other", 6);
    std::printf("%d cases: %d right, %d refused\n", tally.cases, tally.right, tally.refused);
    EXPECT_GE(tally.cases, 60);
}

TEST_F(CorruptionTest, ManifestCutAnywhereIsRefused) {
    fill(temp / "s", 1, false);
    const std::string right = everything(*open_store(temp / "s", {.read_only = true}));
    fs::path manifest;
    for (const fs::path& file : files_of(temp / "s"))
        if (file.filename().string().starts_with("MANIFEST")) manifest = file;
    const std::uint64_t size = fs::file_size(temp / "s" / manifest);
    for (int i = 1; i <= 20; ++i) {
        copy(temp / "s", temp / "work");
        fs::resize_file(temp / "work" / manifest, size * static_cast<std::uint64_t>(i - 1) / 20);
        try_case(temp / "work", right, "MANIFEST cut to " + std::to_string(i - 1) + "/20");
    }
    EXPECT_EQ(tally.right, 0);
}

TEST_F(CorruptionTest, AnOlderCopyOfTheDatabaseIsNoticed) {
    fill(temp / "s", 1, true);
    copy(temp / "s", temp / "older");
    {
        auto store = open_store(temp / "s");
        for (int i = 0; i < 3; ++i) {
            auto writing = store->begin_write();
            writing->put_record("article", "later" + std::to_string(i), "x");
            ASSERT_TRUE(std::move(*writing).commit().ok());
        }
    }
    const std::string right = everything(*open_store(temp / "s", {.read_only = true}));
    fs::remove_all(temp / "s/rocks");
    fs::copy(temp / "older/rocks", temp / "s/rocks", fs::copy_options::recursive);
    try_case(temp / "s", right, "older database");
    EXPECT_EQ(tally.refused, 2);
}

TEST_F(CorruptionTest, IsFoundByCheckInEveryTableFile) {
    fill(temp / "s", 1, true);
    for (const fs::path& file : files_of(temp / "s")) {
        if (file.extension() != ".sst") continue;
        copy(temp / "s", temp / "work");
        flip_bit(temp / "work" / file, fs::file_size(temp / "work" / file) / 4, 2);
        auto store = Store::open(temp / "work", {.read_only = true});
        if (!store) {
            EXPECT_EQ(store.error().code, ErrorCode::kStoreDamaged);
            continue;
        }
        const auto findings = (*store)->check();
        ASSERT_TRUE(findings.ok());
        EXPECT_FALSE(findings->empty()) << file;
    }
}

}  // namespace
}  // namespace maek::storage
