/// A key of a vault as ARM shows it: its public attributes, never key material.
#pragma once
#include "akv/mgmt/arm/resource.hpp"
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace akv {

/// Known values of KeyProperties::kty. ARM makes no symmetric keys.
namespace key_type {
inline constexpr const char* ec = "EC";
inline constexpr const char* ec_hsm = "EC-HSM";
inline constexpr const char* rsa = "RSA";
inline constexpr const char* rsa_hsm = "RSA-HSM";
}  // namespace key_type

/// Known values of KeyProperties::curve_name.
namespace key_curve_name {
inline constexpr const char* p_256 = "P-256";
inline constexpr const char* p_384 = "P-384";
inline constexpr const char* p_521 = "P-521";
inline constexpr const char* p_256k = "P-256K";
}  // namespace key_curve_name

/// Known values of KeyProperties::key_ops. What ARM calls `release` is `export` to the vault
/// itself.
namespace key_operation {
inline constexpr const char* encrypt = "encrypt";
inline constexpr const char* decrypt = "decrypt";
inline constexpr const char* sign = "sign";
inline constexpr const char* verify = "verify";
inline constexpr const char* wrap_key = "wrapKey";
inline constexpr const char* unwrap_key = "unwrapKey";
inline constexpr const char* import_key = "import";
inline constexpr const char* release = "release";
}  // namespace key_operation

/// Known values of KeyAttributes::recovery_level.
namespace deletion_recovery_level {
inline constexpr const char* purgeable = "Purgeable";
inline constexpr const char* recoverable_purgeable = "Recoverable+Purgeable";
inline constexpr const char* recoverable = "Recoverable";
inline constexpr const char* recoverable_protected = "Recoverable+ProtectedSubscription";
}  // namespace deletion_recovery_level

/// Known values of RotationAction::type. Lower case here, though the vault itself says `Rotate`.
namespace rotation_action {
inline constexpr const char* rotate = "rotate";
inline constexpr const char* notify = "notify";
}  // namespace rotation_action

/// Times are seconds since 1970.
struct KeyAttributes {
  Field<bool> enabled{};
  Field<std::int64_t> nbf{};  ///< Not usable before.
  Field<std::int64_t> exp{};  ///< Not usable after.
  Field<bool> exportable{};   ///< May leave the vault under a release policy; fixed on creation.

  // Of answers; never sent.
  Field<std::int64_t> created{};
  Field<std::int64_t> updated{};
  Field<std::string> recovery_level{};  ///< deletion_recovery_level::…
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// ARM's `Trigger`: one of the two, as an ISO 8601 duration such as `P90D`.
struct RotationTrigger {
  Field<std::string> time_after_create{};   ///< For `rotate` only.
  Field<std::string> time_before_expiry{};  ///< Needs an expiry time in the policy.
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// ARM's `Action`.
struct RotationAction {
  Field<std::string> type{};  ///< rotation_action::…
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct LifetimeAction {
  Field<RotationTrigger> trigger{};
  Field<RotationAction> action{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct KeyRotationPolicyAttributes {
  Field<std::string> expiry_time{};  ///< Of new versions, as an ISO 8601 duration.

  // Of answers; never sent. Seconds since 1970.
  Field<std::int64_t> created{};
  Field<std::int64_t> updated{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct RotationPolicy {
  Field<KeyRotationPolicyAttributes> attributes{};
  List<LifetimeAction> lifetime_actions = absent;
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct KeyReleasePolicy {
  Field<std::string> content_type{};  ///< Absent: `application/json; charset=utf-8`.
  Field<std::string> data{};          ///< The policy's text in base64url.
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct KeyProperties {
  Field<std::string> kty{};         ///< key_type::…; needed to make a key, absent in lists.
  Strings key_ops = absent;         ///< key_operation::…; absent: all that the type can do.
  Field<int> key_size{};            ///< In bits, of RSA: 2048, 3072 or 4096.
  Field<std::string> curve_name{};  ///< key_curve_name::…, of EC.
  Field<KeyAttributes> attributes{};
  Field<RotationPolicy> rotation_policy{};
  Field<KeyReleasePolicy> release_policy{};

  // Of answers; never sent. The service writes them with the port, `:443`.
  Field<std::string> key_uri{};
  Field<std::string> key_uri_with_version{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct Key {
  std::string id{};
  std::string name{};
  std::string type{};
  Field<std::string> location{};
  Tags tags{};
  KeyProperties properties{};
  Field<SystemData> system_data{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct KeyCreateParameters {
  Tags tags{};
  KeyProperties properties;
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv
