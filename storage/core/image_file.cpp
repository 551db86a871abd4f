#include "storage/core/image_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "graph/image.h"
#include "storage/codec/bytes.h"

namespace maek::storage {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kMagic = "maekIMG1";
constexpr std::size_t kHeadBytes = 64;  // keeps the graph's bytes aligned to 64

// magic 8, store id 32, commit 8, chain 8, hash64 of these 8
std::string encode_head(const std::string& store_id, const ImageHead& head) {
    std::string bytes(kMagic);
    bytes += store_id;
    ByteWriter out(bytes);
    out.fixed64(head.commit);
    out.fixed64(head.chain);
    out.fixed64(hash64(bytes));
    return bytes;
}

// Collects small pieces; images are written in large ones.
class BufferedFile {
public:
    explicit BufferedFile(const fs::path& path)
        : path_(path), file_(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)) {
        if (!file_.open()) problem_ = system_error("write", path, errno);
        buffer_.reserve(kFull);
    }
    Result<void> write(std::string_view bytes) {
        if (problem_) return *problem_;
        if (buffer_.size() + bytes.size() > kFull) {
            if (auto done = flush(); !done) return done;
        }
        if (bytes.size() >= kFull) return write_now(bytes);
        buffer_.append(bytes);
        return {};
    }
    Result<void> finish() {
        if (problem_) return *problem_;
        if (auto done = flush(); !done) return done;
        if (::fsync(file_.get()) != 0) return system_error("sync", path_, errno);
        return {};
    }

private:
    static constexpr std::size_t kFull = std::size_t{1} << 20;
    Result<void> flush() {
        auto done = write_now(buffer_);
        buffer_.clear();
        return done;
    }
    Result<void> write_now(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t n = ::write(file_.get(), bytes.data(), bytes.size());
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) {
                problem_ = system_error("write", path_, errno);
                return *problem_;
            }
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
        return {};
    }
    fs::path path_;
    FileHandle file_;
    std::string buffer_;
    std::optional<Error> problem_;
};

}  // namespace

Result<void> write_image_file(const fs::path& file, const std::string& store_id, const ImageHead& head,
                              const graph::Graph& graph) {
    fs::path temp = file;
    temp += ".new";
    Result<void> done;
    {
        BufferedFile out(temp);
        done = out.write(encode_head(store_id, head));
        if (done)
            done = graph::write_image(graph, head.commit, [&](std::string_view bytes) { return out.write(bytes); });
        if (done) done = out.finish();
    }
    kill_point("image.written");
    if (done) done = rename_file(temp, file);
    std::error_code ignored;
    if (!done) fs::remove(temp, ignored);
    return done;
}

Result<std::optional<MappedImage>> MappedImage::map(const StoreFolder& folder) {
    MappedImage image;
    image.file_ = folder.image_file();
    const FileHandle file(::open(image.file_.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.open()) {
        if (errno == ENOENT) return std::optional<MappedImage>();
        return system_error("open", image.file_, errno);
    }
    struct stat info {};
    if (::fstat(file.get(), &info) != 0) return system_error("read", image.file_, errno);
    const auto size = static_cast<std::size_t>(info.st_size);
    if (!S_ISREG(info.st_mode) || size < kHeadBytes) return damaged(image.file_, "the store's image was cut");
    void* address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
    if (address == MAP_FAILED) return system_error("map", image.file_, errno);
    image.mapping_ = std::shared_ptr<const void>(address, [size](const void* p) { ::munmap(const_cast<void*>(p), size); });
    image.size_ = size;
    const std::string_view head(static_cast<const char*>(address), kHeadBytes);
    ByteReader in(head.substr(kMagic.size() + 32));
    image.head_ = {in.fixed64(), in.fixed64()};
    if (head != encode_head(folder.store_id, image.head_))
        return damaged(image.file_, "the head of the store's image is damaged or another store's");
    return std::optional<MappedImage>(std::move(image));
}

Result<graph::Graph> MappedImage::graph() const {
    const auto* bytes = static_cast<const std::byte*>(mapping_.get()) + kHeadBytes;
    auto opened = graph::open_image(mapping_, {bytes, size_ - kHeadBytes}, graph::ImageVerify::kAll);
    if (!opened) return damaged(file_, opened.error().message);
    if (opened->stamp != head_.commit) return damaged(file_, "the store's image contradicts its head");
    return std::move(opened->graph);
}

}  // namespace maek::storage
