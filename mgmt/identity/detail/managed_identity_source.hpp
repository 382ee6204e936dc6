/// The services that give tokens to a managed identity.
#pragma once
#include "akv/mgmt/identity/detail/channel.hpp"
#include "akv/mgmt/identity/managed_identity.hpp"

#include <memory>
#include <string>

namespace akv::identity::detail {

/// One such service. Safe to share between threads.
class ManagedIdentitySource {
 public:
  virtual ~ManagedIdentitySource() = default;
  /// `resource` is the scope without its `/.default`.
  virtual AccessToken get(const std::string& resource, const Context& context) = 0;
  virtual std::string name() const = 0;  ///< `App Service`
};

/// How one of the services that need no more than a request is asked.
struct EndpointTerms {
  std::string name;
  std::string endpoint;
  Form parameters;  ///< `api-version` and what names the identity.
  http::Headers headers;
  std::vector<std::string> secrets{};
  bool post = false;  ///< The parameters go into a form.
};
std::unique_ptr<ManagedIdentitySource> make_endpoint_source(EndpointTerms terms,
                                                            const CredentialOptions& options);

struct ArcTerms {
  std::string endpoint;
  /// Where the agent puts its keys: a path elsewhere is refused, whoever names it.
  std::string key_folder = "/var/opt/azcmagent/tokens";
  /// Unavailable where the agent does not answer or its key cannot be read, because others of a
  /// chain come after it: most users of such a machine are not the agent's.
  bool give_way = false;
};
std::unique_ptr<ManagedIdentitySource> make_arc_source(ArcTerms terms,
                                                       const CredentialOptions& options);

struct ImdsTerms {
  std::string host = "http://169.254.169.254";
  Form identity;  ///< The parameter that names a user-assigned one.
  bool probe = false;
};
std::unique_ptr<ManagedIdentitySource> make_imds_source(ImdsTerms terms,
                                                        const CredentialOptions& options);

/// `url?a=b&c=d`
std::string with_parameters(const std::string& url, const Form& parameters);
/// What a service says of itself in an error: OAuth's `error_description`, `message`,
/// `error.message`.
std::string reason_in(const http::Response& response, const std::vector<std::string>& secrets = {});
/// Whether it is a JSON object of at most 1 MiB, as all that these services answer.
bool is_json(const http::Response& response);
/// The token of a good answer; throws AuthenticationError, in words, for every other.
AccessToken token_from(const http::Response& response, const std::string& source,
                       Clock::SystemTime asked_at, const std::vector<std::string>& secrets = {});

}  // namespace akv::identity::detail
