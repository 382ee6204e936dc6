/// Randomness, injected: jitter and request ids are reproducible in a test.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace akv {

/// Safe to use from any thread.
class RandomSource {
 public:
  virtual ~RandomSource() = default;
  virtual std::uint64_t next() = 0;
};

/// Seeded from std::random_device once; lives as long as the program. Not for keys or secrets.
RandomSource& system_random();

/// SplitMix64 from a given seed, for tests and reproducible runs.
class SeededRandom final : public RandomSource {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() override;

 private:
  std::uint64_t state_;  // owned by the one thread that uses it
};

/// A random (version 4) UUID in its usual text form, lower case.
std::string new_uuid(RandomSource& random);
/// True for 8-4-4-4-12 hexadecimal digits, in either case.
bool is_uuid(std::string_view text);

}  // namespace akv
