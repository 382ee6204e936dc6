/// Runs the rules over a plan, object by object, as planning shows them.
///
///   checks::Checker checker(deployment);
///   options.outlook = [&](const engine::Outlook& outlook) { checker.look(outlook); };
#pragma once
#include "akv/provision/checks/rules.hpp"
#include "akv/provision/manifest/manifest.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace akv::checks {

struct Checked {
  /// The most severe first, then in the order of the table, of the manifest, and of what they are
  /// about. Those that the manifest's remarks ignore are among them, and say so.
  std::vector<engine::Finding> findings;
  /// Remarks that suppress nothing, as warnings.
  std::vector<manifest::Diagnostic> idle_remarks;
  std::size_t objects = 0;  ///< Looked at.
};

enum class Over {
  objects,  ///< Only the rules that judge objects: those that change, for a plan.
  estate,   ///< All rules; all objects were looked at.
};

/// Used by one thread. `deployment` must outlive it, and be the one that was planned.
class Checker {
 public:
  explicit Checker(const engine::Deployment& deployment);
  ~Checker();

  void look(const engine::Outlook& outlook);
  /// Once, after the last look.
  Checked finish(Over over);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The findings that count, in their order: what a plan shows.
std::vector<engine::Finding> counting(std::vector<engine::Finding> findings);

}  // namespace akv::checks
