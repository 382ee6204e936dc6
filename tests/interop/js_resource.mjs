// The steps of @azure/arm-resources: groups, resources of any type, tags, providers.
const tenantId = process.env.AZURE_TENANT_ID;
const whole = `/subscriptions/${process.env.AZURE_SUBSCRIPTION_ID}`;
const group = "rg-js", other = "rg-js-2";
const vaultId = (name, place = group) => `${whole}/resourceGroups/${place}/providers/Microsoft.KeyVault/vaults/${name}`;
const version = "2022-07-01";
const often = { updateIntervalInMs: 100 };
const has = (name) => (found) => found.some((each) => each.name === name);
const nothing = [false, { body: false }];
const isThere = (said) => said === true || said?.body === true;
const isAbsent = (said) => nothing.some((each) => JSON.stringify(each) === JSON.stringify(said)) || said?.body === false;

const vaultBody = (tags) => ({
  location: "westus",
  tags,
  properties: { tenantId, sku: { family: "A", name: "standard" }, accessPolicies: [] },
});

export async function groupsBegin(client) {
  await client.step("resourceGroups.checkExistence", [group], isAbsent, "before");
  await client.refused("resourceGroups.get", "ResourceGroupNotFound", [group]);
  for (const name of [group, other])
    await client.step("resourceGroups.createOrUpdate", [name, { location: "westus", tags: { team: "interop" } }],
      (made) => made.properties.provisioningState === "Succeeded");
  await client.step("resourceGroups.checkExistence", [group], isThere);
  await client.step("resourceGroups.get", [group], (got) => got.tags.team === "interop");
  await client.step("resourceGroups.update", [group, { tags: { a: "b" } }], (now) => now.tags.a === "b");
  await client.step("resourceGroups.list", [], has(group));
}

// Each operation on a resource twice: by its parts and by its id; the long ones also with "AndWait".
async function resourceOperations(client) {
  const parts = (name) => [group, "Microsoft.KeyVault", "", "vaults", name, version];
  const ways = {
    "": [parts("kv-js-1"), parts("kv-js-2")],
    ById: [[vaultId("kv-js-3"), version], [vaultId("kv-js-4"), version]],
  };
  for (const [suffix, [one, two]] of Object.entries(ways)) {
    await client.step(`resources.checkExistence${suffix}`, one, isAbsent, "before");
    await client.step(`resources.beginCreateOrUpdate${suffix}`, [...one, vaultBody({ env: "dev" }), often],
      (made) => made.properties.provisioningState === "Succeeded");
    await client.step(`resources.beginCreateOrUpdate${suffix}AndWait`, [...two, vaultBody(), often],
      (made) => made.type === "Microsoft.KeyVault/vaults");
    await client.step(`resources.checkExistence${suffix}`, one, isThere);
    await client.step(`resources.get${suffix}`, one, (got) => got.tags.env === "dev");
    await client.step(`resources.beginUpdate${suffix}`, [...one, { tags: { env: "x" } }, often], (now) => now.tags.env === "x");
    await client.step(`resources.beginUpdate${suffix}AndWait`, [...one, { tags: { env: "y" } }, often],
      (now) => now.tags.env === "y");
  }
  await client.step("resources.list", [{ filter: "resourceType eq 'Microsoft.KeyVault/vaults'", expand: "createdTime" }],
    (found) => found.length === 4 && found.every((each) => each.createdTime));
  await client.step("resources.listByResourceGroup", [group], has("kv-js-1"));

  const move = (name) => ({ resources: [vaultId(name)], targetResourceGroup: `${whole}/resourceGroups/${other}` });
  await client.step("resources.beginValidateMoveResources", [group, move("kv-js-1"), often]);
  await client.step("resources.beginValidateMoveResourcesAndWait", [group, move("kv-js-1"), often]);
  await client.step("resources.beginMoveResources", [group, move("kv-js-1"), often]);
  await client.step("resources.beginMoveResourcesAndWait", [group, move("kv-js-3"), often]);
  await client.step("resources.listByResourceGroup", [other],
    (found) => found.map((each) => each.name).join() === "kv-js-1,kv-js-3", "after the move");
  for (const name of ["beginExportTemplate", "beginExportTemplateAndWait"])
    await client.step(`resourceGroups.${name}`, [other, { resources: ["*"] }, often],
      (exported) => exported.template.resources.length === 2);

  await client.step("resources.beginDelete", [...parts("kv-js-2"), often]);
  await client.step("resources.beginDeleteAndWait", [other, ...parts("kv-js-1").slice(1), often]);
  await client.step("resources.beginDeleteById", [vaultId("kv-js-3", other), version, often]);
  await client.step("resources.beginDeleteByIdAndWait", [vaultId("kv-js-4"), version, often]);
  await client.step("resources.list", [], (found) => found.length === 0, "after");
}

async function tagSteps(client) {
  const scope = `${whole}/resourceGroups/${group}`;
  const tags = (properties) => ({ properties: { tags: properties } });
  const shows = (expected) => (now) => JSON.stringify(now.properties.tags) === JSON.stringify(expected);
  for (const suffix of ["", "AndWait"]) {
    await client.step(`tagsOperations.beginCreateOrUpdateAtScope${suffix}`, [scope, tags({ env: "dev" }), often],
      shows({ env: "dev" }));
    await client.step(`tagsOperations.beginUpdateAtScope${suffix}`,
      [scope, { operation: "Merge", ...tags({ more: "1" }) }, often], shows({ env: "dev", more: "1" }));
    await client.step("tagsOperations.getAtScope", [scope], shows({ env: "dev", more: "1" }));
    await client.step(`tagsOperations.beginDeleteAtScope${suffix}`, [scope, often]);
  }
  await client.step("tagsOperations.createOrUpdate", ["cost"], (made) => made.tagName === "cost");
  await client.step("tagsOperations.createOrUpdateValue", ["cost", "high"], (made) => made.tagValue === "high");
  await client.step("tagsOperations.list", [],
    (found) => found.some((each) => each.tagName === "cost" && each.values[0].tagValue === "high"));
  await client.step("tagsOperations.deleteValue", ["cost", "high"]);
  await client.step("tagsOperations.delete", ["cost"]);
}

async function providerSteps(client) {
  const keyvault = (found) => found.some((each) => each.namespace === "Microsoft.KeyVault");
  await client.step("operations.list", [], (found) => found.length > 0);
  await client.step("providers.list", [], keyvault);
  await client.step("providers.listAtTenantScope", [], keyvault);
  await client.step("providers.get", ["Microsoft.KeyVault"], (got) => got.registrationState === "Registered");
  await client.step("providers.getAtTenantScope", ["Microsoft.KeyVault"],
    (got) => got.resourceTypes.some((each) => each.resourceType === "vaults"));
  await client.step("providers.unregister", ["Microsoft.Insights"], (now) => now.registrationState === "Unregistering");
  await client.step("providers.register", ["Microsoft.Insights"], (now) => now.registrationState.startsWith("Regist"));
  await client.step("providers.providerPermissions", ["Microsoft.KeyVault"], (found) => Array.isArray(found.value));
  await client.refused("providers.registerAtManagementGroupScope", "AuthorizationFailed",
    ["Microsoft.KeyVault", "mg1"], "nobody has rights there");
  await client.step("providerResourceTypes.list", ["Microsoft.KeyVault"],
    (found) => found.value.some((each) => each.resourceType === "vaults"));
}

export async function resourceSteps(client) {
  await resourceOperations(client);
  await tagSteps(client);
  await providerSteps(client);
}

export async function groupsEnd(client) {
  await client.step("resourceGroups.beginDelete", [group, often]);
  await client.step("resourceGroups.beginDeleteAndWait", [other, often]);
  await client.step("resourceGroups.checkExistence", [group], isAbsent, "after");
}
