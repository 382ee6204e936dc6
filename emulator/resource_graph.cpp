#include "akv/emulator/neighbour_properties.hpp"
#include "akv/emulator/resource_query.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/emulator/service.hpp"
#include "akv/emulator/vault_life.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/random.hpp"
#include "akv/mgmt/core/resource_id.hpp"

#include <charconv>
#include <utility>

namespace akv::emulator {
namespace {

using json::Document;

constexpr std::int64_t max_top = 1000;
constexpr std::size_t max_subscriptions = 5000;

/// This service's envelope: a general message, and the reason among its details.
http::Response refused(const char* code, const std::string& reason) {
  const Document details = Document::array(
      {Document::object({{"code", "InvalidQuery"},
                         {"message",
                          "Query is invalid. Please refer to the documentation for the Azure "
                          "Resource Graph service and fix the error before retrying."}}),
       Document::object({{"code", code}, {"message", reason}})});
  return answer(
      400, Document::object({{"error", Document::object({{"code", "BadRequest"},
                                                         {"message", "Invalid query: " + reason},
                                                         {"details", details}})}}));
}

/// A row of the table, with the columns and the lower case that Resource Graph gives them.
Document row_of(const Subscription& subscription, const Store::Row& row, const Call& call) {
  const Document body =
      Document::parse(ascii::equal(row.type, vault_type)
                          ? shown_vault(row.body, row.ready_at, call.now, "9999-12-31")
                          : std::string(row.body));
  const auto id = ResourceId::parse(body["id"].string_or());
  auto optional = [&](const char* name) {
    const Document* value = body.find(name);
    return value ? *value : Document();
  };
  return Document::object({{"id", body["id"]},
                           {"name", row.name},
                           {"type", ascii::lower(row.type)},
                           {"tenantId", subscription.tenant_id},
                           {"kind", body["kind"].string_or()},
                           {"location", row.location},
                           {"resourceGroup", ascii::lower(id ? id->resource_group : "")},
                           {"subscriptionId", subscription.id},
                           {"managedBy", body["managedBy"].string_or()},
                           {"sku", optional("sku")},
                           {"plan", optional("plan")},
                           {"properties", optional("properties")},
                           {"tags", optional("tags")},
                           {"identity", optional("identity")},
                           {"zones", optional("zones")},
                           {"extendedLocation", optional("extendedLocation")}});
}

/// All that the caller may read, by id, a row at a time.
void read_rows(const Call& call, const Document& wanted, QueryRun& run) {
  for (const Subscription& subscription : call.store.subscriptions()) {
    if (!ascii::equal(subscription.tenant_id, call.caller.tenant_id)) continue;
    bool named = wanted.is_null();
    if (wanted.is_array())
      for (const Document& id : wanted.as_array())
        named = named || ascii::equal(id.string_or(), subscription.id);
    if (!named) continue;
    call.store.scan_below("/subscriptions/" + subscription.id, {}, [&](const Store::Row& row) {
      if (call.access.may(std::string(row.type) + "/read", row.key))
        run.take(row_of(subscription, row, call));
      return true;
    });
  }
}

const char* type_of(const Document& value) {
  if (value.is_bool()) return "boolean";
  if (value.is_number()) return "integer";
  return value.is_object() || value.is_array() ? "object" : "string";
}

/// Columns once, then the values of each row.
Document table_of(const Document& rows) {
  Document columns = Document::array(), values = Document::array();
  if (rows.size())
    for (const json::Member& member : rows.as_array()[0].as_object())
      columns.push_back(Document::object({{"name", member.name}, {"type", type_of(member.value)}}));
  for (const Document& row : rows.as_array()) {
    Document list = Document::array();
    for (const json::Member& member : row.as_object()) list.push_back(member.value);
    values.push_back(std::move(list));
  }
  return Document::object({{"columns", std::move(columns)}, {"rows", std::move(values)}});
}

/// Where a page starts: the token holds just that.
std::optional<std::size_t> start_of(const Document& options) {
  const Document* token = options.find("$skipToken");
  if (!token)
    return static_cast<std::size_t>(std::max<std::int64_t>(options["$skip"].int_or(0), 0));
  const auto text = base64url_decode(token->string_or());
  std::size_t start = 0;
  if (!text || text->empty()) return std::nullopt;
  const char* end = text->data() + text->size();
  const auto result = std::from_chars(text->data(), end, start);
  if (result.ec != std::errc{} || result.ptr != end) return std::nullopt;
  return start;
}

http::Response resources(Call& call) {
  const Document sent = call.read_body(resource_query_properties());
  const Document& options = sent["options"];
  if (sent.find("managementGroups") || sent.find("facets"))
    return refused("UnsupportedRequest", "the emulator has no management groups and no facets");
  if (sent["subscriptions"].size() > max_subscriptions)
    return refused("TooManySubscriptions",
                   "more than " + std::to_string(max_subscriptions) + " subscriptions");
  // A table is what the oldest versions give unasked.
  const std::string_view format =
      options["resultFormat"].string_or(call.api_version < "2020" ? "table" : "objectArray");
  const bool as_table = ascii::equal(format, "table");
  if (!as_table && !ascii::equal(format, "objectArray"))
    return refused("InvalidResultFormat", "resultFormat must be 'table' or 'objectArray'");
  const std::int64_t top = options["$top"].int_or(max_top);
  if (top < 1 || top > max_top)
    return refused("InvalidTop", "$top must be from 1 to " + std::to_string(max_top));
  const auto start = start_of(options);
  if (!start)
    return refused("InvalidSkipToken", "the $skipToken is not one that an answer has given");
  const auto parsed = ResourceQuery::parse(sent["query"].string_or());
  if (const auto* problem = std::get_if<QueryProblem>(&parsed))
    return refused("ParserFailure",
                   problem->message + " (character " + std::to_string(problem->at + 1) + ")");

  QueryRun run(std::get<ResourceQuery>(parsed), *start, static_cast<std::size_t>(top));
  read_rows(call, sent["subscriptions"], run);
  QueryRun::Result result = std::move(run).finish();
  const std::size_t total = result.total;
  const std::size_t end = std::min(total, *start) + result.page.size();
  const bool stable = !result.page.empty() && result.page.front().find("id") != nullptr;
  Document data(std::move(result.page));
  const auto count = static_cast<std::int64_t>(data.size());
  Document body =
      Document::object({{"totalRecords", static_cast<std::int64_t>(total)},
                        {"count", count},
                        // Without the id there is no order to go on from, and so no token.
                        {"resultTruncated", end < total && !stable ? "true" : "false"},
                        {"facets", Document::array()},
                        {"data", as_table ? table_of(data) : std::move(data)}});
  if (end < total && stable) body.set("$skipToken", base64url(std::to_string(end)));
  return answer(200, body);
}

constexpr std::string_view versions[] = {"2018-09-01-preview", "2019-04-01", "2020-04-01-preview",
                                         "2021-03-01",         "2022-10-01", "2024-04-01"};
constexpr std::string_view types[] = {"resources", "operations"};
constexpr Route routes[] = {{.method = http::Method::post,
                             .pattern = "/providers/Microsoft.ResourceGraph/resources",
                             .handler = resources,
                             .counts_as_read = true}};

}  // namespace

const Provider& resource_graph_provider() {
  static const std::span<const Route> all[] = {routes};
  static const Provider provider{.name_space = "Microsoft.ResourceGraph",
                                 .api_versions = versions,
                                 .resource_types = types,
                                 .routes = all,
                                 .registration_free = true};
  return provider;
}

}  // namespace akv::emulator
