#include "akv/emulator/content_plane.hpp"

#include "akv/emulator/azure_names.hpp"
#include "akv/emulator/detail/wire_format.hpp"
#include "akv/mgmt/core/ascii.hpp"

#include <string>

namespace akv::emulator {

std::optional<http::Response> content_plane(const http::Request& request, const http::Url& url,
                                            std::string_view tenant) {
  const CloudAudiences* const cloud = cloud_of_content_at(url.host);
  if (cloud == nullptr) return std::nullopt;
  if (request.headers.has("Authorization"))
    return error_response(501, "NotImplemented",
                          "This emulator answers for the management plane only: it keeps no keys, "
                          "secrets or certificates behind https://" +
                              ascii::lower(url.host) + ".");
  http::Response refused =
      error_response(401, "Unauthorized", "AKV10000: Request is missing a Bearer or PoP token.");
  const bool is_vault = ascii::lower(url.host).find(".vault.") != std::string::npos;
  refused.headers.set("WWW-Authenticate",
                      "Bearer authorization=\"" + std::string(cloud->sign_in) + "/" +
                          std::string(tenant) + "\", resource=\"" +
                          std::string(is_vault ? cloud->vault : cloud->managed_hsm) + "\"");
  return refused;
}

}  // namespace akv::emulator
