#include "akv/emulator/known_properties.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/errors.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace akv::emulator {
namespace {

using json::Document;

constexpr Property sku[] = {{"family"}, {"name"}};

constexpr Property permissions[] = {{"keys", Kind::texts},
                                    {"secrets", Kind::texts},
                                    {"certificates", Kind::texts},
                                    {"storage", Kind::texts}};

constexpr Property policy[] = {
    {"tenantId"}, {"objectId"}, {"applicationId"}, {"permissions", Kind::object, permissions}};

constexpr Property ip_rule[] = {{"value"}};
constexpr Property subnet_rule[] = {
    {"id"},
    {.name = "ignoreMissingVnetServiceEndpoint", .kind = Kind::boolean, .since = "2019-09-01"}};
constexpr Property network_acls[] = {{"bypass"},
                                     {"defaultAction"},
                                     {"ipRules", Kind::list, ip_rule},
                                     {"virtualNetworkRules", Kind::list, subnet_rule}};

// One table for PUT and PATCH: clients send back what they read, and ARM ignores what it owns.
constexpr Property vault[] = {
    {"tenantId"},
    {"sku", Kind::object, sku},
    {"accessPolicies", Kind::list, policy},
    {"enabledForDeployment", Kind::boolean},
    {"enabledForDiskEncryption", Kind::boolean},
    {"enabledForTemplateDeployment", Kind::boolean},
    {"enableSoftDelete", Kind::boolean},
    {.name = "softDeleteRetentionInDays", .kind = Kind::integer, .since = "2019-09-01"},
    {.name = "enableRbacAuthorization", .kind = Kind::boolean, .since = "2019-09-01"},
    {"createMode"},
    {"enablePurgeProtection", Kind::boolean},
    {.name = "networkAcls", .kind = Kind::object, .members = network_acls, .since = "2018-02-14"},
    {.name = "publicNetworkAccess", .since = "2021-06-01"},
    {.name = "vaultUri", .read_only = true},
    {.name = "provisioningState", .read_only = true},
    {.name = "hsmPoolResourceId", .kind = Kind::anything, .read_only = true},
    {.name = "privateEndpointConnections", .kind = Kind::anything, .read_only = true}};

constexpr Property vault_body[] = {
    {.name = "id", .read_only = true},
    {.name = "name", .read_only = true},
    {.name = "type", .read_only = true},
    {"location"},
    {"tags", Kind::text_map},
    {.name = "systemData", .kind = Kind::anything, .read_only = true},
    {"properties", Kind::object, vault}};

constexpr Property policies[] = {{"accessPolicies", Kind::list, policy}};
constexpr Property access_policies[] = {{.name = "id", .read_only = true},
                                        {.name = "name", .read_only = true},
                                        {.name = "type", .read_only = true},
                                        {.name = "location", .read_only = true},
                                        {"properties", Kind::object, policies}};

constexpr Property check_name[] = {{"name"}, {"type"}};

constexpr Property group_state[] = {{.name = "provisioningState", .read_only = true}};
constexpr Property group_body[] = {{.name = "id", .read_only = true},
                                   {.name = "name", .read_only = true},
                                   {.name = "type", .read_only = true},
                                   {"location"},
                                   {"managedBy"},
                                   {"tags", Kind::text_map},
                                   {"properties", Kind::object, group_state}};

const Property* find(std::span<const Property> known, std::string_view name) {
  for (const Property& property : known)
    if (ascii::equal(property.name, name)) return &property;
  return nullptr;
}

template <class Int>
bool is_whole(const Document& value) {
  if (!value.is_number()) return false;
  const std::string& text = value.as_number().text;
  Int number = 0;
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, number);
  return result.ec == std::errc{} && result.ptr == end;
}

const char* wanted(Kind kind) {
  switch (kind) {
    case Kind::text:
      return "a text";
    case Kind::boolean:
      return "true or false";
    case Kind::integer:
    case Kind::long_integer:
      return "a whole number";
    case Kind::object:
      return "an object";
    case Kind::list:
      return "a list of objects";
    case Kind::texts:
      return "a list of texts";
    case Kind::text_map:
      return "an object of texts";
    case Kind::anything:
      break;
  }
  return "anything";
}

bool has_kind(const Document& value, Kind kind) {
  auto is_text = [](const Document& item) { return item.is_string(); };
  switch (kind) {
    case Kind::text:
      return value.is_string();
    case Kind::boolean:
      return value.is_bool();
    case Kind::integer:
      return is_whole<std::int32_t>(value);
    case Kind::long_integer:
      return is_whole<std::int64_t>(value);
    case Kind::object:
      return value.is_object();
    case Kind::list:
      return value.is_array() && std::all_of(value.as_array().begin(), value.as_array().end(),
                                             [](const Document& item) { return item.is_object(); });
    case Kind::texts:
      return value.is_array() &&
             std::all_of(value.as_array().begin(), value.as_array().end(), is_text);
    case Kind::text_map:
      return value.is_object() &&
             std::all_of(value.as_object().begin(), value.as_object().end(),
                         [&](const json::Member& member) { return is_text(member.value); });
    case Kind::anything:
      break;
  }
  return true;
}

std::string must_be(const std::string& place, Kind kind) {
  return "The value of '" + place + "' must be " + wanted(kind) + ".";
}

/// Goes as deep as our tables do (five levels), whatever the body holds.
Document clean(Document&& body, std::span<const Property> known, std::string_view api_version,
               const std::string& path, std::string& problem) {
  Document result = Document::object();
  for (json::Member& member : body.as_object()) {
    const std::string place = path.empty() ? member.name : path + "." + member.name;
    const Property* property = find(known, member.name);
    if (!property || (!property->since.empty() && !at_least(api_version, property->since))) {
      problem = "Could not find member '" + place + "' in api-version '" +
                std::string(api_version) + "'.";
      return result;
    }
    if (property->read_only || member.value.is_null()) continue;
    if (!has_kind(member.value, property->kind)) {
      problem = must_be(place, property->kind);
      return result;
    }
    if (property->kind == Kind::object) {
      member.value = clean(std::move(member.value), property->members, api_version, place, problem);
    } else if (property->kind == Kind::list) {
      std::size_t index = 0;
      for (Document& item : member.value.as_array()) {
        item = clean(std::move(item), property->members, api_version,
                     place + "[" + std::to_string(index++) + "]", problem);
        if (!problem.empty()) break;
      }
    }
    if (!problem.empty()) return result;
    result.set(property->name, std::move(member.value));
  }
  return result;
}

/// As deep as clean().
void hide(Document& body, std::span<const Property> known, std::string_view api_version) {
  for (const Property& property : known) {
    Document* member = body.find(property.name);
    if (!member) continue;
    if (!property.since.empty() && !at_least(api_version, property.since))
      body.erase(property.name);
    else if (property.kind == Kind::object && member->is_object())
      hide(*member, property.members, api_version);
    else if (property.kind == Kind::list && member->is_array())
      for (Document& item : member->as_array())
        if (item.is_object()) hide(item, property.members, api_version);
  }
}

/// As deep as clean().
std::string wrong_kind_at(const Document& body, std::span<const Property> known,
                          const std::string& path) {
  for (const json::Member& member : body.as_object()) {
    const Property* property = find(known, member.name);
    if (!property || member.value.is_null()) continue;
    const std::string place = path + member.name;
    if (!has_kind(member.value, property->kind)) return must_be(place, property->kind);
    std::string problem;
    if (property->kind == Kind::object) {
      problem = wrong_kind_at(member.value, property->members, place + ".");
    } else if (property->kind == Kind::list) {
      std::size_t index = 0;
      for (const Document& item : member.value.as_array())
        if (problem.empty())
          problem =
              wrong_kind_at(item, property->members, place + "[" + std::to_string(index++) + "].");
    }
    if (!problem.empty()) return problem;
  }
  return {};
}

}  // namespace

std::span<const Property> vault_properties() { return vault_body; }
std::span<const Property> access_policy_properties() { return access_policies; }
std::span<const Property> check_name_properties() { return check_name; }
std::span<const Property> group_properties() { return group_body; }

bool at_least(std::string_view api_version, std::string_view day) {
  return api_version.substr(0, 10) >= day;
}

void hide_newer(Document& body, std::span<const Property> known, std::string_view api_version) {
  hide(body, known, api_version);
}

std::string wrong_kind(const Document& body, std::span<const Property> known) {
  return wrong_kind_at(body, known, {});
}

Content read_content(std::string_view text, std::span<const Property> known,
                     std::string_view api_version) {
  Content content;
  Document body;
  try {
    body = Document::parse(text);
  } catch (const FormatError& error) {
    content.problem = error.info().message.empty() ? error.what() : error.info().message;
    return content;
  }
  if (!body.is_object()) {
    content.problem = "The body must be an object.";
    return content;
  }
  content.body = clean(std::move(body), known, api_version, {}, content.problem);
  return content;
}

}  // namespace akv::emulator
