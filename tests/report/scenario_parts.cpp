#include "report/scenario_parts.hpp"

namespace akv::test {

using engine::Action;
using engine::Change;
using engine::FieldChange;
using engine::Plan;
using json::Document;

std::string id_of(const std::string& name) {
  const std::size_t slash = name.find('/');
  std::string id =
      "/subscriptions/" + std::string(subscription) + "/resourceGroups/" + name.substr(0, slash);
  if (slash != std::string::npos)
    id += "/providers/Microsoft.KeyVault/vaults/" + name.substr(slash + 1);
  return id;
}

Plan base(const std::string& deployment, const std::string& file) {
  Plan plan;
  plan.deployment = deployment;
  plan.api_version = "2026-02-01";
  plan.where = "in AzureCloud, subscription " + std::string(subscription);
  plan.who = "ana";
  plan.places.files = {file};
  plan.reads = 4;
  return plan;
}

std::uint32_t line(Plan& plan, std::uint32_t number) { return plan.places.add({0, number, 9}); }

Change change(Plan& plan, Action action, const std::string& name, std::uint32_t at) {
  Change out;
  out.action = action;
  out.kind = name.find('/') == std::string::npos ? "resourceGroup" : "vault";
  out.name = name;
  out.id = id_of(name);
  out.subscription = subscription;
  out.group = name.substr(0, name.find('/'));
  if (at != 0) out.origin = line(plan, at);
  return out;
}

FieldChange value(const std::string& path, Document before, Document after) {
  FieldChange out;
  out.path = path;
  out.property = path.substr(0, path.find('.'));
  out.before = std::move(before);
  out.after = std::move(after);
  return out;
}

Document words(std::initializer_list<const char*> list) {
  Document out = Document::array();
  for (const char* word : list) out.push_back(word);
  return out;
}

FieldChange policy(const std::string& who, const std::string& category, Document before,
                   Document after) {
  FieldChange out;
  out.property = "accessPolicies";
  out.entry = who;
  out.leaf = "permissions." + category;
  out.path = "accessPolicies[" + who + "]." + out.leaf;
  out.before = std::move(before);
  out.after = std::move(after);
  out.key = Document::object({{"objectId", app}});
  return out;
}

FieldChange entry(const std::string& list, const std::string& name, Document before,
                  Document after) {
  FieldChange out;
  out.path = list + "[" + name + "]";
  out.property = list.substr(0, list.find('.'));
  out.entry = name;
  out.before = std::move(before);
  out.after = std::move(after);
  return out;
}

}  // namespace akv::test
