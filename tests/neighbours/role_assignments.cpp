// Role assignments, role definitions and permissions: samples of requests and answers.
#include "neighbours/fixture.hpp"

using namespace akv;
using namespace akv::test;
using json::Document;

namespace {

const std::string name = "05c5a614-a7d6-4502-b150-c2fb455033ff";
const std::string collection = "/providers/Microsoft.Authorization/roleAssignments";
const std::string path = vault_scope + collection + "/" + name;
const std::map<std::string, std::string> usual_query{{"api-version", "2022-04-01"}};
const char* const assignment =
    R"({"id":"/a","name":"n","type":"Microsoft.Authorization/roleAssignments",
    "properties":{"scope":"/s","roleDefinitionId":"/d","principalId":"p",
      "principalType":"ServicePrincipal","description":null,"condition":"c","conditionVersion":"2.0",
      "createdOn":"2026-01-01T00:00:00.1234567Z","updatedOn":"2026-01-02T00:00:00Z",
      "createdBy":"","updatedBy":"u","delegatedManagedIdentityResourceId":null,"new":1},"newer":[2]})";
const char* const definition =
    R"({"id":"/d","name":"g","type":"Microsoft.Authorization/roleDefinitions",
    "properties":{"roleName":"Reader of vaults","description":"Reads.","type":"CustomRole",
      "permissions":[{"actions":["*/read"],"notActions":[],"dataActions":[],"notDataActions":[],
                      "condition":null}],
      "assignableScopes":["/s"],"createdOn":"2026-01-01T00:00:00Z","updatedOn":"2026-01-01T00:00:00Z",
      "createdBy":"c","updatedBy":"u"}})";

struct RolesFixture : NeighbourFixture {
  RoleAssignmentsOperations assignments() { return authorization().role_assignments(); }
  RoleDefinitionsOperations definitions() { return authorization().role_definitions(); }
  static RoleAssignmentCreateParameters parameters() {
    return {.properties = {.role_definition_id = role_definition_id(role_id::key_vault_reader),
                           .principal_id = "p",
                           .principal_type = principal_type::service_principal}};
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(role_assignments, RolesFixture)

BOOST_AUTO_TEST_CASE(create_sends_role_and_principal_to_the_scope) {
  transport->reply(201, {}, assignment).reply(200, {}, assignment);
  const char* body = R"({"properties":{"roleDefinitionId":
      "/providers/Microsoft.Authorization/roleDefinitions/21090545-7ca7-4776-b22c-e363652d74d2",
      "principalId":"p","principalType":"ServicePrincipal"}})";
  const RoleAssignment created = assignments().create(vault_scope, name, parameters());
  assignments().create_by_id(path, parameters());
  check(0, "PUT", path, usual_query, body);
  check(1, "PUT", path, usual_query, body);
  BOOST_TEST(created.properties->principal_type.value_or("") == principal_type::service_principal);
  BOOST_TEST(created.properties->description.is_null());
}

BOOST_AUTO_TEST_CASE(a_second_name_for_the_same_assignment_is_a_conflict) {
  transport->reply(409, {}, R"({"error":{"code":"RoleAssignmentExists","message":"It is there."}})")
      .reply(400, {}, R"({"error":{"code":"PrincipalNotFound","message":"Not yet."}})");
  BOOST_CHECK_THROW(assignments().create(vault_scope, name, parameters()), ConflictError);
  BOOST_CHECK_EXCEPTION(
      assignments().create(vault_scope, name, parameters()), AzureError,
      [](const AzureError& error) { return error.info().code == "PrincipalNotFound"; });
}

BOOST_AUTO_TEST_CASE(get_and_find_tell_absence_in_their_own_way) {
  const char* none = R"({"error":{"code":"RoleAssignmentNotFound","message":"None."}})";
  reply_times(3, assignment);
  transport->reply(404, {}, none).reply(404, {}, none).reply(404, {}, none);
  BOOST_TEST(assignments().get(vault_scope, name).id == "/a");
  BOOST_TEST(assignments().find(vault_scope, name, "t")->id == "/a");
  BOOST_TEST(assignments().get_by_id(path, "t").id == "/a");
  BOOST_CHECK_THROW(assignments().get(vault_scope, name), NotFoundError);
  BOOST_TEST(!assignments().find(vault_scope, name));
  BOOST_CHECK_THROW(assignments().get_by_id(path), NotFoundError);
  check(0, "GET", path, usual_query);
  check(1, "GET", path, {{"api-version", "2022-04-01"}, {"tenantId", "t"}});
  check(2, "GET", path, {{"api-version", "2022-04-01"}, {"tenantId", "t"}});
}

BOOST_AUTO_TEST_CASE(remove_returns_what_there_was) {
  transport->reply(200, {}, assignment).reply(204).reply(200, {}, assignment).reply(204);
  BOOST_TEST(assignments().remove(vault_scope, name)->name == "n");
  BOOST_TEST(!assignments().remove(vault_scope, name, "t"));
  BOOST_TEST(assignments().delete_by_id(path.substr(1), "t")->name == "n");
  BOOST_TEST(!assignments().delete_by_id(path));
  check(0, "DELETE", path, usual_query);
  check(1, "DELETE", path, {{"api-version", "2022-04-01"}, {"tenantId", "t"}});
  check(2, "DELETE", path, {{"api-version", "2022-04-01"}, {"tenantId", "t"}});
  check(3, "DELETE", path, usual_query);
}

BOOST_AUTO_TEST_CASE(an_id_of_anything_else_is_never_written_or_deleted) {
  for (const std::string& id :
       {vault_scope, scope, scope + collection, vault_scope + collection,
        vault_scope + "/providers/Microsoft.Authorization/locks/x", path + "/more", path + "/",
        vault_scope + "/providers/Other.Authorization/roleAssignments/x", std::string("/"),
        std::string("roleAssignments/x"), std::string()}) {
    BOOST_TEST(!refusal([&] { assignments().delete_by_id(id); }).empty(), id);
    BOOST_TEST(!refusal([&] { assignments().create_by_id(id, parameters()); }).empty(), id);
    BOOST_TEST(!refusal([&] { assignments().get_by_id(id); }).empty(), id);
  }
  BOOST_TEST(count() == 0u);
  BOOST_TEST(
      refusal([&] { assignments().delete_by_id(vault_scope); }) ==
      "the role assignment id is not the id of a Microsoft.Authorization/roleAssignments: \"" +
          vault_scope + "\"");
}

BOOST_AUTO_TEST_CASE(each_list_asks_its_own_path) {
  reply_times(5, std::string(R"({"value":[)") + assignment + "]}");
  const auto all = assignments();
  all.list_for_subscription({.filter = "atScope()"}).to_vector();
  all.list_for_resource_group("rg", {.tenant_id = "t"}).to_vector();
  all.list_for_resource(vault_address).to_vector();
  all.list_for_scope("/", {.skip_token = "x"}).to_vector();
  BOOST_TEST(all.list_for_scope("/providers/Microsoft.Management/managementGroups/mg")
                 .to_vector()
                 .at(0)
                 .id == "/a");
  check(0, "GET", scope + collection, {{"api-version", "2022-04-01"}, {"$filter", "atScope()"}});
  check(1, "GET", scope + "/resourceGroups/rg" + collection,
        {{"api-version", "2022-04-01"}, {"tenantId", "t"}});
  check(2, "GET", vault_scope + collection, usual_query);
  check(3, "GET", collection, {{"api-version", "2022-04-01"}, {"$skipToken", "x"}});
  check(4, "GET", "/providers/Microsoft.Management/managementGroups/mg" + collection, usual_query);
}

BOOST_AUTO_TEST_CASE(an_assignment_is_written_back_without_what_the_service_sets) {
  const auto parameters = to_parameters(json::decode<RoleAssignment>(assignment));
  const Document sent = Document::parse(json::encode(parameters, {.keep_read_only = true}));
  BOOST_TEST((sent == Document::parse(R"({"properties":{"roleDefinitionId":"/d","principalId":"p",
      "principalType":"ServicePrincipal","description":null,"condition":"c",
      "conditionVersion":"2.0","delegatedManagedIdentityResourceId":null,"new":1},"newer":[2]})")),
             sent.dump());
}

BOOST_AUTO_TEST_CASE(a_removal_whose_answer_was_lost_is_no_error) {
  transport->reply(404, {}, R"({"error":{"code":"RoleAssignmentNotFound","message":"m"}})");
  BOOST_CHECK_THROW(assignments().remove(vault_scope, name), NotFoundError);
  transport->reply(504).reply(404, {}, R"({"error":{"code":"RoleAssignmentNotFound"}})");
  BOOST_TEST(!assignments().remove(vault_scope, name).has_value());
}

BOOST_AUTO_TEST_CASE(nothing_of_an_assignment_or_definition_is_lost) {
  const std::string one =
      json::encode(json::decode<RoleAssignment>(assignment), {.keep_read_only = true});
  BOOST_TEST((Document::parse(one) == Document::parse(assignment)), one);
  const std::string other =
      json::encode(json::decode<RoleDefinition>(definition), {.keep_read_only = true});
  BOOST_TEST((Document::parse(other) == Document::parse(definition)), other);
}

BOOST_AUTO_TEST_CASE(a_custom_role_lives_from_creation_to_removal) {
  const std::string roles = scope + "/providers/Microsoft.Authorization/roleDefinitions";
  transport->reply(201, {}, definition)
      .reply(200, {}, definition)
      .reply(404, {}, R"({"error":{"code":"RoleDefinitionDoesNotExist","message":"None."}})")
      .reply(200, {}, definition)
      .reply(200, {}, definition)
      .reply(204);
  RoleDefinition role;
  role.properties = RoleDefinitionProperties{.role_name = "Reader of vaults",
                                             .role_type = role_type::custom,
                                             .permissions = {{.actions = {"*/read"}}},
                                             .assignable_scopes = {scope}};
  role.id = "/not sent";
  definitions().create_or_update(scope, "g", role);
  BOOST_TEST(definitions().get(scope, "g").properties->role_type.value_or("") == role_type::custom);
  BOOST_TEST(!definitions().find(scope, "g"));
  BOOST_TEST(definitions().get_by_id(roles + "/g").name == "g");
  BOOST_TEST(definitions().remove(scope, "g")->name == "g");
  BOOST_TEST(!definitions().remove(scope, "g"));
  check(0, "PUT", roles + "/g", usual_query,
        R"({"properties":{"roleName":"Reader of vaults","type":"CustomRole",
            "permissions":[{"actions":["*/read"]}],"assignableScopes":[")" +
            scope + R"("]}})");
  check(1, "GET", roles + "/g", usual_query);
  check(3, "GET", roles + "/g", usual_query);
  check(4, "DELETE", roles + "/g", usual_query);
}

BOOST_AUTO_TEST_CASE(roles_are_listed_by_name) {
  reply_times(1, std::string(R"({"value":[)") + definition + "]}");
  BOOST_TEST(definitions().list("/", "roleName eq 'Reader of vaults'").to_vector().at(0).name ==
             "g");
  check(0, "GET", "/providers/Microsoft.Authorization/roleDefinitions",
        {{"api-version", "2022-04-01"}, {"$filter", "roleName eq 'Reader of vaults'"}});
}

BOOST_AUTO_TEST_CASE(permissions_are_listed_for_groups_and_resources) {
  reply_times(3, R"({"value":[{"actions":["*"],"notActions":["*/write"]}]})");
  const PermissionsOperations permissions = authorization().permissions();
  BOOST_TEST(permissions.list_for_resource_group("rg").to_vector().at(0).not_actions[0] ==
             "*/write");
  permissions.list_for_resource(vault_address).to_vector();
  ResourceAddress key = vault_address;
  key.parent_resource_path = "vaults/kv";
  key.resource_type = "keys";
  key.resource_name = "k 1";
  permissions.list_for_resource(key).to_vector();
  const std::string group = scope + "/resourcegroups/rg";
  const std::string ending = "/providers/Microsoft.Authorization/permissions";
  check(0, "GET", group + ending, usual_query);
  check(1, "GET", group + "/providers/Microsoft.KeyVault/vaults/kv" + ending, usual_query);
  check(2, "GET", group + "/providers/Microsoft.KeyVault/vaults/kv/keys/k%201" + ending,
        usual_query);
}

BOOST_AUTO_TEST_CASE(a_place_that_is_none_is_never_asked) {
  for (const std::string& place :
       {std::string(), scope + "/resourceGroups", scope + "/", scope + "/resourceGroups/rg/..",
        scope + "//", vault_scope + "/keys", std::string("/providers/Microsoft.Management"),
        std::string("/providers/Microsoft.Management/managementGroups")}) {
    BOOST_TEST(!refusal([&] { assignments().remove(place, name); }).empty(), place);
    BOOST_TEST(!refusal([&] { definitions().list(place); }).empty(), place);
  }
  for (const char* part : {"", ".", ".."}) {
    BOOST_TEST(!refusal([&] { assignments().remove(scope, part); }).empty());
    BOOST_TEST(!refusal([&] { definitions().remove(scope, part); }).empty());
    ResourceAddress address = vault_address;
    address.resource_name = part;
    BOOST_TEST(!refusal([&] { assignments().list_for_resource(address); }).empty());
  }
  ResourceAddress address = vault_address;
  address.parent_resource_path = "vaults/..";
  BOOST_TEST(!refusal([&] { authorization().permissions().list_for_resource(address); }).empty());
  BOOST_CHECK_THROW(AuthorizationManagementClient(credential(), "", options()), AzureError);
  BOOST_TEST(count() == 0u);
}

BOOST_AUTO_TEST_CASE(the_version_is_the_clients_or_the_calls_but_for_locks) {
  arm::ClientOptions newer = options();
  newer.api_version = "2030-01-01";
  const AuthorizationManagementClient client(credential(), subscription, newer);
  reply_times(3, R"({"value":[]})");
  client.role_assignments().list_for_subscription().to_vector();
  client.role_assignments().list_for_subscription({}, {.api_version = "2015-07-01"}).to_vector();
  client.management_locks().list_at_subscription_level().to_vector();
  BOOST_TEST(wire(sent(0)).query.at("api-version") == "2030-01-01");
  BOOST_TEST(wire(sent(1)).query.at("api-version") == "2015-07-01");
  BOOST_TEST(wire(sent(2)).query.at("api-version") == "2020-05-01");
}

BOOST_AUTO_TEST_CASE(send_request_is_the_raw_way_out) {
  reply_times(1, "raw");
  BOOST_TEST(authorization().send_request({.url = "/providers?api-version=1"}).body == "raw");
  BOOST_TEST(authorization().subscription_id() == subscription);
}

BOOST_AUTO_TEST_SUITE_END()
