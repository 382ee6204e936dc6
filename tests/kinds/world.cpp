#include "kinds/world.hpp"

#include "akv/mgmt/arm/pace.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/resource_id.hpp"
#include "akv/mgmt/identity/credentials.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace akv::test {
namespace {

constexpr const char* arm_origin = "https://localhost:1";

std::string words_of(const json::Document& set, const json::Document& other, char sign) {
  std::string text;
  if (!set.is_array()) return text;
  for (const auto& word : set.as_array()) {
    bool there = false;
    if (other.is_array())
      for (const auto& o : other.as_array()) there |= o == word;
    if (!there) text += std::string(" ") + sign + std::string(word.string_or());
  }
  return text;
}

}  // namespace

World::World(int page_size) {
  emulator = std::make_shared<emulator::Emulator>(
      emulator::Options{.clock = &clock, .random = &random, .page_size = page_size});
  sign_in_as(emulator->identity());
}

void World::sign_in_as(const emulator::Identity& identity) {
  auto transport = emulator::make_in_process_transport(emulator);
  arm::ClientOptions options;
  options.cloud.name = "emulator";
  options.cloud.resource_manager = arm_origin;
  options.cloud.authority_host = arm_origin;
  options.transport = transport;
  options.pace = arm::make_pace();
  options.counters = std::make_shared<http::Counters>();
  options.clock = &clock;
  auto credential = identity::make_client_secret_credential(
      identity.tenant_id, identity.client_id, identity.client_secret,
      {.authority_host = arm_origin, .transport = transport});
  const Context context{.clock = &clock};
  // That of the first one stays: it is the administrator's.
  if (!token_) {
    token_ = [credential, context] {
      return credential->get_token({.scopes = {"https://management.azure.com/.default"}}, context)
          .token;
    };
    token_();
  }
  auto pace = options.pace;
  auto counters = options.counters;
  connection = std::make_shared<kinds::Connection>(
      kinds::Connection{.client = arm::ArmClient(credential, std::move(options)),
                        .pace = pace,
                        .counters = counters,
                        .where = "on the emulator",
                        .who = "its administrator"});
}

engine::Deployment World::load(std::string_view yaml) const {
  const manifest::Input input{"test.yaml", std::string(yaml)};
  manifest::LoadOptions options;
  options.subscription = emulator->identity().subscription_id;
  auto loaded = manifest::load({&input, 1}, kinds::vocabulary(), options);
  std::string mistakes;
  for (const auto& diagnostic : loaded.diagnostics)
    if (diagnostic.severity == manifest::Severity::error)
      mistakes += manifest::to_string(diagnostic) + "\n";
  BOOST_REQUIRE_MESSAGE(mistakes.empty(), mistakes);
  return std::move(loaded.deployment);
}

kinds::Planned World::plan(const engine::Deployment& deployment, engine::PlanOptions options) {
  return kinds::plan(deployment, registry, *connection, options, Context{.clock = &clock});
}

kinds::Planned World::plan(std::string_view yaml, engine::PlanOptions options) {
  return plan(load(yaml), std::move(options));
}

engine::RunResult World::apply(const kinds::Planned& planned, int parallel,
                               engine::Allowances allow) {
  engine::RunOptions options;
  options.scheduler.parallel = parallel;
  options.clock = &clock;
  return kinds::apply(planned, registry, *connection, allow, options);
}

void World::converge(std::string_view yaml, engine::PlanOptions options) {
  const auto allow = options.allow;
  const auto planned = plan(yaml, std::move(options));
  BOOST_REQUIRE_MESSAGE(planned.plan.guards.empty() && planned.plan.refused.empty(),
                        summary(planned.plan));
  const auto result = apply(planned, 4, allow);
  for (std::size_t i = 0; i < result.changes.size(); ++i)
    BOOST_REQUIRE_MESSAGE(result.changes[i].outcome == engine::Outcome::succeeded,
                          planned.plan.changes[i].name + ": " + result.changes[i].error.code + " " +
                              result.changes[i].error.message);
}

kinds::Planned World::plan_teardown(std::string_view yaml, kinds::TeardownOptions options) {
  const auto deployment = load(yaml);
  return kinds::plan_teardown(&deployment, registry, *connection, options,
                              Context{.clock = &clock});
}

http::Response World::other(http::Method method, const std::string& path,
                            const json::Document& body, const std::string& api_version) {
  http::Request request{.method = method,
                        .url = std::string(arm_origin) + path + "?api-version=" + api_version};
  request.headers.set("Authorization", "Bearer " + token_());
  if (!body.is_null()) {
    request.headers.set("Content-Type", "application/json");
    request.body = body.dump();
  }
  return emulator->handle(request);
}

std::string World::group_id(std::string_view group) const {
  return resource_group_id(emulator->identity().subscription_id, group);
}

std::string World::vault_id(std::string_view group, std::string_view vault) const {
  return akv::vault_id(emulator->identity().subscription_id, group, vault);
}

json::Document World::live(std::string_view group, std::string_view vault) const {
  return emulator->peek(vault_id(group, vault));
}

std::vector<std::string> World::writes() const {
  std::vector<std::string> lines;
  for (const auto& request : emulator->requests()) {
    if (request.method == http::Method::get || request.method == http::Method::head) continue;
    const auto url = http::Url::parse(request.url);
    if (!url || url->path.find("/oauth2/") != std::string::npos ||
        url->path.ends_with("/checkNameAvailability"))
      continue;
    lines.push_back(std::string(http::to_string(request.method)) + " " + url->path + " " +
                    std::to_string(request.status));
  }
  return lines;
}

std::size_t World::reads(std::string_view part) const {
  const auto requests = emulator->requests();
  return static_cast<std::size_t>(
      std::count_if(requests.begin(), requests.end(), [part](const emulator::LoggedRequest& one) {
        return ascii::lower(one.url).find(ascii::lower(part)) != std::string::npos;
      }));
}

std::string summary(const engine::Plan& plan) {
  std::string text;
  for (const auto& change : plan.changes) {
    text += std::string(engine::to_string(change.action)) + " " + change.kind + " " + change.name +
            "\n";
    if (change.action != engine::Action::update) continue;
    for (const auto& field : change.fields) {
      text += "  " + field.path;
      if (field.before.is_array() || field.after.is_array())
        text += words_of(field.before, field.after, '-') + words_of(field.after, field.before, '+');
      else
        text += " " + field.before.dump() + " -> " + field.after.dump();
      text += "\n";
    }
  }
  for (const auto& refusal : plan.refused)
    text += "refused " + refusal.name + " " + refusal.code + ": " + refusal.message + "\n";
  for (const auto& guard : plan.guards) text += "guard " + guard.id + ": " + guard.message + "\n";
  for (const auto& item : plan.unreadable) text += "unreadable " + item.name + "\n";
  return text;
}

}  // namespace akv::test
