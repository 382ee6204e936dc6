/// A scripted HTTP peer on loopback over plain sockets, with or without TLS: it misbehaves exactly
/// as told, which no HTTP library would.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace akv::test {

/// One accepted connection, as a reaction sees it. Used by one thread at a time.
class PeerConnection {
 public:
  virtual ~PeerConnection() = default;
  /// False when the client is gone or the server is being destroyed.
  virtual bool send(std::string_view bytes) = 0;
  /// Waits until the client hangs up or the server is destroyed.
  virtual void wait_for_hang_up() = 0;
  /// Connects to `port` of loopback and carries bytes both ways until either side ends.
  virtual void relay(int port) = 0;
  /// Waits `milliseconds`; false when the server is being destroyed.
  virtual bool pause(int milliseconds) = 0;
};

/// What to do about one request; returns whether the connection stays open.
using Reaction = std::function<bool(PeerConnection&)>;

Reaction answer(int status, std::string body = {},
                std::vector<std::pair<std::string, std::string>> headers = {});
/// The answer, and then the connection is closed although nothing in it says so.
Reaction answer_and_hang_up(int status, std::string body = {});
Reaction send_raw(std::string bytes);  ///< Closes afterwards.
Reaction hang_up();                    ///< Closes in order (FIN) without an answer.
Reaction never_answer();
/// Head and then one byte of the body every `milliseconds`.
Reaction drip(std::string body, int milliseconds);

/// What a proxy does about CONNECT: says yes, and is a tunnel to `port` of loopback.
Reaction tunnel_to(int port);

/// A self-signed certificate for `host` (a DNS name or an IPv4 address), valid for a day, or
/// already expired.
struct TestCertificate {
  std::string certificate_pem;
  std::string key_pem;
};
TestCertificate make_test_certificate(const std::string& host, bool expired = false);

class LoopbackServer {
 public:
  /// Listens on 127.0.0.1 at a free port. With a certificate it speaks TLS.
  explicit LoopbackServer(const TestCertificate* certificate = nullptr);
  ~LoopbackServer();
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  /// Reactions are used up in the order in which requests arrive; after the last one every request
  /// is answered with 200 and an empty body.
  LoopbackServer& then(Reaction reaction);

  int port() const;
  /// `http://127.0.0.1:PORT` + path, or `https://localhost:PORT` + path.
  std::string url(const std::string& path) const;

  struct Seen {
    int connection = 0;  ///< Counted from 1, in the order of arrival.
    std::string text;    ///< Head and body.
  };
  std::vector<Seen> requests() const;
  int connections() const;
  /// How many requests are being reacted to at this moment.
  int busy() const;
  /// Waits until `condition` holds, looking whenever something happened. False after 10 s.
  bool wait_until(const std::function<bool(const LoopbackServer&)>& condition) const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

/// A port of loopback at which nobody listens.
int unused_port();

}  // namespace akv::test
