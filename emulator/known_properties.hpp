/// What a request body may hold, per api-version. Ours, not the client's: a misspelt name in one of
/// the two is then seen by every test.
#pragma once
#include "akv/mgmt/json/document.hpp"

#include <span>
#include <string>
#include <string_view>

namespace akv::emulator {

enum class Kind { text, boolean, integer, long_integer, object, list, texts, text_map, anything };

/// Points at literals and tables that live as long as the program.
struct Property {
  std::string_view name;
  Kind kind = Kind::text;
  std::span<const Property> members{};  ///< Of an object, or of each element of a list.
  std::string_view since{};             ///< The first api-version that knows it; empty: all.
  bool read_only = false;               ///< Accepted and ignored, as ARM does.
};

std::span<const Property> vault_properties();
std::span<const Property> access_policy_properties();
std::span<const Property> check_name_properties();
std::span<const Property> group_properties();

/// A body as the rules want it: known names in our spelling (ARM takes them in any case), of the
/// right type, without read-only members and nulls.
struct Content {
  json::Document body;
  std::string problem;  ///< Not empty: the body is refused, and why.
};

/// Bodies of all writes, in bytes; ARM's own limit.
inline constexpr std::size_t max_body = std::size_t{4} << 20;

/// Never throws for anything in `text`.
Content read_content(std::string_view text, std::span<const Property> known,
                     std::string_view api_version);

/// Takes out what that api-version does not know: what a GET shows, the same version's PUT takes.
void hide_newer(json::Document& body, std::span<const Property> known,
                std::string_view api_version);

/// What is stored may hold more than we know, but what we know must be what it is to us: of the
/// first member that is not, `The value of 'properties.regions' must be a list of objects.`; else
/// empty.
std::string wrong_kind(const json::Document& body, std::span<const Property> known);

/// Whether an api-version is of that day or later. Previews count by their day.
bool at_least(std::string_view api_version, std::string_view day);

}  // namespace akv::emulator
