/// What the operation groups of all service clients are made of: build a path, send, check the
/// status, decode. For those who add operations; who calls them needs only the group's own header.
#pragma once
#include "akv/mgmt/arm/answer.hpp"
#include "akv/mgmt/arm/client.hpp"
#include "akv/mgmt/arm/pager.hpp"
#include "akv/mgmt/arm/path.hpp"
#include "akv/mgmt/arm/poller.hpp"
#include "akv/mgmt/json/codec.hpp"

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace akv::arm {

using Query = std::vector<std::pair<std::string, std::string>>;

/// One request of an operation, for a braced call.
struct Call {
  http::Method method = http::Method::get;
  const char* operation = "";  ///< `Vaults.get`; of static lifetime.
  std::string path{};          ///< Encoded, starts with `/`.
  Query query{};
  std::string body{};
  bool idempotent_post = false;  ///< A POST that may be repeated without harm.
  std::string_view secret{};     ///< In the body, and in no error; must outlive the call.
};

/// Immutable, safe to share between threads; shares the core of the client that made it, and may
/// outlive it. Every function throws TransportError, AuthenticationError, CancelledError, and the
/// member of the AzureError family that fits an answer whose status it does not name.
class OperationGroup {
 public:
  OperationGroup(ArmClient arm, std::string subscription_id, std::string api_version)
      : arm_(std::move(arm)),
        subscription_id_(std::move(subscription_id)),
        api_version_(std::move(api_version)) {}

 protected:
  // Paths. They are relative to the subscription of the group.

  /// `/subscriptions/{subscription}`
  Path subscription_scope(std::string_view operation) const {
    return subscription_path(operation, subscription_id_);
  }
  /// `/subscriptions/{subscription}/resourceGroups/{group}`
  Path group_scope(std::string_view operation, std::string_view resource_group_name) const;

  // Requests.

  http::Response send(const Call& call, std::initializer_list<int> accepted,
                      const CallOptions& options) const;

  /// 200; a 204 is a NotFoundError.
  template <class T>
  T send_get(const char* operation, std::string path, const CallOptions& options,
             Query query = {}) const {
    return model<T>({http::Method::get, operation, std::move(path), std::move(query)}, {200, 204},
                    options);
  }
  /// 200; nullopt for 204 and 404.
  template <class T>
  std::optional<T> send_find(const char* operation, std::string path, const CallOptions& options,
                             Query query = {}) const {
    const Call call{http::Method::get, operation, std::move(path), std::move(query)};
    const http::Response answer = send(call, {200, 204, 404}, options);
    if (answer.status != 200) return std::nullopt;
    return decode<T>(answer, operation, call.path);
  }
  /// 200 or 201.
  template <class T, class Body>
  T send_put(const char* operation, std::string path, const Body& body,
             const CallOptions& options) const {
    return model<T>({http::Method::put, operation, std::move(path), {}, json::encode(body)},
                    {200, 201}, options);
  }
  /// 200 or 201.
  template <class T, class Body>
  T send_patch(const char* operation, std::string path, const Body& body,
               const CallOptions& options) const {
    return model<T>({http::Method::patch, operation, std::move(path), {}, json::encode(body)},
                    {200, 201}, options);
  }
  /// A POST that changes nothing, and so may be repeated: 200.
  template <class T, class Body>
  T send_question(const char* operation, std::string path, const Body& body,
                  const CallOptions& options) const {
    return model<T>({http::Method::post, operation, std::move(path), {}, json::encode(body), true},
                    {200}, options);
  }
  /// A POST without a body that may be repeated: 200.
  template <class T>
  T send_action(const char* operation, std::string path, const CallOptions& options) const {
    return model<T>({http::Method::post, operation, std::move(path), {}, {}, true}, {200}, options);
  }
  /// DELETE of what the service shows once more: nullopt for 204 (there was none), and for a 404
  /// after an earlier attempt whose answer was lost.
  template <class T>
  std::optional<T> send_remove(const char* operation, std::string path, const CallOptions& options,
                               Query query = {}) const {
    const Call call{http::Method::del, operation, std::move(path), std::move(query)};
    const http::Response answer = send(call, {200, 204, 404}, options);
    // After a lost answer it was the earlier attempt that found something.
    if (answer.status == 404 && !answer.after_lost_answer)
      throw_error(answer, operation, call.path);
    if (answer.status != 200) return std::nullopt;
    return decode<T>(answer, operation, call.path);
  }
  /// DELETE: true for 200, false for 204 (there was none).
  bool send_delete(const char* operation, std::string path, const CallOptions& options) const;

  template <class T>
  Pager<T> pager(const char* operation, const std::string& path, const Query& query,
                 const CallOptions& options) const {
    return Pager<T>(pages(operation, path, query, version_for(options), options));
  }

  // Long-running operations.

  /// How one ends and how it is waited for.
  struct Following {
    FinalState final_state = FinalState::none;
    std::chrono::seconds interval{60};  ///< Between questions where the service names no time.
  };
  template <class T>
  Poller<T> start(const Call& call, std::initializer_list<int> accepted, const Following& how,
                  const CallOptions& options) const {
    return Poller<T>(start_poller(call, accepted, how, options));
  }
  template <class T>
  Poller<T> resume(const char* operation, std::string_view token, const Following& how,
                   const CallOptions& options) const {
    return Poller<T>(OperationPoller::resume(
        arm_, token,
        {.operation = operation, .target = {}, .interval = how.interval, .options = options}));
  }

  // What the above are made of.

  template <class T>
  T model(const Call& call, std::initializer_list<int> accepted, const CallOptions& options) const {
    return decode<T>(send(call, accepted, options), call.operation, call.path);
  }
  PageSource pages(const char* operation, const std::string& path, const Query& query,
                   const std::string& api_version, const CallOptions& options) const;
  OperationPoller start_poller(const Call& call, std::initializer_list<int> accepted,
                               const Following& how, const CallOptions& options) const;

  /// The deadline, stop token and clock of a call, to wait by.
  Context context_of(const CallOptions& options) const {
    return arm_.on_client_clock(options.context);
  }
  const std::string& subscription_id() const { return subscription_id_; }
  const std::string& version_for(const CallOptions& options) const {
    return options.api_version.empty() ? api_version_ : options.api_version;
  }

 private:
  ArmClient arm_;
  std::string subscription_id_;
  std::string api_version_;
};

/// `$top` where it is given.
Query top_query(std::optional<int> top);
/// The pairs whose value is not empty.
Query given(Query query);

}  // namespace akv::arm
