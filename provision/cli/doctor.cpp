// doctor: own sign-in first, then what in an estate will break or rot.
#include "akv/provision/cli/exit_codes.hpp"
#include "akv/provision/cli/handlers.hpp"
#include "akv/provision/cli/input_file.hpp"
#include "akv/provision/cli/session.hpp"
#include "akv/provision/doctor/clock_step.hpp"
#include "akv/provision/doctor/examine.hpp"
#include "akv/provision/kinds/scopes.hpp"
#include "akv/provision/manifest/suggest.hpp"
#include "akv/provision/report/doctor_report.hpp"

namespace akv::cli {
namespace {

doctor::Gone read_gone(const std::string& file, const std::stop_token& stop) {
  if (file.empty()) return {};
  std::vector<manifest::Diagnostic> mistakes;
  const auto mistake = [&](std::size_t line, std::string message, std::string hint) {
    mistakes.push_back({manifest::Severity::error, file, line, line == 0 ? 0U : 1U, "bad-gone",
                        std::move(message), std::move(hint)});
  };
  const manifest::Files::Text text = read_input(file, doctor::max_gone_bytes, stop);
  std::vector<doctor::BadLine> bad;
  doctor::Gone gone;
  if (!text.text)
    mistake(0, "cannot be read: " + text.fault, "");
  else if (text.text->size() > doctor::max_gone_bytes)
    mistake(0, "larger than " + std::to_string(doctor::max_gone_bytes >> 20U) + " MiB",
            "give it in parts, to one run each");
  else
    gone = doctor::read_gone(*text.text, bad);
  for (const doctor::BadLine& line : bad)
    mistake(line.line, manifest::quoted(line.text) + " is no object id",
            "write one a line, with a comment behind it");
  if (!mistakes.empty()) throw ManifestError(std::move(mistakes), 1);
  return gone;
}

/// What the sign-in came to; the subscription is read once more than needed for the service's time.
std::vector<doctor::Step> sign_in(const Session& session) {
  const kinds::Connection& connection = *session.connection;
  const arm::Cloud& cloud = connection.client.cloud();
  const std::string path = "/subscriptions/" + session.subscription;
  const http::Response response =
      connection.client.send(http::Method::get, path, {}, {}, "Subscriptions.get",
                             kinds::subscriptions_api_version, {.context = session.context});
  if (response.status != 200) arm::throw_error(response, "Subscriptions.get", path);
  const json::Document subscription = json::Document::parse(response.body);
  const std::string name(subscription["displayName"].string_or());
  const std::string state(subscription["state"].string_or());
  return {
      {"cloud", session.emulator ? connection.where : cloud.name + ", " + cloud.resource_manager},
      {"credential", session.credential},
      {"principal", connection.who + (session.claims.object_id.empty()
                                          ? std::string()
                                          : ", object id " + session.claims.object_id)},
      doctor::clock_step(response.headers.get("Date"), session.context.clock->now()),
      {"subscription",
       session.subscription + (name.empty() ? "" : ", " + name) + ", tenant " +
           std::string(subscription["tenantId"].string_or("unknown")) +
           (state.empty() ? "" : ", " + state),
       state.empty() || state == "Enabled"}};
}

}  // namespace

int doctor(const Environment& environment, Output& output) {
  const doctor::Gone gone = read_gone(output.settings().gone, environment.interrupts.first);
  const Session session = open_session(Needs::subscription, environment, output);
  std::vector<doctor::Step> steps = sign_in(session);
  doctor::Examination examination =
      doctor::examine(session.subscription, gone, *session.connection, session.context);
  examination.steps = std::move(steps);
  examination.reads = requests(session).reads;
  switch (output.format()) {
    case report::Format::text:
      output.report(report::doctor_text(examination, output.report_style()));
      break;
    case report::Format::json:
      output.report(report::doctor_json(examination));
      break;
    case report::Format::markdown:
      output.report(report::doctor_markdown(examination));
      break;
  }
  return examination.unreadable.empty() ? exit_done : exit_partial;
}

}  // namespace akv::cli
