// The instance metadata service of virtual machines, and of what imitates it.
#include "akv/mgmt/core/time.hpp"
#include "akv/mgmt/identity/detail/managed_identity_source.hpp"
#include "akv/mgmt/identity/detail/refusal.hpp"

#include <algorithm>
#include <atomic>
#include <optional>
#include <utility>

namespace akv::identity::detail {
namespace {

using std::chrono::seconds;

constexpr seconds probe_limit{1};
constexpr seconds attempt_limit{30};
constexpr seconds waits[] = {seconds(0), seconds(2), seconds(6), seconds(14), seconds(30)};
// 410 means that the service is being updated, which takes up to 70 s.
constexpr seconds wait_while_updated{10};
constexpr int updated_waits = 7;
constexpr seconds shortest_patience{5};

/// What one request came to: an answer, or why there was none.
struct Outcome {
  std::optional<http::Response> response;
  std::string reason;
};

class ImdsSource final : public ManagedIdentitySource {
 public:
  ImdsSource(ImdsTerms terms, const CredentialOptions& options)
      : terms_(std::move(terms)), channel_(options) {}

  AccessToken get(const std::string& resource, const Context& context) override {
    if (!http::Url::parse(terms_.host))
      refuse(
          "the address of the instance metadata service is no URL; check "
          "AZURE_POD_IDENTITY_AUTHORITY_HOST");
    if (terms_.probe && !is_there_) probe(context);
    const auto asked_at = context.clock->now();
    const http::Response response = ask(resource, context);
    if (response.status == 400) {
      const std::string said = reason_in(response);
      unavailable("no such managed identity is assigned here" +
                  (said.empty() ? std::string() : " (" + said + ")"));
    }
    // What Docker Desktop's proxy answers where there is no such service.
    if (response.status == 403 && response.body.find("unreachable") != std::string::npos)
      unavailable("the instance metadata service cannot be reached (HTTP 403)");
    if (!is_json(response))
      throw CredentialUnavailableError(
          {.status = response.status,
           .message = somebody_else(response) +
                      "; run it where a managed identity is assigned, or sign in another way",
           .target = terms_.host,
           .operation = "sign-in",
           .attempts = response.attempts});
    return token_from(response, name(), asked_at);
  }

  std::string name() const override { return "the instance metadata service"; }

 private:
  /// A request that the service refuses at once, because the header is missing. Other clouds'
  /// machines, captive portals and proxies answer at that address too, but not in JSON.
  void probe(const Context& context) {
    http::Request request{.url = url({{"api-version", "2018-02-01"}}), .operation = "sign-in"};
    const Outcome outcome = send(std::move(request), probe_limit, context);
    if (!outcome.response)
      unavailable("no instance metadata service answers at " + terms_.host + " (" + outcome.reason +
                  ")");
    if (!is_json(*outcome.response)) unavailable(somebody_else(*outcome.response));
    is_there_ = true;
  }

  std::string somebody_else(const http::Response& response) const {
    return "what answers at " + terms_.host + " is not the instance metadata service (HTTP " +
           std::to_string(response.status) + ", and no JSON)";
  }

  http::Response ask(const std::string& resource, const Context& context) {
    Form parameters{{"api-version", "2018-02-01"}, {"resource", resource}};
    parameters.insert(parameters.end(), terms_.identity.begin(), terms_.identity.end());
    const http::Request request{
        .url = url(parameters), .headers = {{"Metadata", "true"}}, .operation = "sign-in"};
    std::size_t tried = 0;
    int updated = 0;
    for (int attempt = 1;; ++attempt) {
      Outcome outcome = send(request, attempt_limit, context);
      if (outcome.response) outcome.response->attempts = attempt;
      const int status = outcome.response ? outcome.response->status : 0;
      std::optional<seconds> wait;
      if (status == 410)
        wait = updated++ < updated_waits ? std::optional(wait_while_updated) : std::nullopt;
      else if (may_repeat(status) && tried < std::size(waits))
        wait = wait_after(outcome, waits[tried++], context);
      if (!wait || !may_wait(*wait, context)) return last(std::move(outcome), attempt);
      context.wait(*wait);
    }
  }

  static bool may_repeat(int status) {
    return status == 0 || status == 404 || status == 429 || status >= 500;
  }

  static seconds wait_after(const Outcome& outcome, seconds planned, const Context& context) {
    if (!outcome.response) return planned;
    if (outcome.response->status >= 500) planned = std::max(planned, seconds(1));
    if (const auto header = outcome.response->headers.get("Retry-After"))
      if (const auto asked = time::parse_retry_after(*header, context.clock->now()))
        return std::max(planned, *asked);
    return planned;
  }

  static bool may_wait(seconds wait, const Context& context) {
    return wait <= std::max(context.max_wait, shortest_patience) &&
           (!context.deadline || context.clock->steady_now() + wait < *context.deadline);
  }

  http::Response last(Outcome outcome, int attempts) const {
    if (outcome.response) return *std::move(outcome.response);
    // Where nothing answers there is no managed identity: the next of a chain may be asked.
    throw CredentialUnavailableError(
        {.message = "no token from " + name() + ": " + outcome.reason +
                    "; run it where a managed identity is assigned, or sign in another way",
         .target = terms_.host,
         .operation = "sign-in",
         .attempts = attempts});
  }

  /// Once, for at most `limit`. Throws CancelledError when the context itself has ended.
  Outcome send(http::Request request, seconds limit, const Context& context) {
    Context brief = context;
    const auto until = context.clock->steady_now() + limit;
    brief.deadline = context.deadline ? std::min(*context.deadline, until) : until;
    try {
      return {.response = channel_.send_once(std::move(request), brief), .reason = {}};
    } catch (const TransportError& error) {
      return {.response = {}, .reason = error.info().message};
    } catch (const CancelledError&) {
      context.check();
      return {.response = {}, .reason = "no answer within " + std::to_string(limit.count()) + " s"};
    }
  }

  std::string url(const Form& parameters) const {
    std::string host = terms_.host;
    while (host.ends_with('/')) host.pop_back();
    return with_parameters(host + "/metadata/identity/oauth2/token", parameters);
  }

  const ImdsTerms terms_;
  Channel channel_;                    // locks for itself
  std::atomic<bool> is_there_{false};  // it has answered once
};

}  // namespace

std::unique_ptr<ManagedIdentitySource> make_imds_source(ImdsTerms terms,
                                                        const CredentialOptions& options) {
  return std::make_unique<ImdsSource>(std::move(terms), options);
}

}  // namespace akv::identity::detail
