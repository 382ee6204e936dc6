/// The emulator behind HTTPS on this machine.
#pragma once
#include "akv/emulator/emulator.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace akv::emulator {

/// The certificate authority of one store: made at first start (ECDSA P-256, ten years), files in
/// mode 0600 beside the store (in a fresh temporary folder for a store in memory). The server's
/// certificate names localhost, 127.0.0.1 and ::1 and is renewed when it is about to run out.
struct Authority {
  std::filesystem::path ca_file;  ///< PEM of the authority: what clients shall trust.
  /// The system's authorities and this one, for clients that take one file for all.
  std::filesystem::path bundle_file;
  std::string server_chain_pem;
  std::string server_key_pem;  ///< Never logged.
  /// What the proxy shows for Azure's own names (azure_names.hpp).
  std::string proxy_chain_pem;
  std::string proxy_key_pem;  ///< Never logged.
};
/// Makes what is missing, unreadable or about to run out, and keeps the rest. Throws
/// std::runtime_error with the path and the reason.
Authority open_authority(const std::filesystem::path& folder, const Clock& clock);
/// Where the authority of a store lives: `X.db.ca` beside `X.db`. For an empty path it makes a
/// fresh temporary folder, which is the caller's to remove.
std::filesystem::path authority_folder(const std::filesystem::path& store);

struct ListenerOptions {
  std::string address = "127.0.0.1";  ///< Anything but loopback needs `allow_remote`.
  bool allow_remote = false;
  unsigned short port = 0;  ///< 0: the system picks one.
  /// Where to serve as a proxy too, always on loopback: CONNECT to one of Azure's own names is
  /// answered by the emulator itself. Unset: no proxy; 0: the system picks a port.
  std::optional<unsigned short> proxy_port{};
  int threads = 2;
  /// Bytes of a request's head and body; more is answered 431 or 413.
  std::size_t max_head = std::size_t{64} << 10, max_body = std::size_t{8} << 20;
  int max_connections = 2000;
  std::chrono::seconds idle_timeout{60};
};

/// Serves until destroyed; its threads end then. Owns a share of the emulator.
class Listener {
 public:
  /// Throws std::runtime_error when the address cannot be bound (says which, and why).
  Listener(std::shared_ptr<Emulator> emulator, const Authority& authority,
           ListenerOptions options = {});
  ~Listener();
  unsigned short port() const;
  std::string base_url() const;   ///< `https://localhost:PORT`
  std::string proxy_url() const;  ///< `http://127.0.0.1:PORT`; empty where there is no proxy.

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace akv::emulator
