// Room: storage, inner. The few things we ask of the operating system, each with one clear error:
// whole files, atomic replacement, locks. Tests: tests/storage/store_folder_test.cpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "schema/result.h"

namespace maek::storage {

// "cannot DOING PATH: REASON"; kIo, or kNotFound when it is not there.
Error system_error(std::string_view doing, const std::filesystem::path& path, int number);
// kStoreDamaged naming the file.
Error damaged(const std::filesystem::path& file, std::string_view what);

// An open file descriptor, closed at the end.
class FileHandle {
public:
    FileHandle() = default;
    explicit FileHandle(int fd) : fd_(fd) {}
    FileHandle(FileHandle&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
    FileHandle& operator=(FileHandle&& other) noexcept;
    ~FileHandle();
    int get() const { return fd_; }
    bool open() const { return fd_ >= 0; }

private:
    int fd_ = -1;
};

// nullopt: it does not exist. limit guards against reading something huge by mistake (kFormat).
Result<std::optional<std::string>> read_file(const std::filesystem::path& path, std::uint64_t limit);
// Temp file, fsync, rename, fsync of the folder: old content or new content, never a part.
Result<void> replace_file(const std::filesystem::path& path, std::string_view content);
Result<void> sync_file(const std::filesystem::path& path);
Result<void> sync_folder(const std::filesystem::path& folder);
Result<void> rename_file(const std::filesystem::path& from, const std::filesystem::path& to);

// Free bytes for us on the disk that holds the path, and its size.
struct DiskSpace {
    std::uint64_t free = 0, total = 0;
};
DiskSpace disk_space(const std::filesystem::path& path);

// The lock of the one writer: a file held by flock(2), its content says who holds it. Freed by the
// kernel when the process ends, however it ends.
class WriterLock {
public:
    // kStoreInUse names the holder's pid.
    static Result<WriterLock> take(const std::filesystem::path& file);
    // Whether some process holds it; changes nothing.
    static bool is_held(const std::filesystem::path& file);
    WriterLock() = default;

private:
    FileHandle handle_;
};

// Ends the process (SIGKILL) at the n-th passing of this point when MAEK_KILL_AT is "name:n".
// For crash tests; costs one comparison otherwise.
void kill_point(std::string_view name);

}  // namespace maek::storage
