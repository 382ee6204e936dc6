#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/identity/credentials.hpp"

#include <array>
#include <cstdlib>
#include <utility>
#include <vector>

namespace akv::identity {
namespace {

/// What AZURE_… said when the credential was made; an empty variable counts as not set.
struct EnvironmentSettings {
  std::string tenant_id, client_id, client_secret, authority_host;
};

EnvironmentSettings read(const EnvironmentLookup& environment) {
  const auto value = [&](std::string_view name) { return environment(name).value_or(""); };
  return {.tenant_id = value("AZURE_TENANT_ID"),
          .client_id = value("AZURE_CLIENT_ID"),
          .client_secret = value("AZURE_CLIENT_SECRET"),
          .authority_host = value("AZURE_AUTHORITY_HOST")};
}

std::string list(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return text;
}

/// Which variables the client secret still needs; empty when it is complete.
std::vector<std::string> missing_in(const EnvironmentSettings& settings) {
  std::vector<std::string> names;
  if (settings.tenant_id.empty()) names.emplace_back("AZURE_TENANT_ID");
  if (settings.client_id.empty()) names.emplace_back("AZURE_CLIENT_ID");
  if (settings.client_secret.empty()) names.emplace_back("AZURE_CLIENT_SECRET");
  return names;
}

class DefaultCredential final : public TokenCredential {
 public:
  DefaultCredential(const EnvironmentSettings& settings, CredentialOptions options) {
    if (const auto missing = missing_in(settings); !missing.empty()) {
      passed_over_ =
          "environment: " + list(missing) + (missing.size() == 1 ? " is not set" : " are not set");
      return;
    }
    if (!settings.authority_host.empty()) options.authority_host = settings.authority_host;
    chosen_ = make_client_secret_credential(settings.tenant_id, settings.client_id,
                                            settings.client_secret, std::move(options));
  }

  AccessToken get_token(const TokenRequest& request, const Context& context) override {
    if (chosen_) return chosen_->get_token(request, context);
    throw AuthenticationError({.message = "no credential to sign in with (" + passed_over_ +
                                          "); set AZURE_TENANT_ID, AZURE_CLIENT_ID and "
                                          "AZURE_CLIENT_SECRET",
                               .operation = "sign-in",
                               .attempts = 0});
  }

  std::string describe() const override {
    return chosen_ ? chosen_->describe() + ", from the environment"
                   : "no credential (" + passed_over_ + ")";
  }

 private:
  std::shared_ptr<TokenCredential> chosen_;  // set by the constructor only
  std::string passed_over_;                  // likewise: each credential and why it is not used
};

}  // namespace

std::shared_ptr<TokenCredential> make_default_credential(const EnvironmentLookup& environment,
                                                         CredentialOptions options) {
  return std::make_shared<DefaultCredential>(read(environment), std::move(options));
}

std::shared_ptr<TokenCredential> make_default_credential(CredentialOptions options) {
  return make_default_credential(
      [](std::string_view name) -> std::optional<std::string> {
        const char* const value = std::getenv(std::string(name).c_str());
        return value ? std::optional<std::string>(value) : std::nullopt;
      },
      std::move(options));
}

}  // namespace akv::identity
