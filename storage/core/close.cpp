#include "storage/codec/keys.h"
#include "storage/core/store_impl.h"

namespace maek::storage {

// Everything into table files, then the seal. After a failed write nothing is sealed: the next
// opening proves what is there.
Result<void> Store::Impl::close() {
    if (!database) return {};
    Result<void> result;
    const bool seal = !options.read_only && !failed && changed && !database->write_failure();
    if (seal) result = database->flush();
    kill_point("close.flushed");
    auto closed = database->close();
    database.reset();
    if (result && !closed) result = closed;
    if (seal && result) result = ledger->sealed(state.commit, state.chain, state.chain);
    ledger.reset();
    lock = WriterLock();
    return result;
}

}  // namespace maek::storage
