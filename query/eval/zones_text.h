// Room: query, inner. The content of schema/tz/zones.txt, built into the program: no file to find,
// nothing that can be missing. Only for time_zone.cpp.
#pragma once

#include <string_view>

namespace maek::query {

std::string_view zones_text();

}  // namespace maek::query
