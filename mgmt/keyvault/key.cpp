#include "akv/mgmt/keyvault/key.hpp"

namespace akv {

using json::field;
using json::Flag;

std::span<const json::FieldInfo> KeyAttributes::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&KeyAttributes::enabled>("enabled"),
      field<&KeyAttributes::nbf>("nbf"),
      field<&KeyAttributes::exp>("exp"),
      field<&KeyAttributes::created>("created", Flag::read_only),
      field<&KeyAttributes::updated>("updated", Flag::read_only),
      field<&KeyAttributes::recovery_level>("recoveryLevel", Flag::read_only),
      field<&KeyAttributes::exportable>("exportable")};
  return list;
}

std::span<const json::FieldInfo> RotationTrigger::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&RotationTrigger::time_after_create>("timeAfterCreate"),
      field<&RotationTrigger::time_before_expiry>("timeBeforeExpiry")};
  return list;
}

std::span<const json::FieldInfo> RotationAction::json_fields() {
  static constexpr json::FieldInfo list[] = {field<&RotationAction::type>("type")};
  return list;
}

std::span<const json::FieldInfo> LifetimeAction::json_fields() {
  static constexpr json::FieldInfo list[] = {field<&LifetimeAction::trigger>("trigger"),
                                             field<&LifetimeAction::action>("action")};
  return list;
}

std::span<const json::FieldInfo> KeyRotationPolicyAttributes::json_fields() {
  using Attributes = KeyRotationPolicyAttributes;
  static constexpr json::FieldInfo list[] = {
      field<&Attributes::created>("created", Flag::read_only),
      field<&Attributes::updated>("updated", Flag::read_only),
      field<&Attributes::expiry_time>("expiryTime")};
  return list;
}

std::span<const json::FieldInfo> RotationPolicy::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&RotationPolicy::attributes>("attributes"),
      field<&RotationPolicy::lifetime_actions>("lifetimeActions")};
  return list;
}

std::span<const json::FieldInfo> KeyReleasePolicy::json_fields() {
  static constexpr json::FieldInfo list[] = {field<&KeyReleasePolicy::content_type>("contentType"),
                                             field<&KeyReleasePolicy::data>("data")};
  return list;
}

std::span<const json::FieldInfo> KeyProperties::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&KeyProperties::attributes>("attributes"), field<&KeyProperties::kty>("kty"),
      field<&KeyProperties::key_ops>("keyOps"), field<&KeyProperties::key_size>("keySize"),
      field<&KeyProperties::curve_name>("curveName"),
      field<&KeyProperties::key_uri>("keyUri", Flag::read_only),
      field<&KeyProperties::key_uri_with_version>("keyUriWithVersion", Flag::read_only),
      field<&KeyProperties::rotation_policy>("rotationPolicy"),
      // In snake case, unlike all its neighbours.
      field<&KeyProperties::release_policy>("release_policy")};
  return list;
}

std::span<const json::FieldInfo> Key::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&Key::id>("id", Flag::read_only),
      field<&Key::name>("name", Flag::read_only),
      field<&Key::type>("type", Flag::read_only),
      field<&Key::location>("location", Flag::read_only),
      field<&Key::tags>("tags", Flag::read_only),
      field<&Key::system_data>("systemData", Flag::read_only),
      field<&Key::properties>("properties")};
  return list;
}

std::span<const json::FieldInfo> KeyCreateParameters::json_fields() {
  static constexpr json::FieldInfo list[] = {field<&KeyCreateParameters::tags>("tags"),
                                             field<&KeyCreateParameters::properties>("properties")};
  return list;
}

}  // namespace akv
