#include "akv/provision/kinds/estate_preflight.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/engine/kind.hpp"
#include "akv/provision/kinds/arm_pages.hpp"
#include "akv/provision/kinds/at_once.hpp"
#include "akv/provision/kinds/companion_list.hpp"
#include "akv/provision/kinds/standing_locks.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace akv::kinds {
namespace {

using engine::Change;
using engine::Lock;
using engine::Permission;
using engine::PlannedNeed;
using engine::PreflightFinding;
using engine::RightsSearch;
using json::Document;

constexpr const char* authorization_version = "2022-04-01";
constexpr const char* providers_version = "2021-04-01";
constexpr std::string_view authorization = "/providers/Microsoft.Authorization/";
/// These need no registration.
constexpr std::string_view always_there[] = {"Microsoft.Authorization", "Microsoft.Resources"};

/// What was read, or why it could not be.
template <class T>
struct Read {
  T found{};
  std::optional<std::string> fault{};
};

/// `read()`, whose refusals are answers.
template <class T, class Reading>
Read<T> attempt(const Reading& read) {
  try {
    return {.found = read()};
  } catch (const CancelledError&) {
    throw;
  } catch (const AzureError& e) {
    const ErrorInfo& info = e.info();
    return {.fault = info.code.empty() ? info.message : info.code + ", " + info.message};
  }
}

class Asking {
 public:
  Asking(const engine::Plan& plan, const engine::Deployment& deployment,
         const engine::Registry& registry, const Connection& connection, const std::string& caller,
         const Context& context)
      : plan_(plan),
        book_(deployment),
        connection_(connection),
        caller_(caller),
        context_(context),
        needs_(engine::needs_of(plan, registry)) {}

  engine::Preflight run() {
    out_.rights = needs_.size();
    ask_for_rights();
    ask_for_providers();
    ask_for_locks();
    return std::move(out_);
  }

 private:
  // Rights ------------------------------------------------------------------------------------

  void ask_for_rights() {
    RightsSearch search(plan_, needs_);
    for (auto questions = search.next(); !questions.empty(); questions = search.next()) {
      const auto answers = at_once(questions.size(), [&](std::size_t i) {
        return attempt<std::vector<Permission>>([&] { return permissions_of(questions[i]); });
      });
      for (std::size_t i = 0; i < questions.size(); ++i) {
        if (answers[i].fault)
          search.unanswered(questions[i], *answers[i].fault);
        else
          search.answer(questions[i], answers[i].found);
      }
    }
    out_.scopes = search.questions();
    add(search.findings());
  }

  std::vector<Permission> permissions_of(const RightsSearch::Question& question) const {
    if (question.unconditional) return unconditional_permissions(question.scope);
    std::vector<Permission> found;
    pages(question.scope + std::string(authorization) + "permissions", "Permissions.list_for_scope",
          [&found](const Document& raw) { found.push_back(engine::permission_of(raw)); });
    return found;
  }

  /// The list of permissions keeps back the conditions of assignments: these are read one by one.
  std::vector<Permission> unconditional_permissions(const std::string& scope) const {
    if (caller_.empty())
      throw AzureError({.message = "the token does not say who you are", .target = scope});
    std::set<std::string, ascii::Less> roles;
    pages(scope + std::string(authorization) + "roleAssignments", "RoleAssignments.list_for_scope",
          [&roles](const Document& raw) {
            const Document& properties = raw["properties"];
            if (properties["condition"].string_or().empty())
              roles.emplace(properties["roleDefinitionId"].string_or());
          },
          {{"$filter", "atScope() and assignedTo('" + caller_ + "')"}});
    std::vector<Permission> found;
    for (const std::string& role : roles) {
      const Document raw = read_object(connection_.client, role, authorization_version,
                                       "RoleDefinitions.get_by_id", context_);
      if (const Document& list = raw["properties"]["permissions"]; list.is_array())
        for (const Document& permission : list.as_array())
          found.push_back(engine::permission_of(permission));
    }
    return found;
  }

  // Providers ---------------------------------------------------------------------------------

  void ask_for_providers() {
    std::map<std::pair<std::string, std::string>, std::vector<std::string>> wanted;
    for (const auto& [need, objects] : needs_) {
      const auto id = ResourceId::parse(need.scope);
      std::string name_space = need.action.substr(0, need.action.find('/'));
      if (need.only_looked_up || !id ||
          std::find(std::begin(always_there), std::end(always_there), name_space) !=
              std::end(always_there))
        continue;
      auto& all = wanted[{ascii::lower(id->subscription), std::move(name_space)}];
      all.insert(all.end(), objects.begin(), objects.end());
    }
    out_.providers = wanted.size();
    for (auto& [at, objects] : wanted) ask_for_provider(at.first, at.second, std::move(objects));
  }

  /// What has something live is registered, whoever may read it.
  bool is_in_use(std::string_view subscription, std::string_view name_space) const {
    return std::any_of(plan_.changes.begin(), plan_.changes.end(), [&](const Change& change) {
      const auto id = ResourceId::parse(change.id);
      return !change.live.is_null() && id && ascii::equal(id->subscription, subscription) &&
             ascii::equal(id->provider, name_space);
    });
  }

  void ask_for_provider(const std::string& subscription, const std::string& name_space,
                        std::vector<std::string> objects) {
    const std::string scope = "/subscriptions/" + subscription;
    const auto state = attempt<std::string>([&] {
      return std::string(read_object(connection_.client, scope + "/providers/" + name_space,
                                     providers_version, "Providers.get",
                                     context_)["registrationState"]
                             .string_or());
    });
    if (state.fault ? is_in_use(subscription, name_space) : ascii::equal(state.found, "Registered"))
      return;
    // An object has several needs of one provider.
    std::vector<std::string> once;
    std::set<std::string> known;
    for (std::string& object : objects)
      if (known.insert(object).second) once.push_back(std::move(object));
    PreflightFinding finding{.what = name_space,
                             .scope = scope,
                             .where = engine::scope_name(scope),
                             .objects = std::move(once)};
    if (state.fault) {
      finding.code = "provider-unknown";
      finding.message = "whether it is registered could not be read: " + *state.fault;
      finding.remedy = "a role with read access on " + finding.where + ", such as Reader";
    } else {
      finding.code = "provider-not-registered";
      finding.stops_run = true;
      finding.message = "the subscription is not registered to use it (" +
                        (state.found.empty() ? "it does not say so" : state.found) + ")";
      finding.remedy = ascii::equal(state.found, "Registering")
                           ? "wait until it is; that takes minutes"
                           : "az provider register --namespace " + name_space + " --subscription " +
                                 subscription + ", and wait some minutes";
    }
    out_.findings.push_back(std::move(finding));
  }

  // Locks -------------------------------------------------------------------------------------

  void ask_for_locks() {
    std::set<std::string, ascii::Less> subscriptions;
    for (const auto& [need, objects] : needs_)
      if (const auto id = ResourceId::parse(need.scope); id && !need.only_looked_up)
        subscriptions.insert(id->subscription);
    std::vector<Lock> locks;
    for (const std::string& subscription : subscriptions) {
      auto read = locks_at("/subscriptions/" + subscription);
      if (read.fault) read = locks_group_by_group(subscription);
      for (Lock& lock : read.found) locks.push_back(std::move(lock));
    }
    locks = standing_beside(plan_, std::move(locks));
    out_.locks = locks.size();
    add(engine::locks_in_the_way(needs_, locks));
  }

  Read<std::vector<Lock>> locks_at(const std::string& scope) const {
    return attempt<std::vector<Lock>>([&] {
      const CompanionList& list = lock_list();
      std::vector<Lock> found;
      read_pages(connection_.client, scope + std::string(list.collection), list.api_version,
                 list.list_operation, context_,
                 [&](const Document& raw) { found.push_back(book_.read(raw)); });
      return found;
    });
  }

  /// The rights may be on groups only; what is above them is not known then.
  Read<std::vector<Lock>> locks_group_by_group(const std::string& subscription) {
    Read<std::vector<Lock>> all;
    std::map<std::string, std::vector<std::string>, ascii::Less> groups;
    for (const Change& change : plan_.changes)
      if (ascii::equal(change.subscription, subscription) && !change.group.empty())
        groups[resource_group_id(change.subscription, change.group)].push_back(change.name);
    for (auto& [group, objects] : groups) {
      auto read = locks_at(group);
      for (Lock& lock : read.found) all.found.push_back(std::move(lock));
      if (!read.fault) continue;
      const std::string where = engine::scope_name(group);
      objects.erase(std::unique(objects.begin(), objects.end()), objects.end());
      out_.findings.push_back(
          {.code = "locks-unknown",
           .what = "locks",
           .scope = group,
           .where = where,
           .objects = std::move(objects),
           .message = "the locks there could not be read: " + *read.fault,
           .remedy = "a role with read access on " + where + ", such as Reader"});
    }
    return all;
  }

  // All -------------------------------------------------------------------------------------

  void pages(const std::string& path, std::string_view operation,
             const std::function<void(Document)>& sink,
             const std::vector<std::pair<std::string, std::string>>& query = {}) const {
    read_pages(connection_.client, path, authorization_version, operation, context_, sink, query);
  }

  void add(std::vector<PreflightFinding> findings) {
    for (PreflightFinding& finding : findings) out_.findings.push_back(std::move(finding));
  }

  const engine::Plan& plan_;
  const LockBook book_;
  const Connection& connection_;
  const std::string& caller_;
  const Context& context_;
  const std::vector<PlannedNeed> needs_;
  engine::Preflight out_;
};

}  // namespace

engine::Preflight preflight(const engine::Plan& plan, const engine::Deployment& deployment,
                            const engine::Registry& registry, const Connection& connection,
                            const std::string& caller, const Context& context) {
  return Asking(plan, deployment, registry, connection, caller, context).run();
}

}  // namespace akv::kinds
