/// Whether a saved plan may still be applied: what it changes must not have moved.
#pragma once
#include "akv/provision/engine/planner.hpp"
#include "akv/provision/engine/saved_plan.hpp"

#include <map>
#include <string>
#include <vector>

namespace akv::engine {

/// Collects what matters of live objects as they are read.
class Sightings {
 public:
  /// For saving a plan of this deployment. `registry` must outlive this.
  Sightings(const Registry& registry, const Deployment& deployment);
  /// For applying it: whole documents of what it changes, fingerprints of the witnesses.
  Sightings(const Registry& registry, const SavedPlan& saved);

  void add(const Live& live);

  struct Sighting {
    std::string fingerprint;
    Document raw{};  ///< null where only the fingerprint was asked for.
  };
  const Sighting* find(std::string_view id) const;  ///< nullptr: not seen.

 private:
  const Registry& registry_;
  std::map<std::string, bool, ascii::Less> wanted_;  // Ids; true: with the document.
  std::map<std::string, Sighting, ascii::Less> seen_;
};

/// What stands beside a plan's changes when it is saved: the manifest's objects that were read.
std::vector<Witness> witnesses_of(const Plan& plan, const Deployment& deployment,
                                  const Sightings& seen);

/// An object that a saved plan changes, or whose absence it relies on, and that has moved.
struct Moved {
  std::string kind, name, id;
  std::string what;                   ///< A sentence without its object: `it was deleted`.
  std::vector<FieldChange> fields{};  ///< From what the plan saw to what is live.
  std::string last_written{};         ///< When and by whom, where the service says.
};

struct Freshness {
  std::vector<Moved> moved;
  std::vector<std::string> done;      ///< Names of changes that are carried out already.
  std::vector<std::string> warnings;  ///< What else has moved.
  /// What is left to do, with fresh documents. Only where nothing moved. All guards are judged
  /// again, as of the one who applies, and only the saved allowances lift them.
  Plan plan;
};

/// `fresh` is the plan of deployment_of(saved) that was made just now, `seen` what was read for it,
/// `facts` what is known of the caller.
/// An object that is as the plan wants it to become, wholly or in some of the planned fields, was
/// changed by an earlier run of the same plan: that is no movement. `akv-*` tags that change
/// nothing of the ownership are none either. Throws AzureError when an object could not be read.
Freshness check_freshness(const SavedPlan& saved, Plan fresh, const Sightings& seen,
                          const Registry& registry, const Environment& environment,
                          const Facts& facts);

}  // namespace akv::engine
