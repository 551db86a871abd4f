#include "storage/rocks/status.h"

#include <string>

namespace maek::storage {
namespace {

// RocksDB answers IOError for files that are missing or too short; for a database that is damage.
bool means_damage(const rocksdb::Status& status) {
    if (status.IsCorruption()) return true;
    if (status.subcode() == rocksdb::Status::kPathNotFound) return true;
    const std::string text = status.ToString();
    return text.find("No such file") != std::string::npos || text.find("checksum") != std::string::npos;
}

// The file RocksDB speaks of, when it names one: the last path of a known ending.
std::string named_file(const std::string& text) {
    for (const std::string_view ending : {".sst", ".log"}) {
        const std::size_t end = text.rfind(ending);
        if (end == std::string::npos) continue;
        const std::size_t begin = text.find_last_of(" /:'\"", end);
        return text.substr(begin == std::string::npos ? 0 : begin + 1,
                           end + ending.size() - (begin == std::string::npos ? 0 : begin + 1));
    }
    for (const std::string_view name : {"MANIFEST-", "CURRENT", "IDENTITY", "OPTIONS-"}) {
        const std::size_t begin = text.rfind(name);
        if (begin == std::string::npos) continue;
        std::size_t end = begin + name.size();
        while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
        return text.substr(begin, end - begin);
    }
    return {};
}

}  // namespace

Error to_error(const rocksdb::Status& status, std::string_view doing,
               const std::filesystem::path& folder) {
    const std::string text = status.ToString();
    ErrorCode code = ErrorCode::kIo;
    std::string message = "cannot " + std::string(doing) + ": ";
    if (status.IsNoSpace()) {
        message += "the disk is full (" + text + ")";
    } else if (text.find("lock") != std::string::npos && text.find("LOCK") != std::string::npos) {
        code = ErrorCode::kStoreInUse;
        message += "another process writes to it";
    } else if (means_damage(status)) {
        code = ErrorCode::kStoreDamaged;
        message += "the store is damaged (" + text + ")";
    } else {
        message += text;
    }
    const std::string file = named_file(text);
    Error error{code, std::move(message), {}, {}};
    error.where.file = (file.empty() ? folder : folder / file).string();
    return error;
}

}  // namespace maek::storage
