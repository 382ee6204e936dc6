#include "templates_ci/workplace.hpp"

#include "support/console.hpp"
#include "support/source_dir.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sys/wait.h>

namespace akv::test {
namespace {

std::string quoted(const std::string& word) {
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

/// `/tmp` is the container's own, and here the test's own.
std::string with_own_tmp(std::string text, const std::string& folder) {
  const std::string shared = "/tmp/", own = folder + "/tmp/";
  for (std::size_t at = text.find(shared); at != std::string::npos;
       at = text.find(shared, at + own.size()))
    text.replace(at, shared.size(), own);
  return text;
}

}  // namespace

Workplace::Workplace(std::string file) : file_(std::move(file)) {
  std::filesystem::create_directories(folder / "tmp");
  std::filesystem::create_directories(folder / "work");
  write("comments.json", "[]");
  write("issues.json", "[]");
  write("work/estate.yaml", small_manifest("[get, list]"));
}

void Workplace::write(const std::string& name, const std::string& text) const {
  std::ofstream(folder / name, std::ios::binary) << text;
}

void Workplace::prepare_refusal() {
  const std::string manifest = small_manifest();
  write("work/estate.yaml", manifest);
  BOOST_REQUIRE_EQUAL(shell("akv apply estate.yaml --yes"), 0);
  write("work/estate.yaml",
        manifest.substr(0, manifest.find("accessPolicies:")) + "accessPolicies: []\n");
}

std::string Workplace::read(const std::string& name) const {
  std::ifstream in(folder / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string Workplace::query(const std::string& filter, const std::string& name) {
  BOOST_REQUIRE_EQUAL(bash("", "jq -r " + quoted(filter) + " ../" + name, {}), 0);
  return out.substr(0, out.size() - (out.ends_with('\n') ? 1 : 0));
}

std::string Workplace::value_of(const std::string& written) const {
  if (const auto found = values.find(written); found != values.end()) return found->second;
  BOOST_REQUIRE_MESSAGE(written.find('$') == std::string::npos,
                        file_ << ": the test has no value for " << written);
  return with_own_tmp(written, folder.path().string());
}

int Workplace::run(const std::string& job, const std::string& name) {
  const Block wanted = block(file_, job, name);
  std::map<std::string, std::string> environment = variables;
  for (const auto& [key, written] : wanted.environment) environment[key] = value_of(written);
  // Azure Pipelines hands a script to a plain bash.
  const std::string options =
      file_ == azure_pipelines ? "--noprofile --norc " : "--noprofile --norc -eo pipefail ";
  return bash(options, wanted.text, environment);
}

int Workplace::shell(const std::string& line) { return bash("", line, {}); }

int Workplace::bash(const std::string& options, const std::string& script,
                    const std::map<std::string, std::string>& environment) {
  const std::string here = folder.path().string();
  write("script.sh", with_own_tmp(script, here));
  std::string line = "cd " + quoted(here + "/work") + " && env -i HOME=" + quoted(here) +
                     " PATH=" + quoted(AKV_SOURCE_DIR "/tests/templates_ci/programs") +
                     ":\"$PATH\" AKV_PROGRAM=" + quoted(AKV_PROGRAM) +
                     " AKV_TEST_FOLDER=" + quoted(here);
  for (const char* kept : {"ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS"})
    line += std::string(" ${") + kept + ":+" + kept + "=\"$" + kept + "\"}";
  for (const auto& [key, value] : environment) line += " " + key + "=" + quoted(value);
  line += " bash " + options + "../script.sh >../out.txt 2>../err.txt </dev/null";
  const int status = std::system(line.c_str());
  out = read("out.txt");
  err = read("err.txt");
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace akv::test
