#include "akv/mgmt/resources/resource_groups.hpp"

namespace akv {
namespace {

using http::Method;

constexpr const char* begin_delete_name = "ResourceGroups.begin_delete";
constexpr const char* begin_export_name = "ResourceGroups.begin_export_template";

}  // namespace

ResourceGroup ResourceGroupsOperations::create_or_update(std::string_view resource_group_name,
                                                         const ResourceGroup& parameters,
                                                         const CallOptions& options) const {
  constexpr const char* operation = "ResourceGroups.create_or_update";
  return send_put<ResourceGroup>(operation, group_path(operation, resource_group_name), parameters,
                                 options);
}

ResourceGroup ResourceGroupsOperations::get(std::string_view resource_group_name,
                                            const CallOptions& options) const {
  constexpr const char* operation = "ResourceGroups.get";
  return send_get<ResourceGroup>(operation, group_path(operation, resource_group_name), options);
}

std::optional<ResourceGroup> ResourceGroupsOperations::find(std::string_view resource_group_name,
                                                            const CallOptions& options) const {
  constexpr const char* operation = "ResourceGroups.find";
  return send_find<ResourceGroup>(operation, group_path(operation, resource_group_name), options);
}

bool ResourceGroupsOperations::check_existence(std::string_view resource_group_name,
                                               const CallOptions& options) const {
  constexpr const char* operation = "ResourceGroups.check_existence";
  return send({Method::head, operation, group_path(operation, resource_group_name)},
              {200, 204, 404}, options)
             .status != 404;
}

ResourceGroup ResourceGroupsOperations::update(std::string_view resource_group_name,
                                               const ResourceGroupPatchable& parameters,
                                               const CallOptions& options) const {
  constexpr const char* operation = "ResourceGroups.update";
  return send_patch<ResourceGroup>(operation, group_path(operation, resource_group_name),
                                   parameters, options);
}

Poller<void> ResourceGroupsOperations::begin_delete(std::string_view resource_group_name,
                                                    const CallOptions& options) const {
  return begin_delete(resource_group_name, std::string_view(), options);
}

Poller<void> ResourceGroupsOperations::begin_delete(std::string_view resource_group_name,
                                                    std::string_view force_deletion_types,
                                                    const CallOptions& options) const {
  arm::Query query;
  if (!force_deletion_types.empty()) query.emplace_back("forceDeletionTypes", force_deletion_types);
  return start<void>({.method = Method::del,
                      .operation = begin_delete_name,
                      .path = group_path(begin_delete_name, resource_group_name),
                      .query = std::move(query)},
                     {200, 202, 204}, {}, options);
}

Poller<void> ResourceGroupsOperations::resume_delete(std::string_view resume_token,
                                                     const CallOptions& options) const {
  return resume<void>(begin_delete_name, resume_token, {}, options);
}

Pager<ResourceGroup> ResourceGroupsOperations::list(const ListFilter& filter,
                                                    const CallOptions& options) const {
  constexpr const char* operation = "ResourceGroups.list";
  return pager<ResourceGroup>(operation,
                              subscription_scope(operation).text("/resourcegroups").str(),
                              filter.query(), options);
}

Poller<ResourceGroupExportResult> ResourceGroupsOperations::begin_export_template(
    std::string_view resource_group_name, const ExportTemplateRequest& parameters,
    const CallOptions& options) const {
  return start<ResourceGroupExportResult>(
      {.method = Method::post,
       .operation = begin_export_name,
       .path = group_path(begin_export_name, resource_group_name) + "/exportTemplate",
       .body = json::encode(parameters),
       .idempotent_post = true},
      {200, 202}, {arm::FinalState::location}, options);
}

Poller<ResourceGroupExportResult> ResourceGroupsOperations::resume_export_template(
    std::string_view resume_token, const CallOptions& options) const {
  return resume<ResourceGroupExportResult>(begin_export_name, resume_token,
                                           {arm::FinalState::location}, options);
}

// The service's own description spells it in lower case for groups, and only for them.
std::string ResourceGroupsOperations::group_path(std::string_view operation,
                                                 std::string_view resource_group_name) const {
  return subscription_scope(operation)
      .text("/resourcegroups/")
      .name("resource group name", resource_group_name)
      .str();
}

}  // namespace akv
