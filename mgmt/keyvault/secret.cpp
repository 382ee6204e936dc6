#include "akv/mgmt/keyvault/secret.hpp"

namespace akv {

using json::field;
using json::Flag;

std::span<const json::FieldInfo> SecretAttributes::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&SecretAttributes::enabled>("enabled"), field<&SecretAttributes::nbf>("nbf"),
      field<&SecretAttributes::exp>("exp"),
      field<&SecretAttributes::created>("created", Flag::read_only),
      field<&SecretAttributes::updated>("updated", Flag::read_only)};
  return list;
}

std::span<const json::FieldInfo> SecretProperties::json_fields() {
  using Properties = SecretProperties;
  static constexpr json::FieldInfo list[] = {
      field<&Properties::value>("value", Flag::write_only),
      field<&Properties::content_type>("contentType"), field<&Properties::attributes>("attributes"),
      field<&Properties::secret_uri>("secretUri", Flag::read_only),
      field<&Properties::secret_uri_with_version>("secretUriWithVersion", Flag::read_only)};
  return list;
}

std::span<const json::FieldInfo> Secret::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&Secret::id>("id", Flag::read_only),
      field<&Secret::name>("name", Flag::read_only),
      field<&Secret::type>("type", Flag::read_only),
      field<&Secret::location>("location", Flag::read_only),
      field<&Secret::tags>("tags", Flag::read_only),
      field<&Secret::system_data>("systemData", Flag::read_only),
      field<&Secret::properties>("properties")};
  return list;
}

std::span<const json::FieldInfo> SecretCreateOrUpdateParameters::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&SecretCreateOrUpdateParameters::tags>("tags"),
      field<&SecretCreateOrUpdateParameters::properties>("properties")};
  return list;
}

std::span<const json::FieldInfo> SecretPatchProperties::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&SecretPatchProperties::value>("value", Flag::write_only),
      field<&SecretPatchProperties::content_type>("contentType"),
      field<&SecretPatchProperties::attributes>("attributes")};
  return list;
}

std::span<const json::FieldInfo> SecretPatchParameters::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&SecretPatchParameters::tags>("tags"),
      field<&SecretPatchParameters::properties>("properties")};
  return list;
}

SecretCreateOrUpdateParameters to_parameters(const Secret& secret) {
  SecretCreateOrUpdateParameters parameters{
      .tags = secret.tags, .properties = secret.properties, .unknown = secret.unknown};
  SecretProperties& properties = parameters.properties;
  properties.value.reset();
  properties.secret_uri.reset();
  properties.secret_uri_with_version.reset();
  if (properties.attributes) {
    properties.attributes->created.reset();
    properties.attributes->updated.reset();
  }
  return parameters;
}

}  // namespace akv
