#include "akv/emulator/access.hpp"

#include "akv/emulator/built_in_roles.hpp"
#include "akv/mgmt/core/ascii.hpp"

#include <algorithm>
#include <map>

namespace akv::emulator {
namespace {

using json::Document;

/// `*` takes any text, also none. Goes back to the last `*` only, so it is never slow.
bool glob(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && ascii::to_lower(pattern[p]) == ascii::to_lower(text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool any_matches(const Document& patterns, std::string_view action) {
  return patterns.is_array() && std::any_of(patterns.as_array().begin(), patterns.as_array().end(),
                                            [&](const Document& pattern) {
                                              return action_matches(pattern.string_or(), action);
                                            });
}

/// NotActions take from the actions beside them, not from other roles.
bool permits(const Document& permission, std::string_view action) {
  return any_matches(permission["actions"], action) &&
         !any_matches(permission["notActions"], action);
}

/// The permissions of all built-in roles, made once; lives as long as the program.
std::shared_ptr<const Document> built_in_permissions(const BuiltInRole& role) {
  using Table = std::map<std::string_view, std::shared_ptr<const Document>>;
  static const Table& table = *[] {
    auto* all = new Table;
    for (const BuiltInRole& each : built_in_roles())
      (*all)[each.id] =
          std::make_shared<const Document>(shown_role(each)["properties"]["permissions"]);
    return all;
  }();
  return table.at(role.id);
}

std::string join(const std::vector<std::string>& segments, std::size_t count) {
  std::string path;
  for (std::size_t i = 0; i < count; ++i) path += "/" + segments[i];
  return path;
}

const char* verb_of(const Route& route) {
  switch (route.method) {
    case http::Method::get:
    case http::Method::head:
      return "/read";
    case http::Method::del:
      return "/delete";
    default:
      return "/write";
  }
}

}  // namespace

bool action_matches(std::string_view pattern, std::string_view action) {
  if (glob(pattern, action)) return true;
  const auto middle = pattern.find("/*/");
  if (middle == pattern.npos) return false;
  std::string shorter(pattern);
  shorter.erase(middle, 2);
  return glob(shorter, action);
}

Target target_of(const Route& route, const Provider& provider,
                 const std::vector<std::string>& segments) {
  Target target;
  const bool arm = provider.name_space.empty();
  // `SCOPE/providers/NS/register` is NS's own action, all else is ARM's.
  const std::size_t count = segments.size();
  if (arm && route.method == http::Method::post && count >= 3 &&
      ascii::equal(segments[count - 3], "providers"))
    return {.action = segments[count - 2] + "/" + segments[count - 1] + "/action",
            .scope = join(segments, count - 3)};

  std::size_t first = 0;  // of the types: type, name, type, name…
  target.action = "Microsoft.Resources";
  if (!arm) {
    for (std::size_t i = 0; i + 1 < segments.size(); ++i)
      if (ascii::equal(segments[i], "providers")) first = i + 2;
    target.action = segments[first - 1];
  }
  // Also `…/providers/NS` ends in a name.
  const std::size_t types = segments.size() - first;
  const bool ends_in_type = types % 2 == 1;
  for (std::size_t i = first; i < segments.size(); i += 2) target.action += "/" + segments[i];
  target.scope = join(segments, segments.size());
  if (!ends_in_type) {
    target.action += verb_of(route);
    return target;
  }
  const bool asks = route.counts_as_read || route.method == http::Method::get;
  target.is_list = route.method == http::Method::get;
  target.action += asks ? "/read" : "/action";
  // What is listed, or asked for, lies in what the path says before the type.
  const std::size_t above = types == 1 && !arm ? first - 2 : segments.size() - 1;
  target.scope = join(segments, above);
  return target;
}

Access::Access(Store& store, std::string_view object_id, SystemTime now) {
  for (const HeldRole& held : store.roles_of(object_id)) {
    if (held.since > now) continue;
    Grant grant{.scope = held.scope_key, .conditional = held.conditional};
    if (const BuiltInRole* role = find_built_in_role(held.role)) {
      grant.permissions = built_in_permissions(*role);
    } else if (const auto own = ExtensionStore(store).named(role_definition_type, held.role)) {
      grant.permissions =
          std::make_shared<const Document>(Document::parse(own->body)["properties"]["permissions"]);
    }
    if (grant.permissions) grants_.push_back(std::move(grant));
  }
}

bool Access::granted(std::string_view action, std::string_view scope, bool unconditionally) const {
  const std::string key = scope_key(scope);
  for (const Grant& grant : grants_) {
    if (!covers(grant.scope, key) || (unconditionally && grant.conditional)) continue;
    if (!grant.permissions->is_array()) continue;
    for (const Document& permission : grant.permissions->as_array())
      if (permits(permission, action) && !(unconditionally && permission.find("condition")))
        return true;
  }
  return false;
}

bool Access::may(std::string_view action, std::string_view scope) const {
  return granted(action, scope, false);
}

bool Access::may_unconditionally(std::string_view action, std::string_view scope) const {
  return granted(action, scope, true);
}

bool Access::touches(std::string_view scope) const {
  const std::string key = scope_key(scope);
  return std::any_of(grants_.begin(), grants_.end(), [&](const Grant& grant) {
    return covers(grant.scope, key) || covers(key, grant.scope);
  });
}

Document Access::permissions(std::string_view scope) const {
  const std::string key = scope_key(scope);
  Document list = Document::array();
  for (const Grant& grant : grants_)
    if (covers(grant.scope, key) && grant.permissions->is_array())
      for (const Document& permission : grant.permissions->as_array()) list.push_back(permission);
  return list;
}

std::optional<Document> find_role(ExtensionStore& extensions, std::string_view tenant,
                                  std::string_view id) {
  if (const BuiltInRole* role = find_built_in_role(id); role && ascii::equal(role->id, id))
    return shown_role(*role);
  const auto own = extensions.named(role_definition_type, id);
  if (!own || !ascii::equal(own->detail, tenant)) return std::nullopt;
  return Document::parse(own->body);
}

}  // namespace akv::emulator
