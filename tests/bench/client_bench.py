# One round of the same work by Python's azure-mgmt-keyvault; run by client_bench, which serves the
# answers. Prints seconds: for a GET and a PUT one at a time, the same 16 in flight, all list pages.
#   client_bench.py ORIGIN SUBSCRIPTION REQUESTS
import sys
import time
from concurrent.futures import ThreadPoolExecutor

try:
    from azure.core.credentials import AccessToken
    from azure.mgmt.keyvault import KeyVaultManagementClient
except ImportError:
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


def together(work):
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _: work(), range(requests)))


def timed(work):
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def pages():
    assert len(list(client.vaults.list_by_subscription())) == 10000


get()
print(timed(lambda: [get() for _ in range(requests)]) / requests)
print(timed(lambda: [put() for _ in range(requests)]) / requests)
print(timed(lambda: together(get)) / requests)
print(timed(lambda: together(put)) / requests)
print(timed(pages))
