"""Every operation of Debian's Key Vault and resource clients, against the emulator.

A step names an operation and gives its arguments. At the end the steps are held against what the packages have, by
reflection: an operation without a step fails.
"""

import inspect
import json
import os
import sys
import urllib.request
import ssl

import azure.mgmt.resource
from azure.core.exceptions import HttpResponseError
from azure.core.paging import ItemPaged
from azure.core.polling import LROPoller
from azure.identity import ClientSecretCredential
from azure.mgmt.keyvault import KeyVaultManagementClient, _version as keyvault_version
from azure.mgmt.resource import _version as resource_version

TENANT = os.environ["AZURE_TENANT_ID"]
SUBSCRIPTION = os.environ["AZURE_SUBSCRIPTION_ID"]
EMULATOR = os.environ["AZURE_AUTHORITY_HOST"]
WHOLE = "/subscriptions/" + SUBSCRIPTION
SOMEBODY = "1b2c0000-0000-4000-8000-000000000001"

credential = ClientSecretCredential(TENANT, os.environ["AZURE_CLIENT_ID"], os.environ["AZURE_CLIENT_SECRET"],
                                    authority="login.microsoftonline.com")
passed, failed = 0, []


def report(name, problem=None):
    global passed
    print("%-6s python %s" % ("failed" if problem else "passed", name), flush=True)
    if problem:
        failed.append(name)
        print("         " + "\n         ".join(str(problem).splitlines()[:12]), flush=True)
    else:
        passed += 1


def finished(answer):
    """What a caller gets in the end: of a poller its result, of a pager all pages."""
    if isinstance(answer, LROPoller):
        return answer.result(timeout=60)
    if isinstance(answer, ItemPaged):
        return list(answer)
    return answer


class Client:
    """A client whose operations are called by name, so that what was called is known."""

    def __init__(self, client):
        self.client = client
        self.called = set()

    def operations(self):
        """All names, `vaults.get`, that the client has."""
        names = set()
        for group in dir(type(self.client)):
            if group.startswith("_") or not isinstance(getattr(type(self.client), group), property):
                continue
            try:
                operations = getattr(self.client, group)
            except (AttributeError, ValueError, NotImplementedError):
                continue  # not of this api-version
            for name, method in inspect.getmembers(operations, callable):
                if not name.startswith("_") and name != "models":
                    names.add("%s.%s" % (group, name))
        return names

    def call(self, name, *arguments, **options):
        self.called.add(name)
        group, operation = name.split(".")
        return finished(getattr(getattr(self.client, group), operation)(*arguments, **options))

    def step(self, name, *arguments, sees=lambda answer: True, label="", **options):
        """The operation works, and `sees` finds in its answer what must be there. Returns the answer."""
        title = "%s.%s%s" % (type(self.client).__name__, name, label and ", " + label)
        try:
            answer = self.call(name, *arguments, **options)
        except Exception as error:  # whatever it is, it is this step's result
            report(title, "%s: %s" % (type(error).__name__, error))
            return None
        try:
            seen = sees(answer)
        except Exception as error:
            seen = False
            print("         %s: %s" % (type(error).__name__, error))
        report(title, None if seen else "unexpected: %r" % (answer,))
        return answer

    def refused(self, name, code, *arguments, label="", **options):
        """The service refuses with this code, and the client understands it so."""
        title = "%s.%s, refused%s" % (type(self.client).__name__, name, label and ": " + label)
        try:
            report(title, "it was not refused: %r" % (self.call(name, *arguments, **options),))
        except HttpResponseError as error:
            said = error.error.code if error.error else None
            report(title, None if said == code else "%s, expected %s: %s" % (said, code, error))
        except Exception as error:
            report(title, "%s: %s" % (type(error).__name__, error))

    def check_complete(self):
        left_out = sorted(self.operations() - self.called)
        title = "%s: all %d operations were called" % (type(self.client).__name__, len(self.operations()))
        report(title, left_out and "no step calls " + ", ".join(left_out))


def names_of(resources):
    return [each.name for each in resources]


def seed(resource_id, properties):
    """What only another service could make: a private endpoint's request for a connection."""
    body = json.dumps({"resources": [{"id": resource_id, "properties": properties}]}).encode()
    request = urllib.request.Request(EMULATOR + "/_emulator/seed", body, {"Content-Type": "application/json"})
    trust = ssl.create_default_context(cafile=os.environ["REQUESTS_CA_BUNDLE"])
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=trust), urllib.request.ProxyHandler({}))
    opener.open(request).close()


# Azure takes a new vault's name into the DNS while the client polls; half a minute is its default between two looks.
keyvault = Client(KeyVaultManagementClient(credential, SUBSCRIPTION, polling_interval=1))
resource = Client(azure.mgmt.resource.ResourceManagementClient(credential, SUBSCRIPTION, polling_interval=1))
subscription = Client(azure.mgmt.resource.SubscriptionClient(credential))
locks = Client(azure.mgmt.resource.ManagementLockClient(credential, SUBSCRIPTION))

from python_keyvault import keyvault_steps  # noqa: E402
from python_resource import resource_steps, groups_begin, groups_end  # noqa: E402

groups_begin(resource)
keyvault_steps(keyvault, seed)
resource_steps(resource, subscription, locks, keyvault)
groups_end(resource, keyvault)
for each in (keyvault, resource, subscription, locks):
    each.check_complete()

# The package holds clients of other providers, too. A new one is not to be passed over in silence.
OTHERS = {"ApplicationClient", "DeploymentScriptsClient", "FeatureClient", "ManagementLinkClient", "PolicyClient"}
driven = {type(each.client).__name__ for each in (resource, subscription, locks)}
there = {name for name in dir(azure.mgmt.resource) if name.endswith("Client")}
report("azure.mgmt.resource: the clients of other providers are known", there - driven - OTHERS)

print("azure-mgmt-keyvault %s, azure-mgmt-resource %s" % (keyvault_version.VERSION, resource_version.VERSION))
print("%d passed, %d failed" % (passed, len(failed)))
sys.exit(1 if failed else 0)
