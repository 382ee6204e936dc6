#include "akv/emulator/microsoft_graph.hpp"

#include "akv/emulator/detail/wire_format.hpp"
#include "akv/emulator/known_properties.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/time.hpp"
#include "akv/mgmt/json/document.hpp"

#include <utility>

namespace akv::emulator {
namespace {

using json::Document;
using Application = TokenService::Application;

constexpr std::string_view root = "/v1.0/";
constexpr std::size_t max_ids = 1000;

http::Response reply(int status, const Document& body) {
  return {.status = status,
          .headers = {{"Content-Type",
                       "application/json;odata.metadata=minimal;odata.streaming=true;"
                       "IEEE754Compatible=false;charset=utf-8"},
                      {"Cache-Control", "no-cache"}},
          .body = body.dump()};
}

/// Makes Graph's errors for one request.
class Errors {
 public:
  Errors(Clock::SystemTime now, RandomSource& random)
      : date_(time::format_rfc3339(now)), id_(new_uuid(random)) {
    date_.pop_back();  // without the Z
  }
  http::Response operator()(int status, const char* code, const std::string& message) const {
    return reply(
        status,
        Document::object(
            {{"error",
              Document::object(
                  {{"code", code},
                   {"message", message},
                   {"innerError", Document::object({{"date", date_}, {"request-id", id_}})}})}}));
  }

 private:
  std::string date_, id_;
};

Document shown(const Application& principal) {
  if (principal.is_user)
    return Document::object({{"@odata.type", "#microsoft.graph.user"},
                             {"id", principal.object_id},
                             {"displayName", principal.name},
                             {"userPrincipalName", principal.name}});
  return Document::object({{"@odata.type", "#microsoft.graph.servicePrincipal"},
                           {"id", principal.object_id},
                           {"appId", principal.client_id},
                           {"displayName", principal.name},
                           {"servicePrincipalNames", Document::array({principal.client_id})},
                           {"servicePrincipalType", "Application"}});
}

/// The text between `before` and `'` + `after`, where the filter is just that.
std::optional<std::string> between(std::string_view filter, std::string_view before,
                                   std::string_view after) {
  if (!filter.starts_with(before)) return std::nullopt;
  filter.remove_prefix(before.size());
  const auto end = filter.find('\'');
  if (end == filter.npos || filter.substr(end + 1) != after) return std::nullopt;
  return std::string(filter.substr(0, end));
}

/// The principals of that kind that a filter names, or why there is no answer.
http::Response filtered(const http::Url& url, const TokenService& tokens, const Caller& caller,
                        bool users, const Errors& errors) {
  const std::string filter = http::query_parameter(url.query, "$filter").value_or("");
  auto id = users ? between(filter, "userPrincipalName eq '", "")
                  : between(filter, "servicePrincipalNames/any(c:c eq '", ")");
  if (!id && !users) id = between(filter, "appId eq '", "");
  if (!id)
    return errors(400, "Request_UnsupportedQuery",
                  "Unsupported or invalid query filter clause specified. The emulator knows "
                  "servicePrincipalNames/any(c:c eq '…'), appId eq '…' and userPrincipalName eq "
                  "'…' only.");
  Document value = Document::array();
  if (const auto found = tokens.principal(caller.tenant_id, *id); found && found->is_user == users)
    value.push_back(shown(*found));
  return reply(200,
               Document::object({{"@odata.context", shown_origin(url) + "/v1.0/$metadata#" +
                                                        (users ? "users" : "servicePrincipals")},
                                 {"value", std::move(value)}}));
}

http::Response by_ids(const http::Request& request, const TokenService& tokens,
                      const Caller& caller, const Errors& errors) {
  constexpr Property known[] = {{"ids", Kind::texts}, {"types", Kind::texts}};
  const Content content = request.body.size() > TokenService::max_form
                              ? Content{.problem = "it is too large"}
                              : read_content(request.body, known, "1.0");
  if (!content.problem.empty())
    return errors(400, "BadRequest", "Unable to read JSON request payload: " + content.problem);
  const Document& ids = content.body["ids"];
  if (ids.size() > max_ids)
    return errors(400, "Request_BadRequest",
                  "ids holds more than the maximum of " + std::to_string(max_ids) + ".");
  Document value = Document::array();
  if (ids.is_array())
    for (const Document& id : ids.as_array())
      if (const auto found = tokens.principal(caller.tenant_id, id.string_or()))
        value.push_back(shown(*found));
  return reply(200, Document::object({{"value", std::move(value)}}));
}

http::Response me(const TokenService& tokens, const Caller& caller, const Errors& errors) {
  if (!caller.is_user)
    return errors(400, "BadRequest",
                  "/me request is only valid with delegated authentication flow.");
  return reply(200, shown(*tokens.principal(caller.tenant_id, caller.object_id)));
}

}  // namespace

bool is_microsoft_graph(const http::Url& url) { return ascii::starts_with(url.path, root); }

http::Response microsoft_graph(const http::Request& request, const TokenService& tokens,
                               Clock::SystemTime now, RandomSource& random) {
  const Errors errors(now, random);
  auto signed_in = tokens.authenticate(request.headers, now, Audience::graph);
  if (const auto* refused = std::get_if<http::Response>(&signed_in)) {
    const Document body = Document::parse(refused->body);
    return errors(401, "InvalidAuthenticationToken",
                  std::string(body["error"]["message"].string_or()));
  }
  const Caller& caller = std::get<Caller>(signed_in);
  const http::Url url = *http::Url::parse(request.url);
  const std::string what = ascii::lower(url.path.substr(root.size()));
  const bool reads = request.method == http::Method::get;
  if (reads && what == "me") return me(tokens, caller, errors);
  if (reads && what == "serviceprincipals") return filtered(url, tokens, caller, false, errors);
  if (reads && what == "users") return filtered(url, tokens, caller, true, errors);
  if (request.method == http::Method::post && what == "directoryobjects/getbyids")
    return by_ids(request, tokens, caller, errors);
  for (std::string_view kind : {"serviceprincipals/", "users/", "directoryobjects/"}) {
    if (!reads || !what.starts_with(kind)) continue;
    const auto found =
        tokens.principal(caller.tenant_id, http::percent_decode(what.substr(kind.size())));
    if (found && (kind[0] != 'u' || found->is_user) && (kind[0] != 's' || !found->is_user))
      return reply(200, shown(*found));
    return errors(404, "Request_ResourceNotFound",
                  "Resource does not exist or one of its queried reference-property objects are "
                  "not present.");
  }
  return errors(400, "BadRequest", "The emulator has no such part of Microsoft Graph.");
}

}  // namespace akv::emulator
