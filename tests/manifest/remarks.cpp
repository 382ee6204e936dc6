#include "akv/provision/manifest/remarks.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <chrono>

using namespace akv;

namespace {

constexpr std::array<std::string_view, 2> rules{"network-open", "can-purge"};

struct Read {
  std::vector<engine::Remark> remarks;
  std::string mistakes;

  explicit Read(const std::string& text) {
    manifest::Diagnostics diagnostics({"a.yaml"});
    manifest::read_remarks(0, text, rules, remarks, diagnostics);
    for (const manifest::Diagnostic& diagnostic : diagnostics.finish({text}))
      mistakes += manifest::to_string(diagnostic) + "\n";
  }
  std::string shown() const {
    std::string text;
    for (const engine::Remark& remark : remarks)
      text += std::to_string(remark.place.line) + ":" + std::to_string(remark.place.column) + "->" +
              std::to_string(remark.applies_to) + " " + remark.rule + " (" + remark.reason + ")\n";
    return text + mistakes;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(remarks)

BOOST_AUTO_TEST_CASE(a_remark_speaks_of_its_line_or_of_the_next_that_is_no_comment) {
  BOOST_TEST(Read("a: 1 # akv:ignore can-purge because\n").shown() ==
             "1:6->1 can-purge (because)\n");
  BOOST_TEST(Read("a:\n  # akv:ignore can-purge  because of it \r\n  # more\n\n  b: 1").shown() ==
             "2:3->4 can-purge (because of it)\n");
  BOOST_TEST(Read("#akv:ignore can-purge x\n# akv:ignore network-open y\na: 1\n").shown() ==
             "1:1->3 can-purge (x)\n2:1->3 network-open (y)\n");
  BOOST_TEST(Read("a: 1\n# akv:ignore can-purge x").shown() == "2:1->3 can-purge (x)\n");
}

BOOST_AUTO_TEST_CASE(only_comments_are_remarks) {
  BOOST_TEST(Read("a: akv:ignore can-purge x\n").shown().empty());
  BOOST_TEST(Read("a: \"# akv:ignore can-purge x\"\n").shown().empty());
  BOOST_TEST(Read("a: \"\\\" # akv:ignore can-purge x\"\n").shown().empty());
  BOOST_TEST(Read("a: ['# akv:ignore can-purge x']\n").shown().empty());
  BOOST_TEST(Read("a: b# akv:ignore can-purge x\n").shown().empty());
  BOOST_TEST(Read("a: 1 # see akv:ignore can-purge x\n").shown().empty());
  BOOST_TEST(Read("a: it's # akv:ignore can-purge x\n").shown() == "1:9->1 can-purge (x)\n");
  BOOST_TEST(Read("a: 'b' # akv:ignore can-purge x\n").shown() == "1:8->1 can-purge (x)\n");
}

BOOST_AUTO_TEST_CASE(a_remark_needs_a_rule_that_there_is_and_a_reason) {
  BOOST_TEST(Read("# akv:ignore\n").shown() ==
             "a.yaml:1:1: akv:ignore names no rule; write # akv:ignore RULE REASON\n");
  BOOST_TEST(Read("# akv:ignore can-purge \n").shown() ==
             "a.yaml:1:1: akv:ignore can-purge gives no reason; write # akv:ignore RULE REASON\n");
  BOOST_TEST(Read("# akv:ignore can-purg x\n").shown() ==
             "a.yaml:1:1: there is no rule \"can-purg\"; did you mean \"can-purge\"?\n");
  BOOST_TEST(Read("# akv:ignore something x\n").shown() ==
             "a.yaml:1:1: there is no rule \"something\"; akv help checks lists them\n");
}

BOOST_AUTO_TEST_CASE(remarks_are_read_up_to_their_cap) {
  std::string text;
  for (std::size_t i = 0; i < manifest::max_remarks; ++i) text += "# akv:ignore can-purge x\n";
  const Read most(text);
  BOOST_TEST(most.remarks.size() == manifest::max_remarks);
  BOOST_TEST(most.remarks.front().applies_to == manifest::max_remarks + 1);
  BOOST_TEST(most.mistakes.empty());
  const Read more(text + "# akv:ignore can-purge x\n");
  BOOST_TEST(more.remarks.size() == manifest::max_remarks);
  BOOST_TEST(more.mistakes ==
             "a.yaml:10001:1: there are more than 10000 akv:ignore comments; a baseline holds any "
             "number of findings: akv check --write-baseline\n");
}

BOOST_AUTO_TEST_CASE(the_word_many_times_in_one_line_is_looked_at_once) {
  std::string text = "a: ";
  for (int i = 0; i < 500'000; ++i) text += "akv:ignore ";
  const auto start = std::chrono::steady_clock::now();
  BOOST_TEST(Read(text).remarks.empty());
  BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(10)));
}

BOOST_AUTO_TEST_SUITE_END()
