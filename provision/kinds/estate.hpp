/// Reads what is live, plans, applies and tears down: the engine joined to ARM.
#pragma once
#include "akv/mgmt/arm/client.hpp"
#include "akv/provision/engine/kind.hpp"
#include "akv/provision/engine/plan.hpp"
#include "akv/provision/engine/planner.hpp"
#include "akv/provision/engine/run.hpp"
#include "akv/provision/manifest/manifest.hpp"

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace akv::kinds {

/// The kinds of this program.
engine::Registry make_registry();
/// The YAML words of these kinds.
manifest::Vocabulary vocabulary();

/// An ARM endpoint signed in to, and how to name it.
struct Connection {
  arm::ArmClient client;
  std::shared_ptr<Pace> pace;  ///< The same that the client's options have.
  std::shared_ptr<arm::Counters> counters;
  std::string where;  ///< `on the emulator in .akv/emulator.db`, `in AzureCloud`
  std::string who;    ///< For the report's header.
  std::string keyvault_api_version = "2026-02-01";
};

/// Names in a manifest that ARM does not know, each at its place.
struct NameMistakes : std::runtime_error {
  NameMistakes(std::vector<manifest::Diagnostic> list, std::size_t file_count)
      : std::runtime_error("the manifest names what does not exist"),
        diagnostics(std::move(list)),
        files(file_count) {}
  std::vector<manifest::Diagnostic> diagnostics;
  std::size_t files;  ///< Of the manifest.
};

struct Planned {
  engine::Plan plan;
  engine::Environment environment;
  engine::Facts facts{};
};

/// Reads with the fewest requests and plans. Throws AzureError when nothing can be read at all
/// (sign-in, unreachable, subscription not found), NameMistakes for roles and managed identities
/// that there are not; one scope that cannot be read is in the plan.
Planned plan(const engine::Deployment& deployment, const engine::Registry& registry,
             const Connection& connection, const engine::PlanOptions& options,
             const Context& context);

/// Reads, one by one, the groups and vaults of `ids` (kind and id): absence in a list proves
/// nothing. Hands those that are there to `sink`. Throws AzureError where one cannot be read.
void read_each(const std::vector<std::pair<std::string, std::string>>& ids,
               const Connection& connection, const Context& context,
               const std::function<void(const engine::Live&)>& sink);

struct TeardownOptions {
  std::vector<std::string> groups;  ///< `-g GROUP`, without a manifest.
  std::string subscription;         ///< For -g.
  bool purge = false;
  bool delete_existing_groups = false;
  engine::Allowances allow;
};

/// The inventory and the deletes. `deployment` null: groups by name, known by their marks.
Planned plan_teardown(const engine::Deployment* deployment, const engine::Registry& registry,
                      const Connection& connection, const TeardownOptions& options,
                      const Context& context);

/// Carries a plan or teardown out. `vaults_planned` figures of guards are judged again per object
/// after fresh reads; what they refuse names the option that lifts it from that object. A saved
/// plan takes no options: then it is the command `plan_again`, with them behind it.
engine::RunResult apply(const Planned& planned, const engine::Registry& registry,
                        const Connection& connection, const engine::Allowances& allow,
                        engine::RunOptions options, const std::string& plan_again = {});

/// What is soft-deleted of the torn-down vaults now, with dates, read from the service.
std::vector<engine::SoftDeleted> soft_deleted_after(const Planned& planned,
                                                    const Connection& connection,
                                                    const Context& context);

}  // namespace akv::kinds
