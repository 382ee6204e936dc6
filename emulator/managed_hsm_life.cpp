#include "akv/emulator/managed_hsm_life.hpp"

#include "akv/emulator/jobs.hpp"
#include "akv/emulator/key_vault_errors.hpp"
#include "akv/emulator/member_order.hpp"
#include "akv/emulator/vault_life.hpp"
#include "akv/mgmt/core/ascii.hpp"

#include <utility>

namespace akv::emulator {
namespace {

using json::Document;

void store_as(Store& store, Resource& hsm, Document& body) {
  put_first(body, {"sku", "id", "name", "type", "location", "tags", "identity", "systemData"});
  put_first(
      body.set("properties"),
      {"tenantId", "hsmUri", "initialAdminObjectIds", "enableSoftDelete",
       "softDeleteRetentionInDays", "enablePurgeProtection", "provisioningState", "statusMessage",
       "networkAcls", "publicNetworkAccess", "regions", "securityDomainProperties"});
  hsm.body = body.dump();
  hsm.summary = summary_of(body, hsm.location);
  store.put_resource(hsm);
}

void set_state(Document& body, const char* state, const char* message) {
  Document& properties = body.set("properties");
  properties.set("statusMessage", message);
  properties.set("provisioningState", state);
}

/// Nobody activates it here: that is done through the data plane, with the security domain.
Document not_activated() {
  return Document::object({{"activationStatus", "NotActivated"},
                           {"activationStatusMessage",
                            "Your HSM has been provisioned, but cannot be used for cryptographic "
                            "operations until it is "
                            "activated. To activate the HSM, download the security domain."}});
}

void finish_regions(Document& regions) {
  std::erase_if(regions.as_array(), [](const Document& region) {
    return region["provisioningState"].string_or() == "Deleting";
  });
  for (Document& region : regions.as_array()) region.set("provisioningState", "Succeeded");
}

void finish_change(Store& store, Resource& hsm) {
  Document body = Document::parse(hsm.body);
  Document& properties = body.set("properties");
  properties.set("hsmUri", "https://" + ascii::lower(hsm.name) + ".managedhsm.azure.net/");
  if (Document* regions = properties.find("regions"); regions && regions->is_array())
    finish_regions(*regions);
  if (!properties.find("securityDomainProperties"))
    properties.set("securityDomainProperties", not_activated());
  set_state(body, "Succeeded", "The Managed HSM is provisioned and ready to use.");
  store_as(store, hsm, body);
}

}  // namespace

std::string shown_hsm(std::string_view body, std::string_view api_version) {
  // What is stored is what most requests want.
  if (at_least(api_version, "2025-05-01")) return std::string(body);
  Document hsm = Document::parse(body);
  Document& properties = hsm.set("properties");
  if (Document* acls = properties.find("networkAcls")) acls->erase("serviceTags");
  if (!at_least(api_version, "2023-07-01")) hsm.erase("identity");
  if (!at_least(api_version, "2022-07-01")) {
    properties.erase("regions");
    properties.erase("securityDomainProperties");
  }
  if (!at_least(api_version, "2021-04-01")) {
    properties.erase("publicNetworkAccess");
    properties.erase("networkAcls");
    hsm.erase("systemData");
  }
  return hsm.dump();
}

void refuse_while_changing(const Call& call, const Resource& hsm) {
  if (call.store.job_on(hsm.id)) throw errors::write_under_way("managed HSM", hsm.name);
}

std::string start_hsm_change(const Call& call, Resource& hsm, Document body, HsmChange change) {
  if (change == HsmChange::provision) {
    // There is no address before there is hardware.
    body.set("properties").set("hsmUri", nullptr);
    set_state(body, "Provisioning", "Allocating hardware");
  } else {
    set_state(body, "Updating", "ManagedHsm is updating.");
  }
  store_as(call.store, hsm, body);
  if (call.options.job_delay > call.options.job_delay.zero())
    return start_job(call, JobKind::change_hsm, hsm.id);
  finish_change(call.store, hsm);
  return {};
}

std::string start_hsm_deletion(const Call& call, Resource& hsm) {
  Document body = Document::parse(hsm.body);
  set_state(body, "Deleting", "ManagedHsm is being deleted.");
  store_as(call.store, hsm, body);
  return start_job(call, JobKind::delete_hsm, hsm.id);
}

void finish_hsm(Store& store, const Job& job) {
  auto hsm = store.resource(job.subject);
  if (!hsm) return;  // Its group went first.
  if (job.kind == JobKind::delete_hsm)
    delete_resource(store, *hsm, job.due);
  else
    finish_change(store, *hsm);
}

std::string hsm_result_path(std::string_view subscription, std::string_view location,
                            std::string_view token) {
  return "/subscriptions/" + std::string(subscription) +
         "/providers/Microsoft.KeyVault/locations/" + std::string(location) +
         "/managedHsmOperationResults/" + std::string(token);
}

}  // namespace akv::emulator
