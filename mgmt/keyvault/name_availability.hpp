/// Whether a vault's name, which must be unique in the world, is still free.
#pragma once
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <span>
#include <string>

namespace akv {

struct VaultCheckNameAvailabilityParameters {
  Required<std::string> name;
  Field<std::string> type = "Microsoft.KeyVault/vaults";  ///< The only type there is.
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// Known values of CheckNameAvailabilityResult::reason.
namespace name_unavailable_reason {
inline constexpr const char* account_name_invalid = "AccountNameInvalid";
inline constexpr const char* already_exists = "AlreadyExists";  ///< Also when soft-deleted.
}  // namespace name_unavailable_reason

struct CheckNameAvailabilityResult {
  Field<bool> name_available{};
  Field<std::string> reason{};   ///< name_unavailable_reason::…, when it is not available.
  Field<std::string> message{};  ///< The service's explanation, then.
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct CheckMhsmNameAvailabilityParameters {
  Required<std::string> name;
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

// ARM defines it a second time for managed HSMs, member by member the same.
using CheckMhsmNameAvailabilityResult = CheckNameAvailabilityResult;

}  // namespace akv
