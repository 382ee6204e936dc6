/// Where log lines go. Nothing is logged unless a sink is given.
#pragma once
#include <string_view>

namespace akv {

enum class LogLevel { debug, info, warning, error };

/// Called from any thread; an implementation locks for itself. Lines hold no secrets: everything
/// that reaches a sink went through akv::redact.
class LogSink {
 public:
  virtual ~LogSink() = default;
  virtual void write(LogLevel level, std::string_view line) = 0;
};

}  // namespace akv
