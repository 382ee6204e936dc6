/// Our tags on live objects: who owns them, and what must not be deleted. `akv-*` tags are never
/// drift.
#pragma once
#include "akv/mgmt/json/document.hpp"

#include <string>
#include <string_view>

namespace akv::kinds {

inline constexpr std::string_view deployment_tag = "akv-deployment";
inline constexpr std::string_view protect_tag = "akv-protect";

bool is_own_tag(std::string_view key);                  ///< Begins with `akv-`.
std::string deployment_of(const json::Document& live);  ///< Empty where there is no mark.
bool protect_stands(const json::Document& live);        ///< akv-protect is there and not `false`.
/// The tags without ours, as canonical form has them.
json::Document foreign_tags(const json::Document& live);

/// The `tags` member to send: the live ones, overlaid with `desired` (a null value removes), our
/// mark where `deployment` is given, and akv-protect set or removed where `protect` is a boolean.
json::Document tags_to_send(const json::Document& live, const json::Document& desired,
                            std::string_view deployment, const json::Document& protect);

/// What has no tags carries the mark behind its user's own text, in a description or in notes:
/// `read by the nightly job [akv-deployment: payments]`.
struct MarkedText {
  std::string text;        ///< The user's own; may be empty.
  std::string deployment;  ///< Empty where there is no mark.
};
///
/// Blanks around a text are not kept apart: a YAML block ends with a line feed that nobody means.
MarkedText read_marked(std::string_view text);
/// The user's own text as it is compared and sent.
std::string own_text(std::string_view text);
std::string marked(std::string_view text, std::string_view deployment);

}  // namespace akv::kinds
