#include "akv/emulator/arm_errors.hpp"

#include "akv/emulator/regions.hpp"
#include "akv/mgmt/json/document.hpp"

#include <utility>

namespace akv::emulator {
namespace {

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

std::string joined(std::span<const std::string_view> words) {
  std::string text;
  for (std::string_view word : words) {
    if (!text.empty()) text += ", ";
    text += word;
  }
  return text;
}

Refusal gateway(int status, const char* code, std::string message) {
  return {Refusal::By::gateway, status, code, std::move(message)};
}
Refusal provider(int status, const char* code, std::string message) {
  return {Refusal::By::provider, status, code, std::move(message)};
}

}  // namespace

std::string error_body(std::string_view code, std::string_view message, std::string_view detail) {
  using json::Document;
  Document error = Document::object({{"code", code}, {"message", message}});
  if (!detail.empty())
    error.set("details",
              Document::array({Document::object({{"code", code}, {"message", detail}})}));
  return Document::object({{"error", std::move(error)}}).dump();
}

std::string vault_name_not_valid_text(std::string_view name) {
  return "The vault name " + quoted(name) +
         " is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must "
         "begin with a letter, end with a letter or digit, and not contain consecutive hyphens. "
         "Follow this link for more information: https://go.microsoft.com/fwlink/?linkid=2147742";
}

std::string vault_already_exists_text(std::string_view name) {
  return "The vault name " + quoted(name) +
         " is already in use. Vault names are globaly unique so it is possible that the name is "
         "already taken. If you are sure that the vault name was not taken then it is possible "
         "that "
         "a vault with the same name was recently deleted but not purged after being placed in a "
         "recoverable state. If the vault is in a recoverable state then the vault will need to be "
         "purged before reusing the name. For more information on soft delete and purging a vault "
         "follow this link https://go.microsoft.com/fwlink/?linkid=2147740.";
}

namespace errors {

Refusal request_too_large(std::size_t limit) {
  return gateway(
      413, "RequestContentTooLarge",
      "The request content size exceeds the maximum size of " + std::to_string(limit) + " bytes.");
}
Refusal uri_too_long(std::size_t limit) {
  return gateway(414, "RequestUriTooLong",
                 "The request URI is longer than " + std::to_string(limit) + " bytes.");
}
Refusal bad_uri() {
  return gateway(400, "InvalidRequestUri",
                 "The request URI is invalid: it must be absolute, its path valid UTF-8 without "
                 "control characters.");
}
Refusal missing_api_version() {
  return gateway(400, "MissingApiVersionParameter",
                 "The api-version query parameter (?api-version=) is required for all requests.");
}
Refusal invalid_api_version(std::string_view version, std::span<const std::string_view> supported) {
  return gateway(400, "InvalidApiVersionParameter",
                 "The api-version " + quoted(version) +
                     " is invalid. The supported versions are '" + joined(supported) + "'.");
}
Refusal no_registered_provider(std::string_view version, std::string_view type,
                               std::span<const std::string_view> supported) {
  return gateway(400, "NoRegisteredProviderFound",
                 "No registered resource provider found for API version " + quoted(version) +
                     " for type " + quoted(type) + ". The supported api-versions are '" +
                     joined(supported) + "'.");
}
Refusal missing_subscription() {
  return gateway(404, "MissingSubscription",
                 "The request did not have a subscription or a valid tenant level resource "
                 "provider.");
}
Refusal invalid_subscription_id(std::string_view id) {
  return gateway(
      400, "InvalidSubscriptionId",
      "The provided subscription identifier " + quoted(id) + " is malformed or invalid.");
}
Refusal subscription_not_found(std::string_view id) {
  return gateway(404, "SubscriptionNotFound",
                 "The subscription " + quoted(id) + " could not be found.");
}
Refusal method_not_allowed(std::string_view method) {
  return gateway(405, "MethodNotAllowed",
                 "The requested resource does not support http method " + quoted(method) + ".");
}
Refusal invalid_resource_namespace(std::string_view name_space) {
  return gateway(404, "InvalidResourceNamespace",
                 "The resource namespace " + quoted(name_space) + " is invalid.");
}
Refusal invalid_resource_type(std::string_view name_space, std::string_view version) {
  return gateway(404, "InvalidResourceType",
                 "The resource type could not be found in the namespace " + quoted(name_space) +
                     " for api version " + quoted(version) + ".");
}
Refusal missing_registration(std::string_view name_space) {
  return gateway(409, "MissingSubscriptionRegistration",
                 "The subscription is not registered to use namespace " + quoted(name_space) +
                     ". See https://aka.ms/rps-not-found for how to register subscriptions.");
}
Refusal group_not_found(std::string_view group) {
  return gateway(404, "ResourceGroupNotFound",
                 "Resource group " + quoted(group) + " could not be found.");
}
Refusal group_being_deleted(std::string_view group) {
  return gateway(409, "ResourceGroupBeingDeleted",
                 "The resource group " + quoted(group) +
                     " is in deprovisioning state and cannot perform this operation.");
}
Refusal invalid_top(std::string_view text) {
  return gateway(400, "InvalidTopInQueryString",
                 "Invalid $top " + quoted(text) +
                     " specified in the query string: it must be a whole number from 1.");
}
Refusal invalid_skip_token() {
  return gateway(400, "InvalidSkipToken",
                 "The $skiptoken in the query string is invalid. Use nextLink exactly as given.");
}
Refusal invalid_filter(std::string_view filter) {
  return gateway(400, "InvalidFilterInQueryString",
                 "Invalid $filter " + quoted(filter) + " specified in the query string.");
}

Refusal invalid_request_content(std::string_view problem) {
  return gateway(400, "InvalidRequestContent",
                 "The request content was invalid and could not be deserialized: '" +
                     std::string(problem) + "'.");
}
Refusal invalid_group_name(std::string_view name, std::string_view invalid_characters) {
  return gateway(400, "InvalidResourceGroup",
                 "The provided resource group name " + quoted(name) +
                     " has these invalid characters: " + quoted(invalid_characters) +
                     ". The name can only be a letter, digit, '-', '.', '(', ')' or '_'.");
}
Refusal group_name_too_long(std::string_view name, std::size_t limit) {
  return gateway(400, "InvalidResourceGroup",
                 "The provided resource group name " + quoted(name) + " is longer than " +
                     std::to_string(limit) + " characters.");
}
Refusal group_name_ends_with_period(std::string_view name) {
  return gateway(400, "InvalidResourceGroup",
                 "The provided resource group name " + quoted(name) +
                     " ends with a period, which is not allowed.");
}
Refusal location_required() {
  return gateway(400, "LocationRequired", "The location property is required for this definition.");
}
Refusal group_location_unknown(std::string_view location) {
  return gateway(400, "LocationNotAvailableForResourceGroup",
                 "The provided location " + quoted(location) +
                     " is not available for resource group. List of available regions is '" +
                     region_list() + "'.");
}
Refusal group_elsewhere(std::string_view asked, std::string_view held) {
  return gateway(409, "InvalidResourceGroupLocation",
                 "Invalid resource group location " + quoted(asked) +
                     ". The Resource group already exists in location " + quoted(held) + ".");
}
Refusal too_many_tags(std::size_t count, std::size_t limit) {
  return gateway(400, "TooManyTags",
                 "The resource has " + std::to_string(count) + " tags, more than the maximum of " +
                     std::to_string(limit) + ".");
}
Refusal operation_not_found(std::string_view token) {
  return gateway(404, "OperationNotFound",
                 "The operation " + quoted(token) + " could not be found.");
}
Refusal job_failed() {
  return gateway(500, "InternalServerError",
                 "The operation failed: what it was to work on is stored in a form that cannot be "
                 "worked on.");
}
Refusal already_in_target(std::string_view id) {
  return gateway(409, "Conflict",
                 "The resource " + quoted(id) + " already exists in the target resource group.");
}
Refusal move_failed() {
  return gateway(409, "Conflict",
                 "Nothing was moved: since the move began, the target resource group has got a "
                 "resource of the same type and name.");
}
Refusal bad_tag(std::string_view problem) {
  return gateway(400, "InvalidTag", "A tag is not valid: " + std::string(problem));
}

Refusal resource_not_found(std::string_view type_and_name, std::string_view group) {
  return gateway(404, "ResourceNotFound",
                 "The Resource " + quoted(type_and_name) + " under resource group " +
                     quoted(group) +
                     " was not found. For more details please go to "
                     "https://aka.ms/ARMResourceNotFoundFix");
}
Refusal deleted_resource_not_found() {
  return provider(404, "ResourceNotFound", "The specified resource does not exist.");
}
Refusal location_unknown(std::string_view location, std::string_view type) {
  return gateway(400, "LocationNotAvailableForResourceType",
                 "The provided location " + quoted(location) +
                     " is not available for resource type " + quoted(type) +
                     ". List of available regions for the resource type is '" + region_list() +
                     "'.");
}
Refusal location_differs(std::string_view name, std::string_view group, std::string_view held,
                         std::string_view asked) {
  return gateway(409, "InvalidResourceLocation",
                 "The resource " + quoted(name) + " already exists in location " + quoted(held) +
                     " in resource group " + quoted(group) +
                     ". A resource with the same name cannot be created in location " +
                     quoted(asked) + ". Please select a new resource name.");
}
Refusal bad_json(std::string_view detail) {
  // The service says no more than this; where the mistake is, is our own addition.
  return {Refusal::By::provider, 400, "BadRequest", "Bad JSON content found in the request.",
          std::string(detail)};
}
Refusal invalid_value(std::string_view property) {
  return provider(400, "BadRequest", "An invalid value was provided for " + quoted(property) + ".");
}
Refusal vault_name_not_valid(std::string_view name) {
  return provider(400, "VaultNameNotValid", vault_name_not_valid_text(name));
}
Refusal vault_already_exists(std::string_view name) {
  return provider(409, "VaultAlreadyExists", vault_already_exists_text(name));
}
Refusal deleted_twin() {
  return provider(409, "ConflictError",
                  "A vault with the same name already exists in deleted state. You need to either "
                  "recover or purge existing key vault. Follow this link for more information on "
                  "soft delete: https://go.microsoft.com/fwlink/?linkid=2149745");
}
Refusal nothing_to_recover() {
  return provider(404, "SoftDeletedVaultDoesNotExist",
                  "A soft deleted vault with the given name does not exist. Ensure that the name "
                  "for the vault that is being attempted to recover is in a recoverable state. For "
                  "more information on soft delete please follow this link "
                  "https://go.microsoft.com/fwlink/?linkid=2149745");
}
Refusal being_purged(std::string_view name) {
  return provider(409, "ConflictError",
                  "A conflict occurred that prevented the operation from completing. The vault " +
                      quoted(name) + " is being purged.");
}
Refusal purge_not_allowed() {
  return provider(405, "MethodNotAllowed", "Operation 'DeletedVaultPurge' is not allowed.");
}
Refusal purge_protection_stays() {
  return provider(400, "BadRequest",
                  "The property \"enablePurgeProtection\" cannot be set to false. Enabling the "
                  "purge protection for a vault is an irreversible action.");
}
Refusal soft_delete_stays() {
  return provider(400, "BadRequest",
                  "The property \"enableSoftDelete\" cannot be set to false. Enabling the soft "
                  "delete for a vault is an irreversible action.");
}
Refusal retention_stays() {
  return provider(400, "BadRequest",
                  "The property \"softDeleteRetentionInDays\" has been set already and it can't be "
                  "modified.");
}
Refusal too_many(std::string_view what, std::size_t count, std::size_t limit) {
  return provider(400, "BadRequest",
                  "An invalid value was provided for " + quoted(what) + ": " +
                      std::to_string(count) + " entries are more than the maximum of " +
                      std::to_string(limit) + ".");
}

}  // namespace errors
}  // namespace akv::emulator
