/// OpenSSL over a socket without SIGPIPE.
#pragma once

struct bio_st;  // OpenSSL's BIO

namespace akv::identity::detail {

/// Like OpenSSL's own over a connected socket, which ends the process with SIGPIPE where the peer
/// has gone away and nobody ignores that signal. Does not close `socket`, which must outlive it.
/// Belongs to the caller, or to the SSL that it is set for.
bio_st* make_quiet_bio(int socket);

}  // namespace akv::identity::detail
