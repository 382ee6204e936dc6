// One round of the same work by npm's @azure/arm-keyvault; run by client_bench, which serves the answers.
// Prints seconds: for a GET and a PUT one at a time, the same 16 in flight, all list pages. The package is
// looked for in the folder AKV_NODE_MODULES; where there is none, nothing is printed.
//   client_bench.mjs ORIGIN SUBSCRIPTION REQUESTS
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

if (!process.env.AKV_NODE_MODULES) process.exit(0);
const require = createRequire(pathToFileURL(path.join(process.env.AKV_NODE_MODULES, "x.js")));
const { KeyVaultManagementClient } = require("@azure/arm-keyvault");

const [origin, subscription, count] = process.argv.slice(2);
const requests = Number(count);
const credential = { getToken: async () => ({ token: "t".repeat(1200), expiresOnTimestamp: Date.now() + 3600e3 }) };
const client = new KeyVaultManagementClient(credential, subscription, { endpoint: origin });
const tenantId = "1b2c0000-0000-4000-8000-00000000000f";
const permissions = { keys: ["get", "list", "create"], secrets: ["get", "list", "set"], certificates: ["get", "list"] };
const accessPolicies = [0, 1, 2, 3].map((i) => ({ tenantId, objectId: `1b2c0000-0000-4000-8000-00000000000${i}`, permissions }));
const body = { location: "westeurope", properties: { tenantId, sku: { family: "A", name: "standard" }, accessPolicies } };

function check(seen) {
  if (!seen) throw new Error("another answer came");
}
const get = async () => check((await client.vaults.get("rg", "kv-bench")).name === "kv-bench");
const put = async () => check((await client.vaults.createOrUpdate("rg", "kv-bench", body)).name === "kv-bench");

async function alone(work) {
  for (let i = 0; i < requests; ++i) await work();
}
async function together(work) {
  let left = requests;
  await Promise.all(Array.from({ length: 16 }, async () => { while (left-- > 0) await work(); }));
}
async function pages() {
  let vaults = 0;
  for await (const vault of client.vaults.listBySubscription()) vaults += vault.name ? 1 : 0;
  check(vaults === 10000);
}
async function timed(work) {
  const begun = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - begun) / 1e9;
}

await get();
console.log((await timed(() => alone(get))) / requests);
console.log((await timed(() => alone(put))) / requests);
console.log((await timed(() => together(get))) / requests);
console.log((await timed(() => together(put))) / requests);
console.log(await timed(pages));
