// Room: storage, inner (rocks). The only way to iterate. RocksDB's iterator simply ends at a block
// it cannot read; this one makes it impossible to take that for the end of the data.
// Tests: tests/storage/database_test.cpp, and lint_test.cpp (no other NewIterator in the tree).
#pragma once

#include <rocksdb/db.h>

#include <memory>
#include <string_view>

namespace maek::storage {

class CheckedIterator {
public:
    CheckedIterator(rocksdb::DB& db, std::string_view from);
    // True: key() and value() are there. False: the end, or an error; ask status(), always.
    bool valid() const { return iterator_->Valid(); }
    void next() { iterator_->Next(); }
    std::string_view key() const { return {iterator_->key().data(), iterator_->key().size()}; }
    std::string_view value() const { return {iterator_->value().data(), iterator_->value().size()}; }
    [[nodiscard]] rocksdb::Status status() const { return iterator_->status(); }

private:
    std::unique_ptr<rocksdb::Iterator> iterator_;
};

}  // namespace maek::storage
