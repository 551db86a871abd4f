#include "storage/disk/ledger.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "storage/codec/bytes.h"
#include "storage/disk/files.h"

namespace maek::storage {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kMagic = "maekLEDGER 1\n";
constexpr std::size_t kHeaderBytes = 64;  // magic, store id, zeros, hash64 of these
constexpr std::size_t kRecordBytes = 40;
constexpr std::uint64_t kRotateBytes = 4u << 20;
constexpr std::uint64_t kLimitBytes = 64u << 20;

enum Kind : std::uint64_t { kCommit = 1, kManifest = 2, kOpened = 3, kSealed = 4 };

struct Record {
    std::uint64_t kind = 0, a = 0, b = 0, c = 0;
};

std::string header(const std::string& store_id) {
    std::string bytes(kMagic);
    bytes += store_id;
    bytes.resize(kHeaderBytes - 8, '\0');
    ByteWriter(bytes).fixed64(hash64(bytes));
    return bytes;
}

std::string encode(const Record& record) {
    std::string bytes;
    ByteWriter out(bytes);
    for (const std::uint64_t v : {record.kind, record.a, record.b, record.c}) out.fixed64(v);
    out.fixed64(hash64(bytes));
    return bytes;
}

std::optional<Record> decode(std::string_view bytes) {
    ByteReader in(bytes);
    Record record{in.fixed64(), in.fixed64(), in.fixed64(), in.fixed64()};
    const std::uint64_t check = in.fixed64();
    if (in.failed() || check != hash64(bytes.substr(0, kRecordBytes - 8))) return std::nullopt;
    if (record.kind < kCommit || record.kind > kSealed) return std::nullopt;
    return record;
}

void apply(LedgerState& state, const Record& record) {
    state.seal.reset();
    switch (record.kind) {
        case kCommit:
            state.commit = record.a;
            state.chain = record.b;
            break;
        case kManifest: state.manifests[record.a] = {record.a, record.b, record.c}; break;
        case kOpened:
            state.manifest_in_use = record.a;
            state.manifests.erase(state.manifests.begin(), state.manifests.lower_bound(record.a));
            break;
        default:
            state.commit = record.a;
            state.chain = record.b;
            state.seal = record.c;
            break;
    }
}

// The shortest sequence of records that gives the state.
std::string encode_state(const LedgerState& state) {
    std::string bytes;
    for (const auto& [number, manifest] : state.manifests)
        bytes += encode({kManifest, number, manifest.bytes, manifest.hash});
    if (state.manifest_in_use != 0) bytes += encode({kOpened, state.manifest_in_use, 0, 0});
    if (state.seal)
        bytes += encode({kSealed, state.commit, state.chain, *state.seal});
    else
        bytes += encode({kCommit, state.commit, state.chain, 0});
    return bytes;
}

}  // namespace

Result<LedgerState> read_ledger(const fs::path& file, const std::string& store_id) {
    auto content = read_file(file, kLimitBytes);
    if (!content) {
        if (content.error().code == ErrorCode::kFormat) return damaged(file, content.error().message);
        return content.error();
    }
    if (!content->has_value())
        return damaged(file, "the store's ledger is missing; restore the store from a backup");
    std::string_view bytes = **content;
    if (bytes.size() < kHeaderBytes || !bytes.starts_with(kMagic) ||
        hash64(bytes.substr(0, kHeaderBytes - 8)) != ByteReader(bytes.substr(kHeaderBytes - 8, 8)).fixed64())
        return damaged(file, "the head of the store's ledger is damaged");
    if (bytes.substr(0, kHeaderBytes) != header(store_id))
        return damaged(file, "the ledger belongs to another store");
    bytes.remove_prefix(kHeaderBytes);
    LedgerState state;
    for (; !bytes.empty(); bytes.remove_prefix(std::min(kRecordBytes, bytes.size()))) {
        const auto record = bytes.size() >= kRecordBytes ? decode(bytes.substr(0, kRecordBytes)) : std::nullopt;
        if (record && state.torn)
            return damaged(file, "a record in the middle of the store's ledger is damaged");
        if (record)
            apply(state, *record);
        else
            state.torn = true;
    }
    if (state.torn) state.seal.reset();
    return state;
}

struct Ledger::Impl {
    fs::path file;
    std::string store_id;
    FileHandle handle;
    mutable std::mutex mutex;
    LedgerState state;
    std::uint64_t bytes = 0;
    bool unsynced = false, stopping = false;
    std::condition_variable wake;
    std::thread syncer;

    // All under mutex.
    Result<void> append(const Record& record, bool sync);
    Result<void> rewrite();
    void run();
};

Result<void> Ledger::Impl::rewrite() {
    const std::string content = header(store_id) + encode_state(state);
    if (auto done = replace_file(file, content); !done) return done;
    handle = FileHandle(::open(file.c_str(), O_WRONLY | O_CLOEXEC));
    if (!handle.open()) return system_error("open", file, errno);
    bytes = content.size();
    unsynced = false;
    return {};
}

Result<void> Ledger::Impl::append(const Record& record, bool sync) {
    const std::string content = encode(record);
    const ssize_t n = ::pwrite(handle.get(), content.data(), content.size(), static_cast<off_t>(bytes));
    if (n != static_cast<ssize_t>(content.size())) return system_error("write", file, n < 0 ? errno : ENOSPC);
    bytes += content.size();
    apply(state, record);
    if (bytes > kRotateBytes) return rewrite();
    if (sync) {
        if (::fdatasync(handle.get()) != 0) return system_error("sync", file, errno);
        unsynced = false;
    } else if (!unsynced) {
        unsynced = true;
        wake.notify_one();
    }
    return {};
}

// Syncs what commits left unsynced, at most ten times a second.
void Ledger::Impl::run() {
    std::unique_lock lock(mutex);
    while (!stopping) {
        wake.wait(lock, [&] { return unsynced || stopping; });
        wake.wait_for(lock, std::chrono::milliseconds(100), [&] { return stopping; });
        if (!unsynced) continue;
        unsynced = false;
        // A rotation in between replaces the descriptor; the new file is synced already.
        const FileHandle copy(::dup(handle.get()));
        lock.unlock();
        (void)::fdatasync(copy.get());  // commits are safe in RocksDB's log; nothing to tell
        lock.lock();
    }
}

Ledger::Ledger(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Ledger::~Ledger() {
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->stopping = true;
    }
    impl_->wake.notify_all();
    if (impl_->syncer.joinable()) impl_->syncer.join();
    if (impl_->unsynced) (void)::fdatasync(impl_->handle.get());
}

Result<std::unique_ptr<Ledger>> Ledger::start(const fs::path& file, const std::string& store_id,
                                              const LedgerState& state) {
    auto impl = std::make_unique<Impl>();
    impl->file = file;
    impl->store_id = store_id;
    impl->state = state;
    impl->state.torn = false;
    if (auto done = impl->rewrite(); !done) return done.error();
    try {
        impl->syncer = std::thread([raw = impl.get()] { raw->run(); });
    } catch (const std::system_error&) {
        return Error{ErrorCode::kLimit, "cannot start a thread to keep the store's ledger", {}, {}};
    }
    return std::unique_ptr<Ledger>(new Ledger(std::move(impl)));
}

Result<void> Ledger::commit(std::uint64_t number, std::uint64_t chain) {
    const std::lock_guard lock(impl_->mutex);
    return impl_->append({kCommit, number, chain, 0}, false);
}

Result<void> Ledger::manifest(const ManifestState& state) {
    const std::lock_guard lock(impl_->mutex);
    return impl_->append({kManifest, state.number, state.bytes, state.hash}, true);
}

Result<void> Ledger::opened(std::uint64_t manifest_number) {
    const std::lock_guard lock(impl_->mutex);
    return impl_->append({kOpened, manifest_number, 0, 0}, true);
}

Result<void> Ledger::sealed(std::uint64_t commit, std::uint64_t chain, std::uint64_t mark) {
    const std::lock_guard lock(impl_->mutex);
    return impl_->append({kSealed, commit, chain, mark}, true);
}

LedgerState Ledger::state() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->state;
}

Result<std::uint64_t> current_manifest(const fs::path& database) {
    const fs::path file = database / "CURRENT";
    auto content = read_file(file, 4096);
    if (!content) return content.error();
    if (!content->has_value()) return damaged(file, "the store's file CURRENT is missing");
    std::string_view text = **content;
    constexpr std::string_view kPrefix = "MANIFEST-";
    std::uint64_t number = 0;
    if (text.starts_with(kPrefix) && text.ends_with('\n')) {
        text.remove_prefix(kPrefix.size());
        text.remove_suffix(1);
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (problem == std::errc() && end == text.data() + text.size()) return number;
    }
    return damaged(file, "the store's file CURRENT is damaged");
}

namespace {

fs::path manifest_file(const fs::path& database, std::uint64_t number) {
    std::string name = std::to_string(number);
    name.insert(0, name.size() < 6 ? 6 - name.size() : 0, '0');
    return database / ("MANIFEST-" + name);
}

Result<std::string> read_manifest_bytes(const fs::path& file) {
    auto content = read_file(file, std::uint64_t{1} << 32);
    if (!content) return content.error();
    if (!content->has_value()) return damaged(file, "the store's file is missing");
    return std::move(**content);
}

}  // namespace

Result<ManifestState> read_manifest(const fs::path& database, std::uint64_t number) {
    auto content = read_manifest_bytes(manifest_file(database, number));
    if (!content) return content.error();
    return ManifestState{number, content->size(), hash64(*content)};
}

Result<void> verify_manifest(const fs::path& database, const LedgerState& state) {
    auto number = current_manifest(database);
    if (!number) return number.error();
    const auto known = state.manifests.find(*number);
    if (*number < state.manifest_in_use || known == state.manifests.end())
        return damaged(database / "CURRENT",
                       "CURRENT names MANIFEST " + std::to_string(*number) +
                           ", which is not the one in use; files of another time or store were mixed in");
    const fs::path file = manifest_file(database, *number);
    auto content = read_manifest_bytes(file);
    if (!content) return content.error();
    const ManifestState& wanted = known->second;
    if (content->size() < wanted.bytes)
        return damaged(file, "the file was cut: it has " + std::to_string(content->size()) +
                                 " bytes, expected at least " + std::to_string(wanted.bytes));
    if (hash64(std::string_view(*content).substr(0, wanted.bytes)) != wanted.hash)
        return damaged(file, "the file was changed: its check sum does not fit");
    return {};
}

}  // namespace maek::storage
