// One writer, many readers, damaged and foreign stores: the right message and exit code.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "tests/tools/program.h"

namespace maek::tools {
namespace {

using testing::HasSubstr;

class StoreAccess : public ProgramTest {
protected:
    StoreAccess() { make_store("CREATE (:City {name: '창원시'})"); }

    // A `maek pipe` on the store that waits for its input until the end of the test.
    class Holder {
    public:
        explicit Holder(const std::string& store) {
            int in[2], out[2];
            if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) return;
            child_ = fork();
            if (child_ == 0) {
                dup2(in[0], STDIN_FILENO);
                dup2(out[1], STDOUT_FILENO);
                execl(MAEK_PROGRAM, MAEK_PROGRAM, "pipe", store.c_str(), nullptr);
                _exit(127);
            }
            close(in[0]), close(out[1]);
            input_ = in[1];
            // It holds the store once it has answered.
            const std::string_view request = "{\"query\": \"RETURN 1\"}\n";
            char answer = 0;
            if (write(input_, request.data(), request.size()) > 0) {
                while (::read(out[0], &answer, 1) == 1 && answer != '\n') {
                }
            }
            close(out[0]);
        }
        ~Holder() {
            close(input_);
            waitpid(child_, nullptr, 0);
        }
        pid_t pid() const { return child_; }

    private:
        pid_t child_ = -1;
        int input_ = -1;
    };
};

TEST_F(StoreAccess, ASecondWriterIsToldWhoHoldsTheStore) {
    const Holder holder(store());
    const Outcome outcome = maek({"build", store(), file("a.txt", kKoreanArticle)});
    EXPECT_EQ(outcome.exit_code, 3);
    EXPECT_THAT(outcome.err, HasSubstr(std::to_string(holder.pid())));
    const Outcome write = maek({"query", store(), "CREATE (:A)"});
    EXPECT_EQ(write.exit_code, 3);
    EXPECT_THAT(write.err, HasSubstr(std::to_string(holder.pid())));
}

TEST_F(StoreAccess, ReadersGoOnBesideAWriter) {
    const Holder holder(store());
    EXPECT_EQ(done({"query", store(), "MATCH (c:City) RETURN c.name AS n", "--format", "csv"}), "n\n창원시\n");
    done({"stats", store()});
    done({"export", store(), "-o", path("g.graphml")});
    EXPECT_THAT(read("g.graphml"), HasSubstr("창원시"));
}

TEST_F(StoreAccess, AFolderWithOtherThingsIsNoStore) {
    file("docs/letter.txt", "dear");
    for (const Outcome& outcome : {maek({"stats", path("docs")}), maek({"build", path("docs"), file("a.txt", kKoreanArticle)})}) {
        EXPECT_EQ(outcome.exit_code, 1) << outcome.err;
        EXPECT_THAT(outcome.err, HasSubstr("docs"));
    }
    EXPECT_EQ(read("docs/letter.txt"), "dear");
}

TEST_F(StoreAccess, ADamagedStoreIsNeverAnsweredFrom) {
    int damaged = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(store())) {
        if (!entry.is_regular_file() || entry.file_size() < 64) continue;
        const std::string whole = read_file(entry.path());
        std::string changed = whole;
        changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 0x10);
        std::ofstream(entry.path(), std::ios::binary) << changed;
        const Outcome outcome = maek({"query", store(), "MATCH (c:City) RETURN c.name AS n", "--format", "csv"});
        EXPECT_THAT(outcome.exit_code, testing::AnyOf(0, 3)) << entry.path() << ": " << outcome.err;
        if (outcome.exit_code == 0) {
            EXPECT_EQ(outcome.out, "n\n창원시\n") << entry.path();
        }
        damaged += outcome.exit_code == 3 ? 1 : 0;
        std::ofstream(entry.path(), std::ios::binary) << whole;
    }
    EXPECT_GT(damaged, 0);
}

TEST_F(StoreAccess, CheckSaysSoundOfASoundStore) { EXPECT_THAT(done({"check", store()}), HasSubstr("sound: 1 nodes")); }

TEST_F(StoreAccess, ABackupRestoresToTheSameGraph) {
    done({"backup", store(), path("backup")});
    done({"query", store(), "MATCH (n) DETACH DELETE n"});
    done({"restore", path("backup"), path("again")});
    EXPECT_EQ(done({"query", path("again"), "MATCH (c:City) RETURN c.name AS n", "--format", "csv"}), "n\n창원시\n");
    EXPECT_NE(maek({"restore", path("backup"), path("again")}).exit_code, 0);
    EXPECT_NE(maek({"backup", store(), path("backup")}).exit_code, 0);
    EXPECT_NE(maek({"restore", path("nothing"), path("third")}).exit_code, 0);
}

TEST_F(StoreAccess, AReadOnlyFolderIsNamed) {
    if (geteuid() == 0) {
        // Root may write everywhere; a file in the place of the folder is refused all the same.
        const Outcome outcome = maek({"build", file("plain", "x") + "/store", file("a.txt", kKoreanArticle)});
        EXPECT_EQ(outcome.exit_code, 1);
        EXPECT_THAT(outcome.err, HasSubstr("plain"));
        return;
    }
    std::filesystem::create_directories(path("locked"));
    std::filesystem::permissions(path("locked"), std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
    const Outcome outcome = maek({"build", path("locked") + "/store", file("a.txt", kKoreanArticle)});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_THAT(outcome.err, HasSubstr("locked"));
    std::filesystem::permissions(path("locked"), std::filesystem::perms::owner_all);
}

}  // namespace
}  // namespace maek::tools
