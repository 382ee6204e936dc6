/// The default credential in surroundings of a test's own making.
#pragma once
#include "support/sign_in.hpp"
#include "support/temporary_folder.hpp"

#include <fstream>
#include <memory>
#include <string>
#include <sys/stat.h>

namespace akv::test {

struct DefaultFixture : SignIn {
  identity::DefaultCredentialOptions chain;
  TemporaryFolder folder;  // all of PATH: no tool is installed unless a test does it

  DefaultFixture() {
    variables["PATH"] = folder.path().string();
    // Named, the service is asked also on a machine of Azure Arc's.
    variables["AZURE_POD_IDENTITY_AUTHORITY_HOST"] = "http://169.254.169.254";
  }
  void set(const identity::Environment& more) {
    for (const auto& [name, value] : more) variables[name] = value;
  }
  std::shared_ptr<identity::TokenCredential> credential() {
    return make_default_credential(lookup(), options(), chain);
  }
  void install(const std::string& name, const std::string& line) const {
    const std::string path = (folder / name).string();
    std::ofstream(path) << "#!/bin/sh\n" << line << "\n";
    ::chmod(path.c_str(), 0700);
  }
  void install_az() const {
    install("az", R"(echo '{"accessToken":"from-az","expires_on":1795345200}')");
  }
  std::string message() { return refusal(*credential()).message; }

  const identity::Environment secret{
      {"AZURE_TENANT_ID", "t"}, {"AZURE_CLIENT_ID", "c"}, {"AZURE_CLIENT_SECRET", "s"}};
  const std::string remedy =
      "; set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, or sign in with az login";
  const std::string no_environment =
      "environment: AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET are not set";
  const std::string no_workload =
      "workload identity: AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_FEDERATED_TOKEN_FILE are not "
      "set";
  const std::string no_machine =
      "managed identity: no instance metadata service answers at http://169.254.169.254 "
      "(connection reset)";
  const std::string no_tools =
      "Azure CLI: az is not installed (not found on PATH); Azure PowerShell: pwsh is not installed "
      "(not found on PATH); Azure Developer CLI: azd is not installed (not found on PATH)";
};

}  // namespace akv::test
