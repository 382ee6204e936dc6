/// The permission words of access policies, as the service has them at 2026-02-01.
#pragma once
#include <span>
#include <string>
#include <string_view>

namespace akv::kinds {

/// The four categories in the order in which people see them: keys, secrets, certificates, storage.
std::span<const std::string_view> permission_categories();
/// The words of a category in their usual case, `all` first; empty for an unknown category.
std::span<const std::string_view> permission_words(std::string_view category);
/// The usual spelling of a word (compared without case); an unknown one in lower case.
std::string usual_permission(std::string_view category, std::string_view word);
/// Whether it lets somebody fill a vault and empty it, as an administrator of its content does:
/// `all`, `create`, `import` of keys and certificates, `all` and `set` of secrets.
bool administers(std::string_view category, std::string_view word);
/// How many permissions the words stand for: `all` counts as every one, purge included.
std::size_t count_permissions(std::string_view category, std::span<const std::string> words);

}  // namespace akv::kinds
