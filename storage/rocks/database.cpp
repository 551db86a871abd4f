#include "storage/rocks/database.h"

#include <rocksdb/convenience.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/metadata.h>
#include <rocksdb/utilities/checkpoint.h>
#include <rocksdb/version.h>
#include <rocksdb/write_batch.h>

#include <mutex>

#include "storage/rocks/checked_iterator.h"
#include "storage/rocks/manifest_watch.h"
#include "storage/rocks/options.h"
#include "storage/rocks/status.h"

namespace maek::storage {
namespace {

rocksdb::Slice slice(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

struct Batch::Impl {
    rocksdb::WriteBatch batch;
};

Batch::Batch() : impl_(std::make_unique<Impl>()) {}
Batch::Batch(Batch&&) noexcept = default;
Batch& Batch::operator=(Batch&&) noexcept = default;
Batch::~Batch() = default;

// Put and Delete fail only over RocksDB's 4 GiB limit of one batch, which write() reports.
void Batch::put(std::string_view key, std::string_view value) {
    impl_->batch.Put(slice(key), slice(value)).PermitUncheckedError();
}
void Batch::remove(std::string_view key) {
    impl_->batch.Delete(slice(key)).PermitUncheckedError();
}
std::string_view Batch::bytes() const { return impl_->batch.Data(); }

struct Database::Impl {
    std::filesystem::path folder;
    std::unique_ptr<rocksdb::Env> env;  // outlives db
    std::unique_ptr<rocksdb::DB> db;
    mutable std::mutex failure_mutex;
    std::optional<Error> failure;

    // Remembers the first failed write and passes it on.
    Result<void> after_write(const rocksdb::Status& status, std::string_view doing) {
        if (status.ok()) return {};
        Error error = to_error(status, doing, folder);
        const std::lock_guard lock(failure_mutex);
        if (!failure) failure = error;
        return error;
    }
    std::optional<Error> refusal() const {
        const std::lock_guard lock(failure_mutex);
        if (!failure) return std::nullopt;
        return Error{failure->code,
                     "the store takes no more writes after an earlier failure; close and open it "
                     "again (" + failure->message + ")",
                     failure->where, {}};
    }
};

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Database::~Database() { (void)close(); }

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& folder,
                                                 DatabaseOptions options) {
    auto impl = std::make_unique<Impl>();
    impl->folder = folder;
    rocksdb::Options rocks = database_options(options.create, options.read_only);
    if (options.on_manifest_synced) {
        impl->env = rocksdb::NewCompositeEnv(
            watch_manifests(rocksdb::FileSystem::Default(), std::move(options.on_manifest_synced)));
        rocks.env = impl->env.get();
    }
    rocksdb::DB* db = nullptr;
    const rocksdb::Status status = options.read_only
                                       ? rocksdb::DB::OpenForReadOnly(rocks, folder.string(), &db)
                                       : rocksdb::DB::Open(rocks, folder.string(), &db);
    if (!status.ok()) return to_error(status, "open the database", folder);
    impl->db.reset(db);
    return std::unique_ptr<Database>(new Database(std::move(impl)));
}

Result<std::optional<std::string>> Database::get(std::string_view key) const {
    std::string value;
    rocksdb::ReadOptions options;
    options.verify_checksums = true;
    const rocksdb::Status status = impl_->db->Get(options, slice(key), &value);
    if (status.ok()) return std::optional<std::string>(std::move(value));
    if (status.IsNotFound()) return std::optional<std::string>();
    return to_error(status, "read a record", impl_->folder);
}

Result<void> Database::each(std::string_view prefix, const Visitor& visit) const {
    return each_from(prefix, prefix, visit);
}

Result<void> Database::each_from(std::string_view prefix, std::string_view from,
                                 const Visitor& visit) const {
    CheckedIterator it(*impl_->db, from);
    for (; it.valid() && it.key().starts_with(prefix); it.next())
        if (!visit(it.key(), it.value())) break;
    if (const rocksdb::Status status = it.status(); !status.ok())
        return to_error(status, "read the records", impl_->folder);
    return {};
}

Result<void> Database::write(Batch batch, bool sync) {
    if (auto refused = impl_->refusal()) return *std::move(refused);
    rocksdb::WriteOptions options;
    options.sync = sync;
    return impl_->after_write(impl_->db->Write(options, &batch.impl_->batch), "write a commit");
}

Result<void> Database::flush() {
    if (auto refused = impl_->refusal()) return *std::move(refused);
    return impl_->after_write(impl_->db->Flush(rocksdb::FlushOptions()), "flush the write-ahead log");
}

Result<void> Database::ingest(const std::vector<std::filesystem::path>& files) {
    if (auto refused = impl_->refusal()) return *std::move(refused);
    if (files.empty()) return {};
    std::vector<std::string> names;
    for (const auto& file : files) names.push_back(file.string());
    rocksdb::IngestExternalFileOptions options;
    options.move_files = true;
    options.snapshot_consistency = false;
    options.allow_global_seqno = true;
    options.write_global_seqno = false;
    return impl_->after_write(impl_->db->IngestExternalFile(names, options), "take over table files");
}

Result<std::vector<LiveFile>> Database::live_files() const {
    std::vector<rocksdb::LiveFileMetaData> files;
    impl_->db->GetLiveFilesMetaData(&files);
    std::vector<LiveFile> out;
    for (const auto& file : files) {
        std::string name = file.name;
        if (name.starts_with('/')) name.erase(0, 1);
        out.push_back({std::move(name), file.size, file.file_checksum});
    }
    return out;
}

Result<void> Database::verify() const {
    rocksdb::ReadOptions options;
    options.verify_checksums = true;
    rocksdb::Status status = impl_->db->VerifyFileChecksums(options);
    if (status.ok()) status = impl_->db->VerifyChecksum(options);
    if (!status.ok()) return to_error(status, "verify the table files", impl_->folder);
    return {};
}

Result<void> Database::checkpoint(const std::filesystem::path& target) const {
    rocksdb::Checkpoint* raw = nullptr;
    rocksdb::Status status = rocksdb::Checkpoint::Create(impl_->db.get(), &raw);
    const std::unique_ptr<rocksdb::Checkpoint> checkpoint(raw);
    if (status.ok()) status = checkpoint->CreateCheckpoint(target.string());
    if (!status.ok()) return to_error(status, "copy the database", target);
    return {};
}

std::uint64_t Database::bytes_on_disk() const {
    std::uint64_t bytes = 0;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(impl_->folder, ignored))
        if (entry.is_regular_file(ignored)) bytes += entry.file_size(ignored);
    return bytes;
}

std::optional<Error> Database::write_failure() const {
    const std::lock_guard lock(impl_->failure_mutex);
    return impl_->failure;
}

Result<void> Database::close() {
    if (!impl_ || !impl_->db) return {};
    const rocksdb::Status status = impl_->db->Close();
    impl_->db.reset();
    // After a failed write RocksDB says so once more; that was reported when it happened.
    if (!status.ok() && !impl_->refusal()) return to_error(status, "close the database", impl_->folder);
    return {};
}

std::string rocksdb_version() {
    return std::to_string(ROCKSDB_MAJOR) + '.' + std::to_string(ROCKSDB_MINOR) + '.' +
           std::to_string(ROCKSDB_PATCH);
}

}  // namespace maek::storage
