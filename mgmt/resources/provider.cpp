#include "akv/mgmt/resources/provider.hpp"

#include "akv/mgmt/core/ascii.hpp"

namespace akv {

using json::field;
using json::Flag;

std::span<const json::FieldInfo> ApiProfile::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&ApiProfile::profile_version>("profileVersion", Flag::read_only),
      field<&ApiProfile::api_version>("apiVersion", Flag::read_only)};
  return list;
}

std::span<const json::FieldInfo> AliasPattern::json_fields() {
  static constexpr json::FieldInfo list[] = {field<&AliasPattern::phrase>("phrase"),
                                             field<&AliasPattern::variable>("variable"),
                                             field<&AliasPattern::type>("type")};
  return list;
}

std::span<const json::FieldInfo> AliasPathMetadata::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&AliasPathMetadata::type>("type", Flag::read_only),
      field<&AliasPathMetadata::attributes>("attributes", Flag::read_only)};
  return list;
}

std::span<const json::FieldInfo> AliasPath::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&AliasPath::path>("path"), field<&AliasPath::api_versions>("apiVersions"),
      field<&AliasPath::pattern>("pattern"),
      field<&AliasPath::metadata>("metadata", Flag::read_only)};
  return list;
}

std::span<const json::FieldInfo> Alias::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&Alias::name>("name"),
      field<&Alias::paths>("paths"),
      field<&Alias::type>("type"),
      field<&Alias::default_path>("defaultPath"),
      field<&Alias::default_pattern>("defaultPattern"),
      field<&Alias::default_metadata>("defaultMetadata", Flag::read_only)};
  return list;
}

std::span<const json::FieldInfo> ProviderExtendedLocation::json_fields() {
  using Location = ProviderExtendedLocation;
  static constexpr json::FieldInfo list[] = {
      field<&Location::location>("location"), field<&Location::type>("type"),
      field<&Location::extended_locations>("extendedLocations")};
  return list;
}

std::span<const json::FieldInfo> ZoneMapping::json_fields() {
  static constexpr json::FieldInfo list[] = {field<&ZoneMapping::location>("location"),
                                             field<&ZoneMapping::zones>("zones")};
  return list;
}

std::span<const json::FieldInfo> ProviderResourceType::json_fields() {
  using Type = ProviderResourceType;
  static constexpr json::FieldInfo list[] = {
      field<&Type::resource_type>("resourceType"),
      field<&Type::locations>("locations"),
      field<&Type::location_mappings>("locationMappings"),
      field<&Type::aliases>("aliases"),
      field<&Type::api_versions>("apiVersions"),
      field<&Type::default_api_version>("defaultApiVersion", Flag::read_only),
      field<&Type::zone_mappings>("zoneMappings"),
      field<&Type::api_profiles>("apiProfiles", Flag::read_only),
      field<&Type::capabilities>("capabilities"),
      field<&Type::properties>("properties")};
  return list;
}

std::span<const json::FieldInfo> Provider::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&Provider::id>("id", Flag::read_only),
      field<&Provider::namespace_name>("namespace"),
      field<&Provider::registration_state>("registrationState", Flag::read_only),
      field<&Provider::registration_policy>("registrationPolicy", Flag::read_only),
      field<&Provider::resource_types>("resourceTypes", Flag::read_only),
      field<&Provider::provider_authorization_consent_state>("providerAuthorizationConsentState")};
  return list;
}

bool is_registered(const Provider& provider) {
  return ascii::equal(provider.registration_state.value_or({}), registration_state::registered);
}

bool is_registering(const Provider& provider) {
  return ascii::equal(provider.registration_state.value_or({}), registration_state::registering);
}

std::span<const json::FieldInfo> ProviderConsentDefinition::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&ProviderConsentDefinition::consent_to_authorization>("consentToAuthorization")};
  return list;
}

std::span<const json::FieldInfo> ProviderRegistrationRequest::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&ProviderRegistrationRequest::third_party_provider_consent>(
          "thirdPartyProviderConsent")};
  return list;
}

}  // namespace akv
