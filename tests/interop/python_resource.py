"""The steps of azure.mgmt.resource: groups, resources of any type, tags, providers, subscriptions, locks."""

import inspect
import os

from azure.mgmt.resource.locks.models import ManagementLockObject
from azure.mgmt.resource.resources import models
from azure.mgmt.resource.subscriptions.models import CheckZonePeersRequest

TENANT = os.environ["AZURE_TENANT_ID"]
SUBSCRIPTION = os.environ["AZURE_SUBSCRIPTION_ID"]
WHOLE = "/subscriptions/" + SUBSCRIPTION
GROUP = "rg-python"
OTHER_GROUP = "rg-python-2"
VAULT = WHOLE + "/resourceGroups/%s/providers/Microsoft.KeyVault/vaults/%s"
VERSION = "2022-07-01"


def has(name):
    return lambda found: name in [each.name for each in found]


def vault_body(**tags):
    return models.GenericResource(location="westus", tags=tags, properties={
        "tenantId": TENANT, "sku": {"family": "A", "name": "standard"}, "accessPolicies": []})


def groups_begin(resource):
    step = resource.step
    step("resource_groups.check_existence", GROUP, label="before", sees=lambda there: there is False)
    resource.refused("resource_groups.get", "ResourceGroupNotFound", GROUP)
    for name in (GROUP, OTHER_GROUP):
        step("resource_groups.create_or_update", name,
             models.ResourceGroup(location="westus", tags={"team": "interop"}),
             sees=lambda made: made.properties.provisioning_state == "Succeeded")
    step("resource_groups.check_existence", GROUP, sees=lambda there: there is True)
    step("resource_groups.get", GROUP, sees=lambda got: got.tags == {"team": "interop"})
    step("resource_groups.update", GROUP, models.ResourceGroupPatchable(tags={"a": "b"}),
         sees=lambda now: now.tags == {"a": "b"})
    step("resource_groups.list", sees=has(GROUP))
    step("resource_groups.list", "tagName eq 'a' and tagValue eq 'b'", label="by tag",
         sees=lambda found: [each.name for each in found] == [GROUP])


def resource_operations(resource):
    step = resource.step
    place = (GROUP, "Microsoft.KeyVault", "", "vaults", "kv-generic", VERSION)
    by_id = VAULT % (GROUP, "kv-by-id")
    step("resources.check_existence", *place, label="before", sees=lambda there: there is False)
    step("resources.begin_create_or_update", *place, vault_body(env="dev"),
         sees=lambda made: made.properties["provisioningState"] == "Succeeded")
    step("resources.check_existence", *place, sees=lambda there: there is True)
    step("resources.get", *place, sees=lambda got: got.type == "Microsoft.KeyVault/vaults")
    step("resources.begin_update", *place, models.GenericResource(tags={"env": "test"}),
         sees=lambda now: now.tags == {"env": "test"})
    step("resources.check_existence_by_id", by_id, VERSION, label="before", sees=lambda there: there is False)
    step("resources.begin_create_or_update_by_id", by_id, VERSION, vault_body(),
         sees=lambda made: made.name == "kv-by-id")
    step("resources.check_existence_by_id", by_id, VERSION, sees=lambda there: there is True)
    step("resources.get_by_id", by_id, VERSION, sees=lambda got: got.id == by_id)
    step("resources.begin_update_by_id", by_id, VERSION, models.GenericResource(tags={"x": "y"}),
         sees=lambda now: now.tags == {"x": "y"})
    step("resources.list", "resourceType eq 'Microsoft.KeyVault/vaults'", "createdTime,provisioningState",
         sees=lambda found: {each.name for each in found} == {"kv-generic", "kv-by-id"}
         and found[0].provisioning_state == "Succeeded" and found[0].created_time)
    step("resources.list_by_resource_group", GROUP, sees=has("kv-generic"))

    move = models.ResourcesMoveInfo(resources=[by_id],
                                    target_resource_group=WHOLE + "/resourceGroups/" + OTHER_GROUP)
    step("resources.begin_validate_move_resources", GROUP, move)
    step("resources.begin_move_resources", GROUP, move)
    step("resources.list_by_resource_group", OTHER_GROUP, label="after the move", sees=has("kv-by-id"))
    step("resources.check_existence_by_id", by_id, VERSION, label="after the move", sees=lambda there: there is False)
    step("resource_groups.begin_export_template", OTHER_GROUP, models.ExportTemplateRequest(resources=["*"]),
         sees=lambda exported: exported.template["resources"][0]["type"] == "Microsoft.KeyVault/vaults")

    step("resources.begin_delete", *place)
    step("resources.begin_delete_by_id", VAULT % (OTHER_GROUP, "kv-by-id"), VERSION)
    step("resources.list", label="after", sees=lambda found: found == [])


def tag_operations(resource):
    step = resource.step
    group = WHOLE + "/resourceGroups/" + GROUP
    tags = models.TagsResource(properties=models.Tags(tags={"team": "interop", "env": "dev"}))
    step("tags.begin_create_or_update_at_scope", group, tags,
         sees=lambda now: now.properties.tags == {"team": "interop", "env": "dev"})
    step("tags.get_at_scope", group, sees=lambda got: got.properties.tags["env"] == "dev")
    step("tags.begin_update_at_scope", group,
         models.TagsPatchResource(operation="Merge", properties=models.Tags(tags={"env": "test", "new": "1"})),
         label="merge", sees=lambda now: now.properties.tags == {"team": "interop", "env": "test", "new": "1"})
    step("tags.begin_update_at_scope", group,
         models.TagsPatchResource(operation="Delete", properties=models.Tags(tags={"new": "1"})),
         label="delete", sees=lambda now: now.properties.tags == {"team": "interop", "env": "test"})
    step("resource_groups.get", GROUP, label="with these tags",
         sees=lambda got: got.tags == {"team": "interop", "env": "test"})
    step("tags.begin_delete_at_scope", group)
    step("tags.get_at_scope", group, label="after", sees=lambda got: not got.properties.tags)

    step("tags.create_or_update", "cost", sees=lambda made: made.tag_name == "cost")
    step("tags.create_or_update_value", "cost", "high", sees=lambda made: made.tag_value == "high")
    step("tags.list", sees=lambda found: any(
        each.tag_name == "cost" and each.values[0].tag_value == "high" for each in found))
    step("tags.delete_value", "cost", "high")
    step("tags.delete", "cost")
    step("tags.list", label="after", sees=lambda found: "cost" not in [each.tag_name for each in found])


def provider_operations(resource):
    step = resource.step
    step("operations.list", sees=lambda found: any(
        each.name == "Microsoft.Resources/subscriptions/resourceGroups/read" for each in found))
    step("providers.list", sees=lambda found: "Microsoft.KeyVault" in [each.namespace for each in found])
    step("providers.list_at_tenant_scope",
         sees=lambda found: "Microsoft.KeyVault" in [each.namespace for each in found])
    step("providers.get", "Microsoft.KeyVault", sees=lambda got: got.registration_state == "Registered")
    step("providers.get_at_tenant_scope", "Microsoft.KeyVault",
         sees=lambda got: "vaults" in [each.resource_type for each in got.resource_types])
    step("providers.unregister", "Microsoft.Insights", sees=lambda now: now.registration_state == "Unregistering")
    step("providers.register", "Microsoft.Insights", sees=lambda now: now.registration_state.startswith("Regist"))
    step("providers.provider_permissions", "Microsoft.KeyVault", sees=lambda found: found.value is not None)
    resource.refused("providers.register_at_management_group_scope", "AuthorizationFailed",
                     "Microsoft.KeyVault", "mg1", label="nobody has rights there")
    step("provider_resource_types.list", "Microsoft.KeyVault",
         sees=lambda found: "vaults" in [each.resource_type for each in found.value])


def deployment_operations(resource):
    """Templates are not modelled: each of these is refused by a code that says so."""
    # ARM's own address of them in a group, without its provider's name.
    short = {"deployment_operations.get", "deployment_operations.list"}
    deployment = models.Deployment(location="westus", properties=models.DeploymentProperties(
        mode="Incremental", template={"resources": []}))
    values = {"resource_group_name": GROUP, "deployment_name": "d1", "operation_id": "1", "group_id": "mg1",
              "scope": WHOLE, "parameters": deployment, "template": {"resources": []}}
    for group in ("deployments", "deployment_operations"):
        operations = getattr(resource.client, group)
        for name, method in inspect.getmembers(operations, callable):
            if name.startswith("_") or name == "models":
                continue
            parameters = inspect.signature(method).parameters.values()
            arguments = [values[each.name] for each in parameters
                         if each.default is inspect.Parameter.empty and each.kind is not each.VAR_KEYWORD]
            full = "%s.%s" % (group, name)
            if name.startswith("check_existence"):
                resource.step(full, *arguments, sees=lambda there: there is False)
            else:
                resource.refused(full, "MissingSubscription" if full in short else "InvalidResourceType", *arguments)


def subscription_operations(subscription):
    step = subscription.step
    step("operations.list", sees=lambda found: len(found) > 0)
    step("subscriptions.list", sees=lambda found: SUBSCRIPTION in [each.subscription_id for each in found])
    step("subscriptions.get", SUBSCRIPTION, sees=lambda got: got.state == "Enabled" and got.tenant_id == TENANT)
    step("subscriptions.list_locations", SUBSCRIPTION,
         sees=lambda found: "westus" in [each.name for each in found])
    step("subscriptions.check_zone_peers", SUBSCRIPTION,
         CheckZonePeersRequest(location="eastus", subscription_ids=[SUBSCRIPTION]),
         sees=lambda said: said.subscription_id == SUBSCRIPTION)
    step("tenants.list", sees=lambda found: TENANT in [each.tenant_id for each in found])


def lock_operations(locks, resource, keyvault):
    lock = ManagementLockObject(level="CanNotDelete", notes="keep")
    vault = VAULT % (GROUP, "kv-locked")
    resource.call("resources.begin_create_or_update_by_id", vault, VERSION, vault_body())
    at_resource = (GROUP, "Microsoft.KeyVault", "", "vaults", "kv-locked")
    levels = {"at_subscription_level": (), "at_resource_group_level": (GROUP,), "at_resource_level": at_resource,
              "by_scope": (vault,)}
    locks.step("authorization_operations.list", sees=lambda found: any(
        each.name == "Microsoft.Authorization/locks/read" for each in found))
    for level, place in levels.items():
        name = "lock-" + level
        locks.step("management_locks.create_or_update_" + level, *place, name, lock,
                   sees=lambda made: made.level == "CanNotDelete")
        locks.step("management_locks.get_" + level, *place, name, sees=lambda got: got.notes == "keep")
        locks.step("management_locks.list_" + level, *place, sees=has(name))
        keyvault.refused("vaults.delete", "ScopeLocked", GROUP, "kv-locked", label=level)
        locks.step("management_locks.delete_" + level, *place, name)
    keyvault.step("vaults.delete", GROUP, "kv-locked", label="the locks are gone")


def resource_steps(resource, subscription, locks, keyvault):
    resource_operations(resource)
    tag_operations(resource)
    provider_operations(resource)
    deployment_operations(resource)
    subscription_operations(subscription)
    lock_operations(locks, resource, keyvault)


def groups_end(resource, keyvault):
    resource.step("resource_groups.begin_delete", GROUP)
    resource.step("resource_groups.begin_delete", OTHER_GROUP)
    resource.step("resource_groups.check_existence", GROUP, label="after", sees=lambda there: there is False)
