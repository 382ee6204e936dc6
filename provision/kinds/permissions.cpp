#include "akv/provision/kinds/permissions.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <algorithm>
#include <array>

namespace akv::kinds {
namespace {

constexpr std::array<std::string_view, 4> categories{"keys", "secrets", "certificates", "storage"};
constexpr std::array<std::string_view, 21> keys{"all",
                                                "encrypt",
                                                "decrypt",
                                                "wrapKey",
                                                "unwrapKey",
                                                "sign",
                                                "verify",
                                                "get",
                                                "list",
                                                "create",
                                                "update",
                                                "import",
                                                "delete",
                                                "backup",
                                                "restore",
                                                "recover",
                                                "purge",
                                                "release",
                                                "rotate",
                                                "getrotationpolicy",
                                                "setrotationpolicy"};
constexpr std::array<std::string_view, 9> secrets{"all",    "get",     "list",    "set",  "delete",
                                                  "backup", "restore", "recover", "purge"};
constexpr std::array<std::string_view, 17> certificates{
    "all",        "get",           "list",           "delete",     "create",
    "import",     "update",        "managecontacts", "getissuers", "listissuers",
    "setissuers", "deleteissuers", "manageissuers",  "recover",    "purge",
    "backup",     "restore"};
constexpr std::array<std::string_view, 15> storage{
    "all",   "get",    "list",    "delete", "set",     "update", "regeneratekey", "recover",
    "purge", "backup", "restore", "setsas", "listsas", "getsas", "deletesas"};

}  // namespace

std::span<const std::string_view> permission_categories() { return categories; }

std::span<const std::string_view> permission_words(std::string_view category) {
  if (category == "keys") return keys;
  if (category == "secrets") return secrets;
  if (category == "certificates") return certificates;
  if (category == "storage") return storage;
  return {};
}

std::string usual_permission(std::string_view category, std::string_view word) {
  const auto words = permission_words(category);
  const auto found = std::find_if(words.begin(), words.end(), [word](std::string_view known) {
    return ascii::equal(known, word);
  });
  return found != words.end() ? std::string(*found) : ascii::lower(word);
}

bool administers(std::string_view category, std::string_view word) {
  const auto is = [word](std::string_view known) { return ascii::equal(known, word); };
  if (category == "keys" || category == "certificates")
    return is("all") || is("create") || is("import");
  return category == "secrets" && (is("all") || is("set"));
}

std::size_t count_permissions(std::string_view category, std::span<const std::string> words) {
  const bool all = std::any_of(words.begin(), words.end(),
                               [](const std::string& word) { return ascii::equal(word, "all"); });
  return all ? permission_words(category).size() - 1 : words.size();
}

}  // namespace akv::kinds
