/// Every published example of a service, sent through its public client. The request must be
/// exactly the description's, and each answer must survive decoding and encoding. A test holds a
/// table from operation ids to calls of the client, and nothing else:
///
///     const ClientCalls calls = {
///         {"Vaults_Get",
///          {"vaults().get", [](const Example& e, const arm::ArmClient& arm) {
///             return kept_unless_missing(
///                 e, [&] { return vaults(e, arm).get(group(e), e.text("vaultName")); });
///           }}},
///         …};
///     constexpr const char* files[] = {"keyvault.json"};
///     run_examples(calls, "2023-07-01", "Microsoft.KeyVault/2023-07-01", files);
#pragma once
#include "akv/mgmt/arm/pager.hpp"
#include "akv/mgmt/arm/poller.hpp"
#include "akv/mgmt/json/codec.hpp"
#include "akv/mgmt/json/document.hpp"
#include "support/spec.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace akv::test {

/// What a description says about one operation.
struct DescribedOperation {
  std::string id;                       ///< `Vaults_Get`
  std::string method;                   ///< `GET`
  std::string path;                     ///< `/subscriptions/{subscriptionId}/…`
  std::set<std::string> query_names{};  ///< Of its query parameters.
  std::map<std::string, std::string>
      constants{};                   ///< Query parameters that may hold one value only.
  std::set<std::string> verbatim{};  ///< Path parameters that hold slashes, or nothing.
  std::string body_name{};           ///< Of the body parameter; empty for none.
  std::vector<std::filesystem::path> examples{};
};

/// All operations of a description, in its order. Parameters are resolved wherever they stand, also
/// in `common-types`. Examples are those that `x-ms-examples` names, and those beside them that
/// name the operation themselves.
std::vector<DescribedOperation> read_description(const std::filesystem::path& file);

/// An example, and the one of its answers that is given this time.
struct Example {
  const DescribedOperation& operation;  ///< Outlives it.
  std::string file{};
  json::Document parameters{};
  http::Response answer{};
  /// The answer leads to another host, where nothing of ours may go.
  bool leads_elsewhere = false;

  /// A parameter; empty where the example leaves it out.
  std::string text(std::string_view name) const;
  /// `$top`, where the operation has it and the example gives it.
  std::optional<int> top() const;
  template <class T>
  T body() const;
};

/// The models in an answer, each encoded with all that it has.
using Models = std::vector<std::string>;

struct ClientCall {
  std::string code{};  ///< As a user writes it, for the table in the README: `vaults().get`.
  std::function<Models(const Example&, const arm::ArmClient&)> send{};
};
using ClientCalls = std::map<std::string, ClientCall>;

/// Of each operation in the descriptions of one version.
struct Examined {
  std::string version;
  std::vector<DescribedOperation> operations{};
  std::size_t count = 0;  ///< Of examples that ran.
};

/// Runs all examples of the descriptions in a folder (relative to the spec folder). Fails on an
/// operation that the table lacks, and on an example there that belongs to none. Where there is no
/// spec folder, says so and does nothing.
Examined run_examples(const ClientCalls& calls, const std::string& version,
                      const std::string& folder, std::span<const char* const> descriptions);

/// Fails on an operation of the table that none of these versions has: a misspelt one.
void check_all_are_described(const ClientCalls& calls, const std::vector<Examined>& versions);

/// The README's table: operation, request, C++, examples that ran, versions that have it.
std::string coverage_table(const ClientCalls& calls, const std::vector<Examined>& versions);

// For the calls.

/// Members that a model would only carry along as unknown ones do not count as modelled.
void check_is_modelled(const json::Document& value, const json::TypeInfo& type,
                       const std::string& path);

template <class T>
T Example::body() const {
  const json::Document& value = parameters[operation.body_name];
  check_is_modelled(value, *json::info<T>, "$");
  return json::decode<T>(value.dump());
}

template <class T>
Models kept(const T& model) {
  std::string text = json::encode(model, {.keep_read_only = true});
  check_is_modelled(json::Document::parse(text), *json::info<T>, "$");
  return {std::move(text)};
}
template <class T>
Models kept(const std::optional<T>& model) {
  return model ? kept(*model) : Models();
}
template <class T>
Models kept(const std::vector<T>& models) {
  Models all;
  for (const T& model : models) all.push_back(kept(model).front());
  return all;
}
template <class T>
Models kept(const Example& e, Pager<T> pager) {
  Models all;
  try {
    for (const T& item : pager) all.push_back(kept(item).front());
  } catch (const FormatError&) {
    if (!e.leads_elsewhere) throw;
  }
  return all;
}
/// What a long-running operation ends with. Where the example leads to another host, what the first
/// answer holds.
template <class T>
Models kept(const Example& e, Poller<T> poller) {
  if (e.leads_elsewhere && !poller.done()) {
    BOOST_CHECK_THROW(poller.poll(), FormatError);
    if constexpr (!std::is_void_v<T>)
      if (!e.answer.body.empty()) return kept(arm::decode<T>(e.answer, e.operation.id, e.file));
    return {};
  }
  if constexpr (std::is_void_v<T>) {
    poller.result();
    return {};
  } else {
    return kept(poller.result());
  }
}
/// The result of `get`, which must throw NotFoundError where the example answers 204.
template <class Get>
Models kept_unless_missing(const Example& e, Get get) {
  if (e.answer.status != 204) return kept(get());
  BOOST_CHECK_THROW(get(), NotFoundError);
  return {};
}

}  // namespace akv::test
