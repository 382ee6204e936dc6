/// An emulator in memory, a client on it, and a clock that both share: plans and applies manifests
/// as the program does.
#pragma once
#include "akv/emulator/emulator.hpp"
#include "akv/mgmt/arm/client.hpp"
#include "akv/mgmt/core/random.hpp"
#include "akv/provision/kinds/estate.hpp"
#include "akv/provision/manifest/manifest.hpp"
#include "support/fake_clock.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace akv::test {

struct World {
  explicit World(int page_size = 1000);

  /// Loads a manifest that must be without errors (a test that gives a bad one fails with them).
  engine::Deployment load(std::string_view yaml) const;
  kinds::Planned plan(const engine::Deployment& deployment, engine::PlanOptions options = {});
  kinds::Planned plan(std::string_view yaml, engine::PlanOptions options = {});
  engine::RunResult apply(const kinds::Planned& planned, int parallel = 4,
                          engine::Allowances allow = {});
  /// Plans, checks that nothing stands in the way, applies, checks that all succeeded.
  void converge(std::string_view yaml, engine::PlanOptions options = {});
  kinds::Planned plan_teardown(std::string_view yaml, kinds::TeardownOptions options = {});

  /// From now on plans and applies as this one of the emulator's principals.
  void sign_in_as(const emulator::Identity& identity);

  /// A request of somebody else, with a valid token.
  http::Response other(http::Method method, const std::string& path,
                       const json::Document& body = {},
                       const std::string& api_version = "2023-07-01");
  std::string group_id(std::string_view group) const;
  std::string vault_id(std::string_view group, std::string_view vault) const;
  json::Document live(std::string_view group, std::string_view vault) const;
  /// Writes (PUT, PATCH, POST, DELETE) to ARM seen since the last clear_requests(). To ask whether
  /// a name is free is a read.
  std::vector<std::string> writes() const;
  /// The reads since then whose path holds `part`, without case.
  std::size_t reads(std::string_view part) const;

  FakeClock clock;
  SeededRandom random{20261122};
  std::shared_ptr<emulator::Emulator> emulator;
  engine::Registry registry = kinds::make_registry();
  std::shared_ptr<kinds::Connection> connection;
  std::function<std::string()> token_;  ///< A valid one, whatever the clock says.
};

/// One line for each change and refusal, as tests compare them:
/// `update vault rg/kv accessPolicies[app].permissions.secrets -purge +get`.
std::string summary(const engine::Plan& plan);

}  // namespace akv::test
