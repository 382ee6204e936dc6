#include "akv/emulator/resource_query.hpp"
#include "support/other_client.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using json::Document;

namespace {

struct GraphFixture : OthersFixture {
  GraphFixture() {
    make_group("Other", "eastus");
    put(vault("kv2"), vault_body(R"(,"enableRbacAuthorization":true)", R"({"env":"dev"})"));
    put(vault("kv3", "other"),
        R"({"location":"East US","properties":{"tenantId":")" + emulator->identity().tenant_id +
            R"(","sku":{"family":"A","name":"premium"},"accessPolicies":[]}})");
    emulator->seed(group() + "/providers/Microsoft.Storage/storageAccounts/store1",
                   Document::object({{"location", "westus"}}));
  }
  Answer ask(const std::string& query, const std::string& more = {}) {
    return post("/providers/Microsoft.ResourceGraph/resources",
                R"({"query":)" + Document(query).dump() + more + "}", "2022-10-01");
  }
  std::string found(const std::string& query, const std::string& more = {}) {
    const Document answer = ask(query, more).json();
    if (!answer["data"].is_array()) return std::string(answer["error"]["message"].string_or("?"));
    std::string text;
    for (const Document& row : answer["data"].as_array())
      text += std::string(row["name"].string_or()) + " ";
    return text;
  }
};

constexpr const char* vaults = "resources | where type =~ 'Microsoft.KeyVault/vaults'";

}  // namespace

BOOST_AUTO_TEST_SUITE(resource_graph)

BOOST_FIXTURE_TEST_CASE(the_query_that_tools_send_is_answered, GraphFixture) {
  const Answer answer =
      ask(std::string(vaults) + " | project id, name, location, tags, properties.vaultUri");
  BOOST_TEST(answer.status == 200, answer.body);
  const Document body = answer.json();
  BOOST_TEST(body["totalRecords"].int_or(0) == 3);
  BOOST_TEST(body["count"].int_or(0) == 3);
  BOOST_TEST(body["resultTruncated"].string_or() == "false");
  BOOST_TEST(body["facets"].dump() == "[]");
  BOOST_TEST((body.find("$skipToken") == nullptr));
  BOOST_TEST(body["data"].as_array()[1].dump() ==
             R"({"id":")" + vault("kv2") +
                 R"(","name":"kv2","location":"westus","tags":{"env":"dev"},)"
                 R"("properties_vaultUri":"https://kv2.vault.azure.net/"})");
}

BOOST_FIXTURE_TEST_CASE(rows_have_the_columns_of_the_table, GraphFixture) {
  const Document row = ask("Resources | where name == 'kv3'").json()["data"].as_array()[0];
  BOOST_TEST(row["type"].string_or() == "microsoft.keyvault/vaults");
  BOOST_TEST(row["resourceGroup"].string_or() == "other");
  BOOST_TEST(row["location"].string_or() == "eastus");
  BOOST_TEST(row["subscriptionId"].string_or() == emulator->identity().subscription_id);
  BOOST_TEST(row["tenantId"].string_or() == emulator->identity().tenant_id);
  BOOST_TEST(row["properties"]["sku"]["name"].string_or() == "premium");
  BOOST_TEST(row.size() == 16u);
}

BOOST_FIXTURE_TEST_CASE(rows_are_chosen_by_where, GraphFixture) {
  const std::string w = std::string(vaults) + " and ";
  BOOST_TEST(found(w + "name == 'kv2'") == "kv2 ");
  BOOST_TEST(found(w + "name == 'KV2'") == "");
  BOOST_TEST(found(w + "name =~ 'KV2'") == "kv2 ");
  BOOST_TEST(found(w + "name != 'kv2'") == "kv1 kv3 ");
  BOOST_TEST(found(w + "name !~ 'KV2'") == "kv1 kv3 ");
  BOOST_TEST(found(w + "resourceGroup =~ 'OTHER'") == "kv3 ");
  BOOST_TEST(found(w + "location in ('eastus', 'northeurope')") == "kv3 ");
  BOOST_TEST(found(w + "location in~ ('EastUS')") == "kv3 ");
  BOOST_TEST(found(w + "location !in ('eastus')") == "kv1 kv2 ");
  BOOST_TEST(found(w + "name contains 'V3'") == "kv3 ");
  BOOST_TEST(found(w + "name startswith 'KV'") == "kv1 kv2 kv3 ");
  BOOST_TEST(found(w + "name endswith '1'") == "kv1 ");
  BOOST_TEST(found(w + "name !endswith '1'") == "kv2 kv3 ");
  BOOST_TEST(found(w + "properties.enableRbacAuthorization == true") == "kv2 ");
  BOOST_TEST(found(w + "tags['env'] == \"dev\"") == "kv2 ");
  BOOST_TEST(found(w + "tolower(name) == tolower('KV1')") == "kv1 ");
  BOOST_TEST(found("resources | where name == 'kv1' or name == 'kv2' and location == 'none'") ==
             "kv1 ");
  BOOST_TEST(found(w + "subscriptionId == '" + emulator->identity().subscription_id + "'") ==
             "kv1 kv2 kv3 ");
  BOOST_TEST(found("resources") == "kv1 kv2 store1 kv3 ");
  BOOST_TEST(found("resources | where name == 'kv\\'1'") == "");
}

BOOST_FIXTURE_TEST_CASE(rows_are_ordered_limited_renamed_and_counted, GraphFixture) {
  const std::string v = vaults;
  BOOST_TEST(found(v + " | order by name") == "kv3 kv2 kv1 ");
  BOOST_TEST(found(v + " | sort by location desc, name asc") == "kv1 kv2 kv3 ");
  BOOST_TEST(found(v + " | order by name asc | limit 2") == "kv1 kv2 ");
  BOOST_TEST(found(v + " | take 1") == "kv1 ");
  BOOST_TEST(found(v + " | take 0") == "");
  BOOST_TEST(ask(v + " | count").json()["data"].dump() == R"([{"Count":3}])");
  BOOST_TEST(ask(v + " | limit 1 | project vault = name, rg = tostring(resourceGroup)")
                 .json()["data"]
                 .dump() == R"([{"vault":"kv1","rg":"g"}])");
}

BOOST_FIXTURE_TEST_CASE(answers_come_in_pages, GraphFixture) {
  const Document first = ask(vaults, R"(,"options":{"$top":2})").json();
  BOOST_TEST(first["totalRecords"].int_or(0) == 3);
  BOOST_TEST(first["count"].int_or(0) == 2);
  const std::string token(first["$skipToken"].string_or());
  BOOST_TEST(token != "");
  BOOST_TEST(found(vaults, R"(,"options":{"$top":2,"$skipToken":")" + token + "\"}") == "kv3 ");
  BOOST_TEST(found(vaults, R"(,"options":{"$skip":1})") == "kv2 kv3 ");
  BOOST_TEST(found(vaults, R"(,"options":{"$skip":9})") == "");
  // Without an id in the rows there is nothing to go on from.
  const Document cut =
      ask(std::string(vaults) + " | project name", R"(,"options":{"$top":2})").json();
  BOOST_TEST((cut.find("$skipToken") == nullptr));
  BOOST_TEST(cut["resultTruncated"].string_or() == "true");
}

BOOST_FIXTURE_TEST_CASE(an_ordered_table_is_never_in_memory_as_a_whole, GraphFixture) {
  for (int i = 0; i < 1200; ++i)
    emulator->seed(group() + "/providers/Microsoft.Storage/storageAccounts/s" +
                       std::to_string(1000 + (i * 7) % 1200),
                   Document::object({{"location", "westus"}}));
  const std::string accounts = "resources | where name startswith 's' and name != 'store1'";
  const std::string three = R"(,"options":{"$top":3,"$skip":2})";
  BOOST_TEST(found(accounts + " | order by name asc", three) == "s1002 s1003 s1004 ");
  BOOST_TEST(ask(accounts + " | order by name asc", three).json()["totalRecords"].int_or(0) ==
             1200);
  BOOST_TEST(found(accounts + " | order by name desc | limit 4", three) == "s2197 s2196 ");
  BOOST_TEST(
      ask(accounts + " | order by name | limit 900", three).json()["totalRecords"].int_or(0) ==
      900);
  BOOST_TEST(ask(accounts + " | order by name | limit 0").json()["totalRecords"].int_or(9) == 0);
  // What follows may take any of them, so all are kept.
  BOOST_TEST(found(accounts + " | order by name asc | where name endswith '199'") ==
             "s1199 s2199 ");
  BOOST_TEST(found(accounts + " | order by location | order by name asc", three) ==
             "s1002 s1003 s1004 ");
  BOOST_TEST(ask(accounts + " | order by name | count").json()["data"].dump() ==
             R"([{"Count":1200}])");
  BOOST_TEST(found(accounts + " | order by name asc",
                   R"(,"options":{"$skipToken":"MTg0NDY3NDQwNzM3MDk1NTE2MTU"})") == "");
}

BOOST_FIXTURE_TEST_CASE(answers_come_as_a_table_where_asked, GraphFixture) {
  const Document data = ask(std::string(vaults) + " | project name, properties | limit 1",
                            R"(,"options":{"resultFormat":"table"})")
                            .json()["data"];
  BOOST_TEST(data["columns"].dump() ==
             R"([{"name":"name","type":"string"},{"name":"properties","type":"object"}])");
  BOOST_TEST(data["rows"].as_array()[0].as_array()[0].string_or() == "kv1");
  // The oldest versions give it unasked.
  const std::string path = "/providers/Microsoft.ResourceGraph/resources";
  const std::string body = R"({"query":"resources"})";
  for (const auto& [version, columns] : {std::pair{"2019-04-01", true}, {"2021-03-01", false}})
    BOOST_TEST((post(path, body, version).json()["data"].find("columns") != nullptr) == columns);
}

BOOST_FIXTURE_TEST_CASE(rows_are_those_that_the_caller_may_read, GraphFixture) {
  const std::string other = "00000000-0000-4000-8000-00000000000c";
  emulator->add_subscription(other);
  BOOST_TEST(found(vaults, R"(,"subscriptions":[")" + other + "\"]") == "");
  BOOST_TEST(found(vaults, R"(,"subscriptions":[")" + emulator->identity().subscription_id +
                               "\"]") == "kv1 kv2 kv3 ");
  as(add("Reader", group("Other")));
  BOOST_TEST(found(vaults) == "kv3 ");
  as(emulator->add_principal({.name = "stranger"}));
  BOOST_TEST(found(vaults) == "");
}

BOOST_FIXTURE_TEST_CASE(what_is_not_known_is_refused_clearly, GraphFixture) {
  auto reason = [&](const std::string& query, const std::string& more = {}) {
    const Answer answer = ask(query, more);
    BOOST_TEST(answer.status == 400, query);
    BOOST_TEST(answer.code() == "BadRequest");
    return std::string(answer.json()["error"]["details"].as_array()[1]["message"].string_or());
  };
  BOOST_TEST(reason("resources | summarize count() by type") ==
             "the emulator knows the operators where, project, order by, limit, take and count "
             "only at 'summarize' (character 13)");
  BOOST_TEST(reason("resourcecontainers") ==
             "expected the table 'resources', the only one that the emulator has, at "
             "'resourcecontainers' (character 1)");
  BOOST_TEST(reason("resources where") == "expected '|' at 'where' (character 11)");
  BOOST_TEST(reason("resources | where (name == 'a')") ==
             "the emulator knows no parentheses around comparisons at '(' (character 19)");
  BOOST_TEST(reason("resources | where name has 'a'").starts_with("expected one of ==, =~, "));
  BOOST_TEST(reason("resources | where name == b").starts_with("expected a text in quotes, "));
  BOOST_TEST(reason("resources | where name == 'b").starts_with("a text is not closed"));
  BOOST_TEST(reason("resources | where name ==").find("at the end") != std::string::npos);
  BOOST_TEST(reason("resources | where isempty(name)")
                 .starts_with("the emulator knows the functions tostring and tolower only"));
  BOOST_TEST(reason("resources | where == 'a'").starts_with("expected the name of a column"));
  BOOST_TEST(reason("resources | where a.== 'a'").starts_with("expected a name"));
  BOOST_TEST(reason("resources | where a[1] == 'a'").starts_with("expected a name in quotes"));
  BOOST_TEST(reason("resources | where a == tolower(1)").starts_with("expected a text in quotes"));
  BOOST_TEST(reason("resources | where a['b' == 'a'").starts_with("expected ']'"));
  BOOST_TEST(reason("resources | limit all").starts_with("expected a number of rows"));
  BOOST_TEST(reason("resources | limit 99999999999").starts_with("expected a number of rows"));
  BOOST_TEST(reason(vaults, R"(,"options":{"$top":0})") == "$top must be from 1 to 1000");
  BOOST_TEST(reason(vaults, R"(,"options":{"$top":1001})") == "$top must be from 1 to 1000");
  BOOST_TEST(reason(vaults, R"(,"options":{"resultFormat":"csv"})") ==
             "resultFormat must be 'table' or 'objectArray'");
  BOOST_TEST(reason(vaults, R"(,"options":{"$skipToken":"zz"})") ==
             "the $skipToken is not one that an answer has given");
  BOOST_TEST(reason(vaults, R"(,"managementGroups":["m"])") ==
             "the emulator has no management groups and no facets");
}

BOOST_AUTO_TEST_CASE(queries_have_caps) {
  using emulator::QueryProblem;
  using emulator::ResourceQuery;
  auto problem = [](const std::string& text) {
    const auto parsed = ResourceQuery::parse(text);
    const auto* found = std::get_if<QueryProblem>(&parsed);
    return found ? found->message : std::string();
  };
  auto many = [](std::size_t count, const std::string& first, const std::string& each) {
    std::string text = first;
    for (std::size_t i = 1; i < count; ++i) text += each;
    return text;
  };
  const std::string start = "resources | where a in ('";
  BOOST_TEST(problem(start + std::string(ResourceQuery::max_text - start.size() - 2, 'x') + "')") ==
             "");
  BOOST_TEST(problem(start + std::string(ResourceQuery::max_text - start.size() - 1, 'x') + "')") ==
             "the query is longer than 16384 bytes");
  BOOST_TEST(problem("resources" + many(32, "|count", "|count")) == "");
  BOOST_TEST(
      problem("resources" + many(33, "|count", "|count")).starts_with("more than 32 operators"));
  BOOST_TEST(problem("resources|where " + many(64, "a==1", " and a==1")) == "");
  BOOST_TEST(problem("resources|where " + many(65, "a==1", " and a==1"))
                 .starts_with("more than 64 comparisons"));
  BOOST_TEST(problem("resources|where a in (" + many(64, "1", ",1") + ")") == "");
  BOOST_TEST(problem("resources|where a in (" + many(65, "1", ",1") + ")")
                 .starts_with("a list is too long"));
  for (const std::string head : {"resources|project ", "resources|order by "}) {
    BOOST_TEST(problem(head + many(64, "a", ",a")) == "");
    BOOST_TEST(problem(head + many(65, "a", ",a")).starts_with("more than 64 columns"));
  }
  BOOST_TEST(problem("resources|project " + many(64, "a", ".a")) == "");
  BOOST_TEST(problem("resources|project " + many(65, "a", ".a")).starts_with("expected '|'"));
}

BOOST_FIXTURE_TEST_CASE(numbers_are_ordered_by_their_value, GraphFixture) {
  for (const char* size : {"9", "10", "-1", "1.5"})
    emulator->seed(group() + "/providers/Microsoft.Other/things/t" + size,
                   Document::object(
                       {{"properties", Document::parse(std::string(R"({"size":)") + size + "}")}}));
  const std::string things =
      "resources | where type =~ 'Microsoft.Other/things' | order by properties.size ";
  BOOST_TEST(found(things + "asc") == "t-1 t1.5 t9 t10 ");
  BOOST_TEST(found(things + "desc") == "t10 t9 t1.5 t-1 ");
}

BOOST_AUTO_TEST_SUITE_END()
