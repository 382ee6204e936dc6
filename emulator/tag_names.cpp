#include "akv/emulator/extension_store.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/emulator/scopes.hpp"
#include "akv/emulator/tags.hpp"
#include "akv/mgmt/core/ascii.hpp"

#include <map>

namespace akv::emulator {
namespace {

using json::Document;

constexpr std::string_view tag_name_type = "Microsoft.Resources/tagNames";
constexpr std::size_t max_name = 512, max_value = 256;

/// How often each value is used; in the order of the keys.
struct Use {
  std::string name;  ///< In its first spelling.
  int count = 0;
  std::map<std::string, int> values;
};
using Uses = std::map<std::string, Use>;  // by lower-case name

Document counted(int count) { return Document::object({{"type", "Total"}, {"value", count}}); }

std::string base_id(const Call& call, std::string_view name) {
  return "/subscriptions/" + call.subscription.id + "/tagNames/" + std::string(name);
}

Document shown_value(const Call& call, std::string_view name, std::string_view value, int count) {
  return Document::object({{"id", base_id(call, name) + "/tagValues/" + std::string(value)},
                           {"tagValue", value},
                           {"count", counted(count)}});
}

Document shown(const Call& call, const Use& use) {
  Document values = Document::array();
  for (const auto& [value, count] : use.values)
    values.push_back(shown_value(call, use.name, value, count));
  return Document::object({{"id", base_id(call, use.name)},
                           {"tagName", use.name},
                           {"count", counted(use.count)},
                           {"values", std::move(values)}});
}

void count(Uses& uses, const Document& tags) {
  if (!tags.is_object()) return;
  for (const json::Member& tag : tags.as_object()) {
    Use& use = uses[ascii::lower(tag.name)];
    if (use.name.empty()) use.name = tag.name;
    ++use.count;
    ++use.values[std::string(tag.value.string_or())];
  }
}

/// What was defined ahead, and what groups and resources have.
Uses uses_in(const Call& call) {
  Uses uses;
  const std::string whole = "/subscriptions/" + call.subscription.id;
  for (const Extension& defined : ExtensionStore(call.store).at(tag_name_type, whole)) {
    Use& use = uses[ascii::lower(defined.name)];
    use.name = defined.name;
    const Document values = Document::parse(defined.body);
    for (const Document& value : values.as_array()) use.values[std::string(value.string_or())];
  }
  count(uses, subscription_tags(call.store, call.subscription.id));
  call.store.scan_groups(call.subscription.id, {}, [&](const Group& group) {
    count(uses, Document::parse(group.body)["tags"]);
    return true;
  });
  call.store.scan_below(whole, {}, [&](const Store::Row& row) {
    count(uses, Document::parse(row.summary)["tags"]);
    return true;
  });
  return uses;
}

http::Response list(Call& call) {
  Document value = Document::array();
  for (const auto& [key, use] : uses_in(call)) value.push_back(shown(call, use));
  return answer(200, Document::object({{"value", std::move(value)}}));
}

Extension defined_or_new(const Call& call) {
  const std::string whole = "/subscriptions/" + call.subscription.id;
  const std::string_view name = call.path["tag"];
  if (name.size() > max_name)
    throw errors::invalid_request_content("A tag's name has at most 512 characters.");
  const std::string id = extension_id(whole, tag_name_type, name);
  if (auto found = ExtensionStore(call.store).find(id)) return std::move(*found);
  return {.id = id,
          .type = std::string(tag_name_type),
          .scope = whole,
          .name = std::string(name),
          .body = "[]"};
}

bool is_defined(const Call& call, const Extension& tag) {
  return ExtensionStore(call.store).find(tag.id).has_value();
}

http::Response put(Call& call) {
  const Extension tag = defined_or_new(call);
  const bool is_new = !is_defined(call, tag);
  if (is_new) ExtensionStore(call.store).put(tag);
  return answer(is_new ? 201 : 200, shown(call, uses_in(call)[ascii::lower(tag.name)]));
}

http::Response remove(Call& call) {
  const Extension tag = defined_or_new(call);
  if (!is_defined(call, tag)) return answer(204);
  ExtensionStore(call.store).remove(tag.id);
  return answer(200);
}

/// The values of a tag without this one; whether it was there goes to `found`.
Document others(const Extension& tag, std::string_view value, bool& found) {
  Document rest = Document::array();
  found = false;
  const Document values = Document::parse(tag.body);
  for (const Document& each : values.as_array()) {
    if (each.string_or() == value)
      found = true;
    else
      rest.push_back(each);
  }
  return rest;
}

http::Response put_value(Call& call) {
  Extension tag = defined_or_new(call);
  const std::string_view value = call.path["value"];
  if (value.size() > max_value)
    throw errors::invalid_request_content("A tag's value has at most 256 characters.");
  bool found = false;
  Document values = others(tag, value, found);
  values.push_back(value);
  tag.body = values.dump();
  ExtensionStore(call.store).put(tag);
  return answer(found ? 200 : 201, shown_value(call, tag.name, value, 0));
}

http::Response remove_value(Call& call) {
  Extension tag = defined_or_new(call);
  bool found = false;
  const Document values = others(tag, call.path["value"], found);
  if (!found) return answer(204);
  tag.body = values.dump();
  ExtensionStore(call.store).put(tag);
  return answer(200);
}

constexpr std::string_view one = "/subscriptions/{subscription}/tagNames/{tag}";
constexpr std::string_view value = "/subscriptions/{subscription}/tagNames/{tag}/tagValues/{value}";
constexpr Route routes[] = {{http::Method::get, "/subscriptions/{subscription}/tagNames", list},
                            {http::Method::put, one, put},
                            {http::Method::del, one, remove},
                            {http::Method::put, value, put_value},
                            {http::Method::del, value, remove_value}};

}  // namespace

std::span<const Route> tag_name_routes() { return routes; }

}  // namespace akv::emulator
