// The roles that are known by name, and names of assignments that are the same in every run.
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/random.hpp"
#include "neighbours/fixture.hpp"

#include <set>

using namespace akv;
using namespace akv::test;

namespace {

const std::string principal = "1b2c0000-0000-4000-8000-00000000000a";

}  // namespace

BOOST_AUTO_TEST_SUITE(role_names)

BOOST_AUTO_TEST_CASE(roles_are_found_by_name_and_by_id) {
  BOOST_TEST(find_role_by_name("key vault secrets USER")->id == role_id::key_vault_secrets_user);
  BOOST_TEST(find_role_by_id("4633458B-17de-408a-b874-0445c86b69e6")->name ==
             "Key Vault Secrets User");
  BOOST_TEST(find_role_by_id(role_definition_id(role_id::owner, subscription))->name == "Owner");
  BOOST_TEST((find_role_by_name("Key Vault Secret User") == nullptr));
  BOOST_TEST((find_role_by_name("") == nullptr));
  BOOST_TEST((find_role_by_id("") == nullptr));
}

BOOST_AUTO_TEST_CASE(the_list_of_roles_is_sorted_and_holds_each_once) {
  std::string_view before;
  std::set<std::string_view> ids;
  for (const WellKnownRole& role : well_known_roles()) {
    BOOST_TEST((before < role.name), role.name);
    BOOST_TEST(is_uuid(role.id), role.id);
    ids.insert(role.id);
    before = role.name;
  }
  BOOST_TEST(ids.size() == well_known_roles().size());
}

BOOST_AUTO_TEST_CASE(a_role_definition_id_stands_in_a_subscription_or_at_the_tenant) {
  BOOST_TEST(role_definition_id("g", "s") ==
             "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/g");
  BOOST_TEST(role_definition_id("g") == "/providers/Microsoft.Authorization/roleDefinitions/g");
}

// The expected value is Python's
//   uuid.uuid5(uuid.UUID("11fb06fb-712d-4ddd-98c7-e71bbd588830"), "-".join([scope, principal,
//   role]))
// of the three in lower case.
BOOST_AUTO_TEST_CASE(a_name_is_that_of_the_template_function) {
  BOOST_TEST(role_assignment_name(vault_scope, principal, role_id::key_vault_secrets_user) ==
             "65455440-8a99-5f91-a066-a0047915f6d3");
  BOOST_TEST(role_assignment_name("/", principal, role_id::key_vault_secrets_user) ==
             "b10246dc-e20f-50e0-bdb4-d5694a1b6d56");
}

BOOST_AUTO_TEST_CASE(a_name_depends_on_what_is_assigned_and_not_on_how_it_is_written) {
  const std::string role(role_id::key_vault_secrets_user);
  const std::string name = role_assignment_name(vault_scope, principal, role);
  BOOST_TEST(is_uuid(name));
  BOOST_TEST(role_assignment_name(vault_scope.substr(1) + "/",
                                  "1B2C0000-0000-4000-8000-00000000000A", role) == name);
  BOOST_TEST(role_assignment_name(ascii::lower(vault_scope), principal,
                                  role_definition_id(role, subscription)) == name);
  BOOST_TEST(role_assignment_name(vault_scope, principal, role_definition_id(role)) == name);

  BOOST_TEST(role_assignment_name(scope, principal, role) != name);
  BOOST_TEST(role_assignment_name(vault_scope, "1b2c0000-0000-4000-8000-00000000000b", role) !=
             name);
  BOOST_TEST(role_assignment_name(vault_scope, principal, role_id::key_vault_reader) != name);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_assigned_has_no_name) {
  const auto name = [](std::string_view place, std::string_view who, std::string_view role) {
    return refusal([&] { role_assignment_name(place, who, role); });
  };
  BOOST_TEST(name("", principal, role_id::owner) == "the scope is empty");
  BOOST_TEST(name(scope, "app", role_id::owner) == "the principal id is no GUID: \"app\"");
  BOOST_TEST(name(scope, principal, "Owner") == "the role definition id is no GUID: \"Owner\"");
  BOOST_TEST(name(scope, principal, "/x/") == "the role definition id is no GUID: \"\"");
}

BOOST_AUTO_TEST_SUITE_END()
