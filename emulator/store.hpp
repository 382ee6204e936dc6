/// Everything the emulator remembers, in one SQLite database.
///
/// A file survives SIGKILL at any moment with all that was committed (WAL with synchronous=NORMAL:
/// commits are with the kernel before they are acknowledged; a power cut may take the last of them
/// but never the file). It is locked while open, holds secrets and has mode 0600.
#pragma once
#include "akv/emulator/remembered.hpp"
#include "akv/emulator/sqlite.hpp"
#include "akv/mgmt/core/clock.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace akv::emulator {

using SystemTime = Clock::SystemTime;

struct Subscription {
  std::string id, tenant_id;
};

struct Group {
  std::string subscription, name, location;
  std::string body;          ///< JSON as GET shows it, without the state that a deletion gives.
  std::string deleted_by{};  ///< The job that deletes it; empty for a group that stays.
};

struct Resource {
  std::string id;  ///< In its first spelling, with the subscription and group of the next two.
  std::string subscription, group;
  std::string type;       ///< `Microsoft.KeyVault/vaults`
  std::string name;       ///< The last name.
  std::string location;   ///< Short form.
  std::string body;       ///< JSON as GET shows it with the newest api-version, once ready.
  std::string summary;    ///< JSON as /resources lists it.
  SystemTime ready_at{};  ///< Until then it is in RegisteringDns.
};

/// A part of a vault or managed HSM: a key, a version of it, a secret, a connection.
struct Child {
  std::string id;      ///< In its first spelling: that of its parent, then type and name.
  std::string type;    ///< `Microsoft.KeyVault/vaults/keys`
  std::string name;    ///< The last name.
  std::string body{};  ///< JSON as GET shows it.
};

/// A vault or managed HSM that can be brought back.
struct DeletedResource {
  std::string id;  ///< What it had.
  std::string subscription, group, type, name;
  std::string location;  ///< Short form.
  std::string resource;  ///< JSON of the resource, to bring back.
  std::string body;      ///< JSON as GET shows it.
  bool protected_from_purge = false;
  SystemTime purge_at{};
  std::string purged_by{};  ///< The job that purges it.
};

/// Stored as numbers: add at the end.
enum class JobKind {
  purge_vault,
  delete_group,
  write_vault,        ///< A slow write, which lets no other in.
  update_connection,  ///< The answer to a private endpoint takes effect.
  delete_connection,
  change_hsm,  ///< Creation, update or recovery.
  delete_hsm,
  purge_hsm,
  move_resources  ///< The subject is its request; empty where it was only to be checked.
};

/// Work that ends by the clock, whether somebody polls it or not.
struct Job {
  std::string token;
  JobKind kind = JobKind::purge_vault;
  std::string subscription;
  std::string subject;  ///< Name of the group or purged vault, else the id.
  SystemTime created{}, due{};
  bool done = false;
  bool failed = false;  ///< Done, and what it was to do is not.
};

struct Registration {
  std::string name_space;
  bool registered = true;  ///< What it is from `since` on; before, on its way there.
  SystemTime since{};
};

/// A role assignment, as far as every request of its principal asks for it.
struct HeldRole {
  std::string key;  ///< Lower-case id.
  std::string scope_key, role;
  SystemTime since{};  ///< It gives nothing before.
  bool conditional = false;
};

/// For one thread at a time: the emulator's lock is around it. Names and ids compare without case.
class Store {
 public:
  /// Empty: in memory. Throws StoreBusy when another process has it, StoreError with path and
  /// reason for everything else.
  explicit Store(const std::filesystem::path& path);

  Database& database() { return database_; }

  std::optional<std::string> meta(std::string_view key);
  void set_meta(std::string_view key, std::string_view value);

  /// Empties all tables, roles included, but keeps who may sign in, and what the store knows of
  /// itself.
  void forget_everything();

  void put_subscription(const Subscription& subscription);
  std::optional<Subscription> subscription(std::string_view id);
  std::vector<Subscription> subscriptions();
  /// The namespace's registration; registered where nothing is stored.
  Registration registration(std::string_view subscription, std::string_view name_space);
  void put_registration(std::string_view subscription, const Registration& registration);
  /// All of one principal, in the order of their keys. The reference lives until the next call.
  const std::vector<HeldRole>& roles_of(std::string_view principal);

  void put_group(const Group& group);
  void remove_group(std::string_view subscription, std::string_view name);
  std::optional<Group> group(std::string_view subscription, std::string_view name);
  /// By name, from after `after` (a lower-case name) until `visit` says false.
  void scan_groups(std::string_view subscription, std::string_view after,
                   const std::function<bool(const Group&)>& visit);

  void put_resource(const Resource& resource);
  void remove_resource(std::string_view id);
  std::optional<Resource> resource(std::string_view id);
  /// The resource of that type and name in any subscription.
  std::optional<Resource> named(std::string_view type, std::string_view name);

  /// What a list needs of a resource. Views live during the visit.
  struct Row {
    std::string_view key;  ///< Lower-case id: lists are in its order.
    std::string_view type, name, location, body, summary;
    SystemTime ready_at{};
  };
  using Visit = std::function<bool(const Row&)>;
  /// Those below `id` (a group, a subscription), from after `after` (a key) until `visit` says no.
  void scan_below(std::string_view id, std::string_view after, const Visit& visit);
  /// Those of one type in a subscription, by index.
  void scan_type(std::string_view subscription, std::string_view type, std::string_view after,
                 const Visit& visit);

  /// Children stay where they are while their vault is deleted, and are there when it comes back.
  void put_child(std::string_view parent_id, const Child& child);
  void remove_child(std::string_view id);
  std::optional<Child> child(std::string_view id);
  /// Those of one type directly below `parent_id`, from after `after` (a lower-case id) until
  /// `visit` says no.
  void scan_children(std::string_view parent_id, std::string_view type, std::string_view after,
                     const std::function<bool(const Child&)>& visit);
  /// All below `id`, however deep.
  void remove_children(std::string_view id);
  /// The same: they follow their parent, whose id is now `to`. Both in their first spelling.
  void move_children(std::string_view from, std::string_view to);

  void put_deleted(const DeletedResource& resource);
  /// Takes it off the list, to bring it back.
  void remove_deleted(std::string_view type, std::string_view name);
  /// Takes it away with its children.
  void purge(std::string_view type, std::string_view name);
  std::optional<DeletedResource> deleted(std::string_view type, std::string_view name);
  void scan_deleted(std::string_view subscription, std::string_view type, std::string_view after,
                    const std::function<bool(const DeletedResource&)>& visit);
  void purge_due(SystemTime now);

  void put_job(const Job& job);
  std::optional<Job> job(std::string_view token);
  /// The one that works on the resource of that id (in its first spelling), if any.
  std::optional<Job> job_on(std::string_view subject);
  /// The same of one kind.
  std::optional<Job> job_on(std::string_view subject, JobKind kind);
  /// The oldest job that is due and not done.
  std::optional<Job> next_due_job(SystemTime now);
  /// Whether there is a job or deleted resource whose time has come.
  bool anything_due(SystemTime now);
  void remove_jobs_before(SystemTime time);

 private:
  Database database_;
  Remembered<std::optional<Subscription>> subscriptions_;
  Remembered<std::optional<Group>> groups_;
  Remembered<std::optional<Resource>> resources_;
  Remembered<std::vector<HeldRole>> roles_;
  // Every request asks for what is due: when that is next, as of that version of the database.
  std::int64_t asked_at_version_ = -1;
  SystemTime next_due_{};
};

}  // namespace akv::emulator
