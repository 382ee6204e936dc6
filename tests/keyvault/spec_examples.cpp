// Each published example of an operation that we have, sent through the public client: the request
// must be exactly the description's, and each answer must survive decoding and encoding.
#include "akv/mgmt/json/codec.hpp"
#include "akv/mgmt/keyvault/client.hpp"
#include "akv/mgmt/resources/client.hpp"
#include "support/arm_fixture.hpp"
#include "support/spec.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>
#include <map>
#include <set>

using namespace akv;
using namespace akv::test;
using json::Document;

namespace {

/// Members that a model would only carry along as unknown ones do not count as modelled.
void check_is_modelled(const Document& value, const json::TypeInfo& type, const std::string& path) {
  if (value.is_object() && type.kind == json::Kind::object) {
    for (const json::Member& member : value.as_object()) {
      const json::FieldInfo* found = nullptr;
      for (const json::FieldInfo& field : type.fields())
        if (field.wire == member.name) found = &field;
      BOOST_TEST(found != nullptr, "not in the model: " << path << "." << member.name);
      if (found != nullptr) check_is_modelled(member.value, *found->type, path + "." + member.name);
    }
  } else if (value.is_array() && type.kind == json::Kind::array) {
    for (const Document& item : value.as_array())
      check_is_modelled(item, *type.element, path + "[]");
  }
}

/// What a description says about one operation, and one of its examples.
struct Example {
  std::string file, operation_id, method, path_template;
  std::set<std::string> query_names;
  std::string body_name;
  Document parameters, responses;

  std::string text(std::string_view name) const {
    const Document& value = parameters[name];
    return value.is_number() ? value.as_number().text : std::string(value.string_or());
  }
  std::optional<int> top() const {
    if (!query_names.contains("$top") || !parameters.find("$top")) return std::nullopt;
    return static_cast<int>(parameters["$top"].int_or(0));
  }
  template <class T>
  T body() const {
    check_is_modelled(parameters[body_name], *json::info<T>, "$");
    return json::decode<T>(parameters[body_name].dump());
  }
};

/// Sends the request of an example; returns each model in the answer, encoded with all it has.
using Call = std::function<std::vector<std::string>(const Example&, arm::ArmClient)>;

template <class T>
std::string kept(const T& model) {
  std::string text = json::encode(model, {.keep_read_only = true});
  check_is_modelled(Document::parse(text), *json::info<T>, "$");
  return text;
}
template <class T>
std::vector<std::string> kept(Pager<T> pager) {
  std::vector<std::string> all;
  for (const T& item : pager) all.push_back(kept(item));
  return all;
}

VaultsOperations vaults(const Example& e, const arm::ArmClient& arm) {
  return VaultsOperations(arm, e.text("subscriptionId"), e.text("api-version"));
}
ResourceGroupsOperations groups(const Example& e, const arm::ArmClient& arm) {
  return ResourceGroupsOperations(arm, e.text("subscriptionId"), e.text("api-version"));
}
std::string group(const Example& e) { return e.text("resourceGroupName"); }
std::string vault(const Example& e) { return e.text("vaultName"); }

const std::map<std::string, Call> calls = {
    {"Vaults_CreateOrUpdate",
     [](const Example& e, const arm::ArmClient& arm) -> std::vector<std::string> {
       return {kept(
           vaults(e, arm)
               .begin_create_or_update(group(e), vault(e), e.body<VaultCreateOrUpdateParameters>())
               .result())};
     }},
    {"Vaults_Update",
     [](const Example& e, const arm::ArmClient& arm) -> std::vector<std::string> {
       return {kept(vaults(e, arm).update(group(e), vault(e), e.body<VaultPatchParameters>()))};
     }},
    {"Vaults_Get",
     [](const Example& e, const arm::ArmClient& arm) -> std::vector<std::string> {
       return {kept(vaults(e, arm).get(group(e), vault(e)))};
     }},
    {"Vaults_Delete",
     [](const Example& e, const arm::ArmClient& arm) -> std::vector<std::string> {
       vaults(e, arm).remove(group(e), vault(e));
       return {};
     }},
    {"Vaults_UpdateAccessPolicy",
     [](const Example& e, const arm::ArmClient& arm) -> std::vector<std::string> {
       return {kept(vaults(e, arm).update_access_policy(group(e), vault(e), e.text("operationKind"),
                                                        e.body<VaultAccessPolicyParameters>()))};
     }},
    {"Vaults_ListByResourceGroup",
     [](const Example& e, const arm::ArmClient& arm) {
       return kept(vaults(e, arm).list_by_resource_group(group(e), e.top()));
     }},
    {"Vaults_ListBySubscription",
     [](const Example& e, const arm::ArmClient& arm) {
       return kept(vaults(e, arm).list_by_subscription(e.top()));
     }},
    {"Vaults_List", [](const Example& e,
                       const arm::ArmClient& arm) { return kept(vaults(e, arm).list(e.top())); }},
    {"Vaults_ListDeleted",
     [](const Example& e, const arm::ArmClient& arm) {
       return kept(vaults(e, arm).list_deleted());
     }},
    {"Vaults_GetDeleted",
     [](const Example& e, const arm::ArmClient& arm) -> std::vector<std::string> {
       return {kept(vaults(e, arm).get_deleted(vault(e), e.text("location")))};
     }},
    {"Vaults_PurgeDeleted",
     [](const Example& e, const arm::ArmClient& arm) -> std::vector<std::string> {
       auto poller = vaults(e, arm).begin_purge_deleted(vault(e), e.text("location"));
       // The example's Location is on another host, where nothing of ours may go.
       if (!poller.done()) BOOST_CHECK_THROW(poller.poll(), FormatError);
       return {};
     }},
    {"Vaults_CheckNameAvailability",
     [](const Example& e, const arm::ArmClient& arm) -> std::vector<std::string> {
       return {kept(
           vaults(e, arm).check_name_availability(e.body<VaultCheckNameAvailabilityParameters>()))};
     }},
    {"ResourceGroups_CreateOrUpdate",
     [](const Example& e, const arm::ArmClient& arm) -> std::vector<std::string> {
       return {kept(groups(e, arm).create_or_update(group(e), e.body<ResourceGroup>()))};
     }},
    {"ResourceGroups_Delete",
     [](const Example& e, const arm::ArmClient& arm) -> std::vector<std::string> {
       auto poller = groups(e, arm).begin_delete(group(e), e.text("forceDeletionTypes"));
       const bool busy = !poller.done();
       BOOST_TEST((poller.resume_token().find("operationresults") != std::string::npos) == busy);
       return {};
     }},
};

/// `#/parameters/X` within one description.
const Document& resolve(const Document& spec, const Document& parameter) {
  const std::string_view reference = parameter["$ref"].string_or();
  constexpr std::string_view local = "#/parameters/";
  return reference.starts_with(local) ? spec["parameters"][reference.substr(local.size())]
                                      : parameter;
}

std::vector<Example> examples_of(const std::filesystem::path& spec_file) {
  const Document spec = read_json(spec_file);
  std::vector<Example> found;
  for (const json::Member& path : spec["paths"].as_object())
    for (const json::Member& operation : path.value.as_object()) {
      const std::string id(operation.value["operationId"].string_or());
      const Document& list = operation.value["x-ms-examples"];
      if (!calls.contains(id) || !list.is_object()) continue;
      for (const json::Member& example : list.as_object()) {
        Example e{.file = (spec_file.parent_path() / example.value["$ref"].string_or()).string(),
                  .operation_id = id,
                  .method = operation.name,
                  .path_template = path.name,
                  .query_names = {},
                  .body_name = {},
                  .parameters = {},
                  .responses = {}};
        for (char& c : e.method) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        for (const Document& reference : operation.value["parameters"].as_array()) {
          const Document& parameter = resolve(spec, reference);
          const std::string name(parameter["name"].string_or());
          if (parameter["in"].string_or() == "query") e.query_names.insert(name);
          if (parameter["in"].string_or() == "body") e.body_name = name;
        }
        const Document text = read_json(e.file);
        e.parameters = text["parameters"];
        e.responses = text["responses"];
        found.push_back(std::move(e));
      }
    }
  return found;
}

std::string expected_path(const Example& e) {
  std::string path = e.path_template;
  for (const json::Member& parameter : e.parameters.as_object()) {
    const std::string place = "{" + parameter.name + "}";
    if (const auto at = path.find(place); at != std::string::npos)
      path.replace(at, place.size(), parameter.value.string_or());
  }
  return path;
}

std::map<std::string, std::string> expected_query(const Example& e) {
  std::map<std::string, std::string> query;
  for (const std::string& name : e.query_names)
    if (e.parameters.find(name)) query[name] = e.text(name);
  // The newest example names its own version, but this list exists under the oldest one only, and
  // the description itself calls that a constant.
  if (e.operation_id == "Vaults_List") query["api-version"] = "2015-11-01";
  return query;
}

http::Response answer(const Example& e, const json::Member& response) {
  http::Response answer{.status = std::stoi(response.name), .headers = {}, .body = {}};
  const Document& headers = response.value["headers"];
  if (headers.is_object())
    for (const json::Member& header : headers.as_object())
      answer.headers.set(header.name, std::string(header.value.string_or()));
  if (const Document* body = response.value.find("body")) answer.body = body->dump();
  BOOST_TEST_INFO(e.file << " " << response.name);
  return answer;
}

/// The models that the answer of an example holds, as published.
std::vector<Document> expected_models(const json::Member& response) {
  const Document* body = response.value.find("body");
  if (body == nullptr) return {};
  if (const Document* list = body->find("value"); list != nullptr && list->is_array())
    return list->as_array();
  return {*body};
}

void check(const Example& e, const json::Member& response) {
  BOOST_TEST_CONTEXT(e.file << ", status " << response.name) {
    ArmFixture fixture;
    const http::Response first = answer(e, response);
    fixture.transport->reply(first.status, first.headers, first.body)
        .reply(200, {}, R"({"value":[]})");
    const std::vector<std::string> models = calls.at(e.operation_id)(e, fixture.arm());

    const Wire sent = wire(fixture.sent());
    BOOST_TEST(sent.method == e.method);
    BOOST_TEST(sent.path == expected_path(e));
    BOOST_TEST((sent.query == expected_query(e)));
    const Document expected_body = e.body_name.empty() ? Document() : e.parameters[e.body_name];
    BOOST_TEST((sent.body == expected_body), sent.body.dump());

    const std::vector<Document> expected = expected_models(response);
    BOOST_REQUIRE_EQUAL(models.size(), expected.size());
    for (std::size_t i = 0; i < models.size(); ++i)
      BOOST_TEST((Document::parse(models[i]) == expected[i]),
                 models[i] << "\n  published: " << expected[i].dump());
    const Document* body = response.value.find("body");
    if (body != nullptr && body->find("nextLink") != nullptr)
      BOOST_TEST(fixture.sent(1).url == (*body)["nextLink"].string_or());
  }
}

/// Runs them all; returns how many examples there were.
std::size_t check_all(const char* file) {
  const auto folder = spec_folder();
  if (!folder) return 0;
  const std::vector<Example> examples = examples_of(*folder / file);
  for (const Example& e : examples)
    for (const json::Member& response : e.responses.as_object())
      if (response.name != "default") check(e, response);
  return examples.size();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(spec_examples)

BOOST_AUTO_TEST_CASE(vaults_2023_07_01) {
  const auto count = check_all("Microsoft.KeyVault/2023-07-01/keyvault.json");
  BOOST_TEST((count == 13 || !spec_folder()), count);
}

BOOST_AUTO_TEST_CASE(vaults_2024_04_01_preview) {
  const auto count = check_all("Microsoft.KeyVault/2024-04-01-preview/keyvault.json");
  BOOST_TEST((count == 13 || !spec_folder()), count);
}

BOOST_AUTO_TEST_CASE(vaults_2026_02_01) {
  const auto count = check_all("Microsoft.KeyVault/2026-02-01-derived/openapi.derived.json");
  BOOST_TEST((count == 13 || !spec_folder()), count);
}

BOOST_AUTO_TEST_CASE(resource_groups_2024_03_01) {
  const auto count = check_all("Microsoft.Resources/2024-03-01/resources.cut.json");
  BOOST_TEST((count == 3 || !spec_folder()), count);
}

BOOST_AUTO_TEST_SUITE_END()
