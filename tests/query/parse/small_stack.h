// Runs a piece of code in a thread of 512 KiB, the smallest stack that the query room promises to
// be safe on, and says how much processor time it took.
#pragma once

#include <pthread.h>
#include <time.h>

#include <functional>

namespace maek::query {

// Processor time that a running thread has used.
inline double thread_seconds(pthread_t thread) {
    clockid_t clock{};
    timespec used{};
    if (pthread_getcpuclockid(thread, &clock) != 0 || clock_gettime(clock, &used) != 0) return 0;
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
}

inline double seconds_on_small_stack(std::function<void()> work) {
    std::size_t bytes = 512 * 1024;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    bytes *= 8;  // instrumented frames are several times larger
#endif
    struct Call {
        std::function<void()> work;
        double seconds = -1;
    } call{std::move(work)};
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, bytes);
    pthread_t thread;
    const auto body = [](void* argument) -> void* {
        auto* const mine = static_cast<Call*>(argument);
        mine->work();
        timespec used{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
        mine->seconds = static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
        return nullptr;
    };
    if (pthread_create(&thread, &attributes, body, &call) != 0) return -1;
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
    return call.seconds;
}

}  // namespace maek::query
