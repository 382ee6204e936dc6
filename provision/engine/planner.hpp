/// Builds a plan from what a manifest wants and what is live.
///
/// Live objects are handed in one by one, as pages arrive; only those that differ are kept.
#pragma once
#include "akv/provision/engine/facts.hpp"
#include "akv/provision/engine/guards.hpp"
#include "akv/provision/engine/kind.hpp"
#include "akv/provision/engine/plan.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace akv::engine {

struct Live;

/// An object as it will be when all that the manifest asks of it is done.
struct Outlook {
  const Deployment& deployment;  ///< What is planned, with the ids of managed identities.
  const Desired& desired;
  const Document& before;  ///< Canonical; null where nothing is live.
  /// Canonical. What the manifest does not name is as it is live; where nothing is live, what a
  /// create will send. A refusal is looked through.
  const Document& after;
  bool ours = false;     ///< It is live and carries our mark.
  bool differs = false;  ///< There is a change or a refusal.
  /// It does not differ, and is shown for what it says of others that may: a companion list, or
  /// what such lists stand beside. Not with PlanOptions::outlook_of_all.
  bool aside = false;
};

/// A risk of changes of lists: with PlanOptions::prune, an entry goes because it left the manifest.
inline constexpr std::string_view pruned_risk = "pruned";

struct PlanOptions {
  std::vector<std::string> target, exclude;  ///< Globs on GROUP/VAULT; a group matches as GROUP.
  std::vector<std::string> adopt;            ///< Globs; `*` for --adopt alone.
  Allowances allow;
  Facts facts{};
  /// Objects with our mark that left the manifest are deleted: in the groups that it names, and in
  /// these subscriptions. The planner itself keeps and names them.
  bool prune = false;
  std::vector<std::string> prune_scopes{};
  /// The names of at most so many new vaults are asked for. Azure lets 250 reads pass at once.
  std::size_t most_names = 200;
  bool preflight = false;  ///< Also fills Plan::preflight, and asks for all names.
  std::function<void(const Live&)> on_live{};  ///< Called for each live object that is read.
  /// Told of each selected object that could be read, in no certain order, while planning. Its
  /// documents live as long as the call.
  std::function<void(const Outlook&)> outlook{};
  /// Also of what does not differ, which costs as much again.
  bool outlook_of_all = false;
};

/// A live object as its list or GET showed it.
struct Live {
  std::string kind, id, name;  ///< name: `GROUP` or `GROUP/VAULT`
  Document raw;
};

/// A soft-deleted object that still holds its name.
struct DeletedTwin {
  std::string kind, name;  ///< `kv-pay`
  std::string id;          ///< The id it had.
  std::string location, deleted_on, gone_on;
  std::string deleted_at;  ///< As the service says it: tells two of one day apart.
  std::string owner;       ///< The mark in its tags.
  bool purge_protected = false;
};

/// A name that the service does not give away.
struct HeldName {
  std::string kind, name;             ///< `kv-pay`
  std::string code, message, remedy;  ///< Of the refusal.
};

/// Single-threaded. `deployment` and `registry` must outlive the planner.
class Planner {
 public:
  Planner(const Deployment& deployment, const Registry& registry, Environment environment,
          PlanOptions options);
  ~Planner();

  void observe(const Live& live);
  void observe(DeletedTwin twin);
  /// A scope (a group id or a subscription id) or object that could not be read: all desired
  /// objects in it are reported as unreadable and not planned.
  void unreadable(Unreadable what);
  /// The same for the companion lists of one kind in that scope whose parents are there.
  void unreadable_lists(std::string kind, Unreadable what);
  /// An object that cannot be planned, whatever is live, for a reason of its own. Call it first.
  void leave_out(Unreadable what);
  /// All is read. What would be created under a name that nobody else in the world may have, as far
  /// as is known: whether it is free is the service's to say. In the manifest's order.
  std::vector<const Desired*> names_to_claim();
  void observe(HeldName held);
  /// All is read. Creates for what was not seen, edges, guards, counts.
  Plan finish();

  /// The change for one object whose live document (null: absent) was read again, judged afresh;
  /// nullopt when nothing differs. Used by executions before they write; safe to call from any
  /// thread. An object that is absent gives a create, also where an update was planned. Throws
  /// AzureError, with a Refusal's code and both its sentences, for what would now be refused:
  /// another mark than the plan saw, or an immutable difference.
  static std::optional<Change> replan(const Change& planned, const Document& live, const Kind& kind,
                                      const Environment& environment,
                                      const std::vector<Principal>& principals);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// `*` and `?` (both stop at `/`), without case.
bool glob_matches(std::string_view glob, std::string_view name);
/// The same, where `*` alone stands for everything: `--adopt`, `--allow delete`.
bool glob_covers(std::string_view glob, std::string_view name);

}  // namespace akv::engine
