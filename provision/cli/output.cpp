#include "akv/provision/cli/output.hpp"

#include "akv/provision/report/detail/layout.hpp"

#include <cerrno>
#include <system_error>

namespace akv::cli {
namespace {

class MessageLog final : public LogSink {
 public:
  explicit MessageLog(Output& output) : output_(output) {}
  void write(LogLevel, std::string_view line) override {
    output_.message(std::string(line) + "\n");
  }

 private:
  Output& output_;  // main's; outlives every client
};

}  // namespace

void Output::report(std::string_view text) {
  errno = 0;
  streams_.out << text;
  streams_.out.flush();
  const int fault = streams_.out.fail() ? errno : 0;
  // Whatever became of it must not stop the work. A reader that went away knows that it did.
  streams_.out.clear();
  if (fault == 0 || fault == EPIPE) return;
  report_is_lost_ = true;
  message("akv: the report could not be written: " +
          std::error_code(fault, std::generic_category()).message() + "\n");
}

void Output::message(std::string_view text) {
  std::lock_guard lock(mutex_);
  streams_.err << text;
  streams_.err.flush();
  streams_.err.clear();
}

void Output::warn(const std::vector<manifest::Diagnostic>& warnings) {
  if (json()) {
    aside_.diagnostics.insert(aside_.diagnostics.end(), warnings.begin(), warnings.end());
    return;
  }
  if (!settings_.quiet) tell(warnings);
}

void Output::tell(const std::vector<manifest::Diagnostic>& warnings) {
  for (const manifest::Diagnostic& warning : warnings)
    message(report::printable(manifest::to_string(warning)) + "\n");
}

void Output::trouble(const report::Trouble& trouble) {
  if (json())
    report(report::trouble_json(trouble, aside_));
  else
    message(report::trouble_text(trouble));
}

std::shared_ptr<LogSink> Output::log_sink() {
  if (!settings_.verbose) return nullptr;
  return std::make_shared<MessageLog>(*this);
}

report::Style Output::style(bool terminal) const {
  report::Style style;
  style.quiet = settings_.quiet;
  style.verbose = settings_.verbose;
  style.width = streams_.width;
  const bool wanted = terminal && !env_.get("NO_COLOR") && env_.get("TERM").value_or("") != "dumb";
  style.color = settings_.color == Color::always || (settings_.color == Color::automatic && wanted);
  return style;
}

}  // namespace akv::cli
