// What people are told to run next after a saved plan was refused.
#include "akv/provision/engine/shell_word.hpp"
#include "support/console.hpp"
#include "support/published_schema.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>

using namespace akv;
using test::Console;
using test::contains;

namespace {

struct Saving : Console {
  std::string manifest = file("the estate.yaml",
                              "parameters:\n"
                              "  word: {default: none}\n"
                              "  password: {default: none}\n" +
                                  test::small_manifest("[get, list]"));
  std::string plan_file = (folder / "today's.plan").string();

  /// Somebody else writes the vault that the plan changes.
  void move() {
    const std::string other = file("other.yaml", test::small_manifest("[get]"));
    const int code = on_emulator({"apply", other, "--yes", "--allow", "access-removed"});
    BOOST_REQUIRE_MESSAGE(code == 0, complained());
  }
  void save(std::vector<std::string> more) {
    more.insert(more.begin(), {"plan", manifest, "--save", plan_file});
    BOOST_REQUIRE_MESSAGE(on_emulator(more) == 0, complained());
  }
  /// The command as it stands in a line of its own.
  std::string command() const {
    const std::string all = complained();
    const std::size_t begin = all.find("    akv plan ");
    BOOST_REQUIRE_MESSAGE(begin != std::string::npos, all);
    return all.substr(begin + 4, all.find('\n', begin) - begin - 4);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(plan_again, Saving)

BOOST_AUTO_TEST_CASE(the_command_that_made_a_stale_plan_can_be_pasted) {
  const std::string values = file("some values.yaml", "word: other\n");
  save({"--values",
        values,
        "--set",
        "word=it's $HOME",
        "--allow-env",
        "USER",
        "--target",
        "rg-*/*",
        "--exclude=-x",
        "--exclude",
        "rg-old",
        "--adopt",
        "--adopt=kv*",
        "--allow",
        "access-removed=rg-quickstart/*",
        "--my-ip",
        "203.0.113.7",
        "--preflight",
        "--subscription",
        "9c0d0000-0000-4000-8000-000000000003",
        "-o",
        "json",
        "--parallel",
        "2",
        "--quiet"});
  move();
  BOOST_TEST(on_emulator({"apply", plan_file, "--yes"}) == 4);
  BOOST_TEST(contains(complained(), "\n  Nothing was written. Plan again:\n    akv plan "),
             complained());
  const std::string quoted_plan = "'" + (folder / "today'\\''s.plan").string() + "'";
  BOOST_TEST(command() == "akv plan '" + manifest + "' --set 'word=it'\\''s $HOME' --values '" +
                              values +
                              "' --allow-env USER --subscription "
                              "9c0d0000-0000-4000-8000-000000000003 --target 'rg-*/*' --exclude=-x "
                              "--exclude rg-old " +
                              store() +
                              " --adopt '--adopt=kv*' --allow 'access-removed=rg-quickstart/*' "
                              "--my-ip 203.0.113.7 --preflight --save " +
                              quoted_plan);
  // And it is taken: in a shell, whose words are these.
  BOOST_TEST(on_emulator({"plan", manifest, "--set", "word=it's $HOME", "--exclude=-x", "--adopt",
                          "--adopt=kv*", "--save", plan_file}) == 0,
             complained());
}

BOOST_AUTO_TEST_CASE(pruning_is_planned_again_with_its_scope_and_all_files) {
  const std::string second = file("second.yaml", "apiVersion: akv/v1\noverlay: true\n");
  const std::string scope = "9c0d0000-0000-4000-8000-000000000009";
  BOOST_REQUIRE(on_emulator({"apply", file("all.yaml", test::small_manifest()), "--yes"}) == 0);
  BOOST_REQUIRE(on_emulator({"plan", manifest, second, "--prune", "--prune-scope", scope, "--save",
                             plan_file}) == 0);
  move();
  BOOST_TEST(on_emulator({"apply", plan_file, "--yes"}) == 4);
  const std::string again = command();
  BOOST_TEST(again.starts_with("akv plan '" + manifest + "' " + second + " "), again);
  BOOST_TEST(contains(again, " --prune --prune-scope " + scope + " --save "), again);
}

BOOST_AUTO_TEST_CASE(what_looks_like_a_secret_goes_no_further_than_the_command_line) {
  save({"--set", "password=hunter2"});
  std::ifstream in(plan_file, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  BOOST_TEST(contains(text, "password=REDACTED"), text);
  BOOST_TEST(!contains(text, "hunter2"));
}

BOOST_AUTO_TEST_CASE(what_a_program_reads_of_a_stale_or_saved_plan_is_described) {
  save({"--set", "word=other"});
  BOOST_TEST(run({"show", plan_file, "-o", "json"}) == 0);
  BOOST_TEST(test::PublishedSchema("plan.schema.json").misfit(said()) == "");
  BOOST_TEST(document()["saved"]["options"].dump() ==
             json::Document::array({"--set", "word=other", store()}).dump());
  move();
  BOOST_TEST(on_emulator({"apply", plan_file, "--yes", "-o", "json"}) == 4);
  BOOST_TEST(test::PublishedSchema("error.schema.json").misfit(said()) == "");
  BOOST_TEST(document()["moved"].size() > 0U);
  BOOST_TEST(contains(std::string(document()["error"]["remedy"].string_or()),
                      "Plan again: akv plan '" + manifest + "' --set word=other "));
}

BOOST_AUTO_TEST_CASE(a_guard_is_lifted_where_the_plan_is_made_and_not_where_it_is_applied) {
  const std::string wide = file("wide.yaml", test::small_manifest());
  BOOST_REQUIRE(on_emulator({"apply", wide, "--yes"}) == 0);
  manifest = file("empty.yaml",
                  "apiVersion: akv/v1\ndeployment: quickstart\nresourceGroups:\n"
                  "  - name: rg-quickstart\n    location: eastus\n    vaults:\n"
                  "      - {name: kv-quickstart, enableRbacAuthorization: false, "
                  "accessPolicies: []}\n");
  save({});
  BOOST_TEST(contains(said(), "To mean it: --allow access-emptied\n"), said());
  const std::string way = "lan again with --allow access-emptied --save PLAN";
  BOOST_TEST(run({"show", plan_file}) == 0);
  BOOST_TEST(contains(said(), "To mean it: p" + way + "\n"), said());
  BOOST_TEST(run({"show", plan_file, "-o", "markdown"}) == 0);
  BOOST_TEST(
      contains(said(),
               "To mean it: plan again with <code>--allow access-emptied --save PLAN</code>"),
      said());
  BOOST_TEST(on_emulator({"apply", plan_file, "--yes"}) == 3);
  BOOST_TEST(contains(complained(), "To mean it: p" + way + "\n"), complained());
  BOOST_TEST(on_emulator({"apply", plan_file, "--yes", "-o", "json"}) == 3);
  BOOST_TEST(contains(std::string(document()["error"]["remedy"].string_or()),
                      "comply, or mean it: plan again with --allow "));
  BOOST_TEST(contains(std::string(document()["error"]["remedy"].string_or()), " --save PLAN"));
  BOOST_TEST(on_emulator({"apply", manifest, "--yes", "-o", "json"}) == 3);
  BOOST_TEST(!contains(std::string(document()["error"]["remedy"].string_or()), "plan again"));
}

BOOST_AUTO_TEST_CASE(a_name_with_a_meaning_to_the_shell_is_quoted_where_it_is_to_be_typed) {
  BOOST_REQUIRE(on_emulator({"apply",
                             file("g.yaml",
                                  "apiVersion: akv/v1\ndeployment: g\n"
                                  "resourceGroups:\n"
                                  "  - {name: rg(old), location: eastus}\n"),
                             "--yes"}) == 0);
  BOOST_TEST(on_emulator({"teardown", "-g", "rg(old)"}) == 3);
  BOOST_TEST(contains(complained(), "--confirm 'rg(old)'\n"), complained());
}

// The guard may find something only after a recover, when the plan is being carried out.
BOOST_AUTO_TEST_CASE(a_guard_in_the_middle_of_a_run_is_lifted_by_a_command_that_can_be_pasted) {
  BOOST_REQUIRE(on_emulator({"apply", file("all.yaml", test::small_manifest()), "--yes"}) == 0);
  BOOST_TEST_REQUIRE(on_emulator({"teardown", file("all.yaml", test::small_manifest()), "--confirm",
                                  "quickstart"}) == 0,
                     complained());
  manifest = file("the estate.yaml",
                  "apiVersion: akv/v1\ndeployment: quickstart\nresourceGroups:\n"
                  "  - name: rg-quickstart\n    location: eastus\n    vaults:\n"
                  "      - {name: kv-quickstart, enableRbacAuthorization: false, "
                  "accessPolicies: [], onSoftDeleted: recover}\n");
  save({});
  BOOST_TEST(on_emulator({"apply", plan_file, "--yes"}) == 5, complained());
  const std::string quoted_plan = "'" + (folder / "today'\\''s.plan").string() + "'";
  const std::string again = "akv plan '" + manifest + "' " + store() + " --save " + quoted_plan +
                            " --allow access-removed=rg-quickstart/kv-quickstart --allow "
                            "access-emptied=rg-quickstart/kv-quickstart --allow "
                            "lockout=rg-quickstart/kv-quickstart";
  BOOST_TEST(contains(said(), ", or mean it:\n           " + again + "\n"), said());
  BOOST_TEST(on_emulator({"plan", manifest, "--save", plan_file, "--allow",
                          "access-removed=rg-quickstart/kv-quickstart", "--allow",
                          "access-emptied=rg-quickstart/kv-quickstart", "--allow",
                          "lockout=rg-quickstart/kv-quickstart"}) == 0,
             complained());
  BOOST_TEST(on_emulator({"apply", plan_file, "--yes"}) == 0, complained());
}

BOOST_AUTO_TEST_CASE(a_word_is_quoted_where_the_shell_would_read_something_else) {
  BOOST_TEST(engine::shell_word("/tmp/a-b_c.db") == "/tmp/a-b_c.db");
  BOOST_TEST(engine::shell_word("my store.db") == "'my store.db'");
  BOOST_TEST(engine::shell_word("it's") == "'it'\\''s'");
  BOOST_TEST(engine::shell_word("$HOME/x") == "'$HOME/x'");
  BOOST_TEST(engine::shell_word("~/x") == "'~/x'");
  BOOST_TEST(engine::shell_word("a=b,c@d:1+2%") == "a=b,c@d:1+2%");
  BOOST_TEST(engine::shell_word("") == "''");
}

BOOST_AUTO_TEST_SUITE_END()
