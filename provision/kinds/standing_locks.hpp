/// The locks that stand now: whose they are, and what a plan leaves of them.
#pragma once
#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/engine/plan.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace akv::engine {
class Registry;
}

namespace akv::kinds {

/// Knows the locks that a deployment asks for, by their places.
class LockBook {
 public:
  explicit LockBook(const engine::Deployment& deployment);
  /// A lock as ARM shows it.
  engine::Lock read(const json::Document& raw) const;

 private:
  std::string deployment_;
  std::map<std::string, std::string, ascii::Less> places_;  // By `SCOPE/NAME`.
};

/// Those that stand while the rest of the plan is carried out: what it takes away or loosens itself
/// is done before.
std::vector<engine::Lock> standing_beside(const engine::Plan& plan,
                                          std::vector<engine::Lock> locks);

/// The change of the plan that takes the lock away; nullopt where none does.
std::optional<std::size_t> removal_of(const engine::Plan& plan, const engine::Lock& lock);

/// A warning for each of the locks that holds up something that the plan changes.
void warn_of_locks(const std::vector<engine::Lock>& locks, const engine::Registry& registry,
                   engine::Plan& plan);

}  // namespace akv::kinds
