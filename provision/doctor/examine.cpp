#include "akv/provision/doctor/examine.hpp"

#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/kinds/arm_pages.hpp"
#include "akv/provision/kinds/deleted_vaults.hpp"
#include "akv/provision/kinds/scopes.hpp"
#include "akv/provision/manifest/checks.hpp"

#include <algorithm>
#include <tuple>

namespace akv::doctor {
namespace {

using json::Document;

class Examiner {
 public:
  Examiner(const std::string& subscription, const Gone& gone, const kinds::Connection& connection,
           const Context& context)
      : subscription_(subscription), gone_(gone), connection_(connection), context_(context) {}

  Examination run() {
    out_.where = connection_.where;
    out_.who = connection_.who;
    out_.subscription = subscription_;
    const auto reads = connection_.counters ? connection_.counters->reads.load() : 0;
    const bool groups_known = read_groups();
    read_vaults();
    read_deleted(groups_known);
    std::stable_sort(out_.findings.begin(), out_.findings.end(),
                     [](const Finding& a, const Finding& b) {
                       if (a.rule != b.rule) return a.rule < b.rule;  // places in one table
                       return ascii::less(a.object, b.object);
                     });
    out_.reads = connection_.counters ? connection_.counters->reads.load() - reads : 0;
    return std::move(out_);
  }

 private:
  std::string root() const { return "/subscriptions/" + subscription_; }

  void refused(const ForbiddenError& error, std::string kind, std::string name,
               const std::string& id) {
    engine::Unreadable what = kinds::unreadable(std::move(kind), id, error);
    what.name = std::move(name);
    out_.unreadable.push_back(std::move(what));
  }

  bool read_groups() {
    try {
      kinds::read_groups(subscription_, connection_, context_,
                         [&](const Document& raw) { groups_.emplace(raw["name"].string_or()); });
    } catch (const ForbiddenError& error) {
      refused(error, "subscription", "the list of resource groups", root());
      return false;
    }
    out_.groups = groups_.size();
    return true;
  }

  void read_vaults_of(const std::string& scope) {
    kinds::read_pages(connection_.client, scope + "/providers/Microsoft.KeyVault/vaults",
                      connection_.keyvault_api_version, "Vaults.list", context_,
                      [&](const Document& raw) {
                        ++out_.vaults;
                        if (raw["properties"]["enableRbacAuthorization"].bool_or(false))
                          ++out_.by_roles;
                        examine_vault(raw, gone_, out_.findings);
                      });
  }

  void read_vaults() {
    try {
      read_vaults_of(root());
    } catch (const ForbiddenError& of_all) {
      if (groups_.empty()) return refused(of_all, "subscription", "the list of vaults", root());
      for (const std::string& group : groups_) {
        const std::string id = resource_group_id(subscription_, group);
        try {
          read_vaults_of(id);
        } catch (const ForbiddenError& error) {
          refused(error, "resourceGroup", group, id);
        }
      }
    }
  }

  void read_deleted(bool groups_known) {
    try {
      kinds::read_deleted_vaults(subscription_, connection_, context_, [&](const Document& raw) {
        ++out_.deleted;
        if (groups_known) examine_deleted(raw, groups_, out_.findings);
      });
    } catch (const ForbiddenError& error) {
      refused(error, "subscription", "the list of deleted vaults", root());
    }
  }

  const std::string& subscription_;  // The call's, as are the three below.
  const Gone& gone_;
  const kinds::Connection& connection_;
  const Context& context_;
  Names groups_;
  Examination out_;
};

}  // namespace

Examination examine(const std::string& subscription, const Gone& gone,
                    const kinds::Connection& connection, const Context& context) {
  return Examiner(subscription, gone, connection, context).run();
}

Gone read_gone(std::string_view text, std::vector<BadLine>& bad) {
  Gone gone;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = ascii::trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.empty() || line.front() == '#') continue;
    const std::size_t blank = std::min(line.find_first_of(" \t,#"), line.size());
    const std::string_view id = line.substr(0, blank);
    if (!manifest::check_guid(id).empty()) {
      bad.push_back({number, std::string(id)});
      continue;
    }
    const std::size_t comment = line.find_first_not_of(" \t,#", blank);
    gone.insert_or_assign(std::string(id), comment == std::string_view::npos
                                               ? std::string()
                                               : std::string(line.substr(comment)));
  }
  return gone;
}

}  // namespace akv::doctor
