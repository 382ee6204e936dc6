/// Several independent reads at a time.
#pragma once
#include "akv/mgmt/core/async.hpp"

#include <algorithm>
#include <cstddef>
#include <future>
#include <stop_token>
#include <type_traits>
#include <vector>

namespace akv::kinds {

/// At most this many; the program's transport may let fewer pass.
inline constexpr std::size_t reads_at_once = 16;

/// `read(i)` for every i below `n`, on threads of its own where there is more than one; the results
/// in order. `read` is called from several threads. Throws the first, by i, of what they throw,
/// once those under way have ended; the others are not begun then.
template <class Read>
auto at_once(std::size_t n, const Read& read) {
  using Result = std::invoke_result_t<const Read&, std::size_t>;
  std::vector<Result> results;
  results.reserve(n);
  if (n == 1) results.push_back(read(0));
  if (n < 2) return results;
  std::vector<std::future<Result>> coming;
  coming.reserve(n);
  ThreadPool pool(std::min(n, reads_at_once));  // Last: it waits for what uses `read`.
  for (std::size_t i = 0; i < n; ++i)
    coming.push_back(async(pool, std::stop_token(), [&read, i] { return read(i); }));
  for (std::future<Result>& result : coming) results.push_back(result.get());
  return results;
}

}  // namespace akv::kinds
