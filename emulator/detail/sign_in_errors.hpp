// How the token service words its refusals.
#pragma once
#include "akv/mgmt/core/clock.hpp"
#include "akv/mgmt/core/random.hpp"
#include "akv/mgmt/http/message.hpp"
#include "akv/mgmt/json/document.hpp"

#include <string>
#include <string_view>

namespace akv::emulator {

/// An answer of the token service: JSON that nobody may keep.
http::Response sign_in_response(int status, const json::Document& body);

/// A client's text as it may stand in a message: short, and nothing but printable ASCII.
std::string shown(std::string_view text);

/// Makes errors in the service's form, with the ids and the time of one request.
class SignInErrors {
 public:
  SignInErrors(const http::Request& request, Clock::SystemTime now, RandomSource& random);

  http::Response operator()(int status, const char* error, int code, const std::string& text) const;
  http::Response missing(std::string_view parameter) const;
  http::Response unknown_tenant(std::string_view tenant) const;

 private:
  std::string now_, trace_, correlation_;
};

}  // namespace akv::emulator
