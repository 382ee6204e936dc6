/// What the program is given from outside, taken once in main. Tests give their own.
#pragma once
#include "akv/mgmt/core/clock.hpp"

#include <functional>
#include <map>
#include <optional>
#include <ostream>
#include <stop_token>
#include <string>
#include <string_view>

namespace akv::cli {

/// SIGINT, SIGTERM and SIGHUP as the commands see them.
struct Interrupts {
  std::stop_token first{};   ///< Begin nothing more.
  std::stop_token second{};  ///< Do not wait for what is in flight.
  /// The number of the first signal, 0 before it.
  std::function<int()> signal = [] { return 0; };
};

/// A snapshot; nothing reads the process's environment later.
struct Environment {
  std::map<std::string, std::string, std::less<>> variables{};
  const Clock* clock = &system_clock();  ///< Must outlive run().
  Interrupts interrupts{};
  long process_id = 0;

  /// An empty variable counts as not set.
  std::optional<std::string> get(std::string_view name) const;
};

/// The three streams. `out` and `err` must outlive run(); a write that fails (a closed pipe) is
/// ignored, so that no reader can stop what is being done.
struct Streams {
  std::ostream& out;
  std::ostream& err;
  /// All of standard input, at most `limit` bytes of it; what there was so far after a stop
  /// request.
  std::function<std::string(std::size_t limit, const std::stop_token& stop)> read_all;
  /// One line without its end; nullopt at the end of input or after a stop request.
  std::function<std::optional<std::string>(const std::stop_token& stop)> read_line;
  bool in_is_terminal = false, out_is_terminal = false, err_is_terminal = false;
  std::size_t width = 100;  ///< Columns of the report.
};

}  // namespace akv::cli
