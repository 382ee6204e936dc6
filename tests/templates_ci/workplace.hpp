/// A folder in which the shell of a pipeline runs as in its CI system, with akv on the emulator and
/// stand-ins for what lies outside: `programs`.
#pragma once
#include "support/temporary_folder.hpp"
#include "templates_ci/blocks.hpp"

#include <map>
#include <string>

namespace akv::test {

class Workplace {
 public:
  /// `file` is the pipeline whose blocks run.
  explicit Workplace(std::string file);

  /// Runs the block; returns its exit code. Expressions in its environment take their values from
  /// `values`; one that has none fails the test.
  int run(const std::string& job, const std::string& name);
  /// A line of shell there, in which `akv` is on the emulator too.
  int shell(const std::string& line);

  void write(const std::string& name, const std::string& text) const;
  /// Applies a manifest from which that of the pipeline takes all access: a guard refuses its plan.
  void prepare_refusal();
  /// Empty where there is no such file.
  std::string read(const std::string& name) const;
  /// `jq FILTER FILE`, without the line feed.
  std::string query(const std::string& filter, const std::string& name);

  /// Of an expression, as it stands in the pipeline.
  std::map<std::string, std::string> values;
  /// What the CI system itself sets.
  std::map<std::string, std::string> variables;
  std::string out, err;  ///< Of the last one.
  TemporaryFolder folder;

 private:
  std::string value_of(const std::string& written) const;
  int bash(const std::string& options, const std::string& script,
           const std::map<std::string, std::string>& environment);
  const std::string file_;
};

}  // namespace akv::test
