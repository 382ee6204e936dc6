/// A secret of a vault as ARM shows it: everything but its value.
#pragma once
#include "akv/mgmt/arm/resource.hpp"
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <concepts>
#include <cstdint>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace akv {

/// A text that is not printed by accident: it converts from a string, but to none, and has no
/// `operator<<`. Encoding a model that holds one does write it: that is the request's body.
class SecretValue {
 public:
  SecretValue() = default;
  // NOLINTBEGIN(bugprone-forwarding-reference-overload): the constraint keeps copies away
  template <class Text>
  requires std::constructible_from<std::string, Text> &&
      (!std::same_as<std::remove_cvref_t<Text>, SecretValue>)SecretValue(Text&& text)
      : text_(std::forward<Text>(text)) {}
  // NOLINTEND(bugprone-forwarding-reference-overload)

  /// The text itself. Lives as long as this value.
  const std::string& reveal() const { return text_; }

  friend std::ostream& operator<<(std::ostream&, const SecretValue&) = delete;

 private:
  std::string text_;
};

/// Times are seconds since 1970.
struct SecretAttributes {
  Field<bool> enabled{};
  Field<std::int64_t> nbf{};  ///< Not usable before.
  Field<std::int64_t> exp{};  ///< Not usable after.

  // Of answers; never sent.
  Field<std::int64_t> created{};
  Field<std::int64_t> updated{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct SecretProperties {
  Field<SecretValue> value{};         ///< Needed to make a secret; never in an answer.
  Field<std::string> content_type{};  ///< Any text, such as `application/x-pkcs12`.
  Field<SecretAttributes> attributes{};

  // Of answers; never sent.
  Field<std::string> secret_uri{};
  Field<std::string> secret_uri_with_version{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct Secret {
  std::string id{};
  std::string name{};
  std::string type{};
  Field<std::string> location{};
  Tags tags{};
  SecretProperties properties{};
  Field<SystemData> system_data{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// The whole secret, for create_or_update: it becomes a new version.
struct SecretCreateOrUpdateParameters {
  Tags tags{};
  SecretProperties properties;
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// What a PATCH may change: what is left out stays. A `value` makes a new version.
struct SecretPatchProperties {
  Field<SecretValue> value{};
  Field<std::string> content_type{};
  Field<SecretAttributes> attributes{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct SecretPatchParameters {
  Tags tags{};  ///< Replaced whole.
  Field<SecretPatchProperties> properties{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// The parameters that would write `secret` back, unknown members included, but for its value,
/// which nobody can read here: set it, and pass them to create_or_update. To change other things
/// and keep the value use update.
SecretCreateOrUpdateParameters to_parameters(const Secret& secret);

/// For the codec, which takes a SecretValue for its text.
template <>
struct json::Info<SecretValue> : json::detail::Scalar<SecretValue, json::Kind::string> {
  static_assert(std::is_standard_layout_v<SecretValue> &&
                    sizeof(SecretValue) == sizeof(std::string),
                "the codec goes from the value's address to that of its text");
};

}  // namespace akv
