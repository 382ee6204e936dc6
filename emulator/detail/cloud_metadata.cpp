#include "akv/emulator/detail/cloud_metadata.hpp"

#include "akv/emulator/azure_names.hpp"
#include "akv/emulator/detail/wire_format.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/json/document.hpp"

#include <algorithm>
#include <iterator>

namespace akv::emulator {
namespace {

using json::Document;

// From the first on a list of clouds, from the second on one cloud again.
constexpr std::string_view first_list_version = "2019", first_of_one_cloud = "2022";

std::string_view host_of(std::string_view url) {
  return url.substr(std::string_view("https://").size());
}

/// What else there is in a cloud: no part of the emulator, but clients want to know where.
struct Elsewhere {
  std::string_view cloud, portal, graph, storage, sql, registry, sync, mysql, postgres, batch,
      media;
};
constexpr Elsewhere elsewhere[] = {{.cloud = "AzureCloud",
                                    .portal = "https://portal.azure.com/",
                                    .graph = "https://graph.windows.net/",
                                    .storage = "core.windows.net",
                                    .sql = "database.windows.net",
                                    .registry = "azurecr.io",
                                    .sync = "afs.azure.net",
                                    .mysql = "mysql.database.azure.com",
                                    .postgres = "postgres.database.azure.com",
                                    .batch = "https://batch.core.windows.net/",
                                    .media = "https://rest.media.azure.net"},
                                   {.cloud = "AzureChinaCloud",
                                    .portal = "https://portal.azure.cn/",
                                    .graph = "https://graph.chinacloudapi.cn/",
                                    .storage = "core.chinacloudapi.cn",
                                    .sql = "database.chinacloudapi.cn",
                                    .registry = "azurecr.cn",
                                    .sync = "afs.azure.cn",
                                    .mysql = "mysql.database.chinacloudapi.cn",
                                    .postgres = "postgres.database.chinacloudapi.cn",
                                    .batch = "https://batch.chinacloudapi.cn/",
                                    .media = "https://rest.media.chinacloudapi.cn"},
                                   {.cloud = "AzureUSGovernment",
                                    .portal = "https://portal.azure.us/",
                                    .graph = "https://graph.windows.net/",
                                    .storage = "core.usgovcloudapi.net",
                                    .sql = "database.usgovcloudapi.net",
                                    .registry = "azurecr.us",
                                    .sync = "afs.azure.us",
                                    .mysql = "mysql.database.usgovcloudapi.net",
                                    .postgres = "postgres.database.usgovcloudapi.net",
                                    .batch = "https://batch.core.usgovcloudapi.net/",
                                    .media = "https://rest.media.usgovcloudapi.net"}};

/// Where a request came to: on a host of Azure's own all is as there, on ours the emulator signs in
/// too. Clients append paths without a slash, hence the one at the end of each URL.
struct Place {
  const CloudAudiences& cloud;
  const Elsewhere& other;
  std::string_view name;
  std::string base, sign_in;

  Document audiences() const {
    return Document::array(
        {std::string(cloud.management_core) + "/", std::string(cloud.management) + "/"});
  }
};

Place place_of(const http::Url& url) {
  const std::string base = shown_origin(url) + "/";
  const CloudAudiences* named = cloud_managed_at(url.host);
  const CloudAudiences& cloud = named ? *named : cloud_audiences().front();
  const auto* const other =
      std::find_if(std::begin(elsewhere), std::end(elsewhere),
                   [&](const Elsewhere& candidate) { return candidate.cloud == cloud.name; });
  return {.cloud = cloud,
          .other = *other,
          .name = named ? cloud.name : "Emulator",
          .base = base,
          .sign_in = named ? std::string(cloud.sign_in) + "/" : base};
}

Document endpoints(const Place& at) {
  return Document::object({{"galleryEndpoint", at.base},
                           {"graphEndpoint", at.other.graph},
                           {"portalEndpoint", at.other.portal},
                           {"authentication", Document::object({{"loginEndpoint", at.sign_in},
                                                                {"audiences", at.audiences()}})}});
}

Document suffixes(const Place& at) {
  return Document::object({{"acrLoginServer", at.other.registry},
                           {"sqlServerHostname", at.other.sql},
                           {"keyVaultDns", host_of(at.cloud.vault)},
                           {"mhsmDns", host_of(at.cloud.managed_hsm)},
                           {"storage", at.other.storage},
                           {"mysqlServerEndpoint", at.other.mysql},
                           {"postgresqlServerEndpoint", at.other.postgres},
                           {"storageSyncEndpointSuffix", at.other.sync}});
}

Document cloud(const Place& at) {
  return Document::object(
      {{"portal", at.other.portal},
       {"authentication", Document::object({{"loginEndpoint", at.sign_in},
                                            {"audiences", at.audiences()},
                                            {"tenant", "common"},
                                            {"identityProvider", "AAD"}})},
       {"media", at.other.media},
       {"graph", at.other.graph},
       {"graphAudience", at.other.graph},
       {"microsoftGraphResourceId", std::string(at.cloud.graph) + "/"},
       {"name", at.name},
       {"suffixes", suffixes(at)},
       {"batch", at.other.batch},
       {"resourceManager", at.base},
       {"vmImageAliasDoc",
        "https://raw.githubusercontent.com/Azure/azure-rest-api-specs/master/arm-compute/"
        "quickstart-templates/aliases.json"},
       {"sqlManagement", "https://management." + std::string(at.other.storage) + ":8443/"},
       {"gallery", at.base}});
}

}  // namespace

std::optional<http::Response> cloud_metadata(http::Method method, const http::Url& url) {
  if (!ascii::equal(url.path, "/metadata/endpoints")) return std::nullopt;
  if (method != http::Method::get)
    return error_response(405, "MethodNotAllowed", "The resource only accepts GET requests.");
  const auto version = http::query_parameter(url.query, "api-version");
  if (!version || version->empty())
    return error_response(400, "MissingApiVersionParameter",
                          "The api-version query parameter (?api-version=) is required for all "
                          "requests.");
  const Place at = place_of(url);
  Document body = *version < first_list_version ? endpoints(at) : cloud(at);
  if (*version >= first_list_version && *version < first_of_one_cloud)
    body = Document::array({std::move(body)});
  return http::Response{200, {{"Content-Type", "application/json; charset=utf-8"}}, body.dump()};
}

}  // namespace akv::emulator
