// Proxy settings, exceptions from them, and the namespace in a refusal's message.
#include "akv/mgmt/arm/registration_policy.hpp"
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/http/detail/proxy_route.hpp"

#include <algorithm>
#include <cstdlib>

using namespace akv;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto url = http::Url::parse("https://a.example:8443/");
  const auto address = http::Url::parse("https://10.1.2.3/");
  (void)http::detail::proxy_for({.https_proxy = "p", .no_proxy = text}, *url);
  (void)http::detail::proxy_for({.https_proxy = "p", .no_proxy = text}, *address);
  try {
    const auto proxy = http::detail::proxy_for({.https_proxy = text}, *url);
    if (proxy && (proxy->host.empty() || proxy->port < 1 || proxy->port > 65535)) std::abort();
  } catch (const AzureError& error) {
    if (error.info().code != "InvalidProxy") std::abort();
  }
  // Whatever comes out goes into a path.
  for (const std::string& found :
       {arm::missing_namespace(text, {}), arm::missing_namespace({}, text)})
    if (!std::all_of(found.begin(), found.end(), [](char c) {
          return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 c == '.';
        }))
      std::abort();
  return 0;
}
