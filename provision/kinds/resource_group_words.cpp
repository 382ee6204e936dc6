#include "akv/provision/kinds/resource_group_words.hpp"

#include "akv/provision/manifest/checks.hpp"

namespace akv::kinds {
namespace {

using manifest::FieldType;
using manifest::Word;

constexpr std::string_view modes[] = {"exact", "merge"};

constexpr Word manage_members[] = {
    {.name = "tags",
     .type = FieldType::word,
     .doc = "exact: remove tags that the manifest does not name; merge (default): leave them.",
     .words = modes},
};

}  // namespace

std::span<const Word> resource_group_words() {
  static const Word words[] = {
      {.name = "name",
       .doc = "1 to 90 letters, digits, hyphens, underscores, dots or parentheses.",
       .required = true,
       .check = manifest::check_resource_group_name,
       .of_engine = true,
       .in_defaults = false,
       .of_existing = true},
      {.name = "location",
       .doc = "Azure region, such as westeurope. It cannot be changed later.",
       .check = manifest::check_location},
      {.name = "tags",
       .type = FieldType::text_map,
       .doc = "Tags: names and values.",
       .max_items = 50,
       .check = manifest::check_tag_value,
       .check_name = manifest::check_tag_name,
       .managed_list = true},
      {.name = "vaults",
       .type = FieldType::object_list,
       .doc = "The key vaults in this group.",
       .of_engine = true,
       .in_defaults = false,
       .of_existing = true},
      {.name = "subscription",
       .doc = "Subscription id of this group; else that of the manifest.",
       .check = manifest::check_guid,
       .of_engine = true,
       .in_defaults = false,
       .of_existing = true},
      {.name = "existing",
       .type = FieldType::boolean,
       .doc = "The group must exist; it is never created, marked, changed or deleted. Its roles "
              "and locks are managed, always merged.",
       .of_engine = true,
       .in_defaults = false,
       .of_existing = true},
      {.name = "adopt",
       .type = FieldType::boolean,
       .doc = "Take over a group that exists without a mark.",
       .of_engine = true,
       .in_defaults = false},
      {.name = "protect",
       .type = FieldType::boolean,
       .doc = "Nothing in the group is deleted while its live tag akv-protect stands."},
      {.name = "manage",
       .type = FieldType::object,
       .doc = "Whether a list is owned whole or only in the entries named.",
       .members = manage_members,
       .of_engine = true},
      {.name = "unmanaged",
       .type = FieldType::text_list,
       .doc = "Inherited properties to leave alone, such as location or tags.team.",
       .of_engine = true,
       .in_defaults = false},
  };
  return words;
}

}  // namespace akv::kinds
