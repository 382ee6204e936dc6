#include "support/loopback_server.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <arpa/inet.h>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstring>
#include <deque>
#include <mutex>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace akv::test {
namespace {

using namespace std::chrono_literals;

int listen_on_loopback(int* port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (fd < 0 || ::bind(fd, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::listen(fd, 64) != 0 || ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error(std::string("cannot listen on loopback: ") + std::strerror(errno));
  *port = ntohs(address.sin_port);
  return fd;
}

int connect_to_loopback(int port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) ::close(fd);
  return fd;
}

// cpprestsdk's threads end after OpenSSL's clean-up at exit, and what it keeps for each of them
// would be reported as a leak. It has to be told before anything else is asked of it.
[[maybe_unused]] const int no_clean_up_at_exit =
    OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);

/// OpenSSL writes to sockets without MSG_NOSIGNAL.
void block_sigpipe() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

std::string head(int status, std::size_t length,
                 const std::vector<std::pair<std::string, std::string>>& headers = {}) {
  std::string text = "HTTP/1.1 " + std::to_string(status) + " Reason\r\n";
  for (const auto& [name, value] : headers) text += name + ": " + value + "\r\n";
  return text + "Content-Length: " + std::to_string(length) + "\r\n\r\n";
}

}  // namespace

struct LoopbackServer::State {
  int listener = -1;
  int port = 0;
  std::shared_ptr<SSL_CTX> tls;

  std::mutex mutex;  // guards all below
  std::condition_variable changed;
  bool stopping = false;
  std::deque<Reaction> script;
  std::vector<Seen> seen;
  std::vector<int> sockets;
  std::vector<std::thread> threads;
  int connections = 0;
  int busy = 0;

  void accept_all();
  void serve(int fd, int number);
};

namespace {

class Connection final : public PeerConnection {
 public:
  Connection(int fd, SSL_CTX* tls, std::mutex& mutex, std::condition_variable& changed,
             const bool& stopping)
      : fd_(fd), mutex_(mutex), changed_(changed), stopping_(stopping) {
    if (!tls) return;
    ssl_.reset(SSL_new(tls));
    SSL_set_fd(ssl_.get(), fd);
  }

  bool open() { return !ssl_ || SSL_accept(ssl_.get()) == 1; }

  bool send(std::string_view bytes) override {
    while (!bytes.empty()) {
      const auto sent = ssl_ ? SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()))
                             : ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  void wait_for_hang_up() override {
    char byte = 0;
    while (receive(&byte, 1) > 0) {
    }
  }

  void relay(int port) override {
    const int other = connect_to_loopback(port);
    pollfd ends[] = {{fd_, POLLIN, 0}, {other, POLLIN, 0}};
    const auto carry = [](int from, int to) {
      char block[16384];
      const auto got = ::recv(from, block, sizeof block, 0);
      return got > 0 && ::send(to, block, static_cast<std::size_t>(got), MSG_NOSIGNAL) == got;
    };
    // The server's end shuts fd_ down, which wakes this up.
    while (::poll(ends, 2, -1) > 0)
      if ((ends[0].revents && !carry(fd_, other)) || (ends[1].revents && !carry(other, fd_))) break;
    ::close(other);
  }

  bool pause(int milliseconds) override {
    std::unique_lock lock(mutex_);
    return !changed_.wait_for(lock, std::chrono::milliseconds(milliseconds),
                              [this] { return stopping_; });
  }

  /// Head and body of the next request; empty at the end of the connection.
  std::string read_request() {
    std::string text = std::move(rest_);
    rest_.clear();
    std::size_t end = std::string::npos;
    while ((end = text.find("\r\n\r\n")) == std::string::npos)
      if (!read_more(text)) return {};
    std::size_t length = 0;
    // stoul skips the blank that may follow.
    if (const auto at = text.find("Content-Length:"); at < end)
      length = std::stoul(text.substr(at + 15));
    while (text.size() < end + 4 + length)
      if (!read_more(text)) return {};
    rest_ = text.substr(end + 4 + length);
    text.resize(end + 4 + length);
    return text;
  }

  void close_in_order() {
    if (ssl_) SSL_shutdown(ssl_.get());
  }

 private:
  long receive(char* to, std::size_t size) {
    return ssl_ ? SSL_read(ssl_.get(), to, static_cast<int>(size)) : ::recv(fd_, to, size, 0);
  }
  bool read_more(std::string& text) {
    char block[4096];
    const long got = receive(block, sizeof block);
    if (got <= 0) return false;
    text.append(block, static_cast<std::size_t>(got));
    return true;
  }

  struct FreeSsl {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
  };
  const int fd_;
  std::unique_ptr<SSL, FreeSsl> ssl_;
  std::string rest_;
  // The server's, which joins this connection's thread before it dies.
  std::mutex& mutex_;
  std::condition_variable& changed_;
  const bool& stopping_;
};

}  // namespace

void LoopbackServer::State::accept_all() {
  for (;;) {
    const int fd = ::accept(listener, nullptr, nullptr);
    std::lock_guard lock(mutex);
    if (fd < 0 || stopping) {
      if (fd >= 0) ::close(fd);
      return;
    }
    sockets.push_back(fd);
    threads.emplace_back([this, fd, number = ++connections] { serve(fd, number); });
    changed.notify_all();
  }
}

void LoopbackServer::State::serve(int fd, int number) {
  block_sigpipe();
  {
    Connection connection(fd, tls.get(), mutex, changed, stopping);
    bool open = connection.open();
    while (open) {
      std::string text = connection.read_request();
      if (text.empty()) break;
      Reaction reaction = answer(200);
      {
        std::lock_guard lock(mutex);
        seen.push_back({number, std::move(text)});
        if (!script.empty()) {
          reaction = std::move(script.front());
          script.pop_front();
        }
        ++busy;
        changed.notify_all();
      }
      open = reaction(connection);
      std::lock_guard lock(mutex);
      --busy;
      changed.notify_all();
    }
    connection.close_in_order();
  }
  std::lock_guard lock(mutex);
  std::erase(sockets, fd);
  ::close(fd);
  changed.notify_all();
}

LoopbackServer::LoopbackServer(const TestCertificate* certificate)
    : state_(std::make_shared<State>()) {
  State& state = *state_;
  state.listener = listen_on_loopback(&state.port);
  if (certificate) {
    state.tls.reset(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
    BIO* const text = BIO_new_mem_buf(certificate->certificate_pem.data(), -1);
    BIO* const key_text = BIO_new_mem_buf(certificate->key_pem.data(), -1);
    X509* const x509 = PEM_read_bio_X509(text, nullptr, nullptr, nullptr);
    EVP_PKEY* const key = PEM_read_bio_PrivateKey(key_text, nullptr, nullptr, nullptr);
    SSL_CTX_use_certificate(state.tls.get(), x509);
    SSL_CTX_use_PrivateKey(state.tls.get(), key);
    X509_free(x509);
    EVP_PKEY_free(key);
    BIO_free(text);
    BIO_free(key_text);
  }
  state.threads.emplace_back([&state] { state.accept_all(); });
}

LoopbackServer::~LoopbackServer() {
  std::vector<std::thread> threads;
  {
    std::lock_guard lock(state_->mutex);
    state_->stopping = true;
    for (const int fd : state_->sockets) ::shutdown(fd, SHUT_RDWR);
    ::shutdown(state_->listener, SHUT_RDWR);
    threads.swap(state_->threads);
    state_->changed.notify_all();
  }
  for (std::thread& thread : threads) thread.join();
  ::close(state_->listener);
}

LoopbackServer& LoopbackServer::then(Reaction reaction) {
  std::lock_guard lock(state_->mutex);
  state_->script.push_back(std::move(reaction));
  return *this;
}

int LoopbackServer::port() const { return state_->port; }

std::string LoopbackServer::url(const std::string& path) const {
  return (state_->tls ? "https://localhost:" : "http://127.0.0.1:") + std::to_string(port()) + path;
}

std::vector<LoopbackServer::Seen> LoopbackServer::requests() const {
  std::lock_guard lock(state_->mutex);
  return state_->seen;
}

int LoopbackServer::connections() const {
  std::lock_guard lock(state_->mutex);
  return state_->connections;
}

int LoopbackServer::busy() const {
  std::lock_guard lock(state_->mutex);
  return state_->busy;
}

bool LoopbackServer::wait_until(const std::function<bool(const LoopbackServer&)>& condition) const {
  const auto give_up = std::chrono::steady_clock::now() + 10s;
  while (!condition(*this)) {
    std::unique_lock lock(state_->mutex);
    // Short, because something may have happened between the look and the lock.
    state_->changed.wait_for(lock, 5ms);
    if (std::chrono::steady_clock::now() > give_up) return false;
  }
  return true;
}

Reaction answer(int status, std::string body,
                std::vector<std::pair<std::string, std::string>> headers) {
  return [=](PeerConnection& peer) { return peer.send(head(status, body.size(), headers) + body); };
}

Reaction answer_and_hang_up(int status, std::string body) {
  return [=](PeerConnection& peer) {
    peer.send(head(status, body.size()) + body);
    return false;
  };
}

Reaction send_raw(std::string bytes) {
  return [=](PeerConnection& peer) {
    peer.send(bytes);
    return false;
  };
}

Reaction hang_up() {
  return [](PeerConnection&) { return false; };
}

Reaction never_answer() {
  return [](PeerConnection& peer) {
    peer.wait_for_hang_up();
    return false;
  };
}

Reaction drip(std::string body, int milliseconds) {
  return [=](PeerConnection& peer) {
    if (!peer.send(head(200, body.size()))) return false;
    for (const char byte : body)
      if (!peer.pause(milliseconds) || !peer.send({&byte, 1})) return false;
    return true;
  };
}

Reaction tunnel_to(int port) {
  return [=](PeerConnection& peer) {
    if (peer.send("HTTP/1.1 200 Connection established\r\n\r\n")) peer.relay(port);
    return false;
  };
}

TestCertificate make_test_certificate(const std::string& host, bool expired) {
  EVP_PKEY* const key = EVP_EC_gen("P-256");
  X509* const x509 = X509_new();
  X509_set_version(x509, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
  X509_gmtime_adj(X509_getm_notBefore(x509), expired ? -172800 : -3600);
  X509_gmtime_adj(X509_getm_notAfter(x509), expired ? -86400 : 86400);
  X509_set_pubkey(x509, key);
  X509_NAME* const name = X509_get_subject_name(x509);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>("test authority"), -1, -1, 0);
  X509_set_issuer_name(x509, name);
  const bool is_address = host.find_first_not_of("0123456789.") == std::string::npos;
  const std::string names = (is_address ? "IP:" : "DNS:") + host;
  for (const auto& [id, value] : {std::pair<int, const char*>{NID_basic_constraints, "CA:TRUE"},
                                  {NID_subject_alt_name, names.c_str()}}) {
    X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, id, value);
    X509_add_ext(x509, extension, -1);
    X509_EXTENSION_free(extension);
  }
  X509_sign(x509, key, EVP_sha256());

  TestCertificate made;
  const auto take = [](BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    std::string text(data, static_cast<std::size_t>(size));
    BIO_free(bio);
    return text;
  };
  BIO* const certificate = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(certificate, x509);
  made.certificate_pem = take(certificate);
  BIO* const private_key = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(private_key, key, nullptr, nullptr, 0, nullptr, nullptr);
  made.key_pem = take(private_key);
  X509_free(x509);
  EVP_PKEY_free(key);
  return made;
}

int unused_port() {
  int port = 0;
  ::close(listen_on_loopback(&port));
  return port;
}

}  // namespace akv::test
