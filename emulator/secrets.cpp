#include "akv/emulator/secrets.hpp"

#include "akv/emulator/children.hpp"
#include "akv/emulator/key_vault_properties.hpp"
#include "akv/emulator/member_order.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/emulator/vault_life.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/redact.hpp"

#include <utility>

namespace akv::emulator {
namespace {

using json::Document;

constexpr std::string_view any_api_version = "9999-12-31";

void set_uris(const Call& call, const Resource& vault, const Child& secret, Document& properties) {
  const std::string uri = data_plane(vault) + "/secrets/" + secret.name;
  properties.set("secretUri", uri);
  properties.set("secretUriWithVersion", uri + "/" + new_version(call.random));
}

/// `stored` are the attributes of the version that is changed; null for a new version.
Document attributes_of(const Call& call, const Document& sent, const Document& stored,
                       std::int64_t created) {
  Document result = Document::object({{"enabled", stored["enabled"].bool_or(true)}});
  for (const char* name : {"enabled", "nbf", "exp"}) {
    if (const Document* old = stored.find(name)) result.set(name, *old);
    if (const Document* value = sent.find(name)) result.set(name, *value);
  }
  result.set("created", created);
  result.set("updated", epoch_seconds(call.now));
  return result;
}

http::Response save(const Call& call, const Resource& vault, Child& secret, const Document& body) {
  secret.body = body.dump();
  call.store.put_child(vault.id, secret);
  return answer(200, secret.body);
}

void set_tags(Document& body, const Document& sent) {
  if (const Document* tags = sent.find("tags")) body.set("tags", checked_tags(*tags));
  put_last(body, "properties");
}

/// Each PUT is a new version, and says nothing of what the one before was: 200 for the first, too.
http::Response put(Call& call) {
  const Resource vault = parent_of(call);
  const std::string_view name = call.path["secret"];
  check_object_name(name, "secretName");
  const Document sent = call.read_body(secret_properties());
  const Document& wanted = sent["properties"];
  if (!wanted.find("value")) throw errors::invalid_value("value");
  auto existing = find_child(call, vault.id, secret_collection, name);
  Child secret = existing ? *existing : new_child(vault.id, vault_type, secret_collection, name);

  Document properties = Document::object();
  if (const Document* type = wanted.find("contentType")) properties.set("contentType", *type);
  properties.set("attributes",
                 attributes_of(call, wanted["attributes"], {}, epoch_seconds(call.now)));
  set_uris(call, vault, secret, properties);
  Document body = Document::object({{"id", secret.id},
                                    {"name", secret.name},
                                    {"type", secret.type},
                                    {"location", vault.location}});
  set_tags(body, sent);
  body.set("properties", std::move(properties));
  return save(call, vault, secret, body);
}

http::Response patch(Call& call) {
  const Resource vault = parent_of(call);
  const Document sent = call.read_body(secret_properties());
  Child secret = need_child(call, vault, secret_collection, call.path["secret"]);
  const Document& wanted = sent["properties"];
  Document body = Document::parse(secret.body);
  set_tags(body, sent);
  Document& properties = body.set("properties");
  if (const Document* type = wanted.find("contentType")) properties.set("contentType", *type);
  const Document stored = properties["attributes"];
  properties.set("attributes", attributes_of(call, wanted["attributes"], stored,
                                             stored["created"].int_or(epoch_seconds(call.now))));
  // Only another value makes another version.
  if (wanted.find("value")) set_uris(call, vault, secret, properties);
  return save(call, vault, secret, body);
}

http::Response get(Call& call) {
  const Resource vault = parent_of(call);
  return answer(200, need_child(call, vault, secret_collection, call.path["secret"]).body);
}

http::Response list(Call& call) {
  const Resource vault = parent_of(call);
  return list_children(call, vault.id, std::string(vault_type) + "/secrets", as_stored);
}

constexpr std::string_view all =
    "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.KeyVault/vaults/"
    "{vault}/secrets";
constexpr std::string_view one =
    "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.KeyVault/vaults/"
    "{vault}/secrets/{secret}";
constexpr Route routes[] = {{http::Method::get, all, list},
                            {http::Method::get, one, get},
                            {http::Method::put, one, put},
                            {http::Method::patch, one, patch}};

}  // namespace

void forget_secret_value(Document& body) {
  Document* properties = body.find("properties");
  if (!properties || !properties->is_object()) return;
  std::erase_if(properties->as_object(),
                [](const json::Member& member) { return ascii::equal(member.name, "value"); });
}

bool is_secret_address(std::string_view url) {
  return ascii::lower(http::percent_decode(url)).find("/secrets") != std::string::npos;
}

std::string without_secret_value(std::string_view body) {
  if (body.empty()) return {};
  Content content = read_content(body, secret_properties(), any_api_version);
  if (!content.problem.empty()) return std::string(redact::mask);
  if (Document* properties = content.body.find("properties"))
    if (properties->find("value")) properties->set("value", redact::mask);
  return content.body.dump();
}

std::span<const Route> secret_routes() { return routes; }

}  // namespace akv::emulator
