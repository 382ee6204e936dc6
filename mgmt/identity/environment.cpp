#include "akv/mgmt/identity/environment.hpp"

#include "akv/mgmt/http/detail/trust.hpp"

#include <unistd.h>
#include <utility>

namespace akv::identity {

Environment process_environment() {
  Environment all;
  for (char** entry = environ; entry && *entry; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    // As getenv has it: of a name that is there twice, the first one counts.
    if (equals != std::string_view::npos)
      all.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  if (http::detail::system_trust_is_taken_over()) {
    all.erase("SSL_CERT_FILE");
    if (auto file = http::detail::taken_over_certificate_file())
      all.emplace("SSL_CERT_FILE", *std::move(file));
  }
  return all;
}

EnvironmentLookup lookup_in(Environment environment) {
  return [all = std::move(environment)](std::string_view name) -> std::optional<std::string> {
    const auto found = all.find(name);
    if (found == all.end()) return std::nullopt;
    return found->second;
  };
}

}  // namespace akv::identity
