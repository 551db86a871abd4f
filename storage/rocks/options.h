// Room: storage, inner (rocks). The one place that sets RocksDB options. Each was chosen by
// measurement; docs/storage-format.md says why.
#pragma once

#include <rocksdb/options.h>

#include <memory>

namespace maek::storage {

// Without a file system of ours; Database sets env.
rocksdb::Options database_options(bool create, bool read_only);

}  // namespace maek::storage
