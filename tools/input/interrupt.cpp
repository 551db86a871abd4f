#include "tools/input/interrupt.h"

#include <csignal>
#include <unistd.h>

#include "tools/options.h"

namespace maek::tools {
namespace {

std::atomic<bool> flag{false};
static_assert(std::atomic<bool>::is_always_lock_free);

void on_signal(int) {
    if (flag.exchange(true)) _exit(kInterrupted);
}

}  // namespace

void catch_interrupts() {
    struct sigaction action {};
    action.sa_handler = on_signal;
    sigemptyset(&action.sa_mask);
    action.sa_flags = 0;  // no SA_RESTART: a blocked read returns so that the flag is seen
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

const std::atomic<bool>& interrupted() { return flag; }
void clear_interrupt() { flag = false; }

}  // namespace maek::tools
