// What a doctor looks for, as one table.
#include "akv/provision/doctor/examination.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace akv::doctor {
namespace {

constexpr Rule table[] = {
    {"null-access-model", Severity::breaks, "access model never set",
     "Access policies decide today. All api-versions before 2026-02-01 retire on 2027-02-27; from "
     "2026-02-01 on, a vault that is written without an access model gets Azure roles, and its "
     "access policies mean nothing any more."},
    {"no-administrator", Severity::breaks, "nobody can administer the contents",
     "No access policy may write, delete or recover a key, secret or certificate."},
    {"unreachable", Severity::breaks, "nobody can reach the contents",
     "The firewall lets nobody in and no private endpoint is approved. An address of yours comes "
     "in "
     "by az keyvault network-rule add."},
    {"gone-principal", Severity::risk, "access policies of principals that are gone",
     "Such an entry serves nobody, and hides who really has access."},
    {"duplicate-policy", Severity::risk, "several access policies of one principal",
     "Together they are a union: taking a permission out of one of them changes nothing."},
    {"idle-network-rules", Severity::risk, "network rules without effect",
     "They read as a protection, or as an access, that is not there."},
    {"purge-protection", Severity::risk, "purge protection off",
     "Whoever may purge can end the vault for ever before its retention does."},
    {"orphaned-deleted-vault", Severity::note, "deleted vaults whose resource group is gone",
     "They keep their names until they are purged, and their group must be made again before they "
     "can be recovered."},
};

}  // namespace

std::span<const Rule> rules() { return table; }

const Rule& rule(std::string_view id) {
  const auto found = std::find_if(std::begin(table), std::end(table),
                                  [id](const Rule& known) { return known.id == id; });
  assert(found != std::end(table));
  return *found;
}

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::breaks:
      return "breaks";
    case Severity::risk:
      return "risk";
    case Severity::note:
      return "note";
  }
  return "note";
}

}  // namespace akv::doctor
