#include "storage/store.h"

#include "storage/codec/keys.h"
#include "storage/core/store_impl.h"

namespace maek::storage {

void Store::Impl::take_turn() {
    std::unique_lock guard(turn_mutex);
    turn_free.wait(guard, [&] { return !turn_taken; });
    turn_taken = true;
}

void Store::Impl::give_turn() {
    {
        const std::lock_guard guard(turn_mutex);
        turn_taken = false;
    }
    turn_free.notify_one();
}

void Store::Impl::publish(graph::Graph graph) {
    const std::lock_guard guard(snapshot_mutex);
    current = std::move(graph);
}

graph::Graph Store::Impl::snapshot() const {
    const std::lock_guard guard(snapshot_mutex);
    return current;
}

WriteTransaction::WriteTransaction(Store& store, graph::Graph base)
    : store_(&store), transaction_(std::move(base)), records_(std::make_unique<Records>()) {}

WriteTransaction::WriteTransaction(WriteTransaction&& other) noexcept
    : store_(std::exchange(other.store_, nullptr)),
      transaction_(std::move(other.transaction_)),
      records_(std::move(other.records_)) {}

WriteTransaction::~WriteTransaction() {
    if (store_ != nullptr) store_->impl_->give_turn();
}

void WriteTransaction::put_record(std::string_view family, std::string_view key, std::string_view value) {
    records_->changes[{std::string(family), std::string(key)}] = std::string(value);
}

void WriteTransaction::delete_record(std::string_view family, std::string_view key) {
    records_->changes[{std::string(family), std::string(key)}] = std::nullopt;
}

Result<void> WriteTransaction::commit() && {
    MAEK_CHECK(store_ != nullptr, "a transaction was ended twice");
    Store::Impl& impl = *store_->impl_;
    auto done = impl.commit(std::move(transaction_), *records_);
    store_ = nullptr;
    impl.give_turn();
    return done;
}

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Store::~Store() {
    if (impl_) (void)impl_->close();
}

Result<void> Store::close() {
    auto done = impl_->close();
    return done;
}

graph::Graph Store::snapshot() const { return impl_->snapshot(); }

Result<WriteTransaction> Store::begin_write() {
    if (impl_->options.read_only)
        return Error{ErrorCode::kReadOnly,
                     "the store " + impl_->folder.root.string() + " was opened for reading only", {}, {}};
    impl_->take_turn();
    if (impl_->failed) {
        Error error = *impl_->failed;
        impl_->give_turn();
        return error;
    }
    return WriteTransaction(*this, impl_->snapshot());
}

StoreInfo Store::info() const {
    StoreInfo info;
    info.path = impl_->folder.root.string();
    info.format_version = kFormatVersion;
    info.store_id = impl_->folder.store_id;
    info.commits = impl_->state.commit;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(impl_->folder.root, ignored))
        if (entry.is_regular_file(ignored)) info.bytes_on_disk += entry.file_size(ignored);
    if (impl_->database) info.bytes_on_disk += impl_->database->bytes_on_disk();
    info.read_only = impl_->options.read_only;
    return info;
}

Result<std::string> Store::record(std::string_view family, std::string_view key) const {
    auto value = impl_->database->get(family_key(family, key));
    if (!value) return value.error();
    if (!value->has_value())
        return Error{ErrorCode::kNotFound, "no record '" + std::string(key) + "' of " + std::string(family), {}, {}};
    return **std::move(value);
}

Result<void> Store::each_record(
    std::string_view family, std::string_view prefix,
    const std::function<bool(std::string_view key, std::string_view value)>& visit) const {
    return impl_->database->each(family_key(family, prefix), [&](std::string_view key, std::string_view value) {
        const auto parsed = parse_family_key(key);
        return parsed && visit(parsed->key, value);
    });
}

}  // namespace maek::storage
