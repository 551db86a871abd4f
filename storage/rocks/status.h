// Room: storage, inner (rocks). RocksDB's Status as our Error.
#pragma once

#include <rocksdb/status.h>

#include <filesystem>
#include <string_view>

#include "schema/result.h"

namespace maek::storage {

// Requires: !status.ok(). `doing` completes "cannot ...: " ("read", "open the database").
Error to_error(const rocksdb::Status& status, std::string_view doing,
               const std::filesystem::path& folder);

}  // namespace maek::storage
