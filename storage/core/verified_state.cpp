#include <algorithm>

#include "storage/codec/keys.h"
#include "storage/core/store_impl.h"

namespace maek::storage {
namespace {

// The newest write-ahead log: where the last commits should be. The folder when there is none.
std::filesystem::path newest_log(const std::filesystem::path& database) {
    std::filesystem::path newest;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(database, ignored))
        if (entry.path().extension() == ".log" && entry.path() > newest) newest = entry.path();
    return newest.empty() ? database : newest;
}

Error lost(const StoreFolder& folder, std::uint64_t first, std::uint64_t last) {
    return damaged(newest_log(folder.database()),
                   "commits " + std::to_string(first) + " to " + std::to_string(last) +
                       " were acknowledged but are gone from the store's files (a write-ahead log "
                       "was deleted or cut?); restore the store from a backup");
}

Error foreign(const StoreFolder& folder) {
    return damaged(folder.database(), "the database and the ledger tell different histories; files of "
                                      "another time or store were mixed in");
}

Result<StateRecord> read_state(const Database& database, const StoreFolder& folder) {
    auto bytes = database.get(single_key(KeyKind::kIdentity));
    if (!bytes) return bytes.error();
    const auto identity = bytes->has_value() ? decode_identity(**bytes) : std::nullopt;
    if (!identity) return damaged(folder.database(), "the database has no identity; its files were replaced or lost");
    if (identity->store_id != folder.store_id)
        return damaged(folder.database(), "the database belongs to another store");
    bytes = database.get(single_key(KeyKind::kState));
    if (!bytes) return bytes.error();
    const auto state = bytes->has_value() ? decode_state(**bytes) : std::nullopt;
    if (!state) return damaged(folder.database(), "the record of the last commit is missing or unreadable");
    return *state;
}

void add(Touched& touched, const RedoEntry& entry) {
    touched.nodes.insert(touched.nodes.end(), entry.nodes.begin(), entry.nodes.end());
    touched.relationships.insert(touched.relationships.end(), entry.relationships.begin(),
                                 entry.relationships.end());
    touched.names |= entry.names;
    touched.schema |= entry.schema;
}

template <class IdType>
void sort_unique(std::vector<IdType>& ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

}  // namespace

Result<VerifiedState> verified_state(const Database& database, const StoreFolder& folder,
                                     const LedgerState& promised, const ImageHead& image) {
    auto state = read_state(database, folder);
    if (!state) return state.error();
    VerifiedState verified{*state, false, {}};
    verified.image_fits = image.commit == state->redo_base && image.chain == state->redo_base_chain;
    if (state->commit < promised.commit) return lost(folder, state->commit + 1, promised.commit);

    // Each redo entry continues the one before. A gap is a part of the log that is not there.
    std::uint64_t expected = state->redo_base, chain = state->redo_base_chain;
    bool promise_met = expected != promised.commit || chain == promised.chain;
    std::optional<Error> problem;
    auto read = database.each(single_key(KeyKind::kRedo), [&](std::string_view key, std::string_view value) {
        const auto commit = commit_of_redo_key(key);
        const auto entry = decode_redo(value);
        if (!commit || !entry) {
            problem = damaged(folder.database(), "a redo entry is unreadable");
            return false;
        }
        if (*commit <= state->redo_base) return true;  // about to be trimmed
        if (*commit != expected + 1) {
            problem = lost(folder, expected + 1, *commit - 1);
            return false;
        }
        if (entry->chain_before != chain) {
            problem = foreign(folder);
            return false;
        }
        expected = *commit;
        chain = entry->chain_after;
        if (expected == promised.commit && chain != promised.chain) promise_met = false;
        if (verified.image_fits) add(verified.since_image, *entry);
        if (expected == image.commit && chain == image.chain) verified.image_fits = true;
        return true;
    });
    if (problem) return *std::move(problem);
    if (!read) return read.error();
    if (expected < state->commit) return lost(folder, expected + 1, state->commit);
    if (expected > state->commit || chain != state->chain || !promise_met) return foreign(folder);
    sort_unique(verified.since_image.nodes);
    sort_unique(verified.since_image.relationships);
    return verified;
}

}  // namespace maek::storage
