/// Puts a bearer token on each request, from a cache.
#pragma once
#include "akv/mgmt/http/pipeline.hpp"
#include "akv/mgmt/identity/credential.hpp"

#include <memory>
#include <string>
#include <vector>

namespace akv::identity {

/// One token for the scope, refreshed ahead of its end by one thread at a time while the old one
/// still serves; an old token that still works survives a failed refresh, and the next try is half
/// a minute later. Threads that wait for another's request get its failure. After a 401 the token
/// is renewed once (with the claims of a challenge, if it has any) and the request sent again,
/// unless the token is of the wrong tenant. Because it can do that, it asks with
/// TokenRequest::enable_cae. Throws AuthenticationError rather than put a token on a
/// URL that is not https, loopback included. Which host may have it is for the caller to decide: a
/// link in an answer must be checked before it is followed.
///
/// The tokens of `auxiliary_tenants` are kept likewise, and go along as
/// `x-ms-authorization-auxiliary: Bearer …, Bearer …` in the tenants' order. After a 401 that asks
/// for no claims they are renewed too, because ARM does not say which token it refuses.
std::unique_ptr<http::Policy> make_auth_policy(
    std::shared_ptr<TokenCredential> credential, std::string scope,
    const std::vector<std::string>& auxiliary_tenants = {});

}  // namespace akv::identity
