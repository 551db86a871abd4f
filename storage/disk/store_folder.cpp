#include "storage/disk/store_folder.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <random>
#include <vector>

#include "storage/codec/bytes.h"
#include "storage/rocks/database.h"

namespace maek::storage {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kUnfinishedMark = "MAEK.new";
constexpr std::string_view kMarkInTheMaking = "MAEK.new.new";  // a crash before the mark was whole

Error not_a_store(const fs::path& path, std::string_view why) {
    return Error{ErrorCode::kNotFound, path.string() + " is no store: " + std::string(why), {}, {}};
}

std::string hexadecimal(std::uint64_t v) {
    std::string text(16, '0');
    for (std::size_t i = 16; i-- > 0; v >>= 4) text[i] = "0123456789abcdef"[v & 15];
    return text;
}

// Four lines; the last is the check sum of the others. Text, so that a person can look.
std::string identity_text(const std::string& store_id) {
    std::string text = "maek store\nformat " + std::to_string(kFormatVersion) + "\nid " + store_id +
                       "\nrocksdb " + rocksdb_version() + "\n";
    text += "check " + hexadecimal(hash64(text)) + "\n";
    return text;
}

// The text after `word ` in the line beginning with it; empty when there is none.
std::string_view field(std::string_view text, std::string_view word) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        if (line.starts_with(word) && line.size() > word.size() && line[word.size()] == ' ')
            return line.substr(word.size() + 1);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return {};
}

bool holds_only_ours(const fs::path& path) {
    static constexpr std::array<std::string_view, 7> kOurs = {
        kUnfinishedMark, kMarkInTheMaking, "LOCK", "LEDGER", "LEDGER.new", "image", "rocks"};
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(path, ignored))
        if (std::find(kOurs.begin(), kOurs.end(), entry.path().filename().string()) == kOurs.end())
            return false;
    return true;
}

}  // namespace

std::string new_store_id() {
    std::random_device random;
    std::string id;
    for (int i = 0; i < 2; ++i)
        id += hexadecimal(static_cast<std::uint64_t>(random()) << 32 | random());
    return id;
}

Result<FolderState> look_at(const fs::path& path) {
    std::error_code problem;
    const fs::file_status status = fs::status(path, problem);
    if (status.type() == fs::file_type::not_found) return FolderState::kMissing;
    if (problem) return system_error("look at", path, problem.value());
    if (status.type() != fs::file_type::directory)
        return Error{ErrorCode::kFormat, path.string() + " is a file; expected a store's folder", {}, {}};
    if (fs::exists(path / "MAEK", problem)) return FolderState::kStore;
    const fs::directory_iterator entries(path, problem);
    if (problem) return system_error("look into", path, problem.value());
    if ((fs::exists(path / kUnfinishedMark, problem) || fs::exists(path / kMarkInTheMaking, problem)) &&
        holds_only_ours(path))
        return FolderState::kUnfinished;
    for (const auto& entry : entries) {
        const std::string name = entry.path().filename().string();
        if (name == "lost+found" || name == "LOCK") continue;  // an empty file system; a maker at work
        if (fs::is_directory(path / "rocks", problem) && fs::exists(path / "LEDGER", problem))
            return damaged(path / "MAEK", "the file MAEK is missing from the store; restore it from a backup");
        return not_a_store(path, "it holds other files ('" + name + "'); expected a new or empty folder");
    }
    return FolderState::kEmpty;
}

Result<StoreFolder> read_identity(const fs::path& path) {
    StoreFolder folder{path, {}};
    const fs::path file = folder.identity_file();
    auto content = read_file(file, 4096);
    if (!content) {
        if (content.error().code == ErrorCode::kFormat) return damaged(file, content.error().message);
        return content.error();
    }
    const std::string text = content->value_or("");
    const std::string_view format = field(text, "format");
    std::uint32_t version = 0;
    const auto parsed = std::from_chars(format.data(), format.data() + format.size(), version);
    const bool numeric = parsed.ec == std::errc() && parsed.ptr == format.data() + format.size();
    if (text.starts_with("maek store\n") && numeric && version != kFormatVersion) {
        const std::size_t check = text.rfind("check ");
        const bool sound = check != std::string::npos &&
                           field(text, "check") == hexadecimal(hash64(text.substr(0, check)));
        if (sound || version > kFormatVersion)
            return Error{ErrorCode::kStoreFormat,
                         "the store " + path.string() + " has format " + std::to_string(version) +
                             " (RocksDB " + std::string(field(text, "rocksdb")) +
                             "); this maek reads format " + std::to_string(kFormatVersion) +
                             ". Export it with the maek that wrote it and import it here", {}, {}};
    }
    const std::size_t check = text.rfind("check ");
    folder.store_id = std::string(field(text, "id"));
    if (!text.starts_with("maek store\n") || !numeric || version != kFormatVersion ||
        check == std::string::npos || folder.store_id.size() != 32 ||
        field(text, "check") != hexadecimal(hash64(text.substr(0, check))))
        return damaged(file, "the store's file MAEK is damaged: its check sum does not fit");
    return folder;
}

Result<StoreFolder> begin_creation(const fs::path& path, FolderState state) {
    std::error_code problem;
    if (state == FolderState::kMissing && !fs::create_directory(path, problem) && problem) {
        if (problem.value() == ENOENT)
            return Error{ErrorCode::kNotFound,
                         "cannot make the store " + path.string() + ": its parent folder is not there", {}, {}};
        return system_error("make the store", path, problem.value());
    }
    StoreFolder folder{path, new_store_id()};
    if (state == FolderState::kUnfinished) {
        for (const auto& part : {folder.database(), folder.ledger_file(), folder.image_file()})
            fs::remove_all(part, problem);
    }
    if (auto written = replace_file(path / kUnfinishedMark, identity_text(folder.store_id)); !written)
        return written.error();
    return folder;
}

Result<void> finish_creation(const StoreFolder& folder) {
    auto done = rename_file(folder.root / kUnfinishedMark, folder.identity_file());
    if (!done) return done;
    const fs::path parent = fs::absolute(folder.root).parent_path();
    return sync_folder(parent);
}

}  // namespace maek::storage
