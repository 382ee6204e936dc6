#include "akv/mgmt/core/redact.hpp"
#include "akv/mgmt/identity/application_credentials.hpp"
#include "akv/mgmt/identity/detail/application_credential.hpp"
#include "akv/mgmt/identity/detail/refusal.hpp"
#include "akv/mgmt/identity/detail/unavailable_credential.hpp"
#include "akv/mgmt/identity/detail/variables.hpp"
#include "akv/mgmt/json/document.hpp"

#include <utility>

namespace akv::identity {
namespace {

constexpr std::size_t max_answer_bytes = std::size_t{1} << 20;

/// Azure DevOps, which signs an assertion for a service connection of the running job.
class OidcService {
 public:
  OidcService(AzurePipelinesOptions pipeline, std::string request_uri,
              const CredentialOptions& options)
      : pipeline_(std::move(pipeline)),
        request_uri_(std::move(request_uri)),
        shown_uri_(redact::url(request_uri_)),
        channel_(options) {}

  std::string assertion(const Context& context) {
    check();
    http::Request request{
        .method = http::Method::post,
        .url = request_uri_ + "?api-version=7.1&serviceConnectionId=" +
               http::percent_encode(pipeline_.service_connection_id),
        .headers = {{"Accept", "application/json"},
                    {"Content-Type", "application/json"},
                    {"Authorization", "Bearer " + pipeline_.system_access_token},
                    // Otherwise a token that it does not take leads to a sign-in page.
                    {"X-TFS-FedAuthRedirect", "Suppress"}},
        .operation = "sign-in",
        .idempotent_post = true};
    http::Response response;
    try {
      response = channel_.send(std::move(request), context);
    } catch (const TransportError& error) {
      detail::refuse("no assertion from Azure Pipelines: " + error.info().message +
                         "; check SYSTEM_OIDCREQUESTURI",
                     shown_uri_);
    }
    return read(response);
  }

 private:
  void check() const {
    const auto url = http::Url::parse(request_uri_);
    if (!url || url->scheme != "https")
      detail::refuse(
          "the pipeline's access token is sent over https only; check "
          "SYSTEM_OIDCREQUESTURI",
          shown_uri_);
    if (pipeline_.system_access_token.empty())
      detail::refuse(
          "the pipeline's access token is empty; map SYSTEM_ACCESSTOKEN: $(System.AccessToken)");
    if (pipeline_.service_connection_id.empty())
      detail::refuse(
          "the id of the service connection is empty; it is the resourceId in its "
          "address");
  }

  std::string read(const http::Response& response) const {
    json::Document answer;
    try {
      if (response.body.size() <= max_answer_bytes) answer = json::Document::parse(response.body);
    } catch (const FormatError&) {
      answer = {};  // a sign-in page, for example: the status is all there is to tell
    }
    const std::string_view token = answer["oidcToken"].string_or();
    if (response.status == 200 && !token.empty()) return std::string(token);
    const std::string said =
        detail::quotable(answer["message"].string_or(), {pipeline_.system_access_token});
    detail::refuse("Azure Pipelines gives no assertion (HTTP " + std::to_string(response.status) +
                       (said.empty() ? "" : ": " + said) +
                       "); check the service connection and that the job may use it",
                   shown_uri_);
  }

  const AzurePipelinesOptions pipeline_;
  const std::string request_uri_;
  const std::string shown_uri_;  // the same without user and password
  detail::Channel channel_;      // locks for itself
};

}  // namespace

std::shared_ptr<TokenCredential> make_azure_pipelines_credential(
    AzurePipelinesOptions pipeline, const EnvironmentLookup& environment,
    CredentialOptions options) {
  std::string uri = detail::value_of(environment, "SYSTEM_OIDCREQUESTURI");
  while (uri.ends_with('/')) uri.pop_back();
  std::string description = "service connection of application " + pipeline.client_id;
  if (uri.empty())
    return detail::make_unavailable_credential(
        std::move(description),
        "SYSTEM_OIDCREQUESTURI is not set, this is no job of Azure Pipelines");
  options = detail::with_variables(std::move(options), environment);
  std::string tenant_id = pipeline.tenant_id, client_id = pipeline.client_id;
  auto service = std::make_shared<OidcService>(std::move(pipeline), std::move(uri), options);
  auto prove = [service](const std::string&, const Context& context) {
    return detail::proof_of_assertion(service->assertion(context));
  };
  return detail::make_application_credential(std::move(tenant_id), std::move(client_id),
                                             std::move(options), std::move(prove),
                                             std::move(description));
}

}  // namespace akv::identity
