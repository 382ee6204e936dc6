#include "akv/emulator/emulator.hpp"

#include "akv/emulator/access.hpp"
#include "akv/emulator/changing_options.hpp"
#include "akv/emulator/children.hpp"
#include "akv/emulator/content_plane.hpp"
#include "akv/emulator/control_routes.hpp"
#include "akv/emulator/detail/cloud_metadata.hpp"
#include "akv/emulator/extension_store.hpp"
#include "akv/emulator/faults.hpp"
#include "akv/emulator/identities.hpp"
#include "akv/emulator/microsoft_graph.hpp"
#include "akv/emulator/resource_groups.hpp"
#include "akv/emulator/secrets.hpp"
#include "akv/emulator/seeding.hpp"
#include "akv/emulator/service.hpp"
#include "akv/emulator/store_error.hpp"
#include "akv/emulator/vault_life.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/redact.hpp"
#include "akv/mgmt/core/resource_id.hpp"
#include "akv/mgmt/core/time.hpp"

#include <atomic>
#include <charconv>
#include <deque>
#include <map>
#include <mutex>
#include <stdexcept>
#include <utility>

namespace akv::emulator {
namespace {

// Two of these are within what the clock of the standard library can say.
constexpr std::chrono::hours furthest_ahead{24 * 366 * 100};
constexpr std::size_t max_log_entries = 100'000;
constexpr std::size_t max_log_bytes = std::size_t{128} << 20;
constexpr std::string_view newest_api_version = "9999-12-31";

/// What `advance` added in earlier runs: the clock of a store never goes back.
std::chrono::seconds open_offset(Store& store, const std::filesystem::path& path) {
  const auto text = store.meta("clock offset");
  if (!text) return {};
  std::int64_t seconds = -1;
  const char* const end = text->data() + text->size();
  const auto [last, error] = std::from_chars(text->data(), end, seconds);
  if (error != std::errc{} || last != end || seconds < 0 ||
      std::chrono::seconds(seconds) > furthest_ahead)
    throw StoreError("cannot use the emulator's store " + path.string() + ": its clock offset '" +
                     *text + "' is no number of seconds up to 100 years");
  return std::chrono::seconds(seconds);
}

}  // namespace

struct Emulator::State {
  explicit State(Options given)
      : options(std::move(given)),
        store(options.store),
        offset(open_offset(store, options.store)),
        identity(open_identity(store, options, now())),
        tokens(open_signing_key(store, options), open_applications(store, identity)) {}

  // What set_options() changes is guarded by `mutex`, like the store; the rest stays.
  Options options;
  // `mutex` guards the store, the throttle, and the options' random source, which need not be safe
  // by itself.
  std::mutex mutex;
  Store store;
  Throttle throttle;
  std::atomic<std::chrono::seconds> offset;
  const Identity identity;
  TokenService tokens;

  // `log_mutex` guards these two.
  std::mutex log_mutex;
  std::deque<LoggedRequest> log;
  std::size_t log_bytes = 0;

  struct Fault {
    std::function<std::optional<http::Response>(const http::Request&)> function;
    bool after_work = false;
  };
  // `hook_mutex` guards these two; the functions themselves are called under no lock.
  std::mutex hook_mutex;
  std::shared_ptr<const std::function<void(const http::Request&)>> hook;
  std::shared_ptr<const Fault> fault;

  Faults faults;                                            // locks for itself
  std::map<std::string, std::unique_ptr<Store>> snapshots;  // in memory; guarded by `mutex`

  /// Under `mutex`, within a transaction.
  void put_subscription(const SeededSubscription& added);
  SystemTime now() const { return options.clock->now() + offset.load(); }
  http::Response work(const http::Request& request);
  http::Response work_as_another(const http::Request& request);
  void hold_back_role(const std::string& id, std::chrono::seconds by);
  http::Response work_under_faults(const http::Request& request, Delivery& delivery);
  http::Response answer_with_hooks(const http::Request& request, Delivery& delivery);
  void keep(const http::Request& request, int status);
};

namespace {

/// The emulator whose hook this thread is in: requests from there go past the hooks.
thread_local const void* inside_hook = nullptr;

class HookScope {
 public:
  explicit HookScope(const void* emulator) : before_(std::exchange(inside_hook, emulator)) {}
  ~HookScope() { inside_hook = before_; }
  HookScope(const HookScope&) = delete;
  HookScope& operator=(const HookScope&) = delete;

 private:
  const void* before_;
};

}  // namespace

http::Response Emulator::State::work(const http::Request& request) try {
  const http::Url url = http::Url::parse(request.url).value_or(http::Url{});
  if (auto metadata = cloud_metadata(request.method, url)) return *std::move(metadata);
  if (auto refused = content_plane(request, url, identity.tenant_id)) return *std::move(refused);
  const SystemTime at = now();
  if (is_microsoft_graph(url)) {
    std::lock_guard lock(mutex);
    return microsoft_graph(request, tokens, at, *options.random);
  }
  if (tokens.owns(url)) {
    std::lock_guard lock(mutex);
    return tokens.handle(request, at, *options.random);
  }
  // Outside the lock: checking a signature takes longer than answering a small request.
  auto caller = tokens.authenticate(request.headers, at);
  std::lock_guard lock(mutex);
  settle(store, at);
  return serve(request, url, std::move(caller), store, throttle, options, at);
} catch (const std::exception& error) {
  // The store failed (disk full, I/O error); its transaction is undone.
  return answer(500, error_body("InternalServerError",
                                std::string("The emulator could not carry out the request: ") +
                                    error.what()));
}

/// The hand of somebody else, whose token is not looked at.
http::Response Emulator::State::work_as_another(const http::Request& request) {
  const http::Url url = http::Url::parse(request.url).value_or(http::Url{});
  std::lock_guard lock(mutex);
  const SystemTime at = now();
  settle(store, at);
  const Caller another{.object_id = identity.object_id,
                       .app_id = identity.client_id,
                       .tenant_id = identity.tenant_id,
                       .name = "another writer"};
  return serve(request, url, another, store, throttle, options, at);
}

void Emulator::State::hold_back_role(const std::string& id, std::chrono::seconds by) {
  std::lock_guard lock(mutex);
  ExtensionStore extensions(store);
  auto assignment = extensions.find(id);
  if (!assignment || !ascii::equal(assignment->type, role_assignment_type)) return;
  assignment->since = now() + by;
  extensions.put(*assignment);
}

http::Response Emulator::State::work_under_faults(const http::Request& request,
                                                  Delivery& delivery) {
  if (faults.idle()) return work(request);
  if (request.method == http::Method::get && faults.has_stale(request)) {
    // Only who would be answered at all is answered with what was.
    http::Response present = work(request);
    if (present.status >= 300 && present.status != 404) return present;
    auto stale = faults.take_stale(request);
    return stale ? *std::move(stale) : std::move(present);
  }
  const auto effect = faults.take(request);
  if (!effect) return work(request);
  return misbehave(
      *effect, request, faults,
      {.work = [this](const http::Request& r) { return work(r); },
       .work_as_another = [this](const http::Request& r) { return work_as_another(r); },
       .complete =
           [this](const http::Request& r, http::Response& answer) {
             std::lock_guard lock(mutex);
             complete_answer(r, *options.random, now(), answer);
           },
       .hold_back_role = [this](const std::string& id,
                                std::chrono::seconds by) { hold_back_role(id, by); }},
      delivery);
}

http::Response Emulator::State::answer_with_hooks(const http::Request& request,
                                                  Delivery& delivery) {
  if (inside_hook == this) return work(request);
  std::shared_ptr<const std::function<void(const http::Request&)>> before;
  std::shared_ptr<const Fault> replaced;
  {
    std::lock_guard lock(hook_mutex);
    before = hook;
    replaced = fault;
  }
  HookScope scope(this);
  if (before) (*before)(request);
  if (!replaced) return work_under_faults(request, delivery);
  if (replaced->after_work) {
    http::Response done = work_under_faults(request, delivery);
    auto lie = replaced->function(request);
    return lie ? std::move(*lie) : std::move(done);
  }
  auto instead = replaced->function(request);
  return instead ? std::move(*instead) : work_under_faults(request, delivery);
}

void Emulator::State::keep(const http::Request& request, int status) {
  LoggedRequest entry{.method = request.method,
                      .url = redact::url(request.url),
                      .body = request.body,
                      .status = status};
  // Bodies of vaults hold no secrets; sign-in forms and secrets as ARM children do. What went to a
  // misspelt address, or was refused, may be any of them.
  if (const auto first = request.body.find_first_not_of(" \t\r\n"); first != std::string::npos) {
    const bool is_json = request.body[first] == '{' || request.body[first] == '[';
    const auto url = http::Url::parse(request.url);
    if ((url && tokens.owns(*url)) || !is_json || status < 200 || status >= 400)
      entry.body = redact::text(request.body);
    if (is_secret_address(request.url)) entry.body = without_secret_value(request.body);
  }
  std::lock_guard lock(log_mutex);
  log_bytes += entry.url.size() + entry.body.size();
  log.push_back(std::move(entry));
  while (log.size() > max_log_entries || log_bytes > max_log_bytes) {
    log_bytes -= log.front().url.size() + log.front().body.size();
    log.pop_front();
  }
}

Emulator::Emulator(Options options) : state_(std::make_unique<State>(std::move(options))) {}
Emulator::~Emulator() = default;

http::Response Emulator::handle(const http::Request& request) {
  Delivery delivery;
  return handle(request, delivery);
}

http::Response Emulator::handle(const http::Request& request, Delivery& delivery) {
  if (auto answered = control(request, *this)) {
    if (request.method == http::Method::head) answered->body.clear();
    return *std::move(answered);
  }
  http::Response response = state_->answer_with_hooks(request, delivery);
  if (!response.headers.has("Date"))
    response.headers.set("Date", time::format_http_date(state_->now()));
  state_->keep(request, response.status);
  return response;
}

const Identity& Emulator::identity() const { return state_->identity; }

void Emulator::State::put_subscription(const SeededSubscription& added) {
  if (!is_uuid(added.id))
    throw std::invalid_argument("the subscription id '" + added.id + "' is no UUID");
  const std::string& tenant = added.tenant_id.empty() ? identity.tenant_id : added.tenant_id;
  store.put_subscription({added.id, tenant});
  if (ascii::equal(tenant, identity.tenant_id))
    own_subscription(store, *options.random, identity, added.id, now());
}

void Emulator::add_subscription(const std::string& subscription_id, const std::string& tenant_id) {
  std::lock_guard lock(state_->mutex);
  Transaction transaction(state_->store.database());
  state_->put_subscription({subscription_id, tenant_id});
  transaction.commit();
}

Identity Emulator::add_principal(const Principal& principal) {
  std::lock_guard lock(state_->mutex);
  TokenService::Application added = emulator::add_principal(
      state_->store, *state_->options.random, state_->identity, principal, state_->now());
  state_->tokens.add(added);
  return {.tenant_id = added.tenant_id,
          .subscription_id = state_->identity.subscription_id,
          .client_id = added.client_id,
          .client_secret = added.client_secret,
          .object_id = added.object_id};
}

void Emulator::advance(std::chrono::seconds by) {
  std::lock_guard lock(state_->mutex);
  // Checked before it is stored: a clock that cannot be read would lock the store for good.
  if (by.count() < 0 || by > furthest_ahead || state_->offset.load() + by > furthest_ahead)
    throw std::invalid_argument("the clock goes ahead only, and 100 years at most in all");
  const auto offset = state_->offset.load() + by;
  state_->store.set_meta("clock offset", std::to_string(offset.count()));
  state_->offset = offset;
}

void Emulator::set_faults(const json::Document& rules) {
  state_->faults.set(parse_fault_rules(rules));
}

void Emulator::set_options(const json::Document& changes) {
  std::lock_guard lock(state_->mutex);
  change_options(state_->options, changes);
}

json::Document Emulator::options() const {
  std::lock_guard lock(state_->mutex);
  return shown_options(state_->options);
}

json::Document Emulator::fault_counts() const { return state_->faults.counts(); }

void Emulator::reset() {
  {
    std::lock_guard lock(state_->mutex);
    Transaction transaction(state_->store.database());
    state_->store.forget_everything();
    transaction.commit();
    open_identity(state_->store, state_->options, state_->now());
    state_->snapshots.clear();
  }
  state_->faults.set({});
  clear_requests();
}

void Emulator::take_snapshot(const std::string& name) {
  constexpr std::size_t most = 16;
  const bool good = !name.empty() && name.size() <= 40 &&
                    name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == name.npos;
  if (!good) throw std::invalid_argument("a snapshot's name has 1 to 40 of a to z, 0 to 9 and -");
  std::lock_guard lock(state_->mutex);
  if (!state_->snapshots.contains(name) && state_->snapshots.size() == most)
    throw std::invalid_argument("there are 16 snapshots already");
  auto copy = std::make_unique<Store>(std::filesystem::path());
  state_->store.database().copy_to(copy->database());
  state_->snapshots.insert_or_assign(name, std::move(copy));
}

bool Emulator::restore_snapshot(const std::string& name) {
  std::lock_guard lock(state_->mutex);
  const auto found = state_->snapshots.find(name);
  if (found == state_->snapshots.end()) return false;
  Store& snapshot = *found->second;
  // Who may sign in is no part of the state: the token service knows them all. Nor is the clock,
  // which never goes back. Both go into the snapshot first, so that the store changes in one
  // commit: killed in the middle of it, it is either what it was or what it shall be.
  Transaction transaction(snapshot.database());
  for (const StoredPrincipal& known : principals(state_->store)) put_principal(snapshot, known);
  snapshot.set_meta("clock offset", std::to_string(state_->offset.load().count()));
  transaction.commit();
  snapshot.database().copy_to(state_->store.database());
  state_->faults.forget_stale();
  return true;
}

Clock::SystemTime Emulator::now() const { return state_->now(); }

std::vector<LoggedRequest> Emulator::requests() const {
  std::lock_guard lock(state_->log_mutex);
  return {state_->log.begin(), state_->log.end()};
}

void Emulator::clear_requests() {
  std::lock_guard lock(state_->log_mutex);
  state_->log.clear();
  state_->log_bytes = 0;
}

json::Document Emulator::peek(const std::string& resource_id) const {
  std::lock_guard lock(state_->mutex);
  const SystemTime now = state_->now();
  settle(state_->store, now);
  const auto id = ResourceId::parse(resource_id);
  if (id && id->provider.empty()) {
    const auto group = state_->store.group(id->subscription, id->resource_group);
    return group ? json::Document::parse(shown_group(*group)) : json::Document();
  }
  if (id && is_child(*id)) {
    const auto child = state_->store.child(resource_id);
    return child ? json::Document::parse(child->body) : json::Document();
  }
  const auto found = state_->store.resource(resource_id);
  if (!found) return {};
  if (!ascii::equal(found->type, vault_type)) return json::Document::parse(found->body);
  return json::Document::parse(shown_vault(found->body, found->ready_at, now, newest_api_version));
}

void Emulator::seed(const std::string& resource_id, json::Document resource) {
  std::lock_guard lock(state_->mutex);
  settle(state_->store, state_->now());
  Transaction transaction(state_->store.database());
  emulator::seed(state_->store, *state_->options.random, resource_id, std::move(resource));
  transaction.commit();
}

void Emulator::seed_all(const std::vector<SeededSubscription>& subscriptions,
                        const std::vector<json::Document>& resources) {
  std::lock_guard lock(state_->mutex);
  settle(state_->store, state_->now());
  Transaction transaction(state_->store.database());
  for (const SeededSubscription& one : subscriptions) state_->put_subscription(one);
  for (const json::Document& one : resources)
    emulator::seed(state_->store, *state_->options.random, std::string(one["id"].string_or()), one);
  transaction.commit();
}

void Emulator::before_each(std::function<void(const http::Request&)> hook) {
  std::lock_guard lock(state_->hook_mutex);
  state_->hook =
      hook ? std::make_shared<const std::function<void(const http::Request&)>>(std::move(hook))
           : nullptr;
}

void Emulator::intercept(std::function<std::optional<http::Response>(const http::Request&)> fault,
                         bool after_work) {
  std::lock_guard lock(state_->hook_mutex);
  state_->fault =
      fault ? std::make_shared<const State::Fault>(State::Fault{std::move(fault), after_work})
            : nullptr;
}

}  // namespace akv::emulator
