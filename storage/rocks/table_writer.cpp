#include <rocksdb/env.h>
#include <rocksdb/sst_file_writer.h>

#include "storage/rocks/database.h"
#include "storage/rocks/options.h"
#include "storage/rocks/status.h"

namespace maek::storage {

struct TableWriter::Impl {
    std::filesystem::path file;
    rocksdb::SstFileWriter writer;
    std::uint64_t written = 0;

    explicit Impl(const std::filesystem::path& f)
        : file(f), writer(rocksdb::EnvOptions(), database_options(false, false)) {}
};

TableWriter::TableWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TableWriter::TableWriter(TableWriter&&) noexcept = default;
TableWriter::~TableWriter() = default;

Result<TableWriter> TableWriter::create(const std::filesystem::path& file) {
    auto impl = std::make_unique<Impl>(file);
    const rocksdb::Status status = impl->writer.Open(file.string());
    if (!status.ok()) return to_error(status, "make a table file", file.parent_path());
    return TableWriter(std::move(impl));
}

Result<void> TableWriter::put(std::string_view key, std::string_view value) {
    const rocksdb::Status status =
        impl_->writer.Put(rocksdb::Slice(key.data(), key.size()), rocksdb::Slice(value.data(), value.size()));
    impl_->written += key.size() + value.size();
    if (!status.ok()) return to_error(status, "write a table file", impl_->file.parent_path());
    return {};
}

std::uint64_t TableWriter::bytes() const { return impl_->written; }

Result<void> TableWriter::finish() {
    const rocksdb::Status status = impl_->writer.Finish();
    if (!status.ok()) return to_error(status, "finish a table file", impl_->file.parent_path());
    return {};
}

}  // namespace maek::storage
