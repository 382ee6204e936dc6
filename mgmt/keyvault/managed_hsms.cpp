#include "akv/mgmt/keyvault/managed_hsms.hpp"

namespace akv {
namespace {

using arm::FinalState;
using http::Method;

constexpr const char* begin_create = "ManagedHsms.begin_create_or_update";
constexpr const char* begin_update_name = "ManagedHsms.begin_update";
constexpr const char* begin_delete_name = "ManagedHsms.begin_delete";
constexpr const char* begin_purge = "ManagedHsms.begin_purge_deleted";

// Hardware is slower than a vault.
constexpr std::chrono::seconds hsm_interval{30};

}  // namespace

Poller<ManagedHsm> ManagedHsmsOperations::begin_create_or_update(
    std::string_view resource_group_name, std::string_view name, const ManagedHsm& parameters,
    const CallOptions& options) const {
  return start<ManagedHsm>({.method = Method::put,
                            .operation = begin_create,
                            .path = managed_hsm_path(begin_create, resource_group_name, name).str(),
                            .body = json::encode(parameters)},
                           {200, 201, 202}, {FinalState::location, hsm_interval}, options);
}

Poller<ManagedHsm> ManagedHsmsOperations::resume_create_or_update(
    std::string_view resume_token, const CallOptions& options) const {
  return resume<ManagedHsm>(begin_create, resume_token, {FinalState::location, hsm_interval},
                            options);
}

Poller<ManagedHsm> ManagedHsmsOperations::begin_update(std::string_view resource_group_name,
                                                       std::string_view name,
                                                       const ManagedHsm& parameters,
                                                       const CallOptions& options) const {
  return start<ManagedHsm>(
      {.method = Method::patch,
       .operation = begin_update_name,
       .path = managed_hsm_path(begin_update_name, resource_group_name, name).str(),
       .body = json::encode(parameters)},
      {200, 201, 202}, {FinalState::location, hsm_interval}, options);
}

Poller<ManagedHsm> ManagedHsmsOperations::resume_update(std::string_view resume_token,
                                                        const CallOptions& options) const {
  return resume<ManagedHsm>(begin_update_name, resume_token, {FinalState::location, hsm_interval},
                            options);
}

ManagedHsm ManagedHsmsOperations::get(std::string_view resource_group_name, std::string_view name,
                                      const CallOptions& options) const {
  constexpr const char* operation = "ManagedHsms.get";
  return send_get<ManagedHsm>(
      operation, managed_hsm_path(operation, resource_group_name, name).str(), options);
}

std::optional<ManagedHsm> ManagedHsmsOperations::find(std::string_view resource_group_name,
                                                      std::string_view name,
                                                      const CallOptions& options) const {
  constexpr const char* operation = "ManagedHsms.find";
  return send_find<ManagedHsm>(
      operation, managed_hsm_path(operation, resource_group_name, name).str(), options);
}

Poller<void> ManagedHsmsOperations::begin_delete(std::string_view resource_group_name,
                                                 std::string_view name,
                                                 const CallOptions& options) const {
  return start<void>({.method = Method::del,
                      .operation = begin_delete_name,
                      .path = managed_hsm_path(begin_delete_name, resource_group_name, name).str()},
                     {200, 202, 204}, {FinalState::none, hsm_interval}, options);
}

Poller<void> ManagedHsmsOperations::resume_delete(std::string_view resume_token,
                                                  const CallOptions& options) const {
  return resume<void>(begin_delete_name, resume_token, {FinalState::none, hsm_interval}, options);
}

Pager<ManagedHsm> ManagedHsmsOperations::list_by_resource_group(
    std::string_view resource_group_name, std::optional<int> top,
    const CallOptions& options) const {
  constexpr const char* operation = "ManagedHsms.list_by_resource_group";
  return pager<ManagedHsm>(operation,
                           group_path(operation, resource_group_name).text("/managedHSMs").str(),
                           arm::top_query(top), options);
}

Pager<ManagedHsm> ManagedHsmsOperations::list_by_subscription(std::optional<int> top,
                                                              const CallOptions& options) const {
  constexpr const char* operation = "ManagedHsms.list_by_subscription";
  return pager<ManagedHsm>(operation, provider_path(operation).text("/managedHSMs").str(),
                           arm::top_query(top), options);
}

Pager<DeletedManagedHsm> ManagedHsmsOperations::list_deleted(const CallOptions& options) const {
  constexpr const char* operation = "ManagedHsms.list_deleted";
  return pager<DeletedManagedHsm>(
      operation, provider_path(operation).text("/deletedManagedHSMs").str(), {}, options);
}

DeletedManagedHsm ManagedHsmsOperations::get_deleted(std::string_view name,
                                                     std::string_view location,
                                                     const CallOptions& options) const {
  constexpr const char* operation = "ManagedHsms.get_deleted";
  return send_get<DeletedManagedHsm>(operation, deleted_path(operation, location, name).str(),
                                     options);
}

Poller<void> ManagedHsmsOperations::begin_purge_deleted(std::string_view name,
                                                        std::string_view location,
                                                        const CallOptions& options) const {
  return start<void>({.method = Method::post,
                      .operation = begin_purge,
                      .path = deleted_path(begin_purge, location, name).text("/purge").str()},
                     {200, 202, 204}, {FinalState::none, hsm_interval}, options);
}

Poller<void> ManagedHsmsOperations::resume_purge_deleted(std::string_view resume_token,
                                                         const CallOptions& options) const {
  return resume<void>(begin_purge, resume_token, {FinalState::none, hsm_interval}, options);
}

CheckMhsmNameAvailabilityResult ManagedHsmsOperations::check_mhsm_name_availability(
    const CheckMhsmNameAvailabilityParameters& parameters, const CallOptions& options) const {
  constexpr const char* operation = "ManagedHsms.check_mhsm_name_availability";
  return send_question<CheckMhsmNameAvailabilityResult>(
      operation, provider_path(operation).text("/checkMhsmNameAvailability").str(), parameters,
      options);
}

arm::Path ManagedHsmsOperations::deleted_path(std::string_view operation, std::string_view location,
                                              std::string_view name) const {
  return provider_path(operation)
      .text("/locations/")
      .name("location", location)
      .text("/deletedManagedHSMs/")
      .name("managed HSM name", name);
}

}  // namespace akv
