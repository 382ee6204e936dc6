#include "akv/emulator/regions.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/emulator/service.hpp"

#include <algorithm>

namespace akv::emulator {
namespace {

using json::Document;

const Provider& provider_in(const Call& call) {
  const Provider* provider = find_provider(call.path["namespace"]);
  if (!provider) throw errors::invalid_resource_namespace(call.path["namespace"]);
  return *provider;
}

const char* state_of(const Registration& registration, SystemTime now) {
  if (now >= registration.since) return registration.registered ? "Registered" : "NotRegistered";
  return registration.registered ? "Registering" : "Unregistering";
}

bool is_regional(const Provider& provider, std::string_view type) {
  return std::any_of(
      provider.regional_types.begin(), provider.regional_types.end(), [&](std::string_view root) {
        return type == root || (type.starts_with(root) && type.substr(root.size()).front() == '/');
      });
}

Document regions_of(const Provider& provider, std::string_view type) {
  Document names = Document::array();
  if (is_regional(provider, type))
    for (std::string_view region : region_names()) names.push_back(region);
  return names;
}

Document types_of(const Provider& provider) {
  Document versions = Document::array();
  for (auto version = provider.api_versions.rbegin(); version != provider.api_versions.rend();
       ++version)
    versions.push_back(*version);
  Document types = Document::array();
  for (std::string_view type : provider.resource_types)
    types.push_back(Document::object({{"resourceType", type},
                                      {"locations", regions_of(provider, type)},
                                      {"apiVersions", versions},
                                      {"capabilities", "None"}}));
  return types;
}

/// Of a subscription, or of the tenant, where nothing is registered.
Document shown(const Call& call, const Provider& provider) {
  const bool of_tenant = call.subscription.id.empty();
  Document body = Document::object(
      {{"id", (of_tenant ? std::string() : "/subscriptions/" + call.subscription.id) +
                  "/providers/" + std::string(provider.name_space)},
       {"namespace", provider.name_space},
       {"resourceTypes", types_of(provider)}});
  if (of_tenant) return body;
  const Registration registration =
      call.store.registration(call.subscription.id, provider.name_space);
  body.set("registrationState", state_of(registration, call.now));
  body.set("registrationPolicy",
           provider.registration_free ? "RegistrationFree" : "RegistrationRequired");
  return body;
}

http::Response list(Call& call) {
  Document value = Document::array();
  for (const Provider* provider : providers())
    if (!provider->name_space.empty()) value.push_back(shown(call, *provider));
  return answer(200, Document::object({{"value", std::move(value)}}));
}

http::Response get(Call& call) { return answer(200, shown(call, provider_in(call))); }

http::Response resource_types(Call& call) {
  return answer(200, Document::object({{"value", types_of(provider_in(call))}}));
}

/// None of these providers acts in a subscription by itself.
http::Response permissions(Call& call) {
  provider_in(call);
  return answer(200, Document::object({{"value", Document::array()}}));
}

/// On its way at once, there by the clock. Nothing happens where it is there already.
http::Response move(Call& call, bool registered) {
  const Provider& provider = provider_in(call);
  const Registration now = call.store.registration(call.subscription.id, provider.name_space);
  if (now.registered != registered && !provider.registration_free)
    call.store.put_registration(call.subscription.id,
                                {.name_space = std::string(provider.name_space),
                                 .registered = registered,
                                 .since = call.now + call.options.job_delay});
  return answer(200, shown(call, provider));
}

http::Response register_provider(Call& call) { return move(call, true); }
http::Response unregister_provider(Call& call) { return move(call, false); }

/// Nobody has a right at a management group, so the door has refused before.
http::Response register_in_management_group(Call&) { return answer(200); }

constexpr Route routes[] = {
    {http::Method::get, "/providers", list},
    {http::Method::get, "/providers/{namespace}", get},
    {http::Method::post,
     "/providers/Microsoft.Management/managementGroups/{managementGroup}/providers/{namespace}/"
     "register",
     register_in_management_group},
    {http::Method::get, "/subscriptions/{subscription}/providers/{namespace}/resourceTypes",
     resource_types},
    {http::Method::get, "/subscriptions/{subscription}/providers/{namespace}/providerPermissions",
     permissions},
    {http::Method::get, "/subscriptions/{subscription}/providers", list},
    {http::Method::get, "/subscriptions/{subscription}/providers/{namespace}", get},
    {http::Method::post, "/subscriptions/{subscription}/providers/{namespace}/register",
     register_provider},
    {http::Method::post, "/subscriptions/{subscription}/providers/{namespace}/unregister",
     unregister_provider}};

}  // namespace

std::span<const Route> registration_routes() { return routes; }

}  // namespace akv::emulator
