// What cpprestsdk's pool still has to do about a request that was given up is lost when the process
// ends, and the leak sanitizer sees the memory: so the process ends only once the pool is at rest.
#include <boost/test/unit_test.hpp>
#include <pplx/threadpool.h>

#include <barrier>
#include <filesystem>
#include <iterator>
#include <memory>

namespace {

constexpr int pool_threads = 40;  // cpprestsdk's number, where nobody asked for another
// Each piece of work may start another one; no request's end has more than five in a row.
constexpr int rounds = 8;

int threads_of_process() {
  const std::filesystem::directory_iterator threads("/proc/self/task");
  return static_cast<int>(std::distance(begin(threads), end(threads)));
}

struct PoolAtRest {
  ~PoolAtRest() {
    // No pool, or one of another size, which only the suite `trust` has.
    if (threads_of_process() <= pool_threads) return;
    for (int round = 0; round < rounds; ++round) {
      // A thread that arrives here has ended whatever it did before.
      const auto all = std::make_shared<std::barrier<>>(pool_threads + 1);
      for (int i = 0; i < pool_threads; ++i)
        crossplat::threadpool::shared_instance().service().post([all] { all->arrive_and_wait(); });
      all->arrive_and_wait();
    }
  }
};

}  // namespace

BOOST_TEST_GLOBAL_FIXTURE(PoolAtRest);
