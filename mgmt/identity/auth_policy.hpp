/// Puts a bearer token on each request, from a cache.
#pragma once
#include "akv/mgmt/http/pipeline.hpp"
#include "akv/mgmt/identity/credential.hpp"

#include <memory>
#include <string>

namespace akv::identity {

/// One token for each scope, refreshed ahead of its end by one thread at a time while the old one
/// still serves; an old token that still works survives a failed refresh. After a 401 the token is
/// renewed once (with the claims of a challenge) and the request sent again. Refuses to put a
/// token on a URL that is not https, except to loopback is no exception: https only.
std::unique_ptr<http::Policy> make_auth_policy(std::shared_ptr<TokenCredential> credential,
                                               std::string scope);

}  // namespace akv::identity
