// Names of vaults are one namespace for all of Azure: those of new vaults are asked for at plan.
#include "akv/mgmt/core/resource_id.hpp"
#include "kinds/world.hpp"

#include <boost/test/unit_test.hpp>

#include <optional>
#include <stop_token>
#include <string>

using namespace akv;
using namespace akv::test;
using json::Document;

namespace {

constexpr const char* elsewhere = "77770000-0000-4000-8000-000000000077";

std::string estate(std::initializer_list<std::string> vaults) {
  std::string text =
      "apiVersion: akv/v1\ndeployment: pay\nresourceGroups:\n  - name: rg\n    location: "
      "westeurope\n    vaults:\n";
  for (const auto& vault : vaults) text += "      - {name: " + vault + "}\n";
  return text;
}

std::string estate_of(int vaults) {
  std::string text = estate({});
  for (int i = 0; i < vaults; ++i) text += "      - {name: kv-many-" + std::to_string(i) + "}\n";
  return text;
}

struct Names : World {
  Names() { emulator->add_subscription(elsewhere, "88880000-0000-4000-8000-000000000088"); }

  std::string there(const std::string& vault) const {
    return akv::vault_id(elsewhere, "theirs", vault);
  }
  void take(const std::string& vault) {
    emulator->seed(there(vault),
                   Document::object({{"location", "eastus"}, {"properties", Document::object()}}));
  }
  std::size_t asked() const { return reads("/checkNameAvailability"); }
  /// Answers each question for a name that holds `part`.
  void answer(const std::string& part, int status, const std::string& body) {
    emulator->intercept([=](const http::Request& request) -> std::optional<http::Response> {
      if (request.url.find("/checkNameAvailability") == std::string::npos ||
          request.body.find(part) == std::string::npos)
        return std::nullopt;
      return http::Response{status, {{"Content-Type", "application/json"}}, body};
    });
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(names, Names)

BOOST_AUTO_TEST_CASE(a_name_that_someone_else_holds_is_found_at_plan) {
  take("kv-theirs");
  const auto planned = plan(estate({"kv-theirs", "kv-ours"}));
  BOOST_TEST(
      summary(planned.plan) ==
      "create resourceGroup rg\ncreate vault rg/kv-ours\n"
      "refused rg/kv-theirs name-taken: names of vaults are global, and kv-theirs is held by "
      "someone else: by a vault that you cannot see, live or soft-deleted\n");
  const engine::Refusal& refusal = planned.plan.refused.at(0);
  BOOST_TEST(refusal.remedy ==
             "choose another name; ${unique:6} in it makes one that hardly anybody else has");
  BOOST_TEST(refusal.stops_run);
  BOOST_TEST(refusal.origin != 0u);
  BOOST_TEST(asked() == 2u);
  BOOST_TEST(writes().empty());
  // The group's list, the vaults', the deleted ones', the subscription, and two names.
  BOOST_TEST(planned.plan.reads == 6u);
}

BOOST_AUTO_TEST_CASE(also_one_that_is_soft_deleted_there) {
  converge(estate({"kv-gone"}));
  // Its owner moves it out of our sight, deleted.
  emulator->intercept([](const http::Request& request) -> std::optional<http::Response> {
    if (request.url.find("/deletedVaults?") == std::string::npos) return std::nullopt;
    return http::Response{200, {}, R"({"value":[]})"};
  });
  BOOST_REQUIRE_EQUAL(other(http::Method::del, vault_id("rg", "kv-gone")).status, 200);
  BOOST_TEST(plan(estate({"kv-gone"})).plan.refused.at(0).code == "name-taken");
}

BOOST_AUTO_TEST_CASE(our_own_twin_is_not_asked_for) {
  converge(estate({"kv-twin"}));
  BOOST_REQUIRE_EQUAL(other(http::Method::del, vault_id("rg", "kv-twin")).status, 200);
  emulator->clear_requests();
  BOOST_TEST(plan(estate({"kv-twin"})).plan.refused.at(0).code == "soft-deleted");
  BOOST_TEST(asked() == 0u);
}

BOOST_AUTO_TEST_CASE(an_estate_that_exists_costs_no_request_more) {
  converge(estate({"kv-a", "kv-b"}));
  emulator->clear_requests();
  BOOST_TEST(plan(estate({"kv-a", "kv-b"})).plan.reads <= 5u);
  BOOST_TEST(asked() == 0u);
}

BOOST_AUTO_TEST_CASE(a_name_that_azure_takes_for_none_is_told_apart) {
  answer("kv-odd", 200,
         R"({"nameAvailable":false,"reason":"AccountNameInvalid","message":"It is invalid."})");
  const auto planned = plan(estate({"kv-odd", "kv-even"}));
  BOOST_REQUIRE_EQUAL(planned.plan.refused.size(), 1u);
  const engine::Refusal& refusal = planned.plan.refused[0];
  BOOST_TEST(refusal.code == "name-invalid");
  BOOST_TEST(refusal.message == "Azure takes kv-odd for no name of a vault: It is invalid.");
  BOOST_TEST(refusal.remedy.starts_with("3 to 24 letters"));
  answer("kv-odd", 200, R"({"nameAvailable":false,"reason":"AccountNameInvalid"})");
  BOOST_TEST(plan(estate({"kv-odd"})).plan.refused.at(0).message ==
             "Azure takes kv-odd for no name of a vault");
}

BOOST_AUTO_TEST_CASE(any_other_reason_is_a_name_that_is_taken) {
  answer("kv-odd", 200, R"({"nameAvailable":false})");
  BOOST_TEST(plan(estate({"kv-odd"})).plan.refused.at(0).code == "name-taken");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_asked_is_a_warning_and_no_end) {
  answer("kv-", 403, R"({"error":{"code":"AuthorizationFailed","message":"You may not ask."}})");
  const auto planned = plan(estate({"kv-a", "kv-b", "kv-c", "kv-d", "kv-e"}));
  BOOST_TEST(planned.plan.refused.empty());
  BOOST_TEST(planned.plan.changes.size() == 6u);
  BOOST_TEST(planned.plan.warnings ==
             std::vector<std::string>{
                 "could not ask whether kv-a, kv-b, kv-c and 2 more are free: AuthorizationFailed, "
                 "You may not ask. A name that someone else holds would show only when apply "
                 "creates the vault"});
  answer("kv-", 200, "{}");
  BOOST_TEST(plan(estate({"kv-a"})).plan.warnings ==
             std::vector<std::string>{
                 "could not ask whether kv-a is free: the answer does not say whether it is "
                 "available. A name that someone else holds would show only when apply creates the "
                 "vault"});
}

BOOST_AUTO_TEST_CASE(an_interrupt_while_asking_ends_the_planning) {
  std::stop_source stop;
  emulator->before_each([&stop](const http::Request& request) {
    if (request.url.find("/deletedVaults") != std::string::npos) stop.request_stop();
  });
  const auto deployment = load(estate({"kv-a", "kv-b", "kv-c"}));
  BOOST_CHECK_THROW(kinds::plan(deployment, registry, *connection, {},
                                Context{.stop = stop.get_token(), .clock = &clock}),
                    CancelledError);
  emulator->before_each({});
}

BOOST_AUTO_TEST_CASE(of_very_many_only_the_first_200_are_asked_for) {
  const auto at_cap = plan(estate_of(200)).plan;
  BOOST_TEST(asked() == 200u);
  BOOST_TEST(at_cap.warnings.empty());
  emulator->clear_requests();
  BOOST_TEST(plan(estate_of(201)).plan.warnings ==
             std::vector<std::string>{"whether the names of 1 of 201 new vaults are free was not "
                                      "asked; --preflight asks for all"});
  BOOST_TEST(asked() == 200u);
  emulator->clear_requests();
  engine::PlanOptions options;
  options.preflight = true;
  const auto all = plan(estate_of(201), options).plan;
  BOOST_TEST(all.warnings.empty());
  BOOST_TEST(asked() == 201u);
  BOOST_TEST(all.preflight.value().names == 201u);
}

BOOST_AUTO_TEST_CASE(none_is_asked_for_where_names_do_not_matter) {
  engine::PlanOptions options;
  options.most_names = 0;
  BOOST_TEST(plan(estate({"kv-a"}), options).plan.warnings.empty());
  BOOST_TEST(asked() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
