// Several subscriptions in one deployment, on the emulator inside akv.
#include "cli/served.hpp"
#include "support/console.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using test::Console;
using test::contains;

BOOST_FIXTURE_TEST_SUITE(subscriptions, Console)

BOOST_AUTO_TEST_CASE(two_vaults_of_one_name_are_told_apart_by_their_subscriptions) {
  const std::string a = "9c0d0000-0000-4000-8000-00000000000a";
  const std::string b = "9c0d0000-0000-4000-8000-00000000000b";
  const std::string both =
      file("both.yaml", "apiVersion: akv/v1\ndeployment: both\nsubscription: " + a +
                            "\nresourceGroups:\n"
                            "  - {name: rg-a, location: eastus}\n"
                            "  - name: rg-a\n    location: eastus\n    subscription: " +
                            b + "\n    vaults: [{name: kv-there}]\n");
  BOOST_TEST(on_emulator({"plan", both}) == 0, complained());
  BOOST_TEST(contains(said(), "\n\nSubscription " + a + "\n  + create  resourceGroup  rg-a"),
             said());
  BOOST_TEST(contains(said(), "\n\nSubscription " + b + "\n  + create  resourceGroup  rg-a"),
             said());
  BOOST_TEST(on_emulator({"plan", both, "-o", "markdown"}) == 0);
  BOOST_TEST(contains(said(), "resourceGroup <code>rg-a</code></summary>"), said());
  BOOST_TEST(contains(said(), "vault <code>rg-a/kv-there</code> in subscription " + b), said());
  const std::string plan = (folder / "both.plan").string();
  BOOST_REQUIRE(on_emulator({"plan", both, "--save", plan}) == 0);
  BOOST_TEST(run({"show", plan}) == 0);
  BOOST_TEST(contains(said(), "\n\nSubscription " + b + "\n"), said());
  BOOST_TEST(on_emulator({"apply", plan, "--yes"}) == 0, complained());
  BOOST_TEST(contains(said(), "\n\nSubscription " + b + "\n"), said());
  BOOST_TEST(contains(complained(), "rg-a/kv-there in subscription " + b + "  created\n"),
             complained());
  BOOST_TEST(on_emulator({"teardown", both}) == 3);
  BOOST_TEST(contains(said(), "resourceGroup  rg-a (eastus), which holds 0 objects\n"), said());
  BOOST_TEST(contains(said(), "resourceGroup  rg-a in subscription " + b + " (eastus)"), said());
}

BOOST_AUTO_TEST_CASE(a_saved_part_of_a_first_roll_out_asks_nothing_of_the_other_subscriptions) {
  const std::string both =
      file("both.yaml",
           "apiVersion: akv/v1\ndeployment: both\nsubscription: "
           "9c0d0000-0000-4000-8000-00000000000a\nresourceGroups:\n"
           "  - {name: rg-a, location: eastus, vaults: [{name: kv-here}]}\n"
           "  - {name: rg-b, location: eastus, subscription: 9c0d0000-0000-4000-8000-00000000000b,"
           " vaults: [{name: kv-there}]}\n");
  const std::string plan = (folder / "part.plan").string();
  BOOST_REQUIRE(
      on_emulator({"plan", both, "--target", "rg-a", "--target", "rg-a/*", "--save", plan}) == 0);
  BOOST_TEST(on_emulator({"apply", plan, "--yes"}) == 0, complained());
  BOOST_TEST(contains(said(), "Done: 2 succeeded"), said());
}

BOOST_FIXTURE_TEST_CASE(a_saved_plan_of_a_named_tenant_is_applied_beside_a_closed_subscription,
                        test::Served) {
  const std::string own = service->identity().subscription_id;
  const std::string closed = "9c0d0000-0000-4000-8000-00000000000b";
  const std::string both =
      file("both.yaml", "apiVersion: akv/v1\ndeployment: both\ntenant: " +
                            service->identity().tenant_id + "\nsubscription: " + own +
                            "\nresourceGroups:\n"
                            "  - {name: rg-a, location: eastus, vaults: [{name: kv-here}]}\n"
                            "  - {name: rg-b, location: eastus, subscription: " +
                            closed + ", vaults: [{name: kv-there}]}\n");
  refuse(http::Method::get, "/subscriptions/" + closed,
         test::refusal(403, "AuthorizationFailed", "no right there"));
  const std::string plan = (folder / "open.plan").string();
  run({"plan", both, "--save", plan});
  BOOST_REQUIRE_MESSAGE(contains(said(), "Plan: 2 to create"), said() + complained());
  run({"apply", plan, "--yes"});
  BOOST_TEST(contains(said(), "Done: 2 succeeded"), said() + complained());
}

BOOST_FIXTURE_TEST_CASE(
    a_preflight_has_plain_names_in_its_data_and_tells_subscriptions_in_its_words, test::Served) {
  const std::string b = "9c0d0000-0000-4000-8000-00000000000b";
  const std::string both = file(
      "both.yaml",
      "apiVersion: akv/v1\ndeployment: both\nsubscription: " + service->identity().subscription_id +
          "\nresourceGroups:\n"
          "  - {name: rg-a, existing: true, vaults: [{name: kv-here}]}\n"
          "  - {name: rg-a, existing: true, subscription: " +
          b + ", vaults: [{name: kv-there}]}\n");
  service->add_subscription(b);
  for (const std::string& subscription : {service->identity().subscription_id, b})
    service->seed("/subscriptions/" + subscription + "/resourceGroups/rg-a",
                  json::Document::object({{"location", "eastus"}}));
  service->intercept([&b](const http::Request& request) -> std::optional<http::Response> {
    if (request.url.find(b) == std::string::npos ||
        request.url.find("Microsoft.Authorization/permissions") == std::string::npos)
      return std::nullopt;
    return http::Response{.status = 200,
                          .headers = {{"Content-Type", "application/json"}},
                          .body = R"({"value":[]})"};
  });
  run({"plan", both, "--preflight", "-o", "json"});
  std::string where, objects;
  const json::Document shown = document();
  for (const auto& finding : shown["preflight"]["findings"].as_array()) {
    where += std::string(finding["where"].string_or()) + "\n";
    for (const auto& object : finding["objects"].as_array())
      objects += std::string(object.string_or()) + "\n";
  }
  BOOST_TEST(contains(where, "rg-a\n"), where);
  BOOST_TEST(!contains(objects, " in subscription "), objects);
  run({"plan", both, "--preflight"});
  BOOST_TEST(contains(said(), "rg-a in subscription " + b), said());
  BOOST_TEST(contains(said(), "for rg-a/kv-there in subscription " + b), said());
}

BOOST_AUTO_TEST_CASE(findings_of_a_check_name_the_subscription_that_is_not_the_first) {
  const std::string b = "9c0d0000-0000-4000-8000-00000000000b";
  const std::string both = file("both.yaml",
                                "apiVersion: akv/v1\ndeployment: both\nsubscription: "
                                "9c0d0000-0000-4000-8000-00000000000a\nresourceGroups:\n"
                                "  - {name: rg-a, location: eastus, vaults: [{name: kv-here}]}\n"
                                "  - {name: rg-a, location: eastus, subscription: " +
                                    b + ", vaults: [{name: kv-there}]}\n");
  for (const char* format : {"text", "markdown", "sarif", "junit"}) {
    run({"check", both, "--offline", "-o", format});
    // Text breaks its lines.
    BOOST_TEST(contains(said(), "rg-a/kv-there in subscription"), said());
    BOOST_TEST(contains(said(), b), said());
    BOOST_TEST(contains(said(), "rg-a/kv-here"));
    BOOST_TEST(!contains(said(), "rg-a/kv-here in subscription"), said());
  }
}

BOOST_AUTO_TEST_SUITE_END()
