// Which vaults are exported, and what happens where reading is refused.
#include "akv/mgmt/core/errors.hpp"
#include "export/exporting.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace akv;
using namespace akv::test;
using json::Document;

namespace {

struct Selected : World {
  Selected() {
    for (const char* group : {"rg-a", "rg-b", "rg-empty"})
      emulator->seed(group_id(group), Document::object({{"location", "westeurope"}}));
    vault("rg-a", "kv-pay-1", Document::object({{"Team", "payments"}}));
    vault("rg-a", "kv-risk-1", Document::object({{"team", "risk"}}));
    vault("rg-b", "kv-pay-2", Document::object({{"stage", "prod"}}));
    emulator->clear_requests();
  }
  void vault(const std::string& group, const std::string& name, const Document& tags) {
    emulator->seed(
        vault_id(group, name),
        Document::object(
            {{"location", "westeurope"},
             {"tags", tags},
             {"properties", Document::object({{"sku", Document::object({{"name", "standard"}})},
                                              {"tenantId", emulator->identity().tenant_id},
                                              {"enableRbacAuthorization", true}})}}));
  }
  /// `rg-a: kv-1 kv-2` for each group.
  std::string chosen(const exporting::Selection& selection) {
    last = export_from(*this, selection);
    std::string text;
    for (const engine::Desired& object : load(last.manifest).objects)
      text += object.kind == "vault" ? " " + object.name.substr(object.name.find('/') + 1)
                                     : (text.empty() ? "" : "; ") + object.name + ":";
    return text;
  }
  /// Answers 403 wherever the path holds `part`.
  void forbid(const std::string& part) {
    emulator->intercept([part](const http::Request& request) -> std::optional<http::Response> {
      if (request.url.find(part) == std::string::npos) return std::nullopt;
      http::Response refused{.status = 403};
      refused.body = R"({"error":{"code":"AuthorizationFailed","message":"no rights here"}})";
      return refused;
    });
  }
  exporting::Exported last;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(selection, Selected)

BOOST_AUTO_TEST_CASE(a_subscription_gives_all_vaults_and_only_groups_that_hold_one) {
  BOOST_TEST(chosen(everything(*this)) == "rg-a: kv-pay-1 kv-risk-1; rg-b: kv-pay-2");
  std::size_t reads = 0;
  for (const auto& request : emulator->requests())
    reads += request.method == http::Method::get ? 1 : 0;
  // The subscription, and of groups, vaults, role assignments and locks a page each with its empty
  // successor.
  BOOST_TEST(reads <= 9U);
}

BOOST_AUTO_TEST_CASE(groups_tags_and_names_narrow_it) {
  auto by_group = everything(*this);
  by_group.groups = {"RG-A", "rg-empty"};
  BOOST_TEST(chosen(by_group) == "rg-a: kv-pay-1 kv-risk-1; rg-empty:");
  by_group.groups = {"rg-a", "RG-A", "rg-empty", "rg-a"};
  BOOST_TEST(chosen(by_group) == "rg-a: kv-pay-1 kv-risk-1; rg-empty:");
  BOOST_TEST(last.vaults == 2U);
  auto by_tag = everything(*this);
  by_tag.tags = {{"TEAM", std::nullopt}};
  BOOST_TEST(chosen(by_tag) == "rg-a: kv-pay-1 kv-risk-1");
  by_tag.tags = {{"team", "risk"}};
  BOOST_TEST(chosen(by_tag) == "rg-a: kv-risk-1");
  auto by_name = everything(*this);
  by_name.names = {"KV-pay-*"};
  BOOST_TEST(chosen(by_name) == "rg-a: kv-pay-1; rg-b: kv-pay-2");
  by_name.groups = {"rg-b", "rg-empty"};
  BOOST_TEST(chosen(by_name) == "rg-b: kv-pay-2");
  by_name.names = {"nothing"};
  BOOST_TEST(chosen(by_name) == "");
  BOOST_TEST(holds(last.manifest, "resourceGroups: []\n"), last.manifest);
}

BOOST_AUTO_TEST_CASE(a_group_that_may_not_be_read_is_named_and_the_rest_is_exported) {
  forbid("rg-b");
  auto by_group = everything(*this);
  by_group.groups = {"rg-a", "rg-b"};
  BOOST_TEST(chosen(by_group) == "rg-a: kv-pay-1 kv-risk-1");
  BOOST_TEST(last.unreadable.size() == 1U);
  BOOST_TEST(holds(last.manifest, "# Not read: rg-b (AuthorizationFailed: no rights here)\n"),
             last.manifest);
}

BOOST_AUTO_TEST_CASE(without_the_right_to_list_the_subscription_its_groups_are_read) {
  emulator->intercept([](const http::Request& request) -> std::optional<http::Response> {
    const bool all_vaults =
        request.url.find("/providers/Microsoft.KeyVault/vaults") != std::string::npos &&
        request.url.find("/resourceGroups/") == std::string::npos;
    const bool other = request.url.find("rg-b/providers") != std::string::npos;
    if (!all_vaults && !other) return std::nullopt;
    http::Response refused{.status = 403};
    refused.body = R"({"error":{"code":"AuthorizationFailed","message":"no rights here"}})";
    return refused;
  });
  BOOST_TEST(chosen(everything(*this)) == "rg-a: kv-pay-1 kv-risk-1");
  BOOST_TEST(last.unreadable.size() == 1U);
}

BOOST_AUTO_TEST_CASE(lists_beside_them_that_may_not_be_read_are_named) {
  forbid("/locks");
  BOOST_TEST(chosen(everything(*this)) == "rg-a: kv-pay-1 kv-risk-1; rg-b: kv-pay-2");
  BOOST_REQUIRE(last.unreadable.size() == 2U);
  BOOST_TEST(last.unreadable[0].name == "rg-a's locks");
}

BOOST_AUTO_TEST_CASE(a_group_that_is_not_there_is_an_error) {
  auto by_group = everything(*this);
  by_group.groups = {"rg-a", "rg-gone"};
  BOOST_CHECK_EXCEPTION(export_from(*this, by_group), NotFoundError, [](const NotFoundError& e) {
    return holds(e.what(), "Resource group 'rg-gone' could not be found.");
  });
}

BOOST_AUTO_TEST_CASE(a_deployment_is_named_after_the_first_group) {
  auto by_group = everything(*this);
  by_group.groups = {"(Rg)__PAY." + std::string(60, 'x')};
  emulator->seed(group_id(by_group.groups.front()), Document::object({{"location", "eastus"}}));
  chosen(by_group);
  BOOST_TEST(last.deployment == "rg-pay-" + std::string(33, 'x'));
  by_group.groups = {"__"};
  emulator->seed(group_id("__"), Document::object({{"location", "eastus"}}));
  chosen(by_group);
  BOOST_TEST(last.deployment == "exported");
}

BOOST_AUTO_TEST_SUITE_END()
