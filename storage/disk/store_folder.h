// Room: storage, inner. The folder of a store: which files it has, who it is, what may be wrong
// with it before any of its content is read. Tests: tests/storage/store_folder_test.cpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "schema/result.h"
#include "storage/disk/files.h"

namespace maek::storage {

inline constexpr std::uint32_t kFormatVersion = 1;

struct StoreFolder {
    std::filesystem::path root;
    std::string store_id;  // 32 hexadecimal digits

    std::filesystem::path identity_file() const { return root / "MAEK"; }
    std::filesystem::path lock_file() const { return root / "LOCK"; }
    std::filesystem::path ledger_file() const { return root / "LEDGER"; }
    std::filesystem::path image_file() const { return root / "image"; }
    std::filesystem::path database() const { return root / "rocks"; }
};

enum class FolderState { kMissing, kEmpty, kUnfinished, kStore };

// Looks without changing anything. kFormat: a plain file. kNotFound: a folder with other things.
// kIo: may not be looked at.
Result<FolderState> look_at(const std::filesystem::path& path);

// Requires: kStore. kStoreFormat: written by another version. kStoreDamaged: MAEK is not readable.
Result<StoreFolder> read_identity(const std::filesystem::path& path);

// Prepares an empty, missing or unfinished folder: nothing in it but the mark of an unfinished
// store. finish_creation() makes it a store; a crash in between leaves kUnfinished.
Result<StoreFolder> begin_creation(const std::filesystem::path& path, FolderState state);
Result<void> finish_creation(const StoreFolder& folder);

std::string new_store_id();

}  // namespace maek::storage
