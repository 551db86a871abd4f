// Room: storage, inner. The ledger: what must be found again at the next opening, kept outside
// RocksDB, because RocksDB does not notice a deleted or cut write-ahead log, a truncated MANIFEST
// or an older copy of itself (measured: docs/decisions/0121). Records of 40 bytes are appended:
//   commit    number, chain hash               after the commit is in the write-ahead log
//   manifest  number, bytes, hash              each time RocksDB synced its MANIFEST
//   opened    number of the MANIFEST in use    after each opening for writing
//   sealed    commit, chain, mark              at a clean end
// A commit's record is handed to the kernel before the commit is acknowledged (a process kill
// cannot lose it) and synced within 100 ms by a thread of the ledger; the others are synced at
// once. Thread-safe. Tests: tests/storage/ledger_test.cpp, corruption_test.cpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "schema/result.h"
#include "storage/rocks/database.h"

namespace maek::storage {

// What the ledger promises. Everything zero for a store without commits.
struct LedgerState {
    std::uint64_t commit = 0, chain = 0;
    std::map<std::uint64_t, ManifestState> manifests;  // by number, the newest state of each
    std::uint64_t manifest_in_use = 0;
    std::optional<std::uint64_t> seal;  // the mark, when nothing came after sealing
    bool torn = false;                  // ends in bytes that are no record (a crash while writing)
};

// kStoreDamaged: missing, another store's, or records after an unreadable one.
Result<LedgerState> read_ledger(const std::filesystem::path& file, const std::string& store_id);

class Ledger {
public:
    // Replaces the file atomically by one that holds just the state, and goes on from there.
    static Result<std::unique_ptr<Ledger>> start(const std::filesystem::path& file,
                                                 const std::string& store_id, const LedgerState& state);
    ~Ledger();

    Result<void> commit(std::uint64_t number, std::uint64_t chain);
    Result<void> manifest(const ManifestState& state);
    Result<void> opened(std::uint64_t manifest_number);
    Result<void> sealed(std::uint64_t commit, std::uint64_t chain, std::uint64_t mark);
    LedgerState state() const;

private:
    struct Impl;
    explicit Ledger(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// Compares the MANIFEST named by CURRENT with the ledger, before RocksDB may touch (and on a wrong
// MANIFEST: delete) anything. kStoreDamaged names CURRENT or the MANIFEST.
Result<void> verify_manifest(const std::filesystem::path& database, const LedgerState& state);
// What is on the disk of a MANIFEST now.
Result<ManifestState> read_manifest(const std::filesystem::path& database, std::uint64_t number);
// The number in CURRENT.
Result<std::uint64_t> current_manifest(const std::filesystem::path& database);

}  // namespace maek::storage
