/// What a kind of ARM object brings to the engine: how its documents compare, what a change of it
/// means, and the steps of carrying one out.
#pragma once
#include "akv/mgmt/core/context.hpp"
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/core/pace.hpp"
#include "akv/provision/engine/desired.hpp"
#include "akv/provision/engine/plan.hpp"
#include "akv/provision/engine/rules.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace akv::engine {

/// What planning knows beyond the object itself.
struct Environment {
  std::string deployment;  ///< Our ownership mark.
  std::string api_version;
  std::map<std::string, std::string, ascii::Less> tenants;  ///< By subscription.
  std::map<std::string, std::string, ascii::Less>
      locations;  ///< By resource group id: manifest's, else live.
  /// Names of the roles that manifests use and that are not built in, by their GUIDs.
  std::map<std::string, std::string, ascii::Less> roles{};
};

/// How a step of an execution ended.
struct StepOutcome {
  enum class Status {
    again,  ///< The next step may follow at once.
    poll,   ///< Wait `after`, then step again. With `share`, all that wait on the same key are
            ///< stepped together by Kind::poll_together.
    retry,  ///< Failed for a passing reason; step again after `after`.
    done,
    failed,
    unknown,  ///< A request was sent and no answer was seen; stopped before it could be read.
  };
  Status status = Status::again;
  std::chrono::milliseconds after{0};
  std::string share{};
  ErrorInfo error{};
  std::string remedy{};
  /// A line of progress for people: `written, Azure is registering its DNS name`.
  std::string progress{};
};

/// One change on its way: a state machine. Used by one thread at a time.
class Execution {
 public:
  virtual ~Execution() = default;
  /// Which bucket the next step's request takes from.
  virtual RequestClass next_request() const = 0;
  /// At most one request. Never throws: what the service refuses is a value.
  virtual StepOutcome step(const Context& context) = 0;
  /// Whether a write was sent whose answer is not known: an interrupted run reports `unknown`.
  virtual bool in_doubt() const = 0;
  /// Differences that remain after our write though the service took it (Azure Policy does that).
  virtual std::vector<FieldChange> rewritten() const { return {}; }
};

/// Judges a change again with what a fresh read showed; returns what refuses it.
using Recheck = std::function<std::vector<GuardFinding>(const Change& fresh)>;

/// When a change is made, next to the others in its scope.
enum class Turn {
  usual,
  first,  ///< All others in the scope wait for it.
  last,   ///< It waits for all others in the scope.
};

/// Immutable; shared by all threads.
class Kind {
 public:
  virtual ~Kind() = default;
  virtual std::string_view name() const = 0;  ///< `vault`
  virtual Rules rules() const = 0;
  virtual ListMode default_mode(std::string_view property) const = 0;
  /// Whether no two objects of this name may exist anywhere (vaults).
  virtual bool unique_name() const { return false; }
  /// Whether an object of this kind is a list beside a group or vault, its parent: it is there
  /// where its parent is, and owned with it.
  virtual bool is_companion() const { return false; }
  /// A companion list's change in the parts that have turns of their own, in order.
  virtual std::vector<std::pair<Turn, Change>> turns(Change change) const;
  /// Whether the change of a parent comes after its companion lists' of the usual turn, and after
  /// those of what is around it.
  virtual bool follows_companions(const Change&) const { return false; }

  /// A live answer in canonical form: flattened, service defaults as the rules want them, sets
  /// sorted, words in their usual case, our own tags and read-only members gone.
  virtual Document canonical_live(const Document& live) const = 0;
  /// The manifest's body in the same form, with the tenant filled in. Keeps origins.
  virtual Document canonical_desired(const Document& body, const Desired& desired,
                                     const Environment& environment) const = 0;
  /// Adds what a create must send though the manifest omits it, with a note for each choice.
  virtual void complete_create(Document& canonical, const Desired& desired,
                               const Environment& environment,
                               std::vector<std::string>& notes) const = 0;
  /// Fills impact, risks and effects from the fields and both canonical documents: what is live
  /// (`before`, null for a create), and what will be, unmanaged members and entries included.
  virtual void assess(Change& change, const Document& before, const Document& after) const = 0;
  /// Difference of a member that no rule expresses, as a refusal (purge protection off, a
  /// retention once set), or nullopt. Both documents are canonical.
  virtual std::optional<Refusal> refuse(const Document& desired, const Document& live,
                                        const Desired& source) const;

  /// The mark on a live document, empty where there is none; and whether akv-protect stands.
  virtual std::string owner(const Document& live) const = 0;
  virtual bool is_protected(const Document& live) const = 0;

  /// The number of writes that carrying out the change will take, for the report.
  virtual std::size_t writes(const Change& change) const = 0;
  /// The rights that carrying it out will take; reads are left out, for they were needed to plan.
  virtual std::vector<Need> needs(const Change&) const { return {}; }
};

/// The kinds of a program, by name. Filled once, then read by all.
class Registry {
 public:
  void add(std::unique_ptr<Kind> kind);
  const Kind& at(std::string_view name) const;  ///< Asserts that it is there.
  const Kind* find(std::string_view name) const;
  const std::vector<std::unique_ptr<Kind>>& all() const { return kinds_; }

 private:
  std::vector<std::unique_ptr<Kind>> kinds_;
};

}  // namespace akv::engine
