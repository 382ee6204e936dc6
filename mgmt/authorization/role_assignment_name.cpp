#include "akv/mgmt/authorization/role_assignment_name.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/core/hex.hpp"
#include "akv/mgmt/core/random.hpp"

#include <openssl/evp.h>

#include <array>

namespace akv {
namespace {

// 11fb06fb-712d-4ddd-98c7-e71bbd588830: that of the template function `guid`.
constexpr std::array<unsigned char, 16> template_namespace = {
    0x11, 0xfb, 0x06, 0xfb, 0x71, 0x2d, 0x4d, 0xdd, 0x98, 0xc7, 0xe7, 0x1b, 0xbd, 0x58, 0x88, 0x30};

[[noreturn]] void refuse(std::string message) {
  throw AzureError({.code = "InvalidArgument",
                    .message = std::move(message),
                    .operation = "role_assignment_name"});
}

std::string guid(std::string_view what, std::string_view text) {
  if (!is_uuid(text))
    refuse("the " + std::string(what) + " is no GUID: \"" + std::string(text) + "\"");
  return ascii::lower(text);
}

std::string canonical_scope(std::string_view scope) {
  if (scope.empty()) refuse("the scope is empty");
  if (scope.starts_with('/')) scope.remove_prefix(1);
  if (scope.ends_with('/')) scope.remove_suffix(1);
  return "/" + ascii::lower(scope);
}

std::string uuid5(const std::array<unsigned char, 16>& name_space, std::string_view name) {
  std::string input(name_space.begin(), name_space.end());
  input += name;
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_Digest(input.data(), input.size(), digest.data(), &size, EVP_sha1(), nullptr) != 1)
    throw AzureError({.message = "OpenSSL offers no SHA-1", .operation = "role_assignment_name"});
  digest[6] = static_cast<unsigned char>((digest[6] & 0x0F) | 0x50);  // version 5
  digest[8] = static_cast<unsigned char>((digest[8] & 0x3F) | 0x80);  // variant of RFC 4122

  std::string text = hex({reinterpret_cast<const char*>(digest.data()), name_space.size()});
  for (const std::size_t dash : {8u, 13u, 18u, 23u}) text.insert(dash, 1, '-');
  return text;
}

}  // namespace

std::string role_assignment_name(std::string_view scope, std::string_view principal_id,
                                 std::string_view role_definition_id) {
  const std::string_view role = role_definition_id.substr(role_definition_id.rfind('/') + 1);
  return uuid5(template_namespace, canonical_scope(scope) + "-" +
                                       guid("principal id", principal_id) + "-" +
                                       guid("role definition id", role));
}

}  // namespace akv
