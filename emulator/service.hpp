/// One request on its way through the emulator, and what every handler does with it.
#pragma once
#include "akv/emulator/access.hpp"
#include "akv/emulator/arm_errors.hpp"
#include "akv/emulator/emulator.hpp"
#include "akv/emulator/known_properties.hpp"
#include "akv/emulator/router.hpp"
#include "akv/emulator/store.hpp"
#include "akv/emulator/throttle.hpp"
#include "akv/emulator/token_service.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace akv::emulator {

/// Lives while one request is handled; borrows all it names from the Emulator and its caller.
struct Call {
  const http::Request& request;
  const http::Url& url;
  Store& store;
  const Options& options;
  RandomSource& random;
  SystemTime now;
  Caller caller{};
  const Provider* provider = nullptr;
  Captures path{};
  std::string api_version{};
  Subscription subscription{};  ///< Where the route has one.
  Group group{};                ///< Where a provider's route has one.
  Access access{};              ///< What the caller may do.
  /// Not empty where a list was let through for what the caller may read of it: the action that it
  /// needs on an element. Page leaves the others out; a list of other keys than ids does it itself.
  std::string list_action{};

  /// The request's body, checked against what is known. Throws Refusal.
  json::Document read_body(std::span<const Property> known) const;
  /// `https://host:port` as the client sees us, for links.
  std::string origin() const;
};

http::Response answer(int status, std::string json = {});
inline http::Response answer(int status, const json::Document& body) {
  return answer(status, body.dump());
}

/// Who asks, or the 401 for one whose token is not good.
using Authentication = std::variant<Caller, http::Response>;

/// Answers one request that is none of the token service's. All or nothing of its work is in the
/// store afterwards. Throws only what the store throws (SqlError).
http::Response serve(const http::Request& request, const http::Url& url, Authentication caller,
                     Store& store, Throttle& throttle, const Options& options, SystemTime now);

/// The headers that every answer of ARM has, where an answer made elsewhere lacks them: the ids of
/// the request, and what keeps it out of caches. None for what is no JSON: that comes from a proxy
/// before ARM.
void complete_answer(const http::Request& request, RandomSource& random, SystemTime now,
                     http::Response& response);

/// Ends the jobs whose time has come, and lets deleted vaults go that are past their date.
void settle(Store& store, SystemTime now);

}  // namespace akv::emulator
