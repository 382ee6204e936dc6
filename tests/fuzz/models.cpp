// Every model that an answer is decoded to: what is read, unknown members included, is written as
// something that reads back as the same. The first byte chooses the model.
#include "akv/mgmt/arm/pager.hpp"
#include "akv/mgmt/arm/resource.hpp"
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/json/codec.hpp"
#include "akv/mgmt/keyvault/deleted_vault.hpp"
#include "akv/mgmt/keyvault/name_availability.hpp"
#include "akv/mgmt/keyvault/vault.hpp"
#include "akv/mgmt/resources/resource_group.hpp"
#include "akv/mgmt/resources/subscription.hpp"

#include <cstdlib>
#include <iterator>

namespace {

using namespace akv;

template <class Model>
void round_trip(std::string_view text) {
  const json::EncodeOptions all{.keep_read_only = true};
  const std::string once = json::encode(json::decode<Model>(text), all);
  if (json::encode(json::decode<Model>(once), all) != once) std::abort();
  (void)json::encode(json::decode<Model>(text));
}

// One line for each. A list's page wraps its model and adds nextLink.
constexpr void (*models[])(std::string_view) = {
    round_trip<Vault>,
    round_trip<arm::ListResult<Vault>>,
    round_trip<VaultAccessPolicyParameters>,
    round_trip<DeletedVault>,
    round_trip<arm::ListResult<DeletedVault>>,
    round_trip<CheckNameAvailabilityResult>,
    round_trip<arm::ListResult<TrackedResource>>,
    round_trip<ResourceGroup>,
    round_trip<arm::ListResult<ResourceGroup>>,
    round_trip<Subscription>,
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  try {
    models[data[0] % std::size(models)]({reinterpret_cast<const char*>(data) + 1, size - 1});
  } catch (const FormatError&) {
  }
  return 0;
}
