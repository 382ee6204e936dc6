/// A resource provider, and what registering it for a subscription takes.
#pragma once
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <map>
#include <span>
#include <string>

namespace akv {

/// Known values of Provider::registration_state.
namespace registration_state {
inline constexpr const char* registered = "Registered";
inline constexpr const char* registering = "Registering";
inline constexpr const char* not_registered = "NotRegistered";
inline constexpr const char* unregistering = "Unregistering";
}  // namespace registration_state

struct ApiProfile {
  Field<std::string> profile_version{};
  Field<std::string> api_version{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct AliasPattern {
  Field<std::string> phrase{};
  Field<std::string> variable{};
  Field<std::string> type{};  ///< `NotSpecified`, `Extract`
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct AliasPathMetadata {
  Field<std::string> type{};        ///< `String`, `Object`, `Array`, …
  Field<std::string> attributes{};  ///< `None`, `Modifiable`
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct AliasPath {
  Field<std::string> path{};
  Strings api_versions = absent;
  Field<AliasPattern> pattern{};
  Field<AliasPathMetadata> metadata{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// A name by which Azure Policy knows a property. Only if asked for with `resourceTypes/aliases`.
struct Alias {
  Field<std::string> name{};
  List<AliasPath> paths = absent;
  Field<std::string> type{};  ///< `NotSpecified`, `PlainText`, `Mask`
  Field<std::string> default_path{};
  Field<AliasPattern> default_pattern{};
  Field<AliasPathMetadata> default_metadata{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct ProviderExtendedLocation {
  Field<std::string> location{};
  Field<std::string> type{};
  Strings extended_locations = absent;
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct ZoneMapping {
  Field<std::string> location{};
  Strings zones = absent;
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct ProviderResourceType {
  std::string resource_type{};  ///< `vaults`, `vaults/accessPolicies`, …
  Strings locations = absent;   ///< As people read them: `West Europe`.
  List<ProviderExtendedLocation> location_mappings = absent;
  List<Alias> aliases = absent;
  Strings api_versions = absent;
  Field<std::string> default_api_version{};
  List<ZoneMapping> zone_mappings = absent;
  List<ApiProfile> api_profiles = absent;
  Field<std::string> capabilities{};  ///< Words with commas: `SupportsTags, SupportsLocation`.
  Tags properties{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct Provider {
  std::string id{};
  Field<std::string> namespace_name{};      ///< `Microsoft.KeyVault`; `namespace` is a word of C++.
  Field<std::string> registration_state{};  ///< registration_state::…
  Field<std::string> registration_policy{};  ///< `RegistrationRequired`, `RegistrationFree`
  List<ProviderResourceType> resource_types = absent;
  Field<std::string> provider_authorization_consent_state{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

bool is_registered(const Provider& provider);
/// Whether it is on its way there.
bool is_registering(const Provider& provider);

struct ProviderConsentDefinition {
  Field<bool> consent_to_authorization{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// Only third-party providers need one.
struct ProviderRegistrationRequest {
  Field<ProviderConsentDefinition> third_party_provider_consent{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv
