#include "akv/provision/kinds/companion_words.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/kinds/companion_list.hpp"
#include "akv/provision/kinds/role_names.hpp"
#include "akv/provision/manifest/checks.hpp"

#include <string>

namespace akv::kinds {
namespace {

using json::Document;
using manifest::Companion;
using manifest::FieldType;
using manifest::Word;

constexpr std::string_view states[] = {"absent"};
constexpr std::string_view levels[] = {"CanNotDelete", "ReadOnly"};
constexpr std::string_view condition_versions[] = {"2.0"};

// The limit is 512 with our mark, which takes up to 60.
constexpr std::size_t max_notes = 450, max_description = 1000;

std::string check_length(std::string_view text, std::size_t most) {
  if (text.size() <= most) return {};
  return "this is longer than " + std::to_string(most) + " bytes; write less";
}
std::string check_notes(std::string_view text) { return check_length(text, max_notes); }
std::string check_description(std::string_view text) { return check_length(text, max_description); }

std::string check_condition(std::string_view text) {
  return text.empty() ? "a condition has a text; remove the key for a role without a condition"
                      : std::string();
}

std::string check_lock_name(std::string_view text) {
  constexpr std::size_t most = 260;
  if (text.empty() || text.size() > most || text.find_first_of("<>%&\\?/") != text.npos ||
      text == "." || text == "..")
    return "this is no name of a lock; write 1 to 260 characters without <>%&\\?/";
  return {};
}

std::string assignment_identity(const Document& entry, std::string_view) {
  const std::string_view role = entry["role"].string_or();
  std::string guid = role_guid(role, {});
  std::string identity = ascii::lower(entry["objectId"].string_or());
  identity += '|';
  return identity += guid.empty() ? ascii::lower(role) : std::move(guid);
}

std::string lock_identity(const Document& entry, std::string_view) {
  return ascii::lower(entry["name"].string_or());
}

std::span<const Word> assignment_members() {
  static const Word words[] = {
      {.name = "principal", .doc = "Who has the role: a name declared under principals."},
      {.name = "objectId", .doc = "Who has the role, by object id.", .check = manifest::check_guid},
      {.name = "role",
       .doc = "The role: its name, such as Key Vault Secrets User, its GUID, or the id of its "
              "definition.",
       .required = true,
       .check = check_role,
       .pattern = "[^/]+|/.+/[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"},
      {.name = "condition",
       .doc = "On what the role gives access. One that is not written shall not be there.",
       .check = check_condition},
      {.name = "conditionVersion",
       .type = FieldType::word,
       .doc = "Version of the condition's language; the default is 2.0.",
       .words = condition_versions},
      {.name = "description",
       .doc = "What it is for. The ownership mark stands behind it.",
       .check = check_description},
      {.name = "state",
       .type = FieldType::word,
       .doc = "absent removes the assignment, where the list is merged.",
       .words = states},
  };
  return words;
}

std::span<const Word> lock_members() {
  static const Word words[] = {
      {.name = "name",
       .doc = "1 to 260 characters.",
       .required = true,
       .check = check_lock_name,
       .pattern = "[^<>%&\\\\?/]{1,260}"},
      {.name = "level",
       .type = FieldType::word,
       .doc = "CanNotDelete (default), or ReadOnly, under which nothing can be changed either.",
       .words = levels},
      {.name = "notes",
       .doc = "What it is for. The ownership mark stands behind it.",
       .check = check_notes},
      {.name = "state",
       .type = FieldType::word,
       .doc = "absent removes the lock, where the list is merged.",
       .words = states},
  };
  return words;
}

}  // namespace

std::span<const Companion> companion_words() {
  static const Companion lists[] = {
      {.kind = role_assignment_list().kind,
       .collection = role_assignment_list().collection,
       .list = {.name = role_assignment_list().list,
                .type = FieldType::entries,
                .doc = "Who has which Azure role here. Roles that come from above are not of this "
                       "list.",
                .members = assignment_members(),
                .max_items = 1000,
                .managed_list = true,
                .entry_identity = assignment_identity,
                .of_existing = true}},
      {.kind = lock_list().kind,
       .collection = lock_list().collection,
       .list = {.name = lock_list().list,
                .type = FieldType::entries,
                .doc = "Locks against deleting or changing, written after everything else.",
                .members = lock_members(),
                .max_items = 20,
                .managed_list = true,
                .entry_identity = lock_identity,
                .of_existing = true}},
  };
  return lists;
}

}  // namespace akv::kinds
