// whoami: where akv would act, and as whom.
#include "akv/provision/cli/exit_codes.hpp"
#include "akv/provision/cli/handlers.hpp"
#include "akv/provision/cli/session.hpp"
#include "akv/provision/report/detail/layout.hpp"

namespace akv::cli {
namespace {

struct Findings {
  std::string cloud, resource_manager, tenant, subscription, principal, application, object_id,
      credential;
  std::vector<identity::PassedOver> passed_over;
};

Findings find_out(const Session& session) {
  const arm::Cloud& cloud = session.connection->client.cloud();
  Findings out;
  out.cloud = cloud.name;
  out.resource_manager = cloud.resource_manager;
  out.tenant = session.claims.tenant;
  out.subscription = session.subscription;
  out.principal = session.connection->who;
  out.application = session.claims.application;
  out.object_id = session.claims.object_id;
  out.credential = session.credential;
  out.passed_over = session.passed_over;
  if (session.emulator) {
    const emulator::Identity& own = session.emulator->identity();
    out.cloud = session.connection->where;
    out.resource_manager.clear();
    out.tenant = own.tenant_id;
    out.application = own.client_id;
    out.object_id = own.object_id;
  }
  return out;
}

std::string text(const Findings& found) {
  std::string out;
  const auto line = [&out](std::string_view name, const std::string& value) {
    out += report::padded(name, 14) + (value.empty() ? "unknown" : report::printable(value)) + "\n";
  };
  line("Cloud",
       found.resource_manager.empty() ? found.cloud : found.cloud + ", " + found.resource_manager);
  line("Tenant", found.tenant);
  line("Subscription", found.subscription.empty()
                           ? "none; give --subscription or set AZURE_SUBSCRIPTION_ID"
                           : found.subscription);
  line("Principal", found.principal);
  line("Application", found.application);
  line("Object id", found.object_id);
  line("Credential", found.credential);
  for (const identity::PassedOver& one : found.passed_over)
    line("Passed over", one.name + ": " + one.reason);
  return out;
}

std::string json_text(const Findings& found) {
  const auto or_null = [](const std::string& text) {
    return text.empty() ? json::Document() : json::Document(text);
  };
  json::Document passed_over = json::Document::array();
  for (const identity::PassedOver& one : found.passed_over)
    passed_over.push_back(
        json::Document::object({{"credential", one.name}, {"reason", one.reason}}));
  return json::Document::object({{"formatVersion", 1},
                                 {"cloud", found.cloud},
                                 {"resourceManager", or_null(found.resource_manager)},
                                 {"tenant", or_null(found.tenant)},
                                 {"subscription", or_null(found.subscription)},
                                 {"principal", found.principal},
                                 {"application", or_null(found.application)},
                                 {"objectId", or_null(found.object_id)},
                                 {"credential", found.credential},
                                 {"passedOver", std::move(passed_over)}})
             .dump_pretty() +
         "\n";
}

}  // namespace

int whoami(const Environment& environment, Output& output) {
  const Session session = open_session(Needs::nothing, environment, output);
  const Findings found = find_out(session);
  output.report(output.json() ? json_text(found) : text(found));
  return exit_done;
}

}  // namespace akv::cli
