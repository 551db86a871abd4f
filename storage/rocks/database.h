// Room: storage, inner. The only door to RocksDB: ordered bytes, atomic batches, checked reads.
// No RocksDB type leaves storage/rocks. Options and why: docs/storage-format.md, "RocksDB".
//   * every iterator's status is checked: a damaged block is an error, never an early end;
//   * after the first failed write the database refuses further ones (DB::Resume() aborts the
//     process in Debian's build), reading goes on; closing and opening again is the way out.
// Thread-safe, except close(). Tests: tests/storage/database_test.cpp, corruption_test.cpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/result.h"

namespace maek::storage {

// What has reached the disk of a MANIFEST, RocksDB's list of its own files. RocksDB does not
// notice when a part of it is missing; the ledger keeps this and compares (disk/ledger.h).
struct ManifestState {
    std::uint64_t number = 0;  // of MANIFEST-000123
    std::uint64_t bytes = 0;   // synced
    std::uint64_t hash = 0;    // hash64 of these bytes
    bool operator==(const ManifestState&) const = default;
};

struct DatabaseOptions {
    bool create = false;
    bool read_only = false;
    // Called from RocksDB's threads after a MANIFEST was synced and before RocksDB goes on.
    // Must not throw. False: the sync counts as failed.
    std::function<bool(const ManifestState&)> on_manifest_synced;
};

// Changes applied all or none. Later ones of the same key win.
class Batch {
public:
    Batch();
    Batch(Batch&&) noexcept;
    Batch& operator=(Batch&&) noexcept;
    ~Batch();
    void put(std::string_view key, std::string_view value);
    void remove(std::string_view key);
    std::string_view bytes() const;  // deterministic; until the next change

private:
    friend class Database;
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

struct LiveFile {
    std::string name;  // inside the database's folder
    std::uint64_t bytes = 0;
    std::string checksum;  // crc32c as RocksDB keeps it
};

class Database {
public:
    static Result<std::unique_ptr<Database>> open(const std::filesystem::path& folder,
                                                  DatabaseOptions options);
    ~Database();

    // nullopt: no such key.
    Result<std::optional<std::string>> get(std::string_view key) const;
    // Keys with the prefix in byte order, from one moment's state; stops when visit says false.
    using Visitor = std::function<bool(std::string_view key, std::string_view value)>;
    Result<void> each(std::string_view prefix, const Visitor& visit) const;
    // The same from a key on (inclusive), still only keys with the prefix.
    Result<void> each_from(std::string_view prefix, std::string_view from, const Visitor& visit) const;

    Result<void> write(Batch batch, bool sync);
    // Moves everything from the write-ahead log into table files.
    Result<void> flush();
    // Takes finished table files over (they are moved). Requires: no overlap with what is there.
    Result<void> ingest(const std::vector<std::filesystem::path>& files);

    Result<std::vector<LiveFile>> live_files() const;
    // Reads every block of every table file and compares with its check sum.
    Result<void> verify() const;
    // A consistent copy (hard links where possible) in a folder that does not exist yet.
    Result<void> checkpoint(const std::filesystem::path& target) const;
    std::uint64_t bytes_on_disk() const;
    // Set after a write failed; then write(), flush() and ingest() say so.
    std::optional<Error> write_failure() const;
    Result<void> close();

private:
    struct Impl;
    explicit Database(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// Writes one table file for ingest(): keys must come strictly ascending.
class TableWriter {
public:
    static Result<TableWriter> create(const std::filesystem::path& file);
    TableWriter(TableWriter&&) noexcept;
    ~TableWriter();
    Result<void> put(std::string_view key, std::string_view value);
    std::uint64_t bytes() const;
    Result<void> finish();

private:
    struct Impl;
    explicit TableWriter(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

std::string rocksdb_version();  // "7.8.3"

}  // namespace maek::storage
