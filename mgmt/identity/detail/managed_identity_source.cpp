#include "akv/mgmt/identity/detail/managed_identity_source.hpp"

#include "akv/mgmt/identity/detail/refusal.hpp"
#include "akv/mgmt/identity/detail/token_answer.hpp"
#include "akv/mgmt/json/document.hpp"

#include <utility>

namespace akv::identity::detail {
namespace {

constexpr std::size_t max_error_bytes = std::size_t{64} << 10;
constexpr std::size_t max_answer_bytes = std::size_t{1} << 20;
constexpr std::chrono::hours long_life{2};

/// Null where it is no JSON, or longer than that.
json::Document answer_in(const http::Response& response, std::size_t max_bytes) {
  if (response.body.size() > max_bytes) return {};
  try {
    return json::Document::parse(response.body);
  } catch (const FormatError&) {
    return {};
  }
}

class EndpointSource final : public ManagedIdentitySource {
 public:
  EndpointSource(EndpointTerms terms, const CredentialOptions& options)
      : terms_(std::move(terms)), channel_(options) {}

  AccessToken get(const std::string& resource, const Context& context) override {
    if (!http::Url::parse(terms_.endpoint))
      refuse("the endpoint of " + terms_.name +
             " is no URL; check IDENTITY_ENDPOINT and MSI_ENDPOINT");
    Form parameters = terms_.parameters;
    parameters.emplace_back("resource", resource);
    http::Request request{
        .method = terms_.post ? http::Method::post : http::Method::get,
        .url = terms_.post ? terms_.endpoint : with_parameters(terms_.endpoint, parameters),
        .headers = terms_.headers,
        .operation = "sign-in",
        .idempotent_post = true};
    if (terms_.post) {
      request.headers.set("Content-Type", "application/x-www-form-urlencoded");
      request.body = form_body(parameters);
    }
    const auto asked_at = context.clock->now();
    try {
      return token_from(channel_.send(std::move(request), context), terms_.name, asked_at,
                        terms_.secrets);
    } catch (const TransportError& error) {
      refuse("no token from " + terms_.name + ": " + error.info().message +
                 "; check that its endpoint is the one of this machine",
             terms_.endpoint);
    }
  }

  std::string name() const override { return terms_.name; }

 private:
  const EndpointTerms terms_;
  Channel channel_;  // locks for itself
};

}  // namespace

std::unique_ptr<ManagedIdentitySource> make_endpoint_source(EndpointTerms terms,
                                                            const CredentialOptions& options) {
  return std::make_unique<EndpointSource>(std::move(terms), options);
}

std::string with_parameters(const std::string& url, const Form& parameters) {
  return url + (url.find('?') == std::string::npos ? "?" : "&") + form_body(parameters);
}

std::string reason_in(const http::Response& response, const std::vector<std::string>& secrets) {
  const json::Document answer = answer_in(response, max_error_bytes);
  const json::Document& error = answer["error"];
  for (const json::Document* said :
       {&answer["error_description"], &answer["message"], &error["message"], &error})
    if (!said->string_or().empty()) return quotable(said->string_or(), secrets);
  return {};
}

bool is_json(const http::Response& response) {
  return answer_in(response, max_answer_bytes).is_object();
}

AccessToken token_from(const http::Response& response, const std::string& source,
                       Clock::SystemTime asked_at, const std::vector<std::string>& secrets) {
  if (response.status == 200) {
    if (auto token = find_access_token(response, asked_at, long_life)) return *std::move(token);
    refuse(source + " answered without a usable access token; check that the identity is set up");
  }
  const std::string said = reason_in(response, secrets);
  throw AuthenticationError({.status = response.status,
                             .message = source + " gives no token (HTTP " +
                                        std::to_string(response.status) + ")" +
                                        (said.empty() ? "" : ": " + said) +
                                        "; check that a managed identity is assigned, and its id",
                             .operation = "sign-in",
                             .attempts = response.attempts});
}

}  // namespace akv::identity::detail
