#include "support/emulator_client.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <set>
#include <vector>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;
using json::Document;

namespace {

struct ListFixture : EmulatorClient {
  explicit ListFixture(emulator::Options options = {}) : EmulatorClient(std::move(options)) {
    make_group();
  }
  /// The names on each page, following nextLink: `a b | c |`.
  std::string pages(const std::string& path, const std::string& version = {}) {
    std::string text, link = path;
    while (true) {
      const Document page = get(link, version).json();
      for (const Document& item : page["value"].as_array())
        text += std::string(item["name"].string_or()) + " ";
      if (!page.find("nextLink")) return text;
      text += "| ";
      link = page["nextLink"].as_string();
    }
  }
  std::string vaults() const { return group() + "/providers/Microsoft.KeyVault/vaults"; }
};

struct SmallPages : ListFixture {
  SmallPages() : ListFixture({.page_size = 2}) {}
};

}  // namespace

BOOST_AUTO_TEST_SUITE(paging)

BOOST_FIXTURE_TEST_CASE(key_vaults_lists_end_with_an_empty_page, ListFixture) {
  BOOST_TEST(get(vaults()).body == R"({"value":[]})");
  make_vault("kv1");
  const Document page = get(vaults()).json();
  BOOST_TEST(page["value"].size() == 1u);
  BOOST_TEST(page["nextLink"].string_or().starts_with("https://management.azure.com" + vaults() +
                                                      "?api-version=2023-07-01&$skiptoken="));
  BOOST_TEST(get(std::string(page["nextLink"].string_or())).body == R"({"value":[]})");
  BOOST_TEST(pages(key_vault() + "/vaults") == "kv1 | ");
  del(vault());
  BOOST_TEST(pages(key_vault() + "/deletedVaults") == "kv1 | ");
  BOOST_TEST(get(key_vault() + "/deletedVaults").body.find("&%24skiptoken=") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(pages_have_the_size_of_the_options_or_less, SmallPages) {
  for (const char* name : {"kv1", "kv2", "kv3", "kv4", "kv5"}) make_vault(name);
  BOOST_TEST(pages(vaults()) == "kv1 kv2 | kv3 kv4 | kv5 | ");
  BOOST_TEST(pages(vaults() + "?$top=1") == "kv1 | kv2 | kv3 | kv4 | kv5 | ");
  BOOST_TEST(pages(key_vault() + "/vaults?$top=1000") == "kv1 kv2 | kv3 kv4 | kv5 | ");
  BOOST_TEST(get(vaults() + "?%24top=1").json()["nextLink"].string_or().find("?$top=1&") !=
             std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(arms_lists_end_with_a_full_page, SmallPages) {
  make_group("h");
  BOOST_TEST(pages(subscription() + "/resourcegroups") == "g h ");
  make_group("i");
  BOOST_TEST(pages(subscription() + "/resourcegroups") == "g h | i ");
  for (const char* name : {"kv1", "kv2", "kv3"}) make_vault(name);
  BOOST_TEST(pages(group() + "/resources") == "kv1 kv2 | kv3 ");
}

BOOST_FIXTURE_TEST_CASE(what_comes_and_goes_between_pages_moves_nothing_else, SmallPages) {
  for (const char* name : {"kv1", "kv2", "kv3", "kv4"}) make_vault(name);
  const std::string second(get(vaults()).json()["nextLink"].string_or());
  del(vault("kv1"));
  make_vault("kv0");
  BOOST_TEST(pages(second) == "kv3 kv4 | ");
}

BOOST_FIXTURE_TEST_CASE(resources_are_found_by_type_name_group_region_and_tag, ListFixture) {
  make_vault("kv1");
  put(vault("kv2"), vault_body("", R"({"Env":"dev"})"));
  emulator->seed(
      subscription() + "/resourceGroups/Far/providers/Microsoft.Storage/storageAccounts/st1",
      Document::object(
          {{"location", "North Europe"}, {"tags", Document::object({{"env", "Dev"}})}}));
  const std::string all = subscription() + "/resources";
  BOOST_TEST(pages(all) == "st1 kv1 kv2 ");
  BOOST_TEST(pages(all + "?$filter=resourceType%20eq%20'microsoft.keyvault/Vaults'",
                   "2015-11-01") == "kv1 kv2 ");
  BOOST_TEST(pages(all + "?$filter=resourceType+eq+'Microsoft.Storage/storageAccounts'") == "st1 ");
  BOOST_TEST(pages(all + "?$filter=name%20eq%20'KV2'") == "kv2 ");
  BOOST_TEST(pages(all + "?$filter=resourceGroup%20eq%20'far'") == "st1 ");
  BOOST_TEST(pages(all + "?$filter=location%20eq%20'northeurope'") == "st1 ");
  BOOST_TEST(pages(all + "?$filter=tagName%20eq%20'ENV'%20and%20tagValue%20eq%20'dev'") == "kv2 ");
  BOOST_TEST(pages(group("FAR") + "/resources") == "st1 ");
  BOOST_TEST(get(group("none") + "/resources").code() == "ResourceGroupNotFound");
  BOOST_TEST(
      get(group("far") + "/resources").body ==
      R"({"value":[{"id":")" + subscription() +
          R"(/resourceGroups/Far/providers/Microsoft.Storage/storageAccounts/st1","name":"st1",)"
          R"("type":"Microsoft.Storage/storageAccounts","location":"northeurope","tags":{"env":"Dev"}}]})");
}

BOOST_FIXTURE_TEST_CASE(resources_show_times_only_when_asked, ListFixture) {
  make_vault("kv1");
  const std::string path = group() + "/resources";
  const Document plain = get(path).json(),
                 more = get(path + "?$expand=createdTime,%20provisioningState").json();
  BOOST_TEST(!plain["value"].as_array()[0].find("createdTime"));
  BOOST_TEST(more["value"].as_array()[0]["createdTime"].string_or() ==
             "2026-11-22T10:00:00.0000000Z");
  BOOST_TEST(more["value"].as_array()[0]["provisioningState"].string_or() == "Succeeded");
  BOOST_TEST(!more["value"].as_array()[0].find("changedTime"));
}

BOOST_FIXTURE_TEST_CASE(bad_list_options_are_refused, ListFixture) {
  for (const char* top : {"0", "-1", "x", "", "99999999999"})
    BOOST_TEST(get(vaults() + "?$top=" + top).code() == "InvalidTopInQueryString");
  BOOST_TEST(get(vaults() + "?$skiptoken=***").code() == "InvalidSkipToken");
  for (const char* filter :
       {"name", "name%20ne%20'a'", "name%20eq%20a", "name%20eq%20'a", "size%20eq%20'a'",
        "name%20eq%20'a'%20or%20name%20eq%20'b'", "name%20eq%20'a'%20and"}) {
    const Answer refused = get(group() + "/resources?$filter=" + filter);
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(refused.code() == "InvalidFilterInQueryString");
  }
}

BOOST_FIXTURE_TEST_CASE(a_quote_in_a_filter_is_doubled, ListFixture) {
  put(vault("kv1"), vault_body("", R"({"it's":"+1"})"));
  BOOST_TEST(
      pages(group() + "/resources?$filter=tagName%20eq%20'it''s'%20and%20tagValue%20eq%20'%2B1'") ==
      "kv1 ");
}

BOOST_FIXTURE_TEST_CASE(ten_thousand_vaults_are_listed_page_by_page, ListFixture) {
  std::vector<Document> seeds;
  for (int i = 0; i < 10'000; ++i) {
    const std::string name = "kv-many-" + std::to_string(i);
    Document one = Document::parse(vault_body());
    one.set("id", vault(name));
    seeds.push_back(std::move(one));
  }
  emulator->seed_all({}, seeds);
  std::set<std::string> seen;
  int pages = 0;
  for (std::string link = key_vault() + "/vaults"; !link.empty(); ++pages) {
    const Document page = get(link).json();
    for (const Document& one : page["value"].as_array()) {
      const std::string name(one["name"].string_or());
      if (name.starts_with("kv-many-")) BOOST_TEST_REQUIRE(seen.insert(name).second);
    }
    link = page["nextLink"].string_or();
  }
  BOOST_TEST(seen.size() == 10'000u);
  BOOST_TEST(pages <= 12);  // of a thousand, and an empty last one
}

BOOST_FIXTURE_TEST_CASE(a_page_of_a_thousand_vaults_is_one_answer, ListFixture) {
  std::string policies;
  for (int i = 0; i < 8; ++i)
    policies +=
        (i ? "," : "") + policy("00000000-0000-4000-8000-00000000000" + std::to_string(i),
                                R"({"keys":["get","list"],"secrets":["get","list","set"]})");
  std::string body = vault_body();
  body.replace(body.find("[]"), 2, "[" + policies + "]");
  const auto writing = std::chrono::steady_clock::now();
  for (int i = 0; i < 1000; ++i) put(vault("kv-" + std::to_string(i)), body);
  clock.advance(2s);
  const auto reading = std::chrono::steady_clock::now();
  const Answer page = get(vaults());
  const auto done = std::chrono::steady_clock::now();
  const std::chrono::duration<double, std::milli> wrote = reading - writing, read = done - reading;
  BOOST_TEST_MESSAGE("1000 writes in " << wrote.count() << " ms, a page of " << page.body.size()
                                       << " bytes in " << read.count() << " ms");
  BOOST_TEST(page.json()["value"].size() == 1000u);
}

BOOST_AUTO_TEST_SUITE_END()
