#include "akv/provision/kinds/scopes.hpp"

#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/kinds/arm_pages.hpp"

#include <utility>

namespace akv::kinds {

std::string read_tenant(const std::string& subscription, const Connection& connection,
                        const Context& context) {
  const json::Document raw = read_object(connection.client, "/subscriptions/" + subscription,
                                         subscriptions_api_version, "Subscriptions.get", context);
  return std::string(raw["tenantId"].string_or());
}

void read_groups(const std::string& subscription, const Connection& connection,
                 const Context& context, const std::function<void(json::Document)>& sink) {
  read_pages(connection.client, "/subscriptions/" + subscription + "/resourcegroups",
             groups_api_version, "ResourceGroups.list", context, sink);
}

engine::Unreadable unreadable(std::string kind, const std::string& id, const AzureError& error) {
  const auto parsed = ResourceId::parse(id);
  return {.kind = std::move(kind),
          .name = parsed ? parsed->name() : id,
          .id = id,
          .code = error.info().code,
          .message = error.info().message,
          .remedy = "a role with read access on it, such as Reader",
          .request_id = error.info().request_id};
}

}  // namespace akv::kinds
