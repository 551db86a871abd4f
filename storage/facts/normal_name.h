// Room: storage, inner (facts). When two spellings are one name. Only what writing habits vary is
// levelled: case, composition, width, spaces within Korean, kinds of middle dots and quotation
// marks, the mark of a stock company. Names that merely look alike stay different.
// Tests: tests/storage/normal_name_test.cpp.
#pragma once

#include <string>
#include <string_view>

namespace maek::storage {

// Empty for a name of nothing but marks. type: "Company" drops (주), 주식회사, Inc. and the like.
std::string normal_name(std::string_view type, std::string_view name);

// Whether a spelling carries enough to identify by itself: two code points or more.
bool can_identify(std::string_view normal);

}  // namespace maek::storage
