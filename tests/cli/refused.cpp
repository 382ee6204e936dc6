// What a tired operator reads when Azure says no: one line of cause, one of remedy, the request id.
#include "cli/served.hpp"

#include <boost/test/unit_test.hpp>

#include <sstream>
#include <string>
#include <vector>

using namespace akv;
using test::contains;
using test::refusal;

namespace {

struct Refused : test::Served {
  /// Runs `args`, which must end with `code` and say exactly: the cause, the remedy, and `id`, the
  /// beginning of the line that holds the request id (empty: there was no answer to have one).
  void told(int expected, const std::vector<std::string>& args, const std::string& cause,
            const std::string& remedy, const std::string& id) {
    BOOST_TEST(run(args) == expected, said() << complained());
    std::istringstream text(complained_unwrapped());
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    BOOST_TEST_REQUIRE(lines.size() == (id.empty() ? 2U : 3U), complained());
    BOOST_TEST(lines[0] == "akv: " + cause);
    BOOST_TEST(lines[1] == "  Remedy: " + remedy);
    if (!id.empty()) BOOST_TEST(lines[2].starts_with("  " + id), lines[2]);
    if (!id.empty()) BOOST_TEST(is_uuid(lines[2].substr(lines[2].size() - 36)), lines[2]);
    BOOST_TEST(!contains(complained(), service->identity().client_secret));
  }
  const std::string not_running = "https://localhost:1";
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(refused, Refused)

BOOST_AUTO_TEST_CASE(a_wrong_secret) {
  environment.variables["AZURE_CLIENT_SECRET"] = "wrong-and-never-shown";
  told(1, {"plan", manifest},
       "sign-in failed: the secret of application " + service->identity().client_id + " is wrong",
       "set AZURE_CLIENT_SECRET to the secret's value, not to its id",
       "Azure says: AADSTS7000215, request id ");
}

BOOST_AUTO_TEST_CASE(an_unknown_tenant) {
  environment.variables["AZURE_TENANT_ID"] = "7a7a0000-0000-4000-8000-000000000099";
  told(1, {"plan", manifest},
       "sign-in failed: tenant 7a7a0000-0000-4000-8000-000000000099 is not known at " +
           listener.base_url(),
       "check AZURE_TENANT_ID, and AZURE_AUTHORITY_HOST if the tenant is in another cloud",
       "Azure says: AADSTS90002, request id ");
}

BOOST_AUTO_TEST_CASE(an_unknown_application) {
  environment.variables["AZURE_CLIENT_ID"] = "7a7a0000-0000-4000-8000-000000000098";
  told(1, {"plan", manifest},
       "sign-in failed: application 7a7a0000-0000-4000-8000-000000000098 is not known in tenant " +
           service->identity().tenant_id,
       "check AZURE_CLIENT_ID and AZURE_TENANT_ID, and that the application was added to that "
       "tenant",
       "Azure says: AADSTS700016, request id ");
}

BOOST_AUTO_TEST_CASE(an_emulator_that_does_not_run) {
  told(1, {"plan", manifest, "--cloud", not_running},
       "localhost:1 refused the connection, or cannot be reached",
       "check --cloud and AZURE_AUTHORITY_HOST, and that the service (or akv emulator) runs", "");
}

BOOST_AUTO_TEST_CASE(a_certificate_that_is_not_trusted) {
  environment.variables["AKV_CA_FILE"] = "";
  BOOST_TEST(run({"plan", manifest}) == 1);
  const std::string all = complained_unwrapped(), cause = all.substr(0, all.find('\n'));
  BOOST_TEST(contains(cause, "the certificate of localhost:"), cause);
  told(1, {"plan", manifest}, cause.substr(5),
       "name the authority that signed it: --ca-file FILE or AKV_CA_FILE", "");
}

BOOST_AUTO_TEST_CASE(a_subscription_that_may_not_be_read) {
  refuse(http::Method::get, "/subscriptions/",
         refusal(403, "AuthorizationFailed",
                 "The client 'ci' with object id 'x' does not have authorization to perform action "
                 "'Microsoft.Resources/subscriptions/read' over scope "
                 "'/subscriptions/9c0d0000-0000-4000-8000-000000000003'."));
  told(1, {"plan", manifest},
       "ci lacks Microsoft.Resources/subscriptions/read on subscription "
       "9c0d0000-0000-4000-8000-000000000003",
       "a role with that action, such as Key Vault Contributor, on that scope; a new role takes "
       "minutes to hold",
       "Azure says: AuthorizationFailed, request id ");
}

BOOST_AUTO_TEST_CASE(a_cloud_that_is_not_there) {
  refuse(http::Method::get, "/metadata/endpoints", refusal(404, "NotFound", "Nothing here."));
  told(1, {"plan", manifest}, "it does not exist: Nothing here", "plan again",
       "Azure says: NotFound, request id ");
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_cut_off_and_one_that_is_a_web_page) {
  const http::Headers headers = refusal(200, "", "").headers;
  for (const char* asked : {"/metadata/endpoints", "/subscriptions/"})
    for (const char* body :
         {R"({"value": [{"id": "/subscr)", "<html>Sign in to the hotel</html>"}) {
      refuse(http::Method::get, asked, {200, headers, body});
      BOOST_TEST(run({"plan", manifest}) == 1);
      const std::string all = complained_unwrapped(), cause = all.substr(0, all.find('\n'));
      BOOST_TEST(contains(cause, std::string(asked)), cause);
      BOOST_TEST(contains(cause, " cannot be read: "), cause);
      told(1, {"plan", manifest}, cause.substr(5),
           "a proxy may be in the way, or --cloud names something that is no Azure; try again",
           "Request id: ");
    }
}

BOOST_AUTO_TEST_CASE(one_group_of_two_that_may_not_be_written) {
  const std::string two = file("two.yaml", test::small_manifest() +
                                               "  - name: rg-other\n"
                                               "    location: eastus\n");
  refuse(http::Method::put, "/resourcegroups/rg-other",
         refusal(403, "AuthorizationFailed",
                 "The client 'ci' with object id 'x' does not have authorization to perform action "
                 "'Microsoft.Resources/subscriptions/resourcegroups/write' over scope "
                 "'/subscriptions/9c0d0000-0000-4000-8000-000000000003/resourcegroups/rg-other'."));
  BOOST_TEST(run({"apply", two, "--yes"}) == 5, complained());
  BOOST_TEST(contains(said(),
                      "failed   rg-other: AuthorizationFailed, ci lacks\n"
                      "         Microsoft.Resources/subscriptions/resourcegroups/write on "
                      "rg-other\n"),
             said());
  BOOST_TEST(contains(said(), "         Remedy: a role with that action, such as "), said());
  BOOST_TEST(contains(said(), "         Request id: 6f1f0000-0000-4000-8000-00000000000d\n"),
             said());
  BOOST_TEST(contains(said(), "Done in part: 2 succeeded, 1 failed"), said());
}

BOOST_AUTO_TEST_CASE(a_pace_is_announced_where_the_run_is_long) {
  std::string text = test::small_manifest();
  for (int i = 0; i < 210; ++i)
    text += "      - {name: kv-many-" + std::to_string(i) + ", sku: standard}\n";
  // Nobody confirms, so nothing is written.
  BOOST_TEST(run({"apply", file("many.yaml", text)}) == 3);
  BOOST_TEST(contains(said(), "At Azure's pace of 10 writes a second this takes about 3 s.\n"),
             said().substr(said().size() - 300));
  BOOST_TEST(run({"apply", file("many.yaml", text), store()}) == 3);
  BOOST_TEST(!contains(said(), "At Azure's pace"));
}

BOOST_AUTO_TEST_SUITE_END()
