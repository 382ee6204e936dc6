/// Where a command's words go: the report to standard output, all else to standard error.
#pragma once
#include "akv/mgmt/core/log.hpp"
#include "akv/provision/cli/environment.hpp"
#include "akv/provision/cli/settings.hpp"
#include "akv/provision/report/report.hpp"

#include <memory>
#include <mutex>
#include <string_view>

namespace akv::cli {

class Output {
 public:
  /// Both must outlive it.
  Output(Streams& streams, const Environment& environment) : streams_(streams), env_(environment) {}
  /// Known only once the command line is parsed.
  void configure(const Settings& settings) { settings_ = settings; }

  void report(std::string_view text);
  /// Whether a report could not be written, and not because its reader went away.
  bool report_is_lost() const { return report_is_lost_; }
  /// Safe to use from any thread.
  void message(std::string_view text);
  /// Warnings of a manifest, each with its place: kept for the JSON document, else told at once
  /// unless --quiet.
  void warn(const std::vector<manifest::Diagnostic>& warnings);
  /// The same to a person who is about to be asked, whatever the form of the report.
  void tell(const std::vector<manifest::Diagnostic>& warnings);
  /// What the JSON document says besides its subject; what else belongs there is added to it.
  report::Aside& aside() { return aside_; }
  /// An error in the form that was asked for: JSON on standard output, else text on standard error.
  void trouble(const report::Trouble& trouble);

  report::Format format() const { return settings_.format; }
  bool json() const { return settings_.format == report::Format::json; }
  report::Style report_style() const { return style(streams_.out_is_terminal); }
  report::Style message_style() const { return style(streams_.err_is_terminal); }
  const Settings& settings() const { return settings_; }
  Streams& streams() const { return streams_; }
  /// Each request on standard error with --verbose; null without. Lives as long as this object.
  std::shared_ptr<LogSink> log_sink();

 private:
  report::Style style(bool terminal) const;

  Streams& streams_;
  const Environment& env_;
  Settings settings_;
  report::Aside aside_;
  bool report_is_lost_ = false;
  std::mutex mutex_;  // guards writing to streams_.err
};

}  // namespace akv::cli
