#include "akv/provision/cli/token_claims.hpp"

#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/json/document.hpp"

#include <cstdint>
#include <optional>

namespace akv::cli {
namespace {

constexpr std::size_t most_bytes = std::size_t{64} << 10;

int base64url_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '-') return 62;
  return c == '_' ? 63 : -1;
}

std::optional<std::string> base64url_decoded(std::string_view text) {
  while (text.ends_with('=')) text.remove_suffix(1);
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const int digit = base64url_digit(c);
    if (digit < 0) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>(bits >> held & 0xFFU);
  }
  return out;
}

std::string first_of(const json::Document& claims, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    if (const std::string_view text = claims[name].string_or(); !text.empty())
      return std::string(text);
  return {};
}

// Of too many groups the token only says where to ask for them.
std::optional<std::vector<std::string>> groups_of(const json::Document& claims) {
  const json::Document& list = claims["groups"];
  if (!list.is_array() || claims["_claim_names"].find("groups")) return std::nullopt;
  std::vector<std::string> ids;
  for (const json::Document& id : list.as_array()) ids.emplace_back(id.string_or());
  return ids;
}

}  // namespace

TokenClaims read_claims(std::string_view token) {
  if (token.size() > most_bytes) return {};
  const std::size_t first = token.find('.');
  if (first == std::string_view::npos) return {};
  const std::size_t second = token.find('.', first + 1);
  if (second == std::string_view::npos) return {};
  const auto payload = base64url_decoded(token.substr(first + 1, second - first - 1));
  if (!payload) return {};
  json::Document claims;
  try {
    claims = json::Document::parse(*payload);
  } catch (const FormatError&) {
    return {};  // A token of a form that only its service knows.
  }
  TokenClaims out;
  out.name = first_of(claims, {"upn", "preferred_username", "unique_name", "app_displayname"});
  out.application = first_of(claims, {"appid", "azp"});
  // The subject is of this token's kind and audience: it stands in no policy and no assignment.
  out.object_id = first_of(claims, {"oid"});
  out.tenant = first_of(claims, {"tid"});
  out.groups = groups_of(claims);
  return out;
}

std::string bearer(const TokenClaims& claims) {
  if (!claims.name.empty()) return claims.name;
  if (!claims.application.empty()) return "application " + claims.application;
  if (!claims.object_id.empty()) return "object " + claims.object_id;
  return "unknown";
}

}  // namespace akv::cli
