/// The plan: an ordered value that guards judge, reports print and the scheduler carries out.
#pragma once
#include "akv/provision/engine/access.hpp"
#include "akv/provision/engine/desired.hpp"
#include "akv/provision/engine/diff.hpp"
#include "akv/provision/engine/finding.hpp"
#include "akv/provision/engine/preflight.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace akv::engine {

enum class Action { create, update, recover, purge, del, adopt };
std::string_view to_string(Action action);  ///< `create`, …, `delete`, `adopt`.

/// What a change does to people, as the kind reckons it; guards and risks come from it.
struct Impact {
  std::size_t pairs_before = 0;  ///< Principal and permission pairs, `all` counted as every one.
  std::size_t pairs_lost = 0;
  std::size_t pairs_gained = 0;
  bool access_emptied = false;  ///< A list that had entries becomes empty.
  bool network_closed = false;  ///< Reachable before, less so after, with no private endpoint.
  bool network_opened = false;
  bool purge_protection = false;  ///< Switched on for a live vault: irreversible.
  bool access_model = false;
  bool tenant = false;
  Access before{}, after{};  ///< Before is empty for a create.
};

struct Change {
  Action action = Action::create;
  std::string kind, name, id, subscription, group;
  std::uint32_t origin = 0;  ///< Place of its `name`.
  std::vector<FieldChange> fields;
  std::vector<FieldChange> left_alone;  ///< For information.
  std::vector<std::string> risks;       ///< `access-added`, `access-removed`, `network-closed`, …
  std::vector<std::string> notes;       ///< Sentences for people: defaults filled in, and why.
  /// By property path, a sentence on the effect: `app can still read secrets, …`.
  std::vector<std::pair<std::string, std::string>> effects;
  Impact impact;
  Document desired;                    ///< Canonical, completed for a create.
  Document live;                       ///< The raw live document; null where there is none.
  Desired source;                      ///< The manifest's own; its kind is empty in a teardown.
  std::vector<std::size_t> waits_for;  ///< Indices in Plan::changes, all smaller than this one's.
  bool adopts = false;                 ///< Also takes the object over (writes our mark).
  std::string taken_from;    ///< The deployment whose mark the object carries; empty: none or ours.
  std::string last_written;  ///< `2026-11-22 10:40 UTC by maria@contoso.example`, if known.
  std::string deleted_at;    ///< Of the deleted vault that a recover or purge means, to the second.
  std::string summary;       ///< One line for deletes: `in the manifest, can be …`.
};
/// As messages name it: `GROUP/VAULT`, and before that the kind of a companion list.
std::string called(const Change& change);

/// An object that cannot be brought to what the manifest says.
struct Refusal {
  std::string kind, name, id;
  std::uint32_t origin = 0;
  /// `soft-deleted`, `immutable`, `twin`, `missing`, `protected`, `locked`, `not-adopted`,
  /// `other-deployment`, `name-taken`, `name-invalid`
  std::string code;
  std::string message;    ///< What stands in the way.
  std::string remedy;     ///< The ways out.
  bool stops_run = true;  ///< false: only this object (and what waits for it) is left out.
};

struct Unreadable {
  std::string kind, name, id;
  std::string code, message, remedy, request_id;
};

struct GuardFinding {
  std::string id;                    ///< `access-removed`
  std::string message;               ///< With the figures it went by.
  std::vector<std::string> objects;  ///< `GROUP/VAULT`
  std::string remedy;                ///< How to comply.
  std::string lifted_by;             ///< `--allow access-removed`; empty where nothing lifts it.
};

/// What a group that is to be torn down holds.
struct InventoryItem {
  std::string group, id, type, name, location;
  bool in_manifest = false, marked = false, stranger = false, is_protected = false;
  std::string mark;     ///< The deployment of its mark.
  std::string summary;  ///< `in the manifest, can be recovered for 90 days`
};

/// Access that stays as it is: by role assignments that the manifest names, or, beside such, by the
/// access policies of a vault that does not change.
struct StandingGrants {
  std::string subscription, name;  ///< Of the group or vault: `GROUP`, `GROUP/VAULT`.
  std::vector<Grant> grants;
  /// Of the vault itself; unknown: these are role assignments.
  AccessModel model = AccessModel::unknown;
};

/// A vault that is soft-deleted now, or will be.
struct SoftDeleted {
  std::string name, id, location;
  std::string deleted_on, gone_on;  ///< Dates; gone_on is when the name is free again.
  bool purge_protected = false;
};

struct Plan {
  std::string deployment, api_version;
  std::string where;   ///< `in AzureCloud, subscription 9c0d…`
  std::string who;     ///< `hello-ci`, `its administrator`
  std::string digest;  ///< Of the change set, where it is to be shown: `sha256:…`.
  bool teardown = false;
  std::vector<Change> changes;
  std::vector<Refusal> refused;
  std::vector<Unreadable> unreadable;
  std::vector<GuardFinding> guards;  ///< Not lifted: they stop a writing command.
  std::vector<std::string> warnings;
  std::vector<Finding> findings;         ///< Of the rules on what changes; those that count.
  std::optional<Preflight> preflight{};  ///< Where it was asked for.
  std::vector<std::string> kept;         ///< Marked as ours, no longer in the manifest: kept.
  /// Live entries beside ours on objects that do not change (merge), for information.
  std::vector<std::pair<std::string, FieldChange>> left_alone;
  std::vector<StandingGrants> standing{};  ///< For the lock-out guard.
  std::vector<InventoryItem> inventory;    ///< Teardown only.
  std::vector<SoftDeleted> soft_deleted;   ///< Teardown only: of these groups, already.
  std::size_t unchanged = 0;
  std::size_t vaults_planned = 0;  ///< Objects of kinds with a unique name that were looked at.
  std::size_t reads = 0;           ///< Requests made while planning.
  std::size_t planned_writes = 0;
  Places places;
  std::vector<Principal> principals;
  std::vector<std::string> subscriptions{};  ///< All that were looked at, the main one first.

  std::size_t count(Action action) const;
  /// Changes that are a difference: all but adopt alone.
  bool has_differences() const;
};

/// The name of an object as sentences have it: where the plan spans several subscriptions, and the
/// object is not in the first one, with its own: `rg-a/kv in subscription 9c0d…`.
std::string told(const Plan& plan, std::string_view subscription, std::string_view name);
std::string told(const Plan& plan, const Change& change);

}  // namespace akv::engine
