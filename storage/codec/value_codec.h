// Room: storage, inner. A property's value as bytes and back. Deterministic: equal values (by
// Value::operator==) give equal bytes. Layout: docs/storage-format.md, "Values".
// Tests: tests/storage/codec_test.cpp.
#pragma once

#include "schema/value.h"
#include "storage/codec/bytes.h"

namespace maek::storage {

// Requires: storable (no node, relationship, path or map, at any depth).
void encode_value(ByteWriter& out, const Value& value);
// The same bytes as for a Value of that kind.
void encode_boolean(ByteWriter& out, bool value);
void encode_integer(ByteWriter& out, std::int64_t value);
void encode_floating(ByteWriter& out, double value);
void encode_string(ByteWriter& out, std::string_view value);
// Fails the reader on unknown tags, impossible numbers and nesting over Value::kMaxDepth.
Value decode_value(ByteReader& in);

}  // namespace maek::storage
