#include "support/spec_examples.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "support/arm_fixture.hpp"

#include <algorithm>
#include <cctype>

namespace akv::test {
namespace {

namespace fs = std::filesystem;
using json::Document;

/// The parameters of one description, followed into the files that it refers to.
class Parameters {
 public:
  explicit Parameters(fs::path file) : file_(std::move(file)) {}

  const Document& resolve(const Document& parameter) {
    const std::string_view reference = parameter["$ref"].string_or();
    if (reference.empty()) return parameter;
    const auto hash = reference.find('#');
    const fs::path file = hash == 0 ? file_ : locate(reference.substr(0, hash));
    const std::string_view pointer = reference.substr(hash + 1);
    const Document& found = load(file)["parameters"][pointer.substr(pointer.rfind('/') + 1)];
    BOOST_REQUIRE_MESSAGE(found.is_object(), "cannot resolve " << reference << " of " << file_);
    return found;
  }
  const Document& load(const fs::path& file) {
    const auto [at, is_new] = files_.try_emplace(file.string());
    if (is_new) at->second = read_json(file);
    return at->second;
  }

 private:
  // Published files lie deeper than ours: what they share is known by its folder.
  fs::path locate(std::string_view reference) const {
    constexpr std::string_view shared = "common-types/";
    if (const auto at = reference.find(shared); at != std::string_view::npos)
      if (const fs::path file = *spec_folder() / reference.substr(at); fs::exists(file))
        return file;
    return file_.parent_path() / reference;
  }

  fs::path file_;
  std::map<std::string, Document> files_;
};

void add_parameter(DescribedOperation& operation, const Document& parameter) {
  const std::string name(parameter["name"].string_or());
  const std::string_view place = parameter["in"].string_or();
  if (place == "body") operation.body_name = name;
  if (place == "path" && parameter["x-ms-skip-url-encoding"].bool_or(false))
    operation.verbatim.insert(name);
  if (place != "query") return;
  operation.query_names.insert(name);
  const Document& values = parameter["enum"];
  if (values.size() == 1) operation.constants[name] = values.as_array()[0].string_or();
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  if (fs::is_directory(folder))
    for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

/// The value for a place in a path. An example may give it under the beginning of its name only.
std::string_view path_value(const Example& e, const std::string& name) {
  if (const Document* value = e.parameters.find(name)) return value->string_or();
  for (const json::Member& parameter : e.parameters.as_object())
    if (name.starts_with(parameter.name)) return parameter.value.string_or();
  return {};
}

std::string expected_path(const Example& e) {
  std::string path = e.operation.path.substr(0, e.operation.path.find('?'));
  for (auto at = path.find('{'); at != std::string::npos; at = path.find('{', at)) {
    const std::string name = path.substr(at + 1, path.find('}', at) - at - 1);
    const std::string_view value = path_value(e, name);
    path.replace(
        at, name.size() + 2,
        e.operation.verbatim.contains(name) ? std::string(value) : http::percent_encode(value));
  }
  // A scope may begin with a slash or not, and a parent path may be empty.
  for (auto at = path.find("//"); at != std::string::npos; at = path.find("//", at))
    path.erase(at, 1);
  return path;
}

std::map<std::string, std::string> expected_query(const Example& e) {
  std::map<std::string, std::string> query = e.operation.constants;
  for (const std::string& name : e.operation.query_names)
    if (!query.contains(name) && e.parameters.find(name)) query[name] = e.text(name);
  return query;
}

/// The models that the answer of an example holds, as published.
std::vector<Document> published_models(const Document& response) {
  const Document* body = response.find("body");
  if (body == nullptr) return {};
  if (const Document* list = body->find("value"); list != nullptr && list->is_array())
    return list->as_array();
  return {*body};
}

http::Response scripted(int status, const Document& response) {
  http::Response answer{.status = status, .headers = {}, .body = {}};
  if (response["headers"].is_object())
    for (const json::Member& header : response["headers"].as_object())
      answer.headers.set(header.name, std::string(header.value.string_or()));
  if (const Document* body = response.find("body")) answer.body = body->dump();
  return answer;
}

/// Where an answer says to go on; empty for nowhere.
std::string next_url(const http::Response& answer, const Document& response) {
  for (const char* name : {"Azure-AsyncOperation", "Location"})
    if (const auto url = answer.headers.get(name)) return std::string(*url);
  return std::string(response["body"]["nextLink"].string_or());
}

bool is_ours(const std::string& url) { return url.starts_with(arm_origin + "/"); }

/// Sends the request of an example and gives it one of its answers, and `after` it what follows.
/// `expected` is what the client must have read then.
void check(const ClientCall& call, const Example& e, const Document& response,
           const http::Response& after, const std::vector<Document>& expected) {
  ArmFixture fixture;
  fixture.transport->reply(e.answer.status, e.answer.headers, e.answer.body)
      .reply(after.status, {}, after.body);
  const Models models = call.send(e, fixture.arm());

  const Wire sent = wire(fixture.sent());
  BOOST_TEST(sent.method == e.operation.method);
  BOOST_TEST(sent.path == expected_path(e));
  BOOST_TEST((sent.query == expected_query(e)), fixture.sent().url);
  const Document body =
      e.operation.body_name.empty() ? Document() : e.parameters[e.operation.body_name];
  BOOST_TEST((sent.body == body), sent.body.dump());

  BOOST_REQUIRE_EQUAL(models.size(), expected.size());
  for (std::size_t i = 0; i < models.size(); ++i)
    BOOST_TEST((Document::parse(models[i]) == expected[i]),
               models[i] << "\n  published: " << expected[i].dump());

  const std::string next = next_url(e.answer, response);
  if (next.empty() || !is_ours(next))
    BOOST_TEST(fixture.count() == 1u, "asked " << fixture.sent(fixture.count() - 1).url);
  else
    BOOST_TEST(fixture.sent(1).url == next);
}

/// The same answer from a service whose links stay on the client's own host.
http::Response at_home(http::Response answer) {
  for (const char* name : {"Azure-AsyncOperation", "Location"})
    if (const auto url = answer.headers.get(name))
      if (const auto parsed = http::Url::parse(*url))
        answer.headers.set(
            name, arm_origin + parsed->path + (parsed->query.empty() ? "" : "?" + parsed->query));
  return answer;
}

void check_answer(const ClientCall& call, Example e, const Document& responses,
                  const json::Member& response) {
  const int status = std::stoi(response.name);
  e.answer = scripted(status, response.value);
  const std::string next = next_url(e.answer, response.value);
  e.leads_elsewhere = !next.empty() && !is_ours(next);

  // An operation that was accepted ends with the answer that the example has for its end.
  const Document& end = responses["200"];
  const http::Response after =
      status == 202 ? scripted(200, end) : http::Response{.status = 200, .body = R"({"value":[]})"};
  if (e.leads_elsewhere || status != 202)
    check(call, e, response.value, after, published_models(response.value));
  if (status == 202) {
    e.answer = at_home(std::move(e.answer));
    e.leads_elsewhere = false;
    check(call, e, response.value, after, published_models(end));
  }
}

void check_example(const ClientCall& call, const DescribedOperation& operation,
                   const fs::path& file) {
  const Document text = read_json(file);
  for (const json::Member& response : text["responses"].as_object())
    if (response.name != "default")
      BOOST_TEST_CONTEXT(operation.id << ", " << file.string() << ", status " << response.name) {
        check_answer(
            call, {.operation = operation, .file = file.string(), .parameters = text["parameters"]},
            text["responses"], response);
      }
}

}  // namespace

std::vector<DescribedOperation> read_description(const fs::path& file) {
  Parameters parameters(file);
  const Document& description = parameters.load(file);
  const std::vector<fs::path> beside = files_in(file.parent_path() / "examples");

  std::vector<DescribedOperation> operations;
  for (const char* section : {"paths", "x-ms-paths"}) {
    if (!description[section].is_object()) continue;
    for (const json::Member& path : description[section].as_object())
      for (const json::Member& method : path.value.as_object()) {
        DescribedOperation operation{.id = std::string(method.value["operationId"].string_or()),
                                     .method = upper(method.name),
                                     .path = path.name};
        for (const Document& parameter : method.value["parameters"].as_array())
          add_parameter(operation, parameters.resolve(parameter));
        // What a path begins with is an id, also where its description does not say so.
        if (operation.path.starts_with("/{"))
          operation.verbatim.insert(operation.path.substr(2, operation.path.find('}') - 2));

        std::set<fs::path> examples;
        if (const Document& list = method.value["x-ms-examples"]; list.is_object())
          for (const json::Member& example : list.as_object())
            // Not all that are named were saved with their description.
            if (const fs::path at = file.parent_path() / example.value["$ref"].string_or();
                fs::exists(at))
              examples.insert(at.lexically_normal());
        for (const fs::path& example : beside)
          if (parameters.load(example)["operationId"].string_or() == operation.id)
            examples.insert(example.lexically_normal());
        operation.examples.assign(examples.begin(), examples.end());
        operations.push_back(std::move(operation));
      }
  }
  return operations;
}

std::string Example::text(std::string_view name) const {
  const Document& value = parameters[name];
  return value.is_number() ? value.as_number().text : std::string(value.string_or());
}

std::optional<int> Example::top() const {
  if (!operation.query_names.contains("$top") || !parameters.find("$top")) return std::nullopt;
  return static_cast<int>(parameters["$top"].int_or(0));
}

void check_is_modelled(const Document& value, const json::TypeInfo& type, const std::string& path) {
  if (value.is_object() && type.kind == json::Kind::object) {
    for (const json::Member& member : value.as_object()) {
      const json::FieldInfo* found = nullptr;
      for (const json::FieldInfo& field : type.fields())
        if (field.wire == member.name) found = &field;
      BOOST_TEST(found != nullptr, "not in the model: " << path << "." << member.name);
      if (found != nullptr) check_is_modelled(member.value, *found->type, path + "." + member.name);
    }
  } else if (value.is_object() && type.kind == json::Kind::map) {
    for (const json::Member& member : value.as_object())
      check_is_modelled(member.value, *type.element, path + "." + member.name);
  } else if (value.is_array() && type.kind == json::Kind::array) {
    for (const Document& item : value.as_array())
      check_is_modelled(item, *type.element, path + "[]");
  }
}

Examined run_examples(const ClientCalls& calls, const std::string& version,
                      const std::string& folder, std::span<const char* const> descriptions) {
  Examined examined{.version = version};
  if (!spec_folder()) return examined;
  std::set<fs::path> unused;
  for (const fs::path& file : files_in(*spec_folder() / folder / "examples"))
    unused.insert(file.lexically_normal());

  for (const char* description : descriptions)
    for (DescribedOperation& operation : read_description(*spec_folder() / folder / description)) {
      const auto call = calls.find(operation.id);
      BOOST_TEST((call != calls.end()), "the client lacks " << operation.id << " of " << version);
      for (const fs::path& file : operation.examples) {
        unused.erase(file);
        if (call == calls.end()) continue;
        check_example(call->second, operation, file);
        ++examined.count;
      }
      examined.operations.push_back(std::move(operation));
    }
  for (const fs::path& file : unused) BOOST_TEST(false, "no operation has the example " << file);
  return examined;
}

void check_all_are_described(const ClientCalls& calls, const std::vector<Examined>& versions) {
  std::set<std::string> described;
  for (const Examined& version : versions)
    for (const DescribedOperation& operation : version.operations) described.insert(operation.id);
  for (const auto& [id, call] : calls)
    BOOST_TEST(described.contains(id), "no description has " << id);
}

std::string coverage_table(const ClientCalls& calls, const std::vector<Examined>& versions) {
  struct Row {
    std::string request, first, last;
    std::size_t examples = 0;
  };
  std::map<std::string, Row> rows;
  for (const Examined& version : versions)
    for (const DescribedOperation& operation : version.operations) {
      std::string path = operation.path;
      for (const auto& [long_form, short_form] :
           {std::pair("/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}", "{G}"),
            std::pair("/subscriptions/{subscriptionId}", "{S}")})
        if (path.starts_with(long_form))
          path.replace(0, std::string_view(long_form).size(), short_form);
      Row& row = rows[operation.id];
      row.request = operation.method + " " + path;
      if (row.first.empty()) row.first = version.version;
      row.last = version.version;
      row.examples += operation.examples.size();
    }

  std::string table =
      "| operation | request | C++ | examples | api-versions |\n| --- | --- | --- | --- | --- |\n";
  for (const auto& [id, row] : rows) {
    const auto call = calls.find(id);
    table += "| " + id + " | `" + row.request + "` | `" +
             (call == calls.end() ? std::string("-") : call->second.code) + "` | " +
             std::to_string(row.examples) + " | " + row.first +
             (row.first == row.last ? "" : " to " + row.last) + " |\n";
  }
  return table;
}

}  // namespace akv::test
