// The steps of @azure/arm-keyvault, in the order of a vault's life.
const tenantId = process.env.AZURE_TENANT_ID;
const group = "rg-js", vault = "kv-js", hsm = "hsm-js";
const below = `/subscriptions/${process.env.AZURE_SUBSCRIPTION_ID}/resourceGroups/${group}/providers/Microsoft.KeyVault`;
const somebody = "1b2c0000-0000-4000-8000-000000000001";
const often = { updateIntervalInMs: 100 };
const pending = {
  privateEndpoint: { id: "/subscriptions/x/resourceGroups/g/providers/Microsoft.Network/privateEndpoints/pe" },
  privateLinkServiceConnectionState: { status: "Pending", description: "please" },
};
const named = (...names) => (found) => found.map((each) => each.name).join() === names.join();

function vaultBody(properties = {}) {
  return {
    location: "westus",
    tags: { team: "interop" },
    properties: { tenantId, sku: { family: "A", name: "standard" }, accessPolicies: [], ...properties },
  };
}

async function vaultSteps(client, rbacByDefault) {
  const type = "Microsoft.KeyVault/vaults";
  await client.step("vaults.checkNameAvailability", [{ name: vault, type }], (said) => said.nameAvailable);
  await client.step("vaults.createOrUpdate", [group, vault, vaultBody(), often], (made) =>
    made.properties.provisioningState === "Succeeded" && made.properties.enableRbacAuthorization === rbacByDefault);
  await client.step("vaults.beginCreateOrUpdate", [group, vault, vaultBody(), often], (made) => made.name === vault);
  await client.step("vaults.beginCreateOrUpdateAndWait",
    [group, vault, vaultBody({ enableRbacAuthorization: false }), often],
    (made) => made.properties.enableRbacAuthorization === false);
  await client.step("vaults.checkNameAvailability", [{ name: vault, type }],
    (said) => !said.nameAvailable && said.reason === "AlreadyExists", "taken");
  await client.step("vaults.get", [group, vault], (got) =>
    got.properties.vaultUri === `https://${vault}.vault.azure.net/` && got.systemData.createdByType === "Application");
  await client.refused("vaults.get", "ResourceNotFound", [group, "kv-absent"]);
  await client.step("vaults.update",
    [group, vault, { properties: { networkAcls: { defaultAction: "Deny", ipRules: [{ value: "203.0.113.7" }] } } }],
    (now) => now.properties.networkAcls.ipRules[0].value === "203.0.113.7/32");
  for (const [kind, secrets, left] of [["add", ["get", "list"], "get,list"], ["remove", ["list"], "get"],
    ["replace", ["set"], "set"]]) {
    const accessPolicies = [{ tenantId, objectId: somebody, permissions: { secrets } }];
    await client.step("vaults.updateAccessPolicy", [group, vault, kind, { properties: { accessPolicies } }],
      (now) => now.properties.accessPolicies[0].permissions.secrets.join() === left, kind);
  }
  await client.step("vaults.listByResourceGroup", [group], named(vault));
  await client.step("vaults.listBySubscription", [{ top: 1 }], named(vault));
  await client.step("vaults.list", [], named(vault));
}

async function keySteps(client, operations, parent) {
  const made = await client.step(`${operations}.createIfNotExist`,
    [group, parent, "key1", { properties: { kty: "RSA", keySize: 3072 } }], (key) => key.keySize === 3072);
  await client.step(`${operations}.get`, [group, parent, "key1"], (got) => got.kty === "RSA");
  await client.step(`${operations}.list`, [group, parent], named("key1"));
  const version = made?.keyUriWithVersion?.split("/").pop() ?? "0".repeat(32);
  await client.step(`${operations}.listVersions`, [group, parent, "key1"], named(version));
  await client.step(`${operations}.getVersion`, [group, parent, "key1", version], (got) => got.name === version);
}

async function secretSteps(client) {
  await client.step("secrets.createOrUpdate",
    [group, vault, "secret1", { properties: { value: "never shown", contentType: "text/plain" } }],
    (made) => made.properties.value === undefined && made.properties.secretUri);
  await client.step("secrets.update", [group, vault, "secret1", { tags: { c: "d" } }], (now) => now.tags.c === "d");
  await client.step("secrets.get", [group, vault, "secret1"], (got) => got.properties.contentType === "text/plain");
  await client.step("secrets.list", [group, vault], named("secret1"));
}

// Three ways to one deletion, each of a connection of its own.
async function connectionSteps(client, operations, parent, id, seed) {
  for (const name of ["pe1", "pe2", "pe3"]) await seed(`${id}/privateEndpointConnections/${name}`, pending);
  await client.step(`${operations}.listByResource`, [group, parent], named("pe1", "pe2", "pe3"));
  await client.step(`${operations}.put`,
    [group, parent, "pe1", { privateLinkServiceConnectionState: { status: "Approved" } }], (now) =>
      now.privateLinkServiceConnectionState.status === "Approved");
  await client.step(`${operations}.get`, [group, parent, "pe1"], (got) => got.name === "pe1");
  await client.step(`${operations}.delete`, [group, parent, "pe1", often]);
  await client.step(`${operations}.beginDelete`, [group, parent, "pe2", often]);
  await client.step(`${operations}.beginDeleteAndWait`, [group, parent, "pe3", often]);
  await client.step(`${operations}.listByResource`, [group, parent], named(), "after");
}

async function deletionSteps(client) {
  await client.step("vaults.delete", [group, vault]);
  await client.step("vaults.listDeleted", [], named(vault));
  await client.step("vaults.getDeleted", [vault, "westus"], (gone) =>
    (gone.properties.scheduledPurgeDate - gone.properties.deletionDate) / 86400000 === 90);
  await client.step("vaults.createOrUpdate", [group, vault, vaultBody({ createMode: "recover" }), often],
    (back) => back.tags.team === "interop", "recover");
  await client.step("keys.get", [group, vault, "key1"], (got) => got.name === "key1", "recovered with its vault");
  for (const purge of ["purgeDeleted", "beginPurgeDeleted", "beginPurgeDeletedAndWait"]) {
    await client.call("vaults.createOrUpdate", group, vault, vaultBody(), often);
    await client.call("vaults.delete", group, vault);
    await client.step(`vaults.${purge}`, [vault, "westus", often]);
    await client.refused("vaults.getDeleted", "ResourceNotFound", [vault, "westus"], `after ${purge}`);
  }
}

async function hsmSteps(client, seed) {
  const body = (tags) => ({
    location: "westus",
    tags,
    sku: { family: "B", name: "Standard_B1" },
    properties: {
      tenantId, initialAdminObjectIds: [somebody], enablePurgeProtection: false, softDeleteRetentionInDays: 7,
    },
  });
  const succeeded = (made) => made.properties.provisioningState === "Succeeded";
  await client.step("managedHsms.checkMhsmNameAvailability", [{ name: hsm }], (said) => said.nameAvailable);
  await client.step("managedHsms.createOrUpdate", [group, hsm, body({ a: "1" }), often], succeeded);
  await client.step("managedHsms.beginCreateOrUpdate", [group, hsm, body({ a: "2" }), often], succeeded);
  await client.step("managedHsms.beginCreateOrUpdateAndWait", [group, hsm, body({ a: "3" }), often], succeeded);
  await client.step("managedHsms.get", [group, hsm], (got) => got.sku.name === "Standard_B1" && got.tags.a === "3");
  for (const [i, update] of ["update", "beginUpdate", "beginUpdateAndWait"].entries())
    await client.step(`managedHsms.${update}`, [group, hsm, { tags: { b: String(i) } }, often],
      (now) => now.tags.b === String(i));
  await client.step("managedHsms.listByResourceGroup", [group], named(hsm));
  await client.step("managedHsms.listBySubscription", [], named(hsm));
  await client.step("mhsmRegions.listByResource", [group, hsm], (found) => found[0].name === "westus");
  await client.step("mhsmPrivateLinkResources.listByMhsmResource", [group, hsm], (found) => found.value.length === 1);
  await keySteps(client, "managedHsmKeys", hsm);
  await connectionSteps(client, "mhsmPrivateEndpointConnections", hsm, `${below}/managedHSMs/${hsm}`, seed);
  const ways = [["delete", "purgeDeleted"], ["beginDelete", "beginPurgeDeleted"],
    ["beginDeleteAndWait", "beginPurgeDeletedAndWait"]];
  for (const [remove, purge] of ways) {
    await client.call("managedHsms.createOrUpdate", group, hsm, body(), often);
    await client.step(`managedHsms.${remove}`, [group, hsm, often]);
    await client.step("managedHsms.listDeleted", [], named(hsm), `after ${remove}`);
    await client.step("managedHsms.getDeleted", [hsm, "westus"], (gone) => gone.name === hsm, `after ${remove}`);
    await client.step(`managedHsms.${purge}`, [hsm, "westus", often]);
  }
}

export async function keyvaultSteps(client, seed, rbacByDefault) {
  await client.step("operations.list", [], (found) => found.some((each) => each.name === "Microsoft.KeyVault/vaults/read"));
  await vaultSteps(client, rbacByDefault);
  await keySteps(client, "keys", vault);
  await secretSteps(client);
  await client.step("privateLinkResources.listByVault", [group, vault], (found) => found.value[0].groupId === "vault");
  await connectionSteps(client, "privateEndpointConnections", vault, `${below}/vaults/${vault}`, seed);
  await deletionSteps(client);
  await hsmSteps(client, seed);
}
