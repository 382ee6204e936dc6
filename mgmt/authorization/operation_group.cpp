#include "akv/mgmt/authorization/operation_group.hpp"

namespace akv {
namespace {

arm::Path collection_of(arm::Path path, std::string_view collection) {
  path.text("/providers/Microsoft.Authorization/").text(collection);
  return path;
}

}  // namespace

arm::Path AuthorizationOperationGroup::at_scope(std::string_view operation, std::string_view scope,
                                                std::string_view collection) const {
  return collection_of(arm::Path(operation).scope("scope", scope), collection);
}

arm::Path AuthorizationOperationGroup::at_subscription(std::string_view operation,
                                                       std::string_view collection) const {
  return collection_of(subscription_scope(operation), collection);
}

arm::Path AuthorizationOperationGroup::at_group(std::string_view operation,
                                                std::string_view resource_group_name,
                                                std::string_view collection,
                                                std::string_view groups) const {
  return collection_of(
      subscription_scope(operation).text(groups).name("resource group name", resource_group_name),
      collection);
}

arm::Path AuthorizationOperationGroup::at_resource(std::string_view operation,
                                                   const ResourceAddress& resource,
                                                   std::string_view collection,
                                                   std::string_view groups) const {
  return collection_of(
      subscription_scope(operation)
          .text(groups)
          .name("resource group name", resource.resource_group_name)
          .text("/providers/")
          .name("resource provider namespace", resource.resource_provider_namespace)
          .names("parent resource path", resource.parent_resource_path)
          .text("/")
          .name("resource type", resource.resource_type)
          .text("/")
          .name("resource name", resource.resource_name),
      collection);
}

}  // namespace akv
