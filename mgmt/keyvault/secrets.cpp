#include "akv/mgmt/keyvault/secrets.hpp"

namespace akv {
namespace {

using http::Method;

// What the errors of a write must not repeat. It lives in the caller's parameters.
std::string_view secret_of(const Field<SecretValue>& value) {
  return value ? std::string_view(value->reveal()) : std::string_view();
}

}  // namespace

Secret SecretsOperations::create_or_update(std::string_view resource_group_name,
                                           std::string_view vault_name,
                                           std::string_view secret_name,
                                           const SecretCreateOrUpdateParameters& parameters,
                                           const CallOptions& options) const {
  constexpr const char* operation = "Secrets.create_or_update";
  return model<Secret>(
      {.method = Method::put,
       .operation = operation,
       .path = secret_path(operation, resource_group_name, vault_name, secret_name).str(),
       .body = json::encode(parameters),
       .secret = secret_of(parameters.properties.value)},
      {200, 201}, options);
}

Secret SecretsOperations::update(std::string_view resource_group_name, std::string_view vault_name,
                                 std::string_view secret_name,
                                 const SecretPatchParameters& parameters,
                                 const CallOptions& options) const {
  constexpr const char* operation = "Secrets.update";
  return model<Secret>(
      {.method = Method::patch,
       .operation = operation,
       .path = secret_path(operation, resource_group_name, vault_name, secret_name).str(),
       .body = json::encode(parameters),
       .secret =
           parameters.properties ? secret_of(parameters.properties->value) : std::string_view()},
      {200, 201}, options);
}

Secret SecretsOperations::get(std::string_view resource_group_name, std::string_view vault_name,
                              std::string_view secret_name, const CallOptions& options) const {
  constexpr const char* operation = "Secrets.get";
  return send_get<Secret>(
      operation, secret_path(operation, resource_group_name, vault_name, secret_name).str(),
      options);
}

std::optional<Secret> SecretsOperations::find(std::string_view resource_group_name,
                                              std::string_view vault_name,
                                              std::string_view secret_name,
                                              const CallOptions& options) const {
  constexpr const char* operation = "Secrets.find";
  return send_find<Secret>(
      operation, secret_path(operation, resource_group_name, vault_name, secret_name).str(),
      options);
}

Pager<Secret> SecretsOperations::list(std::string_view resource_group_name,
                                      std::string_view vault_name, std::optional<int> top,
                                      const CallOptions& options) const {
  constexpr const char* operation = "Secrets.list";
  return pager<Secret>(
      operation, vault_path(operation, resource_group_name, vault_name).text("/secrets").str(),
      arm::top_query(top), options);
}

arm::Path SecretsOperations::secret_path(std::string_view operation,
                                         std::string_view resource_group_name,
                                         std::string_view vault_name,
                                         std::string_view secret_name) const {
  return vault_path(operation, resource_group_name, vault_name)
      .text("/secrets/")
      .name("secret name", secret_name);
}

}  // namespace akv
