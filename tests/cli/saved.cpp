// Saved plans and approved change sets at the command line.
#include "akv/emulator/emulator.hpp"
#include "akv/provision/engine/saved_plan.hpp"
#include "akv/provision/kinds/estate.hpp"
#include "support/console.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/stat.h>

using namespace akv;
using json::Document;
using test::Console;
using test::contains;

namespace {

struct WithPlan : Console {
  std::string manifest = file("quickstart.yaml", test::small_manifest("[get, list]"));
  std::string plan_file = (folder / "today.plan").string();

  void save(const std::string& from) {
    BOOST_REQUIRE(on_emulator({"plan", from, "--save", plan_file}) == 0);
  }
  std::string digest() {
    BOOST_REQUIRE(on_emulator({"plan", manifest, "-o", "json"}) == 0);
    return std::string(document()["digest"].string_or());
  }
  static std::string text_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::string text() const { return text_of(plan_file); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(saved, WithPlan)

BOOST_AUTO_TEST_CASE(a_plan_is_saved_shown_and_applied) {
  save(manifest);
  BOOST_TEST(contains(complained(), "Saved in " + plan_file + ". It can be applied as long as"));
  const std::string planned = said();
  BOOST_TEST(contains(planned, "\nDigest: sha256:"), planned);

  BOOST_TEST(run({"show", plan_file}) == 0);
  BOOST_TEST(said().starts_with("Saved on "), said());
  BOOST_TEST(said().substr(said().find('\n') + 1) == planned);

  BOOST_TEST(on_emulator({"apply", plan_file, "--yes"}) == 0, complained());
  BOOST_TEST(contains(said(), "Done: 2 succeeded, 0 failed, 0 skipped"), said());
  BOOST_TEST(on_emulator({"plan", manifest}) == 0);
  BOOST_TEST(contains(said(), "No changes."), said());
}

BOOST_AUTO_TEST_CASE(the_file_is_its_owners_alone_and_holds_no_secret) {
  save(manifest);
  struct stat status {};
  BOOST_REQUIRE(::stat(plan_file.c_str(), &status) == 0);
  BOOST_TEST((status.st_mode & 07777U) == 0600U);
  emulator::Options options;
  options.store = (folder / "emulator.db").string();
  const emulator::Emulator emulator(options);
  BOOST_TEST(!contains(text(), emulator.identity().client_secret));
  BOOST_TEST(!contains(text(), "eyJ"));
  std::size_t left = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
    left += contains(entry.path().string(), ".new-") ? 1U : 0U;
  BOOST_TEST(left == 0U);
}

BOOST_AUTO_TEST_CASE(names_of_parameters_are_kept) {
  const std::string parametrised =
      file("p.yaml", "parameters:\n  word: {default: none}\n" + test::small_manifest());
  BOOST_REQUIRE(on_emulator({"plan", parametrised, "--set", "word=a", "--save", plan_file}) == 0);
  BOOST_TEST(run({"show", plan_file, "-o", "json"}) == 0);
  BOOST_TEST(document()["saved"]["parameters"].as_array().front().string_or() == "word");
}

BOOST_AUTO_TEST_CASE(show_has_json_and_markdown_too) {
  save(manifest);
  BOOST_TEST(run({"show", plan_file, "-o", "json"}) == 0);
  BOOST_TEST(document()["summary"]["create"].int_or(0) == 2);
  BOOST_TEST(document()["saved"]["cloud"].string_or() == "emulator");
  BOOST_TEST(document()["digest"].string_or().starts_with("sha256:"));
  BOOST_TEST(run({"show", plan_file, "-o", "markdown"}) == 0);
  BOOST_TEST(contains(said(), "Digest: `sha256:"), said());
}

BOOST_AUTO_TEST_CASE(what_the_rules_find_is_shown_whenever_the_plan_is) {
  const auto section = [this] {
    const std::string all = said();
    const std::size_t begin = all.find("Rules on what changes: ");
    BOOST_REQUIRE_MESSAGE(begin != std::string::npos, all);
    return all.substr(begin, all.find("\nPlan: ") - begin);
  };
  save(manifest);
  const std::string planned = section();
  BOOST_TEST(contains(planned, "network-open"), planned);
  BOOST_TEST(run({"show", plan_file}) == 0);
  BOOST_TEST(section() == planned);
  BOOST_TEST(run({"show", plan_file, "-o", "json"}) == 0);
  const Document findings = document()["findings"];
  BOOST_TEST(findings.size() > 2U);
  BOOST_TEST(on_emulator({"apply", plan_file}) == 3);
  BOOST_TEST(section() == planned);
  BOOST_TEST(on_emulator({"apply", plan_file, "-o", "json", "--yes"}) == 0);
  BOOST_TEST((document()["findings"] == findings));
}

BOOST_AUTO_TEST_CASE(a_saved_plan_says_of_each_change_what_the_plan_said) {
  const std::string closed =
      file("closed.yaml", test::small_manifest() + "        networkAcls: {defaultAction: Deny}\n");
  BOOST_REQUIRE(on_emulator({"plan", closed, "-o", "json", "--save", plan_file}) == 0);
  const Document changes = document()["changes"];
  const Document& network = changes.as_array().back()["network"];
  BOOST_TEST(network["before"].is_null());
  BOOST_TEST(network["after"].string_or() == "Azure services");
  BOOST_TEST(run({"show", plan_file, "-o", "json"}) == 0);
  BOOST_TEST((document()["changes"] == changes));
}

BOOST_AUTO_TEST_CASE(a_stale_plan_exits_with_4_and_says_what_moved_when_and_by_whom) {
  BOOST_REQUIRE(on_emulator({"apply", manifest, "--yes"}) == 0);
  save(file("wider.yaml", test::small_manifest("[get, list, set]")));
  const std::string other = file("other.yaml", test::small_manifest("[get]"));
  BOOST_REQUIRE(on_emulator({"apply", other, "--yes"}) == 0);
  BOOST_TEST(on_emulator({"apply", plan_file, "--yes"}) == 4);
  const std::string why = complained();
  BOOST_TEST(contains(why, "is stale, 1 of the 2 objects that it"), why);
  BOOST_TEST(contains(why, "vault rg-quickstart/kv-quickstart, written "), why);
  BOOST_TEST(contains(why, "accessPolicies  app  secrets: -list"), why);
  BOOST_TEST(contains(why, "  Nothing was written. Plan again:\n    akv plan "), why);
  BOOST_TEST(said().empty());

  BOOST_TEST(on_emulator({"apply", plan_file, "--yes", "-o", "json"}) == 4);
  BOOST_TEST(document()["error"]["code"].string_or() == "stale");
  BOOST_TEST(document()["moved"].as_array()[0]["fields"].size() == 1U);
  BOOST_TEST(complained().empty());
}

BOOST_AUTO_TEST_CASE(applied_again_it_says_that_all_is_done) {
  save(manifest);
  BOOST_REQUIRE(on_emulator({"apply", plan_file, "--yes"}) == 0);
  BOOST_TEST(on_emulator({"apply", plan_file}) == 0);
  BOOST_TEST(contains(complained(),
                      "2 of 2 changes are done already: rg-quickstart, "
                      "rg-quickstart/kv-quickstart\n"),
             complained());
  BOOST_TEST(contains(said(), "No changes."), said());
}

BOOST_AUTO_TEST_CASE(the_question_is_asked_as_for_a_fresh_plan) {
  save(manifest);
  BOOST_TEST(on_emulator({"apply", plan_file}) == 3);
  BOOST_TEST(contains(complained(), "not confirmed"), complained());
  terminal = true;
  answer = [] { return "yes"; };
  BOOST_TEST(on_emulator({"apply", plan_file}) == 0);
  BOOST_TEST(contains(complained(), "Make these 2 changes on the emulator in "), complained());
}

BOOST_AUTO_TEST_CASE(what_only_a_manifest_takes_is_refused_beside_a_plan) {
  save(manifest);
  const std::vector<std::vector<std::string>> refused = {
      {"--allow", "delete"}, {"--adopt"},          {"--set", "a=b"},
      {"--values", "v"},     {"--allow-env", "X"}, {"--target", "g"},
      {"--exclude", "g"},    {"--tenant", "t"},    {"--subscription", "s"}};
  for (const auto& option : refused) {
    std::vector<std::string> args = {"apply", plan_file};
    args.insert(args.end(), option.begin(), option.end());
    BOOST_TEST(on_emulator(args) == 64, option.front());
    BOOST_TEST(contains(complained(), "a saved plan does not take " + option.front() + ": "),
               complained());
  }
  BOOST_TEST(on_emulator({"apply", plan_file, manifest}) == 64);
  BOOST_TEST(contains(complained(), "is a saved plan, which is applied by itself"), complained());
  BOOST_TEST(run({"show", plan_file, manifest}) == 64);
}

BOOST_AUTO_TEST_CASE(stored_allowances_lift_guards) {
  const std::string wide = file("wide.yaml", test::small_manifest());
  BOOST_REQUIRE(on_emulator({"apply", wide, "--yes"}) == 0);
  const std::string empty = file("empty.yaml",
                                 "apiVersion: akv/v1\ndeployment: quickstart\nresourceGroups:\n"
                                 "  - name: rg-quickstart\n    location: eastus\n    vaults:\n"
                                 "      - {name: kv-quickstart, enableRbacAuthorization: false, "
                                 "accessPolicies: []}\n");
  save(empty);
  BOOST_TEST(on_emulator({"apply", plan_file, "--yes"}) == 3);
  BOOST_TEST(contains(complained(), "refused by a guard"), complained());
  BOOST_REQUIRE(on_emulator({"plan", empty, "--allow", "access-removed", "--allow",
                             "access-emptied=rg-quickstart/*", "--allow", "lockout", "--save",
                             plan_file}) == 0);
  BOOST_TEST(run({"show", plan_file}) == 0);
  BOOST_TEST(
      contains(said(), "Lifts guards: access-removed, access-emptied=rg-quickstart/*, lockout\n"),
      said());
  BOOST_TEST(on_emulator({"apply", plan_file, "--yes"}) == 0, complained());
}

BOOST_AUTO_TEST_CASE(a_damaged_plan_is_refused_in_words) {
  save(manifest);
  const std::string whole = text();
  const auto fails = [&](const std::string& changed, const std::string& words) {
    file("today.plan", changed);
    BOOST_TEST(run({"show", plan_file}) == 1);
    BOOST_TEST(contains(complained_unwrapped(), "akv: " + plan_file + ": the saved plan " + words),
               complained());
    BOOST_TEST(on_emulator({"apply", plan_file, "--yes"}) == 1);
    BOOST_TEST(contains(complained_unwrapped(), "akv: " + plan_file + ": the saved plan " + words),
               complained());
    BOOST_TEST(contains(complained(), "Remedy: akv plan FILE... --save " + plan_file));
  };
  fails(whole.substr(0, whole.size() / 2), "is damaged: ");
  std::string changed = whole;
  changed.replace(changed.find("kv-quickstart"), 13, "kv-quickstalk");
  fails(changed, "was changed after it was written; plan again");
  fails(R"({"format": "akv-plan", "formatVersion": 9})", "has format version 9, and this akv");
  fails(whole + std::string(100'000'000, ' '), "is larger than 64 MiB");
  BOOST_TEST(run({"show", manifest}) == 1);
  BOOST_TEST(contains(complained(), manifest + " is no saved plan"), complained());
  BOOST_TEST(run({"show", (folder / "none").string()}) == 1);
  BOOST_TEST(contains(complained(), "cannot be read: No such file or directory"), complained());
}

BOOST_AUTO_TEST_CASE(a_plan_without_changes_is_sealed_as_well) {
  BOOST_REQUIRE(on_emulator({"apply", manifest, "--yes"}) == 0);
  save(manifest);
  std::string changed = text();
  changed.replace(changed.find("its administrator"), 17, "its administratrix");
  file("today.plan", changed);
  const std::string words = "the saved plan was changed after it was written; plan again";
  BOOST_TEST(run({"show", plan_file}) == 1);
  BOOST_TEST(contains(complained(), words), complained());
  BOOST_TEST(on_emulator({"apply", plan_file, "--yes"}) == 1);
  BOOST_TEST(contains(complained(), words), complained());
}

BOOST_AUTO_TEST_CASE(a_plan_in_place_of_a_manifest_is_called_by_its_name) {
  save(manifest);
  for (const char* command : {"plan", "drift"}) {
    BOOST_TEST(on_emulator({command, plan_file}) == 1);
    BOOST_TEST(contains(complained(), "this is a saved plan, and no manifest"), complained());
  }
}

BOOST_AUTO_TEST_CASE(pruning_deletes_what_left_and_wants_the_deployments_name) {
  const std::string two =
      file("two.yaml", test::small_manifest() + "      - {name: kv-quicker, sku: standard}\n");
  BOOST_REQUIRE(on_emulator({"apply", two, "--yes"}) == 0);
  const std::string one = file("one.yaml", test::small_manifest());
  BOOST_TEST(on_emulator({"plan", one}) == 0);
  BOOST_TEST(contains(said(), "Kept: these carry the mark"), said());
  BOOST_TEST(on_emulator({"plan", one, "--prune"}) == 0);
  BOOST_TEST(contains(said(),
                      "  - delete  vault          rg-quickstart/kv-quicker\n"
                      "      left the manifest, can be recovered for 90 days\n"),
             said());
  BOOST_TEST(on_emulator({"drift", one, "--prune"}) == 2);
  BOOST_TEST(on_emulator({"apply", one, "--prune", "--confirm", "quickstart"}) == 3);
  BOOST_TEST(contains(complained(), "--allow delete"), complained());
  BOOST_TEST(on_emulator({"apply", one, "--prune", "--allow", "delete", "--yes"}) == 3);
  BOOST_TEST(contains(complained(), "--yes does not answer for what destroys"), complained());
  BOOST_TEST(on_emulator({"apply", one, "--prune", "--allow", "delete", "--confirm", "other"}) ==
             3);

  // The same by way of a saved plan, which is done when it has been carried out.
  BOOST_REQUIRE(on_emulator({"plan", one, "--prune", "--allow", "delete", "--save", plan_file}) ==
                0);
  BOOST_TEST(on_emulator({"apply", plan_file, "--yes"}) == 3);
  BOOST_TEST(on_emulator({"apply", plan_file, "--confirm", "quickstart"}) == 0, complained());
  BOOST_TEST(contains(said(), "Done: 1 succeeded"), said());
  BOOST_TEST(on_emulator({"apply", plan_file, "--confirm", "quickstart"}) == 0);
  BOOST_TEST(contains(complained(), "1 of 1 change is done already"), complained());
}

BOOST_AUTO_TEST_CASE(pruning_an_entry_wants_the_deployments_name_too) {
  const auto with = [this](const std::string& locks) {
    return file("locks.yaml", test::small_manifest() + "        locks: [" + locks + "]\n");
  };
  BOOST_REQUIRE(on_emulator({"apply", with("{name: keep}, {name: more}"), "--yes"}) == 0);
  const std::string less = with("{name: keep}");
  BOOST_TEST(on_emulator({"plan", less, "--prune", "--save", plan_file}) == 0);
  BOOST_TEST(contains(said(), "left the manifest: more\n"), said());
  BOOST_TEST(on_emulator({"apply", less, "--prune", "--yes"}) == 3);
  BOOST_TEST(contains(complained(), "--yes does not answer for what destroys"), complained());
  terminal = true;
  answer = [] { return std::optional<std::string>("no"); };
  BOOST_TEST(on_emulator({"apply", less, "--prune"}) == 3);
  BOOST_TEST(contains(complained(), "This takes entries out of 1 list on the emulator"),
             complained());
  BOOST_TEST(on_emulator({"apply", plan_file, "--yes"}) == 3);
  BOOST_TEST(on_emulator({"apply", plan_file, "--confirm", "quickstart"}) == 0, complained());
  BOOST_TEST(contains(said(), "Done: 1 succeeded"), said());
}

BOOST_AUTO_TEST_CASE(pruning_a_part_of_a_manifest_is_refused) {
  for (const char* partial : {"--target", "--exclude"}) {
    BOOST_TEST(on_emulator({"plan", manifest, "--prune", partial, "rg-*"}) == 64);
    BOOST_TEST(contains(complained(), std::string("--prune and ") + partial), complained());
  }
  BOOST_TEST(on_emulator({"plan", manifest, "--prune-scope", "s"}) == 64);
  BOOST_TEST(contains(complained(), "--prune-scope widens --prune"), complained());
  BOOST_TEST(on_emulator({"plan", manifest, "--prune", "--prune-scope", "s"}) == 64);
  BOOST_TEST(contains(complained(), "--prune-scope \"s\" is no subscription id"), complained());
}

BOOST_AUTO_TEST_CASE(a_manifest_is_never_overwritten) {
  const std::string before = text_of(manifest);
  BOOST_TEST(on_emulator({"plan", manifest, "--save", manifest}) == 1);
  BOOST_TEST(contains(complained(), manifest + " stands there already and is no saved plan"));
  BOOST_TEST(text_of(manifest) == before);
  // A plan may be.
  save(manifest);
  save(manifest);
}

BOOST_AUTO_TEST_CASE(a_place_that_cannot_be_written_is_named) {
  BOOST_TEST(on_emulator({"plan", manifest, "--save", (folder / "no" / "x.plan").string()}) == 1);
  BOOST_TEST(contains(complained(), "x.plan: No such file or directory"), complained());
  BOOST_TEST(on_emulator({"plan", manifest, "--save", "-"}) == 64);
}

BOOST_AUTO_TEST_CASE(a_plan_for_another_place_is_refused) {
  save(manifest);
  engine::SavedPlan plan = engine::read_saved_plan(text(), kinds::make_registry());
  const std::string here = std::exchange(plan.endpoint, "https://management.azure.com");
  plan.cloud = "AzureCloud";
  file("today.plan", engine::to_text(plan));
  BOOST_TEST(on_emulator({"apply", plan_file, "--yes"}) == 1);
  BOOST_TEST(contains(complained(),
                      "the plan was made for AzureCloud, and this is emulator; nothing was "
                      "written"),
             complained());
  plan.cloud = "emulator";
  plan.endpoint = here;
  BOOST_REQUIRE(!plan.tenants.empty());
  plan.tenants.begin()->second = "7a7a0000-0000-4000-8000-000000000001";
  file("today.plan", engine::to_text(plan));
  BOOST_TEST(on_emulator({"apply", plan_file, "--yes"}) == 1);
  BOOST_TEST(contains(complained_unwrapped(),
                      " in tenant 7a7a0000-0000-4000-8000-000000000001, and this is"),
             complained());
}

BOOST_AUTO_TEST_CASE(a_fresh_plan_is_applied_if_its_change_set_is_the_approved_one) {
  const std::string approved = digest();
  BOOST_REQUIRE(on_emulator({"plan", manifest}) == 0);
  BOOST_TEST(contains(said(), "Digest: " + approved + "\n"), said());
  // The same manifest with other places.
  const std::string moved = file("moved.yaml", "\n\n" + test::small_manifest("[list, get]"));
  BOOST_TEST(on_emulator({"apply", moved, "--expect", approved, "--yes"}) == 0, complained());
}

BOOST_AUTO_TEST_CASE(another_change_set_than_the_approved_one_exits_with_4_and_is_shown) {
  const std::string approved = digest();
  const std::string other = file("other.yaml", test::small_manifest("[get]"));
  BOOST_TEST(on_emulator({"apply", other, "--expect", approved, "--yes"}) == 4);
  BOOST_TEST(contains(said(), "Plan: 2 to create"), said());
  BOOST_TEST(contains(complained(), "these changes are not the ones that were approved"));
  BOOST_TEST(contains(complained(), approved), complained());
  BOOST_TEST(on_emulator({"apply", other, "--expect", approved, "--yes", "-o", "json"}) == 4);
  BOOST_TEST(document()["error"]["code"].string_or() == "not-approved");
  BOOST_TEST(document()["summary"]["create"].int_or(0) == 2);
  BOOST_TEST(on_emulator({"plan", manifest}) == 0);
  BOOST_TEST(contains(said(), "Plan: 2 to create"), said());
}

BOOST_AUTO_TEST_CASE(a_saved_plan_can_be_held_against_an_approved_digest_too) {
  const std::string approved = digest();
  save(manifest);
  const std::string other = "sha256:" + std::string(64, '0');
  BOOST_TEST(on_emulator({"apply", plan_file, "--expect", other, "--yes"}) == 4);
  BOOST_TEST(on_emulator({"apply", plan_file, "--expect", approved, "--yes"}) == 0, complained());
}

BOOST_AUTO_TEST_CASE(a_digest_is_given_whole) {
  for (const char* bad : {"sha256:abc", "abc", "sha1:0000"}) {
    BOOST_TEST(on_emulator({"apply", manifest, "--expect", bad}) == 64, bad);
    BOOST_TEST(contains(complained(), "--expect takes a whole digest"), complained());
  }
}

BOOST_AUTO_TEST_SUITE_END()
