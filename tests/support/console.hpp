/// The program in process: streams, environment, clock and folder of the test's own.
#pragma once
#include "akv/mgmt/json/document.hpp"
#include "akv/provision/cli/run.hpp"
#include "support/fake_clock.hpp"
#include "support/temporary_folder.hpp"

#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace akv::test {

/// A manifest of one group and one vault with one policy.
inline std::string small_manifest(const std::string& secrets = "[all]",
                                  const std::string& deployment = "quickstart") {
  return "apiVersion: akv/v1\n"
         "deployment: " +
         deployment +
         "\n"
         "principals:\n"
         "  app: 1b2c0000-0000-4000-8000-000000000001\n"
         "resourceGroups:\n"
         "  - name: rg-quickstart\n"
         "    location: eastus\n"
         "    vaults:\n"
         "      - name: kv-quickstart\n"
         "        sku: standard\n"
         "        enableRbacAuthorization: false\n"
         "        accessPolicies:\n"
         "          - {principal: app, permissions: {keys: [all], secrets: " +
         secrets + "}}\n";
}

class Console {
 public:
  Console() {
    environment.clock = &clock;
    environment.interrupts.first = first.get_token();
    environment.interrupts.second = second.get_token();
    environment.interrupts.signal = [this] { return first.stop_requested() ? signal : 0; };
  }

  /// Writes a file into the test's folder; returns its path.
  std::string file(const std::string& name, const std::string& text) {
    const auto path = folder / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }
  std::string store() const { return "--emulator=" + (folder / "emulator.db").string(); }

  int run(const std::vector<std::string>& args) {
    out.str("");
    err.str("");
    std::ostream err_stream(err_buffer != nullptr ? err_buffer : err.rdbuf());
    cli::Streams streams{out, err_stream,
                         [this](std::size_t, const std::stop_token&) { return input; },
                         [this](const std::stop_token&) -> std::optional<std::string> {
                           ++asked;
                           return answer ? answer() : std::nullopt;
                         }};
    streams.in_is_terminal = streams.err_is_terminal = terminal;
    streams.out_is_terminal = out_terminal;
    code = cli::run(args, streams, environment);
    return code;
  }
  /// The same on the emulator inside akv, kept in the test's folder.
  int on_emulator(std::vector<std::string> args) {
    args.push_back(store());
    return run(args);
  }
  std::string said() const { return out.str(); }
  std::string complained() const { return err.str(); }
  /// The same with each wrapped message in one line, before its remedy and ids.
  std::string complained_unwrapped() const {
    std::string text = err.str();
    for (std::size_t at = text.find("\n  "); at != std::string::npos;
         at = text.find("\n  ", at + 1)) {
      const std::string_view next = std::string_view(text).substr(at + 3);
      if (!next.starts_with("Remedy: ") && !next.starts_with("Azure says: ") &&
          !next.starts_with("Request id: "))
        text.replace(at, 3, " ");
    }
    return text;
  }
  /// The one JSON document on standard output.
  json::Document document() const { return json::Document::parse(out.str()); }

  TemporaryFolder folder;
  FakeClock clock;
  std::stop_source first, second;
  int signal = 2;
  cli::Environment environment;
  std::string input;                                     ///< Standard input, for `-`.
  std::function<std::optional<std::string>()> answer{};  ///< What is typed at a question.
  bool terminal = false, out_terminal = false;
  std::streambuf* err_buffer = nullptr;  ///< In place of `err`.
  std::ostringstream out, err;
  int asked = 0, code = 0;
};

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace akv::test
