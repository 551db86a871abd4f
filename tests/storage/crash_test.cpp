// Processes that are killed: what was acknowledged is there, nothing is torn. A child commits and
// tells each commit's number through a pipe after it returned; the parent kills it, opens the store
// and compares with what must be there. Short by default; MAEK_LONG=1 runs 300 kills.
#include <gmock/gmock.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <thread>

#include "storage/store.h"
#include "tests/storage/store_tools.h"
#include "tests/temp_folder.h"

namespace maek::storage {
namespace {

namespace fs = std::filesystem;
using namespace test;

// Commit n (from 1): node n-1 named "n", a chain relationship, the counter record, and every third
// one deletes a relationship. Torn would be any of these without the others.
Result<void> commit_number(Store& store, std::int64_t n) {
    auto writing = store.begin_write();
    if (!writing) return writing.error();
    auto& graph = writing->graph();
    const std::vector<LabelId> labels = {graph.label("Step")};
    const NodeId node = graph.create_node(labels);
    graph.set_property(node, graph.key("n"), Value::integer(n));
    const TypeId next = graph.type("NEXT");
    if (n > 1) graph.create_relationship(NodeId{node.value - 1}, node, next);
    if (n % 3 == 0) graph.delete_relationship(RelId{static_cast<std::uint32_t>(n - 3)});
    writing->put_record("counter", "n", std::to_string(n));
    return std::move(*writing).commit();
}

// The number of the last commit; fails the test when anything contradicts it.
std::int64_t verified_number(const Store& store) {
    const auto record = store.record("counter", "n");
    const std::int64_t n = record.ok() ? std::stoll(*record) : 0;
    const graph::Graph graph = store.snapshot();
    EXPECT_EQ(graph.node_count(), static_cast<std::uint64_t>(n));
    std::uint64_t relationships = n > 1 ? static_cast<std::uint64_t>(n - 1) : 0;
    relationships -= static_cast<std::uint64_t>(n / 3);
    EXPECT_EQ(graph.rel_count(), relationships);
    const auto key = graph.keys().find("n");
    for (std::int64_t i = 0; key && i < n; ++i)
        EXPECT_EQ(graph.node_property(NodeId{static_cast<std::uint32_t>(i)}, *key), Value::integer(i + 1));
    return n;
}

// What a child process does, told by its environment. A child is this program started anew: RocksDB's
// threads do not survive a fork.
TEST(ChildProcess, CommitsUntilItIsKilled) {
    const char* path = std::getenv("MAEK_TEST_CHILD");
    if (path == nullptr) GTEST_SKIP() << "only as a child of the other tests";
    const int pipe = std::atoi(std::getenv("MAEK_TEST_PIPE"));
    const int seed = std::atoi(std::getenv("MAEK_TEST_SEED"));
    const bool relaxed = std::getenv("MAEK_TEST_RELAXED") != nullptr;
    const OpenOptions options{.create = true, .read_only = false,
                              .durability = relaxed ? Durability::kRelaxed : Durability::kSync};
    auto store = Store::open(path, options);
    if (!store) {
        std::fprintf(stderr, "child: %s\n", store.error().text().c_str());
        ::_exit(10);
    }
    const auto record = (*store)->record("counter", "n");
    for (std::int64_t n = record.ok() ? std::stoll(*record) : 0;;) {
        ++n;
        if (!commit_number(**store, n)) ::_exit(11);
        if (::write(pipe, &n, sizeof n) != sizeof n) ::_exit(12);
        // Some end and begin again, so that sealing and opening are hit, too.
        if (seed % 4 == 0 && n % 17 == 0) {
            if (!(*store)->close()) ::_exit(13);
            store = Store::open(path, options);
            if (!store) ::_exit(14);
        }
    }
}

TEST(ChildProcess, BulkLoadsUntilItIsKilled) {
    const char* path = std::getenv("MAEK_TEST_CHILD");
    if (path == nullptr) GTEST_SKIP() << "only as a child of the other tests";
    auto store = Store::open(path, {.create = true});
    if (store) (void)(*store)->bulk_load(random_graph(3000, 5000, 5));
    ::_exit(10);
}

struct Child {
    pid_t pid = 0;
    int pipe = -1;
};

Child start_child(const fs::path& path, Durability durability, std::uint32_t seed, const char* kill_at = nullptr,
                  const char* what = "CommitsUntilItIsKilled") {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    const std::string filter = std::string("--gtest_filter=ChildProcess.") + what;
    std::vector<std::string> environment = {"MAEK_TEST_CHILD=" + path.string(), "MAEK_TEST_PIPE=" + std::to_string(ends[1]),
                                            "MAEK_TEST_SEED=" + std::to_string(seed % 1000)};
    if (durability == Durability::kRelaxed) environment.push_back("MAEK_TEST_RELAXED=1");
    if (kill_at != nullptr) environment.push_back(std::string("MAEK_KILL_AT=") + kill_at);
    std::vector<char*> pointers;
    for (auto& text : environment) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::close(ends[0]);
        const int null = ::open("/dev/null", O_WRONLY);
        ::dup2(null, STDOUT_FILENO);
        const char* arguments[] = {"child", filter.c_str(), nullptr};
        ::execve("/proc/self/exe", const_cast<char**>(arguments), pointers.data());
        ::_exit(9);
    }
    ::close(ends[1]);
    return {pid, ends[0]};
}

// Reads the rest of the pipe and reaps; the last acknowledged number, or `before`.
std::int64_t last_acknowledged(const Child& child, std::int64_t before, int* status) {
    std::int64_t n = before, read_n = 0;
    while (::read(child.pipe, &read_n, sizeof read_n) == sizeof read_n) n = read_n;
    ::close(child.pipe);
    ::waitpid(child.pid, status, 0);
    return n;
}

void kill_loop(int kills, Durability durability, std::uint32_t seed) {
    TempFolder temp;
    std::mt19937 random(seed);
    std::int64_t acknowledged = 0;
    for (int i = 0; i < kills; ++i) {
        const Child child = start_child(temp / "s", durability, random());
        if (i % 4 != 0) {  // mostly among commits, on a slow machine too; else at any moment
            pollfd ready{child.pipe, POLLIN, 0};
            ::poll(&ready, 1, 10'000);
        }
        std::this_thread::sleep_for(std::chrono::microseconds(random() % 100'000));
        ::kill(child.pid, SIGKILL);
        int status = 0;
        acknowledged = last_acknowledged(child, acknowledged, &status);
        ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status) << " at kill " << i;
        // Looked at without changing anything: the next child recovers by itself.
        auto store = Store::open(temp / "s", {.read_only = true});
        if (!store && store.error().code == ErrorCode::kNotFound && acknowledged == 0) continue;
        ASSERT_TRUE(store.ok()) << store.error().text() << " at kill " << i;
        const std::int64_t found = verified_number(**store);
        ASSERT_GE(found, acknowledged) << "lost at kill " << i;
        ASSERT_LE(found, acknowledged + 1) << "a commit nobody asked for at kill " << i;
        acknowledged = found;
    }
    EXPECT_GT(acknowledged, kills / 2);
    auto store = open_store(temp / "s", {.create = true});
    ASSERT_NE(store, nullptr);
    const auto findings = store->check();
    ASSERT_TRUE(findings.ok());
    EXPECT_TRUE(findings->empty()) << findings->front().where << ": " << findings->front().message;
}

bool wants_long() { return std::getenv("MAEK_LONG") != nullptr; }

TEST(Crash, LosesAndTearsNothingWhenKilledDuringSyncedCommits) { kill_loop(40, Durability::kSync, 1); }
TEST(Crash, LosesAndTearsNothingWhenKilledDuringRelaxedCommits) { kill_loop(10, Durability::kRelaxed, 2); }

TEST(CrashLong, LosesAndTearsNothingInThreeHundredKills) {
    if (!wants_long()) GTEST_SKIP() << "set MAEK_LONG=1 for 300 kills";
    kill_loop(300, Durability::kSync, 3);
    kill_loop(60, Durability::kRelaxed, 4);
}

// Every named point of a store's life, at its first and a later passing.
class KillPoint : public testing::TestWithParam<const char*> {};

TEST_P(KillPoint, LeavesAStoreThatOpensWithEverythingAcknowledged) {
    for (const char* passing : {":1", ":3"}) {
        TempFolder temp;
        const std::string at = std::string(GetParam()) + passing;
        std::int64_t acknowledged = 0;
        const bool creating = std::string_view(GetParam()).starts_with("create.");
        if (!creating) {
            auto store = open_store(temp / "s", {.create = true});
            for (std::int64_t n = 1; n <= 5; ++n) ASSERT_TRUE(commit_number(*store, n).ok());
            acknowledged = 5;
            // Left unsealed, so that the child recovers.
            if (std::string_view(GetParam()).starts_with("recover.")) {
                const Child earlier = start_child(temp / "other", Durability::kSync, 1, "commit.after_ledger:3");
                int status = 0;
                ASSERT_TRUE(store->close().ok());
                last_acknowledged(earlier, 0, &status);
                fs::remove_all(temp / "s");
                fs::rename(temp / "other", temp / "s");
                acknowledged = 2;
            }
        }
        const Child child = start_child(temp / "s", Durability::kSync, 4, at.c_str());
        // A point that is passed only once never kills at :3; then we do.
        int status = 0;
        std::int64_t n = acknowledged, read_n = 0;
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        bool killed_by_us = false;
        while (::read(child.pipe, &read_n, sizeof read_n) == sizeof read_n) {
            n = read_n;
            if (n > 120 || std::chrono::steady_clock::now() > end) {
                ::kill(child.pid, SIGKILL);
                killed_by_us = true;
                break;
            }
        }
        n = last_acknowledged(child, n, &status);
        ASSERT_TRUE(WIFSIGNALED(status)) << at << " exit " << WEXITSTATUS(status);
        if (std::string_view(passing) == ":1") { EXPECT_FALSE(killed_by_us) << at << " was never passed"; }
        auto store = Store::open(temp / "s", {.create = true});
        ASSERT_TRUE(store.ok()) << at << ": " << store.error().text();
        const std::int64_t found = verified_number(**store);
        EXPECT_GE(found, n) << at;
        EXPECT_LE(found, n + 1) << at;
        ASSERT_TRUE(commit_number(**store, found + 1).ok());
        const auto findings = (*store)->check();
        ASSERT_TRUE(findings.ok());
        EXPECT_TRUE(findings->empty()) << at << findings->front().where << findings->front().message;
    }
}

INSTANTIATE_TEST_SUITE_P(Points, KillPoint,
                         testing::Values("create.ledger", "create.database", "commit.before_log", "commit.after_log",
                                         "commit.after_ledger", "close.flushed", "close.sealed", "recover.verified",
                                         "recover.ledger", "recover.opened"));

TEST(Crash, DuringRecoveryIsRecoveredFromTwice) {
    TempFolder temp;
    int status = 0;
    std::int64_t n = last_acknowledged(start_child(temp / "s", Durability::kSync, 1, "commit.after_ledger:20"), 0, &status);
    for (const char* at : {"recover.ledger:1", "recover.opened:1", "recover.verified:1", "commit.after_log:2"})
        n = last_acknowledged(start_child(temp / "s", Durability::kSync, 1, at), n, &status);
    auto store = open_store(temp / "s");
    EXPECT_GE(verified_number(*store), n);
    EXPECT_TRUE(store->check()->empty());
}

TEST(Crash, WhileBulkLoadingLeavesTheEmptyStoreOrTheFullOne) {
    for (const char* at : {"load.before_ingest:1", "load.after_ingest:1", "image.written:1", "image.renamed:1"}) {
        TempFolder temp;
        const graph::Graph graph = random_graph(3000, 5000, 5);
        const Child loading = start_child(temp / "s", Durability::kSync, 1, at, "BulkLoadsUntilItIsKilled");
        int status = 0;
        last_acknowledged(loading, 0, &status);
        ASSERT_TRUE(WIFSIGNALED(status)) << at;
        auto store = open_store(temp / "s");
        ASSERT_NE(store, nullptr) << at;
        const bool full = std::string_view(at) != "load.before_ingest:1";
        EXPECT_EQ(store->snapshot().node_count(), full ? 3000u : 0u) << at;
        if (!full) { EXPECT_TRUE(store->bulk_load(graph).ok()); }
        const auto findings = store->check();  // an image that was not written yet is mentioned
        ASSERT_TRUE(findings.ok());
        for (const auto& finding : *findings) EXPECT_THAT(finding.where, testing::EndsWith("image")) << at;
    }
}

TEST(Crash, OfAWriterFreesTheStoreAndAReaderSeesTheLastCommit) {
    TempFolder temp;
    const Child writer = start_child(temp / "s", Durability::kSync, 1);
    std::int64_t n = 0;
    while (n < 50) ASSERT_EQ(::read(writer.pipe, &n, sizeof n), static_cast<ssize_t>(sizeof n));
    const auto refused = Store::open(temp / "s", {});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::kStoreInUse);
    EXPECT_THAT(refused.error().message, testing::HasSubstr(std::to_string(writer.pid)));
    for (int i = 0; i < 20; ++i) {
        auto reader = open_store(temp / "s", {.read_only = true});
        ASSERT_NE(reader, nullptr);
        EXPECT_GE(verified_number(*reader), n);
    }
    ::kill(writer.pid, SIGKILL);
    int status = 0;
    n = last_acknowledged(writer, n, &status);
    EXPECT_GE(verified_number(*open_store(temp / "s")), n);
}

// A small disk of its own; needs root.
class SmallDisk {
public:
    explicit SmallDisk(const fs::path& at, const char* size) : at_(at) {
        fs::create_directory(at);
        mounted_ = ::mount("tmpfs", at.c_str(), "tmpfs", 0, (std::string("size=") + size).c_str()) == 0;
    }
    ~SmallDisk() {
        if (mounted_) ::umount2(at_.c_str(), MNT_DETACH);
    }
    bool mounted() const { return mounted_; }

private:
    fs::path at_;
    bool mounted_ = false;
};

TEST(FullDisk, GivesAClearErrorAndLosesNothing) {
    TempFolder temp;
    const SmallDisk disk(temp / "disk", "12m");
    if (!disk.mounted()) GTEST_SKIP() << "needs root to mount a small tmpfs";
    std::int64_t n = 0;
    {
        auto store = open_store(temp / "disk/s", {.create = true, .durability = Durability::kRelaxed});
        std::string large(20'000, 'x');
        for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>(i * 7919 >> 3);  // incompressible enough
        Result<void> done;
        for (; done.ok() && n < 5'000; ++n) {
            auto writing = store->begin_write();
            if (!writing) {
                done = writing.error();
                break;
            }
            writing->put_record("large", std::to_string(n), large + std::to_string(n));
            done = std::move(*writing).commit();
            if (!done) break;
        }
        ASSERT_FALSE(done.ok());
        EXPECT_EQ(done.error().code, ErrorCode::kIo);
        EXPECT_THAT(done.error().message, testing::HasSubstr("full"));
        EXPECT_EQ(store->record("large", "0").ok(), n > 0);  // reading goes on
        (void)store->close();
    }
    auto store = open_store(temp / "disk/s", {.read_only = true});
    ASSERT_NE(store, nullptr);
    for (std::int64_t i = 0; i < n; ++i) EXPECT_TRUE(store->record("large", std::to_string(i)).ok()) << i;
    EXPECT_EQ(store->record("large", std::to_string(n)).error().code, ErrorCode::kNotFound);
}

TEST(FullDisk, ForeignFilesLeaveAStoreThatWorksAgainAfterwards) {
    TempFolder temp;
    const SmallDisk disk(temp / "disk", "16m");
    if (!disk.mounted()) GTEST_SKIP() << "needs root to mount a small tmpfs";
    std::int64_t n = 0;
    {
        auto store = open_store(temp / "disk/s", {.create = true});
        while (n < 20) ASSERT_TRUE(commit_number(*store, ++n).ok());
        write_bytes(temp / "disk/ballast", std::string(15 << 20, 'x'));  // cut where the disk ends
        EXPECT_FALSE(commit_number(*store, n + 1).ok());
        EXPECT_EQ(verified_number(*store), n);
        fs::remove(temp / "disk/ballast");
        EXPECT_TRUE(commit_number(*store, n + 1).ok());  // nothing had been started
        ++n;
    }
    EXPECT_EQ(verified_number(*open_store(temp / "disk/s")), n);
}

}  // namespace
}  // namespace maek::storage
