// Room: storage, inner. Bytes out and bytes in: the primitives all records are made of.
// Numbers are variable-length (7 bits a byte, low first) unless the name says otherwise. A reader
// never looks past its end: the first impossible read makes it fail, and it stays failed.
// Tests: tests/storage/codec_test.cpp.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace maek::storage {

class ByteWriter {
public:
    explicit ByteWriter(std::string& out) : out_(out) {}

    void byte(std::uint8_t v) { out_.push_back(static_cast<char>(v)); }
    void varint(std::uint64_t v) {
        while (v >= 0x80) {
            byte(static_cast<std::uint8_t>(v | 0x80));
            v >>= 7;
        }
        byte(static_cast<std::uint8_t>(v));
    }
    // Small magnitudes of either sign stay short.
    void zigzag(std::int64_t v) {
        varint((static_cast<std::uint64_t>(v) << 1) ^ static_cast<std::uint64_t>(v >> 63));
    }
    void fixed32(std::uint32_t v) { raw_le(v, 4); }  // little endian
    void fixed64(std::uint64_t v) { raw_le(v, 8); }
    void floating(double v) {
        std::uint64_t bits;
        std::memcpy(&bits, &v, sizeof bits);
        fixed64(bits);
    }
    void text(std::string_view v) {  // length, then bytes
        varint(v.size());
        out_.append(v);
    }

private:
    void raw_le(std::uint64_t v, int bytes) {
        for (int i = 0; i < bytes; ++i) byte(static_cast<std::uint8_t>(v >> (8 * i)));
    }
    std::string& out_;
};

class ByteReader {
public:
    explicit ByteReader(std::string_view in) : in_(in) {}

    bool failed() const { return failed_; }
    std::size_t left() const { return in_.size(); }
    // Everything read, and nothing impossible.
    bool finished() const { return !failed_ && in_.empty(); }
    void fail() { failed_ = true; }

    std::uint8_t byte() {
        if (!take(1)) return 0;
        const auto v = static_cast<std::uint8_t>(in_.front());
        in_.remove_prefix(1);
        return v;
    }
    std::uint64_t varint();
    std::int64_t zigzag() {
        const std::uint64_t v = varint();
        return static_cast<std::int64_t>(v >> 1) ^ -static_cast<std::int64_t>(v & 1);
    }
    std::uint32_t varint32() {
        const std::uint64_t v = varint();
        if (v > 0xFFFFFFFFu) failed_ = true;
        return static_cast<std::uint32_t>(v);
    }
    std::uint32_t fixed32() { return static_cast<std::uint32_t>(raw_le(4)); }
    std::uint64_t fixed64() { return raw_le(8); }
    double floating() {
        const std::uint64_t bits = fixed64();
        double v;
        std::memcpy(&v, &bits, sizeof v);
        return v;
    }
    std::string_view text() { return bytes(varint()); }
    std::string_view bytes(std::uint64_t count) {
        if (!take(count)) return {};
        const std::string_view v = in_.substr(0, count);
        in_.remove_prefix(count);
        return v;
    }
    // A count of things that take at least min_bytes each: fails when they cannot fit, so that a
    // damaged count never makes the caller reserve gigabytes.
    std::uint64_t count(std::size_t min_bytes = 1) {
        const std::uint64_t n = varint();
        if (min_bytes > 0 && n > in_.size() / min_bytes) failed_ = true;
        return failed_ ? 0 : n;
    }

private:
    bool take(std::uint64_t bytes) {
        if (bytes > in_.size()) failed_ = true;
        return !failed_;
    }
    std::uint64_t raw_le(int bytes) {
        if (!take(static_cast<std::uint64_t>(bytes))) return 0;
        std::uint64_t v = 0;
        for (int i = 0; i < bytes; ++i)
            v |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(in_[static_cast<std::size_t>(i)]))
                 << (8 * i);
        in_.remove_prefix(static_cast<std::size_t>(bytes));
        return v;
    }
    std::string_view in_;
    bool failed_ = false;
};

// XXH3, 64 bit. The check sum of everything we write ourselves.
std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0);

}  // namespace maek::storage
