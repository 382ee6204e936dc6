#include "akv/provision/manifest/sections.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/manifest/checks.hpp"
#include "akv/provision/manifest/field_reader.hpp"
#include "akv/provision/manifest/permission_sets.hpp"
#include "akv/provision/manifest/suggest.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace akv::manifest {
namespace {

constexpr std::string_view versions[] = {api_version};
constexpr std::string_view principal_types[] = {"User", "Group", "ServicePrincipal", "ForeignGroup",
                                                "Device"};

}  // namespace

std::span<const Word> manifest_words() {
  static const Word words[] = {
      {.name = "apiVersion",
       .type = FieldType::word,
       .doc = "Version of the manifest language.",
       .words = versions,
       .required = true},
      {.name = "overlay",
       .type = FieldType::boolean,
       .doc = "This file lies over the others: its groups, vaults, principals and defaults merge "
              "by name into theirs."},
      {.name = "include",
       .type = FieldType::text_list,
       .doc = "Files that belong to this one, relative to it; teams/*.yaml names all of a folder."},
      {.name = "deployment",
       .doc = "The ownership mark: the tag akv-deployment of everything that this manifest owns.",
       .check = check_deployment_name},
      {.name = "subscription",
       .doc = "Subscription id of the resource groups in this file that name none; else "
              "--subscription, else AZURE_SUBSCRIPTION_ID.",
       .check = check_guid},
      {.name = "tenant",
       .doc = "Tenant id of the vaults; else that of the subscription.",
       .check = check_guid},
      {.name = "parameters",
       .type = FieldType::object,
       .doc = "Values that --set and --values can give, used as ${name}."},
      {.name = "principals",
       .type = FieldType::object,
       .doc = "Names for object ids, used in access policies and shown in every plan."},
      {.name = "permissionSets",
       .type = FieldType::object,
       .doc = "Named permissions, besides the built-in sets."},
      {.name = "defaults",
       .type = FieldType::object,
       .doc = "What every resource group and every vault has unless it says otherwise."},
      {.name = "resourceGroups",
       .type = FieldType::object_list,
       .doc = "The resource groups, each with its vaults."},
  };
  return words;
}

std::span<const Word> parameter_words() {
  static const Word words[] = {
      {.name = "default", .doc = "The value where neither --set nor --values gives one."},
      {.name = "allowed",
       .type = FieldType::text_list,
       .doc = "The only values that it may have.",
       .identity = [](std::string_view entry) { return std::string(entry); }},
      {.name = "description", .doc = "What it is for."},
  };
  return words;
}

std::span<const Word> principal_words() {
  static const Word words[] = {
      {.name = "objectId",
       .doc = "Object id of the user, group or service principal.",
       .check = check_guid},
      {.name = "managedIdentity",
       .doc = "Instead of objectId: ARM id of a managed identity, or of a resource that has one.",
       .check = check_resource_id},
      {.name = "type", .type = FieldType::word, .doc = "What it is.", .words = principal_types},
      {.name = "breakGlass",
       .type = FieldType::boolean,
       .doc = "Its access is for emergencies: the lock-out guard watches over it."},
  };
  return words;
}

const Word& for_each_word() {
  static const Word word{.name = "forEach",
                         .type = FieldType::text_lists,
                         .doc =
                             "Makes one for each combination of values, which stand for ${NAME} "
                             "in all that is written here.",
                         .identity = [](std::string_view entry) { return std::string(entry); },
                         .in_defaults = false,
                         .of_existing = true};
  return word;
}

const Word* permissions_word(std::span<const Word> vault) {
  for (const Word& word : vault)
    if (word.type == FieldType::access_policies)
      for (const Word& member : word.members)
        if (member.type == FieldType::permissions) return &member;
  return nullptr;
}

void read_permission_sets(const Tree& tree, NodeId section, const Word& word, const Scope& scope,
                          bool overlay, Session& session) {
  FieldReader reader(tree, session, scope);
  if (!reader.expect_map(section, "permissionSets")) return;
  for (const Entry& entry : tree.entries(section)) {
    const std::string name(tree.text(entry.key));
    const auto built_in = built_in_sets();
    const bool ours = std::any_of(built_in.begin(), built_in.end(),
                                  [&](const BuiltInSet& set) { return set.name == name; });
    if (ours || (!overlay && session.names.permission_sets.contains(name))) {
      reader.error(entry.key, "duplicate-name",
                   ours ? quoted(name) + " is a built-in permission set"
                        : "permission set " + quoted(name) + " stands twice",
                   "choose another name");
      continue;
    }
    json::Document set;
    if (reader.expect_map(entry.value, "permission set " + quoted(name))) {
      const std::size_t before = session.diagnostics.errors();
      set = reader.object(entry.value, word.members, "a permission set").value;
      if (session.diagnostics.errors() > before) set = json::Document();
    }
    session.names.permission_sets.insert_or_assign(name, std::move(set));
  }
}

void add_built_in_sets(Names& names) {
  for (const BuiltInSet& set : built_in_sets())
    names.permission_sets.emplace(set.name, permissions_of(set));
}

}  // namespace akv::manifest
