#include "storage/rocks/checked_iterator.h"

namespace maek::storage {

CheckedIterator::CheckedIterator(rocksdb::DB& db, std::string_view from) {
    rocksdb::ReadOptions options;
    options.verify_checksums = true;
    options.total_order_seek = true;
    iterator_.reset(db.NewIterator(options));
    iterator_->Seek({from.data(), from.size()});
}

}  // namespace maek::storage
