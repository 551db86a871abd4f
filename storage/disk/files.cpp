#include "storage/disk/files.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace maek::storage {
namespace {

Result<void> write_all(int fd, std::string_view content, const std::filesystem::path& path) {
    while (!content.empty()) {
        const ssize_t n = ::write(fd, content.data(), content.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return system_error("write", path, errno);
        content.remove_prefix(static_cast<std::size_t>(n));
    }
    return {};
}

}  // namespace

Error system_error(std::string_view doing, const std::filesystem::path& path, int number) {
    const ErrorCode code =
        number == ENOENT || number == ENOTDIR ? ErrorCode::kNotFound : ErrorCode::kIo;
    std::string reason = std::strerror(number);
    if (number == ENOSPC) reason = "the disk is full";
    Error error{code, "cannot " + std::string(doing) + " " + path.string() + ": " + reason, {}, {}};
    return error;
}

Error damaged(const std::filesystem::path& file, std::string_view what) {
    Error error{ErrorCode::kStoreDamaged, std::string(what), {}, {}};
    error.where.file = file.string();
    return error;
}

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
}

FileHandle::~FileHandle() {
    if (fd_ >= 0) ::close(fd_);
}

Result<std::optional<std::string>> read_file(const std::filesystem::path& path, std::uint64_t limit) {
    const FileHandle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.open()) {
        if (errno == ENOENT) return std::optional<std::string>();
        return system_error("open", path, errno);
    }
    struct stat info {};
    if (::fstat(file.get(), &info) != 0) return system_error("read", path, errno);
    if (!S_ISREG(info.st_mode))
        return Error{ErrorCode::kFormat, path.string() + " is not a plain file", {}, {}};
    if (static_cast<std::uint64_t>(info.st_size) > limit)
        return Error{ErrorCode::kFormat,
                     path.string() + " has " + std::to_string(info.st_size) + " bytes, expected at most " +
                         std::to_string(limit), {}, {}};
    std::string content(static_cast<std::size_t>(info.st_size), '\0');
    std::size_t done = 0;
    while (done < content.size()) {
        const ssize_t n = ::read(file.get(), content.data() + done, content.size() - done);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return system_error("read", path, errno);
        if (n == 0) break;
        done += static_cast<std::size_t>(n);
    }
    content.resize(done);
    return std::optional<std::string>(std::move(content));
}

Result<void> sync_folder(const std::filesystem::path& folder) {
    const FileHandle handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!handle.open() || ::fsync(handle.get()) != 0) return system_error("sync", folder, errno);
    return {};
}

Result<void> sync_file(const std::filesystem::path& path) {
    const FileHandle handle(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!handle.open() || ::fsync(handle.get()) != 0) return system_error("sync", path, errno);
    return {};
}

Result<void> rename_file(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) return system_error("rename", from, errno);
    return sync_folder(to.parent_path());
}

Result<void> replace_file(const std::filesystem::path& path, std::string_view content) {
    std::filesystem::path temp = path;
    temp += ".new";
    {
        const FileHandle file(::open(temp.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
        if (!file.open()) return system_error("write", temp, errno);
        if (auto written = write_all(file.get(), content, temp); !written) return written;
        if (::fsync(file.get()) != 0) return system_error("sync", temp, errno);
    }
    return rename_file(temp, path);
}

DiskSpace disk_space(const std::filesystem::path& path) {
    struct statvfs info {};
    if (::statvfs(path.c_str(), &info) != 0) return {UINT64_MAX, UINT64_MAX};
    return {static_cast<std::uint64_t>(info.f_bavail) * info.f_frsize,
            static_cast<std::uint64_t>(info.f_blocks) * info.f_frsize};
}

Result<WriterLock> WriterLock::take(const std::filesystem::path& file) {
    FileHandle handle(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
    if (!handle.open()) {
        if (errno == EACCES || errno == EROFS || errno == EPERM)
            return Error{ErrorCode::kIo,
                         "no permission to write into " + file.parent_path().string() +
                             "; open it for reading only", {}, {}};
        return system_error("open", file, errno);
    }
    if (::flock(handle.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return system_error("lock", file, errno);
        char holder[32] = {};
        const ssize_t n = ::pread(handle.get(), holder, sizeof holder - 1, 0);
        std::string pid(holder, n > 0 ? static_cast<std::size_t>(n) : 0);
        while (!pid.empty() && (pid.back() < '0' || pid.back() > '9')) pid.pop_back();
        return Error{ErrorCode::kStoreInUse,
                     "the store " + file.parent_path().string() + " is in use: process " +
                         (pid.empty() ? "?" : pid) + " writes to it; reading only is possible meanwhile",
                     {}, {}};
    }
    const std::string pid = std::to_string(::getpid()) + "\n";
    if (::ftruncate(handle.get(), 0) != 0 ||
        ::pwrite(handle.get(), pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size()))
        return system_error("write", file, errno);
    WriterLock lock;
    lock.handle_ = std::move(handle);
    return lock;
}

bool WriterLock::is_held(const std::filesystem::path& file) {
    const FileHandle handle(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    return handle.open() && ::flock(handle.get(), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

void kill_point(std::string_view name) {
    static const char* const wanted = std::getenv("MAEK_KILL_AT");
    if (wanted == nullptr) return;
    const std::string_view text = wanted;
    const std::size_t colon = text.rfind(':');
    if (text.substr(0, colon) != name) return;
    static std::atomic<long> left{
        colon == std::string_view::npos ? 1 : std::strtol(wanted + colon + 1, nullptr, 10)};
    if (--left == 0) ::kill(::getpid(), SIGKILL);
}

}  // namespace maek::storage
