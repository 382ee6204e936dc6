#include "akv/mgmt/identity/application_credentials.hpp"
#include "akv/mgmt/identity/detail/developer_tool.hpp"
#include "akv/mgmt/identity/detail/managed_identity_source.hpp"
#include "akv/mgmt/identity/detail/pinned_transport.hpp"
#include "akv/mgmt/identity/detail/refusal.hpp"
#include "akv/mgmt/identity/detail/variables.hpp"

#include <filesystem>
#include <utility>

namespace akv::identity {
namespace {

class ManagedIdentityCredential final : public TokenCredential {
 public:
  ManagedIdentityCredential(std::unique_ptr<detail::ManagedIdentitySource> source, std::string id)
      : source_(std::move(source)), id_(std::move(id)) {}

  AccessToken get_token(const TokenRequest& request, const Context& context) override {
    if (request.scopes.size() != 1)
      detail::refuse(
          "a managed identity has tokens for one scope at a time; ask for one such as "
          "https://management.azure.com/.default");
    return source_->get(detail::resource_of(request.scopes.front()), context);
  }

  std::string describe() const override {
    return "managed identity" + (id_.empty() ? "" : " " + id_) + ", from " + source_->name();
  }

 private:
  const std::unique_ptr<detail::ManagedIdentitySource> source_;  // safe to share
  const std::string id_;
};

/// For a source that cannot choose the identity that was asked for.
class NoSuchChoice final : public TokenCredential {
 public:
  /// `give_way`: the id stems from a variable that others use too, so that they may be asked.
  NoSuchChoice(std::string source, std::string why, bool give_way)
      : source_(std::move(source)), why_(source_ + " " + std::move(why)), give_way_(give_way) {}
  AccessToken get_token(const TokenRequest&, const Context&) override {
    if (give_way_) detail::unavailable(why_);
    detail::refuse(why_);
  }
  std::string describe() const override { return "managed identity, from " + source_; }

 private:
  const std::string source_, why_;
  const bool give_way_;
};

/// The parameter that names a user-assigned identity, as this service spells it.
detail::Form named(const ManagedIdentityOptions& identity, const char* client_id,
                   const char* resource_id) {
  if (!identity.client_id.empty()) return {{client_id, identity.client_id}};
  if (!identity.object_id.empty()) return {{"object_id", identity.object_id}};
  if (!identity.resource_id.empty()) return {{resource_id, identity.resource_id}};
  return {};
}

detail::Form with_version(const char* version, detail::Form parameters) {
  parameters.insert(parameters.begin(), {"api-version", version});
  return parameters;
}

/// Which service there is, from what was set when the credential was made.
class Choice {
 public:
  Choice(ManagedIdentityOptions identity, const EnvironmentLookup& environment,
         CredentialOptions options)
      : identity_(std::move(identity)), environment_(environment), options_(std::move(options)) {}

  std::shared_ptr<TokenCredential> make() {
    const std::string endpoint = value("IDENTITY_ENDPOINT"), header = value("IDENTITY_HEADER");
    const std::string old_endpoint = value("MSI_ENDPOINT"), secret = value("MSI_SECRET");
    const std::string thumbprint = value("IDENTITY_SERVER_THUMBPRINT");
    if (!endpoint.empty() && !header.empty() && !thumbprint.empty())
      return service_fabric(endpoint, header, thumbprint);
    if (!endpoint.empty() && !header.empty()) return app_service(endpoint, header);
    if (!endpoint.empty() && !value("IMDS_ENDPOINT").empty()) return arc(endpoint);
    if (!old_endpoint.empty() && !secret.empty()) return machine_learning(old_endpoint, secret);
    if (!old_endpoint.empty()) return cloud_shell(old_endpoint);
    if (!value("AZURE_TENANT_ID").empty() && !value("AZURE_FEDERATED_TOKEN_FILE").empty() &&
        !value("AZURE_AUTHORITY_HOST").empty())
      return make_workload_identity_credential({.client_id = identity_.client_id}, environment_,
                                               std::move(options_));
    if (has_arc_agent()) return arc(std::string(arc_address));
    return imds();
  }

 private:
  static constexpr std::string_view arc_address =
      "http://127.0.0.1:40342/metadata/identity/oauth2/token";

  bool has_arc_agent() const {
    std::error_code ignored;
    // Whoever names the metadata service's host means that service.
    return !identity_.arc_agent.empty() && value("AZURE_POD_IDENTITY_AUTHORITY_HOST").empty() &&
           std::filesystem::is_regular_file(identity_.arc_agent, ignored);
  }

  std::string value(std::string_view name) const { return detail::value_of(environment_, name); }
  bool chooses() const {
    return !identity_.client_id.empty() || !identity_.object_id.empty() ||
           !identity_.resource_id.empty();
  }
  std::string id() const {
    return !identity_.client_id.empty()   ? identity_.client_id
           : !identity_.object_id.empty() ? identity_.object_id
                                          : identity_.resource_id;
  }
  std::shared_ptr<TokenCredential> made(std::unique_ptr<detail::ManagedIdentitySource> source) {
    return std::make_shared<ManagedIdentityCredential>(std::move(source), id());
  }
  std::shared_ptr<TokenCredential> one_identity_only(const char* source) const {
    return std::make_shared<NoSuchChoice>(
        source, "has one identity and none to choose by id; leave the id out (AZURE_CLIENT_ID)",
        identity_.probe);
  }
  std::shared_ptr<TokenCredential> endpoint(detail::EndpointTerms terms) {
    return made(detail::make_endpoint_source(std::move(terms), options_));
  }

  std::shared_ptr<TokenCredential> service_fabric(const std::string& url, const std::string& header,
                                                  const std::string& thumbprint) {
    if (chooses()) return one_identity_only("Service Fabric");
    // Its certificate is its own: nobody has signed it, and it names no host.
    options_.transport = detail::make_pinned_transport(thumbprint);
    return endpoint({.name = "Service Fabric",
                     .endpoint = url,
                     .parameters = {{"api-version", "2019-07-01-preview"}},
                     .headers = {{"Secret", header}},
                     .secrets = {header}});
  }
  std::shared_ptr<TokenCredential> app_service(const std::string& url, const std::string& header) {
    return endpoint(
        {.name = "App Service",
         .endpoint = url,
         .parameters = with_version("2019-08-01", named(identity_, "client_id", "mi_res_id")),
         // Automation wants the second one.
         .headers = {{"X-IDENTITY-HEADER", header}, {"Metadata", "true"}},
         .secrets = {header}});
  }
  std::shared_ptr<TokenCredential> arc(const std::string& url) {
    if (chooses()) return one_identity_only("Azure Arc");
    return made(detail::make_arc_source({.endpoint = url, .give_way = identity_.probe}, options_));
  }
  std::shared_ptr<TokenCredential> machine_learning(const std::string& url,
                                                    const std::string& secret) {
    // This old version has its own spelling, no other ids, and an identity of its own by default.
    if (chooses() && identity_.client_id.empty())
      return std::make_shared<NoSuchChoice>("Azure Machine Learning",
                                            "chooses an identity by its client id only", false);
    const std::string client_id =
        chooses() ? identity_.client_id : value("DEFAULT_IDENTITY_CLIENT_ID");
    detail::Form parameters;
    if (!client_id.empty()) parameters.emplace_back("clientid", client_id);
    return endpoint({.name = "Azure Machine Learning",
                     .endpoint = url,
                     .parameters = with_version("2017-09-01", std::move(parameters)),
                     .headers = {{"secret", secret}},
                     .secrets = {secret}});
  }
  std::shared_ptr<TokenCredential> cloud_shell(const std::string& url) {
    if (chooses()) return one_identity_only("Cloud Shell");
    return endpoint({.name = "Cloud Shell",
                     .endpoint = url,
                     .parameters = {},
                     .headers = {{"Metadata", "true"}},
                     .post = true});
  }
  std::shared_ptr<TokenCredential> imds() {
    detail::ImdsTerms terms{.identity = named(identity_, "client_id", "msi_res_id"),
                            .probe = identity_.probe};
    if (const std::string host = value("AZURE_POD_IDENTITY_AUTHORITY_HOST"); !host.empty())
      terms.host = host;
    return made(detail::make_imds_source(std::move(terms), options_));
  }

  const ManagedIdentityOptions identity_;
  const EnvironmentLookup& environment_;  // the caller's, for the time of one call
  CredentialOptions options_;
};

}  // namespace

std::shared_ptr<TokenCredential> make_managed_identity_credential(
    ManagedIdentityOptions identity, const EnvironmentLookup& environment,
    CredentialOptions options) {
  return Choice(std::move(identity), environment, std::move(options)).make();
}

}  // namespace akv::identity
