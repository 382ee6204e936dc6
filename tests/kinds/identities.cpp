// Principals that are managed identities: their object ids are asked for while planning.
#include "kinds/world.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using json::Document;

namespace {

constexpr const char* principal = "44440000-0000-4000-8000-000000000004";

struct Identities : World {
  std::string own() const {
    return group_id("rg-ids") +
           "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/app-identity";
  }
  std::string site() const { return group_id("rg-ids") + "/providers/Microsoft.Web/sites/app"; }

  std::string manifest(const std::string& identity, const std::string& more = {}) const {
    return "apiVersion: akv/v1\ndeployment: ids\nprincipals:\n  app: {managedIdentity: " +
           identity + "}\n  idle: {managedIdentity: " + own() + "-idle}\n" + more +
           "resourceGroups:\n  - name: rg\n    location: westeurope\n    vaults:\n      - name: "
           "kv-ids\n        enableRbacAuthorization: false\n        accessPolicies: [{principal: "
           "app, permissions: {secrets: [get]}}]\n        roleAssignments: [{principal: app, role: "
           "Key Vault Reader}]\n      - name: kv-plain\n";
  }
  void make(const std::string& id, Document resource) {
    resource.set("location", "westeurope");
    emulator->seed(id, std::move(resource));
  }
  void make_own() {
    make(own(), Document::object({{"properties", Document::object({{"principalId", principal}})}}));
  }
};

std::string mistakes_of(World& world, const std::string& yaml) {
  try {
    world.plan(yaml);
  } catch (const kinds::NameMistakes& e) {
    std::string text;
    for (const auto& mistake : e.diagnostics) text += manifest::to_string(mistake) + "\n";
    return text;
  }
  return "no mistake";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(identities)

BOOST_FIXTURE_TEST_CASE(entries_that_turn_out_to_be_one_are_a_mistake, Identities) {
  make_own();
  const std::string twice = manifest(own());
  const std::string role = "[{principal: app, role: Key Vault Reader}]";
  std::string yaml = twice;
  yaml.replace(yaml.find(role), role.size(),
               "[{principal: app, role: Key Vault Reader}, {objectId: " + std::string(principal) +
                   ", role: Key Vault Reader, condition: 'a'}]");
  BOOST_TEST(mistakes_of(*this, yaml)
                 .find("this entry is for the same principal and role as the one at test.yaml:") !=
             std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_user_assigned_one_is_asked_for_once_and_shown_by_its_name, Identities) {
  make_own();
  const auto planned = plan(manifest(own()));
  BOOST_TEST(planned.plan.principals[0].object_id == principal);
  BOOST_TEST(planned.plan.changes.at(1).fields.back().entry == "app");
  emulator->clear_requests();
  converge(manifest(own()));
  std::size_t asked = 0;
  for (const auto& request : emulator->requests())
    asked += request.url.find("ManagedIdentity") != std::string::npos ? 1 : 0;
  BOOST_TEST(asked == 1u);
  BOOST_TEST(live("rg", "kv-ids")["properties"]["accessPolicies"]
                 .as_array()
                 .at(0)["objectId"]
                 .string_or() == principal);
  const auto given =
      other(http::Method::get,
            vault_id("rg", "kv-ids") + "/providers/Microsoft.Authorization/roleAssignments", {},
            "2022-04-01");
  BOOST_TEST(given.body.find("\"principalType\":\"ServicePrincipal\"") != std::string::npos);
  BOOST_TEST(summary(plan(manifest(own())).plan) == "");
}

BOOST_FIXTURE_TEST_CASE(a_resource_s_own_is_found_at_its_scope, Identities) {
  make(site(), Document::object({{"identity", Document::object({{"type", "SystemAssigned"},
                                                                {"principalId", principal}})}}));
  BOOST_TEST(plan(manifest(site())).plan.principals[0].object_id == principal);
}

BOOST_FIXTURE_TEST_CASE(what_does_not_exist_is_a_mistake_at_its_place, Identities) {
  BOOST_TEST(mistakes_of(*this, manifest(own())) ==
             "test.yaml:4:26: the managed identity of \"app\" does not exist; check the id, and "
             "that it is made before this manifest is used\n");
  make(site(), Document::object());
  BOOST_TEST(
      mistakes_of(*this, manifest(site())) ==
      "test.yaml:4:26: the managed identity of \"app\" does not exist: the resource is not "
      "there, or has none of its own; check the id, and that it is made before this manifest "
      "is used\n");
  make_own();
  BOOST_TEST(mistakes_of(*this, manifest(own(), std::string("  twin: ") + principal + "\n")) ==
             "test.yaml:4:26: the managed identity of \"app\" and \"twin\" are one object id; keep "
             "one name\n");
}

BOOST_FIXTURE_TEST_CASE(one_that_may_not_be_read_leaves_out_who_needs_it, Identities) {
  make_own();
  emulator->intercept([](const http::Request& request) -> std::optional<http::Response> {
    if (request.url.find("ManagedIdentity") == std::string::npos) return std::nullopt;
    http::Response response{.status = 403};
    response.body = R"({"error":{"code":"AuthorizationFailed","message":"no right"}})";
    return response;
  });
  const auto planned = plan(manifest(own()));
  BOOST_TEST(summary(planned.plan) ==
             "create resourceGroup rg\ncreate vault rg/kv-plain\nunreadable rg/kv-ids\nunreadable "
             "rg/kv-ids\n");
  BOOST_TEST(planned.plan.unreadable[0].message == "the managed identity of \"app\": no right");
  BOOST_TEST(planned.plan.unreadable[0].remedy ==
             "a role with read access on " + own() + ", or its objectId in the manifest");
}

BOOST_FIXTURE_TEST_CASE(one_in_a_closed_subscription_leaves_out_who_needs_it, Identities) {
  const std::string where = "9c0d0000-0000-4000-8000-00000000000b";
  const std::string there = "/subscriptions/" + where +
                            "/resourceGroups/rg-ids/providers/Microsoft.ManagedIdentity/"
                            "userAssignedIdentities/app-identity";
  int status = 404;
  std::string code = "SubscriptionNotFound";
  emulator->intercept([&](const http::Request& request) -> std::optional<http::Response> {
    if (request.url.find(where) == std::string::npos) return std::nullopt;
    http::Response response{.status = status};
    response.body = R"({"error":{"code":")" + code + R"(","message":"closed"}})";
    return response;
  });
  const auto remedy = [&] {
    const auto planned = plan(manifest(there)).plan;
    BOOST_TEST(summary(planned) ==
               "create resourceGroup rg\ncreate vault rg/kv-plain\nunreadable rg/kv-ids\n"
               "unreadable rg/kv-ids\n");
    return planned.unreadable.at(0).remedy;
  };
  BOOST_TEST(remedy() == "correct the subscription's id, or ask for a role in subscription " +
                             where + ", or its objectId in the manifest");
  status = 401;
  code = "InvalidAuthenticationTokenTenant";
  BOOST_TEST(remedy() == "sign in to the tenant of subscription " + where +
                             ", or correct the subscription's id, or its objectId in the manifest");
}

BOOST_AUTO_TEST_SUITE_END()
