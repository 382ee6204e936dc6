/// A log sink that keeps its lines.
#pragma once
#include "akv/mgmt/core/log.hpp"

#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace akv::test {

class MemorySink final : public LogSink {
 public:
  void write(LogLevel level, std::string_view line) override {
    std::lock_guard lock(mutex_);
    lines_.emplace_back(level, line);
  }
  std::vector<std::pair<LogLevel, std::string>> lines() const {
    std::lock_guard lock(mutex_);
    return lines_;
  }
  /// All lines, each with a line feed at its end.
  std::string text() const {
    std::string all;
    for (const auto& [level, line] : lines()) all += line + '\n';
    return all;
  }

 private:
  mutable std::mutex mutex_;  // guards lines_
  std::vector<std::pair<LogLevel, std::string>> lines_;
};

}  // namespace akv::test
