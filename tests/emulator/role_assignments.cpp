#include "akv/emulator/role_assignments.hpp"

#include "akv/emulator/built_in_roles.hpp"
#include "support/other_client.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;
using json::Document;

namespace {

struct AssignmentFixture : OthersFixture {
  Answer put_at(const std::string& scope, int number = 1, const std::string& more = {},
                const std::string& role = reader_role, const std::string& principal = someone) {
    return put(assignment(scope, number), assign(role, principal, more), roles_version);
  }
  std::string all(const std::string& scope, const std::string& filter = {}) const {
    return scope + "/providers/Microsoft.Authorization/roleAssignments" +
           (filter.empty() ? "" : "?$filter=" + filter);
  }
  std::size_t count(const std::string& scope, const std::string& filter = {}) {
    return get(all(scope, filter), roles_version).json()["value"].size();
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(role_assignments)

BOOST_FIXTURE_TEST_CASE(the_own_application_is_owner_from_the_start, AssignmentFixture) {
  const Document list = get(all(subscription()), roles_version).json()["value"];
  BOOST_TEST(list.size() == 1u);
  const Document properties = list.as_array()[0]["properties"];
  BOOST_TEST(properties["principalId"].string_or() == emulator->identity().object_id);
  BOOST_TEST(properties["roleDefinitionId"].string_or() ==
             subscription() + "/providers/Microsoft.Authorization/roleDefinitions/" + owner_role);
  BOOST_TEST(properties["scope"].string_or() == subscription());
  BOOST_TEST(properties["principalType"].string_or() == "ServicePrincipal");
}

BOOST_FIXTURE_TEST_CASE(who_is_known_is_assigned_as_what_it_is, AssignmentFixture) {
  const auto type_of = [&](const std::string& principal, const std::string& number) {
    return std::string(
        put(group() +
                "/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-" +
                "0000000000a" + number,
            R"({"properties":{"roleDefinitionId":")" + subscription() +
                "/providers/Microsoft.Authorization/roleDefinitions/" + owner_role +
                R"(","principalId":")" + principal + R"("}})",
            roles_version)
            .property("principalType")
            .string_or());
  };
  const auto app = emulator->add_principal({.name = "ci"});
  const auto ann = emulator->add_principal({.name = "ann@contoso.com", .is_user = true});
  BOOST_TEST(type_of(emulator->identity().object_id, "1") == "ServicePrincipal");
  BOOST_TEST(type_of(app.object_id, "2") == "ServicePrincipal");
  BOOST_TEST(type_of(ann.object_id, "3") == "User");
  BOOST_TEST(type_of("00000000-0000-4000-8000-000000000077", "4") == "User");
}

BOOST_FIXTURE_TEST_CASE(an_assignment_is_made_at_any_scope, AssignmentFixture) {
  int number = 0;
  for (const std::string& scope : {subscription(), group(), vault(), vault() + "/secrets/s"}) {
    const Answer made = put_at(scope, ++number, R"(,"principalType":"Group","description":"d")");
    BOOST_TEST(made.status == 201, made.body);
    BOOST_TEST(made.json()["type"].string_or() == "Microsoft.Authorization/roleAssignments");
    BOOST_TEST(made.property("principalType").string_or() == "Group");
    BOOST_TEST(made.property("description").string_or() == "d");
    BOOST_TEST((made.property("condition").is_null() && made.property("createdBy").is_null()));
    BOOST_TEST(made.property("createdOn").string_or() != "");
    const Answer got = get(std::string(made.json()["id"].string_or()), roles_version);
    BOOST_TEST(got.status == 200);
    BOOST_TEST(got.property("createdBy").string_or() == emulator->identity().object_id);
  }
  // Answers have the stored spelling, whatever the request's.
  BOOST_TEST(put_at(group(), 9, {}, owner_role).property("scope").string_or() ==
             subscription() + "/resourceGroups/g");
}

BOOST_FIXTURE_TEST_CASE(the_same_again_is_fine_and_another_name_is_not, AssignmentFixture) {
  BOOST_TEST(put_at(vault()).status == 201);
  BOOST_TEST(put_at(vault()).status == 201);
  const Answer twin = put_at(vault(), 2);
  BOOST_TEST(twin.status == 409);
  BOOST_TEST(twin.code() == "RoleAssignmentExists");
  BOOST_TEST(twin.message() == "The role assignment already exists.");
  // Not the same: another scope, role or principal.
  BOOST_TEST(put_at(group(), 3).status == 201);
  BOOST_TEST(put_at(vault(), 4, {}, owner_role).status == 201);
  BOOST_TEST(put_at(vault(), 5, {}, reader_role, emulator->identity().object_id).status == 201);
}

BOOST_FIXTURE_TEST_CASE(what_an_assignment_says_stays, AssignmentFixture) {
  put_at(vault());
  for (const Answer& refused :
       {put_at(vault(), 1, {}, owner_role),
        put_at(vault(), 1, {}, reader_role, emulator->identity().object_id), put_at(group(), 1)}) {
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(refused.code() == "RoleAssignmentUpdateNotPermitted");
    BOOST_TEST(refused.message() ==
               "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.");
  }
  const Answer described = put_at(vault(), 1, R"(,"description":"why")");
  BOOST_TEST(described.status == 200);
  BOOST_TEST(described.property("description").string_or() == "why");
  BOOST_TEST(put_at(vault(), 1, R"(,"description":"why")").status == 201);
}

BOOST_FIXTURE_TEST_CASE(bad_assignments_are_refused_with_the_reason, AssignmentFixture) {
  auto code = [&](const std::string& path, const std::string& body) {
    return put(path, body, roles_version).code();
  };
  const std::string good = assign(reader_role, someone);
  BOOST_TEST(code(vault() + "/providers/Microsoft.Authorization/roleAssignments/mine", good) ==
             "InvalidRoleAssignmentId");
  BOOST_TEST(code(assignment(vault()), assign(reader_role, "bob")) == "InvalidPrincipalId");
  BOOST_TEST(code(assignment(vault()), assign("Reader", someone)) == "InvalidRoleDefinitionId");
  BOOST_TEST(code(assignment(vault()), assign(someone, someone)) == "RoleDefinitionDoesNotExist");
  BOOST_TEST(code(assignment(vault("kv9")), good) == "ResourceNotFound");
  BOOST_TEST(code(assignment(group("none")), good) == "ResourceGroupNotFound");
  BOOST_TEST(code(assignment(vault()), R"({"properties":{"principal":"x"}})") == "BadRequest");
  BOOST_TEST(put(assignment(vault()), good, locks_version).code() == "NoRegisteredProviderFound");
  BOOST_TEST(code(assignment("/providers/Microsoft.Management/managementGroups/m"), good) ==
             "AuthorizationFailed");
}

BOOST_FIXTURE_TEST_CASE(deleting_answers_with_what_was_there, AssignmentFixture) {
  put_at(vault());
  const Answer gone = del(assignment(vault()), roles_version);
  BOOST_TEST(gone.status == 200);
  BOOST_TEST(gone.property("principalId").string_or() == someone);
  BOOST_TEST(del(assignment(vault()), roles_version).status == 204);
  const Answer absent = get(assignment(vault()), roles_version);
  BOOST_TEST(absent.status == 404);
  BOOST_TEST(absent.code() == "RoleAssignmentNotFound");
}

BOOST_FIXTURE_TEST_CASE(lists_go_up_and_down_from_their_scope, AssignmentFixture) {
  put_at(group(), 1);
  put_at(vault(), 2);
  make_group("other");
  put_at(group("other"), 3);
  BOOST_TEST(count(subscription()) == 4u);
  BOOST_TEST(count(group()) == 3u);
  BOOST_TEST(count(group(), "atScope()") == 2u);
  BOOST_TEST(count(vault(), "atScope()") == 3u);
  BOOST_TEST(count(subscription(), "atScope()") == 1u);
  const std::string id = someone;
  BOOST_TEST(count(subscription(), "principalId%20eq%20'" + id + "'") == 3u);
  BOOST_TEST(count(subscription(), "assignedTo('" + id + "')") == 3u);
  BOOST_TEST(count(group(), "atScope()+and+assignedTo('" + id + "')") == 1u);
  BOOST_TEST(get(all(group(), "roleName%20eq%20'x'"), roles_version).code() ==
             "InvalidFilterInQueryString");
  BOOST_TEST(get(all(group(), "assignedTo('x'"), roles_version).code() ==
             "InvalidFilterInQueryString");
}

BOOST_FIXTURE_TEST_CASE(assignments_go_with_their_scope, AssignmentFixture) {
  put_at(vault(), 1);
  put_at(group(), 2);
  del(vault());
  put(vault(), vault_body(R"(,"createMode":"recover")"));
  BOOST_TEST(get(assignment(vault()), roles_version).status == 404);
  BOOST_TEST(get(assignment(group(), 2), roles_version).status == 200);
  del(group());
  clock.advance(1s);
  make_group();
  BOOST_TEST(get(assignment(group(), 2), roles_version).status == 404);
  BOOST_TEST(count(subscription()) == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_subscription_holds_four_thousand_assignments, AssignmentFixture) {
  // Past the rules, all but one; the Owner's own counts too.
  emulator->add_principal(
      {.name = "many",
       .roles = std::vector<emulator::RoleGrant>(emulator::max_role_assignments - 2,
                                                 {.role = "Reader", .scope = vault()})});
  BOOST_TEST(put_at(group(), 1).status == 201);
  const Answer over = put_at(group(), 2, {}, owner_role);
  BOOST_TEST(over.status == 400);
  BOOST_TEST(over.code() == "RoleAssignmentLimitExceeded");
  BOOST_TEST(over.message() ==
             "The number of role assignments exceeded 4000 limit for the current subscription.");
}

BOOST_AUTO_TEST_CASE(built_in_roles_have_ids_and_names_of_their_own) {
  std::size_t pairs = 0;
  for (const auto& role : emulator::built_in_roles()) {
    BOOST_TEST(is_uuid(role.id), role.name);
    for (const auto& other : emulator::built_in_roles())
      pairs += role.id == other.id || role.name == other.name;
  }
  BOOST_TEST(pairs == emulator::built_in_roles().size());
}

BOOST_AUTO_TEST_SUITE_END()
