/// Threads that carry jobs, made when there is one more job than idle threads.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace akv::engine::detail {

/// One thread hands out jobs; they must not throw. The destructor drops jobs that no thread has
/// taken, and waits for the others.
class Workers {
 public:
  explicit Workers(std::size_t most) : most_(most) {}
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  void start(std::function<void()> job);
  std::size_t threads() const { return threads_.size(); }

 private:
  void work();

  const std::size_t most_;
  std::vector<std::thread> threads_;  // Of the thread that hands out.
  // mutex_ guards all below.
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> jobs_;
  std::size_t idle_ = 0;
  bool ending_ = false;
};

}  // namespace akv::engine::detail
