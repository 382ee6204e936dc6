#include "akv/emulator/known_properties.hpp"
#include "support/emulator_client.hpp"
#include "support/source_dir.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

using namespace akv;
using namespace akv::test;
using emulator::Kind;
using emulator::Property;
using json::Document;

namespace {

std::filesystem::path spec_folder() {
  const char* given = std::getenv("AKV_SPEC_DIR");
  return given && *given ? std::filesystem::path(given)
                         : std::filesystem::path(AKV_SOURCE_DIR) / "../shared/spec";
}

/// False, with a line that says so, where the published files are not at hand.
bool have_spec() {
  if (std::filesystem::exists(spec_folder() / "Microsoft.KeyVault")) return true;
  BOOST_TEST_MESSAGE("skipped: no published specification in " << spec_folder());
  return false;
}

Document read(const std::filesystem::path& path) {
  std::ifstream file(path);
  return Document::parse(std::string(std::istreambuf_iterator<char>(file), {}));
}

struct Folder {
  const char *version, *folder, *definitions;
};
constexpr Folder folders[] = {
    {"2023-07-01", "Microsoft.KeyVault/2023-07-01", "keyvault.json"},
    {"2024-04-01-preview", "Microsoft.KeyVault/2024-04-01-preview", "keyvault.json"},
    {"2026-02-01", "Microsoft.KeyVault/2026-02-01-derived", "openapi.derived.json"}};

const Document& resolved(const Document& all, const Document& schema) {
  const std::string_view reference = schema["$ref"].string_or();
  constexpr std::string_view local = "#/definitions/";
  if (!reference.starts_with(local)) return schema;
  return all["definitions"][reference.substr(local.size())];
}

const char* type_of(Kind kind) {
  switch (kind) {
    case Kind::text:
      return "string";
    case Kind::boolean:
      return "boolean";
    case Kind::integer:
      return "integer";
    case Kind::list:
    case Kind::texts:
      return "array";
    case Kind::object:
    case Kind::text_map:
      return "object";
    case Kind::anything:
      break;
  }
  return "";
}

/// Every property of the definition is known, writable where it is, and of its type. The other way
/// round only `extra` may be known: what we take and ignore, as ARM does.
void compare(const Document& all, const Document& schema, std::span<const Property> known,
             const std::string& place, const std::set<std::string>& extra) {
  std::set<std::string_view> published;
  const Document& definition = resolved(all, schema);
  for (const json::Member& member : definition["properties"].as_object()) {
    published.insert(member.name);
    const Property* ours = nullptr;
    for (const Property& property : known)
      if (property.name == member.name) ours = &property;
    BOOST_TEST((ours != nullptr), place << "." << member.name << " is not known");
    if (!ours) continue;
    const Document& type = resolved(all, member.value);
    // The service sets these two whatever is sent, though nothing marks them.
    const bool read_only = member.value["readOnly"].bool_or(false) || member.name == "vaultUri" ||
                           member.name == "provisioningState";
    BOOST_TEST(ours->read_only == read_only, place << "." << member.name << " read-only");
    if (ours->kind == Kind::anything) continue;
    // Objects may come without their type.
    BOOST_TEST(type["type"].string_or("object") == type_of(ours->kind),
               place << "." << member.name);
    if (ours->kind == Kind::object)
      compare(all, type, ours->members, place + "." + member.name, extra);
    if (ours->kind == Kind::list)
      compare(all, type["items"], ours->members, place + "." + member.name + "[]", extra);
  }
  for (const Property& property : known)
    BOOST_TEST((published.contains(property.name) || extra.contains(std::string(property.name))),
               place << "." << property.name << " is not published");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(spec_examples)

BOOST_AUTO_TEST_CASE(what_is_known_is_what_is_published) {
  if (!have_spec()) return;
  for (const Folder& folder : folders) {
    const Document all = read(spec_folder() / folder.folder / folder.definitions);
    const Document& definitions = all["definitions"];
    auto check = [&](const char* name, std::span<const Property> known,
                     const std::set<std::string>& extra) {
      compare(all, definitions[name], known, std::string(folder.version) + " " + name, extra);
    };
    check("VaultCreateOrUpdateParameters", emulator::vault_properties(),
          {"id", "name", "type", "systemData"});
    check("VaultPatchParameters", emulator::vault_properties(),
          {"id", "name", "type", "location", "systemData", "vaultUri", "provisioningState",
           "hsmPoolResourceId", "privateEndpointConnections"});
    check("VaultAccessPolicyParameters", emulator::access_policy_properties(), {});
    check("VaultCheckNameAvailabilityParameters", emulator::check_name_properties(), {});
  }
  const Document resources =
      read(spec_folder() / "Microsoft.Resources/2024-03-01/resources.cut.json");
  compare(resources, resources["definitions"]["ResourceGroup"], emulator::group_properties(),
          "ResourceGroup", {});
}

BOOST_AUTO_TEST_CASE(published_requests_are_accepted) {
  if (!have_spec()) return;
  for (const Folder& folder : folders) {
    const auto examples = spec_folder() / folder.folder / "examples";
    // The examples' policies are all of the tenant 0000…
    const std::string zero = "00000000-0000-0000-0000-000000000000";
    EmulatorClient arm({.subscription_id = zero, .tenant_id = zero});
    arm.make_group("sample-group");
    arm.make_group("sample-resource-group");
    auto body = [&](const char* file, const char* parameter) {
      return read(examples / file)["parameters"][parameter].dump();
    };
    const std::string vault = arm.vault("sample-vault", "sample-resource-group");
    const std::string name_check = arm.key_vault() + "/checkNameAvailability";
    const Answer free =
        arm.post(name_check, body("checkVaultNameAvailability.json", "vaultName"), folder.version);
    BOOST_TEST(free.body == R"({"nameAvailable":true})");

    for (const char* file : {"createVault.json", "createVaultWithNetworkAcls.json"}) {
      const Answer made = arm.put(vault, body(file, "parameters"), folder.version);
      BOOST_TEST(made.status == 200, folder.version << " " << file << ": " << made.body);
    }
    const Document acls = arm.get(vault, folder.version).property("networkAcls");
    BOOST_TEST(acls["ipRules"].dump() ==
               R"([{"value":"124.56.78.91/32"},{"value":"'10.91.4.0/24'"}])");

    const Answer patched = arm.patch(vault, body("updateVault.json", "parameters"), folder.version);
    BOOST_TEST(patched.status == 200, patched.body);
    const Answer added =
        arm.put(vault + "/accessPolicies/add", body("updateAccessPoliciesAdd.json", "parameters"),
                folder.version);
    BOOST_TEST(added.status == 200, added.body);
  }
}

BOOST_AUTO_TEST_CASE(answers_have_the_members_of_published_ones) {
  if (!have_spec()) return;
  const auto examples = spec_folder() / "Microsoft.KeyVault/2026-02-01-derived/examples";
  const std::string zero = "00000000-0000-0000-0000-000000000000";
  VaultFixture arm({.subscription_id = zero, .tenant_id = zero});
  // What the examples show of features that a plain vault has not got.
  const std::set<std::string> optional = {
      "hsmPoolResourceId",        "privateEndpointConnections",   "networkAcls",
      "enabledForDiskEncryption", "enabledForTemplateDeployment", "purgeProtectionEnabled",
      "accessPolicies",           "enableRbacAuthorization",      "enablePurgeProtection",
      "softDeleteRetentionInDays"};
  auto check = [&](const char* file, const Document& ours) {
    const Document example = read(examples / file);
    const Document& published = *example["responses"]["200"].find("body");
    for (const json::Member& member : published.as_object())
      BOOST_TEST((ours.find(member.name) != nullptr), file << ": " << member.name);
    for (const json::Member& member : published["properties"].as_object())
      if (!optional.contains(member.name))
        BOOST_TEST((ours["properties"].find(member.name) != nullptr), file << ": " << member.name);
  };
  check("getVault.json", arm.get(arm.vault(), "2026-02-01").json());
  arm.del(arm.vault());
  check("getDeletedVault.json", arm.get(arm.deleted(), "2026-02-01").json());
}

BOOST_AUTO_TEST_SUITE_END()
