#include "akv/provision/manifest/checks.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/engine/ipv4.hpp"
#include "akv/provision/manifest/suggest.hpp"

#include <algorithm>
#include <array>

namespace akv::manifest {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_alphanumeric(char c) { return is_digit(c) || is_letter(c); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

struct ReservedRange {
  engine::Ipv4Range range;
  std::string_view what;
};

constexpr std::uint32_t ipv4(unsigned a, unsigned b) { return a << 24U | b << 16U; }

constexpr std::array reserved_ranges = {
    ReservedRange{{ipv4(10, 0), 8}, "a private range"},
    ReservedRange{{ipv4(172, 16), 12}, "a private range"},
    ReservedRange{{ipv4(192, 168), 16}, "a private range"},
    ReservedRange{{ipv4(0, 0), 8}, "reserved"},
    ReservedRange{{ipv4(100, 64), 10}, "the range of carriers' translators"},
    ReservedRange{{ipv4(127, 0), 8}, "this machine's own range"},
    ReservedRange{{ipv4(169, 254), 16}, "a link-local range"},
    ReservedRange{{ipv4(224, 0), 4}, "multicast"},
    ReservedRange{{ipv4(240, 0), 4}, "reserved"},
};

// No name in Azure has a %, so that one has come from a URL; sent on, it would be encoded again.
std::string check_not_encoded(std::string_view text) {
  if (text.find('%') == std::string_view::npos) return {};
  return quoted(text) + " is encoded as in a URL; write the id without %, as Azure shows it";
}

}  // namespace

std::string check_guid(std::string_view text) {
  constexpr std::string_view form = "00000000-0000-0000-0000-000000000000";
  const bool good = text.size() == form.size() &&
                    std::equal(text.begin(), text.end(), form.begin(),
                               [](char c, char f) { return f == '-' ? c == '-' : is_hex(c); });
  if (good) return {};
  return quoted(text) + " is not a GUID; write 32 hex digits as 8-4-4-4-12";
}

std::string check_vault_name(std::string_view text) {
  constexpr std::string_view rule =
      "write 3 to 24 letters, digits and single hyphens, first a letter, last no hyphen";
  std::string_view fault;
  if (text.size() < 3 || text.size() > 24) {
    return quoted(text) + " has " + std::to_string(characters(text)) +
           " characters, which no vault's name may have; " + std::string(rule);
  }
  if (!std::all_of(text.begin(), text.end(), [](char c) { return is_alphanumeric(c) || c == '-'; }))
    fault = " has a character that no vault's name may have; ";
  else if (!is_letter(text.front()))
    fault = " does not begin with a letter; ";
  else if (text.back() == '-')
    fault = " ends with a hyphen; ";
  else if (text.find("--") != std::string_view::npos)
    fault = " has two hyphens in a row; ";
  if (fault.empty()) return {};
  return quoted(text) + std::string(fault) + std::string(rule);
}

std::string check_resource_group_name(std::string_view text) {
  constexpr std::string_view rule =
      "write 1 to 90 letters, digits, hyphens, underscores, dots or parentheses, the last no dot";
  std::string_view fault;
  if (text.empty()) return "a resource group needs a name; " + std::string(rule);
  if (characters(text) > 90)
    fault = " has more than 90 characters; ";
  else if (!std::all_of(text.begin(), text.end(), [](char c) {
             // Azure takes letters of any script here.
             return is_alphanumeric(c) || std::string_view("-_.()").find(c) < 5 ||
                    static_cast<unsigned char>(c) >= 0x80;
           }))
    fault = " has a character that no resource group's name may have; ";
  else if (text.back() == '.')
    fault = " ends with a dot; ";
  if (fault.empty()) return {};
  return quoted(text) + std::string(fault) + std::string(rule);
}

std::string check_location(std::string_view text) {
  const bool good =
      !text.empty() && text.size() <= 64 && is_letter(text.front()) && text.back() != ' ' &&
      std::all_of(text.begin(), text.end(), [](char c) { return is_alphanumeric(c) || c == ' '; });
  if (good) return {};
  return quoted(text) + " is not a location; write a region such as westeurope";
}

std::string check_deployment_name(std::string_view text) {
  const auto allowed = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'z'); };
  const bool good =
      !text.empty() && text.size() <= 40 && allowed(text.front()) &&
      std::all_of(text.begin(), text.end(), [&](char c) { return allowed(c) || c == '-'; });
  if (good) return {};
  return quoted(text) +
         " is not a deployment name; write 1 to 40 lower-case letters, digits and hyphens, the "
         "first no hyphen";
}

std::string check_public_range(std::string_view text) {
  const auto range = engine::parse_ipv4_range(text);
  if (!range) {
    if (text.find(':') != std::string_view::npos)
      return quoted(text) + " is not an IPv4 range; Key Vault's firewall knows no IPv6";
    return quoted(text) + " is not an IPv4 range; write 203.0.113.7 or 203.0.113.0/24";
  }
  if (range->prefix == 0)
    return quoted(text) + " is every address; write defaultAction: Allow to admit everybody";
  const std::uint32_t network = range->address & range->mask();
  if (network != range->address)
    return quoted(text) + " has bits set beyond its prefix; write " +
           engine::to_text({network, range->prefix}) + " for the range or " +
           engine::to_text({range->address, 32}) + " for the address";
  for (const ReservedRange& reserved : reserved_ranges)
    if (reserved.range.covers(range->address))
      return quoted(text) + " lies in " + engine::to_text(reserved.range) + ", " +
             std::string(reserved.what) +
             "; write public addresses, or a subnet under virtualNetworkRules";
  return {};
}

std::string check_resource_id(std::string_view text) {
  if (std::string encoded = check_not_encoded(text); !encoded.empty()) return encoded;
  const auto id = ResourceId::parse(text);
  if (id && !id->provider.empty()) return {};
  return quoted(text) +
         " is not the id of a resource; write /subscriptions/S/resourceGroups/G/providers/"
         "Microsoft.ManagedIdentity/userAssignedIdentities/NAME";
}

std::string check_subnet_id(std::string_view text) {
  if (std::string encoded = check_not_encoded(text); !encoded.empty()) return encoded;
  const auto id = ResourceId::parse(text);
  const bool good = id && ascii::equal(id->provider, "Microsoft.Network") &&
                    id->types.size() == 2 && ascii::equal(id->types[0].first, "virtualNetworks") &&
                    ascii::equal(id->types[1].first, "subnets");
  if (good) return {};
  return quoted(text) +
         " is not the id of a subnet; write /subscriptions/S/resourceGroups/G/providers/"
         "Microsoft.Network/virtualNetworks/V/subnets/N";
}

std::string check_tag_name(std::string_view text) {
  if (text.empty()) return "a tag needs a name; write NAME: VALUE";
  if (characters(text) > 512)
    return quoted(text) + " is too long; a tag's name has at most 512 characters";
  if (text.find_first_of("<>%&\\?/") != std::string_view::npos)
    return quoted(text) + " is not the name of a tag; leave out < > % & \\ ? /";
  if (ascii::starts_with(text, "akv-"))
    return quoted(text) + " is a tag of akv's own; choose a name that does not begin with akv-";
  return {};
}

std::string check_tag_value(std::string_view text) {
  if (characters(text) <= 256) return {};
  return quoted(text) + " is too long; a tag's value has at most 256 characters";
}

std::string canonical_range(std::string_view text) {
  const auto range = engine::parse_ipv4_range(text);
  return range ? engine::to_text(*range) : ascii::lower(text);
}

}  // namespace akv::manifest
