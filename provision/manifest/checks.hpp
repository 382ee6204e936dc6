/// What can be known to be wrong offline: names, ids, addresses, tags.
///
/// Each check returns an empty string, or what is wrong with `text` and what to write instead, as
/// `WHAT; INSTEAD`. They are the `check` of words, and quote nothing but the text itself.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace akv::manifest {

std::string check_guid(std::string_view text);
/// 3 to 24 letters, digits and hyphens; first a letter, last a letter or digit, no double hyphen.
std::string check_vault_name(std::string_view text);
/// 1 to 90 letters, digits, `-`, `_`, `.`, `(`, `)`; the last is no dot.
std::string check_resource_group_name(std::string_view text);
/// Letters, digits and blanks: `westeurope` or `West Europe`.
std::string check_location(std::string_view text);
/// `[a-z0-9][a-z0-9-]{0,39}`
std::string check_deployment_name(std::string_view text);
/// A public IPv4 address or a range of them in CIDR form, with no bit set beyond its prefix.
std::string check_public_range(std::string_view text);
/// The ARM id of a resource.
std::string check_resource_id(std::string_view text);
/// The ARM id of a subnet.
std::string check_subnet_id(std::string_view text);
/// A tag's name: 1 to 512 characters without `<>%&\?/`; names in `akv-` are ours.
std::string check_tag_name(std::string_view text);
/// A tag's value: at most 256 characters.
std::string check_tag_value(std::string_view text);

/// `1.2.3.4` and `1.2.3.4/32` are one range: the text that stands for both.
std::string canonical_range(std::string_view text);

}  // namespace akv::manifest
