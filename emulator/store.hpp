/// Everything the emulator remembers, in one SQLite database.
///
/// A file survives SIGKILL at any moment with all that was committed (WAL with synchronous=NORMAL:
/// commits are with the kernel before they are acknowledged; a power cut may take the last of them
/// but never the file). It is locked while open, holds secrets and has mode 0600.
#pragma once
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

struct DeletedVault {
  std::string subscription, group, name;
  std::string location;  ///< Short form.
  std::string vault;     ///< JSON of the vault, to bring back.
  std::string body;      ///< JSON as GET shows it.
  bool protected_from_purge = false;
  SystemTime purge_at{};
  std::string purged_by{};  ///< The job that purges it.
};

enum class JobKind { purge_vault, delete_group };

/// Work that ends by the clock, whether somebody polls it or not.
struct Job {
  std::string token;
  JobKind kind = JobKind::purge_vault;
  std::string subscription;
  std::string subject;  ///< Name of the vault or group.
  SystemTime created{}, due{};
  bool done = false;
};

struct Registration {
  std::string name_space;
  bool registered = true;  ///< What it is from `since` on; before, on its way there.
  SystemTime since{};
};

/// For one thread at a time: the emulator's lock is around it. Names and ids compare without case.
class Store {
 public:
  /// Empty: in memory. Throws StoreBusy when another process has it, std::runtime_error with path
  /// and reason for everything else.
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

  void put_group(const Group& group);
  void remove_group(std::string_view subscription, std::string_view name);
  std::optional<Group> group(std::string_view subscription, std::string_view name);
  /// By name, from after `after` (a lower-case name) until `visit` says false.
  void scan_groups(std::string_view subscription, std::string_view after,
                   const std::function<bool(const Group&)>& visit);

  void put_resource(const Resource& resource);
  void remove_resource(std::string_view id);
  std::optional<Resource> resource(std::string_view id);
  /// The vault of that name in any subscription.
  std::optional<Resource> vault_named(std::string_view name);

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

  void put_deleted_vault(const DeletedVault& vault);
  void remove_deleted_vault(std::string_view name);
  std::optional<DeletedVault> deleted_vault(std::string_view name);
  void scan_deleted_vaults(std::string_view subscription, std::string_view after,
                           const std::function<bool(const DeletedVault&)>& visit);
  void remove_deleted_vaults_due(SystemTime now);

  void put_job(const Job& job);
  std::optional<Job> job(std::string_view token);
  /// The oldest job that is due and not done.
  std::optional<Job> next_due_job(SystemTime now);
  /// Whether there is a job or deleted vault whose time has come.
  bool anything_due(SystemTime now);
  void remove_jobs_before(SystemTime time);

 private:
  Database database_;
};

}  // namespace akv::emulator
