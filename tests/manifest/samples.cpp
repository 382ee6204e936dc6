#include "manifest/samples.hpp"

#include "manifest/loading.hpp"

namespace akv::manifest_tests {
namespace {

constexpr FoundBy parser_only = FoundBy::parser_only;

std::string group(const std::string& lines) {
  return "apiVersion: akv/v1\ndeployment: d\nresourceGroups:\n" + lines;
}

std::string policy(const std::string& entry) { return vault("accessPolicies:\n  - " + entry); }

}  // namespace

const std::vector<Sample>& samples() {
  static const std::vector<Sample> list{
      {"the two of the first hour",
       "# yaml-language-server: $schema=akv.schema.json\napiVersion: akv/v1\ndeployment: hello\n\n"
       "principals:\n  app: 1b2c0000-0000-4000-8000-000000000001\n\nresourceGroups:\n"
       "  - name: rg-hello\n    location: eastus\n    vaults:\n      - name: kv-hello\n"
       "        skuu: standard\n        enableRbacAuthorization: false\n        accessPolicies:\n"
       "          - {principal: app, permissions: {keys: [all], secrets: [gett]}}\n",
       "a.yaml:13:9: unknown key \"skuu\"; did you mean \"sku\"?\n"
       "a.yaml:16:67: \"gett\" is not a permission on secrets; did you mean \"get\"?\n"},
      {"top level",
       "apiVersion: akv/v2\ndeployment: Payments\nsubscription: mine\ntenant: contoso\n"
       "resourcegroups: []\nx-mine: {a: [1]}\nforEach: {}\n",
       "a.yaml:1:13: \"akv/v2\" is not a value of apiVersion; did you mean \"akv/v1\"?\n"
       "a.yaml:2:13: \"Payments\" is not a deployment name; write 1 to 40 lower-case letters, "
       "digits "
       "and hyphens, the first no hyphen\n"
       "a.yaml:3:15: \"mine\" is not a GUID; write 32 hex digits as 8-4-4-4-12\n"
       "a.yaml:4:9: \"contoso\" is not a GUID; write 32 hex digits as 8-4-4-4-12\n"
       "a.yaml:5:1: unknown key \"resourcegroups\"; did you mean \"resourceGroups\"?\n"
       "a.yaml:7:1: unknown key \"forEach\"; known here: apiVersion, overlay, include, "
       "deployment, subscription, tenant, parameters, principals, permissionSets, defaults or "
       "resourceGroups\n"},
      {"missing head", "resourceGroups: []\n",
       "a.yaml: \"apiVersion\" is missing; begin with \"apiVersion: akv/v1\"\n"
       "a.yaml: \"deployment\" is missing; write \"deployment: NAME\", the mark of what this "
       "manifest "
       "owns\n"},
      {"no map", "- a\n",
       "a.yaml:1:1: a manifest is a map, and this is none; begin with \"apiVersion: akv/v1\"\n"},
      {"empty file", "# nothing yet\n",
       "a.yaml: the file has no content; a manifest begins with \"apiVersion: akv/v1\"\n"},
      {"wrong types",
       vault("sku: [standard]\nlocation: {a: b}\ntags: [a]\nnetworkAcls: Deny\naccessPolicies: {}\n"
             "protect: yes\nsoftDeleteRetentionInDays: many\n"),
       "a.yaml:11:14: sku: expected a single value, found a list\n"
       "a.yaml:12:19: location: expected a single value, found a map\n"
       "a.yaml:13:15: tags: expected a map, found a list\n"
       "a.yaml:14:22: networkAcls: expected a map, found a single value\n"
       "a.yaml:15:25: accessPolicies: expected a list, found a map\n"
       "a.yaml:16:18: \"yes\" is not a value of protect; write true or false\n"
       "a.yaml:17:36: \"many\" is not a whole number; write a number from 7 to 90\n"},
      {"no values",
       vault("sku:\nlocation: null\ntags: ~\nnetworkAcls:\n  ipRules:\n  bypass:\naccessPolicies:\n"
             "protect:\nsoftDeleteRetentionInDays:\nunmanaged: null\n"),
       "a.yaml:11:9: sku has no value; write one, or remove the key\n"
       "a.yaml:12:9: location has no value; write one, or remove the key\n"
       "a.yaml:13:9: tags has no value; write its members, or remove the key\n"
       "a.yaml:15:11: ipRules has no value; write [] to empty the list, or remove the key to leave "
       "it "
       "alone\n"
       "a.yaml:16:11: bypass has no value; write one, or remove the key\n"
       "a.yaml:17:9: accessPolicies has no value; write [] to empty the list, or remove the key to "
       "leave it alone\n"
       "a.yaml:18:9: protect has no value; write one, or remove the key\n"
       "a.yaml:19:9: softDeleteRetentionInDays has no value; write one, or remove the key\n"
       "a.yaml:20:9: unmanaged has no value; write [] to empty the list, or remove the key to "
       "leave it "
       "alone\n"},
      {"no values at the top",
       "apiVersion: akv/v1\ndeployment: d\nparameters:\nprincipals:\npermissionSets:\ndefaults:\n"
       "resourceGroups:\n",
       "a.yaml:3:1: parameters has no value; write its members, or remove the key\n"
       "a.yaml:4:1: principals has no value; write its members, or remove the key\n"
       "a.yaml:5:1: permissionSets has no value; write its members, or remove the key\n"
       "a.yaml:6:1: defaults has no value; write its members, or remove the key\n"
       "a.yaml:7:1: resourceGroups has no value; write [] to empty the list, or remove the key to "
       "leave it alone\n"},
      {"empty entries", group("  -\n  - name: rg\n    vaults:\n      -\n"),
       "a.yaml:4:3: a resource group has no value; write its members, or remove the key\n"
       "a.yaml:7:7: a vault has no value; write its members, or remove the key\n"},
      {"no names", group("  - {vaults: [{sku: standard}]}\n"),
       "a.yaml:4:5: a resource group needs \"name\"\n"
       "a.yaml:4:15: a vault needs \"name\"\n"},
      {"bad names", group("  - name: rg.\n    vaults:\n      - name: kv--1\n      - name: ''\n"),
       "a.yaml:4:11: \"rg.\" ends with a dot; write 1 to 90 letters, digits, hyphens, underscores, "
       "dots or parentheses, the last no dot\n"
       "a.yaml:6:15: \"kv--1\" has two hyphens in a row; write 3 to 24 letters, digits and single "
       "hyphens, first a letter, last no hyphen\n"
       "a.yaml:7:15: \"\" has 0 characters, which no vault's name may have; write 3 to 24 letters, "
       "digits and single hyphens, first a letter, last no hyphen\n"},
      {"same name twice",
       group("  - name: rg\n    vaults:\n      - name: kv-one\n      - name: KV-one\n  - name: RG\n"
             "    vaults: [{name: kv-one}]\n"),
       "a.yaml:7:15: vault \"KV-one\" stands here twice; the first is at a.yaml:6\n"
       "a.yaml:8:11: resource group \"RG\" stands here twice; the first is at a.yaml:4\n"
       "a.yaml:9:21: vault \"kv-one\" stands here twice; the first is at a.yaml:6\n",
       parser_only},
      {"duplicate key", vault("sku: standard\nsku: premium"),
       "a.yaml:12:9: key \"sku\" stands here twice; remove one; the first is on line 11\n",
       parser_only},
      {"two names of one property",
       vault("tenant: 7e7a0000-0000-4000-8000-000000000009\n"
             "tenantId: 7e7a0000-0000-4000-8000-000000000009"),
       "a.yaml:12:9: key \"tenantId\" says again what stands here under another name; remove "
       "one\n"},
      {"words",
       vault("sku: premum\npublicNetworkAccess: off\nnetworkAcls: {bypass: Azure, defaultAction: "
             "Block}"
             "\nonSoftDeleted: restore\nmanage: {accessPolicies: all, ipRules: exact}"),
       "a.yaml:11:14: \"premum\" is not a value of sku; did you mean \"premium\"?\n"
       "a.yaml:12:30: \"off\" is not a value of publicNetworkAccess; write Enabled or Disabled\n"
       "a.yaml:13:31: \"Azure\" is not a value of bypass; write AzureServices or None\n"
       "a.yaml:13:53: \"Block\" is not a value of defaultAction; write Allow or Deny\n"
       "a.yaml:14:24: \"restore\" is not a value of onSoftDeleted; write fail, recover or purge\n"
       "a.yaml:15:34: \"all\" is not a value of accessPolicies; write exact or merge\n"
       "a.yaml:15:39: unknown key \"ipRules\"; known here: accessPolicies, networkAcls, tags, "
       "roleAssignments or locks\n"},
      {"retention", vault("softDeleteRetentionInDays: 6"),
       "a.yaml:11:36: 6 is out of range for softDeleteRetentionInDays; write a number from 7 to "
       "90\n"},
      {"long retention", vault("softDeleteRetentionInDays: 91"),
       "a.yaml:11:36: 91 is out of range for softDeleteRetentionInDays; write a number from 7 to "
       "90\n"},
      {"endless retention", vault("softDeleteRetentionInDays: 99999999999999999999"),
       "a.yaml:11:36: 99999999999999999999 is out of range for softDeleteRetentionInDays; write a "
       "number from 7 to 90\n"},
      {"soft delete off", vault("enableSoftDelete: false"),
       "a.yaml:11:27: soft delete cannot be switched off; Azure has it on for every vault, remove "
       "the "
       "key\n"},
      {"what cannot be left unmanaged", vault("unmanaged: [skuu]"),
       "a.yaml:11:21: \"skuu\" is no property that defaults can give; did you mean \"sku\"?\n"},
      {"a member that cannot be left unmanaged", vault("unmanaged: [networkAcls.ipRule]"),
       "a.yaml:11:21: \"networkAcls.ipRule\" is no property that defaults can give; did you mean "
       "\"networkAcls.ipRules\"?\n"},
      {"a name cannot be left unmanaged", vault("unmanaged: [name]"),
       "a.yaml:11:21: \"name\" is no property that defaults can give\n"},
      {"a tag without a name", vault("unmanaged: [tags.]"),
       "a.yaml:11:21: \"tags.\" is no property that defaults can give; did you mean \"tags\"?\n"},
      {"rules",
       vault("networkAcls:\n  ipRules: [10.0.0.0/8, 203.0.113.7/24, office, 1.2.3.4, 1.2.3.4/32]\n"
             "  virtualNetworkRules: [apps, {ignoreMissingVnetServiceEndpoint: true}]\n"),
       "a.yaml:12:21: \"10.0.0.0/8\" lies in 10.0.0.0/8, a private range; write public addresses, "
       "or a "
       "subnet under virtualNetworkRules\n"
       "a.yaml:12:33: \"203.0.113.7/24\" has bits set beyond its prefix; write 203.0.113.0/24 for "
       "the "
       "range or 203.0.113.7/32 for the address\n"
       "a.yaml:12:49: \"office\" is not an IPv4 range; write 203.0.113.7 or 203.0.113.0/24\n"
       "a.yaml:12:66: \"1.2.3.4/32\" stands twice in ipRules; remove one; the first is on line 12\n"
       "a.yaml:13:33: \"apps\" is not the id of a subnet; write "
       "/subscriptions/S/resourceGroups/G/providers/Microsoft.Network/virtualNetworks/V/subnets/N\n"
       "a.yaml:13:39: an entry of virtualNetworkRules needs \"id\"\n"},
      {"tags",
       vault("tags: {akv-deployment: x, 'a?': y, team: [a], stage: dev, Stage: prod, none: }"),
       "a.yaml:11:16: \"akv-deployment\" is a tag of akv's own; choose a name that does not begin "
       "with "
       "akv-\n"
       "a.yaml:11:35: \"a?\" is not the name of a tag; leave out < > % & \\ ? /\n"
       "a.yaml:11:50: tag: expected a single value, found a list\n"
       "a.yaml:11:67: \"Stage\" stands twice, for Azure ignores case; remove one; the first is on "
       "line "
       "11\n"
       "a.yaml:11:80: \"none\" has no value; write \"\" for an empty one, or remove the key\n"},
      {"no principal", policy("{permissions: reader}"),
       "a.yaml:12:13: an access policy needs a principal; write principal: NAME, or objectId: "
       "GUID\n"},
      {"two principals",
       policy(
           "{principal: app, objectId: 1b2c0000-0000-4000-8000-000000000001, permissions: reader}"),
       "a.yaml:12:13: an access policy names a principal and an objectId; write one of them\n"},
      {"two tenants of a policy",
       policy("{principal: app, permissions: reader, tenant: 7e7a0000-0000-4000-8000-000000000009, "
              "tenantId: 7e7a0000-0000-4000-8000-000000000009}"),
       "a.yaml:12:97: key \"tenantId\" says again what stands here under another name; remove "
       "one\n"},
      {"a role without a principal", vault("roleAssignments:\n  - {role: Reader}"),
       "a.yaml:12:13: an entry of roleAssignments needs a principal; write principal: NAME, or "
       "objectId: GUID\n"},
      {"a role for two principals",
       vault("roleAssignments:\n  - {principal: app, objectId: "
             "1b2c0000-0000-4000-8000-000000000001, role: Reader}"),
       "a.yaml:12:13: an entry of roleAssignments names a principal and an objectId; write one of "
       "them\n"},
      {"a principal with two ids",
       "apiVersion: akv/v1\ndeployment: d\nprincipals:\n  a: {objectId: "
       "1b2c0000-0000-4000-8000-000000000001, managedIdentity: "
       "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/"
       "userAssignedIdentities/u}\n",
       "a.yaml:4:72: a principal has an objectId and a managedIdentity; write one of them\n"},
      {"unknown principal", policy("{principal: ap, permissions: reader}"),
       "a.yaml:12:25: unknown principal \"ap\"; did you mean \"app\"?\n", parser_only},
      {"id as principal",
       policy("{principal: 1b2c0000-0000-4000-8000-000000000007, permissions: reader}"),
       "a.yaml:12:25: unknown principal \"1b2c0000-0000-4000-8000-000000000007\"; write objectId: "
       "for "
       "an id\n",
       parser_only},
      {"bad object id", policy("{objectId: app, permissions: reader}"),
       "a.yaml:12:24: \"app\" is not a GUID; write 32 hex digits as 8-4-4-4-12\n"},
      {"no permissions", policy("{principal: app}"),
       "a.yaml:12:13: an access policy needs permissions; write a permission set, or a map such as "
       "{secrets: [get, list]}\n"},
      {"null permissions", policy("{principal: app, permissions: }"),
       "a.yaml:12:30: permissions has no value; write a permission set, a list of sets, or a map "
       "such "
       "as {secrets: [get, list]}\n"},
      {"empty list of sets", policy("{principal: app, permissions: []}"),
       "a.yaml:12:43: permissions names no set; write {} for no permission at all\n"},
      {"unknown set", policy("{principal: app, permissions: [raeder, azure-bakup]}"),
       "a.yaml:12:44: unknown permission set \"raeder\"; did you mean \"reader\"?\n"
       "a.yaml:12:52: unknown permission set \"azure-bakup\"; did you mean \"azure-backup\"?\n",
       parser_only},
      {"permission words",
       policy("{principal: app, permissions: {keys: [get, Get], secret: [get], storage: [sign], "
              "certificates: get}}"),
       "a.yaml:12:56: \"Get\" stands twice in keys; remove one; the first is on line 12\n"
       "a.yaml:12:62: unknown key \"secret\"; did you mean \"secrets\"?\n"
       "a.yaml:12:87: \"sign\" is not a permission on storage; write all, get, list, delete, set, "
       "update, regeneratekey, recover, purge, backup, restore, setsas, listsas, getsas or "
       "deletesas\n"
       "a.yaml:12:108: certificates: expected a list, found a single value\n"},
      {"absent with permissions",
       vault("manage: {accessPolicies: merge}\naccessPolicies:\n"
             "  - {principal: app, state: absent, permissions: reader}\n"
             "  - {principal: ops, state: gone}\n"),
       "a.yaml:13:58: an entry with state: absent is removed, so it has no permissions; remove "
       "permissions, or state\n"
       "a.yaml:14:37: \"gone\" is not a value of state; write absent\n"},
      {"absent, and with permissions",
       vault("manage: {accessPolicies: merge}\naccessPolicies:\n"
             "  - {principal: app, state: absent, permissions: reader}\n"),
       "a.yaml:13:58: an entry with state: absent is removed, so it has no permissions; remove "
       "permissions, or state\n"},
      {"two entries for one principal",
       vault("accessPolicies:\n  - {principal: app, permissions: reader}\n"
             "  - {objectId: 1B2C0000-0000-4000-8000-000000000001, permissions: reader}\n"
             "  - {principal: app, permissions: azure-backup}\n"),
       "a.yaml:13:13: this object id has two access policies; write one with all permissions; the "
       "first is on line 12\n"
       "a.yaml:14:13: \"app\" has two access policies; write one with all permissions; the first "
       "is on "
       "line 12\n",
       parser_only},
      {"principals",
       "apiVersion: akv/v1\ndeployment: d\nprincipals:\n"
       "  a: 1b2c0000-0000-4000-8000-000000000001\n  b: 1B2C0000-0000-4000-8000-000000000001\n"
       "  c: me\n  d:\n  e: {type: Grup}\n  f: []\n",
       "a.yaml:5:3: \"b\" and \"a\" are one object id; keep one name; the other is at a.yaml:4\n"
       "a.yaml:6:6: \"me\" is not a GUID; write 32 hex digits as 8-4-4-4-12\n"
       "a.yaml:7:3: principal \"d\" has no object id; write NAME: GUID, or NAME: {objectId: GUID, "
       "type: "
       "Group}\n"
       "a.yaml:8:6: principal \"e\" has no object id; write objectId: GUID, or managedIdentity: "
       "ID\n"
       "a.yaml:8:13: \"Grup\" is not a value of type; did you mean \"Group\"?\n"
       "a.yaml:9:6: objectId: expected a single value, found a list\n"},
      {"permission sets",
       "apiVersion: akv/v1\ndeployment: d\npermissionSets: {a: reader, b: {secrets: [gte]}, c: {x: "
       "[]}}\nresourceGroups: [{name: rg, vaults: [{name: kv-1, accessPolicies: [{objectId: "
       "1b2c0000-0000-4000-8000-000000000001, permissions: [a, b, c]}]}]}]\n",
       "a.yaml:3:21: permission set \"a\": expected a map, found a single value\n"
       "a.yaml:3:43: \"gte\" is not a permission on secrets; did you mean \"get\"?\n"
       "a.yaml:3:54: unknown key \"x\"; known here: keys, secrets, certificates or storage\n"},
      {"role assignments and locks",
       vault(
           "roleAssignments:\n  - {principal: app, rol: Reader}\n  - {principal: app, role: a/b}\n"
           "  - {role: Reader}\n  - {principal: app, role: Reader, state: gone}\nlocks:\n"
           "  - {level: ReadOnly}\n  - {name: a/b}\n  - {name: a, level: Frozen}\n"),
       "a.yaml:12:13: an entry of roleAssignments needs \"role\"\n"
       "a.yaml:12:30: unknown key \"rol\"; did you mean \"role\"?\n"
       "a.yaml:13:36: this is no id of a role definition; write its name, its GUID, or "
       "/subscriptions/ID/providers/Microsoft.Authorization/roleDefinitions/GUID\n"
       "a.yaml:14:13: an entry of roleAssignments needs a principal; write principal: NAME, or "
       "objectId: GUID\n"
       "a.yaml:15:51: \"gone\" is not a value of state; write absent\n"
       "a.yaml:17:13: an entry of locks needs \"name\"\n"
       "a.yaml:18:20: this is no name of a lock; write 1 to 260 characters without <>%&\\?/\n"
       "a.yaml:19:30: \"Frozen\" is not a value of level; write CanNotDelete or ReadOnly\n"},
      {"the same role twice, by name and by id",
       vault("roleAssignments:\n  - {principal: app, role: Key Vault Reader}\n"
             "  - {objectId: 1b2c0000-0000-4000-8000-000000000001, role: "
             "21090545-7ca7-4776-b22c-e363652d74d2}\n"),
       "a.yaml:13:13: this entry of roleAssignments stands twice; remove one; the first is on line "
       "12\n",
       parser_only},
      {"texts of companions",
       vault("roleAssignments: [{principal: app, role: '', condition: '', description: " +
             std::string(1001, 'd') + "}]\nlocks: [{name: a, notes: " + std::string(451, 'n') +
             "}]\n"),
       "a.yaml:11:50: a role needs a name; write Key Vault Secrets User, or another\n"
       "a.yaml:11:65: a condition has a text; remove the key for a role without a condition\n"
       "a.yaml:11:82: this is longer than 1000 bytes; write less\n"
       "a.yaml:12:34: this is longer than 450 bytes; write less\n"},
      {"existing vault",
       vault("existing: true\nsku: standard\nadopt: true\nmanage: {accessPolicies: "
             "exact}\nunmanaged: []\n"),
       "a.yaml:12:14: existing: true leaves the object as it is, so \"sku\" has no effect; remove "
       "it, "
       "or remove existing: true\n"
       "a.yaml:13:16: existing: true leaves the object as it is, so \"adopt\" has no effect; "
       "remove "
       "it, or remove existing: true\n"
       "a.yaml:14:34: of an existing object only lists of access are managed, and always merged; "
       "remove accessPolicies from manage\n",
       parser_only},
      {"existing group", group("  - {name: rg, existing: true, location: eastus, vaults: []}\n"),
       "a.yaml:4:42: existing: true leaves the object as it is, so \"location\" has no effect; "
       "remove "
       "it, or remove existing: true\n",
       parser_only},
      {"idle policies",
       vault("enableRbacAuthorization: true\naccessPolicies:\n  - {principal: app, permissions: "
             "reader}"),
       "a.yaml:13:11: warning: access policies have no effect while enableRbacAuthorization is "
       "true; "
       "remove them, or write enableRbacAuthorization: false\n",
       parser_only},
      {"bad subscription of a group", group("  - {name: rg, subscription: mine}\n"),
       "a.yaml:4:30: \"mine\" is not a GUID; write 32 hex digits as 8-4-4-4-12\n"},
      {"bad location", vault("location: west-europe"),
       "a.yaml:11:19: \"west-europe\" is not a location; write a region such as westeurope\n"},
      {"mistakes behind a faulty name",
       group("  - name: ${stage}\n    skuu: x\n    vaults:\n      - name: ${x}\n        sku: gold\n"
             "        tags: {u: '${unique:4}'}\n"),
       "a.yaml:4:11: unknown parameter \"stage\"; declare it under parameters, or write $$ for a "
       "dollar sign\n"
       "a.yaml:5:5: unknown key \"skuu\"; known here: name, location, tags, vaults, subscription, "
       "existing, adopt, protect, manage, unmanaged, roleAssignments, locks or forEach\n"
       "a.yaml:7:15: unknown parameter \"x\"; declare it under parameters, or write $$ for a "
       "dollar "
       "sign\n"
       "a.yaml:8:14: \"gold\" is not a value of sku; write standard or premium\n"},
      {"values file is no map", "apiVersion: akv/v1\ndeployment: d\nresourceGroups: {}\n",
       "a.yaml:3:17: resourceGroups: expected a list, found a map\n"},
  };
  return list;
}

}  // namespace akv::manifest_tests
