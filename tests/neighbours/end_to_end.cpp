// The clients of the providers around Key Vault against the emulator, as a program would use them.
#include "akv/mgmt/authorization/client.hpp"
#include "akv/mgmt/keyvault/client.hpp"
#include "akv/mgmt/monitor/client.hpp"
#include "akv/mgmt/resourcegraph/client.hpp"
#include "akv/mgmt/resources/client.hpp"
#include "support/emulated_azure.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace akv;
using namespace std::chrono_literals;

namespace {

struct NeighboursFixture : test::EmulatedAzure {
  ResourceManagementClient resources{credential(), who.subscription_id, options()};
  AuthorizationManagementClient authorization{credential(), who.subscription_id, options()};
  KeyVaultManagementClient key_vault{credential(), who.subscription_id, options()};
  ResourceGraphClient graph{credential(), options()};
  MonitorManagementClient monitor{credential(), options()};
  const std::string scope = "/subscriptions/" + who.subscription_id;

  Vault create(const std::string& name) {
    resources.resource_groups().create_or_update("rg", {.location = "westeurope"});
    return key_vault.vaults()
        .begin_create_or_update("rg", name,
                                {.location = "westeurope",
                                 .properties = {.tenant_id = who.tenant_id,
                                                .sku = {.name = sku_name::standard},
                                                .enable_rbac_authorization = true}})
        .result();
  }
  RoleAssignmentCreateParameters reader() const {
    return {.properties = {.role_definition_id =
                               role_definition_id(role_id::key_vault_reader, who.subscription_id),
                           .principal_id = who.object_id,
                           .principal_type = principal_type::service_principal}};
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(end_to_end, NeighboursFixture)

BOOST_AUTO_TEST_CASE(a_provider_is_registered_before_its_first_use) {
  const ProvidersOperations providers = resources.providers();
  BOOST_TEST(is_registered(ensure_provider_registered(resources, "Microsoft.KeyVault")));
  resources.send_request({.method = http::Method::post,
                          .url = scope + "/providers/Microsoft.KeyVault/unregister?api-version=" +
                                 resources_api_version});
  clock.advance(2s);
  BOOST_TEST(providers.get("Microsoft.KeyVault").registration_state.value_or("") ==
             registration_state::not_registered);
  BOOST_TEST(is_registered(ensure_provider_registered(resources, "Microsoft.KeyVault")));
  bool listed = false;
  for (const Provider& provider : providers.list())
    listed = listed || provider.namespace_name.value_or("") == "Microsoft.KeyVault";
  BOOST_TEST(listed);
}

BOOST_AUTO_TEST_CASE(the_resources_of_a_group_are_those_of_the_subscription) {
  create("kv-r1");
  create("kv-r2");
  create("kv-r3");
  const auto in_group = resources.resources().list_by_resource_group("rg").to_vector();
  const auto all = resources.resources()
                       .list({.filter = "resourceType eq 'Microsoft.KeyVault/vaults'"})
                       .to_vector();
  BOOST_TEST(in_group.size() == 3u);
  BOOST_TEST(all.size() == 3u);
}

BOOST_AUTO_TEST_CASE(a_role_is_assigned_once_however_often_it_is_asked_for) {
  const Vault vault = create("kv-roles");
  const RoleAssignmentsOperations roles = authorization.role_assignments();
  const std::string name = role_assignment_name(vault.id, who.object_id, role_id::key_vault_reader);
  BOOST_TEST(!roles.find(vault.id, name));
  const RoleAssignment made = roles.create(vault.id, name, reader());
  BOOST_TEST(roles.create(vault.id, name, reader()).id == made.id);
  BOOST_TEST(roles.create_by_id(made.id, to_parameters(made)).id == made.id);
  BOOST_CHECK_EXCEPTION(
      roles.create(vault.id, "1b2c0000-0000-4000-8000-000000000099", reader()), ConflictError,
      [](const ConflictError& error) { return error.info().code == "RoleAssignmentExists"; });

  BOOST_TEST(roles.get(vault.id, name).properties->principal_id == who.object_id);
  BOOST_TEST(roles.get_by_id(made.id).name == name);
  const auto holds = [&](Pager<RoleAssignment> pager) {
    bool found = false;
    for (const RoleAssignment& one : pager) found = found || one.name == name;
    return found;
  };
  BOOST_TEST(holds(roles.list_for_scope(vault.id, {.filter = "atScope()"})));
  BOOST_TEST(holds(roles.list_for_subscription()));
  BOOST_TEST(holds(roles.list_for_resource_group("rg")));
  BOOST_TEST(holds(roles.list_for_resource({.resource_group_name = "rg",
                                            .resource_provider_namespace = "Microsoft.KeyVault",
                                            .resource_type = "vaults",
                                            .resource_name = "kv-roles"})));

  BOOST_TEST(roles.delete_by_id(made.id)->name == name);
  BOOST_TEST(!roles.remove(vault.id, name));
  BOOST_CHECK_THROW(roles.get(vault.id, name), NotFoundError);
}

BOOST_AUTO_TEST_CASE(the_roles_that_are_known_by_name_are_those_of_the_service) {
  const RoleDefinitionsOperations definitions = authorization.role_definitions();
  std::size_t known = 0;
  for (const RoleDefinition& definition : definitions.list(scope)) {
    const WellKnownRole* role = find_role_by_id(definition.id);
    if (role == nullptr) continue;
    ++known;
    BOOST_TEST(definition.properties->role_name.value_or("") == role->name);
  }
  BOOST_TEST(known >= 12u);
  BOOST_TEST(definitions.list(scope, "roleName eq 'Key Vault Reader'").to_vector().at(0).name ==
             role_id::key_vault_reader);
  BOOST_TEST(definitions.get_by_id(role_definition_id(role_id::owner))
                 .properties->role_type.value_or("") == role_type::built_in);
}

BOOST_AUTO_TEST_CASE(a_custom_role_lives_from_creation_to_removal) {
  const RoleDefinitionsOperations definitions = authorization.role_definitions();
  const std::string id = "1b2c0000-0000-4000-8000-000000000077";
  RoleDefinition role;
  role.properties = RoleDefinitionProperties{.role_name = "Lister of vaults",
                                             .role_type = role_type::custom,
                                             .permissions = {{.actions = {"*/read"}}},
                                             .assignable_scopes = {scope}};
  BOOST_TEST(definitions.create_or_update(scope, id, role).name == id);
  RoleDefinition read = definitions.get(scope, id);
  read.properties->description = "Lists.";
  definitions.create_or_update(scope, id, read);
  BOOST_TEST(definitions.find(scope, id)->properties->description.value_or("") == "Lists.");
  BOOST_TEST(definitions.remove(scope, id)->name == id);
  BOOST_TEST(!definitions.remove(scope, id));
}

BOOST_AUTO_TEST_CASE(the_owner_may_do_everything) {
  create("kv-mine");
  const ResourceAddress address{.resource_group_name = "rg",
                                .resource_provider_namespace = "Microsoft.KeyVault",
                                .resource_type = "vaults",
                                .resource_name = "kv-mine"};
  const auto of_group = authorization.permissions().list_for_resource_group("rg").to_vector();
  const auto of_vault = authorization.permissions().list_for_resource(address).to_vector();
  BOOST_TEST(of_group.at(0).actions[0] == "*");
  BOOST_TEST(of_vault.at(0).actions[0] == "*");
}

BOOST_AUTO_TEST_CASE(a_locked_vault_is_not_deleted_until_the_lock_is) {
  const Vault vault = create("kv-locked");
  const ManagementLocksOperations locks = authorization.management_locks();
  ManagementLockObject lock{.properties = {.level = lock_level::can_not_delete, .notes = "Mine."}};
  locks.create_or_update_by_scope(vault.id, "keep", lock);
  BOOST_CHECK_EXCEPTION(
      key_vault.vaults().remove("rg", "kv-locked"), ConflictError,
      [](const ConflictError& error) { return error.info().code == "ScopeLocked"; });
  lock = locks.get_by_scope(vault.id, "keep");
  lock.properties.notes = "Still mine.";
  locks.create_or_update_by_scope(vault.id, "keep", lock);
  BOOST_TEST(locks.list_by_scope(vault.id).to_vector().at(0).properties.notes.value_or("") ==
             "Still mine.");
  BOOST_TEST(locks.list_at_resource_group_level("rg").to_vector().size() == 1u);
  BOOST_TEST(locks.delete_by_scope(vault.id, "keep"));
  BOOST_TEST(!locks.delete_by_scope(vault.id, "keep"));
  BOOST_TEST(key_vault.vaults().remove("rg", "kv-locked"));
}

BOOST_AUTO_TEST_CASE(locks_of_subscription_and_group_hold_what_is_below) {
  create("kv-below");
  const ManagementLocksOperations locks = authorization.management_locks();
  const ManagementLockObject read_only{.properties = {.level = lock_level::read_only}};
  locks.create_or_update_at_subscription_level("all", read_only);
  BOOST_CHECK_THROW(key_vault.vaults().update("rg", "kv-below", {.tags = {{{"a", "b"}}}}),
                    ConflictError);
  BOOST_TEST(locks.get_at_subscription_level("all").properties.level == lock_level::read_only);
  BOOST_TEST(locks.delete_at_subscription_level("all"));
  locks.create_or_update_at_resource_group_level("rg", "group", read_only);
  BOOST_CHECK_THROW(key_vault.vaults().remove("rg", "kv-below"), ConflictError);
  BOOST_TEST(locks.delete_at_resource_group_level("rg", "group"));
  BOOST_TEST(key_vault.vaults().remove("rg", "kv-below"));
}

BOOST_AUTO_TEST_CASE(the_audit_log_of_a_vault_is_sent_somewhere) {
  const Vault vault = create("kv-logged");
  std::set<std::string> categories;
  for (const auto& category : monitor.diagnostic_settings_category().list(vault.id))
    categories.insert(category.name);
  BOOST_TEST(
      (categories == std::set<std::string>{vault_diagnostics::audit_event,
                                           vault_diagnostics::azure_policy_evaluation_details,
                                           vault_diagnostics::all_metrics}));
  const DiagnosticSettingsOperations settings = monitor.diagnostic_settings();
  DiagnosticSettingsResource setting;
  setting.properties = DiagnosticSettings{
      .workspace_id = scope +
                      "/resourceGroups/rg/providers/Microsoft.OperationalInsights/"
                      "workspaces/w",
      .metrics = {{.category = vault_diagnostics::all_metrics}},
      .logs = {{.category_group = vault_diagnostics::audit_group}}};
  settings.create_or_update(vault.id, "audit", setting);
  setting = to_parameters(settings.get(vault.id, "audit"));
  BOOST_TEST(setting.properties->logs[0].enabled);
  settings.create_or_update(vault.id, "audit", setting);
  BOOST_TEST(settings.list(vault.id).to_vector().size() == 1u);
  BOOST_TEST(settings.remove(vault.id, "audit"));
  BOOST_TEST(!settings.find(vault.id, "audit"));
}

BOOST_AUTO_TEST_CASE(a_query_finds_the_vaults_of_all_groups_page_by_page) {
  std::set<std::string> created;
  for (const char* name : {"kv-q1", "kv-q2", "kv-q3", "kv-q4", "kv-q5"}) {
    create(name);
    created.insert(name);
  }
  for (const char* format : {result_format::object_array, result_format::table}) {
    QueryPages pages = graph.resource_pages(
        {.query = "Resources | where type =~ 'Microsoft.KeyVault/vaults' | project id, name",
         .subscriptions = {who.subscription_id},
         .options = QueryRequestOptions{.top = 2, .result_format = format}});
    std::set<std::string> found;
    int count = 0;
    for (const QueryResponse& page : pages) {
      ++count;
      for (const json::Document& row : page.rows())
        found.insert(std::string(row["name"].string_or()));
    }
    BOOST_TEST((found == created), format);
    BOOST_TEST(count == 3);
  }
}

BOOST_AUTO_TEST_SUITE_END()
