#include "akv/emulator/routes.hpp"
#include "akv/emulator/service.hpp"
#include "akv/mgmt/core/ascii.hpp"

namespace akv::emulator {
namespace {

using json::Document;

Document shown(const Subscription& subscription) {
  return Document::object(
      {{"id", "/subscriptions/" + subscription.id},
       {"authorizationSource", "RoleBased"},
       {"managedByTenants", Document::array()},
       {"subscriptionId", subscription.id},
       {"tenantId", subscription.tenant_id},
       {"displayName", "akv emulator"},
       {"state", "Enabled"},
       {"subscriptionPolicies", Document::object({{"locationPlacementId", "Public_2014-09-01"},
                                                  {"quotaId", "PayAsYouGo_2014-09-01"},
                                                  {"spendingLimit", "Off"}})}});
}

http::Response list(Call& call) {
  Document value = Document::array();
  for (const Subscription& subscription : call.store.subscriptions())
    if (ascii::equal(subscription.tenant_id, call.caller.tenant_id) &&
        call.access.touches("/subscriptions/" + subscription.id))
      value.push_back(shown(subscription));
  const int count = static_cast<int>(value.size());
  return answer(
      200, Document::object({{"value", std::move(value)},
                             {"count", Document::object({{"type", "Total"}, {"value", count}})}}));
}

http::Response get(Call& call) { return answer(200, shown(call.subscription)); }

http::Response tenants(Call& call) {
  const std::string& id = call.caller.tenant_id;
  return answer(200, Document::object(
                         {{"value", Document::array({Document::object(
                                        {{"id", "/tenants/" + id},
                                         {"tenantId", id},
                                         {"countryCode", "US"},
                                         {"displayName", "akv emulator"},
                                         {"domains", Document::array({"emulator.onmicrosoft.com"})},
                                         {"tenantCategory", "Home"}})})}}));
}

constexpr Route routes[] = {{http::Method::get, "/subscriptions", list},
                            {http::Method::get, "/tenants", tenants},
                            {http::Method::get, "/subscriptions/{subscription}", get}};

}  // namespace

std::span<const Route> subscription_routes() { return routes; }

}  // namespace akv::emulator
