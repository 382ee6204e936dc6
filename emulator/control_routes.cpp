#include "akv/emulator/control_routes.hpp"

#include "akv/emulator/arm_errors.hpp"
#include "akv/emulator/detail/wire_format.hpp"
#include "akv/emulator/emulator.hpp"
#include "akv/emulator/faults.hpp"
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/core/time.hpp"

#include <stdexcept>
#include <string>
#include <vector>

namespace akv::emulator {
namespace {

using http::Method;
using json::Document;

constexpr std::int64_t most_days = 366 * 100;  // and no more in all: Emulator::advance
// Of one call of `seed`.
constexpr std::size_t max_seeded = 100'000;
// Of one principal.
constexpr std::size_t max_principal_name = 256, max_roles = 100;

http::Response reply(const Document& body) {
  return {.status = 200,
          .headers = {{"Content-Type", "application/json; charset=utf-8"},
                      {"Cache-Control", "no-cache"}},
          .body = body.dump()};
}
http::Response done() { return {.status = 204}; }
http::Response not_allowed(const char* allowed) {
  http::Response response =
      error_response(405, "MethodNotAllowed", std::string("This route takes ") + allowed + ".");
  response.headers.set("Allow", allowed);
  return response;
}

Document read(const http::Request& request) {
  if (request.body.size() > max_faults_file)
    throw FormatError({.message = "the body is longer than 4 MiB"});
  return Document::parse(request.body);
}

http::Response faults(const http::Request& request, Emulator& emulator) {
  if (request.method == Method::get) return reply(emulator.fault_counts());
  if (request.method != Method::put && request.method != Method::del)
    return not_allowed("GET, PUT, DELETE");
  emulator.set_faults(request.method == Method::put
                          ? read(request)
                          : Document::object({{"rules", Document::array()}}));
  return done();
}

http::Response log(const http::Request& request, Emulator& emulator) {
  if (request.method == Method::del) {
    emulator.clear_requests();
    return done();
  }
  if (request.method != Method::get) return not_allowed("GET, DELETE");
  Document list = Document::array();
  for (const LoggedRequest& entry : emulator.requests())
    list.push_back(Document::object({{"method", http::to_string(entry.method)},
                                     {"url", entry.url},
                                     {"body", entry.body},
                                     {"status", entry.status}}));
  return reply(Document::object({{"requests", std::move(list)}}));
}

// `{"subscriptions": [{"id", "tenantId"}], "resources": [{"id", …}]}`
http::Response seed(const http::Request& request, Emulator& emulator) {
  if (request.method != Method::post) return not_allowed("POST");
  const Document body = read(request);
  const Document& subscriptions = body["subscriptions"];
  const Document& resources = body["resources"];
  if (!subscriptions.is_array() && !resources.is_array())
    throw FormatError({.message = "expected \"subscriptions\" or \"resources\""});
  if (subscriptions.size() + resources.size() > max_seeded)
    throw FormatError({.message = "more than 100,000 objects"});
  std::vector<SeededSubscription> rooms;
  if (subscriptions.is_array())
    for (const Document& one : subscriptions.as_array())
      rooms.push_back(
          {std::string(one["id"].string_or()), std::string(one["tenantId"].string_or())});
  emulator.seed_all(rooms, resources.is_array() ? resources.as_array() : Document::Array());
  return done();
}

http::Response clock(const http::Request& request, Emulator& emulator) {
  if (request.method == Method::post) {
    const Document body = read(request);
    const std::int64_t seconds = body["advanceSeconds"].int_or(0);
    const std::int64_t days = body["advanceDays"].int_or(0);
    if (seconds < 0 || days < 0 || seconds + days <= 0 || days > most_days ||
        seconds > most_days * 86400)
      throw FormatError(
          {.message = "expected advanceSeconds or advanceDays, from 1 second to 100 years"});
    emulator.advance(std::chrono::seconds(seconds) + std::chrono::hours(24) * days);
  } else if (request.method != Method::get) {
    return not_allowed("GET, POST");
  }
  return reply(Document::object({{"now", time::format_rfc3339(emulator.now())}}));
}

http::Response options(const http::Request& request, Emulator& emulator) {
  if (request.method == Method::patch)
    emulator.set_options(read(request));
  else if (request.method != Method::get)
    return not_allowed("GET, PATCH");
  return reply(emulator.options());
}

// `{"name", "isUser", "secretLifetimeSeconds", "roles": [{"role", "scope"}]}`
http::Response principals(const http::Request& request, Emulator& emulator) {
  if (request.method != Method::post) return not_allowed("POST");
  const Document body = read(request);
  Principal added{.name = std::string(body["name"].string_or()),
                  .is_user = body["isUser"].bool_or(false)};
  if (added.name.empty() || added.name.size() > max_principal_name)
    throw FormatError({.message = "expected a \"name\" of 1 to 256 characters"});
  const std::int64_t lifetime = body["secretLifetimeSeconds"].int_or(0);
  if (lifetime < 0 || lifetime > most_days * 86400)
    throw FormatError({.message = "expected \"secretLifetimeSeconds\" from 1 to 100 years"});
  added.secret_lifetime = std::chrono::seconds(lifetime);
  if (const Document* roles = body.find("roles")) {
    if (!roles->is_array() || roles->size() > max_roles)
      throw FormatError({.message = "expected \"roles\", a list of up to 100 objects"});
    for (const Document& one : roles->as_array())
      added.roles.push_back(
          {std::string(one["role"].string_or()), std::string(one["scope"].string_or())});
  }
  const Identity identity = emulator.add_principal(added);
  http::Response response = reply(Document::object({{"tenantId", identity.tenant_id},
                                                    {"clientId", identity.client_id},
                                                    {"clientSecret", identity.client_secret},
                                                    {"objectId", identity.object_id}}));
  response.status = 201;
  return response;
}

http::Response reset(const http::Request& request, Emulator& emulator) {
  if (request.method != Method::post) return not_allowed("POST");
  emulator.reset();
  return done();
}

// PUT takes it, POST goes back to it.
http::Response snapshot(const http::Request& request, Emulator& emulator, const std::string& name) {
  if (request.method == Method::put) {
    emulator.take_snapshot(name);
    return done();
  }
  if (request.method != Method::post) return not_allowed("PUT, POST");
  if (emulator.restore_snapshot(name)) return done();
  return error_response(404, "NotFound", "There is no snapshot \"" + name + "\".");
}

}  // namespace

std::optional<http::Response> control(const http::Request& request, Emulator& emulator) try {
  if (request.url.find("/_emulator") == std::string::npos) return std::nullopt;
  const auto url = http::Url::parse(request.url);
  if (!url || !url->path.starts_with("/_emulator/")) return std::nullopt;
  constexpr std::string_view snapshots = "/_emulator/snapshots/";
  if (url->path == "/_emulator/faults") return faults(request, emulator);
  if (url->path == "/_emulator/requests") return log(request, emulator);
  if (url->path == "/_emulator/seed") return seed(request, emulator);
  if (url->path == "/_emulator/options") return options(request, emulator);
  if (url->path == "/_emulator/principals") return principals(request, emulator);
  if (url->path == "/_emulator/clock") return clock(request, emulator);
  if (url->path == "/_emulator/reset") return reset(request, emulator);
  if (url->path.starts_with(snapshots))
    return snapshot(request, emulator, url->path.substr(snapshots.size()));
  return error_response(404, "NotFound", "There is nothing here.");
} catch (const FormatError& error) {
  return error_response(400, "BadRequest", error.info().message);
} catch (const std::invalid_argument& error) {
  return error_response(400, "BadRequest", error.what());
} catch (const std::exception& error) {
  // The store failed (disk full, I/O error); its transaction is undone.
  return error_response(500, "InternalServerError", error.what());
}

}  // namespace akv::emulator
