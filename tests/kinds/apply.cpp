// The main job over the emulator: what is planned is done, with the fewest and safest writes.
#include "kinds/world.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace akv;
using namespace akv::test;
using engine::Outcome;
using json::Document;

namespace {

constexpr const char* quickstart = R"(
apiVersion: akv/v1
deployment: quickstart
principals:
  app: 1b2c0000-0000-4000-8000-000000000001
resourceGroups:
  - name: rg-quickstart
    location: eastus
    vaults:
      - name: kv-quickstart
        sku: standard
        enableRbacAuthorization: false
        accessPolicies:
          - {principal: app, permissions: {keys: [all], secrets: [all]}}
)";

std::string merge_manifest(const std::string& permissions) {
  return R"(
apiVersion: akv/v1
deployment: shared
principals: {app: 1b2c0000-0000-4000-8000-000000000001}
resourceGroups:
  - name: rg
    location: westeurope
    vaults:
      - name: kv-shared
        manage: {accessPolicies: merge}
        accessPolicies:
          - {principal: app, permissions: )" +
         permissions + "}\n";
}

Document policies(const std::string& object_id, std::initializer_list<Document> secrets) {
  return Document::object(
      {{"properties",
        Document::object(
            {{"accessPolicies",
              Document::array({Document::object(
                  {{"tenantId", "TENANT"},
                   {"objectId", object_id},
                   {"permissions",
                    Document::object({{"secrets", Document(Document::Array(secrets))}})}})})}})}});
}

Document with_tenant(Document body, const std::string& tenant) {
  body.set("properties").set("accessPolicies").as_array()[0].set("tenantId", tenant);
  return body;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(apply)

BOOST_FIXTURE_TEST_CASE(creates_what_is_missing_and_then_has_nothing_to_do, World) {
  const auto first = plan(quickstart);
  BOOST_TEST(summary(first.plan) ==
             "create resourceGroup rg-quickstart\ncreate vault rg-quickstart/kv-quickstart\n");
  converge(quickstart);
  BOOST_TEST(summary(plan(quickstart).plan) == "");
  BOOST_TEST(plan(quickstart).plan.unchanged == 2u);
  const Document vault = live("rg-quickstart", "kv-quickstart");
  BOOST_TEST(vault["tags"]["akv-deployment"].string_or() == "quickstart");
  BOOST_TEST(vault["properties"]["sku"]["name"].string_or() == "standard");
}

BOOST_FIXTURE_TEST_CASE(puts_only_after_a_get_that_answered_404, World) {
  emulator->clear_requests();
  converge(quickstart);
  const std::string id = vault_id("rg-quickstart", "kv-quickstart");
  int gets = 0;
  for (const auto& request : emulator->requests()) {
    if (request.url.find(id + "?") == std::string::npos) continue;
    if (request.method == http::Method::get && request.status == 404) ++gets;
    if (request.method == http::Method::put) BOOST_TEST(gets == 1);
  }
  BOOST_TEST(gets == 1);
}

BOOST_FIXTURE_TEST_CASE(a_create_says_the_access_model_and_never_purge_protection_false, World) {
  converge(std::string(quickstart) + "        enablePurgeProtection: false\n");
  for (const auto& request : emulator->requests()) {
    if (request.method != http::Method::put || request.url.find("/vaults/") == std::string::npos)
      continue;
    const auto body = Document::parse(request.body);
    BOOST_TEST(body["properties"].find("enableRbacAuthorization") != nullptr);
    BOOST_TEST(body["properties"].find("accessPolicies") != nullptr);
    BOOST_TEST(body["properties"].find("enablePurgeProtection") == nullptr);
  }
}

BOOST_FIXTURE_TEST_CASE(an_update_patches_only_what_changed_and_keeps_unknown_members, World) {
  converge(quickstart);
  const std::string id = vault_id("rg-quickstart", "kv-quickstart");
  Document vault = emulator->peek(id);
  vault.set("properties").set("futureSetting", Document::object({{"mode", "x"}}));
  emulator->seed(id, vault);

  std::string narrower = quickstart;
  narrower.replace(narrower.find("secrets: [all]"), 14, "secrets: [get, list]");
  const auto planned = plan(narrower);
  BOOST_TEST(summary(planned.plan) ==
             "update vault rg-quickstart/kv-quickstart\n"
             "  accessPolicies[app].permissions.secrets -all +get +list\n");
  emulator->clear_requests();
  BOOST_TEST((apply(planned, 4, {{"access-removed", "*"}}).count(Outcome::succeeded) == 1u));
  BOOST_TEST(writes().size() == 1u);
  for (const auto& request : emulator->requests())
    if (request.method == http::Method::patch) {
      const auto body = Document::parse(request.body);
      BOOST_TEST(body.size() == 1u);
      BOOST_TEST(body["properties"].size() == 1u);
    }
  BOOST_TEST(emulator->peek(id)["properties"]["futureSetting"]["mode"].string_or() == "x");
  BOOST_TEST(summary(plan(narrower).plan) == "");
}

BOOST_FIXTURE_TEST_CASE(merge_adds_and_removes_on_the_server_and_leaves_others_alone, World) {
  converge(merge_manifest("{secrets: [get, delete]}"));
  const std::string id = vault_id("rg", "kv-shared");
  const std::string tenant = emulator->identity().tenant_id;
  other(http::Method::put, id + "/accessPolicies/add",
        with_tenant(policies("9f3e0000-0000-4000-8000-000000000007", {"Get", "List"}), tenant));
  emulator->clear_requests();
  const std::string changed = merge_manifest("{secrets: [get, list]}");
  BOOST_TEST(
      summary(plan(changed).plan) ==
      "update vault rg/kv-shared\n  accessPolicies[app].permissions.secrets -delete +list\n");
  converge(changed);
  const auto sent = writes();
  BOOST_REQUIRE(sent.size() == 2u);
  BOOST_TEST(sent[0] == "PUT " + id + "/accessPolicies/add 200");
  BOOST_TEST(sent[1] == "PUT " + id + "/accessPolicies/remove 200");
  BOOST_TEST(summary(plan(changed).plan) == "");
  BOOST_TEST(emulator->peek(id)["properties"]["accessPolicies"].size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(a_vault_that_waits_for_its_dns_name_holds_no_worker, World) {
  std::string many = R"(
apiVersion: akv/v1
deployment: many
resourceGroups:
  - name: rg-many
    location: westeurope
    vaults:
)";
  for (int i = 0; i < 40; ++i) many += "      - {name: kv-many-" + std::to_string(i) + "}\n";
  emulator->clear_requests();
  const auto planned = plan(many);
  const auto before = clock.slept();
  const auto result = apply(planned, 2);
  BOOST_TEST(result.count(Outcome::succeeded) == 41u);
  // One after another, forty waits of a second would take twenty seconds with two workers.
  BOOST_TEST((clock.slept() - before).count() < 15000);
  // Waiting vaults are looked at by lists, not one by one.
  const auto requests = emulator->requests();
  const auto single_polls = std::count_if(requests.begin(), requests.end(), [](const auto& r) {
    return r.method == http::Method::get && r.status == 200 &&
           r.url.find("/vaults/kv-many-") != std::string::npos;
  });
  BOOST_TEST(single_polls <= 4);
}

BOOST_FIXTURE_TEST_CASE(a_lost_answer_is_read_before_anything_is_sent_again, World) {
  int lost = 0;
  emulator->intercept(
      [&lost](const http::Request& request) -> std::optional<http::Response> {
        const bool is_vault_put = request.method == http::Method::put &&
                                  request.url.find("/vaults/") != std::string::npos;
        if (!is_vault_put || lost++ > 0) return std::nullopt;
        return http::Response{.status = 0};
      },
      true);
  converge(quickstart);
  int puts = 0;
  for (const auto& line : writes()) puts += line.find("/vaults/") != std::string::npos ? 1 : 0;
  BOOST_TEST(puts == 1);
  BOOST_TEST(summary(plan(quickstart).plan) == "");
}

BOOST_FIXTURE_TEST_CASE(a_lost_answer_that_no_read_can_clear_up_leaves_the_outcome_unknown, World) {
  converge(merge_manifest("{secrets: [get]}"));
  const auto planned = plan(merge_manifest("{secrets: [get, list]}"));
  bool lost = false;
  emulator->intercept(
      [&lost](const http::Request& request) -> std::optional<http::Response> {
        if (request.url.find("/vaults/") == std::string::npos) return std::nullopt;
        if (lost) return http::Response{.status = 403, .body = R"({"error":{"code":"X"}})"};
        if (request.method == http::Method::get) return std::nullopt;
        lost = true;
        return http::Response{.status = 0};
      },
      true);
  const auto result = apply(planned);
  BOOST_TEST(result.count(Outcome::unknown) == 1u);
  BOOST_TEST(result.count(Outcome::failed) == 0u);
}

BOOST_FIXTURE_TEST_CASE(what_the_engine_sends_again_is_counted, World) {
  converge(merge_manifest("{secrets: [get]}"));
  const auto planned = plan(merge_manifest("{secrets: [get, list]}"));
  bool refused = false;
  emulator->intercept([&refused](const http::Request& request) -> std::optional<http::Response> {
    if (request.method == http::Method::get || std::exchange(refused, true)) return std::nullopt;
    return http::Response{.status = 429, .headers = {{"Retry-After", "2"}}};
  });
  const auto retries = connection->counters->retries.load();
  const auto throttled = connection->counters->throttled_milliseconds.load();
  BOOST_TEST(apply(planned).count(Outcome::succeeded) == 1u);
  BOOST_TEST(connection->counters->retries == retries + 1);
  BOOST_TEST(connection->counters->throttled_milliseconds == throttled + 2000);
}

BOOST_FIXTURE_TEST_CASE(a_conflict_is_read_again_and_merged_again, World) {
  converge(merge_manifest("{secrets: [get]}"));
  int conflicts = 0;
  emulator->intercept([&conflicts](const http::Request& request) -> std::optional<http::Response> {
    if (request.method != http::Method::put || conflicts++ > 0) return std::nullopt;
    return http::Response{
        .status = 409,
        .body =
            R"({"error":{"code":"ConflictError","message":"A conflict occurred that prevented the operation from completing. The operation failed because the vault was being modified."}})"};
  });
  converge(merge_manifest("{secrets: [get, list]}"));
  BOOST_TEST(summary(plan(merge_manifest("{secrets: [get, list]}")).plan) == "");
}

BOOST_FIXTURE_TEST_CASE(a_refused_group_skips_its_vaults_and_nothing_else, World) {
  const std::string two = R"(
apiVersion: akv/v1
deployment: two
resourceGroups:
  - {name: rg-a, location: westeurope, vaults: [{name: kv-two-a}]}
  - {name: rg-b, location: westeurope, vaults: [{name: kv-two-b}]}
)";
  emulator->intercept([](const http::Request& request) -> std::optional<http::Response> {
    if (request.method != http::Method::put || request.url.find("/rg-a?") == std::string::npos)
      return std::nullopt;
    return http::Response{
        .status = 403, .body = R"({"error":{"code":"RequestDisallowedByPolicy","message":"no"}})"};
  });
  const auto planned = plan(two);
  const auto result = apply(planned);
  BOOST_TEST(result.count(Outcome::failed) == 1u);
  BOOST_TEST(result.count(Outcome::skipped) == 1u);
  BOOST_TEST(result.count(Outcome::succeeded) == 2u);
}

BOOST_FIXTURE_TEST_CASE(an_entry_without_permissions_is_no_entry_and_converges, World) {
  converge(merge_manifest("{secrets: [get, list]}"));
  const std::string none = merge_manifest("{secrets: []}");
  converge(none, {.allow = {{"access-removed"}, {"access-emptied"}, {"lockout"}}});
  BOOST_TEST(summary(plan(none).plan) == "");
  BOOST_TEST(live("rg", "kv-shared")["properties"]["accessPolicies"].size() == 0u);
}

BOOST_FIXTURE_TEST_CASE(a_404_that_is_no_absence_is_never_followed_by_a_put, World) {
  emulator->intercept([](const http::Request& request) -> std::optional<http::Response> {
    if (request.method != http::Method::get ||
        request.url.find("/vaults/kv-quickstart") == std::string::npos)
      return std::nullopt;
    return http::Response{.status = 404, .body = "<html>no such page</html>"};
  });
  const auto result = apply(plan(quickstart));
  BOOST_TEST(result.count(Outcome::failed) == 1u);
  for (const auto& line : writes()) BOOST_TEST(line.find("/vaults/") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_truncated_answer_to_a_write_is_read_again, World) {
  int cut = 0;
  emulator->intercept(
      [&cut](const http::Request& request) -> std::optional<http::Response> {
        if (request.method != http::Method::put || cut++ > 1) return std::nullopt;
        return http::Response{.status = 200, .body = "{\"id\": \"/subscr"};
      },
      true);
  converge(quickstart);
  BOOST_TEST(summary(plan(quickstart).plan) == "");
  BOOST_TEST(writes().size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(a_subnet_named_by_its_id_alone_keeps_what_else_its_rule_says, World) {
  const std::string net = group_id("rg-net") + "/providers/Microsoft.Network/virtualNetworks/v";
  const auto yaml = [](const std::string& rules) {
    return std::string("apiVersion: akv/v1\ndeployment: hello\nresourceGroups:\n") +
           "  - name: rg-a\n    location: westeurope\n    vaults:\n      - name: kv-net\n"
           "        networkAcls:\n          defaultAction: Deny\n          virtualNetworkRules: [" +
           rules + "]\n";
  };
  const std::string a = net + "/subnets/a", b = net + "/subnets/b";
  for (const std::string& subnet : {a, b})
    emulator->seed(subnet, Document::object({{"properties", Document::object()}}));
  converge(yaml("{id: " + a + ", ignoreMissingVnetServiceEndpoint: true}"));
  BOOST_TEST(summary(plan(yaml("{id: " + a + "}")).plan) == "");
  // Nor is it reset by what changes beside it.
  converge(yaml("{id: " + a + "}, {id: " + b + "}"));
  const auto rule_of = [this](std::size_t i) {
    return live("rg-a", "kv-net")["properties"]["networkAcls"]["virtualNetworkRules"]
        .as_array()
        .at(i)["ignoreMissingVnetServiceEndpoint"]
        .bool_or(false);
  };
  BOOST_TEST(rule_of(0));
  BOOST_TEST(!rule_of(1));
  converge(yaml("{id: " + a + ", ignoreMissingVnetServiceEndpoint: false}, {id: " + b + "}"));
  BOOST_TEST(!rule_of(0));
}

BOOST_FIXTURE_TEST_CASE(an_answer_that_cannot_be_read_while_applying_names_its_request, World) {
  const std::string yaml =
      "apiVersion: akv/v1\ndeployment: hello\nresourceGroups:\n  - {name: rg-a, location: "
      "westeurope, vaults: [{name: kv-page}]}\n";
  converge(yaml);
  std::string changed = yaml;
  changed.replace(changed.find("kv-page"), 7, "kv-page, sku: premium");
  const auto planned = plan(changed);
  emulator->intercept([](const http::Request& request) -> std::optional<http::Response> {
    if (request.url.find("/vaults/kv-page") == std::string::npos) return std::nullopt;
    return http::Response{200, {{"x-ms-request-id", "6f1f"}}, "<html>Please sign in</html>"};
  });
  const auto result = apply(planned);
  BOOST_TEST(result.changes.at(0).error.code == "UnreadableAnswer");
  BOOST_TEST(result.changes.at(0).error.operation == "Vaults.get");
  BOOST_TEST(result.changes.at(0).error.request_id == "6f1f");
}

BOOST_AUTO_TEST_SUITE_END()
