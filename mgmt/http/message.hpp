/// HTTP requests and responses as the pipeline, the transports and the emulator see them.
#pragma once
#include "akv/mgmt/http/retry_options.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace akv::http {

enum class Method { get, head, put, post, patch, del };
std::string_view to_string(Method method);                  ///< `GET`, …, `DELETE`.
std::optional<Method> parse_method(std::string_view text);  ///< Exact upper case.

/// Names compare without case; the order and repeated names are kept.
class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<std::pair<std::string, std::string>> list) : list_(list) {}
  /// The first value of that name, or nullopt. The view lives as long as this object is unchanged.
  std::optional<std::string_view> get(std::string_view name) const;
  bool has(std::string_view name) const { return get(name).has_value(); }
  void set(std::string_view name, std::string value);  ///< Replaces all of that name.
  void add(std::string_view name, std::string value);  ///< Keeps what is there.
  void erase(std::string_view name);
  auto begin() const { return list_.begin(); }
  auto end() const { return list_.end(); }
  std::size_t size() const { return list_.size(); }

 private:
  std::vector<std::pair<std::string, std::string>> list_;
};

/// One request. `url` is absolute.
struct Request {
  Method method = Method::get;
  std::string url;
  Headers headers{};
  std::string body{};
  /// For messages and logs: `Vaults.get`. Not sent.
  std::string operation{};
  /// A POST that may be repeated without harm (checkNameAvailability). GET, HEAD, PUT and DELETE
  /// always may, PATCH as well: ARM's are merges.
  bool idempotent_post = false;
  /// For this request instead of the client's.
  std::optional<RetryOptions> retry{};
  /// How often it was handed to the transport so far; counted by the pipeline.
  int attempts = 0;
};
/// Whether the request may be sent again after an answer was lost.
bool is_idempotent(const Request& request);

struct Response {
  int status = 0;
  Headers headers{};
  std::string body{};
  int attempts = 1;  ///< How often the pipeline sent the request for this answer.
  /// Whether the answer to an earlier attempt was lost, which may have done the work.
  bool after_lost_answer = false;
};

/// `https://host:port/path?query` in parts, as written (nothing is decoded). nullopt unless the
/// scheme is http or https and there is a host.
struct Url {
  std::string scheme, host, path, query;  ///< path starts with `/`; query without `?`.
  int port = 0;                           ///< The scheme's default where none is given.
  std::string authority() const;          ///< `host:port`, lower case: equal for equal origins.
  std::string origin() const;             ///< `https://host:port`
  static std::optional<Url> parse(std::string_view text);
};
std::string percent_encode(std::string_view text);  ///< All but RFC 3986's unreserved characters.
std::string percent_decode(std::string_view text);  ///< Bad escapes are kept as they are.
/// The decoded value of a query parameter; the name compares without case (`$top`, `api-version`).
std::optional<std::string> query_parameter(std::string_view query, std::string_view name);

}  // namespace akv::http
