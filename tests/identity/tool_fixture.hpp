/// The credentials of az, azd and pwsh, against programs that a test puts on the PATH.
#pragma once
#include "support/sign_in.hpp"
#include "support/temporary_folder.hpp"

#include <chrono>
#include <fstream>
#include <memory>
#include <string>
#include <sys/stat.h>
#include <vector>

namespace akv::test {

struct ToolFixture : SignIn {
  TemporaryFolder folder;
  identity::DeveloperToolOptions tool{.timeout = std::chrono::seconds(60)};

  ToolFixture() { variables["PATH"] = folder.path().string() + ":/usr/bin:/bin"; }

  /// A program that keeps its arguments, one a line, and then does what the script says.
  void install(const std::string& name, const std::string& script) const {
    const std::string path = (folder / name).string();
    std::ofstream(path) << "#!/bin/sh\nprintf '%s\\n' \"$@\" >" << folder.path().string()
                        << "/arguments\n"
                        << script << "\n";
    ::chmod(path.c_str(), 0700);
  }
  void install_printing(const std::string& name, const std::string& text) const {
    std::ofstream(folder / "text") << text;
    install(name, "cat " + (folder / "text").string());
  }
  std::string arguments() const {
    std::ifstream in(folder / "arguments");
    std::string all, line;
    while (std::getline(in, line)) all += (all.empty() ? "" : " ") + line;
    return all;
  }
  std::shared_ptr<identity::TokenCredential> az() {
    return identity::make_azure_cli_credential(tool, options());
  }
  std::shared_ptr<identity::TokenCredential> azd() {
    return identity::make_azure_developer_cli_credential(tool, options());
  }
  std::shared_ptr<identity::TokenCredential> pwsh() {
    return identity::make_azure_powershell_credential(tool, options());
  }
  struct Tool {
    std::string program, title, sign_in;
    std::shared_ptr<identity::TokenCredential> credential;
  };
  std::vector<Tool> tools() {
    return {{"az", "the Azure CLI", "az login", az()},
            {"azd", "the Azure Developer CLI", "azd auth login", azd()},
            {"pwsh", "Azure PowerShell", "Connect-AzAccount", pwsh()}};
  }
};

inline const std::string az_answer =
    R"({"accessToken":"t","expiresOn":"2026-11-22 12:00:00.000000","expires_on":1795345200,)"
    R"("subscription":"s","tenant":"x","tokenType":"Bearer"})";

}  // namespace akv::test
