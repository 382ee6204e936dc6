/// A managed HSM beside the vault, for tests of what both have.
#pragma once
#include "support/emulator_client.hpp"

namespace akv::test {

struct HsmClient : EmulatorClient {
  explicit HsmClient(emulator::Options options = {}) : EmulatorClient(std::move(options)) {
    make_group();
  }
  std::string hsm(const std::string& name = "hsm1", const std::string& group = "g") const {
    return resource_group_id(emulator->identity().subscription_id, group) +
           "/providers/Microsoft.KeyVault/managedHSMs/" + name;
  }
  std::string deleted_hsm(const std::string& name = "hsm1") const {
    return key_vault() + "/locations/westus/deletedManagedHSMs/" + name;
  }
  /// With more properties: `,"regions":[]`, and more beside them: `,"tags":{}`.
  std::string hsm_body(const std::string& more = {}, const std::string& beside = {}) const {
    return R"({"location":"westus","sku":{"family":"B","name":"Standard_B1"})" + beside +
           R"(,"properties":{"tenantId":")" + emulator->identity().tenant_id +
           R"(","initialAdminObjectIds":["00000000-0000-4000-8000-000000000001"])" + more + "}}";
  }
  Answer make_hsm(const std::string& name = "hsm1",
                  const std::string& more = R"(,"enablePurgeProtection":false)") {
    return put(hsm(name), hsm_body(more));
  }
  std::string state(const std::string& id) {
    return std::string(get(id).property("provisioningState").string_or());
  }
};

/// A managed HSM that is provisioned.
struct HsmFixture : HsmClient {
  explicit HsmFixture(emulator::Options options = {}) : HsmClient(std::move(options)) {
    make_hsm();
    clock.advance(std::chrono::seconds(2));
  }
};

/// A seeded connection that waits for an answer.
inline json::Document pending_connection() {
  using json::Document;
  return Document::object(
      {{"etag", "1"},
       {"location", "westus"},
       {"properties", Document::object({{"provisioningState", "Succeeded"},
                                        {"privateEndpoint", Document::object({{"id", "/pe"}})},
                                        {"privateLinkServiceConnectionState",
                                         Document::object({{"status", "Pending"},
                                                           {"description", ""},
                                                           {"actionsRequired", "None"}})}})}});
}

}  // namespace akv::test
