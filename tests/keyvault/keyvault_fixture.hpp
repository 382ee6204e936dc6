/// A Key Vault client over a scripted transport, with the samples that its tests share.
#pragma once
#include "akv/mgmt/keyvault/client.hpp"
#include "support/arm_fixture.hpp"
#include "support/spec_examples.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <string>
#include <string_view>

namespace akv::test {

inline const std::string tenant = "aaaabbbb-cccc-4ddd-8eee-ffff00001111";
inline const std::string object = "1b2c0000-0000-4000-8000-000000000001";
inline const std::string scope = "/subscriptions/" + subscription;
inline const std::string provider = scope + "/providers/Microsoft.KeyVault";
inline const std::string group_scope = scope + "/resourceGroups/rg/providers/Microsoft.KeyVault";
inline const std::string vault_path = group_scope + "/vaults/kv-1";
inline const std::string hsm_path = group_scope + "/managedHSMs/hsm-1";

struct KeyVaultFixture : ArmFixture {
  KeyVaultManagementClient client() {
    return KeyVaultManagementClient(credential(), subscription, options());
  }

  /// Compares the request that was sent; `body` is JSON or empty.
  void check(std::size_t index, std::string_view method, const std::string& path,
             std::map<std::string, std::string> query = {{"api-version", "2026-02-01"}},
             std::string_view body = {}) const {
    const Wire seen = wire(sent(index));
    BOOST_TEST(seen.method == method);
    BOOST_TEST(seen.path == path);
    BOOST_TEST((seen.query == query), sent(index).url);
    const json::Document expected = body.empty() ? json::Document() : json::Document::parse(body);
    BOOST_TEST((seen.body == expected), seen.body.dump());
  }
  void check_put(std::size_t index, const std::string& path, std::string_view body) const {
    check(index, "PUT", path, {{"api-version", "2026-02-01"}}, body);
  }

  /// The model holds all of `answer` in members of its own, and gives it back.
  template <class T>
  void check_kept(const T& model, std::string_view answer) const {
    BOOST_TEST((json::Document::parse(kept(model).at(0)) == json::Document::parse(answer)),
               kept(model).at(0));
  }

  /// The parameters would send `body`.
  template <class T>
  void check_sends(const T& parameters, std::string_view body) const {
    BOOST_TEST((json::Document::parse(json::encode(parameters)) == json::Document::parse(body)),
               json::encode(parameters));
  }
};

/// One item on a page, as a list answers.
inline std::string page_of(std::string_view item, std::string_view next_link = {}) {
  std::string page = R"({"value":[)" + std::string(item) + "]";
  if (!next_link.empty()) page += R"(,"nextLink":")" + std::string(next_link) + "\"";
  return page + "}";
}

}  // namespace akv::test
