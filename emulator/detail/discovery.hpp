// The sign-in routes, and what a client may learn before it signs in.
#pragma once
#include "akv/emulator/detail/sign_in_errors.hpp"
#include "akv/mgmt/http/message.hpp"

#include <string>
#include <string_view>

namespace akv::emulator {

enum class SignInRoute { none, token_v1, token_v2, openid_v1, openid_v2, instance, keys };

struct SignInTarget {
  SignInRoute route = SignInRoute::none;
  std::string tenant;
};
SignInTarget sign_in_target(const http::Url& url);

/// `common` and `organizations`, which stand for whatever tenant a user comes from.
bool is_any_tenant(std::string_view tenant);

/// The OpenID Connect metadata of a tenant; its URLs point at the request's own host.
http::Response openid_configuration(const http::Url& url, std::string_view tenant, bool v2);
/// What MSAL asks about an authority that it does not know.
http::Response instance_discovery(const http::Url& url, const SignInErrors& errors);

}  // namespace akv::emulator
