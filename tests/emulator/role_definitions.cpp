#include "support/other_client.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using json::Document;

namespace {

constexpr const char* own_role = "00000000-0000-4000-8000-0000000000bb";

struct RoleFixture : OthersFixture {
  std::string roles(const std::string& scope, const std::string& filter = {}) const {
    return scope + "/providers/Microsoft.Authorization/roleDefinitions" +
           (filter.empty() ? "" : "?$filter=" + filter);
  }
  std::string role(const std::string& id = own_role) const {
    return roles(subscription()) + "/" + id;
  }
  std::string definition(const std::string& name = "Vault Watcher",
                         const std::string& actions = R"("Microsoft.KeyVault/vaults/read")") const {
    return R"({"properties":{"roleName":")" + name + R"(","type":"CustomRole","description":"d",)" +
           R"("assignableScopes":[")" + subscription() + R"("],"permissions":[{"actions":[)" +
           actions + "]}]}}";
  }
  Answer put_role(const std::string& body, const std::string& id = own_role) {
    return put(role(id), body, roles_version);
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(role_definitions)

BOOST_FIXTURE_TEST_CASE(a_built_in_role_is_found_by_its_name, RoleFixture) {
  const Document list =
      get(roles(group(), "roleName%20eq%20'Key%20Vault%20Secrets%20User'"), roles_version).json();
  BOOST_TEST(list["value"].size() == 1u);
  const Document role = list["value"].as_array()[0];
  BOOST_TEST(role["name"].string_or() == "4633458b-17de-408a-b874-0445c86b69e6");
  BOOST_TEST(role["id"].string_or() == subscription() +
                                           "/providers/Microsoft.Authorization/roleDefinitions/"
                                           "4633458b-17de-408a-b874-0445c86b69e6");
  BOOST_TEST(role["type"].string_or() == "Microsoft.Authorization/roleDefinitions");
  BOOST_TEST(role["properties"]["type"].string_or() == "BuiltInRole");
  BOOST_TEST(role["properties"]["permissions"].as_array()[0]["dataActions"].dump() ==
             R"(["Microsoft.KeyVault/vaults/secrets/getSecret/action",)"
             R"("Microsoft.KeyVault/vaults/secrets/readMetadata/action"])");
  BOOST_TEST(get(roles(group(), "roleName%20eq%20'None'"), roles_version).body ==
             R"({"value":[]})");
}

BOOST_FIXTURE_TEST_CASE(a_role_is_found_by_its_id_below_any_scope, RoleFixture) {
  for (const std::string& scope : {std::string(), subscription(), group(), vault()}) {
    const Answer found = get(roles(scope) + "/" + owner_role, roles_version);
    BOOST_TEST(found.status == 200, found.body);
    BOOST_TEST(found.property("roleName").string_or() == "Owner");
  }
  BOOST_TEST(get(role(someone), roles_version).code() == "RoleDefinitionDoesNotExist");
}

BOOST_FIXTURE_TEST_CASE(all_roles_are_listed_in_pages, RoleFixture) {
  std::size_t seen = 0;
  std::string link = roles(subscription()) + "?$top=7";
  while (!link.empty()) {
    const Document page = get(link, roles_version).json();
    seen += page["value"].size();
    link = page["nextLink"].string_or();
  }
  BOOST_TEST(seen == 19u);
  BOOST_TEST(names(roles(subscription(), "type%20eq%20'CustomRole'"), roles_version) == "");
}

BOOST_FIXTURE_TEST_CASE(an_own_role_gives_what_it_says, RoleFixture) {
  const Answer made = put_role(definition());
  BOOST_TEST(made.status == 201, made.body);
  BOOST_TEST(made.property("type").string_or() == "CustomRole");
  BOOST_TEST(made.property("permissions").dump() ==
             R"([{"actions":["Microsoft.KeyVault/vaults/read"],"notActions":[],"dataActions":[],)"
             R"("notDataActions":[]}])");
  BOOST_TEST(names(roles(vault(), "type%20eq%20'CustomRole'"), roles_version) ==
             std::string(own_role) + " ");
  const auto watcher = add(own_role);
  as(watcher);
  BOOST_TEST(get(vault()).status == 200);
  BOOST_TEST(get(group()).status == 403);
  BOOST_TEST(patch(vault(), "{}").status == 403);
  as_owner();
  put_role(definition("Vault Watcher", R"("Microsoft.KeyVault/vaults/*")"));
  as(watcher);
  BOOST_TEST(patch(vault(), "{}").status == 200);
}

BOOST_FIXTURE_TEST_CASE(a_role_in_use_stays, RoleFixture) {
  put_role(definition());
  put(assignment(vault()), assign(own_role, someone), roles_version);
  const Answer used = del(role(), roles_version);
  BOOST_TEST(used.status == 400);
  BOOST_TEST(used.code() == "RoleDefinitionHasAssignments");
  del(assignment(vault()), roles_version);
  const Answer gone = del(role(), roles_version);
  BOOST_TEST(gone.status == 200);
  BOOST_TEST(gone.property("roleName").string_or() == "Vault Watcher");
  BOOST_TEST(del(role(), roles_version).status == 204);
}

BOOST_FIXTURE_TEST_CASE(bad_roles_are_refused_with_the_reason, RoleFixture) {
  BOOST_TEST(put_role(definition(), owner_role).code() == "RoleDefinitionUpdateNotPermitted");
  BOOST_TEST(del(role(owner_role), roles_version).code() == "RoleDefinitionUpdateNotPermitted");
  BOOST_TEST(put_role(definition(), "mine").code() == "InvalidRoleDefinitionId");
  BOOST_TEST(put_role(definition("Owner")).code() == "RoleDefinitionWithSameNameExists");
  put_role(definition());
  BOOST_TEST(put_role(definition(), someone).code() == "RoleDefinitionWithSameNameExists");
  BOOST_TEST(put_role(definition()).status == 201);
  BOOST_TEST(put_role(definition("")).message() ==
             "The role definition is not valid. roleName must not be empty.");
  BOOST_TEST(put_role(R"({"properties":{"roleName":"x","assignableScopes":[")" + subscription() +
                      R"("]}})")
                 .message() ==
             "The role definition is not valid. It must have exactly one permission with its "
             "actions.");
  BOOST_TEST(
      put_role(R"({"properties":{"roleName":"x","permissions":[{"actions":[]}]}})").message() ==
      "The role definition is not valid. assignableScopes must name at least one scope.");
  BOOST_TEST(
      put_role(R"({"properties":{"roleName":"x","assignableScopes":["/"],"permissions":[{}]}})")
          .code() == "AuthorizationFailed");
}

BOOST_FIXTURE_TEST_CASE(roles_have_caps, RoleFixture) {
  auto many = [](std::size_t count, const std::string& each) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += (i ? "," : "") + each;
    return text;
  };
  BOOST_TEST(put_role(definition("x", many(1024, R"("a/read")"))).status == 201);
  BOOST_TEST(put_role(definition("x", many(1025, R"("a/read")"))).message() ==
             "The role definition is not valid. Its 1025 actions are more than the maximum of "
             "1024.");
  BOOST_TEST(put_role(definition(std::string(512, 'x'))).status == 201);
  BOOST_TEST(put_role(definition(std::string(513, 'x'))).message() ==
             "The role definition is not valid. roleName is longer than 512 bytes.");
  auto scopes = [&](std::size_t count) {
    return put_role(R"({"properties":{"roleName":"x","permissions":[{}],"assignableScopes":[)" +
                    many(count, "\"" + subscription() + "\"") + "]}}");
  };
  BOOST_TEST(scopes(2000).status == 201);
  BOOST_TEST(scopes(2001).message() ==
             "The role definition is not valid. assignableScopes holds more than the maximum of "
             "2000.");
}

BOOST_AUTO_TEST_SUITE_END()
