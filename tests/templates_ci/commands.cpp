// Each call of akv in a pipeline is one that akv takes.
#include "akv/provision/cli/settings.hpp"
#include "templates_ci/blocks.hpp"

#include <boost/test/unit_test.hpp>

#include <regex>
#include <sstream>

using namespace akv;

namespace {

/// The words after `akv`, up to where the shell goes on by itself, with values for its variables.
std::vector<std::string> words_of(std::string call) {
  const std::pair<std::regex, std::string> values[] = {
      {std::regex(R"(\$MANIFEST)"), "estate.yaml"},
      {std::regex(R"(\$APPROVED)"), "sha256:" + std::string(64, '0')},
      {std::regex(R"(\$to/)"), "/tmp/"},
      {std::regex("\""), ""}};
  for (const auto& [name, value] : values) call = std::regex_replace(call, name, value);
  std::vector<std::string> words;
  std::istringstream in(call);
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::vector<std::string> calls_in(const test::Block& block) {
  static const std::regex call(R"((?:^|\n|\$\() *akv ([a-z]+ [^|>\n)]*?) *2?[|>\n)])");
  std::vector<std::string> out;
  for (auto it = std::sregex_iterator(block.text.begin(), block.text.end(), call);
       it != std::sregex_iterator(); ++it) {
    out.push_back((*it)[1]);
  }
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(commands)

BOOST_AUTO_TEST_CASE(akv_takes_every_command_line_of_the_pipelines) {
  for (const char* file : test::all_pipelines) {
    std::vector<std::string> names;
    for (const test::Block& block : test::blocks(file))
      for (const std::string& call : calls_in(block)) {
        BOOST_TEST_CONTEXT(file << ": akv " << call) {
          const std::vector<std::string> words = words_of(call);
          try {
            const cli::Settings settings =
                cli::read_settings(cli::parse_arguments(words), cli::Environment{});
            BOOST_TEST(settings.files.size() == 1U);
          } catch (const cli::UsageError& error) {
            BOOST_ERROR(error.what());
          }
        }
        names.push_back(call.substr(0, call.find(' ')));
      }
    const std::vector<std::string> expected = {"plan", "show", "apply", "drift"};
    BOOST_TEST((names == expected), file);
  }
}

BOOST_AUTO_TEST_CASE(apply_is_always_held_against_an_approved_digest) {
  for (const char* file : test::all_pipelines)
    for (const test::Block& block : test::blocks(file))
      for (const std::string& call : calls_in(block))
        if (call.starts_with("apply"))
          BOOST_TEST(call.starts_with("apply \"$MANIFEST\" --expect \"$APPROVED\" --yes"), call);
}

BOOST_AUTO_TEST_CASE(only_the_job_that_applies_calls_apply) {
  for (const char* file : test::all_pipelines)
    for (const test::Block& block : test::blocks(file))
      for (const std::string& call : calls_in(block))
        BOOST_TEST((call.starts_with("apply") == (block.job == "apply")), file << " " << block.job);
}

BOOST_AUTO_TEST_SUITE_END()
