/// The states of a managed HSM: each change takes its time, and lets no other in meanwhile.
#pragma once
#include "akv/emulator/service.hpp"

#include <string>
#include <string_view>

namespace akv::emulator {

/// A stored managed HSM's JSON as GET shows it with this api-version.
std::string shown_hsm(std::string_view body, std::string_view api_version);

/// Refuses with 409 ConflictError while a change of it is under way.
void refuse_while_changing(const Call& call, const Resource& hsm);

enum class HsmChange { provision, update };
/// Stores `body` as the managed HSM's and starts the change, which ends by the clock. Returns the
/// job's token, empty where there is no delay and all is done.
std::string start_hsm_change(const Call& call, Resource& hsm, json::Document body,
                             HsmChange change);
/// Marks it as being deleted, by the returned job.
std::string start_hsm_deletion(const Call& call, Resource& hsm);

/// The end of a change_hsm or delete_hsm job.
void finish_hsm(Store& store, const Job& job);

/// Where to ask for the result of such a job.
std::string hsm_result_path(std::string_view subscription, std::string_view location,
                            std::string_view token);

}  // namespace akv::emulator
