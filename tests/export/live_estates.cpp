#include "export/live_estates.hpp"

#include "akv/mgmt/authorization/well_known_roles.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/kinds/permissions.hpp"

#include <string>
#include <vector>

namespace akv::test {
namespace {

using json::Document;

constexpr const char* other_tenant = "7a7a0000-0000-4000-8000-00000000000a";

class Maker {
 public:
  Maker(World& world, std::uint64_t seed) : world_(world), random_(seed) {}

  void run(std::size_t vaults) {
    const std::size_t groups = 1 + below(3);
    for (std::size_t g = 0; g < groups; ++g)
      world_.emulator->seed(world_.group_id("rg-live-" + std::to_string(g)), group());
    for (std::size_t v = 0; v < vaults; ++v)
      world_.emulator->seed(world_.vault_id(recased("rg-live-" + std::to_string(below(groups))),
                                            "kv-live-" + std::to_string(v)),
                            vault());
    for (std::size_t g = 0; g < groups; ++g) {
      const std::string group = "rg-live-" + std::to_string(g);
      roles_and_locks(world_.group_id(group));
      for (std::size_t v = 0; v < vaults; ++v)
        if (const std::string id = world_.vault_id(group, "kv-live-" + std::to_string(v));
            often(30) && !world_.emulator->peek(id).is_null())
          roles_and_locks(id);
    }
  }

 private:
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_.next() % n); }
  bool often(std::size_t percent) { return below(100) < percent; }
  std::string one_of(const std::vector<std::string>& list) { return list[below(list.size())]; }

  std::string recased(std::string text) {
    if (often(60)) return text;
    for (char& c : text)
      if (often(50) && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
  }

  std::string guid(std::size_t i) {
    const std::string digits = std::to_string(i);
    // Two of them share their first eight digits.
    return recased("1b2c000" + std::to_string(i % 8) + "-abcd-4000-8000-" +
                   std::string(12 - digits.size(), '0') + digits);
  }

  void roles_and_locks(const std::string& id) {
    const std::string_view roles[] = {role_id::key_vault_reader, role_id::key_vault_secrets_user,
                                      role_id::owner};
    const std::string subscription =
        "/subscriptions/" + world_.emulator->identity().subscription_id;
    for (std::size_t i = below(3); i > 0; --i) {
      Document properties =
          Document::object({{"principalId", guid(1 + below(30))},
                            {"roleDefinitionId",
                             subscription + "/providers/Microsoft.Authorization/roleDefinitions/" +
                                 std::string(roles[below(3)])}});
      if (often(60)) properties.set("principalType", one_of({"User", "Group", "ServicePrincipal"}));
      if (often(30)) properties.set("description", awkward_text(random_));
      const std::string name = "3c3c0000-0000-4000-8000-" + std::to_string(100000000000 + next_++);
      world_.other(http::Method::put,
                   id + "/providers/Microsoft.Authorization/roleAssignments/" + name,
                   Document::object({{"properties", properties}}), "2022-04-01");
    }
    for (std::size_t i = below(2); i > 0; --i) {
      Document properties = Document::object({{"level", one_of({"CanNotDelete", "ReadOnly"})}});
      if (often(50)) properties.set("notes", awkward_text(random_));
      world_.other(
          http::Method::put,
          id + "/providers/Microsoft.Authorization/locks/" + one_of({"freeze", "Do-Not-Touch"}),
          Document::object({{"properties", properties}}), "2020-05-01");
    }
  }

  Document tags() {
    Document tags = Document::object();
    for (const char* common : {"team", "cost centre", "Environment"})
      if (often(60)) tags.set(recased(common), one_of({"payments", "risk", "1.10", "prod"}));
    if (often(20)) tags.set(awkward_text(random_), awkward_text(random_));
    if (often(10)) tags.set("a.b.c", "dotted");
    if (often(3)) tags.set("hidden-link:/subscriptions/x", "Resource");
    if (often(2))
      for (int i = 0; i < 50; ++i) tags.set("many" + std::to_string(i), "x");
    if (often(20)) tags.set("akv-deployment", one_of({"live", "live", "others"}));
    if (often(10)) tags.set("akv-protect", "true");
    return tags;
  }

  Document group() {
    return Document::object(
        {{"location", one_of({"westeurope", "West Europe", "northeurope"})},
         {"tags", tags()},
         {"properties", Document::object({{"provisioningState", "Succeeded"}})}});
  }

  Document words(std::string_view category) {
    Document list = Document::array();
    if (often(20)) list.push_back(Document(recased("all")));
    for (const auto word : kinds::permission_words(category).subspan(1))
      if (often(20)) list.push_back(Document(recased(std::string(word))));
    if (often(1)) list.push_back("fly");
    return list;
  }

  Document policy() {
    Document permissions = Document::object();
    if (often(50)) {
      permissions.set("secrets", Document::array({"get", "list"}));
    } else {
      for (const auto category : kinds::permission_categories())
        if (often(40)) permissions.set(category, words(category));
    }
    const std::string& tenant = world_.emulator->identity().tenant_id;
    Document entry =
        Document::object({{"tenantId", recased(often(95) ? tenant : other_tenant)},
                          {"objectId", often(99) ? guid(1 + below(12)) : std::string("not-a-guid")},
                          {"permissions", permissions}});
    if (often(5)) entry.set("applicationId", guid(90 + below(2)));
    return entry;
  }

  Document policies() {
    Document list = Document::array();
    // A few that most vaults have.
    for (std::size_t i = 1; i <= 3; ++i)
      if (often(75))
        list.push_back(Document::object(
            {{"tenantId", world_.emulator->identity().tenant_id},
             {"objectId", guid(20 + i)},
             {"permissions", Document::object({{"keys", Document::array({"get", "list"})},
                                               {"secrets", Document::array({"All"})}})}}));
    for (std::size_t i = below(5); i > 0; --i) list.push_back(policy());
    return list;
  }

  Document network() {
    if (often(5)) return {};
    Document acls = Document::object();
    if (often(80)) acls.set("bypass", recased(one_of({"AzureServices", "None"})));
    if (often(80)) acls.set("defaultAction", recased(one_of({"Allow", "Deny"})));
    if (often(70)) {
      Document rules = Document::array();
      for (std::size_t i = below(4); i > 0; --i)
        rules.push_back(Document::object({{"value", address()}}));
      if (often(3))
        for (std::size_t i = 0; i < 40; ++i)
          rules.push_back(Document::object({{"value", "198.51.100." + std::to_string(i) + "/32"}}));
      acls.set("ipRules", rules);
    }
    if (often(40)) {
      Document rules = Document::array();
      for (std::size_t i = below(3); i > 0; --i) rules.push_back(subnet());
      acls.set("virtualNetworkRules", rules);
    }
    return acls;
  }

  std::string address() {
    if (often(3)) return one_of({"10.0.0.1/32", "203.0.113.9/24", "2001:db8::1/128"});
    return one_of({"203.0.113.7", "203.0.113.7/32", "203.0.113.0/24", "'203.0.113.77'"});
  }

  Document subnet() {
    Document rule = Document::object(
        {{"id", recased("/subscriptions/5a5b0000-0000-4000-8000-000000000004/resourceGroups/Net/"
                        "providers/Microsoft.Network/virtualNetworks/hub/subnets/") +
                    one_of({"apps", "data", "odd (1)", "more,than one"})}});
    if (often(30)) rule.set("ignoreMissingVnetServiceEndpoint", often(50));
    return rule;
  }

  Document vault() {
    const std::string& tenant = world_.emulator->identity().tenant_id;
    Document properties = Document::object(
        {{"sku",
          Document::object(
              {{"family", "A"}, {"name", recased(one_of({"standard", "standard", "premium"}))}})},
         {"tenantId", recased(often(97) ? tenant : other_tenant)},
         {"accessPolicies", policies()},
         {"vaultUri", "https://kv.vault.azure.net/"},
         {"provisioningState", "Succeeded"}});
    if (often(3)) properties.set("sku").set("name", "managed");
    if (often(60)) properties.set("enableRbacAuthorization", often(30));
    if (often(10)) properties.set("enableRbacAuthorization", Document());
    if (often(40)) properties.set("softDeleteRetentionInDays", often(70) ? 90 : 7);
    if (often(40)) properties.set("enablePurgeProtection", true);
    if (often(50)) properties.set("enableSoftDelete", true);
    for (const char* name :
         {"enabledForDeployment", "enabledForDiskEncryption", "enabledForTemplateDeployment"})
      if (often(50)) properties.set(name, often(20) ? Document() : Document(often(50)));
    if (often(60))
      properties.set("publicNetworkAccess", recased(one_of({"Enabled", "Enabled", "Disabled"})));
    if (often(2)) properties.set("publicNetworkAccess", "SecuredByPerimeter");
    if (often(60)) properties.set("networkAcls", network());
    if (often(5)) properties.set("aNewProperty", awkward_text(random_));
    if (often(5)) properties.set("hsmPoolResourceId", "pool-1");
    if (often(5))
      properties.set(
          "privateEndpointConnections",
          Document::array({Document::object(
              {{"id",
                "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v/"
                "privateEndpointConnections/pe1"},
               {"properties",
                Document::object({{"privateLinkServiceConnectionState",
                                   Document::object({{"status", "Approved"}})}})}})}));
    return Document::object({{"location", recased(one_of({"westeurope", "West Europe",
                                                          "northeurope", "Brazil South"}))},
                             {"tags", tags()},
                             {"properties", properties}});
  }

  World& world_;
  SeededRandom random_;
  std::size_t next_ = 0;  // of the role assignments
};

}  // namespace

void seed_estate(World& world, std::uint64_t seed, std::size_t vaults) {
  Maker(world, seed).run(vaults);
}

std::string awkward_text(SeededRandom& random) {
  static const auto* const texts = new std::vector<std::string>{"",
                                                                " ",
                                                                "no",
                                                                "Yes",
                                                                "null",
                                                                "~",
                                                                "1.10",
                                                                "0x1F",
                                                                "0o17",
                                                                "0b101",
                                                                "1e3",
                                                                "2026-11-22",
                                                                "12:30:45",
                                                                ".inf",
                                                                "-",
                                                                "- a",
                                                                "a: b",
                                                                "a #b",
                                                                "#a",
                                                                "'a'",
                                                                "\"a\"",
                                                                "a\\b",
                                                                "{a}",
                                                                "[a, b]",
                                                                "*a",
                                                                "&a",
                                                                "!replace",
                                                                "|",
                                                                ">",
                                                                "%a",
                                                                "@a",
                                                                "`a`",
                                                                "${name}",
                                                                "$$",
                                                                "$",
                                                                "a\nb",
                                                                "a\r\nb",
                                                                "\ta\t",
                                                                "a\x7f",
                                                                "\xC2\x85z",
                                                                "z\xE2\x80\xA8y",
                                                                "\xEF\xBB\xBFx",
                                                                "\xE2\x80\xAEr",
                                                                "Stra\xC3\x9F"
                                                                "e",
                                                                "\xF0\x9F\x94\x91",
                                                                "---",
                                                                "...",
                                                                "<<",
                                                                "=",
                                                                "a,b",
                                                                "trailing ",
                                                                std::string("a\x01z"),
                                                                "True",
                                                                "1_000",
                                                                "+1",
                                                                "y"};
  std::string text = (*texts)[random.next() % texts->size()];
  if (random.next() % 4 == 0) text += (*texts)[random.next() % texts->size()];
  return text;
}

}  // namespace akv::test
