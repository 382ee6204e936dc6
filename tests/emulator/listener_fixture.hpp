/// A listener whose handler says what it was asked, and clients that trust its authority.
#pragma once
#include "akv/emulator/detail/https_server.hpp"
#include "akv/emulator/listener.hpp"
#include "support/tls_client.hpp"

#include <functional>
#include <stdexcept>
#include <string>

namespace akv::test {

/// One authority for all tests of the listener: making it is not what they are about.
const emulator::Authority& listener_authority();

struct ListenerFixture {
  std::function<http::Response(const http::Request&)> handler = [](const http::Request& request) {
    return http::Response{
        .status = 200,
        .headers = {{"Content-Type", "text/plain"}},
        .body = std::string(to_string(request.method)) + ' ' + request.url + ' ' + request.body};
  };
  emulator::ListenerOptions options;

  emulator::HttpsServer serve() { return {handler, listener_authority(), options}; }
  static TlsOptions trusting(const std::string& name = "localhost") {
    return {.ca_file = listener_authority().ca_file.string(), .server_name = name};
  }
  static TlsClient connect(const emulator::HttpsServer& server) {
    return {server.port(), trusting()};
  }

  static std::string get(const std::string& target, const std::string& more = {}) {
    return "GET " + target + " HTTP/1.1\r\nHost: localhost:1234\r\n" + more + "\r\n";
  }
  static std::string put(const std::string& body, const std::string& more = {}) {
    return "PUT /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n" + more + "\r\n" + body;
  }
};

}  // namespace akv::test
