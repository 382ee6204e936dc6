"""The steps of azure.mgmt.keyvault, in the order of a vault's life."""

import os

from azure.mgmt.keyvault.v2022_07_01 import models

TENANT = os.environ["AZURE_TENANT_ID"]
GROUP = "rg-python"
VAULTS = "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.KeyVault/vaults/" % (
    os.environ["AZURE_SUBSCRIPTION_ID"], GROUP)
HSMS = VAULTS.replace("/vaults/", "/managedHSMs/")
SOMEBODY = "1b2c0000-0000-4000-8000-000000000001"
PENDING = {"privateEndpoint": {"id": "/subscriptions/x/resourceGroups/g/providers/Microsoft.Network/privateEndpoints/pe"},
           "privateLinkServiceConnectionState": {"status": "Pending", "description": "please"}}


def named(*expected):
    return lambda found: [each.name for each in found] == list(expected)


def policies(*permissions):
    entry = models.AccessPolicyEntry(tenant_id=TENANT, object_id=SOMEBODY,
                                     permissions=models.Permissions(secrets=list(permissions)))
    return models.VaultAccessPolicyParameters(properties=models.VaultAccessPolicyProperties(access_policies=[entry]))


def vault_steps(keyvault):
    vault = models.VaultCreateOrUpdateParameters(
        location="westus", tags={"team": "interop"},
        properties=models.VaultProperties(tenant_id=TENANT, sku=models.Sku(family="A", name="standard"),
                                          access_policies=[]))
    step = keyvault.step
    step("vaults.check_name_availability", models.VaultCheckNameAvailabilityParameters(name="kv-python"),
         sees=lambda said: said.name_available)
    step("vaults.begin_create_or_update", GROUP, "kv-python", vault,
         sees=lambda made: made.properties.provisioning_state == "Succeeded" and made.tags == {"team": "interop"})
    step("vaults.begin_create_or_update", GROUP, "kv-python", vault, label="again",
         sees=lambda made: made.properties.soft_delete_retention_in_days == 90)
    step("vaults.check_name_availability", models.VaultCheckNameAvailabilityParameters(name="kv-python"),
         label="taken", sees=lambda said: not said.name_available and said.reason == "AlreadyExists")
    step("vaults.get", GROUP, "kv-python",
         sees=lambda got: got.properties.vault_uri == "https://kv-python.vault.azure.net/"
         and got.system_data.created_by_type == "Application" and got.properties.public_network_access.lower() == "enabled")
    keyvault.refused("vaults.get", "ResourceNotFound", GROUP, "kv-absent")
    step("vaults.update", GROUP, "kv-python",
         models.VaultPatchParameters(properties=models.VaultPatchProperties(
             enabled_for_deployment=True,
             network_acls=models.NetworkRuleSet(default_action="Deny", bypass="AzureServices",
                                                ip_rules=[models.IPRule(value="203.0.113.7")]))),
         sees=lambda now: now.properties.enabled_for_deployment
         and now.properties.network_acls.ip_rules[0].value == "203.0.113.7/32")
    for kind, permissions, left in (("add", ("get", "list"), {"get", "list"}), ("remove", ("list",), {"get"}),
                                    ("replace", ("set",), {"set"})):
        step("vaults.update_access_policy", GROUP, "kv-python", kind, policies(*permissions), label=kind,
             sees=lambda now, left=left: set(now.properties.access_policies[0].permissions.secrets) == left)
    step("vaults.list_by_resource_group", GROUP, sees=named("kv-python"))
    step("vaults.list_by_subscription", 1, sees=named("kv-python"))
    step("vaults.list", sees=named("kv-python"))


def child_steps(keyvault, seed):
    step = keyvault.step
    key = models.KeyCreateParameters(properties=models.KeyProperties(kty="RSA", key_size=3072), tags={"a": "b"})
    made = step("keys.create_if_not_exist", GROUP, "kv-python", "key1", key,
                sees=lambda key: key.key_size == 3072 and key.key_uri_with_version)
    step("keys.get", GROUP, "kv-python", "key1", sees=lambda got: got.kty == "RSA")
    step("keys.list", GROUP, "kv-python", sees=named("key1"))
    version = made.key_uri_with_version.rsplit("/", 1)[1] if made else "0" * 32
    step("keys.list_versions", GROUP, "kv-python", "key1", sees=named(version))
    step("keys.get_version", GROUP, "kv-python", "key1", version, sees=lambda got: got.name == version)

    secret = models.SecretCreateOrUpdateParameters(
        properties=models.SecretProperties(value="never shown", content_type="text/plain"))
    step("secrets.create_or_update", GROUP, "kv-python", "secret1", secret,
         sees=lambda made: made.properties.value is None and made.properties.secret_uri)
    step("secrets.update", GROUP, "kv-python", "secret1",
         models.SecretPatchParameters(tags={"c": "d"}), sees=lambda now: now.tags == {"c": "d"})
    step("secrets.get", GROUP, "kv-python", "secret1", sees=lambda got: got.properties.content_type == "text/plain")
    step("secrets.list", GROUP, "kv-python", sees=named("secret1"))

    step("private_link_resources.list_by_vault", GROUP, "kv-python",
         sees=lambda found: found.value[0].group_id == "vault")
    seed(VAULTS + "kv-python/privateEndpointConnections/pe1", PENDING)
    step("private_endpoint_connections.list_by_resource", GROUP, "kv-python", sees=named("pe1"))
    step("private_endpoint_connections.put", GROUP, "kv-python", "pe1",
         models.PrivateEndpointConnection(private_link_service_connection_state=(
             models.PrivateLinkServiceConnectionState(status="Approved", description="yes"))),
         sees=lambda now: now.private_link_service_connection_state.status == "Approved")
    step("private_endpoint_connections.get", GROUP, "kv-python", "pe1",
         sees=lambda got: got.private_link_service_connection_state.description == "yes")
    step("private_endpoint_connections.begin_delete", GROUP, "kv-python", "pe1")
    step("private_endpoint_connections.list_by_resource", GROUP, "kv-python", label="after", sees=named())


def deletion_steps(keyvault):
    step = keyvault.step
    step("vaults.delete", GROUP, "kv-python")
    step("vaults.list_deleted", sees=named("kv-python"))
    step("vaults.get_deleted", "kv-python", "westus",
         sees=lambda gone: (gone.properties.scheduled_purge_date - gone.properties.deletion_date).days == 90)
    step("vaults.begin_create_or_update", GROUP, "kv-python", models.VaultCreateOrUpdateParameters(
        location="westus", properties=models.VaultProperties(
            tenant_id=TENANT, sku=models.Sku(family="A", name="standard"), create_mode="recover")),
         label="recover", sees=lambda back: back.tags == {"team": "interop"})
    step("keys.get", GROUP, "kv-python", "key1", label="recovered with its vault", sees=lambda got: got.name == "key1")
    step("vaults.delete", GROUP, "kv-python", label="again")
    step("vaults.begin_purge_deleted", "kv-python", "westus")
    keyvault.refused("vaults.get_deleted", "ResourceNotFound", "kv-python", "westus", label="purged")


def hsm_steps(keyvault, seed):
    step = keyvault.step
    hsm = models.ManagedHsm(location="westus", sku=models.ManagedHsmSku(family="B", name="Standard_B1"),
                            properties=models.ManagedHsmProperties(
                                tenant_id=TENANT, initial_admin_object_ids=[SOMEBODY], enable_purge_protection=None,
                                soft_delete_retention_in_days=7))
    # None is left out of the body, and the service's default is to protect: switch it off in so many words.
    hsm.properties.enable_purge_protection = False
    step("managed_hsms.check_mhsm_name_availability", models.CheckMhsmNameAvailabilityParameters(name="hsm-python"),
         sees=lambda said: said.name_available)
    step("managed_hsms.begin_create_or_update", GROUP, "hsm-python", hsm,
         sees=lambda made: made.properties.provisioning_state == "Succeeded" and made.properties.hsm_uri)
    step("managed_hsms.get", GROUP, "hsm-python", sees=lambda got: got.sku.name == "Standard_B1")
    hsm.tags = {"e": "f"}
    step("managed_hsms.begin_update", GROUP, "hsm-python", hsm, sees=lambda now: now.tags == {"e": "f"})
    step("managed_hsms.list_by_resource_group", GROUP, sees=named("hsm-python"))
    step("managed_hsms.list_by_subscription", sees=named("hsm-python"))
    step("mhsm_private_link_resources.list_by_mhsm_resource", GROUP, "hsm-python",
         sees=lambda found: found.value[0].group_id == "managedhsm")
    seed(HSMS + "hsm-python/privateEndpointConnections/pe2", PENDING)
    step("mhsm_private_endpoint_connections.list_by_resource", GROUP, "hsm-python", sees=named("pe2"))
    step("mhsm_private_endpoint_connections.put", GROUP, "hsm-python", "pe2",
         models.MHSMPrivateEndpointConnection(private_link_service_connection_state=(
             models.MHSMPrivateLinkServiceConnectionState(status="Rejected"))),
         sees=lambda now: now.private_link_service_connection_state.status == "Rejected")
    step("mhsm_private_endpoint_connections.get", GROUP, "hsm-python", "pe2", sees=lambda got: got.name == "pe2")
    step("mhsm_private_endpoint_connections.begin_delete", GROUP, "hsm-python", "pe2")
    step("managed_hsms.begin_delete", GROUP, "hsm-python")
    step("managed_hsms.list_deleted", sees=named("hsm-python"))
    step("managed_hsms.get_deleted", "hsm-python", "westus",
         sees=lambda gone: (gone.properties.scheduled_purge_date - gone.properties.deletion_date).days == 7)
    step("managed_hsms.begin_purge_deleted", "hsm-python", "westus")
    keyvault.refused("managed_hsms.get_deleted", "ResourceNotFound", "hsm-python", "westus", label="purged")


def keyvault_steps(keyvault, seed):
    keyvault.step("operations.list", sees=lambda found: any(
        each.name == "Microsoft.KeyVault/vaults/read" for each in found))
    vault_steps(keyvault)
    child_steps(keyvault, seed)
    deletion_steps(keyvault)
    hsm_steps(keyvault, seed)
