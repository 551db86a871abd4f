// Room: extract, inner. Numbers to and from the bytes of a model file, little-endian as the machine has them.
#pragma once

#include <cstring>
#include <string>
#include <string_view>

namespace maek::extract {

template <class T>
void put(std::string& out, T value) {
    char bytes[sizeof(T)];
    std::memcpy(bytes, &value, sizeof(T));
    out.append(bytes, sizeof(T));
}

// Takes the first bytes off; false when there are too few.
template <class T>
bool take(std::string_view& bytes, T& value) {
    if (bytes.size() < sizeof(T)) return false;
    std::memcpy(&value, bytes.data(), sizeof(T));
    bytes.remove_prefix(sizeof(T));
    return true;
}

}  // namespace maek::extract
