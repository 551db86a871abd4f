// Room: storage, doorway. A graph kept durably in a folder (RocksDB plus a packed image).
//
// Promise: a commit that returned is there after a process kill, and after power loss with
// Durability::kSync; a commit is all or nothing; a damaged file gives kStoreDamaged naming the
// file, never a wrong answer; nothing is repaired without being asked.
// One process writes; any number may read beside it. Inside a process a Store is thread-safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"
#include "graph/transaction.h"
#include "schema/result.h"

namespace maek::storage {

enum class Durability { kSync, kRelaxed };

struct OpenOptions {
    bool create = false;     // make the store when there is none
    bool read_only = false;  // beside a writer: the state at opening
    Durability durability = Durability::kSync;
};

class Store;

// The one writer's handle. Destroying it without commit() leaves the store as it was.
class WriteTransaction {
public:
    graph::Transaction& graph() { return transaction_; }
    // A small record of another room (an article's facts, a curation decision), written in the
    // same atomic commit. Keys are bytes.
    void put_record(std::string_view family, std::string_view key, std::string_view value);
    void delete_record(std::string_view family, std::string_view key);
    // Checks constraints, writes one atomic batch, publishes the new snapshot. On error nothing
    // was written. Ends the transaction either way.
    Result<void> commit() &&;
    WriteTransaction(WriteTransaction&&) noexcept;
    ~WriteTransaction();

private:
    friend class Store;
    explicit WriteTransaction(Store& store, graph::Graph base);
    struct Records;
    Store* store_;
    graph::Transaction transaction_;
    std::unique_ptr<Records> records_;
};

struct StoreInfo {
    std::string path;
    std::uint32_t format_version = 0;
    std::string store_id;
    std::uint64_t commits = 0;
    std::uint64_t bytes_on_disk = 0;
    bool read_only = false;
};

// One finding of check(): which file or record, and what is wrong.
struct Finding {
    std::string where;
    std::string message;
};

class Store {
public:
    // kNotFound: no store there and create is off (or the folder holds other things).
    // kStoreInUse: names the holder's pid. kStoreDamaged, kStoreFormat, kIo.
    static Result<std::unique_ptr<Store>> open(const std::filesystem::path& path, OpenOptions options);
    ~Store();  // writes the image and the seal when something changed
    // The same with its errors; the store must not be used after.
    Result<void> close();

    graph::Graph snapshot() const;  // the last committed state; O(1)
    // Blocks while another thread writes. kReadOnly when opened so.
    Result<WriteTransaction> begin_write();

    // Verifies every file, record, checksum, index and the image; read-only. Empty: sound.
    Result<std::vector<Finding>> check(bool repair_indexes = false);
    StoreInfo info() const;

    // A consistent copy in a new folder, possible while writing; verified before it returns.
    Result<void> backup(const std::filesystem::path& target);
    static Result<void> restore(const std::filesystem::path& backup, const std::filesystem::path& target);

    // Replaces an empty store's graph by one built elsewhere (bulk import); much faster than a
    // transaction. Requires: the store holds nothing yet.
    Result<void> bulk_load(graph::Graph graph);

    // What WriteTransaction::put_record kept. Reads see the last commit.
    Result<std::string> record(std::string_view family, std::string_view key) const;  // kNotFound
    Result<void> each_record(std::string_view family, std::string_view prefix,
                             const std::function<bool(std::string_view key, std::string_view value)>&) const;

private:
    friend class WriteTransaction;
    struct Impl;
    explicit Store(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace maek::storage
