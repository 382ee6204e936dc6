#include "support/other_client.hpp"
#include "support/temporary_folder.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;
using json::Document;

namespace {

struct PrincipalFixture : OthersFixture {
  explicit PrincipalFixture(emulator::Options options = {}) : OthersFixture(std::move(options)) {}
  std::string user_token(const emulator::Identity& who, const std::string& password,
                         const std::string& resource = "https://management.azure.com") {
    return std::string(
        user_answer(who.client_id, password, resource).json()["access_token"].string_or());
  }
  Answer user_answer(const std::string& name, const std::string& password,
                     const std::string& resource = "https://management.azure.com") {
    return sign_in_form(*this, "grant_type=password&client_id=az&username=" + name +
                                   "&password=" + password + "&scope=" + resource +
                                   "/.default+offline_access+openid");
  }
  Answer graph(http::Method method, const std::string& path, const std::string& body = {}) {
    http::Request asked = request(method, "https://graph.microsoft.com" + path, body, "none");
    return {emulator->handle(asked)};
  }
  void for_graph(const emulator::Identity& who) {
    token = token_of(*this, who, "https://graph.microsoft.com/");
  }
  std::string graph_message(const Answer& answer) { return answer.message(); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(principals)

BOOST_FIXTURE_TEST_CASE(each_principal_signs_in_with_its_own_secret, PrincipalFixture) {
  const auto one = add("Reader"), two = add("Reader");
  BOOST_TEST(one.client_secret != two.client_secret);
  BOOST_TEST(one.tenant_id == emulator->identity().tenant_id);
  const Answer wrong =
      sign_in_form(*this, "grant_type=client_credentials&client_id=" + one.client_id +
                              "&client_secret=" + two.client_secret +
                              "&scope=https://management.azure.com/.default");
  BOOST_TEST(wrong.status == 401);
  BOOST_TEST(wrong.json()["error_codes"].dump() == "[7000215]");
  as(one);
  BOOST_TEST(get(vault()).status == 200);
}

BOOST_FIXTURE_TEST_CASE(an_expired_secret_is_told_from_a_wrong_one, PrincipalFixture) {
  const auto brief = emulator->add_principal({.name = "brief", .secret_lifetime = 60s});
  BOOST_TEST(token_of(*this, brief) != "");
  clock.advance(60s);
  const Answer expired =
      sign_in_form(*this, "grant_type=client_credentials&client_id=" + brief.client_id +
                              "&client_secret=" + brief.client_secret +
                              "&scope=https://management.azure.com/.default");
  BOOST_TEST(expired.status == 401);
  BOOST_TEST(expired.json()["error"].string_or() == "invalid_client");
  BOOST_TEST(expired.json()["error_codes"].dump() == "[7000222]");
}

BOOST_FIXTURE_TEST_CASE(who_wrote_a_vault_is_in_its_system_data, PrincipalFixture) {
  const auto app = add("Contributor");
  const auto ann = emulator->add_principal(
      {.name = "ann@contoso.com", .roles = {{"Contributor"}}, .is_user = true});
  BOOST_TEST(ann.client_id == "ann@contoso.com");
  as(app);
  make_vault("kv2");
  token = user_token(ann, ann.client_secret);
  patch(vault("kv2"), "{}");
  Document data = get(vault("kv2")).json()["systemData"];
  BOOST_TEST(data["createdBy"].string_or() == app.client_id);
  BOOST_TEST(data["createdByType"].string_or() == "Application");
  BOOST_TEST(data["lastModifiedBy"].string_or() == "ann@contoso.com");
  BOOST_TEST(data["lastModifiedByType"].string_or() == "User");
  make_vault("kv3");
  BOOST_TEST(get(vault("kv3")).json()["systemData"]["createdByType"].string_or() == "User");
  const Answer refused = put(assignment(group()), assign(reader_role, someone), roles_version);
  BOOST_TEST(refused.message().starts_with("The client 'ann@contoso.com' with object id '" +
                                           ann.object_id + "'"));
}

BOOST_FIXTURE_TEST_CASE(a_user_signs_in_by_password_only, PrincipalFixture) {
  const auto ann = emulator->add_principal({.name = "ann@contoso.com", .is_user = true});
  BOOST_TEST(user_answer("ann@contoso.com", ann.client_secret).status == 200);
  for (const Answer& refused :
       {user_answer("ann@contoso.com", "wrong"), user_answer("bob@contoso.com", ann.client_secret),
        user_answer(emulator->identity().client_id, emulator->identity().client_secret)}) {
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(refused.json()["error_codes"].dump() == "[50126]");
  }
}

BOOST_AUTO_TEST_CASE(principals_and_their_roles_stay_in_the_store) {
  TemporaryFolder folder;
  emulator::Identity reader;
  {
    PrincipalFixture arm({.store = folder.path() / "s.db"});
    reader = arm.add("Reader");
  }
  PrincipalFixture arm({.store = folder.path() / "s.db"});
  arm.as(reader);
  BOOST_TEST(arm.get(arm.vault()).status == 200);
  BOOST_TEST(arm.make_vault().status == 403);
  arm.as_owner();
  // The Owner's assignment is made once, not at each start.
  BOOST_TEST(arm.get(arm.subscription() + "/providers/Microsoft.Authorization/roleAssignments",
                     roles_version)
                 .json()["value"]
                 .size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(a_principal_needs_a_name_a_known_role_and_a_scope, PrincipalFixture) {
  auto reason = [&](const emulator::Principal& principal) {
    try {
      emulator->add_principal(principal);
    } catch (const std::invalid_argument& error) {
      return std::string(error.what());
    }
    return std::string("nothing");
  };
  BOOST_TEST(reason({}) == "a principal needs a name");
  BOOST_TEST(reason({.name = "x", .roles = {{"King"}}}) == "the emulator has no role 'King'");
  BOOST_TEST(reason({.name = "x", .roles = {{"Reader", "kv1"}}}) == "'kv1' is the id of no scope");
}

BOOST_FIXTURE_TEST_CASE(graph_knows_who_signs_in, PrincipalFixture) {
  for_graph(emulator->identity());
  const Answer me = graph(http::Method::get, "/v1.0/me");
  BOOST_TEST(me.status == 400);
  BOOST_TEST(me.message() == "/me request is only valid with delegated authentication flow.");
  const Answer found = graph(
      http::Method::get, "/v1.0/servicePrincipals?$filter=servicePrincipalNames/any(c:c%20eq%20'" +
                             emulator->identity().client_id + "')");
  BOOST_TEST(found.status == 200);
  BOOST_TEST(found.header("Content-Type") ==
             "application/json;odata.metadata=minimal;odata.streaming=true;"
             "IEEE754Compatible=false;charset=utf-8");
  BOOST_TEST(found.json()["@odata.context"].string_or() ==
             "https://graph.microsoft.com/v1.0/$metadata#servicePrincipals");
  BOOST_TEST(found.json()["value"].as_array()[0]["id"].string_or() ==
             emulator->identity().object_id);
  BOOST_TEST(graph(http::Method::get, "/v1.0/servicePrincipals?$filter=appId%20eq%20'none'")
                 .json()["value"]
                 .dump() == "[]");
  const auto ann = emulator->add_principal({.name = "ann@contoso.com", .is_user = true});
  BOOST_TEST(
      graph(http::Method::get, "/v1.0/users?$filter=userPrincipalName%20eq%20'ann@contoso.com'")
          .json()["value"]
          .as_array()[0]["id"]
          .string_or() == ann.object_id);
  BOOST_TEST(graph(http::Method::get, "/v1.0/users/" + ann.object_id).status == 200);
  BOOST_TEST(graph(http::Method::get, "/v1.0/servicePrincipals/" + ann.object_id).status == 404);
  BOOST_TEST(graph(http::Method::post, "/v1.0/directoryObjects/getByIds",
                   R"({"ids":[")" + ann.object_id + R"(","x"],"types":["user"]})")
                 .json()["value"]
                 .size() == 1u);
  token = user_token(ann, ann.client_secret, "https://graph.microsoft.com/");
  BOOST_TEST(graph(http::Method::get, "/v1.0/me").json()["userPrincipalName"].string_or() ==
             "ann@contoso.com");
}

BOOST_FIXTURE_TEST_CASE(graph_refuses_what_it_does_not_know, PrincipalFixture) {
  const Answer wrong_audience = graph(http::Method::get, "/v1.0/me");
  BOOST_TEST(wrong_audience.status == 401);
  BOOST_TEST(wrong_audience.code() == "InvalidAuthenticationToken");
  BOOST_TEST(wrong_audience.message().ends_with(
      "allowed audiences 'https://graph.microsoft.com/','https://graph.microsoft.com'."));
  for_graph(emulator->identity());
  BOOST_TEST(get(vault()).code() == "InvalidAuthenticationToken");
  BOOST_TEST(get(vault()).message().ends_with(
      "allowed audiences 'https://management.core.windows.net/',"
      "'https://management.core.windows.net','https://management.azure.com/',"
      "'https://management.azure.com'."));
  BOOST_TEST(graph(http::Method::get, "/v1.0/groups").message() ==
             "The emulator has no such part of Microsoft Graph.");
  BOOST_TEST(graph(http::Method::get, "/v1.0/users?$filter=startswith(x)").code() ==
             "Request_UnsupportedQuery");
  BOOST_TEST(graph(http::Method::post, "/v1.0/directoryObjects/getByIds", "{").code() ==
             "BadRequest");
  BOOST_TEST(graph(http::Method::post, "/v1.0/directoryObjects/getByIds",
                   std::string(std::size_t{64} << 10, ' ') + "{}")
                 .message() == "Unable to read JSON request payload: it is too large");
  auto ids = [&](std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += i ? ",\"x\"" : "\"x\"";
    return graph(http::Method::post, "/v1.0/directoryObjects/getByIds",
                 R"({"ids":[)" + text + "]}");
  };
  BOOST_TEST(ids(1000).status == 200);
  BOOST_TEST(ids(1001).message() == "ids holds more than the maximum of 1000.");
}

BOOST_FIXTURE_TEST_CASE(providers_are_listed_with_their_registration, PrincipalFixture) {
  std::string states;
  const Document providers = get(subscription() + "/providers").json();
  for (const Document& provider : providers["value"].as_array())
    states += std::string(provider["namespace"].string_or()) + " " +
              std::string(provider["registrationState"].string_or()) + " " +
              std::string(provider["registrationPolicy"].string_or()) + "\n";
  BOOST_TEST(states ==
             "Microsoft.KeyVault Registered RegistrationRequired\n"
             "Microsoft.Authorization Registered RegistrationFree\n"
             "Microsoft.ManagedIdentity Registered RegistrationRequired\n"
             "Microsoft.Insights Registered RegistrationRequired\n"
             "Microsoft.ResourceGraph Registered RegistrationFree\n"
             "Microsoft.Resources Registered RegistrationFree\n");
  post(subscription() + "/providers/Microsoft.Authorization/unregister");
  BOOST_TEST(get(subscription() + "/providers/microsoft.authorization")
                 .json()["registrationState"]
                 .string_or() == "Registered");
}

BOOST_AUTO_TEST_SUITE_END()
