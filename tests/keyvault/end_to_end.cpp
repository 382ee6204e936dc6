// The clients against the emulator, as a program would use them.
#include "akv/mgmt/json/codec.hpp"
#include "akv/mgmt/keyvault/client.hpp"
#include "akv/mgmt/resources/client.hpp"
#include "support/emulated_azure.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace akv;
using namespace std::chrono_literals;

namespace {

struct EmulatedFixture : test::EmulatedAzure {
  KeyVaultManagementClient client{credential(who.client_secret), who.subscription_id, options()};
  ResourceManagementClient resources{credential(who.client_secret), who.subscription_id, options()};
  VaultsOperations vaults = client.vaults();
  ResourceGroupsOperations groups = resources.resource_groups();

  VaultCreateOrUpdateParameters standard() const {
    return {.location = "westeurope",
            .tags = {{{"team", "payments"}}},
            .properties = {
                .tenant_id = who.tenant_id,
                .sku = {.name = sku_name::standard},
                .access_policies = {{.tenant_id = who.tenant_id,
                                     .object_id = who.object_id,
                                     .permissions = {.keys = {"get"}, .secrets = {"get", "list"}}}},
                .enable_rbac_authorization = false}};
  }
  Vault create(const std::string& name) {
    groups.create_or_update("rg", {.location = "westeurope"});
    return vaults.begin_create_or_update("rg", name, standard()).result();
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(end_to_end, EmulatedFixture)

BOOST_AUTO_TEST_CASE(a_vault_lives_from_creation_to_purge) {
  const Vault created = create("kv-life");
  BOOST_TEST(created.properties.provisioning_state.value_or("") ==
             vault_provisioning_state::succeeded);
  BOOST_TEST(created.properties.vault_uri.value_or("").ends_with('/'));
  BOOST_TEST(created.properties.access_policies.size() == 1u);
  BOOST_TEST(!vaults.check_name_availability({.name = "kv-life"}).name_available.value_or(true));

  const Vault updated = vaults.update(
      "rg", "kv-life", {.properties = VaultPatchProperties{.sku = Sku{.name = sku_name::premium}}});
  BOOST_TEST(updated.properties.sku.name == sku_name::premium);
  BOOST_TEST(updated.properties.access_policies.size() == 1u);

  const auto policies = vaults.update_access_policy(
      "rg", "kv-life", access_policy_update_kind::add,
      {.properties = {.access_policies = {{.tenant_id = who.tenant_id,
                                           .object_id = "1b2c0000-0000-4000-8000-000000000009",
                                           .permissions = {.secrets = {"set"}}}}}});
  BOOST_TEST(policies.properties.access_policies.size() == 2u);

  BOOST_TEST(vaults.remove("rg", "kv-life"));
  BOOST_TEST(!vaults.find("rg", "kv-life"));
  BOOST_CHECK_THROW(vaults.get("rg", "kv-life"), NotFoundError);
  BOOST_TEST(!vaults.remove("rg", "kv-life"));

  const DeletedVault deleted = vaults.get_deleted("kv-life", "westeurope");
  BOOST_TEST(deleted.properties->vault_id.value_or("") == created.id);
  BOOST_TEST(vaults.list_deleted().to_vector().size() == 1u);
  vaults.begin_purge_deleted("kv-life", "westeurope").result();
  BOOST_TEST(vaults.list_deleted().to_vector().empty());
  BOOST_TEST(vaults.check_name_availability({.name = "kv-life"}).name_available.value_or(false));
}

BOOST_AUTO_TEST_CASE(a_deleted_vault_is_recovered_with_its_policies) {
  create("kv-back");
  vaults.remove("rg", "kv-back");
  BOOST_CHECK_THROW(vaults.begin_create_or_update("rg", "kv-back", standard()), ConflictError);
  const Vault back =
      vaults
          .begin_create_or_update("rg", "kv-back",
                                  {.location = "westeurope",
                                   .properties = {.tenant_id = who.tenant_id,
                                                  .sku = {.name = sku_name::standard},
                                                  .create_mode = create_mode::recover}})
          .result();
  BOOST_TEST(back.properties.access_policies.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_vault_that_is_written_back_as_it_is_stays_as_it_is) {
  create("kv-same");
  const Vault before = vaults.get("rg", "kv-same");
  vaults.begin_create_or_update("rg", "kv-same", to_parameters(before)).result();
  const Vault after = vaults.get("rg", "kv-same");
  BOOST_TEST(json::encode(after) == json::encode(before));
}

BOOST_AUTO_TEST_CASE(lists_come_page_by_page_to_the_empty_last_one) {
  std::set<std::string> names;
  for (const char* name : {"kv-l1", "kv-l2", "kv-l3", "kv-l4", "kv-l5"}) {
    create(name);
    names.insert(name);
  }
  std::set<std::string> by_subscription, by_group, by_index;
  for (const Vault& vault : vaults.list_by_subscription()) by_subscription.insert(vault.name);
  for (const Vault& vault : vaults.list_by_resource_group("rg", 3)) by_group.insert(vault.name);
  for (const TrackedResource& vault : vaults.list()) by_index.insert(vault.name);
  BOOST_TEST((by_subscription == names));
  BOOST_TEST((by_group == names));
  BOOST_TEST((by_index == names));
  BOOST_TEST(resources.resources().list_by_resource_group("rg").to_vector().size() == 5u);
  BOOST_TEST(groups.list().to_vector().at(0).name == "rg");

  std::size_t pages = 0;
  auto pager = vaults.list_by_subscription();
  for (const Page<Vault>& page : pager.pages()) {
    ++pages;
    BOOST_TEST(page.items.size() <= 2u);
  }
  BOOST_TEST(pages >= 3u);
}

BOOST_AUTO_TEST_CASE(a_creation_is_finished_by_another_client) {
  groups.create_or_update("rg", {.location = "westeurope"});
  const std::string token =
      vaults.begin_create_or_update("rg", "kv-other", standard()).resume_token();
  const KeyVaultManagementClient other(credential(who.client_secret), who.subscription_id,
                                       options());
  BOOST_TEST(other.vaults().resume_create_or_update(token).interval(2s).result().name ==
             "kv-other");
}

BOOST_AUTO_TEST_CASE(deleting_a_group_soft_deletes_its_vaults) {
  create("kv-group");
  groups.update("rg", {.tags = {{{"a", "b"}}}});
  BOOST_TEST(groups.get("rg").tags->at("a") == "b");
  groups.begin_delete("rg").result();
  BOOST_TEST(!groups.check_existence("rg"));
  BOOST_TEST(!groups.find("rg"));
  BOOST_CHECK_THROW(groups.begin_delete("rg"), NotFoundError);
  BOOST_TEST(vaults.list_deleted().to_vector().at(0).name == "kv-group");
}

BOOST_AUTO_TEST_CASE(the_subscription_shows_its_tenant) {
  BOOST_TEST(resources.subscriptions().get(who.subscription_id).tenant_id.value_or("") ==
             who.tenant_id);
}

BOOST_AUTO_TEST_CASE(a_wrong_secret_is_an_authentication_error_that_does_not_repeat_it) {
  const KeyVaultManagementClient stranger(credential("a-wrong-secret"), who.subscription_id,
                                          options());
  BOOST_CHECK_EXCEPTION(stranger.vaults().get("rg", "kv"), AuthenticationError,
                        [](const AuthenticationError& error) {
                          const std::string text = error.what();
                          return text.find("a-wrong-secret") == std::string::npos &&
                                 text.find("AADSTS7000215") != std::string::npos;
                        });
}

BOOST_AUTO_TEST_CASE(the_first_example_of_the_design_compiles_as_written) {
  const std::string subscription_id = who.subscription_id, tenant = who.tenant_id;
  auto credential = identity::make_default_credential();
  KeyVaultManagementClient default_client(credential, subscription_id);
  BOOST_TEST(default_client.subscription_id() == who.subscription_id);
}

BOOST_AUTO_TEST_SUITE_END()
