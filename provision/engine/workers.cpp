#include "akv/provision/engine/detail/workers.hpp"

#include <utility>

namespace akv::engine::detail {

Workers::~Workers() {
  {
    std::lock_guard lock(mutex_);
    ending_ = true;
    jobs_.clear();
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Workers::start(std::function<void()> job) {
  bool one_more = false;
  {
    std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
    one_more = jobs_.size() > idle_ && threads_.size() < most_;
  }
  if (one_more)
    threads_.emplace_back([this] { work(); });
  else
    wake_.notify_one();
}

void Workers::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    ++idle_;
    wake_.wait(lock, [this] { return ending_ || !jobs_.empty(); });
    --idle_;
    if (jobs_.empty()) return;
    auto job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    job();
    job = nullptr;  // What it holds ends here, not while the next one waits.
    lock.lock();
  }
}

}  // namespace akv::engine::detail
