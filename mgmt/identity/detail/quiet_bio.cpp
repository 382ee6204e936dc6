#include "akv/mgmt/identity/detail/quiet_bio.hpp"

#include <openssl/bio.h>

#include <cerrno>
#include <sys/socket.h>

namespace akv::identity::detail {
namespace {

int socket_of(BIO* bio) { return static_cast<int>(reinterpret_cast<intptr_t>(BIO_get_data(bio))); }

int end_of(BIO* bio, ssize_t moved, int retry) {
  BIO_clear_retry_flags(bio);
  if (moved < 0 && (errno == EAGAIN || errno == EINTR))
    BIO_set_flags(bio, retry | BIO_FLAGS_SHOULD_RETRY);
  return static_cast<int>(moved);
}

int write(BIO* bio, const char* bytes, int size) {
  return end_of(bio, ::send(socket_of(bio), bytes, static_cast<std::size_t>(size), MSG_NOSIGNAL),
                BIO_FLAGS_WRITE);
}

int read(BIO* bio, char* bytes, int size) {
  return end_of(bio, ::recv(socket_of(bio), bytes, static_cast<std::size_t>(size), 0),
                BIO_FLAGS_READ);
}

// What TLS wants to know of its transport: that a flush has nothing to do.
long control(BIO*, int what, long, void*) { return what == BIO_CTRL_FLUSH ? 1 : 0; }

// Made once and never freed: connections may outlive every static.
const BIO_METHOD* method() {
  static const BIO_METHOD* const made = [] {
    BIO_METHOD* const fresh =
        BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket without SIGPIPE");
    BIO_meth_set_write(fresh, write);
    BIO_meth_set_read(fresh, read);
    BIO_meth_set_ctrl(fresh, control);
    return fresh;
  }();
  return made;
}

}  // namespace

bio_st* make_quiet_bio(int socket) {
  BIO* const bio = BIO_new(method());
  BIO_set_data(bio, reinterpret_cast<void*>(static_cast<intptr_t>(socket)));
  BIO_set_init(bio, 1);
  return bio;
}

}  // namespace akv::identity::detail
