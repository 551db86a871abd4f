#include "storage/codec/keys.h"
#include "storage/core/store_impl.h"

namespace maek::storage {

// The next opening reads the image and then each record touched since; the image is worth writing
// when that would take a noticeable part of the time of writing it.
bool Store::Impl::tail_is_long() const {
    return tail > 500 + (state.node_count + state.relationship_count) / 200;
}

// The table files come first: only what they hold can do without its redo entry.
Result<void> Store::Impl::renew_image() {
    if (auto flushed = database->flush(); !flushed) return flushed;
    const ImageHead head{state.commit, state.chain};
    if (auto written = write_image_file(folder.image_file(), folder.store_id, head, snapshot()); !written)
        return written;
    kill_point("image.renamed");
    Batch trim;
    auto read = database->each(single_key(KeyKind::kRedo), [&](std::string_view key, std::string_view) {
        const auto commit = commit_of_redo_key(key);
        if (commit && *commit <= head.commit) trim.remove(key);
        return true;
    });
    if (!read) return read;
    StateRecord trimmed = state;
    trimmed.redo_base = head.commit;
    trimmed.redo_base_chain = head.chain;
    trim.put(single_key(KeyKind::kState), encode_state(trimmed));
    if (auto written = database->write(std::move(trim), false); !written) return write_failure(written.error());
    state = trimmed;
    image = head;
    tail = 0;
    image_problem.clear();
    return {};
}

// Everything into table files, then the seal: the ledger's word that nothing is under way. After a failed write nothing is sealed: the next
// opening proves what is there.
Result<void> Store::Impl::close() {
    if (!database) return {};
    Result<void> result;
    const bool seal = !options.read_only && !failed && changed && !database->write_failure();
    // An image that cannot be written (a full disk) is no reason not to seal.
    if (seal && tail_is_long()) (void)renew_image();
    if (seal) result = database->flush();
    kill_point("close.flushed");
    auto closed = database->close();
    database.reset();
    if (result && !closed) result = closed;
    if (seal && result) result = ledger->sealed(state.commit, state.chain, state.chain);
    kill_point("close.sealed");
    ledger.reset();
    lock = WriterLock();
    return result;
}

}  // namespace maek::storage
