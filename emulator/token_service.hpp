/// Microsoft Entra's token service, as far as an application that signs in by a secret needs it.
#pragma once
#include "akv/emulator/signing_key.hpp"
#include "akv/mgmt/core/clock.hpp"
#include "akv/mgmt/core/random.hpp"
#include "akv/mgmt/http/message.hpp"

#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace akv::emulator {

/// Who a valid token speaks for.
struct Caller {
  std::string object_id, app_id, tenant_id, name;
  bool is_user = false;
  /// As systemData and messages name the caller: a user by name, an application by its id.
  const std::string& by() const { return is_user ? name : app_id; }
  const char* kind() const { return is_user ? "User" : "Application"; }
};

/// Where a 401 sends who asked: the sign-in of Azure's cloud of that name, else this emulator's
/// own, at the host that the request names.
std::string authorization_uri(const http::Headers& headers, std::string_view tenant);

/// Whom a token is for.
enum class Audience { arm, graph };

/// Signs tokens for its applications and checks them again. Safe to use from any thread.
class TokenService {
 public:
  struct Application {
    std::string tenant_id, client_id, client_secret, object_id, name;
    /// Signs in by `grant_type=password`: `client_id` is the user's name, the secret the password.
    bool is_user = false;
    Clock::SystemTime secret_expires = Clock::SystemTime::max();
  };
  /// A body of the token route may be this long and hold this many fields.
  static constexpr std::size_t max_form = std::size_t{64} << 10, max_form_fields = 64;
  /// What `expires_in` says of a new token.
  static constexpr std::chrono::seconds lifetime{3599};

  /// `signing_key_pem` comes from new_signing_key(). Throws std::runtime_error when it is no RSA
  /// key.
  TokenService(const std::string& signing_key_pem, std::vector<Application> applications);

  void add(Application application);
  /// By object id, by client id or by a user's name; without case.
  std::optional<Application> principal(std::string_view tenant, std::string_view id) const;

  static std::string new_signing_key();
  /// 40 characters from OpenSSL's generator, none of which a shell or URL treats specially.
  static std::string new_secret();

  /// Whether the path is one of the sign-in routes: token, openid-configuration, instance
  /// discovery, key set.
  bool owns(const http::Url& url) const;
  /// Answers a request that it owns. URLs in the answer point at the request's own host, and a
  /// `client-request-id` comes back.
  http::Response handle(const http::Request& request, Clock::SystemTime now,
                        RandomSource& random) const;
  /// The caller of a request to ARM (or Graph), or the 401 that ARM gives.
  std::variant<Caller, http::Response> authenticate(const http::Headers& headers,
                                                    Clock::SystemTime now,
                                                    Audience audience = Audience::arm) const;

 private:
  http::Response dispatch(const http::Request& request, Clock::SystemTime now,
                          RandomSource& random) const;
  http::Response issue_token(std::string_view tenant, bool v2, const http::Request& request,
                             Clock::SystemTime now, RandomSource& random) const;
  bool knows_tenant(std::string_view tenant) const;
  std::optional<Application> find(std::string_view tenant, std::string_view client_id) const;

  SigningKey key_;
  mutable std::shared_mutex mutex_;  // guards applications_
  std::vector<Application> applications_;
};

}  // namespace akv::emulator
