#include "storage/codec/keys.h"

#include "schema/result.h"

namespace maek::storage {
namespace {

void append_big_endian(std::string& out, std::uint64_t v, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        out.push_back(static_cast<char>(v >> shift));
}

std::uint64_t big_endian(std::string_view in) {
    std::uint64_t v = 0;
    for (const char c : in) v = v << 8 | static_cast<std::uint8_t>(c);
    return v;
}

}  // namespace

std::string single_key(KeyKind kind) { return std::string(1, static_cast<char>(kind)); }

std::string id_key(KeyKind kind, std::uint32_t id) {
    std::string key = single_key(kind);
    append_big_endian(key, id, 4);
    return key;
}

std::string name_key(KeyKind kind, std::string_view name) {
    std::string key = single_key(kind);
    key.append(name);
    return key;
}

std::string family_key(std::string_view family, std::string_view key) {
    MAEK_CHECK(!family.empty() && family.size() <= 255, "a record family's name has 1 to 255 bytes");
    std::string out = single_key(KeyKind::kFamily);
    out.push_back(static_cast<char>(family.size()));
    out.append(family);
    out.append(key);
    return out;
}

std::string redo_key(std::uint64_t commit) {
    std::string key = single_key(KeyKind::kRedo);
    append_big_endian(key, commit, 8);
    return key;
}

std::optional<std::uint32_t> id_of_key(std::string_view key) {
    if (key.size() != 5) return std::nullopt;
    return static_cast<std::uint32_t>(big_endian(key.substr(1)));
}

std::optional<std::uint64_t> commit_of_redo_key(std::string_view key) {
    if (key.size() != 9) return std::nullopt;
    return big_endian(key.substr(1));
}

std::optional<FamilyKey> parse_family_key(std::string_view key) {
    if (key.size() < 3) return std::nullopt;
    const auto length = static_cast<std::uint8_t>(key[1]);
    if (length == 0 || key.size() < 2u + length) return std::nullopt;
    return FamilyKey{key.substr(2, length), key.substr(2u + length)};
}

bool is_content_key(std::string_view key) {
    if (key.empty()) return false;
    const auto kind = static_cast<KeyKind>(key.front());
    return kind != KeyKind::kRedo && kind != KeyKind::kState && kind != KeyKind::kIdentity;
}

}  // namespace maek::storage
