// Room: tools, inner. Many threads work, one thread reads and takes the answers in the order of
// reading: so the number of threads never shows in the outcome. Never holds more than a window of
// items. Tests: tests/tools/ordered_workers_test.cpp.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace maek::tools {

template <class In, class Out>
class OrderedWorkers {
public:
    explicit OrderedWorkers(unsigned jobs) : jobs_(jobs == 0 ? 1 : jobs) {}

    // read(In&) -> false at the end; work(In&&) -> Out, from many threads; take(Out&&) -> false
    // stops. read and take run on the calling thread. False when take stopped it or `cancelled`
    // was seen; then threads may still be busy with their last item: wait() for them, or end the
    // process without.
    template <class Read, class Work, class Take>
    bool run(Read read, Work work, Take take, const std::atomic<bool>& cancelled) {
        start(work);
        bool more = true, going = true;
        while (going) {
            while (more && window_.size() < kWindow * jobs_ && going) {
                auto slot = std::make_shared<Slot>();
                more = read(slot->in);
                if (more) push(std::move(slot));
                going = !cancelled.load(std::memory_order_relaxed);
            }
            if (window_.empty() || !going) break;
            if (!front_is_done()) {
                going = !cancelled.load(std::memory_order_relaxed);
                continue;
            }
            auto slot = std::move(window_.front());
            window_.pop_front();
            going = take(std::move(slot->out)) && !cancelled.load(std::memory_order_relaxed);
        }
        {
            const std::lock_guard lock(mutex_);
            closed_ = true;
            if (!going) pending_.clear();
        }
        wake_workers_.notify_all();
        return going;
    }

    // Blocks until every thread has ended. True when that took no longer than the time given.
    bool wait(std::chrono::milliseconds limit) {
        std::unique_lock lock(mutex_);
        const bool ended = wake_reader_.wait_for(lock, limit, [&] { return busy_threads_ == 0; });
        lock.unlock();
        if (ended) {
            for (auto& thread : threads_) thread.join();
            threads_.clear();
        }
        return ended;
    }

    ~OrderedWorkers() {
        for (auto& thread : threads_) thread.join();
    }

private:
    static constexpr std::size_t kWindow = 8;  // items in flight a thread
    struct Slot {
        In in;
        Out out;
        bool done = false;
    };

    template <class Work>
    void start(Work work) {
        busy_threads_ = jobs_;
        for (unsigned i = 0; i < jobs_; ++i) {
            threads_.emplace_back([this, work] {
                while (auto slot = next()) {
                    slot->out = work(std::move(slot->in));
                    const std::lock_guard lock(mutex_);
                    slot->done = true;
                    wake_reader_.notify_one();
                }
                const std::lock_guard lock(mutex_);
                --busy_threads_;
                wake_reader_.notify_one();
            });
        }
    }

    std::shared_ptr<Slot> next() {
        std::unique_lock lock(mutex_);
        wake_workers_.wait(lock, [&] { return closed_ || !pending_.empty(); });
        if (pending_.empty()) return nullptr;
        auto slot = std::move(pending_.front());
        pending_.pop_front();
        return slot;
    }

    void push(std::shared_ptr<Slot> slot) {
        {
            const std::lock_guard lock(mutex_);
            pending_.push_back(slot);
        }
        window_.push_back(std::move(slot));
        wake_workers_.notify_one();
    }

    // Waits a little; short enough for Ctrl-C to be felt at once.
    bool front_is_done() {
        std::unique_lock lock(mutex_);
        return wake_reader_.wait_for(lock, std::chrono::milliseconds(20),
                                     [&] { return window_.front()->done; });
    }

    const unsigned jobs_;
    std::vector<std::thread> threads_;
    std::deque<std::shared_ptr<Slot>> window_;   // only the calling thread
    std::mutex mutex_;
    std::condition_variable wake_workers_, wake_reader_;
    std::deque<std::shared_ptr<Slot>> pending_;  // not begun yet
    bool closed_ = false;
    unsigned busy_threads_ = 0;
};

}  // namespace maek::tools
