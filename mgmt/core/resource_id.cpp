#include "akv/mgmt/core/resource_id.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <cstddef>

namespace akv {
namespace {

constexpr std::size_t max_length = 2048;
constexpr std::string_view providers = "providers";

// A segment that a URL would read as something else is no name: `..` would address another resource
// than the one that was compared.
bool is_name(std::string_view segment) {
  if (segment.empty() || segment == "." || segment == "..") return false;
  for (const char c : segment)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '?' || c == '#') return false;
  return true;
}

std::optional<std::vector<std::string_view>> split(std::string_view text) {
  if (text.empty() || text.size() > max_length || text.front() != '/') return std::nullopt;
  std::vector<std::string_view> segments;
  while (!text.empty()) {
    text.remove_prefix(1);
    const std::string_view segment = text.substr(0, text.find('/'));
    if (!is_name(segment)) return std::nullopt;
    segments.push_back(segment);
    text.remove_prefix(segment.size());
  }
  return segments;
}

// The resource that the id names is the last one: an extension resource, such as a role assignment
// on a vault, stands behind a `providers` pair of its own.
std::size_t first_type_of_last_resource(const ResourceId& id) {
  for (std::size_t i = id.types.size(); i > 0; --i)
    if (ascii::equal(id.types[i - 1].first, providers)) return i;
  return 0;
}

}  // namespace

std::string ResourceId::name() const {
  if (!types.empty()) return types.back().second;
  return resource_group.empty() ? subscription : resource_group;
}

std::string ResourceId::type() const {
  if (types.empty())
    return resource_group.empty() ? "Microsoft.Resources/subscriptions"
                                  : "Microsoft.Resources/resourceGroups";
  const std::size_t first = first_type_of_last_resource(*this);
  std::string text = first == 0 ? provider : types[first - 1].second;
  for (std::size_t i = first; i < types.size(); ++i) text.append(1, '/').append(types[i].first);
  return text;
}

std::string ResourceId::to_string() const {
  std::string text = "/subscriptions/" + subscription;
  if (!resource_group.empty()) text += "/resourceGroups/" + resource_group;
  if (!provider.empty()) text += "/providers/" + provider;
  for (const auto& [type, name] : types)
    text.append(1, '/').append(type).append(1, '/').append(name);
  return text;
}

std::optional<ResourceId> ResourceId::parse(std::string_view text) {
  const auto segments = split(text);
  if (!segments || segments->size() % 2 != 0) return std::nullopt;
  const auto is = [&](std::size_t at, std::string_view keyword) {
    return at < segments->size() && ascii::equal((*segments)[at], keyword);
  };
  if (!is(0, "subscriptions")) return std::nullopt;
  ResourceId id;
  id.subscription = (*segments)[1];
  std::size_t at = 2;
  if (is(at, "resourceGroups")) {
    id.resource_group = (*segments)[at + 1];
    at += 2;
  }
  if (at == segments->size()) return id;
  if (!is(at, providers)) return std::nullopt;
  id.provider = (*segments)[at + 1];
  for (at += 2; at < segments->size(); at += 2)
    id.types.emplace_back((*segments)[at], (*segments)[at + 1]);
  // `…/providers/NS` alone, or at the end, names a namespace and no resource.
  if (id.types.empty() || ascii::equal(id.types.back().first, providers)) return std::nullopt;
  return id;
}

std::string resource_group_id(std::string_view subscription, std::string_view group) {
  return ResourceId{std::string(subscription), std::string(group), {}, {}}.to_string();
}

std::string vault_id(std::string_view subscription, std::string_view group,
                     std::string_view vault) {
  return ResourceId{std::string(subscription),
                    std::string(group),
                    "Microsoft.KeyVault",
                    {{"vaults", std::string(vault)}}}
      .to_string();
}

}  // namespace akv
