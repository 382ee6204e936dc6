/// HTTPS to a server that is known by its certificate alone.
#pragma once
#include "akv/mgmt/http/pipeline.hpp"

#include <memory>
#include <string>

namespace akv::identity::detail {

/// Trusts the one certificate whose SHA-1 thumbprint this is (40 hexadecimal digits, in either
/// case), whoever signed it and whatever it names: Service Fabric's token service has such a one.
/// One connection for each request, at most 30 s, answers of at most 1 MiB. `send` throws
/// TransportError, before anything is sent when the certificate is another one.
std::shared_ptr<http::Transport> make_pinned_transport(std::string thumbprint);

/// The answer in what a server sent until it closed the connection. Throws TransportError where it
/// is none or not complete.
http::Response parse_answer(std::string_view bytes);

}  // namespace akv::identity::detail
