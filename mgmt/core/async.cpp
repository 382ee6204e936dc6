#include "akv/mgmt/core/async.hpp"

#include <algorithm>

namespace akv {

ThreadPool::ThreadPool(std::size_t threads) {
  for (std::size_t i = 0; i < std::max<std::size_t>(threads, 1); ++i)
    threads_.emplace_back([this](const std::stop_token& closing) { work(closing); });
}

ThreadPool::~ThreadPool() {
  for (std::jthread& thread : threads_) thread.request_stop();
  // Destroyed without the lock: what a task holds may do anything when it dies.
  std::deque<std::function<void()>> dropped;
  {
    std::lock_guard lock(mutex_);
    dropped.swap(tasks_);
  }
}

void ThreadPool::execute(std::function<void()> task) {
  {
    std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
  }
  changed_.notify_one();
}

void ThreadPool::work(const std::stop_token& closing) {
  for (;;) {
    std::function<void()> task;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, closing, [this] { return !tasks_.empty(); });
      // Also when there is one: it came from a task that ran while the pool was closing.
      if (closing.stop_requested()) return;
      task = std::move(tasks_.front());
      tasks_.pop_front();
    }
    task();
  }
}

}  // namespace akv
