// Room: tools, inner. Ctrl-C as a flag that long work looks at. Tests: tests/tools/interrupt_test.cpp.
#pragma once

#include <atomic>

namespace maek::tools {

// From now on SIGINT and SIGTERM set the flag; the second one without a clear() between ends the
// process at once with 130 (a store survives that: commits are atomic).
void catch_interrupts();
const std::atomic<bool>& interrupted();
void clear_interrupt();

}  // namespace maek::tools
