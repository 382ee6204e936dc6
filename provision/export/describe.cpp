#include "akv/provision/export/describe.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/export/describe_network.hpp"
#include "akv/provision/export/describe_policies.hpp"
#include "akv/provision/export/sentences.hpp"
#include "akv/provision/kinds/mark.hpp"
#include "akv/provision/kinds/vault_documents.hpp"
#include "akv/provision/manifest/checks.hpp"
#include "akv/provision/manifest/yaml_text.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace akv::exporting {
namespace {

using json::Document;
using manifest::yaml::scalar;

// A key of a YAML map may have 1,024 bytes.
constexpr std::size_t longest_key = 1000;
constexpr std::size_t most_tags = 50;

void add_part(Estate& estate, Object& object, std::string_view path, TextId value, bool optional) {
  object.parts.push_back(
      {estate.texts.add(path), estate.texts.add(ascii::lower(path)), value, optional});
}

void add_value(Estate& estate, Object& object, std::string_view path, std::string_view yaml,
               bool optional = false) {
  add_part(estate, object, path, estate.texts.add(yaml), optional);
}

void cannot_write(Estate& estate, Object& object, std::string_view path, std::string_view why) {
  add_part(estate, object, path, no_text, false);
  object.comments.push_back(sentence({path, " is left alone: ", why}));
}

/// The part of a fault that says what is wrong: `WHAT; INSTEAD`.
std::string_view what_of(std::string_view fault) { return fault.substr(0, fault.rfind("; ")); }

/// What keeps a tag out of a manifest; empty where nothing does.
std::string fault_of_tag(const json::Member& tag, bool stands_twice, bool has_room) {
  if (std::string fault = manifest::check_tag_name(tag.name); !fault.empty())
    return std::string(what_of(fault));
  if (stands_twice) return "its name stands there twice";
  if (!tag.value.is_string()) return "its value is no text";
  if (std::string fault = manifest::check_tag_value(tag.value.as_string()); !fault.empty())
    return std::string(what_of(fault));
  if (scalar(tag.name).size() > longest_key) return "its name is too long for a key of YAML";
  if (!has_room) return "a manifest has room for 50, those of akv counted";
  return {};
}

void add_tags(Estate& estate, Object& object, const Document& raw, bool is_protected) {
  const Document tags = kinds::foreign_tags(raw);
  std::vector<const json::Member*> sorted;
  for (const json::Member& tag : tags.as_object()) sorted.push_back(&tag);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto* a, const auto* b) { return ascii::less(a->name, b->name); });
  const std::size_t room = most_tags - (is_protected ? 2 : 1);
  std::size_t written = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const json::Member& tag = *sorted[i];
    const bool stands_twice = i > 0 && ascii::equal(sorted[i - 1]->name, tag.name);
    const std::string fault = fault_of_tag(tag, stands_twice, written < room);
    const std::string path = "tags." + tag.name;
    if (fault.empty()) {
      add_value(estate, object, path, scalar(tag.value.as_string()));
      ++written;
    } else if (stands_twice) {
      // A part of that key is there.
      object.comments.push_back(sentence({path, " is left alone: ", fault}));
    } else {
      cannot_write(estate, object, path, fault);
    }
  }
}

void add_checked(Estate& estate, Object& object, std::string_view path, std::string_view value,
                 std::string (*check)(std::string_view), bool optional) {
  const std::string fault = check(value);
  if (fault.empty())
    add_value(estate, object, path, scalar(value), optional);
  else
    cannot_write(estate, object, path, what_of(fault));
}

void add_word(Estate& estate, Object& object, std::string_view path, std::string_view value,
              std::initializer_list<std::string_view> words, bool optional) {
  if (std::find(words.begin(), words.end(), value) != words.end())
    add_value(estate, object, path, value, optional);
  else
    cannot_write(estate, object, path,
                 sentence({"a manifest has no word for ", manifest::yaml::literal(value)}));
}

void add_switches(Estate& estate, Object& object, const Document& usual) {
  for (const std::string_view name :
       {"enabledForDeployment", "enabledForDiskEncryption", "enabledForTemplateDeployment"}) {
    const bool on = usual[name].bool_or(false);
    add_value(estate, object, name, on ? "true" : "false", !on);
  }
}

// The members of a live vault that a manifest says, and those that say nothing to wish for.
constexpr std::array known_members{
    std::string_view("sku"),
    std::string_view("tenantId"),
    std::string_view("accessPolicies"),
    std::string_view("enabledForDeployment"),
    std::string_view("enabledForDiskEncryption"),
    std::string_view("enabledForTemplateDeployment"),
    std::string_view("enableSoftDelete"),
    std::string_view("softDeleteRetentionInDays"),
    std::string_view("enableRbacAuthorization"),
    std::string_view("enablePurgeProtection"),
    std::string_view("networkAcls"),
    std::string_view("publicNetworkAccess"),
    std::string_view("vaultUri"),
    std::string_view("provisioningState"),
    std::string_view("createMode"),
    std::string_view("privateEndpointConnections"),
    std::string_view("hsmPoolResourceId"),
};
constexpr std::array known_around{
    std::string_view("id"),   std::string_view("name"),       std::string_view("type"),
    std::string_view("etag"), std::string_view("systemData"), std::string_view("location"),
    std::string_view("tags"), std::string_view("properties"),
};

template <std::size_t N>
void collect_unknown(const Document& object, const std::array<std::string_view, N>& known,
                     std::vector<std::string>& names) {
  if (!object.is_object()) return;
  for (const json::Member& member : object.as_object())
    if (!member.value.is_null() &&
        std::find(known.begin(), known.end(), std::string_view(member.name)) == known.end())
      names.push_back(member.name);
}

void say_what_is_beside(Object& object, const Document& raw) {
  const Document& properties = raw["properties"];
  if (const Document& list = properties["privateEndpointConnections"];
      list.is_array() && list.size() > 0) {
    std::vector<std::string> names;
    for (const Document& connection : list.as_array()) {
      const auto id = ResourceId::parse(connection["id"].string_or());
      const Document* status =
          connection.at_path({"properties", "privateLinkServiceConnectionState", "status"});
      names.push_back((id ? id->name() : std::string(connection["name"].string_or())) +
                      (status != nullptr ? " (" + std::string(status->string_or()) + ")" : ""));
    }
    std::sort(names.begin(), names.end());
    object.comments.push_back(
        sentence({"private endpoint connections, left to their owners: ", joined(names)}));
  }
  if (const std::string_view pool = properties["hsmPoolResourceId"].string_or(); !pool.empty())
    object.comments.push_back(sentence({"belongs to the HSM pool ", pool}));
  std::vector<std::string> unknown;
  collect_unknown(properties, known_members, unknown);
  collect_unknown(raw, known_around, unknown);
  std::sort(unknown.begin(), unknown.end());
  if (!unknown.empty())
    object.comments.push_back(
        sentence({"has what akv does not know and leaves alone: ", joined(unknown)}));
}

void add_retention(Estate& estate, Object& object, const Document& usual) {
  const std::int64_t days = usual["softDeleteRetentionInDays"].int_or(0);
  if (days >= 7 && days <= 90)
    add_value(estate, object, "softDeleteRetentionInDays", std::to_string(days),
              !usual["retentionIsSet"].bool_or(true));
  else
    cannot_write(estate, object, "softDeleteRetentionInDays", "Azure's own range is 7 to 90 days");
}

}  // namespace

void add_group(Estate& estate, const Document& raw) {
  const std::string name(raw["name"].string_or());
  Group& group = estate.groups[ascii::lower(name)];
  Object& self = group.self;
  self.name = name;
  self.mark = kinds::deployment_of(raw);
  self.parts.clear();
  self.comments.clear();
  group.location = usual_location(raw["location"].string_or());
  add_checked(estate, self, "location", group.location, manifest::check_location, false);
  const bool is_protected = kinds::protect_stands(raw);
  add_tags(estate, self, raw, is_protected);
  add_value(estate, self, "protect", is_protected ? "true" : "false", !is_protected);
}

void add_vault(Estate& estate, const Document& raw) {
  const auto id = ResourceId::parse(raw["id"].string_or());
  if (!id) return;
  Group& group = estate.groups[ascii::lower(id->resource_group)];
  if (group.self.name.empty()) group.self.name = id->resource_group;
  const std::string name = id->name();
  if (const std::string fault = manifest::check_vault_name(name); !fault.empty()) {
    group.left_out.push_back(sentence({"a vault is left out: ", what_of(fault)}));
    return;
  }
  Object vault;
  vault.name = name;
  vault.mark = kinds::deployment_of(raw);
  const Document usual = kinds::canonical_vault(raw);
  add_word(estate, vault, "sku", usual["sku"].string_or(), {"standard", "premium"}, false);
  add_checked(estate, vault, "location", usual["location"].string_or(), manifest::check_location,
              usual["location"].string_or() == group.location);
  const std::string_view tenant = usual["tenantId"].string_or();
  add_checked(estate, vault, "tenant", tenant, manifest::check_guid,
              ascii::equal(tenant, estate.tenant));
  const bool is_protected = usual["protect"].bool_or(false);
  add_tags(estate, vault, raw, is_protected);
  add_retention(estate, vault, usual);
  const bool purge_protected = usual["enablePurgeProtection"].bool_or(false);
  add_value(estate, vault, "enablePurgeProtection", purge_protected ? "true" : "false",
            !purge_protected);
  const bool by_roles = usual["enableRbacAuthorization"].bool_or(false);
  add_value(estate, vault, "enableRbacAuthorization", by_roles ? "true" : "false");
  add_switches(estate, vault, usual);
  add_word(estate, vault, "publicNetworkAccess", usual["publicNetworkAccess"].string_or(),
           {"Enabled", "Disabled"}, usual["publicNetworkAccess"].string_or() == "Enabled");
  for (NetworkPart& part : network_parts(usual["networkAcls"]))
    if (part.fault.empty())
      add_value(estate, vault, part.path, part.yaml, part.optional);
    else
      cannot_write(estate, vault, part.path, part.fault);
  add_value(estate, vault, "protect", is_protected ? "true" : "false", !is_protected);
  describe_policies(estate, vault, usual);
  say_what_is_beside(vault, raw);
  group.vaults.push_back(std::move(vault));
}

}  // namespace akv::exporting
