#include "tools/output/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace maek::tools {
namespace {

Error io_error(const std::filesystem::path& path) {
    return Error{errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo,
                 path.string() + ": cannot be written: " + std::strerror(errno != 0 ? errno : EIO)};
}

}  // namespace

Result<OutputFile> OutputFile::open(const std::string& path) {
    OutputFile out;
    if (path == "-") {
        out.file_ = stdout;
        return out;
    }
    out.path_ = path;
    struct stat known {};
    errno = 0;
    if (::stat(path.c_str(), &known) == 0 && !S_ISREG(known.st_mode)) {
        if (S_ISDIR(known.st_mode)) {
            errno = EISDIR;
            return io_error(path);
        }
        out.file_ = std::fopen(path.c_str(), "w");  // a device or pipe: written as it is
        return out.file_ != nullptr ? Result<OutputFile>(std::move(out)) : io_error(path);
    }
    const std::string temporary = path + ".part-" + std::to_string(getpid());
    out.file_ = std::fopen(temporary.c_str(), "wx");
    if (out.file_ == nullptr) return io_error(path);
    out.temporary_ = temporary;
    return out;
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : file_(std::exchange(other.file_, nullptr)),
      path_(std::move(other.path_)),
      temporary_(std::move(other.temporary_)) {
    other.temporary_.clear();
}

OutputFile::~OutputFile() {
    if (file_ != nullptr && file_ != stdout) std::fclose(file_);
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void OutputFile::write(std::string_view text) { std::fwrite(text.data(), 1, text.size(), file_); }

Result<void> OutputFile::finish() {
    if (file_ == stdout || file_ == nullptr) return {};  // Console::finish() watches stdout
    errno = 0;
    bool good = std::fflush(file_) == 0 && std::ferror(file_) == 0;
    if (good && !temporary_.empty()) good = ::fsync(fileno(file_)) == 0;
    const int why = errno;
    good = std::fclose(std::exchange(file_, nullptr)) == 0 && good;
    if (good && !temporary_.empty()) {
        good = ::rename(temporary_.c_str(), path_.c_str()) == 0;
        if (good) temporary_.clear();
    } else {
        errno = why;
    }
    return good ? Result<void>() : io_error(path_);
}

}  // namespace maek::tools
