#include "akv/provision/export/writer.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/export/factoring.hpp"
#include "akv/provision/export/names.hpp"
#include "akv/provision/export/sentences.hpp"
#include "akv/provision/manifest/sections.hpp"
#include "akv/provision/manifest/yaml_text.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace akv::exporting {
namespace {

using manifest::yaml::literal;
using manifest::yaml::scalar;

constexpr std::size_t most_columns = 100;

/// `[a\nb]` on one line.
std::string on_one_line(std::string value) {
  for (std::size_t at = value.find('\n'); at != std::string::npos; at = value.find('\n', at))
    value.replace(at, 1, ", ");
  return value;
}

class Writer {
 public:
  Writer(const Estate& estate, const Heading& heading,
         const std::vector<engine::Principal>& principals)
      : estate_(estate), heading_(heading), principals_(name_principals(estate, principals)) {}

  std::string run() {
    for (const auto& [key, group] : estate_.groups) {
      if (!is_existing(group, heading_.deployment)) groups_.push_back(&group.self);
      for (const Object& vault : group.vaults) vaults_.push_back(&vault);
    }
    group_defaults_ = choose_defaults(estate_, groups_);
    vault_defaults_ = choose_defaults(estate_, vaults_);
    permissions_ = name_permissions(estate_, permission_uses());

    for (const std::string& comment : heading_.comments) append_comment(text_, 0, comment);
    line(0, "apiVersion: " + std::string(manifest::api_version));
    line(0, "deployment: " + scalar(heading_.deployment));
    line(0, "subscription: " + scalar(estate_.subscription));
    line(0, "tenant: " + scalar(estate_.tenant));
    write_names();
    write_defaults();
    text_ += "\n";
    line(0, estate_.groups.empty() ? "resourceGroups: []" : "resourceGroups:");
    for (const auto& [key, group] : estate_.groups) write_group(group);
    return std::move(text_);
  }

 private:
  void line(std::size_t indent, std::string_view text) {
    text_.append(indent, ' ').append(text).append("\n");
  }

  std::map<TextId, std::size_t> permission_uses() const {
    std::map<TextId, std::size_t> uses;
    const auto count = [&](const std::vector<PolicyId>& policies) {
      for (const PolicyId policy : policies) ++uses[estate_.policies[policy].permissions];
    };
    count(vault_defaults_.policies);
    for (const Object* vault : vaults_)
      count(under_defaults(estate_, *vault, vault_defaults_).policies);
    return uses;
  }

  void write_names() {
    if (!principals_.empty()) {
      std::map<std::string_view, std::string_view> sorted;
      for (const auto& [id, principal] : principals_)
        sorted.emplace(principal.name, principal.yaml);
      text_ += "\n";
      line(0, "principals:");
      for (const auto& [name, yaml] : sorted) line(2, literal(name) + ": " + std::string(yaml));
    }
    if (permissions_.sets.empty()) return;
    text_ += "\n";
    line(0, "permissionSets:");
    for (const auto& [name, id] : permissions_.sets) line(2, name + ": " + estate_.texts.at(id));
  }

  void write_defaults() {
    const bool any_vault = !vault_defaults_.parts.empty() || !vault_defaults_.policies.empty();
    if (group_defaults_.parts.empty() && !any_vault) return;
    text_ += "\n";
    line(0, "defaults:");
    if (!group_defaults_.parts.empty()) {
      line(2, "resourceGroup:");
      write_parts(4, group_defaults_.parts);
    }
    if (!any_vault) return;
    line(2, "vault:");
    write_parts(4, vault_defaults_.parts);
    if (!vault_defaults_.policies.empty()) write_policies(4, vault_defaults_.policies, false);
  }

  void write_group(const Group& group) {
    for (const std::string& comment : group.self.comments) append_comment(text_, 2, comment);
    say_mark(2, group.self, group.self.name);
    line(2, "- name: " + scalar(group.self.name));
    if (is_existing(group, heading_.deployment)) {
      line(4, "existing: true");
    } else {
      const Own own = under_defaults(estate_, group.self, group_defaults_);
      write_parts(4, own.parts);
      write_unmanaged(4, own);
    }
    write_beside(4, group.self);
    for (const std::string& comment : group.left_out) append_comment(text_, 4, comment);
    if (group.vaults.empty()) return;
    line(4, "vaults:");
    std::vector<const Object*> sorted;
    for (const Object& vault : group.vaults) sorted.push_back(&vault);
    std::sort(sorted.begin(), sorted.end(),
              [](const Object* a, const Object* b) { return ascii::less(a->name, b->name); });
    for (const Object* vault : sorted) write_vault(*vault, group.self.name);
  }

  void write_vault(const Object& vault, const std::string& group) {
    for (const std::string& comment : vault.comments) append_comment(text_, 6, comment);
    say_mark(6, vault, group + "/" + vault.name);
    line(6, "- name: " + scalar(vault.name));
    const Own own = under_defaults(estate_, vault, vault_defaults_);
    write_parts(8, own.parts);
    if (own.writes_policies) write_policies(8, own.policies, own.replaces_policies);
    write_beside(8, vault);
    if (vault.mode == Policies::merge) line(8, "manage: {accessPolicies: merge}");
    write_unmanaged(8, own);
  }

  void say_mark(std::size_t indent, const Object& object, const std::string& name) {
    if (object.mark.empty() || object.mark == heading_.deployment) return;
    append_comment(text_, indent,
                   sentence({"belongs to deployment ", object.mark, "; to take it over:"}));
    // Copied from here into a shell: it stays in one line, and a group's name may have parentheses.
    const std::string_view quote = name.find_first_of("()") == std::string::npos ? "" : "'";
    line(indent, "# " + sentence({"--adopt=", quote, name, quote, " --allow takeover=", quote, name,
                                  quote}));
  }

  /// Members of one map stand together, where the first of them does.
  void write_parts(std::size_t indent, const std::vector<Part>& parts) {
    std::vector<std::pair<std::string_view, std::vector<std::pair<std::string_view, TextId>>>>
        heads;
    for (const Part& part : parts) {
      const std::string_view path = estate_.texts.at(part.path);
      const std::size_t dot = path.find('.');
      const std::string_view head = path.substr(0, dot);
      auto found = std::find_if(heads.begin(), heads.end(),
                                [head](const auto& known) { return known.first == head; });
      if (found == heads.end()) found = heads.insert(heads.end(), {head, {}});
      found->second.emplace_back(
          dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1), part.value);
    }
    for (const auto& [head, members] : heads) {
      if (members.front().first.empty())
        line(indent, std::string(head) + ": " + estate_.texts.at(members.front().second));
      else
        write_map(indent, head, members);
    }
  }

  void write_map(std::size_t indent, std::string_view head,
                 const std::vector<std::pair<std::string_view, TextId>>& members) {
    std::string flow;
    for (const auto& [name, value] : members)
      flow +=
          (flow.empty() ? "{" : ", ") + scalar(name) + ": " + on_one_line(estate_.texts.at(value));
    if (indent + head.size() + flow.size() + 3 <= most_columns)
      return line(indent, std::string(head) + ": " + flow + "}");
    line(indent, std::string(head) + ":");
    for (const auto& [name, value] : members)
      write_value(indent + 2, scalar(name), estate_.texts.at(value));
  }

  void write_value(std::size_t indent, const std::string& name, std::string_view value) {
    const std::string flow = on_one_line(std::string(value));
    if (indent + name.size() + 2 + flow.size() <= most_columns ||
        value.find('\n') == std::string_view::npos)
      return line(indent, name + ": " + flow);
    line(indent, name + ":");
    value = value.substr(1, value.size() - 2);
    while (!value.empty()) {
      const std::size_t end = std::min(value.find('\n'), value.size());
      line(indent + 2, "- " + std::string(value.substr(0, end)));
      value.remove_prefix(std::min(end + 1, value.size()));
    }
  }

  void write_policies(std::size_t indent, const std::vector<PolicyId>& policies, bool replace) {
    if (policies.empty()) return line(indent, "accessPolicies: []");
    line(indent, replace ? "accessPolicies: !replace" : "accessPolicies:");
    std::vector<std::string> entries;
    entries.reserve(policies.size());
    for (const PolicyId policy : policies) entries.push_back(entry_of(estate_.policies[policy]));
    std::sort(entries.begin(), entries.end());
    for (const std::string& entry : entries) line(indent + 2, "- " + entry);
  }

  void write_beside(std::size_t indent, const Object& object) {
    for (const Beside& beside : object.beside) {
      line(indent, beside.list + ":");
      for (const BesideEntry& entry : beside.entries)
        line(indent + 2,
             "- {" +
                 (entry.object == no_text
                      ? std::string()
                      : "principal: " + scalar(principals_.at(entry.object).name) + ", ") +
                 entry.rest + "}");
    }
  }

  std::string entry_of(const Policy& policy) const {
    std::string entry = "{principal: " + scalar(principals_.at(policy.object).name);
    if (policy.tenant != no_text) entry += ", tenant: " + scalar(estate_.texts.at(policy.tenant));
    if (policy.application != no_text)
      entry += ", applicationId: " + scalar(estate_.texts.at(policy.application));
    const auto set = permissions_.names.find(policy.permissions);
    return entry + ", permissions: " +
           (set != permissions_.names.end() ? set->second : estate_.texts.at(policy.permissions)) +
           "}";
  }

  void write_unmanaged(std::size_t indent, const Own& own) {
    std::string list;
    const auto add = [&list](std::string_view path) {
      list += (list.empty() ? "" : ", ") + scalar(path);
    };
    for (const TextId path : own.unmanaged) add(estate_.texts.at(path));
    if (own.unmanaged_policies) add("accessPolicies");
    if (!list.empty()) line(indent, "unmanaged: [" + list + "]");
  }

  const Estate& estate_;  // The call's, as is the heading.
  const Heading& heading_;
  const std::map<TextId, NamedPrincipal> principals_;
  std::vector<const Object*> groups_, vaults_;
  Defaults group_defaults_, vault_defaults_;
  NamedPermissions permissions_;
  std::string text_;
};

}  // namespace

std::string write_manifest(const Estate& estate, const Heading& heading,
                           const std::vector<engine::Principal>& principals) {
  return Writer(estate, heading, principals).run();
}

}  // namespace akv::exporting
