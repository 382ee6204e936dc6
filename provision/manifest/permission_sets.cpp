#include "akv/provision/manifest/permission_sets.hpp"

#include <array>
#include <utility>

namespace akv::manifest {
namespace {

using Words = std::string_view;

constexpr Words manage_keys[] = {"get",
                                 "list",
                                 "update",
                                 "create",
                                 "import",
                                 "delete",
                                 "recover",
                                 "backup",
                                 "restore",
                                 "rotate",
                                 "getrotationpolicy",
                                 "setrotationpolicy"};
constexpr Words manage_secrets[] = {"get", "list", "set", "delete", "recover", "backup", "restore"};
constexpr Words manage_certificates[] = {
    "get",           "list",       "update",      "create",     "import",
    "delete",        "recover",    "backup",      "restore",    "managecontacts",
    "manageissuers", "getissuers", "listissuers", "setissuers", "deleteissuers"};
constexpr Words wrap_listed[] = {"get", "list", "wrapKey", "unwrapKey"};
constexpr Words wrap[] = {"get", "wrapKey", "unwrapKey"};
constexpr Words back_up[] = {"get", "list", "backup"};
constexpr Words sign_and_decrypt[] = {"get", "decrypt", "sign"};

constexpr BuiltInSet sets[] = {
    {.name = "key-secret-certificate-management",
     .keys = manage_keys,
     .secrets = manage_secrets,
     .certificates = manage_certificates},
    {.name = "key-secret-management", .keys = manage_keys, .secrets = manage_secrets},
    {.name = "secret-certificate-management",
     .secrets = manage_secrets,
     .certificates = manage_certificates},
    {.name = "key-management", .keys = manage_keys},
    {.name = "secret-management", .secrets = manage_secrets},
    {.name = "certificate-management", .certificates = manage_certificates},
    {.name = "sql-server-connector", .keys = wrap_listed},
    {.name = "azure-data-lake-storage-or-azure-storage", .keys = wrap},
    {.name = "azure-backup", .keys = back_up, .secrets = back_up},
    {.name = "exchange-online-customer-key", .keys = wrap},
    {.name = "sharepoint-online-customer-key", .keys = wrap},
    {.name = "azure-information-byok", .keys = sign_and_decrypt},
};

}  // namespace

std::span<const BuiltInSet> built_in_sets() { return sets; }

json::Document permissions_of(const BuiltInSet& set) {
  json::Document result = json::Document::object();
  const std::array<std::pair<std::string_view, std::span<const std::string_view>>, 3> categories{
      {{"keys", set.keys}, {"secrets", set.secrets}, {"certificates", set.certificates}}};
  for (const auto& [category, words] : categories) {
    if (words.empty()) continue;
    json::Document list = json::Document::array();
    for (const std::string_view word : words) list.push_back(json::Document(word));
    result.set(category, std::move(list));
  }
  return result;
}

}  // namespace akv::manifest
