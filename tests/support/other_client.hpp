/// Somebody else at the same emulator: a second client with rights of its own.
#pragma once
#include "support/emulator_client.hpp"

#include <string>
#include <vector>

namespace akv::test {

inline constexpr const char* roles_version = "2022-04-01";
inline constexpr const char* locks_version = "2020-05-01";

/// The answer of the token route to a form.
inline Answer sign_in_form(EmulatorClient& arm, const std::string& form) {
  return {arm.emulator->handle({.method = http::Method::post,
                                .url = "https://login.microsoftonline.com/" +
                                       arm.emulator->identity().tenant_id + "/oauth2/v2.0/token",
                                .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                                .body = form})};
}

inline std::string token_of(EmulatorClient& arm, const emulator::Identity& who,
                            const std::string& resource = "https://management.azure.com") {
  return std::string(sign_in_form(arm, "grant_type=client_credentials&client_id=" + who.client_id +
                                           "&client_secret=" + who.client_secret +
                                           "&scope=" + resource + "/.default")
                         .json()["access_token"]
                         .string_or());
}

/// A vault, and a way to act as somebody else: `as(reader)` until the next `as`.
struct OthersFixture : VaultFixture {
  explicit OthersFixture(emulator::Options options = {}) : VaultFixture(std::move(options)) {}

  emulator::Identity add(const std::string& role, const std::string& scope = {}) {
    return emulator->add_principal(
        {.name = role + " client", .roles = {{.role = role, .scope = scope}}});
  }
  void as(const emulator::Identity& who) { token = token_of(*this, who); }
  void as_owner() { sign_in(); }

  std::string assignment(const std::string& scope, int number = 1) const {
    return scope + "/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-" +
           std::string(11, '0') + std::to_string(number);
  }
  static std::string assign(const std::string& role, const std::string& principal,
                            const std::string& more = {}) {
    return R"({"properties":{"roleDefinitionId":"/providers/Microsoft.Authorization/)"
           R"(roleDefinitions/)" +
           role + R"(","principalId":")" + principal + "\"" + more + "}}";
  }
  std::string lock(const std::string& scope, const std::string& name = "l") const {
    return scope + "/providers/Microsoft.Authorization/locks/" + name;
  }
  Answer put_lock(const std::string& scope, const std::string& level,
                  const std::string& name = "l") {
    return put(lock(scope, name), R"({"properties":{"level":")" + level + "\"}}", locks_version);
  }
  /// The last names of a list: `a b `.
  std::string names(const std::string& path, const std::string& version = {}) {
    std::string text;
    const json::Document page = get(path, version).json();
    if (page["value"].is_array())
      for (const json::Document& item : page["value"].as_array())
        text += std::string(item["name"].string_or(item["subscriptionId"].string_or())) + " ";
    return text;
  }
};

inline constexpr const char* owner_role = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
inline constexpr const char* reader_role = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
inline constexpr const char* someone = "00000000-0000-4000-8000-0000000000aa";

}  // namespace akv::test
