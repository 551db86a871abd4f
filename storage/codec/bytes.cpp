#include "storage/codec/bytes.h"

#include <xxhash.h>

namespace maek::storage {

std::uint64_t ByteReader::varint() {
    std::uint64_t v = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        const std::uint8_t b = byte();
        if (failed_) return 0;
        // The tenth byte holds one bit; more would be cut off silently.
        if (shift == 63 && b > 1) break;
        v |= static_cast<std::uint64_t>(b & 0x7F) << shift;
        if (b < 0x80) return v;
    }
    failed_ = true;
    return 0;
}

std::uint64_t hash64(std::string_view bytes, std::uint64_t seed) {
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

}  // namespace maek::storage
