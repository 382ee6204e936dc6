/// How an answer travels: at once and whole, unless a fault says otherwise.
#pragma once
#include <chrono>
#include <cstddef>
#include <optional>

namespace akv::emulator {

struct Delivery {
  /// Before the first byte of the answer.
  std::chrono::milliseconds delay{0};
  /// The connection is reset, and no answer comes.
  bool reset = false;
  /// So many bytes of the body, then the connection ends, whatever Content-Length promised.
  std::optional<std::size_t> truncate_after{};
  /// The body drips at this rate; 0: as fast as it goes.
  std::size_t bytes_per_second = 0;

  bool is_plain() const {
    return delay.count() == 0 && !reset && !truncate_after && bytes_per_second == 0;
  }
};

}  // namespace akv::emulator
