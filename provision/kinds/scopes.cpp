#include "akv/provision/kinds/scopes.hpp"

#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/kinds/arm_pages.hpp"

#include <utility>

namespace akv::kinds {
namespace {

constexpr std::string_view not_found = "SubscriptionNotFound";
constexpr std::string_view other_tenant = "InvalidAuthenticationTokenTenant";

/// Of a closed subscription, else empty: then it is a right that lacks.
std::string way_into(const std::string& subscription, const AzureError& error,
                     const std::string& written_at) {
  const std::string id = "the subscription's id" + (written_at.empty() ? "" : " at " + written_at);
  if (error.info().code == other_tenant)
    return "sign in to the tenant of subscription " + subscription + ", or correct " + id;
  if (dynamic_cast<const NotFoundError*>(&error) != nullptr)
    return "correct " + id + ", or ask for a role in subscription " + subscription;
  return {};
}

}  // namespace

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

bool is_closed(const AzureError& error) {
  if (dynamic_cast<const ForbiddenError*>(&error) != nullptr) return true;
  if (dynamic_cast<const NotFoundError*>(&error) != nullptr) return error.info().code == not_found;
  return error.info().code == other_tenant;
}

engine::Unreadable closed_subscription(const std::string& subscription, const AzureError& error,
                                       const std::string& written_at) {
  engine::Unreadable closed = unreadable("subscription", "/subscriptions/" + subscription, error);
  closed.name = subscription;
  closed.remedy = way_into(subscription, error, written_at);
  if (closed.remedy.empty())
    closed.remedy = "a role with read access on subscription " + subscription +
                    ", such as Reader, or on its "
                    "groups";
  return closed;
}

engine::Unreadable unreadable(std::string kind, const std::string& id, const AzureError& error) {
  const auto parsed = ResourceId::parse(id);
  // A list has the id of its collection, which ends without a name.
  const auto place = parsed ? parsed : ResourceId::parse(id + "/any");
  std::string way = place ? way_into(place->subscription, error, {}) : std::string();
  return {.kind = std::move(kind),
          .name = parsed ? parsed->name() : id,
          .id = id,
          .code = error.info().code,
          .message = error.info().message,
          .remedy = way.empty() ? "a role with read access on it, such as Reader" : std::move(way),
          .request_id = error.info().request_id};
}

}  // namespace akv::kinds
