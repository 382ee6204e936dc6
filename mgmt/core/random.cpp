#include "akv/mgmt/core/random.hpp"

#include <atomic>
#include <random>
#include <string_view>

namespace akv {
namespace {

// SplitMix64 is a counter with a mixing function, so that a shared generator is one atomic add.
constexpr std::uint64_t step = 0x9e3779b97f4a7c15;

std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

std::uint64_t device_seed() {
  std::random_device device;
  return (static_cast<std::uint64_t>(device()) << 32) | device();
}

class SystemRandom final : public RandomSource {
 public:
  std::uint64_t next() override { return mix(state_.fetch_add(step, std::memory_order_relaxed)); }

 private:
  std::atomic<std::uint64_t> state_{device_seed()};
};

constexpr bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

constexpr bool is_dash_at(std::size_t i) { return i == 8 || i == 13 || i == 18 || i == 23; }

}  // namespace

RandomSource& system_random() {
  // Never destroyed: a worker may still draw from it while statics are torn down.
  static SystemRandom* const random = new SystemRandom;
  return *random;
}

std::uint64_t SeededRandom::next() { return mix(state_ += step); }

std::string new_uuid(RandomSource& random) {
  std::uint64_t high = random.next();
  std::uint64_t low = random.next();
  high = (high & ~std::uint64_t{0xf000}) | 0x4000;                     // version 4
  low = (low & ~(std::uint64_t{3} << 62)) | (std::uint64_t{2} << 62);  // variant 1
  std::string text(36, '-');
  std::size_t nibble = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_dash_at(i)) continue;
    const std::uint64_t half = nibble < 16 ? high : low;
    text[i] = "0123456789abcdef"[(half >> (60 - 4 * (nibble % 16))) & 0xf];
    ++nibble;
  }
  return text;
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (is_dash_at(i) ? text[i] != '-' : !is_hex(text[i])) return false;
  return true;
}

}  // namespace akv
