// The main job on the emulator inside akv.
#include "akv/emulator/emulator.hpp"
#include "cli/quickstart.hpp"

using namespace akv;
using test::contains;
using test::Quickstart;

BOOST_FIXTURE_TEST_SUITE(emulated, Quickstart)

BOOST_AUTO_TEST_CASE(the_first_hour) {
  BOOST_TEST(on_emulator({"plan", manifest}) == 0);
  BOOST_TEST(complained().empty(), complained());
  BOOST_TEST(contains(said(), ", on the emulator in "));
  BOOST_TEST(contains(said(), ", as its administrator\n"));
  BOOST_TEST(contains(said(), "  + create  resourceGroup  rg-quickstart"));
  BOOST_TEST(contains(said(), "        app                    keys: +all  secrets: +all\n"));
  BOOST_TEST(contains(said(), "Plan: 2 to create, 0 to update, 0 to delete, 0 unchanged."));

  BOOST_TEST(on_emulator({"apply", manifest, "--yes"}) == 0);
  BOOST_TEST(contains(complained(), "rg-quickstart/kv-quickstart  created\n"), complained());
  BOOST_TEST(contains(said(), "Done: 2 succeeded, 0 failed, 0 skipped"));

  BOOST_TEST(on_emulator({"plan", manifest}) == 0);
  BOOST_TEST(contains(said(), "No changes. 2 objects are as the manifest says."), said());

  const std::string narrower = file("narrower.yaml", test::small_manifest("[get, list]"));
  BOOST_TEST(on_emulator({"plan", narrower}) == 0);
  BOOST_TEST(contains(said(), "app                    secrets: -all +get +list"), said());
  BOOST_TEST(contains(said(), "Plan: 0 to create, 1 to update, 0 to delete, 1 unchanged."));

  BOOST_TEST(on_emulator({"teardown", manifest, "--confirm", "quickstart"}) == 0);
  BOOST_TEST(contains(said(), "  - delete  vault          kv-quickstart"), said());
  BOOST_TEST(contains(said(), "Soft-deleted: kv-quickstart (eastus), recoverable until"), said());

  BOOST_TEST(on_emulator({"plan", manifest}) == 0);
  BOOST_TEST(contains(said(), "  ! refused vault          rg-quickstart/kv-quickstart"), said());
  BOOST_TEST(contains(said(), "1 refused, so apply would stop"));
}

BOOST_AUTO_TEST_CASE(a_name_that_was_asked_for_in_vain_is_a_mistake_for_which_reads_were_sent) {
  const std::string mistaken =
      file("mistaken.yaml", test::small_manifest() +
                                "        roleAssignments: [{principal: app, role: Nonsense}]\n");
  BOOST_TEST(on_emulator({"plan", mistaken}) == 1);
  BOOST_TEST(contains(complained(), "unknown role \"Nonsense\""), complained());
  BOOST_TEST(contains(complained(), "\n1 mistake in 1 file. Nothing was written.\n"), complained());
  const std::string typo = file("typo.yaml", test::small_manifest() + "        skuu: standard\n");
  BOOST_TEST(on_emulator({"plan", typo}) == 1);
  BOOST_TEST(contains(complained(), "\n1 mistake in 1 file. Nothing was sent.\n"), complained());
}

BOOST_AUTO_TEST_CASE(roles_and_locks_are_shown_by_name_and_taken_away_first) {
  const auto text = [](const std::string& roles, const std::string& more) {
    return "apiVersion: akv/v1\ndeployment: roles\nprincipals:\n  app: "
           "1b2c0000-0000-4000-8000-000000000001\nresourceGroups:\n  - name: rg\n    location: "
           "eastus\n    vaults:\n      - name: kv-roles\n        roleAssignments:\n          - "
           "{principal: app, role: " +
           roles + "}\n" + more;
  };
  const std::string first = file("first.yaml", text("Key Vault Administrator", ""));
  BOOST_TEST(on_emulator({"plan", first}) == 0);
  BOOST_TEST(contains(said(), "  + create  roleAssignment  rg/kv-roles"), said());
  BOOST_TEST(contains(said(),
                      "      roleAssignments\n        app                    + Key Vault "
                      "Administrator\n"),
             said());
  BOOST_REQUIRE(on_emulator({"apply", first, "--yes"}) == 0);
  BOOST_TEST(contains(complained(), "roleAssignment rg/kv-roles  1 written\n"), complained());

  const std::string second =
      file("second.yaml", text("Key Vault Secrets User",
                               "        manage: {roleAssignments: exact}\n        locks: [{name: "
                               "keep, level: CanNotDelete}]\n"));
  BOOST_TEST(on_emulator({"plan", second}) == 0);
  BOOST_TEST(contains(said(),
                      "app                    - Key Vault Administrator  + Key Vault "
                      "Secrets User"),
             said());
  BOOST_TEST(
      contains(said(), "app can no longer do everything with keys, secrets and certificates"),
      said());
  BOOST_TEST(contains(said(), "app can now read secrets"), said());
  BOOST_TEST(contains(said(), "      locks\n        keep                   level: CanNotDelete"),
             said());
  BOOST_TEST(on_emulator({"apply", second, "--yes"}) == 3);
  BOOST_TEST(contains(complained(), "lockout: app is the last administrator of rg/kv-roles"),
             complained());
  BOOST_REQUIRE(on_emulator({"apply", second, "--yes", "--allow", "lockout"}) == 0);
  BOOST_TEST(on_emulator({"drift", second}) == 0, said());
  BOOST_TEST(on_emulator({"plan", first}) == 0);
  BOOST_TEST(contains(said(), "  rg/kv-roles roleAssignments[app/Key Vault Secrets User]\n"),
             said());

  BOOST_TEST(on_emulator({"teardown", second, "--confirm", "roles"}) == 0, complained());
  BOOST_TEST(contains(said(), "  - delete  lock           rg/kv-roles/keep"), said());
}

BOOST_AUTO_TEST_CASE(json_of_every_step_is_one_document) {
  BOOST_TEST(on_emulator({"plan", manifest, "-o", "json"}) == 0);
  BOOST_TEST(document()["summary"]["create"].int_or(0) == 2);
  BOOST_TEST(document()["deployment"].string_or() == "quickstart");
  BOOST_TEST(on_emulator({"apply", manifest, "--yes", "-o", "json", "--progress", "none"}) == 0);
  BOOST_TEST(complained().empty());
  BOOST_TEST(document()["summary"]["succeeded"].int_or(0) == 2);
  BOOST_TEST(document()["requests"]["writes"].int_or(0) == 2);
  BOOST_TEST(on_emulator({"apply", manifest, "--yes", "-o", "json"}) == 0);
  BOOST_TEST(document()["changes"].size() == 0U);
  BOOST_TEST(on_emulator({"drift", manifest, "-o", "json"}) == 0);
  BOOST_TEST(document()["summary"]["unchanged"].int_or(0) == 2);
  BOOST_TEST(on_emulator({"teardown", manifest, "--confirm", "quickstart", "-o", "json"}) == 0);
  BOOST_TEST(document()["inventory"].size() == 1U);
  BOOST_TEST(document()["softDeleted"].size() == 1U);
  BOOST_TEST(on_emulator({"whoami", "-o", "json"}) == 0);
  BOOST_TEST(document()["principal"].string_or() == "its administrator");
}

BOOST_AUTO_TEST_CASE(markdown_is_printed_where_it_is_asked_for) {
  BOOST_TEST(on_emulator({"plan", manifest, "-o", "markdown"}) == 0);
  BOOST_TEST(said().starts_with("### akv plan: quickstart\n"));
  BOOST_TEST(on_emulator({"apply", manifest, "--yes", "-o", "markdown"}) == 0);
  BOOST_TEST(contains(said(), "Done: 2 succeeded"));
}

BOOST_AUTO_TEST_CASE(drift_and_a_detailed_plan_exit_with_2_on_differences) {
  BOOST_TEST(on_emulator({"drift", manifest}) == 2);
  BOOST_TEST(contains(said(), "Drift: 2 of 2 objects differ."), said());
  BOOST_TEST(on_emulator({"plan", manifest, "--detailed-exitcode"}) == 2);
  apply_it();
  BOOST_TEST(on_emulator({"drift", manifest}) == 0);
  BOOST_TEST(contains(said(), "No drift."));
  BOOST_TEST(on_emulator({"plan", manifest, "--detailed-exitcode"}) == 0);
}

BOOST_AUTO_TEST_CASE(a_preflight_stands_at_the_end_of_the_plan) {
  BOOST_TEST(on_emulator({"plan", manifest, "--preflight", "--detailed-exitcode"}) == 2);
  BOOST_TEST(
      contains(said(),
               "Preflight: nothing that is known stands in the way. Looked at: 2 rights on 1 "
               "scope, 0 locks, 1\n  provider and 1 name.\n"),
      said());
  BOOST_TEST(on_emulator({"plan", manifest, "--preflight", "-o", "json"}) == 0);
  BOOST_TEST(document()["preflight"]["findings"].size() == 0U);
  BOOST_TEST(document()["preflight"]["names"].int_or(0) == 1);
  BOOST_TEST(on_emulator({"plan", manifest, "-o", "json"}) == 0);
  BOOST_TEST(document().find("preflight") == nullptr);
  apply_it();
  BOOST_TEST(on_emulator({"plan", manifest, "--preflight", "--quiet"}) == 0);
  BOOST_TEST(said().empty(), said());
}

BOOST_AUTO_TEST_CASE(a_manifest_may_come_from_standard_input) {
  input = test::small_manifest();
  BOOST_TEST(on_emulator({"plan", "-"}) == 0);
  BOOST_TEST(contains(said(), "<stdin>:9"), said());
}

BOOST_AUTO_TEST_CASE(target_and_exclude_choose_objects) {
  BOOST_TEST(on_emulator({"plan", manifest, "--exclude", "rg-quickstart/*"}) == 0);
  BOOST_TEST(contains(said(), "Plan: 1 to create"), said());
}

BOOST_AUTO_TEST_CASE(the_emulator_takes_the_subscription_and_tenant_that_the_manifest_names) {
  const std::string subscription = "9c0d0000-0000-4000-8000-000000000003";
  const std::string own = file("own.yaml", "subscription: " + subscription +
                                               "\ntenant: 7a7a0000-0000-4000-8000-000000000001\n" +
                                               test::small_manifest());
  BOOST_TEST(on_emulator({"apply", own, "--yes", "-o", "json"}) == 0, complained() << said());
  BOOST_TEST(
      contains(std::string(document()["changes"].as_array()[0]["id"].string_or()), subscription));
  BOOST_TEST(on_emulator({"plan", own}) == 0);
  BOOST_TEST(contains(said(), "No changes."), said());
}

BOOST_AUTO_TEST_CASE(purge_frees_the_name_also_in_a_later_run) {
  apply_it();
  BOOST_TEST(on_emulator({"teardown", manifest, "--confirm", "quickstart"}) == 0);
  BOOST_TEST(on_emulator({"teardown", manifest, "--purge", "--confirm", "quickstart"}) == 0,
             said() << complained());
  BOOST_TEST(contains(said(), "  - purge   vault          rg-quickstart/kv-quickstart"), said());
  BOOST_TEST(on_emulator({"plan", manifest}) == 0);
  BOOST_TEST(contains(said(), "Plan: 2 to create, 0 to update, 0 to delete, 0 unchanged."), said());
}

BOOST_AUTO_TEST_CASE(a_guard_refuses_until_it_is_allowed) {
  apply_it();
  std::string text = test::small_manifest();
  text.erase(text.find("          - {principal"));
  const std::string empty = file("empty_access.yaml", text.erase(text.rfind('\n')) + " []\n");
  BOOST_TEST(on_emulator({"plan", empty}) == 0);
  BOOST_TEST(contains(said(), "Apply would be refused by a guard:"), said());
  BOOST_TEST(on_emulator({"plan", empty, "--detailed-exitcode"}) == 3);
  BOOST_TEST(on_emulator({"apply", empty, "--yes"}) == 3);
  BOOST_TEST(contains(complained(), "akv: refused by a guard, nothing was written\n"),
             complained());
  BOOST_TEST(contains(complained(), "--allow access-emptied"), complained());
  BOOST_TEST(on_emulator({"apply", empty, "--yes", "-o", "json"}) == 3);
  BOOST_TEST(document()["error"]["code"].string_or() == "refused-by-guard");
  BOOST_TEST(document()["guards"].size() > 0U);
  BOOST_TEST(on_emulator({"apply", empty, "--yes", "--allow", "access-emptied", "--allow",
                          "access-removed", "--allow", "lockout"}) == 0,
             said() << complained());
}

BOOST_AUTO_TEST_CASE(who_is_signed_in_is_not_locked_out_unseen) {
  BOOST_REQUIRE(on_emulator({"whoami", "-o", "json"}) == 0);
  const std::string me(document()["objectId"].string_or());
  std::string text = test::small_manifest();
  const std::string line = "          - {objectId: " + me + ", permissions: {secrets: [get]}}\n";
  const std::string with_me = file("with_me.yaml", text.insert(text.find("          - {p"), line));
  BOOST_REQUIRE(on_emulator({"apply", with_me, "--yes"}) == 0);
  BOOST_TEST(on_emulator({"plan", manifest, "--detailed-exitcode"}) == 3);
  BOOST_TEST(contains(said(), "lockout: you (" + me + ") would lose all access to"), said());
  BOOST_TEST(on_emulator({"apply", manifest, "--yes", "--allow", "lockout"}) == 0, complained());
}

BOOST_AUTO_TEST_CASE(an_address_of_ones_own_is_not_shut_out_unseen) {
  apply_it();
  const std::string closed =
      file("closed.yaml", test::small_manifest() +
                              "        networkAcls: {defaultAction: Deny, ipRules: "
                              "[198.51.100.0/24]}\n");
  const auto plan_from = [&](const std::string& address) {
    return on_emulator(
        {"plan", closed, "--allow", "network-closed", "--detailed-exitcode", "--my-ip", address});
  };
  BOOST_TEST(plan_from("203.0.113.7") == 3);
  BOOST_TEST(contains(said(), "lockout: 203.0.113.7/32 would no longer reach"), said());
  BOOST_TEST(plan_from("198.51.100.200") == 2);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_done_stops_before_the_first_write) {
  apply_it();
  BOOST_TEST(on_emulator({"teardown", manifest, "--confirm", "quickstart"}) == 0);
  BOOST_TEST(on_emulator({"apply", manifest, "--yes"}) == 3);
  BOOST_TEST(contains(complained(), "nothing was written"), complained());
  BOOST_TEST(on_emulator({"apply", manifest, "--yes", "-o", "json"}) == 3);
  BOOST_TEST(document()["error"]["code"].string_or() == "refused");
  BOOST_TEST(document()["refused"].as_array()[0]["code"].string_or() == "soft-deleted");
}

BOOST_AUTO_TEST_CASE(a_store_that_another_process_has_is_busy) {
  emulator::Options options;
  options.store = folder / "emulator.db";
  const emulator::Emulator other(options);
  BOOST_TEST(on_emulator({"plan", manifest}) == 75);
  BOOST_TEST(contains(complained(), "emulator.db"), complained());
  BOOST_TEST(on_emulator({"plan", manifest, "-o", "json"}) == 75);
  BOOST_TEST(document()["error"]["code"].string_or() == "busy");
}

BOOST_AUTO_TEST_CASE(a_store_that_cannot_be_made_is_an_error) {
  file("plain", "a file, no folder");
  BOOST_TEST(run({"plan", manifest, "--emulator=" + (folder / "plain/x.db").string()}) == 1);
  BOOST_TEST(contains(complained(), "plain"), complained());
}

BOOST_AUTO_TEST_SUITE_END()
