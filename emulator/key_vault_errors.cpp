#include "akv/emulator/key_vault_errors.hpp"

#include "akv/emulator/regions.hpp"
#include "akv/emulator/service.hpp"

#include <utility>

namespace akv::emulator {
namespace {

Refusal provider(int status, const char* code, std::string message) {
  return {Refusal::By::provider, status, code, std::move(message)};
}
std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

constexpr const char* conflict =
    "A conflict occurred that prevented the operation from completing.";

}  // namespace

std::string hsm_name_not_valid_text(std::string_view name) {
  return "The managed HSM name " + quoted(name) +
         " is invalid. A managed HSM's name must be between 3-24 alphanumeric characters. The name "
         "must begin with a letter, end with a letter or digit, and not contain consecutive "
         "hyphens.";
}

std::string hsm_already_exists_text(std::string_view name) {
  return "The managed HSM name " + quoted(name) +
         " is already in use. Managed HSM names are globally unique, also those of deleted ones "
         "that have not been purged.";
}

http::Response name_unavailable(const char* reason, std::string_view message) {
  return answer(200, json::Document::object(
                         {{"nameAvailable", false}, {"reason", reason}, {"message", message}}));
}

namespace errors {

Refusal write_under_way(std::string_view kind, std::string_view name) {
  const std::string what(kind);
  return provider(409, "ConflictError",
                  std::string(conflict) + " The operation failed because the " + what + " " +
                      quoted(name) +
                      " changed from the point the operation began. This can happen if parallel "
                      "operations are being performed on the " +
                      what +
                      ". To prevent this error, serialize the operations so that only one "
                      "operation is performed on the " +
                      what + " at a time.");
}
Refusal cannot_be_modified(std::string_view property) {
  return provider(400, "BadRequest",
                  "The property \"" + std::string(property) +
                      "\" has been set already and it can't be modified.");
}
Refusal hsm_name_not_valid(std::string_view name) {
  return provider(400, "ManagedHsmNameNotValid", hsm_name_not_valid_text(name));
}
Refusal hsm_already_exists(std::string_view name) {
  return provider(409, "ManagedHsmAlreadyExists", hsm_already_exists_text(name));
}
Refusal deleted_hsm_twin() {
  return provider(409, "ConflictError",
                  "A managed HSM with the same name already exists in deleted state. You need to "
                  "either recover or purge existing managed HSM.");
}
Refusal no_hsm_to_recover() {
  return provider(404, "SoftDeletedManagedHsmDoesNotExist",
                  "A soft deleted managed HSM with the given name does not exist. Ensure that the "
                  "name for the managed HSM that is being attempted to recover is in a recoverable "
                  "state.");
}
Refusal hsm_being_purged(std::string_view name) {
  return provider(409, "ConflictError",
                  std::string(conflict) + " The managed HSM " + quoted(name) + " is being purged.");
}
Refusal hsm_purge_not_allowed() {
  return provider(405, "MethodNotAllowed", "Operation 'DeletedManagedHsmPurge' is not allowed.");
}
Refusal hsm_region_invalid(std::string_view region) {
  return provider(400, "400",
                  "Invalid region name: " + std::string(region) +
                      " passed. The valid list of region names: " + region_list());
}

}  // namespace errors
}  // namespace akv::emulator
