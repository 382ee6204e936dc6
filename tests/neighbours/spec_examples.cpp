// Every published example of the providers around Key Vault, sent through the public clients; no
// operation of their descriptions may be missing.
#include "support/spec_examples.hpp"

#include "neighbours/fixture.hpp"
#include "support/section.hpp"

using namespace akv;
using namespace akv::test;

namespace {

using arm::ArmClient;

template <class Operations>
Operations make(const Example& e, const ArmClient& arm) {
  return Operations(arm, e.text("subscriptionId"), e.text("api-version"));
}
std::string group(const Example& e) { return e.text("resourceGroupName"); }
std::string provider(const Example& e) { return e.text("resourceProviderNamespace"); }
ListFilter filter(const Example& e) {
  return {.filter = e.text("$filter"), .expand = e.text("$expand"), .top = e.top()};
}
ResourceAddress address(const Example& e) {
  return {.resource_group_name = group(e),
          .resource_provider_namespace = provider(e),
          .parent_resource_path = e.text("parentResourcePath"),
          .resource_type = e.text("resourceType"),
          .resource_name = e.text("resourceName")};
}

ProvidersOperations providers(const Example& e, const ArmClient& arm) {
  return make<ProvidersOperations>(e, arm);
}
ResourceGroupsOperations groups(const Example& e, const ArmClient& arm) {
  return make<ResourceGroupsOperations>(e, arm);
}

const ClientCalls resource_calls = {
    {"Operations_List",
     {"operations().list",
      [](const Example& e, const ArmClient& arm) {
        return kept(e, ProviderOperations(arm, "Operations.list", "Microsoft.Resources",
                                          e.text("api-version"))
                           .list());
      }}},
    {"Providers_Get",
     {"providers().get",
      [](const Example& e, const ArmClient& arm) {
        return kept(providers(e, arm).get(provider(e), e.text("$expand")));
      }}},
    {"Providers_List",
     {"providers().list",
      [](const Example& e, const ArmClient& arm) {
        return kept(e, providers(e, arm).list(e.text("$expand")));
      }}},
    {"Providers_Register",
     {"providers().register_provider",
      [](const Example& e, const ArmClient& arm) {
        return kept(providers(e, arm).register_provider(provider(e)));
      }}},
    {"Resources_List",
     {"resources().list",
      [](const Example& e, const ArmClient& arm) {
        return kept(e, make<ResourcesOperations>(e, arm).list(filter(e)));
      }}},
    {"Resources_ListByResourceGroup",
     {"resources().list_by_resource_group",
      [](const Example& e, const ArmClient& arm) {
        return kept(e,
                    make<ResourcesOperations>(e, arm).list_by_resource_group(group(e), filter(e)));
      }}},
    {"ResourceGroups_CheckExistence",
     {"resource_groups().check_existence",
      [](const Example& e, const ArmClient& arm) {
        groups(e, arm).check_existence(group(e));
        return Models();
      }}},
    {"ResourceGroups_CreateOrUpdate",
     {"resource_groups().create_or_update",
      [](const Example& e, const ArmClient& arm) {
        return kept(groups(e, arm).create_or_update(group(e), e.body<ResourceGroup>()));
      }}},
    {"ResourceGroups_Delete",
     {"resource_groups().begin_delete",
      [](const Example& e, const ArmClient& arm) {
        return kept(e, groups(e, arm).begin_delete(group(e), e.text("forceDeletionTypes")));
      }}},
    {"ResourceGroups_ExportTemplate",
     {"resource_groups().begin_export_template",
      [](const Example& e, const ArmClient& arm) {
        return kept(
            e, groups(e, arm).begin_export_template(group(e), e.body<ExportTemplateRequest>()));
      }}},
    {"ResourceGroups_Get",
     {"resource_groups().get",
      [](const Example& e, const ArmClient& arm) { return kept(groups(e, arm).get(group(e))); }}},
    {"ResourceGroups_List",
     {"resource_groups().list",
      [](const Example& e, const ArmClient& arm) {
        return kept(e, groups(e, arm).list(filter(e)));
      }}},
    {"ResourceGroups_Update",
     {"resource_groups().update",
      [](const Example& e, const ArmClient& arm) {
        return kept(groups(e, arm).update(group(e), e.body<ResourceGroupPatchable>()));
      }}},
};

RoleAssignmentsOperations assignments(const Example& e, const ArmClient& arm) {
  return make<RoleAssignmentsOperations>(e, arm);
}
RoleDefinitionsOperations definitions(const Example& e, const ArmClient& arm) {
  return make<RoleDefinitionsOperations>(e, arm);
}
std::string scope_of(const Example& e) { return e.text("scope"); }
std::string assignment(const Example& e) { return e.text("roleAssignmentName"); }
std::string assignment_id(const Example& e) { return e.text("roleAssignmentId"); }
std::string role(const Example& e) { return e.text("roleDefinitionId"); }
RoleAssignmentsFilter assignments_filter(const Example& e) {
  return {.filter = e.text("$filter"),
          .tenant_id = e.text("tenantId"),
          .skip_token = e.text("$skipToken")};
}

const ClientCalls role_calls = {
    {"Permissions_ListForResource",
     {"permissions().list_for_resource",
      [](const Example& e, const ArmClient& arm) {
        return kept(e, make<PermissionsOperations>(e, arm).list_for_resource(address(e)));
      }}},
    {"Permissions_ListForResourceGroup",
     {"permissions().list_for_resource_group",
      [](const Example& e, const ArmClient& arm) {
        return kept(e, make<PermissionsOperations>(e, arm).list_for_resource_group(group(e)));
      }}},
    {"RoleAssignments_Create",
     {"role_assignments().create",
      [](const Example& e, const ArmClient& arm) {
        return kept(assignments(e, arm).create(scope_of(e), assignment(e),
                                               e.body<RoleAssignmentCreateParameters>()));
      }}},
    {"RoleAssignments_CreateById",
     {"role_assignments().create_by_id",
      [](const Example& e, const ArmClient& arm) {
        return kept(assignments(e, arm).create_by_id(assignment_id(e),
                                                     e.body<RoleAssignmentCreateParameters>()));
      }}},
    {"RoleAssignments_Delete",
     {"role_assignments().remove",
      [](const Example& e, const ArmClient& arm) {
        return kept(assignments(e, arm).remove(scope_of(e), assignment(e), e.text("tenantId")));
      }}},
    {"RoleAssignments_DeleteById",
     {"role_assignments().delete_by_id",
      [](const Example& e, const ArmClient& arm) {
        return kept(assignments(e, arm).delete_by_id(assignment_id(e), e.text("tenantId")));
      }}},
    {"RoleAssignments_Get",
     {"role_assignments().get",
      [](const Example& e, const ArmClient& arm) {
        return kept(assignments(e, arm).get(scope_of(e), assignment(e), e.text("tenantId")));
      }}},
    {"RoleAssignments_GetById",
     {"role_assignments().get_by_id",
      [](const Example& e, const ArmClient& arm) {
        return kept(assignments(e, arm).get_by_id(assignment_id(e), e.text("tenantId")));
      }}},
    {"RoleAssignments_ListForResource",
     {"role_assignments().list_for_resource",
      [](const Example& e, const ArmClient& arm) {
        return kept(e, assignments(e, arm).list_for_resource(address(e), assignments_filter(e)));
      }}},
    {"RoleAssignments_ListForResourceGroup",
     {"role_assignments().list_for_resource_group",
      [](const Example& e, const ArmClient& arm) {
        return kept(e,
                    assignments(e, arm).list_for_resource_group(group(e), assignments_filter(e)));
      }}},
    {"RoleAssignments_ListForScope",
     {"role_assignments().list_for_scope",
      [](const Example& e, const ArmClient& arm) {
        return kept(e, assignments(e, arm).list_for_scope(scope_of(e), assignments_filter(e)));
      }}},
    {"RoleAssignments_ListForSubscription",
     {"role_assignments().list_for_subscription",
      [](const Example& e, const ArmClient& arm) {
        return kept(e, assignments(e, arm).list_for_subscription(assignments_filter(e)));
      }}},
    {"RoleDefinitions_CreateOrUpdate",
     {"role_definitions().create_or_update",
      [](const Example& e, const ArmClient& arm) {
        return kept(
            definitions(e, arm).create_or_update(scope_of(e), role(e), e.body<RoleDefinition>()));
      }}},
    {"RoleDefinitions_Delete",
     {"role_definitions().remove",
      [](const Example& e, const ArmClient& arm) {
        return kept(definitions(e, arm).remove(scope_of(e), role(e)));
      }}},
    {"RoleDefinitions_Get",
     {"role_definitions().get",
      [](const Example& e, const ArmClient& arm) {
        return kept(definitions(e, arm).get(scope_of(e), role(e)));
      }}},
    {"RoleDefinitions_GetById",
     {"role_definitions().get_by_id",
      [](const Example& e, const ArmClient& arm) {
        return kept(definitions(e, arm).get_by_id(e.text("roleId")));
      }}},
    {"RoleDefinitions_List",
     {"role_definitions().list",
      [](const Example& e, const ArmClient& arm) {
        return kept(e, definitions(e, arm).list(scope_of(e), e.text("$filter")));
      }}},
};

ManagementLocksOperations locks(const Example& e, const ArmClient& arm) {
  return make<ManagementLocksOperations>(e, arm);
}
std::string lock(const Example& e) { return e.text("lockName"); }
ManagementLockObject lock_body(const Example& e) { return e.body<ManagementLockObject>(); }

const ClientCalls lock_calls = {
    {"AuthorizationOperations_List",
     {"authorization_operations().list",
      [](const Example& e, const ArmClient& arm) {
        return kept(e, ProviderOperations(arm, "AuthorizationOperations.list",
                                          "Microsoft.Authorization", e.text("api-version"))
                           .list());
      }}},
    {"ManagementLocks_CreateOrUpdateAtResourceGroupLevel",
     {"management_locks().create_or_update_at_resource_group_level",
      [](const Example& e, const ArmClient& arm) {
        return kept(locks(e, arm).create_or_update_at_resource_group_level(group(e), lock(e),
                                                                           lock_body(e)));
      }}},
    {"ManagementLocks_CreateOrUpdateAtResourceLevel",
     {"management_locks().create_or_update_at_resource_level",
      [](const Example& e, const ArmClient& arm) {
        return kept(
            locks(e, arm).create_or_update_at_resource_level(address(e), lock(e), lock_body(e)));
      }}},
    {"ManagementLocks_CreateOrUpdateAtSubscriptionLevel",
     {"management_locks().create_or_update_at_subscription_level",
      [](const Example& e, const ArmClient& arm) {
        return kept(locks(e, arm).create_or_update_at_subscription_level(lock(e), lock_body(e)));
      }}},
    {"ManagementLocks_CreateOrUpdateByScope",
     {"management_locks().create_or_update_by_scope",
      [](const Example& e, const ArmClient& arm) {
        return kept(locks(e, arm).create_or_update_by_scope(scope_of(e), lock(e), lock_body(e)));
      }}},
    {"ManagementLocks_DeleteAtResourceGroupLevel",
     {"management_locks().delete_at_resource_group_level",
      [](const Example& e, const ArmClient& arm) {
        locks(e, arm).delete_at_resource_group_level(group(e), lock(e));
        return Models();
      }}},
    {"ManagementLocks_DeleteAtResourceLevel",
     {"management_locks().delete_at_resource_level",
      [](const Example& e, const ArmClient& arm) {
        locks(e, arm).delete_at_resource_level(address(e), lock(e));
        return Models();
      }}},
    {"ManagementLocks_DeleteAtSubscriptionLevel",
     {"management_locks().delete_at_subscription_level",
      [](const Example& e, const ArmClient& arm) {
        locks(e, arm).delete_at_subscription_level(lock(e));
        return Models();
      }}},
    {"ManagementLocks_DeleteByScope",
     {"management_locks().delete_by_scope",
      [](const Example& e, const ArmClient& arm) {
        locks(e, arm).delete_by_scope(scope_of(e), lock(e));
        return Models();
      }}},
    {"ManagementLocks_GetAtResourceGroupLevel",
     {"management_locks().get_at_resource_group_level",
      [](const Example& e, const ArmClient& arm) {
        return kept(locks(e, arm).get_at_resource_group_level(group(e), lock(e)));
      }}},
    {"ManagementLocks_GetAtResourceLevel",
     {"management_locks().get_at_resource_level",
      [](const Example& e, const ArmClient& arm) {
        return kept(locks(e, arm).get_at_resource_level(address(e), lock(e)));
      }}},
    {"ManagementLocks_GetAtSubscriptionLevel",
     {"management_locks().get_at_subscription_level",
      [](const Example& e, const ArmClient& arm) {
        return kept(locks(e, arm).get_at_subscription_level(lock(e)));
      }}},
    {"ManagementLocks_GetByScope",
     {"management_locks().get_by_scope",
      [](const Example& e, const ArmClient& arm) {
        return kept(locks(e, arm).get_by_scope(scope_of(e), lock(e)));
      }}},
    {"ManagementLocks_ListAtResourceGroupLevel",
     {"management_locks().list_at_resource_group_level",
      [](const Example& e, const ArmClient& arm) {
        return kept(e, locks(e, arm).list_at_resource_group_level(group(e), e.text("$filter")));
      }}},
    {"ManagementLocks_ListAtResourceLevel",
     {"management_locks().list_at_resource_level",
      [](const Example& e, const ArmClient& arm) {
        return kept(e, locks(e, arm).list_at_resource_level(address(e), e.text("$filter")));
      }}},
    {"ManagementLocks_ListAtSubscriptionLevel",
     {"management_locks().list_at_subscription_level",
      [](const Example& e, const ArmClient& arm) {
        return kept(e, locks(e, arm).list_at_subscription_level(e.text("$filter")));
      }}},
    {"ManagementLocks_ListByScope",
     {"management_locks().list_by_scope",
      [](const Example& e, const ArmClient& arm) {
        return kept(e, locks(e, arm).list_by_scope(scope_of(e), e.text("$filter")));
      }}},
};

/// A client that sends as `arm` does: the version is the one that the example names.
ResourceGraphClient graph(const Example& e, const ArmClient& arm) {
  arm::ClientOptions options = arm.options();
  options.api_version = e.text("api-version");
  return ResourceGraphClient(
      identity::make_static_credential("the-token", options.clock->now() + std::chrono::hours(1)),
      options);
}

const ClientCalls graph_calls = {
    {"Operations_List",
     {"operations().list",
      [](const Example& e, const ArmClient& arm) {
        return kept(e, graph(e, arm).operations().list());
      }}},
    {"Resources",
     {"resources, resource_pages",
      [](const Example& e, const ArmClient& arm) {
        return kept(graph(e, arm).resources(e.body<QueryRequest>()));
      }}},
};

DiagnosticSettingsOperations settings(const Example& e, const ArmClient& arm) {
  return make<DiagnosticSettingsOperations>(e, arm);
}
DiagnosticSettingsCategoryOperations categories(const Example& e, const ArmClient& arm) {
  return make<DiagnosticSettingsCategoryOperations>(e, arm);
}
std::string resource(const Example& e) { return e.text("resourceUri"); }

const ClientCalls monitor_calls = {
    {"DiagnosticSettingsCategory_Get",
     {"diagnostic_settings_category().get",
      [](const Example& e, const ArmClient& arm) {
        return kept(categories(e, arm).get(resource(e), e.text("name")));
      }}},
    {"DiagnosticSettingsCategory_List",
     {"diagnostic_settings_category().list",
      [](const Example& e, const ArmClient& arm) {
        return kept(e, categories(e, arm).list(resource(e)));
      }}},
    {"DiagnosticSettings_CreateOrUpdate",
     {"diagnostic_settings().create_or_update",
      [](const Example& e, const ArmClient& arm) {
        return kept(settings(e, arm).create_or_update(resource(e), e.text("name"),
                                                      e.body<DiagnosticSettingsResource>()));
      }}},
    {"DiagnosticSettings_Delete",
     {"diagnostic_settings().remove",
      [](const Example& e, const ArmClient& arm) {
        settings(e, arm).remove(resource(e), e.text("name"));
        return Models();
      }}},
    {"DiagnosticSettings_Get",
     {"diagnostic_settings().get",
      [](const Example& e, const ArmClient& arm) {
        return kept(settings(e, arm).get(resource(e), e.text("name")));
      }}},
    {"DiagnosticSettings_List",
     {"diagnostic_settings().list",
      [](const Example& e, const ArmClient& arm) {
        return kept(e, settings(e, arm).list(resource(e)));
      }}},
};

/// Holds the client against all that is described, both ways, and the README against both.
void check_provider(const ClientCalls& calls, const std::string& provider,
                    const std::string& version, std::span<const char* const> descriptions,
                    std::size_t operations, std::size_t examples) {
  if (!spec_folder()) return;
  const Examined examined = run_examples(calls, version, provider + "/" + version, descriptions);
  BOOST_TEST(examined.operations.size() == operations);
  BOOST_TEST(examined.count == examples);
  check_all_are_described(calls, {examined});
  check_section("mgmt/README.md", "operations of " + provider, coverage_table(calls, {examined}));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(spec_examples)

BOOST_AUTO_TEST_CASE(resources_2024_03_01) {
  constexpr const char* files[] = {"resources.cut.json"};
  check_provider(resource_calls, "Microsoft.Resources", "2024-03-01", files, 13, 8);
}

BOOST_AUTO_TEST_CASE(authorization_2022_04_01) {
  constexpr const char* files[] = {"authorization-RoleAssignmentsCalls.json",
                                   "authorization-RoleDefinitionsCalls.json"};
  check_provider(role_calls, "Microsoft.Authorization", "2022-04-01", files, 17, 17);
}

BOOST_AUTO_TEST_CASE(locks_2020_05_01) {
  constexpr const char* files[] = {"locks.json"};
  check_provider(lock_calls, "Microsoft.Authorization.locks", "2020-05-01", files, 17, 16);
}

BOOST_AUTO_TEST_CASE(resource_graph_2022_10_01) {
  constexpr const char* files[] = {"resourcegraph.json"};
  check_provider(graph_calls, "Microsoft.ResourceGraph", "2022-10-01", files, 2, 12);
}

BOOST_AUTO_TEST_CASE(diagnostic_settings_2021_05_01_preview) {
  constexpr const char* files[] = {"diagnosticsSettings_API.json",
                                   "diagnosticsSettingsCategories_API.json"};
  check_provider(monitor_calls, "Microsoft.Insights", "2021-05-01-preview", files, 6, 9);
}

BOOST_AUTO_TEST_SUITE_END()
