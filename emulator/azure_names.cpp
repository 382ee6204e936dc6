#include "akv/emulator/azure_names.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <algorithm>

namespace akv::emulator {
namespace {

// A leading dot stands for any one label before it, as in a certificate.
constexpr std::string_view names[] = {
    "management.azure.com",
    "login.microsoftonline.com",
    "login.microsoft.com",
    "login.windows.net",
    "sts.windows.net",
    "graph.microsoft.com",
    "graph.windows.net",
    ".vault.azure.net",
    ".managedhsm.azure.net",

    "management.chinacloudapi.cn",
    "login.chinacloudapi.cn",
    "login.partner.microsoftonline.cn",
    "microsoftgraph.chinacloudapi.cn",
    "graph.chinacloudapi.cn",
    ".vault.azure.cn",
    ".managedhsm.azure.cn",

    "management.usgovcloudapi.net",
    "login.microsoftonline.us",
    "graph.microsoft.us",
    ".vault.usgovcloudapi.net",
    ".managedhsm.usgovcloudapi.net",
};

constexpr CloudAudiences audiences[] = {
    {.management = "https://management.azure.com",
     .management_core = "https://management.core.windows.net",
     .graph = "https://graph.microsoft.com",
     .vault = "https://vault.azure.net",
     .managed_hsm = "https://managedhsm.azure.net",
     .name = "AzureCloud",
     .sign_in = "https://login.microsoftonline.com",
     .challenge = "https://login.windows.net"},
    {.management = "https://management.chinacloudapi.cn",
     .management_core = "https://management.core.chinacloudapi.cn",
     .graph = "https://microsoftgraph.chinacloudapi.cn",
     .vault = "https://vault.azure.cn",
     .managed_hsm = "https://managedhsm.azure.cn",
     .name = "AzureChinaCloud",
     .sign_in = "https://login.chinacloudapi.cn",
     .challenge = "https://login.chinacloudapi.cn"},
    {.management = "https://management.usgovcloudapi.net",
     .management_core = "https://management.core.usgovcloudapi.net",
     .graph = "https://graph.microsoft.us",
     .vault = "https://vault.usgovcloudapi.net",
     .managed_hsm = "https://managedhsm.usgovcloudapi.net",
     .name = "AzureUSGovernment",
     .sign_in = "https://login.microsoftonline.us",
     .challenge = "https://login.microsoftonline.us"}};

bool is_named(std::string_view host, std::string_view name) {
  if (!name.starts_with('.')) return ascii::equal(host, name);
  const auto dot = host.find('.');
  return dot != std::string_view::npos && dot > 0 && ascii::equal(host.substr(dot), name);
}

}  // namespace

bool is_azure_address(std::string_view authority) {
  constexpr std::string_view port = ":443";
  if (!authority.ends_with(port)) return false;
  authority.remove_suffix(port.size());
  return std::any_of(std::begin(names), std::end(names),
                     [&](std::string_view name) { return is_named(authority, name); });
}

std::span<const CloudAudiences> cloud_audiences() { return audiences; }

const CloudAudiences* cloud_managed_at(std::string_view host) {
  const auto* const found =
      std::find_if(std::begin(audiences), std::end(audiences), [&](const CloudAudiences& cloud) {
        return ascii::equal(cloud.management.substr(std::string_view("https://").size()), host);
      });
  return found == std::end(audiences) ? nullptr : found;
}

const CloudAudiences* cloud_of_content_at(std::string_view host) {
  constexpr std::size_t scheme = std::string_view("https://").size();
  const auto dot = host.find('.');
  if (dot == std::string_view::npos || dot == 0) return nullptr;
  const std::string_view parent = host.substr(dot + 1);
  for (const CloudAudiences& cloud : audiences)
    if (ascii::equal(cloud.vault.substr(scheme), parent) ||
        ascii::equal(cloud.managed_hsm.substr(scheme), parent))
      return &cloud;
  return nullptr;
}

std::string azure_certificate_names() {
  std::string text;
  for (const std::string_view name : names)
    text += std::string(text.empty() ? "DNS:" : ",DNS:") + (name.starts_with('.') ? "*" : "") +
            std::string(name);
  return text;
}

}  // namespace akv::emulator
