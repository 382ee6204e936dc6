/// Registers a resource provider where the service refuses a request for want of it.
#pragma once
#include "akv/mgmt/http/pipeline.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace akv::arm {

/// After 409 `MissingSubscriptionRegistration`: `POST /subscriptions/{s}/providers/{ns}/register`,
/// a GET every 10 s until it is registered, for `context.max_wait` at most, and the request once
/// more. The namespace is the one that the message names, else the one in the request's path; a
/// text that is no namespace is not used. Where it cannot be registered, or not in time, the first
/// answer comes back. Sends through the policies after it, so it stands before the retries. Needs
/// the right to `{ns}/register/action`, which Contributor has.
std::unique_ptr<http::Policy> make_registration_policy();

/// The namespace to register for a refused request, or empty: from the service's message, else from
/// the last provider in the URL's path.
std::string missing_namespace(std::string_view message, std::string_view path);

}  // namespace akv::arm
