#include "storage/core/store_impl.h"

namespace maek::storage {
namespace fs = std::filesystem;
namespace {

Result<void> require_free_place(const fs::path& target) {
    auto found = look_at(target);
    if (found && (*found == FolderState::kMissing || *found == FolderState::kEmpty)) return {};
    return Error{ErrorCode::kUsage, target.string() + " is already there; expected a new or empty folder", {}, {}};
}

Result<void> make_folder(const fs::path& folder) {
    std::error_code problem;
    fs::create_directory(folder, problem);
    if (problem) return system_error("make", folder, problem.value());
    return {};
}

Result<void> copy_synced(const fs::path& from, const fs::path& to) {
    std::error_code problem;
    fs::copy_file(from, to, fs::copy_options::overwrite_existing, problem);
    if (problem) return system_error("copy", from, problem.value());
    return sync_file(to);
}

Result<void> sync_files_in(const fs::path& folder) {
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator(folder, problem)) {
        if (!entry.is_regular_file(problem)) continue;
        if (auto done = sync_file(entry.path()); !done) return done;
    }
    return sync_folder(folder);
}

// What the copied database looks like now, for a ledger of its own.
Result<LedgerState> ledger_of_copy(const fs::path& database, const StateRecord& state) {
    auto number = current_manifest(database);
    if (!number) return number.error();
    auto manifest = read_manifest(database, *number);
    if (!manifest) return manifest.error();
    LedgerState ledger;
    ledger.commit = state.commit;
    ledger.chain = state.chain;
    ledger.manifest_in_use = *number;
    ledger.manifests[*number] = *manifest;
    return ledger;
}

// A full check of a store that nobody writes to.
Result<void> verify_copy(const fs::path& folder) {
    auto store = Store::open(folder, {.create = false, .read_only = true});
    if (!store) return store.error();
    auto findings = (*store)->check();
    if (!findings) return findings.error();
    if (!findings->empty()) return damaged(findings->front().where, findings->front().message);
    return {};
}

// A reader cannot make a checkpoint; it writes what it sees, the state of its opening, anew.
Result<void> copy_records(const Database& from, const fs::path& to) {
    auto copy = Database::open(to, {.create = true, .read_only = false, .on_manifest_synced = {}});
    if (!copy) return copy.error();
    const fs::path table = to / "copy.sst";
    auto writer = TableWriter::create(table);
    if (!writer) return writer.error();
    Result<void> done;
    auto read = from.each("", [&](std::string_view key, std::string_view value) {
        done = writer->put(key, value);
        return done.ok();
    });
    if (!read) return read;
    if (done) done = writer->finish();
    if (done) done = (*copy)->ingest({table});
    if (done) done = (*copy)->close();
    std::error_code ignored;
    fs::remove(table, ignored);
    return done;
}

}  // namespace

Result<void> Store::Impl::backup(const fs::path& target) {
    if (auto free = require_free_place(target); !free) return free;
    if (auto made = make_folder(target); !made) return made;
    const StoreFolder copy{target, folder.store_id};
    auto copied = options.read_only ? copy_records(*database, copy.database())
                                    : database->checkpoint(copy.database());
    if (!copied) return copied;
    if (auto done = sync_files_in(copy.database()); !done) return done;
    auto wanted = ledger_of_copy(copy.database(), state);
    if (!wanted) return wanted.error();
    {
        auto written = Ledger::start(copy.ledger_file(), copy.store_id, *wanted);
        if (!written) return written.error();
    }
    auto imaged = write_image_file(copy.image_file(), copy.store_id, {state.commit, state.chain}, snapshot());
    if (!imaged) return imaged;
    kill_point("backup.before_identity");
    return copy_synced(folder.identity_file(), copy.identity_file());
}

Result<void> Store::backup(const fs::path& target) {
    const bool writer = !impl_->options.read_only;
    if (writer) impl_->take_turn();
    auto done = impl_->backup(target);
    if (writer) impl_->give_turn();
    if (done) done = verify_copy(target);
    return done;
}

Result<void> Store::restore(const fs::path& backup, const fs::path& target) {
    if (auto free = require_free_place(target); !free) return free;
    if (auto sound = verify_copy(backup); !sound) return sound;
    auto source = read_identity(backup);
    if (!source) return source.error();
    if (auto made = make_folder(target); !made) return made;
    const StoreFolder copy{target, source->store_id};
    if (auto made = make_folder(copy.database()); !made) return made;
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator(source->database(), problem)) {
        const std::string name = entry.path().filename().string();
        if (name == "LOCK" || !entry.is_regular_file(problem)) continue;
        if (auto done = copy_synced(entry.path(), copy.database() / name); !done) return done;
    }
    if (auto done = sync_folder(copy.database()); !done) return done;
    if (auto done = copy_synced(source->ledger_file(), copy.ledger_file()); !done) return done;
    if (fs::exists(source->image_file(), problem))
        if (auto done = copy_synced(source->image_file(), copy.image_file()); !done) return done;
    if (auto done = copy_synced(source->identity_file(), copy.identity_file()); !done) return done;
    if (auto done = sync_folder(target); !done) return done;
    return verify_copy(target);
}

}  // namespace maek::storage
