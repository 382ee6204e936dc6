// Several subscriptions in one deployment, on the emulator inside akv.
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
    BOOST_TEST(contains(said(), "rg-a/kv-there in subscription " + b), said());
    BOOST_TEST(contains(said(), "rg-a/kv-here"));
    BOOST_TEST(!contains(said(), "rg-a/kv-here in subscription"), said());
  }
}

BOOST_AUTO_TEST_SUITE_END()
