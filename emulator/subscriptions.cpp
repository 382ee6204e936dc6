#include "akv/emulator/neighbour_properties.hpp"
#include "akv/emulator/regions.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/emulator/service.hpp"
#include "akv/emulator/tags.hpp"
#include "akv/mgmt/core/ascii.hpp"

namespace akv::emulator {
namespace {

using json::Document;

Document shown(const Call& call, const Subscription& subscription) {
  Document body = Document::object(
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
  Document tags = subscription_tags(call.store, subscription.id);
  if (tags.size()) body.set("tags", std::move(tags));
  return body;
}

http::Response list(Call& call) {
  Document value = Document::array();
  for (const Subscription& subscription : call.store.subscriptions())
    if (ascii::equal(subscription.tenant_id, call.caller.tenant_id) &&
        call.access.touches("/subscriptions/" + subscription.id))
      value.push_back(shown(call, subscription));
  const int count = static_cast<int>(value.size());
  return answer(
      200, Document::object({{"value", std::move(value)},
                             {"count", Document::object({{"type", "Total"}, {"value", count}})}}));
}

http::Response get(Call& call) { return answer(200, shown(call, call.subscription)); }

http::Response locations(Call& call) {
  Document value = Document::array();
  for (std::string_view region : region_names()) {
    const std::string name = short_region(region);
    value.push_back(
        Document::object({{"id", "/subscriptions/" + call.subscription.id + "/locations/" + name},
                          {"name", name},
                          {"type", "Region"},
                          {"displayName", region},
                          {"regionalDisplayName", region},
                          {"metadata", Document::object({{"regionType", "Physical"}})}}));
  }
  return answer(200, Document::object({{"value", std::move(value)}}));
}

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

constexpr Route routes[] = {
    {http::Method::get, "/subscriptions", list},
    {http::Method::get, "/tenants", tenants},
    {http::Method::get, "/subscriptions/{subscription}", get},
    {http::Method::get, "/subscriptions/{subscription}/locations", locations}};

/// The zones of one subscription are the peers of themselves: another's would be numbered anew.
http::Response zone_peers(Call& call) {
  const Document sent = call.read_body(zone_peers_properties());
  const std::string_view location = sent["location"].string_or();
  if (!is_region(location)) throw errors::group_location_unknown(location);
  Document zones = Document::array();
  for (const char* zone : {"1", "2", "3"}) {
    Document peers = Document::array();
    if (const Document* others = sent.find("subscriptionIds"))
      for (const Document& other : others->as_array())
        peers.push_back(Document::object({{"subscriptionId", other}, {"availabilityZone", zone}}));
    zones.push_back(Document::object({{"availabilityZone", zone}, {"peers", std::move(peers)}}));
  }
  return answer(200, Document::object({{"subscriptionId", call.subscription.id},
                                       {"location", short_region(location)},
                                       {"availabilityZonePeers", std::move(zones)}}));
}

constexpr Route zones[] = {
    {.method = http::Method::post,
     .pattern = "/subscriptions/{subscription}/providers/Microsoft.Resources/checkZonePeers",
     .handler = zone_peers,
     .counts_as_read = true}};

}  // namespace

std::span<const Route> subscription_routes() { return routes; }
std::span<const Route> zone_routes() { return zones; }

}  // namespace akv::emulator
