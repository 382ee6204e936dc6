// Each cap at its limit and one beyond, and the attacks that they are there for.
#include "akv/provision/manifest/source_check.hpp"
#include "akv/provision/manifest/yaml_reader.hpp"
#include "manifest/loading.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <ctime>
#include <string>

using namespace akv::manifest_tests;
using akv::manifest::max_held_brackets;
using akv::manifest::max_held_bytes;
using akv::manifest::max_yaml_depth;
using akv::manifest::max_yaml_nodes;

namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  result.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

/// The first mistake in `text`, found within seconds of processor time: a busy machine must not
/// fail this.
std::string first_mistake(std::string_view text) {
  const std::clock_t start = std::clock();
  const auto loaded = load(text);
  const double taken = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  // Generous, for sanitizers; without the caps it is minutes.
  BOOST_TEST(taken < 60);
  return loaded.diagnostics.empty() ? "" : to_string(loaded.diagnostics.front());
}

std::string read_error(const std::string& text, std::uint64_t read_before = 0) {
  akv::manifest::Diagnostics diagnostics({"a.yaml"});
  read_yaml(0, text, diagnostics, read_before);
  const auto found = diagnostics.finish({});
  return found.empty() ? "" : found.front().code;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(caps)

BOOST_AUTO_TEST_CASE(a_hundred_megabytes_of_brackets_are_refused) {
  BOOST_TEST(first_mistake(std::string(100'000'000, '[')) ==
             "a.yaml:1:1001: more than 1000 brackets are open here at once; close them; a manifest "
             "needs fewer than ten");
}

BOOST_AUTO_TEST_CASE(a_hundred_megabytes_of_text_are_refused) {
  BOOST_TEST(first_mistake(std::string(100'000'000, 'x')).find("a.yaml:1:1: ") == 0);
}

BOOST_AUTO_TEST_CASE(a_hundred_megabytes_of_quoted_text_are_refused) {
  BOOST_TEST(first_mistake("a: \"" + std::string(100'000'000, 'x')).find("8 MiB") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(brackets_hidden_from_the_counter_are_refused) {
  // To the counter the first line opens a quoted text; to YAML it is a block of prose.
  const std::string text = "a: |\n  - 'x\nb: " + repeated("[", 20'000'000);
  BOOST_TEST(first_mistake(text).find("8 MiB or 1000000 brackets") != std::string::npos);
  const std::string commented = "b: " + repeated("[ a #]\n", 3'000'000);
  BOOST_TEST(first_mistake(commented) != "");
}

BOOST_AUTO_TEST_CASE(twenty_thousand_levels_are_refused) {
  for (const std::string_view level : {"- ", "? ", "a:\n ", "[", "{a: "}) {
    std::string text;
    for (std::size_t i = 0; i < 20'000; ++i) {
      text += level;
      if (level == "a:\n ") text.append(std::min<std::size_t>(i, 300), ' ');
    }
    BOOST_TEST_CONTEXT(level) { BOOST_TEST(first_mistake(text) != ""); }
  }
}

BOOST_AUTO_TEST_CASE(depth_stops_after_sixty_four_levels) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + "x" + std::string(depth, ']');
  };
  BOOST_TEST(read_error(nested(max_yaml_depth)) == "");
  BOOST_TEST(read_error(nested(max_yaml_depth + 1)) == "too-deep");
  BOOST_TEST(read_error(repeated("- ", max_yaml_depth) + "x") == "");
  BOOST_TEST(read_error(repeated("- ", max_yaml_depth + 1) + "x") == "too-deep");
}

BOOST_AUTO_TEST_CASE(aliases_count_as_deep_as_what_they_stand_for) {
  const auto chain = [](std::size_t links) {
    std::string text = "a0: &a0 [x]\n";
    for (std::size_t i = 1; i < links; ++i)
      text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" +
              std::to_string(i - 1) + "]\n";
    return text;
  };
  BOOST_TEST(read_error(chain(max_yaml_depth - 1)) == "");  // The map around it is one level.
  BOOST_TEST(read_error(chain(max_yaml_depth)) == "too-deep");
}

BOOST_AUTO_TEST_CASE(an_alias_bomb_is_refused) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string alias = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + alias;
    for (int j = 1; j < 10; ++j) text += ", " + alias;
    text += "]\n";
  }
  BOOST_TEST(first_mistake(text).find("more than 5000000 values") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(expansion_stops_after_five_million_values) {
  // 1,000 aliases of a list of n make 1,000 * (n + 1), beside the list itself and three more.
  const auto document = [](std::size_t items, std::size_t aliases, std::size_t plain) {
    return "a: &a [" + repeated("x,", items) + "]\nb: [" + repeated("*a,", aliases) +
           repeated("x,", plain) + "]\n";
  };
  // map 1, keys 2, list a 1 + 4,989, list b 1, aliases 1,000 * 4,990.
  const std::size_t used = 1 + 2 + 4'990 + 1 + 1'000 * 4'990;
  BOOST_TEST(used < max_yaml_nodes);
  BOOST_TEST(read_error(document(4'989, 1'000, max_yaml_nodes - used)) == "");
  BOOST_TEST(read_error(document(4'989, 1'000, max_yaml_nodes - used + 1)) == "too-large");
}

BOOST_AUTO_TEST_CASE(values_count_over_all_files_and_while_they_are_still_open) {
  // A list and its items.
  const std::string list = "[" + repeated("x,", 99) + "]";
  BOOST_TEST(read_error(list, max_yaml_nodes - 100) == "");
  BOOST_TEST(read_error(list, max_yaml_nodes - 99) == "too-large");
  // At no level more than 51, and 151 together.
  std::string levels;
  for (std::size_t level = 0; level < 3; ++level)
    levels +=
        repeated(std::string(2 * level, ' ') + "- x\n", 49) + std::string(2 * level, ' ') + "-\n";
  BOOST_TEST(read_error(levels + "      y", max_yaml_nodes - 151) == "");
  BOOST_TEST(read_error(levels + "      y", max_yaml_nodes - 150) == "too-large");
  // Not only when a level is closed, which this text never comes to.
  BOOST_TEST(read_error(levels + "      ]", max_yaml_nodes - 151) == "syntax");
  BOOST_TEST(read_error(levels + "      ]", max_yaml_nodes - 140) == "too-large");
}

BOOST_AUTO_TEST_CASE(several_files_share_the_cap_on_values) {
  // Over half of it, nearly all by aliases.
  const std::string half = "x-a: &a [" + repeated("x,", 1'000) + "]\nx-b: [" +
                           repeated("*a,", max_yaml_nodes / 2'000) + "]\n";
  const std::vector<akv::manifest::Input> inputs{{"a.yaml", half}, {"b.yaml", half}};
  BOOST_TEST(report(akv::manifest::load(inputs, words(), {}))
                 .find("b.yaml:2:6: the manifest has more than 5000000 values, in all files and "
                       "with aliases counted as what they stand for; make several deployments of "
                       "it\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_the_parser_holds_back_stops_at_eight_mebibytes) {
  constexpr std::size_t block = 2 * 2048;  // What the parser reads at once, and once more.
  const auto list = [](std::size_t bytes) {
    return "- [" + repeated(std::string(1022, 'x') + ",\n", bytes / 1024) + "]\n";
  };
  BOOST_TEST(read_error(list(max_held_bytes - block)) == "");
  BOOST_TEST(read_error(list(max_held_bytes + block)) == "too-large");
}

BOOST_AUTO_TEST_CASE(what_the_parser_holds_back_stops_at_a_million_brackets) {
  const auto list = [](std::size_t brackets) {
    return "- [" + repeated("[],", brackets - 1) + "]";
  };
  BOOST_TEST(read_error(list(max_held_brackets - 2048)) == "");
  BOOST_TEST(read_error(list(max_held_brackets + 2048)) == "too-large");
}

BOOST_AUTO_TEST_CASE(a_file_stops_at_256_mebibytes) {
  akv::manifest::Diagnostics diagnostics({"a.yaml"});
  const std::string text(akv::manifest::max_source_bytes + 1, ' ');
  const std::string_view all(text);
  BOOST_TEST(check_source(0, all.substr(1), diagnostics).ok);
  BOOST_TEST(!check_source(0, all, diagnostics).ok);
}

BOOST_AUTO_TEST_CASE(two_hundred_mistakes_are_shown_and_the_rest_counted) {
  const auto with_mistakes = [](int count) {
    std::string text = "apiVersion: akv/v1\ndeployment: d\n";
    for (int i = 0; i < count; ++i) text += "key" + std::to_string(i) + ": 1\n";
    return load(text);
  };
  BOOST_TEST(with_mistakes(200).diagnostics.size() == 200U);
  const auto loaded = with_mistakes(205);
  BOOST_TEST(loaded.diagnostics.size() == 201U);
  BOOST_TEST(to_string(loaded.diagnostics.back()) ==
             "and 5 more mistakes; mend these first, then validate again");
}

BOOST_AUTO_TEST_CASE(a_hundred_thousand_mistakes_stay_in_bounds) {
  std::string text = "apiVersion: akv/v1\ndeployment: d\n";
  for (int i = 0; i < 100'000; ++i) text += "key" + std::to_string(i) + ": 1\n";
  const auto loaded = load(text);
  BOOST_TEST(loaded.diagnostics.size() == 201U);
  BOOST_TEST(to_string(loaded.diagnostics.back()).find("and 99800 more mistakes") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
