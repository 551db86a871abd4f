// Room: storage, inner. The keys of the one column family. The first byte says the kind; numbers
// follow big endian, so that byte order is number order. Tests: tests/storage/codec_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace maek::storage {

// Part of the format: never change.
enum class KeyKind : char {
    kNode = 'N',          // + id, 4 bytes
    kRelationship = 'R',  // + id, 4 bytes
    kLabel = 'L',         // + id, 4 bytes: its name
    kType = 'T',
    kPropertyKey = 'K',
    kIndex = 'I',       // + name
    kConstraint = 'C',  // + name
    kFamily = 'F',      // + length of the family's name (1 byte) + family + key
    kRedo = 'J',        // + commit number, 8 bytes: ids the commit touched
    kState = 'S',       // the last commit: number, chain, sums, counts
    kIdentity = 'A',    // store id and format version
};

std::string id_key(KeyKind kind, std::uint32_t id);
std::string name_key(KeyKind kind, std::string_view name);
// Requires: 1 to 255 bytes of family name.
std::string family_key(std::string_view family, std::string_view key);
std::string redo_key(std::uint64_t commit);
std::string single_key(KeyKind kind);  // kState, kIdentity, or a kind's prefix

// nullopt when the key is not of that form.
std::optional<std::uint32_t> id_of_key(std::string_view key);
std::optional<std::uint64_t> commit_of_redo_key(std::string_view key);
struct FamilyKey {
    std::string_view family, key;
};
std::optional<FamilyKey> parse_family_key(std::string_view key);
// Whether the record counts into the content sum: all but redo, state and identity.
bool is_content_key(std::string_view key);

}  // namespace maek::storage
