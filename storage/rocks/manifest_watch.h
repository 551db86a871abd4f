// Room: storage, inner (rocks). A file system that behaves like the usual one and reports each
// MANIFEST that reached the disk. Tests: tests/storage/ledger_test.cpp, corruption_test.cpp.
#pragma once

#include <rocksdb/file_system.h>

#include <functional>
#include <memory>

#include "storage/rocks/database.h"

namespace maek::storage {

using ManifestCallback = std::function<bool(const ManifestState&)>;

std::shared_ptr<rocksdb::FileSystem> watch_manifests(std::shared_ptr<rocksdb::FileSystem> base,
                                                     ManifestCallback callback);

}  // namespace maek::storage
