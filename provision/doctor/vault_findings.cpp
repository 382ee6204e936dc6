#include "akv/provision/doctor/vault_findings.hpp"

#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/doctor/command_line.hpp"
#include "akv/provision/kinds/deleted_vaults.hpp"
#include "akv/provision/kinds/permissions.hpp"
#include "akv/provision/kinds/vault_documents.hpp"

#include <algorithm>

namespace akv::doctor {
namespace {

using json::Document;

constexpr std::string_view retirement = "2027-02-27";

std::string counted(std::size_t n, std::string_view one, std::string_view more) {
  return std::to_string(n) + " " + std::string(n == 1 ? one : more);
}

class Vault {
 public:
  Vault(const Document& raw, const Gone& gone, std::vector<Finding>& findings)
      : raw_(raw), usual_(kinds::canonical_vault(raw)), gone_(gone), findings_(findings) {
    const auto id = ResourceId::parse(raw["id"].string_or());
    name_ = raw["name"].string_or();
    if (id) group_ = id->resource_group;
    about_.object = group_ + "/" + name_;
    about_.id = raw["id"].string_or();
  }

  void examine() {
    access_model();
    if (!usual_["enableRbacAuthorization"].bool_or(false)) {
      administrators();
      gone_principals();
      duplicates();
    }
    examine_network(about_, raw_, findings_);
    purge_protection();
  }

 private:
  void find(std::string_view id, std::string message, std::vector<std::string> commands,
            std::string_view due = {}) {
    Finding finding = about_;
    finding.rule = &rule(id);
    finding.message = std::move(message);
    finding.due = due;
    finding.commands = std::move(commands);
    findings_.push_back(std::move(finding));
  }

  std::string update(std::string_view option, std::string_view value) const {
    return command_line({"az", "keyvault", "update", "-g", group_, "-n", name_, option, value});
  }

  std::string delete_policy(std::string_view object) const {
    return command_line(
        {"az", "keyvault", "delete-policy", "-g", group_, "-n", name_, "--object-id", object});
  }

  const Document& policies() const { return usual_["accessPolicies"]; }

  void access_model() {
    const Document& model = raw_["properties"]["enableRbacAuthorization"];
    if (model.is_bool()) return;
    find("null-access-model",
         policies().size() == 0
             ? "no access policy, and none is looked at once Azure roles decide"
             : counted(policies().size(), "access policy decides", "access policies decide"),
         {update("--enable-rbac-authorization", "false")}, retirement);
  }

  void administrators() {
    const auto changes_something = [](const Document& entry) {
      for (const std::string_view category : kinds::permission_categories())
        for (const Document& word : entry["permissions"][category].as_array())
          if (const std::string_view text = word.string_or();
              text == "all" || text == "set" || text == "create" || text == "import" ||
              text == "update" || text == "delete" || text == "recover" || text == "restore")
            return true;
      return false;
    };
    const auto& entries = policies().as_array();
    if (std::any_of(entries.begin(), entries.end(), changes_something)) return;
    find("no-administrator",
         entries.empty() ? "it has no access policy"
                         : counted(entries.size(), "access policy, which only reads or uses",
                                   "access policies, which only read or use"),
         {command_line({"az", "keyvault", "set-policy", "-g", group_, "-n", name_}) +
          " --key-permissions all --secret-permissions all --certificate-permissions all"
          " --object-id $(az ad signed-in-user show --query id -o tsv)"});
  }

  void gone_principals() {
    for (const Document& entry : policies().as_array()) {
      const std::string object(entry["objectId"].string_or());
      const auto known = gone_.find(object);
      if (known == gone_.end()) continue;
      find("gone-principal", known->second.empty() ? object : object + " (" + known->second + ")",
           {delete_policy(object)});
    }
  }

  /// Entries of one principal, counted in the raw list: canonical form has them joined.
  void duplicates() {
    const Document& list = raw_["properties"]["accessPolicies"];
    if (!list.is_array()) return;
    for (const Document& joined : policies().as_array()) {
      const auto same = [&](const Document& entry) {
        const auto alike = [&](std::string_view member) {
          return ascii::equal(entry[member].string_or(), joined[member].string_or());
        };
        return alike("objectId") && alike("tenantId") && alike("applicationId");
      };
      const auto times = static_cast<std::size_t>(
          std::count_if(list.as_array().begin(), list.as_array().end(), same));
      if (times < 2) continue;
      const std::string object(joined["objectId"].string_or());
      std::vector<std::string> commands;
      // The Azure CLI knows entries by object id alone.
      if (!joined["applicationId"].is_string())
        commands = {delete_policy(object), set_policy(object, joined["permissions"])};
      find("duplicate-policy", object + " has " + std::to_string(times), std::move(commands));
    }
  }

  std::string set_policy(const std::string& object, const Document& permissions) const {
    std::string line = command_line(
        {"az", "keyvault", "set-policy", "-g", group_, "-n", name_, "--object-id", object});
    constexpr std::pair<std::string_view, std::string_view> options[] = {
        {"keys", "--key-permissions"},
        {"secrets", "--secret-permissions"},
        {"certificates", "--certificate-permissions"},
        {"storage", "--storage-permissions"}};
    for (const auto& [category, option] : options) {
      const Document& words = permissions[category];
      if (words.size() == 0) continue;
      line += " " + std::string(option);
      for (const Document& word : words.as_array()) line += " " + command_line({word.string_or()});
    }
    return line;
  }

  void purge_protection() {
    if (usual_["enablePurgeProtection"].bool_or(false)) return;
    const std::string days(usual_["softDeleteRetentionInDays"].is_number()
                               ? usual_["softDeleteRetentionInDays"].as_number().text
                               : "90");
    find("purge-protection",
         "a deleted vault could be purged on the first of its " + days + " days",
         {update("--enable-purge-protection", "true")});
  }

  const Document& raw_;  // The call's, as are gone_ and findings_.
  const Document usual_;
  const Gone& gone_;
  std::vector<Finding>& findings_;
  std::string group_, name_;
  Finding about_;
};

}  // namespace

void examine_vault(const Document& raw, const Gone& gone, std::vector<Finding>& findings) {
  Vault(raw, gone, findings).examine();
}

void examine_deleted(const Document& raw, const Names& groups, std::vector<Finding>& findings) {
  const engine::DeletedTwin twin = kinds::twin_of(raw);
  const auto id = ResourceId::parse(twin.id);
  const std::string group = id ? id->resource_group : std::string();
  Finding about{.object = group + "/" + twin.name, .id = twin.id, .due = twin.gone_on};
  const std::string purge =
      command_line({"az", "keyvault", "purge", "-n", twin.name, "-l", twin.location});
  const std::string recover =
      command_line({"az", "keyvault", "recover", "-n", twin.name, "-l", twin.location});
  if (!groups.contains(group)) {
    about.rule = &rule("orphaned-deleted-vault");
    about.message =
        "deleted on " + twin.deleted_on + " in " + twin.location +
        (twin.purge_protected ? ", purge protection on" : "; to end it instead: " + purge);
    about.commands = {command_line({"az", "group", "create", "-n", group, "-l", twin.location}),
                      recover};
    findings.push_back(about);
  } else if (!twin.purge_protected) {
    about.rule = &rule("purge-protection");
    about.message = "deleted on " + twin.deleted_on + "; may be purged any day until then";
    about.commands = {recover};
    findings.push_back(about);
  }
}

}  // namespace akv::doctor
