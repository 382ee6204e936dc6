#include "akv/mgmt/arm/client.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/redact.hpp"
#include "akv/mgmt/http/cpprest_transport.hpp"
#include "akv/mgmt/http/policies.hpp"
#include "akv/mgmt/json/document.hpp"

#include <array>
#include <utility>

namespace akv::arm {
namespace {

constexpr std::string_view metadata_operation = "Cloud.metadata";

std::string without_slash(std::string_view url) {
  while (url.ends_with('/')) url.remove_suffix(1);
  return std::string(url);
}

std::optional<std::string> authority_of(std::string_view url) {
  const auto parsed = http::Url::parse(url);
  if (!parsed) return std::nullopt;
  return parsed->authority();
}

[[noreturn]] void bad_metadata(const std::string& resource_manager, const std::string& what) {
  throw FormatError({.message = "the cloud's description cannot be used: " + what,
                     .target = resource_manager + "/metadata/endpoints",
                     .operation = std::string(metadata_operation)});
}

// The array form describes every cloud that the service knows of; only ours is of use.
const json::Document& cloud_at(const json::Document& answer, const std::string& resource_manager) {
  if (answer.is_object()) return answer;
  if (!answer.is_array() || answer.size() == 0)
    bad_metadata(resource_manager, "expected an object, or an array with at least one cloud");
  const auto wanted = authority_of(resource_manager);
  for (const json::Document& cloud : answer.as_array())
    if (authority_of(cloud["resourceManager"].string_or()) == wanted) return cloud;
  if (answer.size() == 1) return answer.as_array().front();
  bad_metadata(resource_manager, "no cloud in it has this resourceManager");
}

std::string https_origin(const json::Document& value, const std::string& resource_manager,
                         const std::string& member) {
  const std::string_view url = value.string_or();
  if (url.empty()) bad_metadata(resource_manager, member + " is missing");
  const auto parsed = http::Url::parse(url);
  if (!parsed || parsed->scheme != "https")
    bad_metadata(resource_manager, member + " is not an https URL");
  // Paths are appended to it.
  if (url.find_first_of("?#") != std::string_view::npos)
    bad_metadata(resource_manager, member + " has a query or fragment");
  return without_slash(url);
}

// Of several spellings the one on the endpoint's own host serves every cloud; the first one else.
std::string choose_audience(const json::Document& audiences, const std::string& resource_manager) {
  std::string_view chosen;
  if (audiences.is_array())
    for (const json::Document& audience : audiences.as_array()) {
      if (chosen.empty()) chosen = audience.string_or();
      if (authority_of(audience.string_or()) == authority_of(resource_manager))
        return without_slash(audience.string_or());
    }
  if (chosen.empty())
    bad_metadata(resource_manager, "authentication.audiences is missing or empty");
  return without_slash(chosen);
}

std::array<Cloud, 3> known_clouds() {
  return {azure_cloud(), azure_china_cloud(), azure_us_government()};
}

}  // namespace

Cloud azure_cloud() { return {}; }

Cloud azure_china_cloud() {
  return {.name = "AzureChinaCloud",
          .resource_manager = "https://management.chinacloudapi.cn",
          .authority_host = "https://login.chinacloudapi.cn",
          .audience = "https://management.chinacloudapi.cn",
          .vault_dns_suffix = "vault.azure.cn",
          .managed_hsm_dns_suffix = "managedhsm.azure.cn"};
}

Cloud azure_us_government() {
  return {.name = "AzureUSGovernment",
          .resource_manager = "https://management.usgovcloudapi.net",
          .authority_host = "https://login.microsoftonline.us",
          .audience = "https://management.usgovcloudapi.net",
          .vault_dns_suffix = "vault.usgovcloudapi.net",
          .managed_hsm_dns_suffix = "managedhsm.usgovcloudapi.net"};
}

std::optional<Cloud> find_cloud(std::string_view name) {
  for (Cloud& cloud : known_clouds())
    if (ascii::equal(cloud.name, name)) return std::move(cloud);
  return std::nullopt;
}

Cloud cloud_from_metadata(std::string_view json, std::string resource_manager) {
  resource_manager = without_slash(resource_manager);
  const json::Document answer = json::Document::parse(json, {.bytes = max_cloud_metadata_bytes});
  const json::Document& description = cloud_at(answer, resource_manager);
  const json::Document& authentication = description["authentication"];

  Cloud cloud;
  cloud.authority_host = https_origin(authentication["loginEndpoint"], resource_manager,
                                      "authentication.loginEndpoint");
  // Azure Stack with AD FS says `https://HOST/adfs`, of which `adfs` is the tenant.
  if (constexpr std::string_view tenant = "/adfs";
      cloud.authority_host.size() > tenant.size() &&
      ascii::equal(std::string_view(cloud.authority_host)
                       .substr(cloud.authority_host.size() - tenant.size()),
                   tenant))
    cloud.authority_host.resize(cloud.authority_host.size() - tenant.size());
  cloud.audience = choose_audience(authentication["audiences"], resource_manager);
  cloud.name = description["name"].string_or(authority_of(resource_manager).value_or(""));
  // The oldest form has no suffixes; a public cloud is then told by where it signs in.
  for (const Cloud& known : known_clouds())
    if (authority_of(known.authority_host) == authority_of(cloud.authority_host)) {
      cloud.vault_dns_suffix = known.vault_dns_suffix;
      cloud.managed_hsm_dns_suffix = known.managed_hsm_dns_suffix;
    }
  const json::Document& suffixes = description["suffixes"];
  cloud.vault_dns_suffix = suffixes["keyVaultDns"].string_or(cloud.vault_dns_suffix);
  cloud.managed_hsm_dns_suffix = suffixes["mhsmDns"].string_or(cloud.managed_hsm_dns_suffix);
  cloud.resource_manager = std::move(resource_manager);
  return cloud;
}

Cloud discover_cloud(std::string resource_manager, std::shared_ptr<http::Transport> transport,
                     const Context& context) {
  resource_manager = without_slash(resource_manager);
  const auto url = http::Url::parse(resource_manager);
  if (!url || url->scheme != "https")
    throw FormatError({.message = "the resource manager's address must be an https URL",
                       .target = redact::url(resource_manager),
                       .operation = std::string(metadata_operation),
                       .attempts = 0});
  if (!transport) transport = http::make_cpprest_transport();
  std::vector<std::unique_ptr<http::Policy>> policies;
  policies.push_back(http::make_user_agent_policy({}));
  policies.push_back(http::make_retry_policy({}, system_random(), nullptr));
  const http::Pipeline pipeline(std::move(policies), std::move(transport));

  http::Request request;
  http::Response response;
  // An old Azure Stack does not know the version that has all of it.
  for (const std::string_view version : {"2022-09-01", "2015-01-01"}) {
    request = {.url = resource_manager + "/metadata/endpoints?api-version=" + std::string(version),
               .operation = std::string(metadata_operation)};
    response = pipeline.send(request, context);
    if (response.status != 400) break;
  }
  if (response.status != 200) throw_error(response, metadata_operation, request.url);
  try {
    return cloud_from_metadata(response.body, std::move(resource_manager));
  } catch (const FormatError& error) {
    // A hotel's sign-in page is an answer, too.
    ErrorInfo info = error.info();
    info.target = redact::url(request.url);
    info.request_id = std::string(response.headers.get("x-ms-request-id").value_or(""));
    throw FormatError(std::move(info));
  }
}

}  // namespace akv::arm
