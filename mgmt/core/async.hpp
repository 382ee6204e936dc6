/// Calls on other threads: the one asynchronous form that the clients have.
///
///     ThreadPool pool(8);
///     std::stop_source stop;
///     auto call = [client](std::stop_token token) {
///       return client.vaults().get("rg-dev", "kv-dev", {.context = {.stop = token}});
///     };
///     std::future<Vault> vault = akv::async(pool, stop.get_token(), call);
///     std::cout << vault.get().name;
///
/// Every operation of every client can be called this way; the clients themselves start no thread.
#pragma once
#include "akv/mgmt/core/errors.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace akv {

/// Where asynchronous calls run: ThreadPool, or a program's own threads behind this interface.
/// Do not put cpprestsdk's pool behind it: a call that waits there keeps its own answer from
/// arriving, and enough of them stop the process for good.
class Executor {
 public:
  virtual ~Executor() = default;
  /// Runs `task` once, on any thread, or destroys it without running it: its future then holds a
  /// CancelledError. A task of akv::async never throws. Called from any thread.
  virtual void execute(std::function<void()> task) = 0;
};

/// A fixed number of threads that take tasks in the order of arrival. The queue has no limit of its
/// own: how much is waiting is for the program to decide.
class ThreadPool final : public Executor {
 public:
  /// At least one thread. Throws std::system_error where the system has none left.
  explicit ThreadPool(std::size_t threads);
  /// Drops what has not begun (those futures hold CancelledError) and waits for what has; request
  /// a stop of it first where that may take long. Not to be run by one of the pool's own tasks.
  ~ThreadPool() override;
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  void execute(std::function<void()> task) override;

 private:
  void work(const std::stop_token& closing);

  std::mutex mutex_;  // guards tasks_
  std::condition_variable_any changed_;
  std::deque<std::function<void()>> tasks_;
  std::vector<std::jthread> threads_;  // last: they end before what they use does
};

namespace detail {

/// One call and the promise of its result, kept by the task that an executor holds.
template <class T, class Callable>
class AsyncCall {
 public:
  AsyncCall(Callable callable, std::stop_token stop)
      : callable_(std::move(callable)), stop_(std::move(stop)) {}
  AsyncCall(const AsyncCall&) = delete;
  AsyncCall& operator=(const AsyncCall&) = delete;
  ~AsyncCall() {
    if (callable_) cancel("the executor ended before the call began");
  }

  std::future<T> future() { return promise_.get_future(); }

  /// What the callable holds is gone before anybody sees the result.
  void run() {
    if (stop_.stop_requested()) return cancel("stopped on request before the call began");
    std::exception_ptr thrown;
    try {
      if constexpr (std::is_void_v<T>) {
        call(take());
        promise_.set_value();
      } else {
        T result = call(take());
        promise_.set_value(std::forward<T>(result));
      }
    } catch (...) {
      thrown = std::current_exception();
    }
    if (thrown) promise_.set_exception(std::move(thrown));
  }

 private:
  Callable take() {
    Callable callable = std::move(*callable_);
    callable_.reset();
    return callable;
  }
  T call(Callable callable) {
    if constexpr (std::is_invocable_v<Callable, std::stop_token>)
      return std::invoke(std::move(callable), stop_);
    else
      return std::invoke(std::move(callable));
  }
  void cancel(const char* why) {
    callable_.reset();
    promise_.set_exception(
        std::make_exception_ptr(CancelledError({.message = why, .attempts = 0})));
  }

  std::optional<Callable> callable_;  // empty once it has begun or was given up
  std::stop_token stop_;
  std::promise<T> promise_;
};

template <class Callable>
auto async_result() {
  if constexpr (std::is_invocable_v<Callable, std::stop_token>)
    return std::type_identity<std::invoke_result_t<Callable, std::stop_token>>();
  else
    return std::type_identity<std::invoke_result_t<Callable>>();
}

}  // namespace detail

/// Calls `callable(stop)`, or `callable()` where it takes nothing, on a thread of `executor`. The
/// future holds what it returns or throws; it holds CancelledError, and the callable was not
/// called, when a stop was requested before its turn or the executor ended first. A call under way
/// is stopped by what it does with the token: put it into CallOptions::context.
///
/// `executor` must outlive the call of this function only; the future never waits in its
/// destructor. Throws what `executor.execute` throws.
template <class F>
auto async(Executor& executor, std::stop_token stop, F&& callable) {
  using Callable = std::decay_t<F>;
  using T = typename decltype(detail::async_result<Callable>())::type;
  auto call =
      std::make_shared<detail::AsyncCall<T, Callable>>(std::forward<F>(callable), std::move(stop));
  std::future<T> future = call->future();
  executor.execute([call = std::move(call)] { call->run(); });
  return future;
}

}  // namespace akv
