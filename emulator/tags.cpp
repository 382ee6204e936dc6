#include "akv/emulator/tags.hpp"

#include "akv/emulator/member_order.hpp"
#include "akv/emulator/neighbour_properties.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/emulator/scopes.hpp"
#include "akv/emulator/slow_writes.hpp"
#include "akv/emulator/vault_life.hpp"
#include "akv/emulator/vault_rules.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/resource_id.hpp"

#include <algorithm>

namespace akv::emulator {
namespace {

using json::Document;

/// One thing that has tags, as it is stored.
class Tagged {
 public:
  /// What the route's scope names. Throws Refusal where nothing is there, or nothing with tags.
  explicit Tagged(const Call& call) : call_(call), scope_(scope_of(call)) {
    if (scope_.empty()) throw errors::missing_subscription();
    if (call.group.name.empty()) return;
    if (scope_.size() == resource_group_id(call.subscription.id, call.group.name).size()) {
      group_ = call.group;
      return;
    }
    resource_ = call.store.resource(scope_);
    if (!resource_)
      throw errors::resource_not_found(ResourceId::parse(scope_)->type(), call.group.name);
  }

  const std::string& scope() const { return scope_; }

  Document tags() const {
    if (resource_) return object(Document::parse(resource_->body)["tags"]);
    if (group_) return object(Document::parse(group_->body)["tags"]);
    return subscription_tags(call_.store, call_.subscription.id);
  }

  void set(const Document& tags) {
    check_tags(tags);
    if (resource_) return set_on_resource(tags);
    if (group_) return set_on_group(tags);
    const std::string id = extension_id(scope_, tags_type, "default");
    ExtensionStore(call_.store)
        .put({.id = id,
              .type = std::string(tags_type),
              .scope = scope_,
              .name = "default",
              .body = tags.dump()});
  }

 private:
  static Document object(const Document& tags) {
    return tags.is_object() ? tags : Document::object();
  }

  void set_on_resource(const Document& tags) {
    if (ascii::equal(resource_->type, vault_type) || ascii::equal(resource_->type, hsm_type))
      begin_write(call_, *resource_);
    Document body = Document::parse(resource_->body);
    body.set("tags", tags);
    touch(call_, body);
    put_last(body, "properties");
    resource_->body = body.dump();
    resource_->summary = summary_of(body, resource_->location);
    call_.store.put_resource(*resource_);
  }

  void set_on_group(const Document& tags) {
    Document body = Document::parse(group_->body);
    body.erase("tags");
    if (tags.size()) body.set("tags", tags);
    put_last(body, "properties");
    group_->body = body.dump();
    call_.store.put_group(*group_);
  }

  const Call& call_;
  std::string scope_;
  std::optional<Group> group_;
  std::optional<Resource> resource_;
};

Document shown(const Tagged& tagged) {
  return Document::object({{"id", extension_id(tagged.scope(), tags_type, "default")},
                           {"name", "default"},
                           {"type", tags_type},
                           {"properties", Document::object({{"tags", tagged.tags()}})}});
}

/// A tag's name compares without case, its value does not.
json::Member* find_tag(Document& tags, std::string_view name) {
  auto& members = tags.as_object();
  const auto found = std::find_if(members.begin(), members.end(), [&](const json::Member& member) {
    return ascii::equal(member.name, name);
  });
  return found == members.end() ? nullptr : &*found;
}

Document merged(Document tags, const Document& sent) {
  for (const json::Member& tag : sent.as_object()) {
    if (json::Member* known = find_tag(tags, tag.name))
      known->value = tag.value;
    else
      tags.set(tag.name, tag.value);
  }
  return tags;
}

/// An empty value takes the tag away whatever its value is.
Document without(Document tags, const Document& sent) {
  for (const json::Member& tag : sent.as_object()) {
    const json::Member* known = find_tag(tags, tag.name);
    if (known && (tag.value.string_or().empty() || known->value == tag.value))
      tags.erase(std::string(known->name));
  }
  return tags;
}

Document sent_tags(const Document& body) {
  const Document& tags = body["properties"]["tags"];
  return tags.is_object() ? tags : Document::object();
}

http::Response get(Call& call) { return answer(200, shown(Tagged(call))); }

http::Response put(Call& call) {
  Tagged tagged(call);
  tagged.set(sent_tags(call.read_body(tags_properties())));
  return answer(200, shown(tagged));
}

http::Response patch(Call& call) {
  Tagged tagged(call);
  const Document body = call.read_body(tags_properties());
  const Document sent = sent_tags(body);
  const std::string_view operation = body["operation"].string_or();
  if (ascii::equal(operation, "Merge"))
    tagged.set(merged(tagged.tags(), sent));
  else if (ascii::equal(operation, "Replace"))
    tagged.set(sent);
  else if (ascii::equal(operation, "Delete"))
    tagged.set(without(tagged.tags(), sent));
  else
    throw errors::invalid_request_content("The operation must be 'Merge', 'Replace' or 'Delete'.");
  return answer(200, shown(tagged));
}

http::Response remove(Call& call) {
  Tagged(call).set(Document::object());
  return answer(200);
}

constexpr std::string_view one = "/{scope*}/providers/Microsoft.Resources/tags/default";
constexpr Route routes[] = {{http::Method::get, one, get},
                            {http::Method::put, one, put},
                            {http::Method::patch, one, patch},
                            {http::Method::del, one, remove}};

}  // namespace

Document subscription_tags(Store& store, std::string_view subscription) {
  const std::string scope = "/subscriptions/" + std::string(subscription);
  const auto stored = ExtensionStore(store).find(extension_id(scope, tags_type, "default"));
  return stored ? Document::parse(stored->body) : Document::object();
}

std::span<const Route> tag_routes() { return routes; }

}  // namespace akv::emulator
