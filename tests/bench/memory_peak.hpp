/// How much memory a piece of work adds to the process at its peak.
#pragma once
#include <fstream>
#include <string>

namespace akv::bench {

class MemoryPeak {
 public:
  /// Begins now: forgets earlier peaks (Linux: clear_refs).
  MemoryPeak() {
    std::ofstream("/proc/self/clear_refs") << 5;
    start_ = kilobytes("VmRSS:");
  }
  double megabytes() const { return static_cast<double>(kilobytes("VmHWM:") - start_) / 1024; }

 private:
  static long kilobytes(const std::string& member) {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;)
      if (long value = 0; word == member && status >> value) return value;
    return 0;
  }
  long start_ = 0;
};

}  // namespace akv::bench
