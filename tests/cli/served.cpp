// The program over real HTTPS with a real token request, against an emulator of the test's own.
#include "cli/served.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>

using namespace akv;
using test::contains;
using test::refusal;

BOOST_FIXTURE_TEST_SUITE(served, test::Served)

BOOST_AUTO_TEST_CASE(the_main_job_over_https) {
  BOOST_TEST(run({"plan", manifest}) == 0, complained());
  BOOST_TEST(contains(said(), ", subscription " + service->identity().subscription_id), said());
  BOOST_TEST(contains(said(), "Plan: 2 to create"));
  BOOST_TEST(run({"apply", manifest, "--yes"}) == 0, said() << complained());
  BOOST_TEST(run({"drift", manifest}) == 0, said());
  BOOST_TEST(run({"teardown", manifest, "--confirm", "quickstart"}) == 0, said() << complained());
  BOOST_TEST(contains(said(), "Soft-deleted: kv-quickstart"), said());
}

BOOST_AUTO_TEST_CASE(the_cloud_that_was_named_signs_in_and_no_other_authority_gets_the_secret) {
  environment.variables["AZURE_AUTHORITY_HOST"] = "https://localhost:1";
  BOOST_TEST(run({"whoami"}) == 0, complained());
}

BOOST_AUTO_TEST_CASE(one_token_is_asked_for_in_a_run) {
  service->clear_requests();
  BOOST_TEST(run({"plan", manifest}) == 0);
  std::size_t tokens = 0;
  for (const emulator::LoggedRequest& request : service->requests())
    tokens += contains(request.url, "/oauth2/v2.0/token") ? 1U : 0U;
  BOOST_TEST(tokens == 1U);
}

BOOST_AUTO_TEST_CASE(whoami_names_cloud_subscription_principal_and_credential) {
  BOOST_TEST(run({"whoami"}) == 0, complained());
  const emulator::Identity& own = service->identity();
  for (const std::string& part : {listener.base_url(), own.tenant_id, own.subscription_id,
                                  own.client_id, std::string("client secret of application")})
    BOOST_TEST(contains(said(), part), part << " is not in\n" << said());
  BOOST_TEST(!contains(said(), own.client_secret));
  BOOST_TEST(run({"whoami", "-o", "json"}) == 0);
  BOOST_TEST(document()["application"].string_or() == own.client_id);
}

BOOST_AUTO_TEST_CASE(whoami_names_the_credentials_that_were_passed_over_and_why) {
  BOOST_TEST(run({"whoami", "-o", "json"}) == 0);
  BOOST_TEST(document()["passedOver"].size() == 0U);
  environment.variables.erase("AZURE_CLIENT_SECRET");
  environment.variables["PATH"] = folder.path().string() + ":/usr/bin:/bin";
  std::filesystem::permissions(
      file("az", "#!/bin/sh\necho '{\"accessToken\":\"t\",\"expires_on\":4102444800}'\n"),
      std::filesystem::perms::owner_all);
  BOOST_TEST(run({"whoami", "-o", "json"}) == 0, complained());
  const json::Document passed_over = document()["passedOver"];
  BOOST_REQUIRE(passed_over.size() == 3U);
  BOOST_TEST(passed_over.as_array()[0]["credential"].string_or() == "environment");
  BOOST_TEST(contains(std::string(passed_over.as_array()[0]["reason"].string_or()),
                      "AZURE_CLIENT_SECRET"));
  BOOST_TEST(run({"whoami"}) == 0);
  BOOST_TEST(contains(said(), "Passed over   managed identity: no instance metadata service"),
             said());
}

BOOST_AUTO_TEST_CASE(a_wrong_secret_has_a_cause_a_remedy_and_a_request_id) {
  environment.variables["AZURE_CLIENT_SECRET"] = "wrong-and-never-shown";
  BOOST_TEST(run({"plan", manifest}) == 1);
  BOOST_TEST(said().empty());
  BOOST_TEST(contains(complained(), "akv: sign-in failed: the secret of application"));
  BOOST_TEST(contains(complained(), "  Remedy: set AZURE_CLIENT_SECRET to the secret's value"));
  BOOST_TEST(contains(complained(), "  Azure says: AADSTS7000215, request id "), complained());
  BOOST_TEST(!contains(complained(), "wrong-and-never-shown"));
  BOOST_TEST(run({"plan", manifest, "-o", "json"}) == 1);
  BOOST_TEST(complained().empty());
  BOOST_TEST(document()["error"]["code"].string_or() == "AADSTS7000215");
  BOOST_TEST(!document()["error"]["requestId"].string_or().empty());
}

BOOST_AUTO_TEST_CASE(an_unknown_tenant_has_a_remedy) {
  environment.variables["AZURE_TENANT_ID"] = "7a7a0000-0000-4000-8000-000000000099";
  BOOST_TEST(run({"plan", manifest}) == 1);
  BOOST_TEST(contains(complained(), "AADSTS90002"), complained());
  BOOST_TEST(contains(complained(), "AZURE_TENANT_ID"));
}

BOOST_AUTO_TEST_CASE(missing_variables_are_named) {
  environment.variables.erase("AZURE_CLIENT_SECRET");
  BOOST_TEST(run({"plan", manifest}) == 1);
  BOOST_TEST(contains(complained_unwrapped(),
                      "AZURE_CLIENT_SECRET (or AZURE_CLIENT_CERTIFICATE_PATH) is not set"),
             complained());
}

BOOST_AUTO_TEST_CASE(nobody_listening_is_told_apart_from_a_certificate_that_is_not_trusted) {
  environment.variables["AKV_CA_FILE"] = "";
  BOOST_TEST(run({"plan", manifest}) == 1);
  BOOST_TEST(contains(complained(), "is not trusted"), complained());
  BOOST_TEST(contains(complained(), "Remedy: name the authority that signed it: --ca-file FILE"));
  environment.variables["AKV_CLOUD"] = "https://localhost:1";
  BOOST_TEST(run({"plan", manifest}) == 1);
  BOOST_TEST(contains(complained(), "refused the connection"), complained());
}

BOOST_AUTO_TEST_CASE(a_ca_file_that_cannot_be_read_is_named) {
  BOOST_TEST(run({"plan", manifest, "--ca-file", (folder / "none.pem").string()}) == 1);
  BOOST_TEST(contains(complained(), "none.pem"), complained());
}

BOOST_AUTO_TEST_CASE(a_password_in_the_clouds_address_is_not_shown) {
  for (const char* address :
       {"https://user:PLANTED@localhost:1/", "user:PLANTED@localhost:1", "https://user:PLANTED/x@h",
        "https://user:PLANTED?x@h/", "https://user:PLANTED@x@h", "//user:PLANTED@h",
        "http://user:PLANTED#x@h"}) {
    BOOST_TEST(run({"plan", manifest, "--cloud", address}) == 64);
    BOOST_TEST(!contains(complained() + said(), "PLANTED"), complained());
    BOOST_TEST(contains(complained(), "must not hold a user and password"), complained());
    environment.variables["AKV_CLOUD"] = address;
    BOOST_TEST(run({"plan", manifest}) == 64);
    BOOST_TEST(!contains(complained() + said(), "PLANTED"), complained());
    environment.variables["AKV_CLOUD"] = listener.base_url();
  }
}

BOOST_AUTO_TEST_CASE(a_cloud_is_a_name_a_file_or_an_https_url) {
  BOOST_TEST(run({"plan", manifest, "--cloud", "AzureClod"}) == 64);
  BOOST_TEST(contains(complained(), "did you mean \"AzureCloud\"?"), complained());
  BOOST_TEST(run({"plan", manifest, "--cloud", "http://localhost:1"}) == 64);
  BOOST_TEST(contains(complained(), "https"), complained());
  const std::string description =
      R"({"name": "Own", "resourceManager": ")" + listener.base_url() +
      R"(", "authentication": {"loginEndpoint": ")" + listener.base_url() +
      R"(", "audiences": ["https://management.azure.com/"]}, "suffixes": {"keyVaultDns": "vault.azure.net"}})";
  BOOST_TEST(run({"plan", manifest, "--cloud", file("cloud.json", description)}) == 0,
             complained());
  BOOST_TEST(contains(said(), "in Own, subscription"), said());
  BOOST_TEST(run({"plan", manifest, "--cloud", file("bad.json", "{}")}) == 1);
  BOOST_TEST(contains(complained(), "resourceManager"), complained());
  // At the cap it is read, over it only as far as the cap: also a device without an end.
  const std::string most = description + std::string((1U << 20U) - description.size(), ' ');
  BOOST_TEST(run({"plan", manifest, "--cloud", file("most.json", most)}) == 0, complained());
  for (const std::string& where : {file("more.json", most + ' '), std::string("/dev/zero")}) {
    BOOST_TEST(run({"plan", manifest, "--cloud", where}) == 1);
    BOOST_TEST(contains(complained_unwrapped(), "a description of a cloud has at most 1 MiB"),
               complained());
  }
}

BOOST_AUTO_TEST_CASE(a_subscription_must_be_named) {
  environment.variables.erase("AZURE_SUBSCRIPTION_ID");
  BOOST_TEST(run({"plan", manifest}) == 1);
  BOOST_TEST(contains(complained(), "AZURE_SUBSCRIPTION_ID"), complained());
  BOOST_TEST(run({"teardown", "-g", "rg"}) == 64);
  BOOST_TEST(contains(complained(), "no subscription is named"), complained());
}

BOOST_AUTO_TEST_CASE(an_unknown_subscription_is_an_error_with_a_remedy) {
  BOOST_TEST(run({"plan", manifest, "--subscription", "9c0d0000-0000-4000-8000-000000000099"}) ==
             1);
  BOOST_TEST(contains(complained(), "Azure says: SubscriptionNotFound"), complained());
}

BOOST_AUTO_TEST_CASE(some_that_fail_make_it_partial) {
  refuse(http::Method::put, "/vaults/kv-quickstart",
         refusal(403, "RequestDisallowedByPolicy", "Resource was disallowed by policy."));
  BOOST_TEST(run({"apply", manifest, "--yes"}) == 5);
  BOOST_TEST(contains(said(), "failed   rg-quickstart/kv-quickstart: RequestDisallowedByPolicy"),
             said());
  BOOST_TEST(contains(said(), "Done in part: 1 succeeded, 1 failed"), said());
  BOOST_TEST(run({"apply", manifest, "--yes", "-o", "json"}) == 5);
  const json::Document result = document()["results"].as_array()[0];
  BOOST_TEST(result["outcome"].string_or() == "failed");
  BOOST_TEST(result["error"]["code"].string_or() == "RequestDisallowedByPolicy");
  service->intercept({});
  BOOST_TEST(run({"apply", manifest, "--yes"}) == 0);
}

BOOST_AUTO_TEST_CASE(a_run_that_fails_before_its_first_write_changed_nothing) {
  BOOST_REQUIRE(run({"plan", manifest}) == 0);
  // The reads of the plan succeed; the read before the write does not.
  terminal = true;
  answer = [this] {
    refuse(http::Method::get, "/resourcegroups/rg-quickstart?",
           refusal(403, "AuthorizationFailed", "no"));
    return "yes";
  };
  BOOST_TEST(run({"apply", manifest}) == 1, said() << complained());
  BOOST_TEST(contains(said(), "Failed: 0 succeeded"), said());
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_does_not_stop_the_rest) {
  BOOST_REQUIRE(run({"apply", manifest, "--yes"}) == 0);
  refuse(http::Method::get, "/providers/Microsoft.KeyVault/vaults",
         refusal(403, "AuthorizationFailed", "The client 'ci' may not."));
  for (const char* command : {"plan", "drift"}) {
    BOOST_TEST(run({command, manifest}) == 5, said() << complained());
    BOOST_TEST(contains(said(), "  ? unread "), said());
  }
  BOOST_TEST(run({"plan", manifest, "-o", "json"}) == 5);
  BOOST_TEST(document()["summary"]["unreadable"].int_or(0) > 0);
}

BOOST_AUTO_TEST_CASE(a_baseline_is_not_written_where_its_findings_could_not_all_be_read) {
  BOOST_REQUIRE(run({"apply", manifest, "--yes"}) == 0);
  const std::string baseline = file("baseline.json", R"({"formatVersion": 1, "findings": []})");
  refuse(http::Method::get, "/providers/Microsoft.KeyVault/vaults",
         refusal(403, "AuthorizationFailed", "The client 'ci' may not."));
  BOOST_TEST(run({"check", manifest, "--baseline", baseline, "--write-baseline", baseline}) == 5);
  BOOST_TEST(contains(complained(),
                      "Baseline not written: it would lack the findings of what "
                      "could not be read.\n"),
             complained());
  std::ifstream in(baseline);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  BOOST_TEST(text == R"({"formatVersion": 1, "findings": []})");
}

BOOST_AUTO_TEST_CASE(answers_that_are_no_json_are_explained) {
  refuse(http::Method::get, "/subscriptions/",
         {200, {{"Content-Type", "application/json"}}, R"({"value": [{"id": "/subscr)"});
  BOOST_TEST(run({"plan", manifest}) == 1);
  BOOST_TEST(contains(complained(), "cannot be read"), complained());
  BOOST_TEST(contains(complained(), "Remedy: a proxy may be in the way"), complained());
  refuse(http::Method::get, "/subscriptions/", {404, {}, "<html>Not here</html>"});
  BOOST_TEST(run({"plan", manifest}) == 1);
  BOOST_TEST(contains(complained(), "Remedy:"), complained());
}

BOOST_AUTO_TEST_CASE(a_preflight_lists_what_a_reader_lacks_and_counts_as_a_refusal) {
  const emulator::Identity reader =
      service->add_principal({.name = "reader", .roles = {{.role = "Reader"}}});
  environment.variables["AZURE_CLIENT_ID"] = reader.client_id;
  environment.variables["AZURE_CLIENT_SECRET"] = reader.client_secret;
  BOOST_TEST(run({"plan", manifest, "--preflight"}) == 0, complained());
  BOOST_TEST(contains(said(), "Preflight: 2 rights are missing, so apply would fail."), said());
  BOOST_TEST(contains(said(), "  ! missing   Microsoft.KeyVault/vaults/write\n"), said());
  BOOST_TEST(contains(said(), "Remedy: a role with it, such as Key Vault Contributor, on "),
             said());
  BOOST_TEST(run({"plan", manifest, "--preflight", "--detailed-exitcode"}) == 3);
  BOOST_TEST(run({"plan", manifest, "--detailed-exitcode"}) == 2);
  BOOST_TEST(run({"plan", manifest, "--preflight", "-o", "markdown"}) == 0);
  BOOST_TEST(contains(said(), "| ! missing | Microsoft.KeyVault/vaults/write | "), said());
  BOOST_TEST(run({"plan", manifest, "--preflight", "-o", "json"}) == 0);
  BOOST_TEST(document()["preflight"]["findings"].as_array()[0]["code"].string_or() ==
             "right-missing");
}

BOOST_AUTO_TEST_CASE(a_name_that_someone_else_holds_ends_at_the_plan) {
  service->add_subscription("77770000-0000-4000-8000-000000000077",
                            "88880000-0000-4000-8000-000000000088");
  service->seed(
      "/subscriptions/77770000-0000-4000-8000-000000000077/resourceGroups/theirs/providers/"
      "Microsoft.KeyVault/vaults/kv-quickstart",
      json::Document::object({{"location", "eastus"}, {"properties", json::Document::object()}}));
  BOOST_TEST(run({"plan", manifest, "--detailed-exitcode"}) == 3);
  BOOST_TEST(contains(said(), "  ! refused vault          rg-quickstart/kv-quickstart"), said());
  BOOST_TEST(contains(said(), "choose another name"), said());
  BOOST_TEST(run({"apply", manifest, "--yes"}) == 3);
  BOOST_TEST(contains(complained(), "nothing was written"), complained());
}

BOOST_AUTO_TEST_SUITE_END()
