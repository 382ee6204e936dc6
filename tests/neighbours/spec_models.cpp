// The tables of the models of the providers around Key Vault against the published definitions.
#include "support/spec_models.hpp"

#include "neighbours/fixture.hpp"

using namespace akv;
using namespace akv::test;

namespace {

const DescribedModel resource_models[] = {
    {"AliasPathMetadata", AliasPathMetadata::json_fields},
    {"AliasPath", AliasPath::json_fields},
    {"AliasPattern", AliasPattern::json_fields},
    {"Alias", Alias::json_fields},
    {"ApiProfile", ApiProfile::json_fields},
    {"ProviderExtendedLocation", ProviderExtendedLocation::json_fields},
    {"ProviderResourceType", ProviderResourceType::json_fields},
    {"Provider", Provider::json_fields},
    {"ProviderConsentDefinition", ProviderConsentDefinition::json_fields},
    {"ProviderRegistrationRequest", ProviderRegistrationRequest::json_fields},
    {"ZoneMapping", ZoneMapping::json_fields},
    {"ExtendedLocation", ExtendedLocation::json_fields},
    {"Plan", ResourcePlan::json_fields},
    {"Sku", ResourceSku::json_fields},
    {"Identity", ResourceIdentity::json_fields},
    {"ResourceGroup", ResourceGroup::json_fields, {"properties"}},
    {"ResourceGroupPatchable", ResourceGroupPatchable::json_fields},
    {"ResourceGroupProperties", ResourceGroupProperties::json_fields},
    {"ExportTemplateRequest", ExportTemplateRequest::json_fields},
    {"ResourceGroupExportResult", ResourceGroupExportResult::json_fields},
};

const DescribedModel role_models[] = {
    {"RoleAssignmentProperties", RoleAssignmentProperties::json_fields},
    {"RoleAssignment", RoleAssignment::json_fields},
    {"RoleAssignmentCreateParameters", RoleAssignmentCreateParameters::json_fields},
    {"RoleDefinitionProperties", RoleDefinitionProperties::json_fields},
    {"RoleDefinition", RoleDefinition::json_fields},
    {"Permission", Permission::json_fields},
};

const DescribedModel lock_models[] = {
    {"ManagementLockOwner", ManagementLockOwner::json_fields},
    {"ManagementLockProperties", ManagementLockProperties::json_fields},
    {"ManagementLockObject", ManagementLockObject::json_fields},
};

const DescribedModel graph_models[] = {
    {"QueryRequest", QueryRequest::json_fields},
    {"QueryRequestOptions", QueryRequestOptions::json_fields},
    {"FacetRequest", FacetRequest::json_fields},
    {"FacetRequestOptions", FacetRequestOptions::json_fields},
    {"QueryResponse", QueryResponse::json_fields},
    {"Table", QueryTable::json_fields},
    {"Column", QueryColumn::json_fields},
    {"Operation", ProviderOperation::json_fields},
};
// One model for what a facet may be.
const DescribedModel facet_models[] = {
    {"FacetResult", Facet::json_fields},
    {"FacetError", Facet::json_fields},
};

const DescribedModel monitor_models[] = {
    {"RetentionPolicy", RetentionPolicy::json_fields},
    {"MetricSettings", MetricSettings::json_fields},
    {"LogSettings", LogSettings::json_fields},
    {"DiagnosticSettings", DiagnosticSettings::json_fields},
    {"DiagnosticSettingsResource", DiagnosticSettingsResource::json_fields},
    {"DiagnosticSettingsCategory", DiagnosticSettingsCategory::json_fields},
    {"DiagnosticSettingsCategoryResource", DiagnosticSettingsCategoryResource::json_fields},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(spec_models)

BOOST_AUTO_TEST_CASE(models_of_resources) {
  const char* description = "Microsoft.Resources/2024-03-01/resources.cut.json";
  compare_models(description, resource_models, Likeness::same);
  const DescribedModel lists[] = {{"GenericResourceExpanded", GenericResource::json_fields},
                                  {"Operation", ProviderOperation::json_fields}};
  compare_models(description, lists, Likeness::holds_all);  // they show more than is described
  check_all_are_modelled(
      description, resource_models,
      {"GenericResourceExpanded", "Operation", "GenericResource", "Resource",  // parts of the first
       "CloudError",                                                           // thrown
       "OperationListResult", "ProviderListResult", "ResourceGroupListResult",
       "ResourceListResult"});
}

BOOST_AUTO_TEST_CASE(models_of_roles) {
  const char* assignments =
      "Microsoft.Authorization/2022-04-01/authorization-RoleAssignmentsCalls.json";
  const char* definitions =
      "Microsoft.Authorization/2022-04-01/authorization-RoleDefinitionsCalls.json";
  compare_models(assignments, role_models, Likeness::same);
  compare_models(definitions, role_models, Likeness::same);
  // Of a validation that no operation offers, and what filters are written from.
  check_all_are_modelled(assignments, role_models,
                         {"ValidationResponse", "ValidationResponseErrorInfo",
                          "RoleAssignmentFilter", "RoleAssignmentListResult"});
  check_all_are_modelled(
      definitions, role_models,
      {"RoleDefinitionFilter", "RoleDefinitionListResult", "PermissionGetResult"});
}

BOOST_AUTO_TEST_CASE(models_of_locks) {
  const char* description = "Microsoft.Authorization.locks/2020-05-01/locks.json";
  compare_models(description, lock_models, Likeness::same);
  const DescribedModel operation[] = {{"Operation", ProviderOperation::json_fields}};
  compare_models(description, operation, Likeness::holds_all);
  check_all_are_modelled(description, lock_models,
                         {"Operation", "OperationListResult", "ManagementLockListResult"});
}

BOOST_AUTO_TEST_CASE(models_of_the_resource_graph) {
  const char* description = "Microsoft.ResourceGraph/2022-10-01/resourcegraph.json";
  compare_models(description, graph_models, Likeness::same);
  compare_models(description, facet_models, Likeness::holds_all);
  const DescribedModel errors[] = {{"ErrorDetails", ErrorDetail::json_fields}};
  compare_models(description, errors, Likeness::holds_all);
  check_all_are_modelled(
      description, graph_models,
      {"Facet", "FacetResult", "FacetError", "ErrorDetails", "ErrorResponse", "Error",  // thrown
       "OperationListResult"});
}

BOOST_AUTO_TEST_CASE(models_of_diagnostic_settings) {
  for (const char* file : {"Microsoft.Insights/2021-05-01-preview/diagnosticsSettings_API.json",
                           "Microsoft.Insights/2021-05-01-preview/"
                           "diagnosticsSettingsCategories_API.json"}) {
    compare_models(file, monitor_models, Likeness::same);
    check_all_are_modelled(
        file, monitor_models,
        {"DiagnosticSettingsResourceCollection", "DiagnosticSettingsCategoryResourceCollection",
         "ErrorResponse"});  // thrown
  }
}

BOOST_AUTO_TEST_SUITE_END()
