// Room: extract, inner. The second look, over the whole article: the same name has one type, and a name
// of which the model was never sure enough is dropped. How sure is enough was found on folds, by type.
// Tests: tests/extract/mention/select_test.cpp.
#pragma once

#include <array>

#include "extract/document.h"

namespace maek::extract {

// The surest mention of a name must reach this for its type.
using Thresholds = std::array<float, kEntityTypes + 1>;
extern const Thresholds kThresholds;

void agree_types(Document& document);
void drop_unsure(Document& document, const Thresholds& thresholds = kThresholds);

}  // namespace maek::extract
