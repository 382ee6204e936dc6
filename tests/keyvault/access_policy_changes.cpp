// merge_access_policies and remove_access_policies against the emulator, with a second writer.
#include "akv/emulator/emulator.hpp"
#include "akv/mgmt/core/random.hpp"
#include "akv/mgmt/identity/credentials.hpp"
#include "akv/mgmt/keyvault/client.hpp"
#include "akv/mgmt/resources/client.hpp"
#include "support/fake_clock.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;

namespace {

using Entries = std::vector<AccessPolicyEntry>;

const std::string alice = "00000000-0000-4000-8000-00000000000a";
const std::string bob = "00000000-0000-4000-8000-00000000000b";
const std::string app = "00000000-0000-4000-8000-0000000000aa";

struct PolicyFixture {
  FakeClock clock;
  SeededRandom random{5};
  std::shared_ptr<emulator::Emulator> azure =
      std::make_shared<emulator::Emulator>(emulator::Options{.clock = &clock, .random = &random});
  arm::ClientOptions options{
      .transport = emulator::make_in_process_transport(azure), .clock = &clock, .random = &random};
  VaultsOperations vaults = make();
  std::chrono::milliseconds before = clock.slept();

  std::chrono::milliseconds waited() const { return clock.slept() - before; }

  VaultsOperations make() {
    const emulator::Identity& who = azure->identity();
    const auto credential = identity::make_client_secret_credential(
        who.tenant_id, who.client_id, who.client_secret,
        {.transport = options.transport, .random = &random});
    ResourceManagementClient(credential, who.subscription_id, options)
        .resource_groups()
        .create_or_update("rg", {.location = "westeurope"});
    const auto all = KeyVaultManagementClient(credential, who.subscription_id, options).vaults();
    all.begin_create_or_update("rg", "kv-1",
                               {.location = "westeurope",
                                .properties = {.tenant_id = who.tenant_id,
                                               .sku = {.name = sku_name::standard},
                                               .access_policies = {entry(alice, {.keys = {"Get"}})},
                                               .enable_rbac_authorization = false}})
        .result();
    azure->clear_requests();
    return all;
  }

  AccessPolicyEntry entry(const std::string& object_id, Permissions permissions) const {
    return {.tenant_id = azure->identity().tenant_id,
            .object_id = object_id,
            .permissions = std::move(permissions)};
  }

  /// In short: `a keys=Get secrets=list; b …`, with the application's last letter behind a slash.
  static std::string text(const Entries& entries) {
    std::string text;
    for (const AccessPolicyEntry& e : entries) {
      text += (text.empty() ? "" : "; ") + e.object_id.substr(35);
      if (e.application_id) text += "/" + e.application_id->substr(35);
      for (const auto& [name, words] :
           {std::pair("keys", &e.permissions.keys), std::pair("secrets", &e.permissions.secrets),
            std::pair("certificates", &e.permissions.certificates),
            std::pair("storage", &e.permissions.storage)}) {
        if (words->empty()) continue;
        text += std::string(" ") + name + "=";
        for (const std::string& word : *words) text += (text.back() == '=' ? "" : ",") + word;
      }
    }
    return text;
  }
  std::string stored() const {
    const Vault vault = vaults.get("rg", "kv-1");
    return text(vault.properties.access_policies ? *vault.properties.access_policies : Entries());
  }
  /// The kinds of access policy changes that were sent: `add add`.
  std::string sent() const {
    std::string kinds;
    for (const emulator::LoggedRequest& request : azure->requests())
      if (const auto at = request.url.find("/accessPolicies/"); at != std::string::npos)
        kinds += (kinds.empty() ? "" : " ") +
                 request.url.substr(at + 16, request.url.find('?') - at - 16);
    return kinds;
  }
  /// Another writer changes the vault just before each of our changes arrives.
  void before_each_change(std::function<void()> write) {
    azure->before_each([write = std::move(write)](const http::Request& request) {
      if (request.url.find("/accessPolicies/") != std::string::npos) write();
    });
  }
  /// The first `times` of our changes are refused.
  void refuse(int times, const std::string& code = "ConflictError") {
    azure->intercept([left = times, code](const http::Request& request) mutable {
      if (request.url.find("/accessPolicies/") == std::string::npos || left-- <= 0)
        return std::optional<http::Response>();
      return std::optional(http::Response{
          .status = 409, .body = R"({"error":{"code":")" + code + R"(","message":"Busy."}})"});
    });
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(access_policy_changes, PolicyFixture)

BOOST_AUTO_TEST_CASE(merging_adds_what_is_missing_and_takes_nothing_away) {
  AccessPolicyEntry of_app = entry(alice, {.keys = {"sign"}});
  of_app.application_id = app;
  const Entries after =
      vaults.merge_access_policies("rg", "kv-1",
                                   {entry(alice, {.keys = {"get", "list"}, .secrets = {"get"}}),
                                    entry(bob, {.certificates = {"list"}}), of_app});
  BOOST_TEST(text(after) == "a keys=Get,list secrets=get; b certificates=list; a/a keys=sign");
  BOOST_TEST(text(after) == stored());
  BOOST_TEST(sent() == "add");
}

BOOST_AUTO_TEST_CASE(nothing_is_sent_where_nothing_is_missing) {
  vaults.merge_access_policies("rg", "kv-1", {entry(bob, {.secrets = {"all"}})});
  azure->clear_requests();
  const Entries after = vaults.merge_access_policies(
      "rg", "kv-1",
      {entry(alice, {.keys = {"GET"}}), entry(bob, {.secrets = {"purge", "all"}}), entry(app, {})});
  BOOST_TEST(text(after) == "a keys=Get; b secrets=all");
  BOOST_TEST(text(vaults.merge_access_policies("rg", "kv-1", {})) == text(after));
  BOOST_TEST(sent() == "");
}

BOOST_AUTO_TEST_CASE(entries_of_one_principal_count_together) {
  vaults.merge_access_policies("rg", "kv-1",
                               {entry(bob, {.keys = {"get"}}), entry(bob, {}),
                                entry(bob, {.keys = {"Get", "list"}, .secrets = {"set"}})});
  BOOST_TEST(stored() == "a keys=Get; b keys=get,list secrets=set");
}

BOOST_AUTO_TEST_CASE(what_another_writer_adds_between_reading_and_writing_survives) {
  before_each_change([&] {
    vaults.update_access_policy(
        "rg", "kv-1", "add",
        {.properties = {.access_policies = {entry(bob, {.keys = {"get"}}),
                                            entry(alice, {.secrets = {"list"}})}}});
  });
  const Entries merged =
      vaults.merge_access_policies("rg", "kv-1", {entry(alice, {.keys = {"list"}})});
  BOOST_TEST(text(merged) == "a keys=Get,list secrets=list; b keys=get");
  const Entries removed =
      vaults.remove_access_policies("rg", "kv-1", {entry(alice, {.keys = {"get"}})});
  BOOST_TEST(text(removed) == "a keys=list secrets=list; b keys=get");
}

BOOST_AUTO_TEST_CASE(a_change_that_another_writer_undoes_is_made_again) {
  azure->intercept([left = 2](const http::Request& request) mutable {
    if (request.url.find("/accessPolicies/") == std::string::npos || left-- <= 0)
      return std::optional<http::Response>();
    return std::optional(http::Response{
        .status = 200,
        .body = R"({"id":"/v/accessPolicies/","properties":{"accessPolicies":[]}})"});
  });
  const Entries merged =
      vaults.merge_access_policies("rg", "kv-1", {entry(bob, {.keys = {"get"}})});
  BOOST_TEST(text(merged) == "a keys=Get; b keys=get");
  BOOST_TEST(sent() == "add add add");
}

BOOST_AUTO_TEST_CASE(after_a_conflict_it_is_read_and_merged_again) {
  refuse(2);
  BOOST_TEST(text(vaults.merge_access_policies("rg", "kv-1", {entry(bob, {.keys = {"get"}})})) ==
             "a keys=Get; b keys=get");
  BOOST_TEST(sent() == "add add add");
  BOOST_TEST((waited() == 3s));
}

BOOST_AUTO_TEST_CASE(the_fifth_conflict_is_the_callers) {
  refuse(5);
  BOOST_CHECK_EXCEPTION(vaults.remove_access_policies("rg", "kv-1", {entry(alice, {})}),
                        ConflictError, [](const ConflictError& error) {
                          return error.info().code == "ConflictError" &&
                                 error.info().operation == "Vaults.remove_access_policies";
                        });
  BOOST_TEST(sent() == "remove remove remove remove remove");
  BOOST_TEST((waited() == 15s));
  BOOST_TEST(stored() == "a keys=Get");
}

BOOST_AUTO_TEST_CASE(a_conflict_that_does_not_pass_by_itself_is_not_repeated) {
  refuse(1, "ScopeLocked");
  BOOST_CHECK_EXCEPTION(
      vaults.merge_access_policies("rg", "kv-1", {entry(bob, {.keys = {"get"}})}), ConflictError,
      [](const ConflictError& error) { return error.info().code == "ScopeLocked"; });
  BOOST_TEST(sent() == "add");
}

BOOST_AUTO_TEST_CASE(who_waits_for_nothing_has_nothing_repeated) {
  refuse(1);
  BOOST_CHECK_THROW(
      vaults.merge_access_policies("rg", "kv-1", {entry(bob, {.keys = {"get"}})},
                                   {.context = {.max_wait = std::chrono::seconds(0)}}),
      ConflictError);
  BOOST_TEST(sent() == "add");
}

BOOST_AUTO_TEST_CASE(removing_takes_the_named_permissions_only) {
  vaults.merge_access_policies(
      "rg", "kv-1",
      {entry(alice, {.keys = {"list"}, .secrets = {"get", "set"}, .storage = {"get"}}),
       entry(bob, {.keys = {"get"}})});
  azure->clear_requests();
  const Entries after = vaults.remove_access_policies(
      "rg", "kv-1", {entry(alice, {.keys = {"GET", "sign"}, .secrets = {"all"}}), entry(app, {})});
  BOOST_TEST(text(after) == "a keys=list storage=get; b keys=get");
  BOOST_TEST(text(after) == stored());
  BOOST_TEST(sent() == "remove");
}

BOOST_AUTO_TEST_CASE(removing_an_entry_that_names_nothing_takes_the_whole_entry) {
  vaults.merge_access_policies("rg", "kv-1", {entry(bob, {.keys = {"all"}, .secrets = {"get"}})});
  BOOST_TEST(text(vaults.remove_access_policies(
                 "rg", "kv-1", {entry(bob, {.secrets = {"get"}}), entry(bob, {.keys = {}})})) ==
             "a keys=Get");
  azure->clear_requests();
  vaults.remove_access_policies("rg", "kv-1", {entry(bob, {})});
  BOOST_TEST(sent() == "");
}

BOOST_AUTO_TEST_CASE(a_single_word_is_not_taken_from_all) {
  vaults.merge_access_policies("rg", "kv-1", {entry(bob, {.keys = {"all", "purge"}})});
  azure->clear_requests();
  BOOST_CHECK_EXCEPTION(
      vaults.remove_access_policies("rg", "kv-1", {entry(bob, {.keys = {"purge"}})}), AzureError,
      [](const AzureError& error) {
        return error.info().code == "InvalidArgument" &&
               std::string(error.what())
                       .find("has \"all\" of keys, from which \"purge\" cannot be taken alone") !=
                   std::string::npos;
      });
  BOOST_TEST(sent() == "");
  vaults.remove_access_policies("rg", "kv-1", {entry(bob, {.keys = {"purge", "all"}})});
  BOOST_TEST(stored() == "a keys=Get");
}

BOOST_AUTO_TEST_CASE(a_vault_that_is_not_there_is_an_error_and_a_list_may_be_missing) {
  BOOST_CHECK_THROW(vaults.merge_access_policies("rg", "kv-2", {}), NotFoundError);
  azure->intercept([](const http::Request&) {
    return std::optional(http::Response{.status = 200, .body = R"({"properties":{}})"});
  });
  BOOST_TEST(vaults.remove_access_policies("rg", "kv-1", {entry(bob, {})}).empty());
  BOOST_CHECK_EXCEPTION(vaults.merge_access_policies("rg", "kv-1", {entry(bob, {.keys = {"get"}})}),
                        ConflictError, [](const ConflictError& error) {
                          return error.info().code == "AccessPoliciesKeepChanging" &&
                                 std::string(error.what())
                                         .find(
                                             "another writer undid the change each of the 5 "
                                             "times that it was made") != std::string::npos;
                        });
}

BOOST_AUTO_TEST_CASE(the_deadline_bounds_all_attempts_together) {
  refuse(5);
  BOOST_CHECK_THROW(vaults.merge_access_policies(
                        "rg", "kv-1", {entry(bob, {.keys = {"get"}})},
                        {.context = {.deadline = clock.steady_now() + 2s, .clock = &clock}}),
                    CancelledError);
  BOOST_TEST(sent() == "add add");
}

BOOST_AUTO_TEST_SUITE_END()
