#include <chrono>
#include <thread>

#include "storage/codec/keys.h"
#include "storage/core/store_impl.h"

namespace maek::storage {
namespace fs = std::filesystem;

Result<void> Store::Impl::open_database(bool create_new) {
    DatabaseOptions wanted;
    wanted.create = create_new;
    wanted.read_only = options.read_only;
    if (ledger)
        wanted.on_manifest_synced = [this](const ManifestState& manifest) {
            return ledger->manifest(manifest).ok();
        };
    auto opened = Database::open(folder.database(), std::move(wanted));
    if (!opened) return opened.error();
    database = std::move(opened).value();
    return {};
}

Result<void> Store::Impl::create() {
    auto started = Ledger::start(folder.ledger_file(), folder.store_id, {});
    if (!started) return started.error();
    ledger = std::move(started).value();
    kill_point("create.ledger");
    if (auto opened = open_database(true); !opened) return opened;
    Batch batch;
    batch.put(single_key(KeyKind::kIdentity), encode_identity({kFormatVersion, folder.store_id}));
    batch.put(single_key(KeyKind::kState), encode_state(state));
    if (auto written = database->write(std::move(batch), true); !written) return written;
    if (auto flushed = database->flush(); !flushed) return flushed;
    auto number = current_manifest(folder.database());
    if (!number) return number.error();
    if (auto noted = ledger->opened(*number); !noted) return noted;
    kill_point("create.database");
    changed = true;
    return finish_creation(folder);
}

std::optional<MappedImage> Store::Impl::map_image() {
    auto mapped = MappedImage::map(folder);
    if (!mapped) {
        image_problem = mapped.error().text();
        return std::nullopt;
    }
    return std::move(mapped).value();
}

// From the image and what was touched since, else from all records.
Result<void> Store::Impl::load(const LedgerState& promised) {
    const std::optional<MappedImage> mapped = map_image();
    auto proved = verified_state(*database, folder, promised, mapped ? mapped->head() : ImageHead{});
    if (!proved) return proved.error();
    state = proved->state;
    const std::uint64_t items = state.node_count + state.relationship_count;
    const std::uint64_t touched = proved->since_image.nodes.size() + proved->since_image.relationships.size();
    if (mapped && proved->image_fits && touched < 1000 + items / 2) {
        auto graph = mapped->graph();
        if (graph) {
            image = mapped->head();
            tail = touched;
            auto caught_up = catch_up(std::move(graph).value(), *database, folder, state, proved->since_image);
            if (!caught_up) return caught_up.error();
            publish(std::move(caught_up).value());
            return {};
        }
        image_problem = graph.error().text();
    } else if (mapped && !proved->image_fits) {
        image_problem = folder.image_file().string() + ": the image is of another time than the records";
    } else if (!mapped && image_problem.empty() && state.redo_base > 0) {
        image_problem = folder.image_file().string() + ": the image is missing";
    }
    auto graph = load_graph(*database, folder, state);
    if (!graph) return graph.error();
    tail = items;
    publish(std::move(graph).value());
    return {};
}

// After a clean end the MANIFEST check is enough. After anything else a read-only opening proves
// first that nothing is missing: an opening for writing would tidy the evidence away.
Result<void> Store::Impl::open_for_writing() {
    auto promised = read_ledger(folder.ledger_file(), folder.store_id);
    if (!promised) return promised.error();
    if (auto sound = verify_manifest(folder.database(), *promised); !sound) return sound;
    if (!promised->seal) {
        auto look = Database::open(folder.database(), {.create = false, .read_only = true, .on_manifest_synced = {}});
        if (!look) return look.error();
        auto proved = verified_state(**look, folder, *promised, {});
        if (!proved) return proved.error();
        kill_point("recover.verified");
    }
    auto started = Ledger::start(folder.ledger_file(), folder.store_id, *promised);
    if (!started) return started.error();
    ledger = std::move(started).value();
    kill_point("recover.ledger");
    if (auto opened = open_database(false); !opened) return opened;
    auto number = current_manifest(folder.database());
    if (!number) return number.error();
    if (auto noted = ledger->opened(*number); !noted) return noted;
    kill_point("recover.opened");
    changed = true;
    return load(*promised);
}

// The ledger is read before the database: a writer beside us writes in the other order.
Result<void> Store::Impl::open_for_reading() {
    auto promised = read_ledger(folder.ledger_file(), folder.store_id);
    if (!promised) return promised.error();
    if (auto sound = verify_manifest(folder.database(), *promised); !sound) return sound;
    if (auto opened = open_database(false); !opened) return opened;
    return load(*promised);
}

namespace {

Error nothing_there(const fs::path& path, FolderState state) {
    const std::string why = state == FolderState::kMissing ? "there is nothing at " + path.string()
                            : state == FolderState::kEmpty
                                ? path.string() + " is an empty folder"
                                : path.string() + " holds a store whose making was interrupted";
    return Error{ErrorCode::kNotFound, "no store: " + why, {}, {}};
}

}  // namespace

Result<std::unique_ptr<Store>> Store::open(const fs::path& given, OpenOptions options) {
    fs::path path = given;
    if (!path.has_filename() && path.has_parent_path()) path = path.parent_path();  // "store/"
    auto found = look_at(path);
    if (!found) return found.error();
    auto impl = std::make_unique<Impl>();
    impl->options = options;
    if (*found != FolderState::kStore) {
        if (!options.create || options.read_only) return nothing_there(path, *found);
        std::error_code ignored;
        if (*found == FolderState::kMissing) fs::create_directory(path, ignored);
        if (!fs::is_directory(path, ignored)) {
            auto made = begin_creation(path, FolderState::kMissing);  // for its message
            if (!made) return made.error();
        }
        auto lock = WriterLock::take(path / "LOCK");
        if (!lock) return lock.error();
        impl->lock = std::move(lock).value();
        found = look_at(path);  // another process may have been faster
        if (!found) return found.error();
        if (*found != FolderState::kStore) {
            auto folder = begin_creation(path, FolderState::kUnfinished);
            if (!folder) return folder.error();
            impl->folder = std::move(folder).value();
            if (auto made = impl->create(); !made) return made.error();
            return std::unique_ptr<Store>(new Store(std::move(impl)));
        }
    } else if (!options.read_only) {
        auto folder = read_identity(path);  // a wrong format is told before 'in use'
        if (!folder) return folder.error();
        auto lock = WriterLock::take(path / "LOCK");
        if (!lock) return lock.error();
        impl->lock = std::move(lock).value();
    }
    auto folder = read_identity(path);
    if (!folder) return folder.error();
    impl->folder = std::move(folder).value();
    Result<void> opened;
    if (!options.read_only) {
        opened = impl->open_for_writing();
    } else {
        // Files change under a reader while a writer opens or compacts: look again before judging.
        for (int attempt = 0; attempt < 5; ++attempt) {
            if (attempt > 0) std::this_thread::sleep_for(std::chrono::milliseconds(20 * attempt));
            opened = impl->open_for_reading();
            if (opened || !WriterLock::is_held(path / "LOCK")) break;
        }
    }
    if (!opened) {
        impl->failed = opened.error();  // nothing may be sealed
        return opened.error();
    }
    return std::unique_ptr<Store>(new Store(std::move(impl)));
}

}  // namespace maek::storage
