/// Azure Resource Manager, the Key Vault provider and the token service in one object.
///
/// It behaves as recorded traffic shows (docs: emulator/README.md): RegisteringDns first, soft
/// delete, purge through a poller, 202 for resource groups, pages with an empty last one. It knows
/// nothing of the client's models.
#pragma once
#include "akv/emulator/delivery.hpp"
#include "akv/mgmt/core/clock.hpp"
#include "akv/mgmt/core/random.hpp"
#include "akv/mgmt/http/message.hpp"
#include "akv/mgmt/http/pipeline.hpp"
#include "akv/mgmt/json/document.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace akv::emulator {

struct Options {
  /// The SQLite file that keeps everything; empty: in memory, gone with the object. The folder is
  /// made. Two processes on one store exclude each other: the second constructor throws.
  std::filesystem::path store{};
  /// Time of the service; must outlive the emulator. A listener needs real time, tests do not.
  const Clock* clock = &system_clock();
  /// For ids and tokens of the service; must outlive the emulator.
  RandomSource* random = &system_random();
  /// Set to have these as the emulator's own, else they are made at first start and kept.
  std::string subscription_id{}, tenant_id{};
  /// How long a new vault stays in RegisteringDns, and how long jobs (purge, group deletion) take.
  std::chrono::milliseconds dns_delay{1000};
  std::chrono::milliseconds job_delay{1000};
  /// How long a write keeps all others from its vault (409 ConflictError); 0: never. Azure takes
  /// seconds.
  std::chrono::milliseconds write_delay{0};
  /// Objects on one page of a list. Azure takes $top up to 1,000 here.
  int page_size = 1000;
  /// Whether a PUT with `createMode: recover` also applies the other properties that it sends.
  /// Recordings and users contradict each other; most say that Azure ignores them.
  bool recover_applies_properties = false;
  /// After what time a new role assignment counts; Azure takes up to ten minutes.
  std::chrono::milliseconds role_propagation_delay{0};
  /// Count requests in ARM's token buckets and answer 429 from an empty one.
  bool throttle = false;
};

/// Makes things take as long as recordings show: a new vault's name 20 s, a job 15 s, a write 2 s,
/// a new role 30 s; pollers are then told Azure's own waits.
void use_recorded_delays(Options& options);

/// The store is open in another process (or another Emulator of this one).
struct StoreBusy : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A role for a principal: by its name or GUID, at a scope (an id; empty: the subscription).
struct RoleGrant {
  std::string role, scope{};
};

/// Somebody else who can sign in.
struct Principal {
  std::string name;  ///< Of a user: what it signs in with, `ann@contoso.com`.
  std::vector<RoleGrant> roles{};
  bool is_user = false;  ///< Signs in by `grant_type=password`; systemData says `User`.
  /// After what time the secret is refused; zero: never.
  std::chrono::seconds secret_lifetime{0};
};

/// What a client needs to sign in: the store's own application, made at first start and Owner of
/// the subscription, or one of add_principal().
struct Identity {
  std::string tenant_id, subscription_id, client_id, client_secret, object_id;
};

/// For Emulator::seed_all().
struct SeededSubscription {
  std::string id, tenant_id{};  ///< Empty: the store's own tenant.
};

/// One request as the emulator saw it. Tokens and secrets are masked.
struct LoggedRequest {
  http::Method method = http::Method::get;
  std::string url, body;
  int status = 0;
};

/// Safe to use from any thread: handle() locks for itself.
class Emulator {
 public:
  /// Throws StoreBusy when somebody else has the store open, std::runtime_error with the path and
  /// the reason when it cannot be used, and std::invalid_argument when an id in `options` is no
  /// UUID.
  explicit Emulator(Options options = {});
  ~Emulator();
  Emulator(const Emulator&) = delete;
  Emulator& operator=(const Emulator&) = delete;

  /// Answers one request. The host of the URL decides nothing: the path does. Never throws for
  /// anything a client can send.
  http::Response handle(const http::Request& request);
  /// The same, and how the answer shall travel. Status 0: not at all, the connection is reset.
  http::Response handle(const http::Request& request, Delivery& delivery);

  const Identity& identity() const;

  /// Adds an application (or user) of the store's tenant, with a new secret (or password), and its
  /// roles, which count at once. It stays in the store. Throws std::invalid_argument for an unknown
  /// role or a scope that is no id.
  Identity add_principal(const Principal& principal);

  /// Adds another subscription, or moves it to a tenant (same tenant unless given) for tests of
  /// twins and strangers. In its own tenant the store's application is Owner of it.
  void add_subscription(const std::string& subscription_id, const std::string& tenant_id = {});
  /// Moves the service's clock ahead: soft-deleted vaults vanish on time, jobs end.
  void advance(std::chrono::seconds by);
  /// The service's time.
  Clock::SystemTime now() const;
  /// The requests so far, oldest first (at most the last 100,000).
  std::vector<LoggedRequest> requests() const;
  void clear_requests();

  /// Rules of misbehaviour, in place of those before (an empty object: none). What they may say
  /// stands in emulator/README.md, "Faults". Throws FormatError with the place of a mistake, and
  /// then keeps the old ones.
  void set_faults(const json::Document& rules);
  /// Changes some of the options: delays, size of pages, what recover does, throttling
  /// (changing_options.hpp). Throws FormatError with the name of a mistake, and then changes none.
  void set_options(const json::Document& changes);
  /// All that set_options() takes, as they are now.
  json::Document options() const;

  /// Which rules there are, how many requests each fitted, and how often it was applied.
  json::Document fault_counts() const;

  // The whole state: everything in the store but the identity, the clock and the log.

  /// Forgets everything, roles, snapshots and the log included, as if the store were new; who could
  /// sign in still can, and the clock stays ahead.
  void reset();
  /// Keeps the state under a name, in memory, in place of what had the name before. Throws
  /// std::invalid_argument for a name that is not of [a-z0-9-]{1,40}, and at the 17th.
  void take_snapshot(const std::string& name);
  /// Goes back to it; false when there is none of that name.
  bool restore_snapshot(const std::string& name);

  // Doors for tests: another writer's hand, past all rules.

  /// The stored resource or group as GET would show it with the newest api-version, or null.
  json::Document peek(const std::string& resource_id) const;
  /// Writes the raw resource (of any type, or a group) as it stands, creating its group if needed;
  /// `id`, `name` and `type` are added where they are missing. A null takes it away without a
  /// trace: a vault is not soft-deleted. Parts of a vault or managed HSM that is there can be
  /// seeded too: `…/vaults/kv1/privateEndpointConnections/pe1`; of a secret the value is dropped.
  /// Throws std::invalid_argument for an id that names no resource or group, a subscription that
  /// the emulator does not have, a part of nothing, or a member that the service knows and whose
  /// value is of a kind that it never has.
  void seed(const std::string& resource_id, json::Document resource);
  /// All of these (each resource has its `id`) or, where it throws, none.
  void seed_all(const std::vector<SeededSubscription>& subscriptions,
                const std::vector<json::Document>& resources);
  /// Called under no lock before each request is handled: a test can be the second writer. The
  /// hook may call handle() (without being called again for that, nor is intercept()'s function)
  /// and the doors above. An empty function takes the hook away.
  void before_each(std::function<void(const http::Request&)> hook);
  /// Called for each request; a returned response is the answer, and nothing is done. With
  /// `after_work`, the work is done and the answer replaced (a lost reply is a TransportError
  /// thrown by InProcessTransport for status 0).
  void intercept(std::function<std::optional<http::Response>(const http::Request&)> fault,
                 bool after_work = false);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The emulator as a client's transport, without a socket. Shares ownership of the emulator.
std::shared_ptr<http::Transport> make_in_process_transport(std::shared_ptr<Emulator> emulator);

}  // namespace akv::emulator
