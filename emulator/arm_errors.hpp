/// How ARM and the Key Vault provider say no: codes and texts as recorded traffic has them, the
/// service's own spelling included. What is not recorded is marked so in README.md.
#pragma once
#include "akv/mgmt/http/message.hpp"

#include <exception>
#include <span>
#include <string>
#include <string_view>

namespace akv::emulator {

/// A request that ends here. The rules throw it; the door turns it into the answer.
class Refusal final : public std::exception {
 public:
  /// ARM itself answers as a gateway, the provider for itself: the headers differ.
  enum class By { gateway, provider };
  /// `detail`: what is said in addition, in the error's `details`.
  Refusal(By by, int status, std::string code, std::string message, std::string detail = {})
      : by_(by),
        status_(status),
        code_(std::move(code)),
        message_(std::move(message)),
        detail_(std::move(detail)) {}
  By by() const { return by_; }
  int status() const { return status_; }
  const std::string& code() const { return code_; }
  const std::string& detail() const { return detail_; }
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  By by_;
  int status_;
  std::string code_, message_, detail_;
};

/// `{"error":{"code":…,"message":…}}`, and `"details":[{"code":…,"message":detail}]` where there is
/// a detail.
std::string error_body(std::string_view code, std::string_view message,
                       std::string_view detail = {});

/// One per line of the tables in wire-facts: named for the code, or for what was wrong.
namespace errors {

// The door.
Refusal request_too_large(std::size_t limit);
Refusal uri_too_long(std::size_t limit);
Refusal bad_uri();
Refusal missing_api_version();
Refusal invalid_api_version(std::string_view version, std::span<const std::string_view> supported);
Refusal no_registered_provider(std::string_view version, std::string_view type,
                               std::span<const std::string_view> supported);
Refusal missing_subscription();
Refusal invalid_subscription_id(std::string_view id);
Refusal subscription_not_found(std::string_view id);
Refusal method_not_allowed(std::string_view method);
Refusal invalid_resource_namespace(std::string_view name_space);
Refusal invalid_resource_type(std::string_view name_space, std::string_view version);
Refusal missing_registration(std::string_view name_space);
Refusal group_not_found(std::string_view group);
Refusal group_being_deleted(std::string_view group);
Refusal invalid_top(std::string_view text);
Refusal invalid_skip_token();
Refusal invalid_filter(std::string_view filter);

// ARM's own types.
Refusal invalid_request_content(std::string_view problem);
Refusal invalid_group_name(std::string_view name, std::string_view invalid_characters);
Refusal group_name_too_long(std::string_view name, std::size_t limit);
Refusal group_name_ends_with_period(std::string_view name);
Refusal location_required();
Refusal group_location_unknown(std::string_view location);
Refusal group_elsewhere(std::string_view asked, std::string_view held);
Refusal too_many_tags(std::size_t count, std::size_t limit);
Refusal operation_not_found(std::string_view token);
Refusal job_failed();
Refusal already_in_target(std::string_view id);
Refusal move_failed();
Refusal bad_tag(std::string_view problem);

// Key Vault.
Refusal resource_not_found(std::string_view type_and_name, std::string_view group);
Refusal deleted_resource_not_found();
Refusal location_unknown(std::string_view location, std::string_view type);
Refusal location_differs(std::string_view name, std::string_view group, std::string_view held,
                         std::string_view asked);
Refusal bad_json(std::string_view detail);
Refusal invalid_value(std::string_view property);
Refusal vault_name_not_valid(std::string_view name);
Refusal vault_already_exists(std::string_view name);
Refusal deleted_twin();
Refusal nothing_to_recover();
Refusal being_purged(std::string_view name);
Refusal purge_not_allowed();
Refusal purge_protection_stays();
Refusal soft_delete_stays();
Refusal retention_stays();
Refusal too_many(std::string_view what, std::size_t count, std::size_t limit);

}  // namespace errors

/// Recorded texts that checkNameAvailability repeats.
std::string vault_name_not_valid_text(std::string_view name);
std::string vault_already_exists_text(std::string_view name);

}  // namespace akv::emulator
