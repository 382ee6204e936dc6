#include "akv/provision/manifest/secrets.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/redact.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace akv::manifest {
namespace {

/// Letters and digits of base64, and whether they mix as those of a generated key do.
bool has_generated_run(std::string_view text) {
  constexpr std::size_t long_enough = 20;
  const bool is_path = text.substr(0, 1) == "/";
  std::size_t length = 0;
  bool upper = false, lower = false, digit = false;
  for (const char c : text) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    const bool is_lower = c >= 'a' && c <= 'z';
    const bool is_digit = c >= '0' && c <= '9';
    if (!is_upper && !is_lower && !is_digit && c != '+' && c != '=' && (c != '/' || is_path)) {
      length = 0;
      upper = lower = digit = false;
      continue;
    }
    ++length;
    upper = upper || is_upper;
    lower = lower || is_lower;
    digit = digit || is_digit;
    if (length >= long_enough && upper && lower && digit) return true;
  }
  return false;
}

/// `abc8Q~` and 34 characters more: how Entra ID writes client secrets.
bool has_client_secret(std::string_view text) {
  const std::size_t tilde = text.find("Q~");
  return tilde != std::string_view::npos && tilde >= 3 && text.size() - tilde >= 30 &&
         text.find(' ') == std::string_view::npos;
}

}  // namespace

bool names_a_secret(std::string_view key) {
  std::string bare;
  for (const char c : key)
    if (c != '_' && c != '-') bare += ascii::to_lower(c);
  constexpr std::array<std::string_view, 8> ends{"secrets",     "passwd",     "passphrase",
                                                 "apikey",      "privatekey", "credential",
                                                 "credentials", "secretvalue"};
  if (bare == "pwd" || bare == "sas" || bare.find("connectionstring") != std::string::npos ||
      std::any_of(ends.begin(), ends.end(),
                  [&](std::string_view end) { return bare.ends_with(end); }))
    return true;
  const std::string member = "{\"" + bare + "\":\"x\"}";
  return redact::text(member) != member;
}

bool looks_like_secret(std::string_view text) {
  // A generated text is never short, and most texts are.
  if (text.size() < 12) return false;
  return has_generated_run(text) || has_client_secret(text) ||
         text.find("-----BEGIN ") != std::string_view::npos || redact::text(text) != text;
}

}  // namespace akv::manifest
