# The same work by Python's azure-mgmt-keyvault; run by client_bench, which serves the answers.
#   client_bench.py ORIGIN SUBSCRIPTION REQUESTS
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor

try:
    from azure.core.credentials import AccessToken
    from azure.mgmt.keyvault import KeyVaultManagementClient
except ImportError:
    print("Python's client: not measured, python3-azure is not installed")
    sys.exit(0)

origin, subscription, requests = sys.argv[1], sys.argv[2], int(sys.argv[3])
version = "2022-07-01"


class Credential:
    def get_token(self, *scopes, **options):
        return AccessToken("t" * 1200, int(time.time()) + 3600)


client = KeyVaultManagementClient(Credential(), subscription, base_url=origin, api_version=version)
tenant = "1b2c0000-0000-4000-8000-00000000000f"
entry = {"tenant_id": tenant, "permissions": {"keys": ["get", "list", "create"], "secrets": ["get", "list", "set"], "certificates": ["get", "list"]}}
policies = [dict(entry, object_id="1b2c0000-0000-4000-8000-00000000000%d" % i) for i in range(4)]
body = {"location": "westeurope", "properties": {"tenant_id": tenant, "sku": {"family": "A", "name": "standard"}, "access_policies": policies}}


def get():
    assert client.vaults.get("rg", "kv-bench").name == "kv-bench"


def put():
    assert client.vaults.begin_create_or_update("rg", "kv-bench", body).result().name == "kv-bench"


def timed(work):
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def together():
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _: get(), range(requests)))


get()
rows = [
    ("GET, one at a time", lambda: [get() for _ in range(requests)], requests),
    ("PUT, one at a time", lambda: [put() for _ in range(requests)], requests),
    ("GET, 16 in flight", together, requests),
]
for name, work, count in rows:
    took = statistics.median(timed(work) / count for _ in range(3))
    print("%-24s %-16s %10.1f us" % (name, "Python", took * 1e6))
