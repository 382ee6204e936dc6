/// What ARM asks before a handler runs, beside the token: rights, locks, and how many requests.
#pragma once
#include "akv/emulator/service.hpp"

#include <optional>
#include <string>
#include <vector>

namespace akv::emulator {

bool is_write(http::Method method);

/// What the request does. Throws Refusal (AuthorizationFailed) where the caller may not. A list
/// goes through where the caller has any role around it, for what it may read; see list_action.
Target authorize(Call& call, const Route& route, const std::vector<std::string>& segments);

/// Throws Refusal (ScopeLocked) where a lock at the scope, above or, for a deletion, within it is
/// in the way. Locks themselves can always be taken away.
void refuse_locked(const Call& call, const Route& route, const Target& target);

/// The same of a write to `scope`, which the request names beside its own.
void refuse_read_only(const Call& call, std::string_view scope);

RequestKind kind_of(http::Method method, const Route& route);
/// The subscription, or the tenant for requests without one.
std::string_view bucket_of(const Call& call);
/// 429 with Retry-After.
http::Response throttled(const Call& call, const Route& route, std::chrono::seconds wait);
/// What remains; always plenty where nothing is counted.
void add_rate_counters(const Call& call, const Route& route,
                       const std::optional<Allowance>& allowance, http::Response& response);

}  // namespace akv::emulator
