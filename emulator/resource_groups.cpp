#include "akv/emulator/resource_groups.hpp"

#include "akv/emulator/jobs.hpp"
#include "akv/emulator/list_filter.hpp"
#include "akv/emulator/member_order.hpp"
#include "akv/emulator/paging.hpp"
#include "akv/emulator/regions.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/emulator/vault_life.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/resource_id.hpp"

#include <utility>

namespace akv::emulator {
namespace {

using json::Document;

constexpr std::size_t max_name = 90;

/// Letters and digits of any script: everything beyond ASCII counts as a letter.
bool may_stand_in_name(char c) {
  const char lower = ascii::to_lower(c);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80 ||
         std::string_view("-.()_").find(c) != std::string_view::npos;
}

void check_name(std::string_view name) {
  std::string invalid;
  std::size_t characters = 0;
  for (char c : name) {
    if (!may_stand_in_name(c) && invalid.find(c) == invalid.npos) invalid += c;
    // A continuation byte is no character of its own.
    if ((static_cast<unsigned char>(c) & 0xc0U) != 0x80) ++characters;
  }
  if (!invalid.empty()) throw errors::invalid_group_name(name, invalid);
  if (characters > max_name) throw errors::group_name_too_long(name, max_name);
  if (name.ends_with('.')) throw errors::group_name_ends_with_period(name);
}

std::optional<Group> find(const Call& call) {
  check_name(call.path["group"]);
  return call.store.group(call.subscription.id, call.path["group"]);
}

Group need(const Call& call) {
  auto group = find(call);
  if (!group) throw errors::group_not_found(call.path["group"]);
  return std::move(*group);
}

void refuse_while_deleted(const Group& group) {
  if (!group.deleted_by.empty()) throw errors::group_being_deleted(group.name);
}

void set_tags(Document& body, const Document& tags) {
  check_tags(tags);
  // A group without tags has no such member.
  body.erase("tags");
  if (tags.size()) body.set("tags", tags);
}

http::Response put(Call& call) {
  auto existing = find(call);
  const Document sent = call.read_body(group_properties());
  const std::string_view location = sent["location"].string_or();
  if (location.empty()) throw errors::location_required();
  if (!is_region(location)) throw errors::group_location_unknown(location);
  Group group{.subscription = call.subscription.id,
              .name = std::string(call.path["group"]),
              .location = short_region(location)};
  if (existing) {
    refuse_while_deleted(*existing);
    if (existing->location != group.location)
      throw errors::group_elsewhere(location, existing->location);
    group = *existing;
  }
  Document body = Document::object({{"id", resource_group_id(group.subscription, group.name)},
                                    {"name", group.name},
                                    {"type", "Microsoft.Resources/resourceGroups"},
                                    {"location", group.location}});
  if (const Document* owner = sent.find("managedBy")) body.set("managedBy", *owner);
  set_tags(body, sent["tags"]);
  body.set("properties", Document::object({{"provisioningState", "Succeeded"}}));
  group.body = body.dump();
  call.store.put_group(group);
  return answer(existing ? 200 : 201, std::move(group.body));
}

http::Response patch(Call& call) {
  Group group = need(call);
  refuse_while_deleted(group);
  const Document sent = call.read_body(group_properties());
  Document body = Document::parse(group.body);
  if (const Document* tags = sent.find("tags")) set_tags(body, *tags);
  if (const Document* owner = sent.find("managedBy")) body.set("managedBy", *owner);
  put_last(body, "properties");
  group.body = body.dump();
  call.store.put_group(group);
  return answer(200, std::move(group.body));
}

http::Response get(Call& call) { return answer(200, shown_group(need(call))); }

http::Response head(Call& call) {
  need(call);
  return answer(204);
}

http::Response remove(Call& call) {
  Group group = need(call);
  if (group.deleted_by.empty()) {
    group.deleted_by = start_job(call, JobKind::delete_group, group.name);
    call.store.put_group(group);
  }
  return job_accepted(
      call, JobKind::delete_group,
      "/subscriptions/" + call.subscription.id + "/operationresults/" + group.deleted_by);
}

http::Response list(Call& call) {
  const ListFilter filter = ListFilter::of(call, {"tagname", "tagvalue", "name", "location"});
  // The keys of this list are names, the rights are at ids.
  const std::string action = std::exchange(call.list_action, {});
  Page page(call, LastPage::full);
  call.store.scan_groups(call.subscription.id, page.after(), [&](const Group& group) {
    if (!action.empty() &&
        !call.access.may(action, resource_group_id(group.subscription, group.name)))
      return true;
    if (filter.wants_tags() && !filter.takes_tags(Document::parse(group.body)["tags"])) return true;
    if (!filter.takes("name", group.name) || !filter.takes("location", group.location)) return true;
    return page.add(ascii::lower(group.name), shown_group(group));
  });
  return std::move(page).response();
}

constexpr std::string_view one = "/subscriptions/{subscription}/resourcegroups/{group}";
constexpr Route routes[] = {
    {http::Method::get, "/subscriptions/{subscription}/resourcegroups", list},
    {http::Method::put, one, put},
    {http::Method::patch, one, patch},
    {http::Method::get, one, get},
    {http::Method::head, one, head},
    {http::Method::del, one, remove}};

}  // namespace

std::string shown_group(const Group& group) {
  if (group.deleted_by.empty()) return group.body;
  Document body = Document::parse(group.body);
  body.set("properties").set("provisioningState", "Deleting");
  return body.dump();
}

std::span<const Route> resource_group_routes() { return routes; }

}  // namespace akv::emulator
