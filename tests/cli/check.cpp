// akv check, on the emulator inside akv and offline.
#include "support/console.hpp"

#include <boost/test/unit_test.hpp>

#include <sstream>

using namespace akv;
using test::Console;
using test::contains;

namespace {

constexpr const char* subscription = "9c0d0000-0000-4000-8000-000000000003";

std::string manifest_text(const std::string& vault, const std::string& remark = "") {
  return "apiVersion: akv/v1\n"
         "deployment: payments\n"
         "subscription: " +
         std::string(subscription) +
         "\n"
         "resourceGroups:\n"
         "  - name: rg-pay\n"
         "    location: westeurope\n"
         "    tags: {owner: payments}\n"
         "    vaults:\n"
         "      - name: kv-pay" +
         remark +
         "\n"
         "        enableRbacAuthorization: true\n" +
         vault;
}

constexpr const char* closed =
    "        enablePurgeProtection: true\n"
    "        publicNetworkAccess: Disabled\n";
constexpr const char* open = "        enablePurgeProtection: false\n";

struct Checking : Console {
  std::string good = file("good.yaml", manifest_text(closed));
  std::string bad = file("bad.yaml", manifest_text(open));
  std::string baseline = (folder / "baseline.json").string();

  std::string text_of(const std::string& path) {
    std::ifstream in(path);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(check, Checking)

BOOST_AUTO_TEST_CASE(findings_at_the_threshold_exit_with_2) {
  BOOST_TEST(on_emulator({"check", bad}) == 2);
  BOOST_TEST(contains(said(), "high    purge-protection-off\n"), said());
  BOOST_TEST(contains(said(), "high    network-open\n"), said());
  BOOST_TEST(contains(said(), "rg-pay/kv-pay: its content can be purged"), said());
  BOOST_TEST(contains(said(), "bad.yaml:11\n"), said());
  BOOST_TEST(contains(said(), "Check: 2 high, 0 medium, 0 low in 2 objects. "), said());
  BOOST_TEST(on_emulator({"check", good}) == 0);
  BOOST_TEST(contains(said(), "Check: 0 high, 0 medium, 1 low in 2 objects."), said());
  BOOST_TEST(on_emulator({"check", good, "--fail-on", "medium"}) == 0);
  BOOST_TEST(on_emulator({"check", good, "--fail-on", "low"}) == 2);
  BOOST_TEST(on_emulator({"check", good, "--fail-on", "lw"}) == 64);
  BOOST_TEST(contains(complained(), "did you mean \"low\"?"), complained());
}

BOOST_AUTO_TEST_CASE(what_others_opened_and_the_manifest_does_not_name_is_judged_too) {
  const std::string silent =
      file("silent.yaml", manifest_text("        enablePurgeProtection: true\n"));
  BOOST_TEST(on_emulator({"apply", good, "--yes"}) == 0, complained());
  // Closed by an earlier manifest, and still so.
  BOOST_TEST(on_emulator({"check", silent}) == 0, said());
  BOOST_TEST(run({"check", silent, "--offline"}) == 2, said());
  BOOST_TEST(contains(said(), "Deployment payments, the manifest alone\n"), said());
  BOOST_TEST(contains(said(), "Nothing was sent."), said());
}

BOOST_AUTO_TEST_CASE(offline_needs_no_credential_and_no_other_place) {
  BOOST_TEST(run({"check", bad, "--offline", "-o", "json"}) == 2);
  BOOST_TEST(document()["fails"].bool_or(false));
  BOOST_TEST(document()["summary"]["high"].int_or(0) == 2);
  BOOST_TEST(document()["findings"].as_array()[0]["source"]["line"].int_or(0) == 11);
  BOOST_TEST(on_emulator({"check", bad, "--offline"}) == 64);
  BOOST_TEST(contains(complained(), "--offline and --emulator exclude each other"));
  BOOST_TEST(!cli::goes_online({"check", bad, "--offline"}));
  BOOST_TEST(cli::goes_online({"check", bad}));
}

BOOST_AUTO_TEST_CASE(every_form_comes_out_of_the_program) {
  BOOST_TEST(run({"check", bad, "--offline", "-o", "sarif"}) == 2);
  BOOST_TEST(document()["runs"].as_array()[0]["results"].size() == 2U);
  BOOST_TEST(run({"check", bad, "--offline", "-o", "junit"}) == 2);
  BOOST_TEST(said().starts_with("<?xml "));
  BOOST_TEST(run({"check", bad, "--offline", "-o", "markdown"}) == 2);
  BOOST_TEST(said().starts_with("### akv check: payments\n"));
  BOOST_TEST(run({"check", bad, "--offline", "-o", "xml"}) == 64);
  BOOST_TEST(contains(complained(), "text, json, markdown, sarif or junit"), complained());
  BOOST_TEST(run({"plan", bad, "-o", "sarif"}) == 64);
}

BOOST_AUTO_TEST_CASE(a_baseline_lets_old_sins_pass_and_new_ones_fail) {
  BOOST_TEST(run({"check", bad, "--offline", "--write-baseline", baseline}) == 0);
  BOOST_TEST(contains(complained(), "Baseline written to "), complained());
  BOOST_TEST(run({"check", bad, "--offline", "--baseline", baseline}) == 0, said());
  BOOST_TEST(contains(said(), "Check: 0 high, 0 medium, 0 low in 2 objects, 2 in the baseline."),
             said());
  const std::string worse =
      file("bad.yaml", manifest_text(std::string(open) + "        onSoftDeleted: purge\n"));
  BOOST_TEST(run({"check", worse, "--offline", "--baseline", baseline}) == 2);
  BOOST_TEST(contains(said(), "Check: 1 high,"), said());
  BOOST_TEST(run({"check", good, "--offline", "--baseline", baseline}) == 0);
  BOOST_TEST(contains(said(), " Not found offline:"), said());
  BOOST_TEST(on_emulator({"check", good, "--baseline", baseline}) == 0);
  BOOST_TEST(contains(said(), " No longer found: 2 of"), said());
  // Written again it holds what was known and what is new.
  BOOST_TEST(run({"check", worse, "--offline", "--baseline", baseline, "--write-baseline",
                  baseline}) == 0);
  BOOST_TEST(contains(text_of(baseline), "soft-deleted-purge"));
  BOOST_TEST(contains(text_of(baseline), "network-open"));
}

BOOST_AUTO_TEST_CASE(a_part_of_the_estate_neither_writes_a_baseline_nor_says_what_is_mended) {
  BOOST_REQUIRE(run({"check", bad, "--offline", "--write-baseline", baseline}) == 0);
  const std::string before = text_of(baseline);
  for (const std::string partial : {"--target", "--exclude"}) {
    BOOST_TEST(
        run({"check", bad, "--offline", partial, "rg-pay/*", "--write-baseline", baseline}) == 64);
    BOOST_TEST(contains(complained(), "--write-baseline and " + partial + " exclude each other"),
               complained());
    BOOST_TEST(text_of(baseline) == before);
  }
  BOOST_TEST(on_emulator({"check", bad, "--exclude", "rg-pay/*", "--baseline", baseline}) == 0);
  BOOST_TEST(!contains(said(), "No longer found"), said());
  BOOST_TEST(on_emulator({"check", bad, "--exclude", "rg-pay/*", "--baseline", baseline, "-o",
                          "json"}) == 0);
  BOOST_TEST(document()["summary"]["mended"].int_or(-1) == 0);
}

BOOST_AUTO_TEST_CASE(a_baseline_that_cannot_be_read_or_written_is_named_before_anything_is_sent) {
  BOOST_TEST(run({"check", bad, "--offline", "--baseline", baseline}) == 1);
  BOOST_TEST(contains(complained(), "baseline.json cannot be read: No such file"), complained());
  file("baseline.json", "[]");
  BOOST_TEST(run({"check", bad, "--offline", "--baseline", baseline}) == 1);
  BOOST_TEST(contains(complained(), "baseline.json is no baseline: formatVersion is not 1"),
             complained());
  const std::string nowhere = (folder / "none" / "b.json").string();
  BOOST_TEST(run({"check", bad, "--offline", "--write-baseline", nowhere}) == 1);
  BOOST_TEST(contains(complained(), "b.json cannot be written; name another file"), complained());
}

BOOST_AUTO_TEST_CASE(a_remark_is_obeyed_warned_of_or_refused) {
  const std::string expected = file(
      "expected.yaml",
      manifest_text("        # akv:ignore purge-protection-off a sandbox\n" + std::string(open),
                    " # akv:ignore network-open nothing secret in it"));
  BOOST_TEST(run({"check", expected, "--offline"}) == 0, said());
  BOOST_TEST(contains(said(), "0 low in 2 objects, 2 ignored. "), said());
  BOOST_TEST(complained().empty(), complained());
  BOOST_TEST(run({"check", expected, "--offline", "--verbose"}) == 0);
  BOOST_TEST(contains(said(), "a sandbox)"), said());

  const std::string idle = file("idle.yaml", manifest_text(closed, " # akv:ignore can-purge once"));
  BOOST_TEST(run({"check", idle, "--offline"}) == 0);
  BOOST_TEST(contains(complained(), "warning: akv:ignore can-purge suppresses nothing"),
             complained());
  BOOST_TEST(run({"check", idle, "--offline", "-o", "json"}) == 0);
  BOOST_TEST(complained().empty());
  BOOST_TEST(document()["diagnostics"].as_array()[0]["code"].string_or() == "idle-remark");
  // A part of the estate cannot tell.
  BOOST_TEST(run({"check", idle, "--offline", "--exclude", "rg-pay/*"}) == 0);
  BOOST_TEST(complained().empty(), complained());

  const std::string wrong = file("wrong.yaml", manifest_text(closed, " # akv:ignore can-purg x"));
  for (const char* command : {"check", "plan", "apply"})
    BOOST_TEST(on_emulator({command, wrong}) == 1, command);
  BOOST_TEST(run({"validate", wrong}) == 1);
  BOOST_TEST(contains(complained(),
                      "wrong.yaml:9:22: there is no rule \"can-purg\"; did you mean "
                      "\"can-purge\"?"),
             complained());
}

BOOST_AUTO_TEST_CASE(a_plan_shows_what_the_rules_find_on_what_changes) {
  BOOST_TEST(on_emulator({"plan", bad}) == 0);
  BOOST_TEST(contains(said(), "Rules on what changes: 2 high, 0 medium, 0 low. "), said());
  BOOST_TEST(contains(said(), "  high  purge-protection-off  rg-pay/kv-pay"), said());
  BOOST_TEST(on_emulator({"plan", bad, "-o", "json"}) == 0);
  BOOST_TEST(document()["findings"].size() == 2U);
  BOOST_TEST(on_emulator({"plan", bad, "-o", "markdown"}) == 0);
  BOOST_TEST(contains(said(), "Rules on what changes: **2 high, 0 medium, 0 low**"), said());
  BOOST_TEST(on_emulator({"apply", bad, "--yes"}) == 0, complained());
  BOOST_TEST(on_emulator({"plan", bad}) == 0);
  BOOST_TEST(!contains(said(), "Rules on what changes"), said());
  BOOST_TEST(on_emulator({"drift", bad, "-o", "json"}) == 0);
  BOOST_TEST(document()["findings"].size() == 0U);
}

BOOST_AUTO_TEST_CASE(quiet_says_nothing_where_nothing_is_found) {
  const std::string none = file(
      "none.yaml", manifest_text(std::string(closed) + "        networkAcls: {bypass: None}\n"));
  BOOST_TEST(run({"check", none, "--offline", "--quiet"}) == 0);
  BOOST_TEST(said().empty(), said());
}

BOOST_AUTO_TEST_SUITE_END()
