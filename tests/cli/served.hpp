/// The program over real HTTPS with a real token request, against an emulator of the test's own.
#pragma once
#include "akv/emulator/emulator.hpp"
#include "akv/emulator/listener.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "support/console.hpp"

#include <memory>
#include <optional>
#include <string>

namespace akv::test {

inline emulator::Options quick_emulator() {
  emulator::Options options;
  options.dns_delay = options.job_delay = std::chrono::milliseconds(0);
  return options;
}

inline http::Response refusal(int status, const std::string& code, const std::string& message) {
  return {status,
          {{"x-ms-request-id", "6f1f0000-0000-4000-8000-00000000000d"},
           {"Content-Type", "application/json"}},
          R"({"error":{"code":")" + code + R"(","message":")" + message + R"("}})"};
}

struct Served : Console {
  Served() {
    environment.clock = &system_clock();
    const emulator::Identity& own = service->identity();
    environment.variables = {{"AZURE_TENANT_ID", own.tenant_id},
                             {"AZURE_CLIENT_ID", own.client_id},
                             {"AZURE_CLIENT_SECRET", own.client_secret},
                             {"AZURE_SUBSCRIPTION_ID", own.subscription_id},
                             {"AZURE_AUTHORITY_HOST", listener.base_url()},
                             // Where nobody listens: no test asks the machine's own.
                             {"AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://127.0.0.1:1"},
                             {"AKV_CLOUD", listener.base_url()},
                             {"AKV_CA_FILE", authority.ca_file.string()}};
  }

  /// Answers requests whose URL holds `part` with `response`.
  void refuse(http::Method method, const std::string& part, const http::Response& response) {
    service->intercept([=](const http::Request& request) -> std::optional<http::Response> {
      const std::string path = ascii::lower(request.url);
      if (request.method != method || path.find(ascii::lower(part)) == std::string::npos)
        return std::nullopt;
      return response;
    });
  }

  std::shared_ptr<emulator::Emulator> service =
      std::make_shared<emulator::Emulator>(quick_emulator());
  emulator::Authority authority = emulator::open_authority(folder / "ca", system_clock());
  emulator::Listener listener{service, authority};
  std::string manifest = file("quickstart.yaml", small_manifest());
};

}  // namespace akv::test
