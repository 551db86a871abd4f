// Room: query, doorway. Values as people and other programs read them: to_text(), to_literal(),
// format_float().
#pragma once

#include "query/eval/render.h"  // IWYU pragma: export
