#include "storage/rocks/manifest_watch.h"

#include <xxhash.h>

#include <charconv>
#include <optional>
#include <string>

namespace maek::storage {
namespace {

using rocksdb::FSWritableFile;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

std::optional<std::uint64_t> manifest_number(const std::string& path) {
    const std::size_t slash = path.find_last_of('/');
    const std::string_view name =
        std::string_view(path).substr(slash == std::string::npos ? 0 : slash + 1);
    constexpr std::string_view kPrefix = "MANIFEST-";
    if (!name.starts_with(kPrefix)) return std::nullopt;
    std::uint64_t number = 0;
    const char* begin = name.data() + kPrefix.size();
    const char* end = name.data() + name.size();
    const auto [stop, problem] = std::from_chars(begin, end, number);
    if (problem != std::errc() || stop != end) return std::nullopt;
    return number;
}

// Adds up what is appended; tells it after each sync that succeeded.
class WatchedManifest : public rocksdb::FSWritableFileOwnerWrapper {
public:
    WatchedManifest(std::unique_ptr<FSWritableFile>&& file, std::uint64_t number,
                    ManifestCallback callback)
        : FSWritableFileOwnerWrapper(std::move(file)), callback_(std::move(callback)) {
        state_.number = number;
        hash_ = XXH3_createState();
        XXH3_64bits_reset(hash_);
    }
    ~WatchedManifest() override { XXH3_freeState(hash_); }

    IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* dbg) override {
        return count(data, FSWritableFileOwnerWrapper::Append(data, options, dbg));
    }
    IOStatus Append(const Slice& data, const IOOptions& options,
                    const rocksdb::DataVerificationInfo& info, IODebugContext* dbg) override {
        return count(data, FSWritableFileOwnerWrapper::Append(data, options, info, dbg));
    }
    IOStatus Sync(const IOOptions& options, IODebugContext* dbg) override {
        return report(FSWritableFileOwnerWrapper::Sync(options, dbg));
    }
    IOStatus Fsync(const IOOptions& options, IODebugContext* dbg) override {
        return report(FSWritableFileOwnerWrapper::Fsync(options, dbg));
    }

private:
    IOStatus count(const Slice& data, IOStatus status) {
        if (status.ok()) {
            XXH3_64bits_update(hash_, data.data(), data.size());
            state_.bytes += data.size();
        }
        return status;
    }
    IOStatus report(IOStatus status) {
        if (!status.ok()) return status;
        state_.hash = XXH3_64bits_digest(hash_);
        if (!callback_(state_)) return IOStatus::IOError("the ledger could not be written");
        return status;
    }
    ManifestState state_;
    XXH3_state_t* hash_ = nullptr;
    ManifestCallback callback_;
};

class WatchingFileSystem : public rocksdb::FileSystemWrapper {
public:
    WatchingFileSystem(std::shared_ptr<rocksdb::FileSystem> base, ManifestCallback callback)
        : FileSystemWrapper(std::move(base)), callback_(std::move(callback)) {}
    const char* Name() const override { return "maek.ManifestWatch"; }

    IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                             std::unique_ptr<FSWritableFile>* result, IODebugContext* dbg) override {
        IOStatus status = FileSystemWrapper::NewWritableFile(path, options, result, dbg);
        if (const auto number = manifest_number(path); status.ok() && number)
            *result = std::make_unique<WatchedManifest>(std::move(*result), *number, callback_);
        return status;
    }

private:
    ManifestCallback callback_;
};

}  // namespace

std::shared_ptr<rocksdb::FileSystem> watch_manifests(std::shared_ptr<rocksdb::FileSystem> base,
                                                     ManifestCallback callback) {
    return std::make_shared<WatchingFileSystem>(std::move(base), std::move(callback));
}

}  // namespace maek::storage
