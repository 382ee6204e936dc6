/// The transport against a peer that does exactly what each trap needs.
#pragma once
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/http/cpprest_transport.hpp"
#include "support/loopback_server.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>

namespace akv::test {

struct CpprestFixture {
  LoopbackServer server;
  http::CpprestOptions options;
  std::shared_ptr<http::Transport> transport_;
  Context context;

  http::Transport& transport() {
    if (!transport_) transport_ = http::make_cpprest_transport(options);
    return *transport_;
  }
  http::Response send(http::Method method, const std::string& path = "/", std::string body = {}) {
    return transport().send({.method = method,
                             .url = server.url(path),
                             .headers = {{"Content-Type", "application/json"}},
                             .body = std::move(body),
                             .operation = "Test.run"},
                            context);
  }
  ErrorInfo lost(http::Method method, std::string body = {}) {
    try {
      send(method, "/x?y=z", std::move(body));
    } catch (const TransportError& error) {
      return error.info();
    }
    BOOST_FAIL("there was an answer");
    return {};
  }
  std::string peer() const { return "127.0.0.1:" + std::to_string(server.port()); }
  std::string text(std::size_t i) const { return server.requests().at(i).text; }

  /// Sends GETs until one came over a connection that had served another, so that what follows
  /// runs on a connection from the pool. cpprestsdk returns one a little after the answer.
  void warm_up() {
    for (int i = 0; i < 100; ++i) {
      send(http::Method::get, "/warm-up");
      const auto seen = server.requests();
      if (seen.size() > 1 && seen.back().connection == seen[seen.size() - 2].connection) return;
    }
    BOOST_FAIL("no connection was ever used twice");
  }
  std::size_t sent_to(const std::string& path) const {
    std::size_t count = 0;
    for (const auto& seen : server.requests())
      count += seen.text.find(" " + path + " ") != std::string::npos ? 1 : 0;
    return count;
  }
};

/// One chunk of a chunked body.
inline std::string chunk(const std::string& text) {
  char size[32];
  std::snprintf(size, sizeof size, "%zx\r\n", text.size());
  return size + text + "\r\n";
}

}  // namespace akv::test
