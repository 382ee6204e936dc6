// Each operation on locks against a sample of its request and answer.
#include "neighbours/fixture.hpp"

#include <functional>
#include <vector>

using namespace akv;
using namespace akv::test;
using json::Document;

namespace {

const std::string ending = "/providers/Microsoft.Authorization/locks";
const std::map<std::string, std::string> usual_query{{"api-version", "2020-05-01"}};
const std::map<std::string, std::string> at_scope{{"api-version", "2020-05-01"},
                                                  {"$filter", "atScope()"}};
const char* const lock = R"({"id":"/l","name":"keep","type":"Microsoft.Authorization/locks",
    "systemData":{"createdBy":"me"},"properties":{"level":"CanNotDelete","notes":"Paid for.",
      "owners":[{"applicationId":"a"}],"new":true}})";
const char* const sent_lock = R"({"properties":{"level":"CanNotDelete","notes":"Paid for."}})";
const ManagementLockObject parameters{
    .properties = {.level = lock_level::can_not_delete, .notes = "Paid for."}};

/// The four operations that there are for each kind of place.
struct Place {
  std::string path;
  std::function<ManagementLockObject(const ManagementLocksOperations&)> create, get;
  std::function<bool(const ManagementLocksOperations&)> remove;
  std::function<Pager<ManagementLockObject>(const ManagementLocksOperations&, const char*)> list;
};

const std::vector<Place>& places() {
  static const auto* const all = new std::vector<Place>{
      {vault_scope,
       [](const auto& locks) {
         return locks.create_or_update_by_scope(vault_scope, "keep", parameters);
       },
       [](const auto& locks) { return locks.get_by_scope(vault_scope.substr(1), "keep"); },
       [](const auto& locks) { return locks.delete_by_scope(vault_scope, "keep"); },
       [](const auto& locks, const char* filter) {
         return locks.list_by_scope(vault_scope, filter);
       }},
      {scope,
       [](const auto& locks) {
         return locks.create_or_update_at_subscription_level("keep", parameters);
       },
       [](const auto& locks) { return locks.get_at_subscription_level("keep"); },
       [](const auto& locks) { return locks.delete_at_subscription_level("keep"); },
       [](const auto& locks, const char* filter) {
         return locks.list_at_subscription_level(filter);
       }},
      {scope + "/resourceGroups/rg",
       [](const auto& locks) {
         return locks.create_or_update_at_resource_group_level("rg", "keep", parameters);
       },
       [](const auto& locks) { return locks.get_at_resource_group_level("rg", "keep"); },
       [](const auto& locks) { return locks.delete_at_resource_group_level("rg", "keep"); },
       [](const auto& locks, const char* filter) {
         return locks.list_at_resource_group_level("rg", filter);
       }},
      {scope + "/resourcegroups/rg/providers/Microsoft.KeyVault/vaults/kv",
       [](const auto& locks) {
         return locks.create_or_update_at_resource_level(vault_address, "keep", parameters);
       },
       [](const auto& locks) { return locks.get_at_resource_level(vault_address, "keep"); },
       [](const auto& locks) { return locks.delete_at_resource_level(vault_address, "keep"); },
       [](const auto& locks, const char* filter) {
         return locks.list_at_resource_level(vault_address, filter);
       }}};
  return *all;
}

struct LocksFixture : NeighbourFixture {
  ManagementLocksOperations locks() { return authorization().management_locks(); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(management_locks, LocksFixture)

BOOST_AUTO_TEST_CASE(locks_of_each_kind_of_place_are_made_read_listed_and_deleted) {
  std::size_t at = 0;
  for (const Place& place : places()) BOOST_TEST_CONTEXT(place.path) {
      transport->reply(201, {}, lock).reply(200, {}, lock).reply(200).reply(204);
      reply_times(2, std::string(R"({"value":[)") + lock + "]}");
      const std::string collection = place.path + ending;
      BOOST_TEST(place.create(locks()).properties.level == lock_level::can_not_delete);
      BOOST_TEST(place.get(locks()).properties.owners[0].application_id.value_or("") == "a");
      BOOST_TEST(place.remove(locks()));
      BOOST_TEST(!place.remove(locks()));
      BOOST_TEST(place.list(locks(), "").to_vector().at(0).name == "keep");
      place.list(locks(), "atScope()").to_vector();
      check(at, "PUT", collection + "/keep", usual_query, sent_lock);
      check(at + 1, "GET", collection + "/keep", usual_query);
      check(at + 2, "DELETE", collection + "/keep", usual_query);
      check(at + 4, "GET", collection, usual_query);
      check(at + 5, "GET", collection, at_scope);
      at += 6;
    }
}

BOOST_AUTO_TEST_CASE(a_lock_that_is_not_there_is_an_error_or_nothing) {
  const char* none = R"({"error":{"code":"LockNotFound","message":"None."}})";
  for (std::size_t i = 0; i <= places().size(); ++i) transport->reply(404, {}, none);
  for (const Place& place : places()) BOOST_CHECK_THROW(place.get(locks()), NotFoundError);
  BOOST_TEST(!locks().find_by_scope(scope, "keep"));
  transport->reply(200, {}, lock);
  BOOST_TEST(locks().find_by_scope(scope, "keep")->name == "keep");
}

BOOST_AUTO_TEST_CASE(a_lock_is_written_back_without_what_the_service_sets) {
  const auto read = json::decode<ManagementLockObject>(lock);
  const Document sent = Document::parse(json::encode(read));
  BOOST_TEST((sent == Document::parse(R"({"properties":{"level":"CanNotDelete","notes":"Paid for.",
      "owners":[{"applicationId":"a"}],"new":true}})")),
             sent.dump());
  const std::string again = json::encode(read, {.keep_read_only = true});
  BOOST_TEST((Document::parse(again) == Document::parse(lock)), again);
}

BOOST_AUTO_TEST_CASE(a_lock_without_a_name_or_place_is_never_deleted) {
  for (const char* name : {"", ".", ".."}) {
    BOOST_TEST(!refusal([&] { locks().delete_by_scope(scope, name); }).empty());
    BOOST_TEST(!refusal([&] { locks().delete_at_subscription_level(name); }).empty());
    BOOST_TEST(!refusal([&] { locks().delete_at_resource_group_level("rg", name); }).empty());
    BOOST_TEST(!refusal([&] { locks().delete_at_resource_group_level(name, "l"); }).empty());
    BOOST_TEST(!refusal([&] { locks().delete_at_resource_level(vault_address, name); }).empty());
  }
  BOOST_TEST(refusal([&] { locks().delete_by_scope("", "l"); }) == "the scope is empty");
  BOOST_TEST(refusal([&] { locks().delete_by_scope(vault_scope + "/keys", "l"); }) ==
             "the scope is no whole id: \"" + vault_scope + "/keys\"");
  BOOST_TEST(count() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
