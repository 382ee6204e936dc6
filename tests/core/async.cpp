#include "akv/mgmt/core/async.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <latch>
#include <stdexcept>
#include <string>

using namespace akv;

namespace {

std::string message_of(std::future<int>& future) {
  try {
    return "returned " + std::to_string(future.get());
  } catch (const CancelledError& error) {
    return error.info().message;
  }
}

/// Keeps what it is given until a test runs or drops it.
struct HandExecutor final : Executor {
  std::vector<std::function<void()>> tasks;
  void execute(std::function<void()> task) override { tasks.push_back(std::move(task)); }
};

struct FullExecutor final : Executor {
  void execute(std::function<void()>) override { throw std::length_error("full"); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(async)

BOOST_AUTO_TEST_CASE(the_result_arrives_in_the_future) {
  ThreadPool pool(2);
  BOOST_TEST(akv::async(pool, {}, [] { return 7; }).get() == 7);
  akv::async(pool, {}, [] {}).get();
  int here = 1;
  int& same = akv::async(pool, {}, [&here]() -> int& { return here; }).get();
  BOOST_TEST(&same == &here);
  const auto owned = akv::async(pool, {}, [value = std::make_unique<int>(5)]() mutable {
                       return std::move(value);
                     }).get();
  BOOST_TEST(*owned == 5);
}

BOOST_AUTO_TEST_CASE(an_exception_arrives_in_the_future_whatever_it_is) {
  ThreadPool pool(1);
  auto missing =
      akv::async(pool, {}, []() -> int { throw NotFoundError({.code = "ResourceNotFound"}); });
  BOOST_CHECK_EXCEPTION(missing.get(), NotFoundError, [](const NotFoundError& error) {
    return error.info().code == "ResourceNotFound";
  });
  BOOST_CHECK_THROW(akv::async(pool, {}, [] { throw 3; }).get(), int);
  BOOST_TEST(akv::async(pool, {}, [] { return 1; }).get() == 1);
}

BOOST_AUTO_TEST_CASE(runs_on_the_pools_threads_and_as_many_at_a_time) {
  ThreadPool pool(3);
  std::latch together(3);
  std::vector<std::future<std::thread::id>> futures;
  for (int i = 0; i < 3; ++i)
    futures.push_back(akv::async(pool, {}, [&] {
      together.arrive_and_wait();  // never, unless all three are under way
      return std::this_thread::get_id();
    }));
  for (auto& future : futures) BOOST_TEST((future.get() != std::this_thread::get_id()));
}

BOOST_AUTO_TEST_CASE(a_pool_of_no_threads_has_one) {
  ThreadPool pool(0);
  BOOST_TEST(akv::async(pool, {}, [] { return 7; }).get() == 7);
}

BOOST_AUTO_TEST_CASE(the_callable_gets_the_stop_token_where_it_takes_one) {
  ThreadPool pool(1);
  std::stop_source stop;
  std::latch begun(1);
  auto future = akv::async(pool, stop.get_token(), [&](const std::stop_token& token) {
    begun.count_down();
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait(lock, token, [] { return false; });
    return 7;
  });
  begun.wait();
  stop.request_stop();
  // What has begun decides for itself.
  BOOST_TEST(future.get() == 7);
}

BOOST_AUTO_TEST_CASE(a_stop_before_its_turn_keeps_the_call_from_being_made) {
  HandExecutor executor;
  std::stop_source stop;
  bool called = false;
  auto future = akv::async(executor, stop.get_token(), [&] {
    called = true;
    return 1;
  });
  stop.request_stop();
  executor.tasks.at(0)();
  BOOST_TEST(message_of(future) == "stopped on request before the call began");
  BOOST_TEST(!called);
}

BOOST_AUTO_TEST_CASE(a_task_that_is_dropped_is_a_cancellation) {
  HandExecutor executor;
  auto future = akv::async(executor, {}, [] { return 1; });
  executor.tasks.clear();
  BOOST_TEST(message_of(future) == "the executor ended before the call began");
}

BOOST_AUTO_TEST_CASE(what_is_queued_when_the_pool_ends_is_cancelled_and_what_runs_is_waited_for) {
  std::atomic<int> called{0};
  std::stop_source stop;
  std::latch begun(1);
  std::future<int> running;
  std::vector<std::future<int>> queued;
  {
    ThreadPool pool(1);
    running = akv::async(pool, stop.get_token(), [&](const std::stop_token& token) {
      begun.count_down();
      std::mutex mutex;
      std::condition_variable_any wake;
      std::unique_lock lock(mutex);
      wake.wait(lock, token, [] { return false; });
      // The pool is closing: nothing that comes now is begun.
      queued.push_back(akv::async(pool, {}, [&] { return ++called; }));
      return 7;
    });
    begun.wait();
    for (int i = 0; i < 10; ++i)
      queued.push_back(akv::async(pool, {}, [&] { return ++called; }));
    // The last one to be dropped lets the running one go on.
    queued.push_back(akv::async(
        pool, {},
        [&called, guard = std::shared_ptr<void>(nullptr, [&](void*) { stop.request_stop(); })] {
          return ++called;
        }));
  }
  BOOST_TEST(running.get() == 7);
  BOOST_TEST(queued.size() == 12u);
  for (auto& future : queued)
    BOOST_TEST(message_of(future) == "the executor ended before the call began");
  BOOST_TEST(called == 0);
}

BOOST_AUTO_TEST_CASE(what_the_callable_holds_is_gone_when_the_result_is_there) {
  ThreadPool pool(1);
  auto held = std::make_shared<int>(1);
  const std::weak_ptr<int> watch = held;
  akv::async(pool, {}, [held = std::move(held)] { return *held; }).get();
  BOOST_TEST(watch.expired());
}

BOOST_AUTO_TEST_CASE(an_executor_that_refuses_says_so_to_the_caller) {
  FullExecutor executor;
  BOOST_CHECK_THROW(akv::async(executor, {}, [] {}), std::length_error);
}

BOOST_AUTO_TEST_CASE(many_calls_from_many_threads_are_each_made_once) {
  std::atomic<int> calls{0};
  ThreadPool pool(4);
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      std::vector<std::future<int>> futures;
      for (int i = 0; i < 200; ++i)
        futures.push_back(akv::async(pool, {}, [&calls, i] { return ++calls, i; }));
      for (int i = 0; i < 200; ++i) {
        // Not BOOST_TEST: it is not for many threads.
        if (futures[static_cast<std::size_t>(i)].get() != i) std::abort();
      }
    });
  threads.clear();
  BOOST_TEST(calls == 800);
}

BOOST_AUTO_TEST_SUITE_END()
