/// The transport over cpprestsdk, with its traps closed (docs/decisions/0003-cpprestsdk-traps.md).
#pragma once
#include "akv/mgmt/http/pipeline.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace akv::http {

struct CpprestOptions {
  /// PEM file of authorities to trust; empty: the system's bundle (or `SSL_CERT_FILE` as it stood
  /// when the process started, see prepare_process).
  std::string ca_file{};
  std::size_t max_in_flight = 16;  ///< Requests at a time, over all threads and hosts.
  std::size_t max_response_bytes = std::size_t{256} << 20;
  std::chrono::seconds attempt_timeout{100};  ///< One request from first to last byte.
  std::size_t max_header_count = 256;
};

/// One http_client for each authority, shared by all threads. Destroy it before main returns.
/// Throws AzureError when `ca_file` cannot be read.
std::shared_ptr<Transport> make_cpprest_transport(CpprestOptions options = {});

/// For programs, once, first thing in main and before any thread: a small pool for cpprestsdk,
/// and no parsing of the system's CA bundle for each connection (reads `SSL_CERT_FILE`, then points
/// it away). Libraries and embedders need not call it.
void prepare_process(int threads = 4);

}  // namespace akv::http
