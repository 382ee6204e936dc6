#include "akv/emulator/key_vault_properties.hpp"
#include "support/key_vault_children.hpp"
#include "support/skipped.hpp"
#include "support/source_dir.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <vector>

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
  say_skipped("no interface descriptions in " + spec_folder().string() + " (AKV_SPEC_DIR)");
  return false;
}

Document read(const std::filesystem::path& path) {
  std::ifstream file(path);
  return Document::parse(std::string(std::istreambuf_iterator<char>(file), {}));
}

struct Folder {
  const char *version, *folder;
};
constexpr Folder folders[] = {{"2023-07-01", "Microsoft.KeyVault/2023-07-01"},
                              {"2024-04-01-preview", "Microsoft.KeyVault/2024-04-01-preview"},
                              {"2026-02-01", "Microsoft.KeyVault/2026-02-01-derived"}};

/// A schema and the file that its references are relative to.
struct Schema {
  const Document* document;
  std::string file;
};

/// The description files of one folder.
class Description {
 public:
  explicit Description(const std::filesystem::path& folder) {
    for (const auto& entry : std::filesystem::directory_iterator(folder))
      if (entry.path().extension() == ".json")
        files_.emplace(entry.path().filename().string(), read(entry.path()));
  }
  /// The definition of that name in any of the files: names that are asked for are in one only.
  Schema definition(std::string_view name) const {
    for (const auto& [file, document] : files_)
      if (const Document* found = document["definitions"].find(name)) return {found, file};
    BOOST_FAIL("no definition of " << name);
    return {};
  }
  /// What a schema refers to; itself where that is nothing of this folder.
  Schema resolved(const Document& schema, const std::string& file) const {
    const std::string reference(schema["$ref"].string_or());
    const std::size_t local = reference.find("#/definitions/");
    if (local == reference.npos) return {&schema, file};
    std::string target = reference.substr(0, local);
    if (target.starts_with("./")) target.erase(0, 2);
    if (target.empty()) target = file;
    const auto found = files_.find(target);
    if (found == files_.end()) return {&schema, file};
    return {&found->second["definitions"][reference.substr(local + 14)], target};
  }
  /// The properties of a definition and of those it is made of.
  std::map<std::string, Schema> properties(const Schema& schema) const {
    std::map<std::string, Schema> all;
    for (Schema at : bases(schema)) {
      const Document& own = (*at.document)["properties"];
      if (own.is_object())
        for (const json::Member& member : own.as_object())
          all.try_emplace(member.name, Schema{&member.value, at.file});
    }
    return all;
  }

 private:
  std::vector<Schema> bases(const Schema& schema) const {
    std::vector<Schema> all{schema};
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Schema at = all[i];
      if ((*at.document)["allOf"].is_array())
        for (const Document& base : (*at.document)["allOf"].as_array())
          all.push_back(resolved(base, at.file));
    }
    return all;
  }
  std::map<std::string, Document> files_;
};

const char* type_of(Kind kind) {
  switch (kind) {
    case Kind::text:
      return "string";
    case Kind::boolean:
      return "boolean";
    case Kind::integer:
    case Kind::long_integer:
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
void compare(const Description& all, const Schema& schema, std::span<const Property> known,
             const std::string& place, const std::set<std::string>& extra) {
  std::set<std::string_view> published;
  const auto properties = all.properties(schema);
  for (const auto& [name, member] : properties) {
    published.insert(name);
    const Property* ours = nullptr;
    for (const Property& property : known)
      if (property.name == name) ours = &property;
    BOOST_TEST((ours != nullptr), place << "." << name << " is not known");
    if (!ours) continue;
    const Schema type = all.resolved(*member.document, member.file);
    // The service sets these whatever is sent, though nothing marks them.
    const bool read_only = (*member.document)["readOnly"].bool_or(false) || name == "vaultUri" ||
                           name == "provisioningState" || name == "systemData";
    BOOST_TEST(ours->read_only == read_only, place << "." << name << " read-only");
    if (ours->kind == Kind::anything) continue;
    // Objects may come without their type.
    BOOST_TEST((*type.document)["type"].string_or("object") == type_of(ours->kind),
               place << "." << name);
    if (ours->kind == Kind::object) compare(all, type, ours->members, place + "." + name, extra);
    if (ours->kind == Kind::list)
      compare(all, all.resolved((*type.document)["items"], type.file), ours->members,
              place + "." + name + "[]", extra);
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
    const Description all(spec_folder() / folder.folder);
    auto check = [&](const char* name, std::span<const Property> known,
                     const std::set<std::string>& extra) {
      compare(all, all.definition(name), known, std::string(folder.version) + " " + name, extra);
    };
    check("VaultCreateOrUpdateParameters", emulator::vault_properties(),
          {"id", "name", "type", "systemData"});
    check("VaultPatchParameters", emulator::vault_properties(),
          {"id", "name", "type", "location", "systemData", "vaultUri", "provisioningState",
           "hsmPoolResourceId", "privateEndpointConnections"});
    check("VaultAccessPolicyParameters", emulator::access_policy_properties(), {});
    check("VaultCheckNameAvailabilityParameters", emulator::check_name_properties(), {});
    const std::set<std::string> read_back = {"id", "name", "type", "location", "systemData"};
    check("KeyCreateParameters", emulator::key_properties(), read_back);
    check("ManagedHsmKeyCreateParameters", emulator::key_properties(), read_back);
    check("SecretCreateOrUpdateParameters", emulator::secret_properties(), read_back);
    check("SecretPatchParameters", emulator::secret_properties(),
          {"id", "name", "type", "location", "systemData", "secretUri", "secretUriWithVersion"});
    check("PrivateEndpointConnection", emulator::connection_properties(), {"systemData"});
    check("MHSMPrivateEndpointConnection", emulator::hsm_connection_properties(), {});
    check("ManagedHsm", emulator::hsm_properties(), {"serviceTags"});
    check("CheckMhsmNameAvailabilityParameters", emulator::hsm_name_properties(), {});
  }
  const Description resources(spec_folder() / "Microsoft.Resources/2024-03-01");
  compare(resources, resources.definition("ResourceGroup"), emulator::group_properties(),
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

BOOST_AUTO_TEST_CASE(published_requests_of_parts_and_managed_hsms_are_accepted) {
  if (!have_spec()) return;
  for (const Folder& folder : folders) {
    const std::string zero = "00000000-0000-0000-0000-000000000000", version = folder.version;
    HsmClient arm({.subscription_id = zero, .tenant_id = zero, .job_delay = {}});
    arm.make_vault();
    auto body = [&](const char* file, const char* parameter = "parameters") {
      return read(spec_folder() / folder.folder / "examples" / file)["parameters"][parameter]
          .dump();
    };
    auto accepted = [&](const Answer& answer, int status, const char* file) {
      BOOST_TEST(answer.status == status, version << " " << file << ": " << answer.body);
    };
    const std::string hsm = arm.hsm(), connection = "/privateEndpointConnections/sample-pec";
    accepted(arm.put(hsm, body("ManagedHsm_CreateOrUpdate.json"), version), 200, "create");
    accepted(arm.patch(hsm, body("ManagedHsm_Update.json"), version), 200, "update");
    accepted(arm.put(hsm + "/keys/k", body("managedHsmCreateKey.json"), version), 200, "hsm key");
    accepted(arm.put(arm.vault() + "/keys/k", body("createKey.json"), version), 200, "key");
    accepted(arm.put(arm.vault() + "/secrets/s", body("createSecret.json"), version), 200,
             "secret");
    accepted(arm.patch(arm.vault() + "/secrets/s", body("updateSecret.json"), version), 200,
             "secret update");
    for (const std::string& parent : {arm.vault(), hsm})
      arm.emulator->seed(parent + connection, pending_connection());
    accepted(arm.put(arm.vault() + connection,
                     body("putPrivateEndpointConnection.json", "properties"), version),
             200, "connection");
    accepted(arm.put(hsm + connection,
                     body("ManagedHsm_putPrivateEndpointConnection.json", "properties"), version),
             200, "hsm connection");
    accepted(arm.post(arm.key_vault() + "/checkMhsmNameAvailability",
                      body("ManagedHsm_checkMhsmNameAvailability.json", "mhsmName"), version),
             200, "name");
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
  const std::string key = arm.vault() + "/keys/k", secret = arm.vault() + "/secrets/s";
  arm.put(key, R"({"properties":{"kty":"RSA"}})");
  check("getKey.json", arm.get(key).json());
  const Document versions = arm.get(key + "/versions").json();
  check("getKeyVersion.json",
        arm.get(std::string(versions["value"].as_array()[0]["id"].string_or())).json());
  arm.put(secret, R"({"properties":{"value":"x"}})");
  check("getSecret.json", arm.get(secret).json());
  arm.emulator->seed(arm.vault() + "/privateEndpointConnections/pe", pending_connection());
  check("getPrivateEndpointConnection.json",
        arm.get(arm.vault() + "/privateEndpointConnections/pe").json());
  arm.del(arm.vault());
  check("getDeletedVault.json", arm.get(arm.deleted(), "2026-02-01").json());

  HsmFixture with_hsm({.subscription_id = zero, .tenant_id = zero});
  check("ManagedHsm_Get.json", with_hsm.get(with_hsm.hsm(), "2026-02-01").json());
  with_hsm.del(with_hsm.hsm());
  with_hsm.clock.advance(std::chrono::seconds(1));
  check("DeletedManagedHsm_Get.json", with_hsm.get(with_hsm.deleted_hsm()).json());
}

BOOST_AUTO_TEST_CASE(published_operations_are_listed) {
  if (!have_spec()) return;
  EmulatorClient arm;
  const Document ours = arm.get("/providers/Microsoft.KeyVault/operations", "2026-02-01").json();
  std::set<std::string_view> names;
  for (const Document& operation : ours["value"].as_array())
    names.insert(operation["name"].string_or());
  const Document example =
      read(spec_folder() / "Microsoft.KeyVault/2026-02-01-derived/examples/listOperations.json");
  for (const Document& operation : example["responses"]["200"]["body"]["value"].as_array()) {
    const std::string_view name = operation["name"].string_or();
    // Of things that the service has not got any more, or that are done to it by others.
    if (name.find("hsmPools") == name.npos && name.find("deleteVirtualNetwork") == name.npos)
      BOOST_TEST(names.contains(name), name);
  }
}

BOOST_AUTO_TEST_SUITE_END()
