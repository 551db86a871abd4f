#include "schema/result.h"

namespace maek {

std::string Error::text() const {
    std::string out = where.file;
    if (where.line != 0) {
        if (!out.empty()) out += ':';
        out += std::to_string(where.line);
        if (where.column != 0) out += ':' + std::to_string(where.column);
    }
    if (!out.empty()) out += ": ";
    return out + message;
}

}  // namespace maek
