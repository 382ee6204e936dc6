#include "akv/emulator/authorization_errors.hpp"
#include "akv/emulator/list_filter.hpp"
#include "akv/emulator/neighbour_properties.hpp"
#include "akv/emulator/paging.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/emulator/scopes.hpp"
#include "akv/mgmt/core/ascii.hpp"

#include <utility>

namespace akv::emulator {
namespace {

using json::Document;

constexpr std::size_t max_lock_name = 260, max_notes = 512;

std::string lock_id(const Call& call, const std::string& scope) {
  return extension_id(scope, lock_type, call.path["lock"]);
}

std::string checked_level(const Document& sent) {
  for (const char* level : {"NotSpecified", "CanNotDelete", "ReadOnly"})
    if (ascii::equal(sent["level"].string_or(), level)) return level;
  throw errors::bad_lock("Its level must be 'CanNotDelete' or 'ReadOnly'.");
}

void check_name(std::string_view name) {
  if (name.size() > max_lock_name)
    throw errors::bad_lock("Its name is longer than " + std::to_string(max_lock_name) + " bytes.");
  if (name.find_first_of("<>%&\\?/") != name.npos)
    throw errors::bad_lock("Its name must not hold any of <, >, %, &, \\, ?, /.");
}

http::Response put(Call& call) {
  const std::string scope = scope_of(call);
  check_name(call.path["lock"]);
  const Document body = call.read_body(lock_properties());
  Document properties = body["properties"];
  const std::string level = checked_level(properties);
  if (properties["notes"].string_or().size() > max_notes)
    throw errors::bad_lock("Its notes are longer than " + std::to_string(max_notes) + " bytes.");
  properties.set("level", level);

  ExtensionStore extensions(call.store);
  const auto existing = extensions.find(lock_id(call, scope));
  const Document before = existing ? Document::parse(existing->body) : Document();
  Extension lock{.id = existing ? existing->id : lock_id(call, scope),
                 .type = std::string(lock_type),
                 .scope = scope,
                 .name = existing ? existing->name : std::string(call.path["lock"]),
                 .detail = level};
  lock.body = Document::object({{"properties", std::move(properties)},
                                {"id", lock.id},
                                {"type", lock_type},
                                {"name", lock.name},
                                {"systemData", touched(call, before["systemData"])}})
                  .dump();
  extensions.put(lock);
  return answer(existing ? 200 : 201, std::move(lock.body));
}

http::Response get(Call& call) {
  auto lock = ExtensionStore(call.store).find(lock_id(call, scope_of(call)));
  if (!lock) throw errors::lock_not_found(call.path["lock"]);
  return answer(200, std::move(lock->body));
}

http::Response remove(Call& call) {
  ExtensionStore extensions(call.store);
  const auto lock = extensions.find(lock_id(call, scope_of(call)));
  if (!lock) return answer(204);
  extensions.remove(lock->id);
  return answer(200);
}

/// At the scope and below it; with atScope() at the scope and above.
http::Response list(Call& call) {
  const std::string scope = scope_key(scope_of(call));
  const bool above = ListFilter::of(call, {"atscope()"}).has("atscope()");
  Page page(call, LastPage::full);
  ExtensionStore(call.store)
      .scan(lock_type, page.after(), [&](const std::string& key, const Extension& lock) {
        const std::string at = scope_key(lock.scope);
        const bool taken = above ? covers(at, scope) : covers(scope, at);
        return !taken || page.add(key, lock.body);
      });
  return std::move(page).response();
}

constexpr std::string_view versions[] = {"2015-01-01", "2016-09-01", "2017-04-01", "2020-05-01"};
constexpr std::string_view all = "/{scope*}/providers/Microsoft.Authorization/locks";
constexpr std::string_view one = "/{scope*}/providers/Microsoft.Authorization/locks/{lock}";
constexpr Route routes[] = {
    {.method = http::Method::put, .pattern = one, .handler = put, .api_versions = versions},
    {.method = http::Method::get, .pattern = one, .handler = get, .api_versions = versions},
    {.method = http::Method::del, .pattern = one, .handler = remove, .api_versions = versions},
    {.method = http::Method::get, .pattern = all, .handler = list, .api_versions = versions}};

}  // namespace

std::span<const Route> lock_routes() { return routes; }

}  // namespace akv::emulator
