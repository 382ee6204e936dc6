/// The little cryptography that signing in needs, by OpenSSL.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace akv::identity::detail {

std::string base64(std::string_view bytes);     ///< With padding.
std::string base64url(std::string_view bytes);  ///< Without padding, as JWTs have it.
std::string sha256(std::string_view bytes);     ///< 32 bytes.
/// For secrets: OpenSSL's own generator, not RandomSource.
std::string random_bytes(std::size_t count);

}  // namespace akv::identity::detail
