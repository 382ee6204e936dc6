// Every operation of npm's Key Vault and resource clients, against the emulator.
import { readFileSync } from "node:fs";
import https from "node:https";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Client, close } from "./js_client.mjs";
import { keyvaultSteps } from "./js_keyvault.mjs";
import { groupsBegin, groupsEnd, resourceSteps } from "./js_resource.mjs";

// The packages are in a cache beside no source of ours.
const folder = process.env.AKV_NODE_MODULES;
const require = createRequire(pathToFileURL(path.join(folder, "x.js")));
const { ClientSecretCredential } = require("@azure/identity");
const { KeyVaultManagementClient } = require("@azure/arm-keyvault");
const { ResourceManagementClient } = require("@azure/arm-resources");
const version = (name) => JSON.parse(readFileSync(path.join(folder, name, "package.json"))).version;

const env = process.env;
const credential = new ClientSecretCredential(env.AZURE_TENANT_ID, env.AZURE_CLIENT_ID, env.AZURE_CLIENT_SECRET, {
  authorityHost: "https://login.microsoftonline.com",
});

// What only another service could make: a private endpoint's request for a connection.
function seed(id, properties) {
  const body = JSON.stringify({ resources: [{ id, properties }] });
  return new Promise((resolve, reject) => {
    const request = https.request(env.AZURE_AUTHORITY_HOST + "/_emulator/seed",
      { method: "POST", headers: { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) } },
      (response) => response.resume().on("end", resolve));
    request.on("error", reject);
    request.end(body);
  });
}

const keyvault = new Client(new KeyVaultManagementClient(credential, env.AZURE_SUBSCRIPTION_ID));
const resource = new Client(new ResourceManagementClient(credential, env.AZURE_SUBSCRIPTION_ID));
await groupsBegin(resource);
// Clients before version 5 ask for an api-version of before RBAC became the default.
await keyvaultSteps(keyvault, seed, Number.parseInt(version("@azure/arm-keyvault")) >= 5);
await resourceSteps(resource);
await groupsEnd(resource);
keyvault.checkComplete();
// Deployments, which have had a package of their own since version 7.
resource.checkComplete(["deployments", "deploymentOperations"]);
console.log(["@azure/arm-keyvault", "@azure/arm-resources", "@azure/identity"]
  .map((name) => `${name} ${version(name)}`).join(", ") + `, node ${process.version}`);
close();
