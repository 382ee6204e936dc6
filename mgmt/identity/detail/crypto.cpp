#include "akv/mgmt/identity/detail/crypto.hpp"

#include "akv/mgmt/identity/detail/refusal.hpp"

#include <openssl/rand.h>
#include <openssl/sha.h>

#include <algorithm>
#include <cstdint>

namespace akv::identity::detail {
namespace {

constexpr std::string_view common =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

std::string encode(std::string_view bytes, std::string_view last_two, bool padded) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  const auto digit = [&](std::uint32_t value) {
    out += value < common.size() ? common[value] : last_two[value - common.size()];
  };
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k <= count; ++k) digit(group >> (18 - 6 * k) & 63U);
    if (padded) out.append(3 - count, '=');
  }
  return out;
}

}  // namespace

std::string base64(std::string_view bytes) { return encode(bytes, "+/", true); }
std::string base64url(std::string_view bytes) { return encode(bytes, "-_", false); }

std::string sha256(std::string_view bytes) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1)
    refuse("this machine gives no random numbers; try again");
  return bytes;
}

}  // namespace akv::identity::detail
