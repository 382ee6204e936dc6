#include "akv/provision/export/export.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/export/estate.hpp"
#include "akv/provision/export/read_estate.hpp"
#include "akv/provision/export/sentences.hpp"
#include "akv/provision/export/writer.hpp"

#include <set>

namespace akv::exporting {
namespace {

constexpr std::size_t longest_deployment = 40;

template <class Visit>
void for_each_object(const Estate& estate, Visit visit) {
  for (const auto& [key, group] : estate.groups) {
    visit(group.self);
    for (const Object& vault : group.vaults) visit(vault);
  }
}

/// `[a-z0-9][a-z0-9-]{0,39}` of a group's name.
std::string deployment_like(std::string_view group) {
  std::string name;
  for (const char c : group) {
    const char low = ascii::to_lower(c);
    const bool plain = (low >= 'a' && low <= 'z') || (low >= '0' && low <= '9');
    if (!plain && (name.empty() || name.back() == '-')) continue;
    name += plain ? low : '-';
    if (name.size() == longest_deployment) break;
  }
  while (!name.empty() && name.back() == '-') name.pop_back();
  return name.empty() ? "exported" : name;
}

std::string deployment_of(const Estate& estate, const Selection& selection) {
  std::set<std::string> marks;
  for_each_object(estate, [&](const Object& object) {
    if (!object.mark.empty()) marks.insert(object.mark);
  });
  if (marks.size() == 1 && deployment_like(*marks.begin()) == *marks.begin()) return *marks.begin();
  if (!selection.groups.empty()) return deployment_like(selection.groups.front());
  return estate.groups.empty() ? "exported"
                               : deployment_like(estate.groups.begin()->second.self.name);
}

std::string counted(std::size_t n, std::string_view noun) {
  return std::to_string(n) + " " + std::string(noun) + (n == 1 ? "" : "s");
}

std::string asked_for(const Selection& selection) {
  std::string text = "subscription " + selection.subscription;
  if (!selection.groups.empty())
    text += std::string(selection.groups.size() == 1 ? ", group " : ", groups ") +
            joined(selection.groups);
  for (const TagFilter& tag : selection.tags)
    text += ", tag " + tag.name + (tag.value ? "=" + *tag.value : "");
  if (!selection.names.empty()) text += ", name " + joined(selection.names);
  return text;
}

std::vector<std::string> heading(const kinds::Connection& connection, const Selection& selection,
                                 const Exported& exported) {
  std::vector<std::string> lines = {
      "yaml-language-server: $schema=akv.schema.json",
      sentence({"Written by akv export ", connection.where, ": ", asked_for(selection), "."}),
      counted(exported.groups, "group") + ", " + counted(exported.vaults, "vault") + "."};
  if (exported.unmarked > 0)
    lines.back() += " " + counted(exported.unmarked, "object") +
                    (exported.unmarked == 1 ? " carries" : " carry") +
                    " no mark of a deployment: plan with --adopt.";
  for (const engine::Unreadable& scope : exported.unreadable)
    lines.push_back(
        sentence({"Not read: ", scope.name, " (", scope.code, ": ", scope.message, ")"}));
  return lines;
}

}  // namespace

Exported export_manifest(const kinds::Connection& connection, const Selection& selection,
                         const ExportOptions& options, const Context& context) {
  Exported exported;
  Estate estate;
  exported.unreadable = read_estate(connection, selection, context, estate);
  exported.deployment =
      options.deployment.empty() ? deployment_of(estate, selection) : options.deployment;
  exported.groups = estate.groups.size();
  for (const auto& [key, group] : estate.groups) exported.vaults += group.vaults.size();
  for_each_object(estate, [&](const Object& object) {
    if (object.mark.empty())
      ++exported.unmarked;
    else if (object.mark != exported.deployment)
      ++exported.foreign;
  });
  for (const auto& [key, group] : estate.groups)
    if (is_existing(group, exported.deployment)) --exported.unmarked;
  exported.manifest = write_manifest(
      estate, {exported.deployment, heading(connection, selection, exported)}, options.principals);
  return exported;
}

}  // namespace akv::exporting
