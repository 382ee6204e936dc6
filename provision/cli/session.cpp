#include "akv/provision/cli/session.hpp"

#include "akv/mgmt/arm/pace.hpp"
#include "akv/mgmt/http/cpprest_transport.hpp"
#include "akv/mgmt/identity/credentials.hpp"
#include "akv/provision/cli/clouds.hpp"

#include <algorithm>
#include <mutex>

namespace akv::cli {
namespace {

constexpr std::size_t named_subscriptions = 3;

/// Gives the token that was had for the report's header once more, so that the first request does
/// not ask for another one.
class KnownToken final : public identity::TokenCredential {
 public:
  KnownToken(std::shared_ptr<identity::TokenCredential> inner, std::string scope,
             identity::AccessToken token)
      : inner_(std::move(inner)), scope_(std::move(scope)), token_(std::move(token)) {}

  identity::AccessToken get_token(const identity::TokenRequest& request,
                                  const Context& context) override {
    {
      std::lock_guard lock(mutex_);
      const bool same = request.claims.empty() && request.tenant_id.empty() &&
                        request.scopes == std::vector<std::string>{scope_};
      // Once only: who asks again was told that the token does not do.
      if (same && token_ && context.clock->now() < token_->refresh_on) {
        identity::AccessToken token = *std::move(token_);
        token_.reset();
        return token;
      }
    }
    return inner_->get_token(request, context);
  }
  std::string describe() const override { return inner_->describe(); }
  std::vector<identity::PassedOver> passed_over() const override { return inner_->passed_over(); }

 private:
  const std::shared_ptr<identity::TokenCredential> inner_;
  const std::string scope_;
  std::mutex mutex_;  // guards token_
  std::optional<identity::AccessToken> token_;
};

std::string where_subscriptions(const std::vector<std::string>& subscriptions) {
  if (subscriptions.empty()) return {};
  if (subscriptions.size() > named_subscriptions)
    return ", " + std::to_string(subscriptions.size()) + " subscriptions";
  std::string text = subscriptions.size() == 1 ? ", subscription " : ", subscriptions ";
  for (std::size_t i = 0; i < subscriptions.size(); ++i)
    text += (i == 0 ? "" : " and ") + subscriptions[i];
  return text;
}

std::vector<std::string> subscriptions_of(const Session& session) {
  if (session.deployment) return session.deployment->subscriptions;
  if (session.subscription.empty()) return {};
  return {session.subscription};
}

void require_subscription(const Session& session) {
  if (!session.subscription.empty()) return;
  throw UsageError("no subscription is named",
                   "give --subscription ID or set AZURE_SUBSCRIPTION_ID");
}

arm::ClientOptions client_options(const Environment& environment, Output& output) {
  arm::ClientOptions options;
  options.user_agent_prefix = "akv-cli";
  options.pace = arm::make_pace();
  options.counters = std::make_shared<arm::Counters>();
  options.log = output.log_sink();
  options.clock = environment.clock;
  return options;
}

void connect(Session& session, std::shared_ptr<identity::TokenCredential> credential,
             const arm::ClientOptions& options, std::string where, std::string who) {
  session.credential = credential->describe();
  session.passed_over = credential->passed_over();
  session.connection = std::make_unique<kinds::Connection>(
      kinds::Connection{arm::ArmClient(std::move(credential), options), options.pace,
                        options.counters, std::move(where), std::move(who)});
}

// The emulator inside akv -------------------------------------------------------------------------

std::shared_ptr<emulator::Emulator> open_emulator(const Environment& environment,
                                                  const std::string& store,
                                                  const std::string& subscription,
                                                  const std::string& tenant) {
  emulator::Options options;
  options.store = store;
  options.clock = environment.clock;
  options.subscription_id = subscription;
  options.tenant_id = tenant;
  return std::make_shared<emulator::Emulator>(std::move(options));
}

/// Subscriptions that are read though no object of the manifest is in them.
void look_in_too(const std::vector<std::string>& scopes, engine::Deployment& deployment) {
  std::vector<std::string>& known = deployment.subscriptions;
  for (const std::string& scope : scopes)
    if (std::none_of(known.begin(), known.end(),
                     [&scope](const std::string& other) { return ascii::equal(other, scope); }))
      known.push_back(scope);
}

/// A manifest that names no subscription gets the emulator's; one that names its own becomes the
/// emulator's.
void load_for_emulator(Session& session, const Environment& environment, Output& output,
                       const engine::Deployment* planned) {
  const Settings& settings = output.settings();
  session.deployment = planned ? *planned
                               : load_deployment(settings, environment, output,
                                                 session.subscription, settings.given_tenant);
  look_in_too(settings.prune_scopes, *session.deployment);
  const engine::Deployment& deployment = *session.deployment;
  if (deployment.subscriptions.empty()) return;
  const emulator::Identity& own = session.emulator->identity();
  const std::string& first = deployment.subscriptions.front();
  const bool other_tenant =
      !deployment.tenant.empty() && !ascii::equal(deployment.tenant, own.tenant_id);
  if (!ascii::equal(first, own.subscription_id) || other_tenant) {
    const std::string tenant = deployment.tenant;
    session.emulator.reset();  // two of them cannot have one store open
    session.emulator = open_emulator(environment, *settings.emulator, first, tenant);
  }
  for (std::size_t i = 1; i < deployment.subscriptions.size(); ++i)
    session.emulator->add_subscription(deployment.subscriptions[i], deployment.tenant);
}

void open_on_emulator(Session& session, Needs needs, const Environment& environment, Output& output,
                      const engine::Deployment* planned) {
  const Settings& settings = output.settings();
  session.emulator = open_emulator(environment, *settings.emulator, settings.given_subscription,
                                   settings.given_tenant);
  session.subscription = session.emulator->identity().subscription_id;
  if (needs == Needs::manifest) load_for_emulator(session, environment, output, planned);

  arm::ClientOptions options = client_options(environment, output);
  options.transport = emulator::make_in_process_transport(session.emulator);
  const emulator::Identity& own = session.emulator->identity();
  identity::CredentialOptions credential_options;
  credential_options.transport = options.transport;
  credential_options.read_variables = false;  // they speak of clouds
  connect(session,
          identity::make_client_secret_credential(own.tenant_id, own.client_id, own.client_secret,
                                                  credential_options),
          options, "on the emulator in " + *settings.emulator, "its administrator");
}

// Real clouds -------------------------------------------------------------------------------------

void open_in_cloud(Session& session, Needs needs, const Environment& environment, Output& output,
                   const engine::Deployment* planned) {
  const Settings& settings = output.settings();
  session.subscription = settings.subscription;
  // Offline first: mistakes in a manifest cost no sign-in.
  if (needs == Needs::manifest) {
    session.deployment = planned ? *planned
                                 : load_deployment(settings, environment, output,
                                                   settings.subscription, settings.given_tenant);
    look_in_too(settings.prune_scopes, *session.deployment);
  }
  if (needs == Needs::subscription) require_subscription(session);

  arm::ClientOptions options = client_options(environment, output);
  http::CpprestOptions http_options;
  http_options.ca_file = settings.ca_file;
  http_options.max_in_flight = static_cast<std::size_t>(settings.parallel);
  options.transport = http::make_cpprest_transport(http_options);
  options.cloud = resolve_cloud(settings.cloud, options.transport, session.context);

  identity::CredentialOptions credential_options;
  // A secret goes to the authority of the cloud that was asked for, and to no other.
  if (settings.cloud_is_named || environment.get("AZURE_AUTHORITY_HOST").value_or("").empty())
    credential_options.authority_host = options.cloud.authority_host;
  credential_options.transport = options.transport;
  credential_options.environment = environment.variables;
  credential_options.log = options.log;
  auto credential = identity::make_default_credential(
      [&](std::string_view name) {
        if (name == "AZURE_TENANT_ID" && !settings.tenant.empty())
          return std::optional<std::string>(settings.tenant);
        return environment.get(name);
      },
      credential_options);

  const std::string scope = options.cloud.audience + "/.default";
  identity::TokenRequest request;
  request.scopes = {scope};
  identity::AccessToken token = credential->get_token(request, session.context);
  session.claims = read_claims(token.token);
  const std::string where =
      "in " + options.cloud.name + where_subscriptions(subscriptions_of(session));
  connect(session, std::make_shared<KnownToken>(std::move(credential), scope, std::move(token)),
          options, where, bearer(session.claims));
}

}  // namespace

namespace {}  // namespace

Session open_session(Needs needs, const Environment& environment, Output& output,
                     const engine::Deployment* planned) {
  Session session;
  session.registry = kinds::make_registry();
  session.context.stop = environment.interrupts.first;
  session.context.clock = environment.clock;
  if (output.settings().emulator)
    open_on_emulator(session, needs, environment, output, planned);
  else
    open_in_cloud(session, needs, environment, output, planned);
  return session;
}

engine::Facts facts(const Session& session, const Settings& settings) {
  engine::Facts facts;
  facts.caller =
      session.emulator ? session.emulator->identity().object_id : session.claims.object_id;
  facts.groups = session.claims.groups;
  facts.address = settings.my_ip;
  return facts;
}

std::string cloud_name(const Session& session) {
  return session.emulator ? "emulator" : session.connection->client.cloud().name;
}

std::string cloud_endpoint(const Session& session) {
  return session.emulator ? "" : session.connection->client.cloud().resource_manager;
}

report::Requests requests(const Session& session) {
  const arm::Counters& counters = *session.connection->counters;
  report::Requests out;
  out.reads = counters.reads;
  out.writes = counters.writes;
  out.retries = counters.retries;
  out.throttled_milliseconds = counters.throttled_milliseconds;
  return out;
}

}  // namespace akv::cli
