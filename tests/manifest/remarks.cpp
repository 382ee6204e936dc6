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

BOOST_AUTO_TEST_CASE(what_stands_in_a_block_scalar_is_a_text) {
  for (const char* header : {"|", ">", "|-", ">+", "|2", "!!str |", "&a >-", "|  # said"}) {
    const std::string text = std::string("a:\n  b: ") + header +
                             "\n    # akv:ignore can-purge x\n\n"
                             "      c: 1 # akv:ignore can-purge x\n  # akv:ignore can-purge y\n"
                             "  d: 1 # akv:ignore can-purge z\n";
    BOOST_TEST_CONTEXT(header) {
      BOOST_TEST(Read(text).shown() == "6:3->7 can-purge (y)\n7:8->7 can-purge (z)\n");
    }
  }
  // The header's own comment is one, and an empty scalar holds nothing.
  BOOST_TEST(Read("a: | # akv:ignore can-purge x\n# akv:ignore can-purge y\nb: 1\n").shown() ==
             "1:6->1 can-purge (x)\n2:1->3 can-purge (y)\n");
  // The first line says how far in the text stands, or the header does.
  BOOST_TEST(Read("a: |\n    t\n  # akv:ignore can-purge x\nb: 1\n").shown() ==
             "3:3->4 can-purge (x)\n");
  BOOST_TEST(Read("a: |1\n    t\n # akv:ignore can-purge x\nb: 1\n").shown().empty());
  // In lists and below a key, and as the whole document.
  BOOST_TEST(Read("- |\n # akv:ignore can-purge x\n- a: |\n   # akv:ignore can-purge x\n"
                  "  b: 1 # akv:ignore can-purge y\n")
                 .shown() == "5:8->5 can-purge (y)\n");
  BOOST_TEST(Read("a:\n  |\n  # akv:ignore can-purge x\nb: 1 # akv:ignore can-purge y\n").shown() ==
             "4:6->4 can-purge (y)\n");
  BOOST_TEST(Read("--- |\n# akv:ignore can-purge x\n").shown().empty());
  BOOST_TEST(Read("a: |\r\n  # akv:ignore can-purge x\r\n\r\n  t\r\n").shown().empty());
  // These signs begin one only where a value does.
  BOOST_TEST(Read("a: b | # akv:ignore can-purge x\n").shown() == "1:8->1 can-purge (x)\n");
  BOOST_TEST(Read("a: [\n  | ,\n  # akv:ignore can-purge x\n  1]\n").shown() ==
             "3:3->4 can-purge (x)\n");
}

BOOST_AUTO_TEST_CASE(what_stands_in_quotes_over_several_lines_is_a_text) {
  for (const char quote : {'"', '\''}) {
    const std::string text = std::string("a: ") + quote +
                             "one\n  # akv:ignore can-purge x\n  three # akv:ignore can-purge x" +
                             quote + " # akv:ignore can-purge y\nb: 1 # akv:ignore can-purge z\n";
    BOOST_TEST(Read(text).shown() == "3:35->3 can-purge (y)\n4:6->4 can-purge (z)\n");
  }
  BOOST_TEST(Read("a: \"x\\\n  \\\" # akv:ignore can-purge x\"\n").shown().empty());
  BOOST_TEST(Read("a: 'it''s\n  # akv:ignore can-purge x'\n").shown().empty());
  // Quotes that a plain text goes on with are letters.
  BOOST_TEST(Read("a: they said\n  \"no # akv:ignore can-purge x\nb: 1\n").shown() ==
             "2:7->2 can-purge (x)\n");
  BOOST_TEST(Read("a: they said\nb: \"no # akv:ignore can-purge x\"\n").shown().empty());
  BOOST_TEST(Read("\"a\": \"b\" # akv:ignore can-purge x\n").shown() == "1:10->1 can-purge (x)\n");
}

BOOST_AUTO_TEST_CASE(a_comment_has_a_blank_before_it_in_brackets_too) {
  BOOST_TEST(Read("a: \"b\"# akv:ignore can-purge x\n").shown().empty());
  BOOST_TEST(Read("a: [b# akv:ignore can-purge x\n]\n").shown().empty());
  BOOST_TEST(Read("a: [b, # akv:ignore can-purge x\n  'c # akv:ignore can-purge x',\n"
                  "  {d: \"e\n  # akv:ignore can-purge x\", f:}, :] # akv:ignore can-purge y\n")
                 .shown() == "1:8->1 can-purge (x)\n4:38->4 can-purge (y)\n");
  BOOST_TEST(Read("a: {b: http://c, d: *e, f: !g h} # akv:ignore can-purge x\n").shown() ==
             "1:34->1 can-purge (x)\n");
  BOOST_TEST(Read("? a # akv:ignore can-purge x\n: - b # akv:ignore can-purge y\n").shown() ==
             "1:5->1 can-purge (x)\n2:7->2 can-purge (y)\n");
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
