#include "akv/emulator/detail/cloud_metadata.hpp"

#include "akv/emulator/detail/wire_format.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/json/document.hpp"

namespace akv::emulator {
namespace {

using json::Document;

constexpr std::string_view first_list_version = "2019";

Document audiences() {
  return Document::array({"https://management.core.windows.net/", "https://management.azure.com/"});
}

/// The Azure CLI appends paths without a slash, hence the slash at the end of each.
Document endpoints(const std::string& base) {
  return Document::object({{"galleryEndpoint", base + "/"},
                           {"graphEndpoint", "https://graph.windows.net/"},
                           {"portalEndpoint", "https://portal.azure.com/"},
                           {"authentication", Document::object({{"loginEndpoint", base + "/"},
                                                                {"audiences", audiences()}})}});
}

Document cloud(const std::string& base) {
  return Document::object({{"name", "Emulator"},
                           {"resourceManager", base + "/"},
                           {"gallery", base + "/"},
                           {"graph", "https://graph.windows.net/"},
                           {"microsoftGraphResourceId", "https://graph.microsoft.com/"},
                           {"portal", "https://portal.azure.com/"},
                           {"authentication", Document::object({{"loginEndpoint", base + "/"},
                                                                {"audiences", audiences()},
                                                                {"tenant", "common"},
                                                                {"identityProvider", "AAD"}})},
                           {"suffixes", Document::object({{"keyVaultDns", "vault.azure.net"},
                                                          {"mhsmDns", "managedhsm.azure.net"}})}});
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
  const bool usual_port = url.port == (url.scheme == "https" ? 443 : 80);
  const std::string base =
      url.scheme + "://" + url.host + (usual_port ? "" : ":" + std::to_string(url.port));
  const Document body =
      *version >= first_list_version ? Document::array({cloud(base)}) : endpoints(base);
  return http::Response{200, {{"Content-Type", "application/json; charset=utf-8"}}, body.dump()};
}

}  // namespace akv::emulator
