/// A key of a managed HSM as ARM shows it.
#pragma once
#include "akv/mgmt/keyvault/key.hpp"

#include <span>
#include <string>

namespace akv {

// ARM defines these a second time for managed HSMs, member by member the same.
using ManagedHsmKeyAttributes = KeyAttributes;
using ManagedHsmTrigger = RotationTrigger;
using ManagedHsmAction = RotationAction;
using ManagedHsmLifetimeAction = LifetimeAction;
using ManagedHsmKeyRotationPolicyAttributes = KeyRotationPolicyAttributes;
using ManagedHsmRotationPolicy = RotationPolicy;
using ManagedHsmKeyReleasePolicy = KeyReleasePolicy;
using ManagedHsmKeyProperties = KeyProperties;
using ManagedHsmKeyCreateParameters = KeyCreateParameters;

/// Unlike a vault's Key it has no location, and its tags may be sent.
struct ManagedHsmKey {
  std::string id{};
  std::string name{};
  std::string type{};
  Tags tags{};
  ManagedHsmKeyProperties properties{};
  Field<SystemData> system_data{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv
