#include "akv/mgmt/resources/resource_groups.hpp"

#include "akv/mgmt/arm/path.hpp"
#include "akv/mgmt/json/codec.hpp"

#include <utility>

namespace akv {
namespace {

using arm::decode;
using arm::expect;
using arm::FinalState;
using arm::Operation;
using arm::OperationPoller;
using http::Method;

constexpr const char* begin_delete_name = "ResourceGroups.begin_delete";

}  // namespace

ResourceGroupsOperations::ResourceGroupsOperations(arm::ArmClient arm, std::string subscription_id,
                                                   std::string api_version)
    : arm_(std::move(arm)),
      subscription_id_(std::move(subscription_id)),
      api_version_(std::move(api_version)) {}

ResourceGroup ResourceGroupsOperations::create_or_update(std::string_view resource_group_name,
                                                         const ResourceGroup& parameters,
                                                         const CallOptions& options) const {
  constexpr const char* operation = "ResourceGroups.create_or_update";
  const std::string path = group_path(operation, resource_group_name);
  const http::Response answer =
      arm_.send(Method::put, path, {}, json::encode(parameters), operation, api_version_, options);
  expect(answer, {200, 201}, operation, path);
  return decode<ResourceGroup>(answer, operation, path);
}

ResourceGroup ResourceGroupsOperations::get(std::string_view resource_group_name,
                                            const CallOptions& options) const {
  constexpr const char* operation = "ResourceGroups.get";
  const std::string path = group_path(operation, resource_group_name);
  const http::Response answer =
      arm_.send(Method::get, path, {}, {}, operation, api_version_, options);
  expect(answer, {200, 204}, operation, path);
  return decode<ResourceGroup>(answer, operation, path);
}

std::optional<ResourceGroup> ResourceGroupsOperations::find(std::string_view resource_group_name,
                                                            const CallOptions& options) const {
  constexpr const char* operation = "ResourceGroups.find";
  const std::string path = group_path(operation, resource_group_name);
  const http::Response answer =
      arm_.send(Method::get, path, {}, {}, operation, api_version_, options);
  expect(answer, {200, 204, 404}, operation, path);
  if (answer.status != 200) return std::nullopt;
  return decode<ResourceGroup>(answer, operation, path);
}

bool ResourceGroupsOperations::check_existence(std::string_view resource_group_name,
                                               const CallOptions& options) const {
  constexpr const char* operation = "ResourceGroups.check_existence";
  const std::string path = group_path(operation, resource_group_name);
  const http::Response answer =
      arm_.send(Method::head, path, {}, {}, operation, api_version_, options);
  expect(answer, {200, 204, 404}, operation, path);
  return answer.status != 404;
}

ResourceGroup ResourceGroupsOperations::update(std::string_view resource_group_name,
                                               const ResourceGroupPatchable& parameters,
                                               const CallOptions& options) const {
  constexpr const char* operation = "ResourceGroups.update";
  const std::string path = group_path(operation, resource_group_name);
  const http::Response answer = arm_.send(Method::patch, path, {}, json::encode(parameters),
                                          operation, api_version_, options);
  expect(answer, {200}, operation, path);
  return decode<ResourceGroup>(answer, operation, path);
}

Poller<void> ResourceGroupsOperations::begin_delete(std::string_view resource_group_name,
                                                    const CallOptions& options) const {
  return begin_delete(resource_group_name, std::string_view(), options);
}

Poller<void> ResourceGroupsOperations::begin_delete(std::string_view resource_group_name,
                                                    std::string_view force_deletion_types,
                                                    const CallOptions& options) const {
  const std::string path = group_path(begin_delete_name, resource_group_name);
  std::vector<std::pair<std::string, std::string>> query;
  if (!force_deletion_types.empty()) query.emplace_back("forceDeletionTypes", force_deletion_types);
  http::Response answer =
      arm_.send(Method::del, path, query, {}, begin_delete_name, api_version_, options);
  // An earlier attempt whose answer was lost did it.
  if (answer.status == 404 && answer.attempts > 1) answer = {.status = 204};
  expect(answer, {200, 202, 204}, begin_delete_name, path);
  return Poller<void>(OperationPoller(
      arm_,
      Operation::start(Method::del, arm_.url(path, {}, version_for(options)), answer,
                       FinalState::none, arm_.on_client_clock(options.context).clock->now()),
      {.operation = begin_delete_name, .target = path, .options = options}));
}

Poller<void> ResourceGroupsOperations::resume_delete(std::string_view resume_token,
                                                     const CallOptions& options) const {
  return Poller<void>(OperationPoller::resume(
      arm_, resume_token, {.operation = begin_delete_name, .target = {}, .options = options}));
}

Pager<ResourceGroup> ResourceGroupsOperations::list(const ListFilter& filter,
                                                    const CallOptions& options) const {
  constexpr const char* operation = "ResourceGroups.list";
  const std::string path =
      arm::subscription_path(operation, subscription_id_).text("/resourcegroups").str();
  return Pager<ResourceGroup>(pages(operation, path, filter, options));
}

Pager<GenericResource> ResourceGroupsOperations::list_resources(
    std::string_view resource_group_name, const ListFilter& filter,
    const CallOptions& options) const {
  constexpr const char* operation = "ResourceGroups.list_resources";
  const std::string path = arm::subscription_path(operation, subscription_id_)
                               .text("/resourceGroups/")
                               .name("resource group name", resource_group_name)
                               .text("/resources")
                               .str();
  return Pager<GenericResource>(pages(operation, path, filter, options));
}

// The service's own description spells it in lower case for groups, and only for them.
std::string ResourceGroupsOperations::group_path(std::string_view operation,
                                                 std::string_view resource_group_name) const {
  return arm::subscription_path(operation, subscription_id_)
      .text("/resourcegroups/")
      .name("resource group name", resource_group_name)
      .str();
}

arm::PageSource ResourceGroupsOperations::pages(std::string_view operation, const std::string& path,
                                                const ListFilter& filter,
                                                const CallOptions& options) const {
  std::vector<std::pair<std::string, std::string>> query;
  if (!filter.filter.empty()) query.emplace_back("$filter", filter.filter);
  if (!filter.expand.empty()) query.emplace_back("$expand", filter.expand);
  if (filter.top) query.emplace_back("$top", std::to_string(*filter.top));
  return arm::PageSource(arm_, {.operation = std::string(operation),
                                .target = path,
                                .first_url = arm_.url(path, query, version_for(options)),
                                .api_version = version_for(options),
                                .options = options});
}

const std::string& ResourceGroupsOperations::version_for(const CallOptions& options) const {
  return options.api_version.empty() ? api_version_ : options.api_version;
}

}  // namespace akv
