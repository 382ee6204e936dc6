#include "akv/provision/manifest/yaml_reader.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace akv::manifest;

namespace {

/// One run of the reader: the tree as text, or the errors.
class Reading {
 public:
  explicit Reading(std::string text) : text_(std::move(text)) {
    Diagnostics diagnostics({"a.yaml"});
    tree_ = read_yaml(0, text_, diagnostics);
    for (const Diagnostic& d : diagnostics.finish({text_})) errors += to_string(d) + "\n";
    if (tree_) shown = show(tree_->root());
  }

  const Tree& tree() const { return *tree_; }
  bool has_tree() const { return tree_.has_value(); }
  std::string shown, errors;

 private:
  std::string show(NodeId id) const {
    const TreeNode& node = tree_->at(id);
    std::string text;
    switch (node.kind) {
      case NodeKind::null:
        return "~";
      case NodeKind::scalar:
        return std::string(tree_->text(id));
      case NodeKind::sequence:
        for (const NodeId item : tree_->items(id)) text += (text.empty() ? "" : ", ") + show(item);
        return "[" + text + "]";
      default:
        for (const Entry& e : tree_->entries(id))
          text += (text.empty() ? "" : ", ") + show(e.key) + ": " + show(e.value);
        return "{" + text + "}";
    }
  }

  std::string text_;
  std::optional<Tree> tree_;
};

std::string place(const Tree& tree, NodeId id) {
  return std::to_string(tree.at(id).line) + ":" + std::to_string(tree.at(id).column);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(reader)

BOOST_AUTO_TEST_CASE(reads_both_styles) {
  const Reading r(
      "a: 1.10\nb: [x, 'it''s', \"t\\tab\"]\nc:\n  - {d: e}\n  - |\n    two\n    lines\n");
  BOOST_TEST(r.errors == "");
  BOOST_TEST(r.shown == "{a: 1.10, b: [x, it's, t\tab], c: [{d: e}, two\nlines\n]}");
}

BOOST_AUTO_TEST_CASE(knows_the_place_of_every_value) {
  const Reading r("a: 1\nb:\n  - x\n  - {c: \"d\"}\n");
  const Tree& t = r.tree();
  const auto items = t.items(t.find(t.root(), "b"));
  BOOST_TEST(place(t, t.find(t.root(), "a")) == "1:4");
  BOOST_TEST(place(t, items.at(0)) == "3:5");
  BOOST_TEST(place(t, items.at(1)) == "4:5");
  BOOST_TEST(place(t, t.find(items.at(1), "c")) == "4:9");
}

BOOST_AUTO_TEST_CASE(gives_an_empty_value_the_place_of_its_key) {
  const Reading r("a:\n\n# long after\n\nb: 1\nc: null\n");
  const Tree& t = r.tree();
  BOOST_TEST(place(t, t.find(t.root(), "a")) == "1:1");
  BOOST_TEST(place(t, t.find(t.root(), "c")) == "6:1");
}

BOOST_AUTO_TEST_CASE(gives_an_empty_entry_the_place_of_its_dash) {
  const Reading r("a:\n  - x\n  -\n  # note\n\n  - y\n");
  const Tree& t = r.tree();
  BOOST_TEST(place(t, t.items(t.find(t.root(), "a")).at(1)) == "3:3");
}

BOOST_AUTO_TEST_CASE(tells_null_from_the_quoted_word) {
  const Reading r("[null, 'null', ~, \"\"]");
  BOOST_TEST(r.shown == "[~, null, ~, ]");
  BOOST_TEST((r.tree().at(r.tree().items(r.tree().root()).at(1)).kind == NodeKind::scalar));
}

BOOST_AUTO_TEST_CASE(finds_the_value_behind_anchor_and_tag) {
  const Reading r("a: &x \"v\"\nb: &y !replace [1]\nc: *x\n");
  BOOST_TEST(r.errors == "");
  BOOST_TEST(r.shown == "{a: v, b: [1], c: v}");
  BOOST_TEST(place(r.tree(), r.tree().find(r.tree().root(), "a")) == "1:7");
  BOOST_TEST(r.tree().at(r.tree().find(r.tree().root(), "b")).replace);
}

BOOST_AUTO_TEST_CASE(merges_maps_nearest_first) {
  const Reading r(
      "x: &x {a: 1, b: 1}\ny: &y {<<: *x, b: 2, c: 2}\n"
      "z: {c: 3, <<: *y}\nl: {<<: [*x, {a: 9, d: 9}], e: 5}\n");
  BOOST_TEST(r.errors == "");
  BOOST_TEST(
      r.shown ==
      "{x: {a: 1, b: 1}, y: {b: 2, c: 2, a: 1}, z: {c: 3, b: 2, a: 1}, l: {e: 5, a: 1, b: 1, "
      "d: 9}}");
}

BOOST_AUTO_TEST_CASE(a_quoted_merge_key_is_a_key) {
  BOOST_TEST(Reading("'<<': {a: 1}").shown == "{<<: {a: 1}}");
}

BOOST_AUTO_TEST_CASE(refuses_a_merge_of_something_else) {
  BOOST_TEST(
      Reading("a: 1\n<<: [x]\n").errors ==
      "a.yaml:2:1: \"<<\" takes a map or a list of maps; write an alias to one: <<: *name\n");
}

BOOST_AUTO_TEST_CASE(reports_every_duplicate_key) {
  const Reading r("a: 1\nb: {c: 1, c: 2}\na: 2\na: 3\n");
  BOOST_TEST(r.errors ==
             "a.yaml:2:11: key \"c\" stands here twice; remove one; the first is on line 2\n"
             "a.yaml:3:1: key \"a\" stands here twice; remove one; the first is on line 1\n"
             "a.yaml:4:1: key \"a\" stands here twice; remove one; the first is on line 1\n");
}

BOOST_AUTO_TEST_CASE(reports_duplicate_keys_of_large_maps) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "k" + std::to_string(i) + ": 1\n";
  BOOST_TEST(Reading(text + "k7: 2\n").errors ==
             "a.yaml:41:1: key \"k7\" stands here twice; remove one; the first is on line 8\n");
}

BOOST_AUTO_TEST_CASE(refuses_a_second_document) {
  const Reading r("a: 1\n---\nb: 2\n");
  BOOST_TEST(!r.has_tree());
  BOOST_TEST(
      r.errors ==
      "a.yaml:2:1: a second document begins here; a file holds one; put it into a file of its "
      "own and give both\n");
}

BOOST_AUTO_TEST_CASE(takes_markers_around_one_document) {
  BOOST_TEST(Reading("%YAML 1.2\n---\na: 1\n...\n").shown == "{a: 1}");
}

BOOST_AUTO_TEST_CASE(refuses_files_without_content) {
  for (const std::string_view text : {"", "\n\n", "# only a comment\n", "---\n", "~\n"})
    BOOST_TEST(Reading(std::string(text)).errors ==
               "a.yaml: the file has no content; a manifest begins with \"apiVersion: akv/v1\"\n");
}

BOOST_AUTO_TEST_CASE(finds_the_quote_that_is_never_closed) {
  BOOST_TEST(Reading("a: 1\nb: \"open\nc: 2\n").errors ==
             "a.yaml:2:4: the quote that opens here is never closed; write the closing \"\n");
  BOOST_TEST(Reading("a: 'it''s\nb: 2\n").errors ==
             "a.yaml:1:4: the quote that opens here is never closed; write the closing '\n");
  BOOST_TEST(Reading("a: {b: \"open\nc: 2\n").errors ==
             "a.yaml:1:8: the quote that opens here is never closed; write the closing \"\n");
  BOOST_TEST(Reading("a: [x, {b: 'open}]\nc: 2\n").errors ==
             "a.yaml:1:12: the quote that opens here is never closed; write the closing '\n");
  BOOST_TEST(Reading("- {b: 1}\n- {b: \"open\n- c\n").errors ==
             "a.yaml:2:7: the quote that opens here is never closed; write the closing \"\n");
  BOOST_TEST(Reading("\"open: 1\n").errors ==
             "a.yaml:1:1: the quote that opens here is never closed; write the closing \"\n");
  BOOST_TEST(Reading("a: \"closed\"\nb: 'closed'").errors == "");
  BOOST_TEST(Reading("a: 'x'''").errors == "");
}

BOOST_AUTO_TEST_CASE(refuses_other_tags) {
  BOOST_TEST(Reading("a: !!str 1\nb: !mine {c: 1}\nd: !replace 1\n").errors ==
             "a.yaml:1:10: unknown tag \"tag:yaml.org,2002:str\"; remove it; the only tag is "
             "!replace, on a list or map\n"
             "a.yaml:2:4: unknown tag \"!mine\"; remove it; the only tag is !replace, on a list or "
             "map\n"
             "a.yaml:3:13: !replace on a single value has no meaning; remove it: a value always "
             "replaces the default\n");
}

BOOST_AUTO_TEST_CASE(refuses_keys_that_are_no_texts) {
  BOOST_TEST(Reading("? [a]\n: 1\n").errors ==
             "a.yaml:1:3: a key must be a text; write NAME: VALUE\n");
  BOOST_TEST(Reading("a: {~: 1}\n").errors ==
             "a.yaml:1:4: a key must be a text; write NAME: VALUE\n");
}

BOOST_AUTO_TEST_CASE(refuses_an_alias_to_what_contains_it) {
  BOOST_TEST(Reading("a: &a\n  b: *a\n").errors ==
             "a.yaml:2:6: this alias stands for a value that contains it; an alias may only name a "
             "value that is complete\n");
}

BOOST_AUTO_TEST_CASE(says_where_the_syntax_breaks_and_what_to_check) {
  BOOST_TEST(
      Reading("a: b: c\n").errors ==
      "a.yaml:1:5: this is not valid YAML: illegal map value; a text with \": \" in it needs "
      "quotes; otherwise check the indentation\n");
  BOOST_TEST(Reading("a: [1, 2\nb: 3\n").errors.find("check that every [ and { is closed") !=
             std::string::npos);
  BOOST_TEST(Reading("a: *nobody\n").errors.find("an alias needs an anchor") != std::string::npos);
  BOOST_TEST(Reading("a:\n\tb: 1\n").errors.find("indent with blanks, not with tabs") !=
             std::string::npos);
  BOOST_TEST(Reading("a: 1\n  b: 2\n").errors.find("a.yaml:2:") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(counts_columns_in_characters) {
  const std::string text = "gr\xC3\xBC\xC3\x9F: {a: 1, a: 2}\n";
  BOOST_TEST(Reading(text).errors ==
             "a.yaml:1:14: key \"a\" stands here twice; remove one; the first is on line 1\n");
}

BOOST_AUTO_TEST_SUITE_END()
