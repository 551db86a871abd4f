// Room: storage, inner. What a Store holds, and the steps of its life, one file each:
// open.cpp, commit.cpp, close.cpp, check.cpp, backup.cpp, bulk_load.cpp.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "storage/codec/records.h"
#include "storage/core/graph_loader.h"
#include "storage/core/image_file.h"
#include "storage/disk/ledger.h"
#include "storage/disk/store_folder.h"
#include "storage/rocks/database.h"
#include "storage/store.h"

namespace maek::storage {

struct WriteTransaction::Records {
    // (family, key) -> value; nullopt deletes.
    std::map<std::pair<std::string, std::string>, std::optional<std::string>> changes;
};

struct Store::Impl {
    StoreFolder folder;
    OpenOptions options;
    WriterLock lock;
    std::unique_ptr<Ledger> ledger;  // writers only; outlives database, which reports to it
    std::unique_ptr<Database> database;

    mutable std::mutex snapshot_mutex;  // guards current
    graph::Graph current;

    // The writer's turn: held from begin_write() to the end of the transaction, which may end on
    // another thread than it began.
    std::mutex turn_mutex;
    std::condition_variable turn_free;
    bool turn_taken = false;

    // Of the holder of the turn.
    StateRecord state;
    bool changed = false;         // since the last seal
    ImageHead image;              // of the image file in use; commit 0: none
    std::uint64_t tail = 0;       // ids touched by the commits after the image
    std::string image_problem;    // why the image could not be used, for check()
    std::optional<Error> failed;  // a write failed: read-only from then on

    void take_turn();
    void give_turn();
    void publish(graph::Graph graph);
    graph::Graph snapshot() const;

    // open.cpp
    Result<void> create();
    Result<void> open_for_writing();
    Result<void> open_for_reading();
    Result<void> open_database(bool create);
    Result<void> load(const LedgerState& promised);
    std::optional<MappedImage> map_image();

    // commit.cpp. Requires: the turn.
    Result<void> commit(graph::Transaction&& transaction, WriteTransaction::Records& records);
    Result<void> write_failure(Error error);

    // bulk_load.cpp. Requires: the turn.
    Result<void> bulk_load(graph::Graph graph);

    // check.cpp. Requires: the turn, when opened for writing.
    Result<std::vector<Finding>> check(bool repair_indexes);

    // backup.cpp. Requires: the turn, when opened for writing.
    Result<void> backup(const std::filesystem::path& target);

    // close.cpp
    bool tail_is_long() const;
    // Writes the image of the last commit and drops the redo entries it makes superfluous.
    Result<void> renew_image();
    Result<void> close();
};

// The state of the last commit, proved against the ledger and the chain of redo entries: no
// acknowledged commit is missing, at the end or in between. kStoreDamaged says which are.
struct VerifiedState {
    StateRecord state;
    bool image_fits = false;  // the image is of a commit in this chain
    Touched since_image;      // when it fits
};
Result<VerifiedState> verified_state(const Database& database, const StoreFolder& folder,
                                     const LedgerState& promised, const ImageHead& image);

}  // namespace maek::storage
