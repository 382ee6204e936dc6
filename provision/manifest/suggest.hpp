/// "Did you mean": the nearest of the names that would have been right.
#pragma once
#include <span>
#include <string>
#include <string_view>

namespace akv::manifest {

/// The candidate that differs least from `given`, or nothing when none is near: one edit up to 4
/// characters, two up to 8, three beyond; another case alone is always near. Of equals the first
/// wins. Texts over 64 characters are not compared.
std::string_view nearest(std::string_view given, std::span<const std::string_view> candidates);

/// `did you mean "sku"?`, or `otherwise` when nothing is near.
std::string did_you_mean(std::string_view given, std::span<const std::string_view> candidates,
                         std::string_view otherwise = {});

/// `a, b or c`; at most `limit` are named, then `...`.
std::string list_of(std::span<const std::string_view> words, std::size_t limit = 12);

/// The text in quotes for a message: at most 80 bytes of it, control characters as `?`. What looks
/// like a secret is not shown.
std::string quoted(std::string_view text);
/// The same for the value of `key`, which may be the name of a secret.
std::string quoted_value(std::string_view key, std::string_view text);

}  // namespace akv::manifest
