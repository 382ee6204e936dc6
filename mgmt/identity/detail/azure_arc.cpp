// Azure Arc: the agent answers with the name of a file that only privileged users can read, and
// wants its content back.
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/identity/detail/managed_identity_source.hpp"
#include "akv/mgmt/identity/detail/refusal.hpp"
#include "akv/mgmt/identity/detail/small_file.hpp"

#include <filesystem>
#include <utility>

namespace akv::identity::detail {
namespace {

constexpr std::size_t max_key_bytes = 4096;

class ArcSource final : public ManagedIdentitySource {
 public:
  ArcSource(ArcTerms terms, const CredentialOptions& options)
      : terms_(std::move(terms)), channel_(options) {}

  AccessToken get(const std::string& resource, const Context& context) override {
    if (!http::Url::parse(terms_.endpoint))
      refuse("the endpoint of Azure Arc is no URL; check IDENTITY_ENDPOINT");
    const http::Response challenge = ask(resource, {}, context);
    if (challenge.status != 401)
      refuse("Azure Arc answered HTTP " + std::to_string(challenge.status) +
                 " where it should name a key file; check IDENTITY_ENDPOINT, and the agent by "
                 "azcmagent show",
             terms_.endpoint);
    const std::string path = checked_path(challenge);
    const std::string key(ascii::trim(read_key(path)));
    if (key.empty() || key.find_first_of("\r\n") != std::string::npos)
      refuse("the key of the Azure Arc agent in " + path + " is no key; restart the agent", path);
    const auto asked_at = context.clock->now();
    return token_from(ask(resource, key, context), name(), asked_at, {key});
  }

  std::string name() const override { return "Azure Arc"; }

 private:
  std::string read_key(const std::string& path) const {
    try {
      return read_small_file(path, max_key_bytes, "the key of the Azure Arc agent",
                             "run as root, or as a member of the group himds");
    } catch (const AuthenticationError& error) {
      if (terms_.give_way) throw CredentialUnavailableError(error.info());
      throw;
    }
  }

  http::Response ask(const std::string& resource, const std::string& key, const Context& context) {
    http::Request request{.url = with_parameters(terms_.endpoint, {{"api-version", "2020-06-01"},
                                                                   {"resource", resource}}),
                          .headers = {{"Metadata", "true"}},
                          .operation = "sign-in"};
    if (!key.empty()) request.headers.set("Authorization", "Basic " + key);
    try {
      return channel_.send(std::move(request), context);
    } catch (const TransportError& error) {
      if (terms_.give_way)
        unavailable("the agent of Azure Arc does not answer: " + error.info().message,
                    terms_.endpoint);
      refuse("no token from Azure Arc: " + error.info().message +
                 "; check the agent by azcmagent show",
             terms_.endpoint);
    }
  }

  /// Whoever answers at the endpoint could name any file and be told what is in it.
  std::string checked_path(const http::Response& challenge) const {
    const std::string_view header = challenge.headers.get("WWW-Authenticate").value_or("");
    constexpr std::string_view start = "Basic realm=";
    if (!ascii::starts_with(header, start))
      refuse("Azure Arc names no key file in its challenge; update its agent", terms_.endpoint);
    std::string_view named = ascii::trim(header.substr(start.size()));
    if (named.size() >= 2 && named.front() == '"' && named.back() == '"')
      named = named.substr(1, named.size() - 2);
    // Compared as text: "..", links and doubled slashes are not what the agent writes.
    const std::string folder = terms_.key_folder + "/";
    if (!named.starts_with(folder) || !named.ends_with(".key") ||
        named.find_first_of(std::string_view("/\0", 2), folder.size()) != std::string_view::npos)
      refuse("Azure Arc names a key file that is none of the agent's: " + quotable(named) +
                 "; check IDENTITY_ENDPOINT, which must be the agent's own",
             terms_.endpoint);
    std::string path(named);
    std::error_code ignored;
    if (std::filesystem::is_symlink(path, ignored))
      refuse("the key file that Azure Arc names is a link: " + path + "; check who can write to " +
                 terms_.key_folder,
             terms_.endpoint);
    return path;
  }

  const ArcTerms terms_;
  Channel channel_;  // locks for itself
};

}  // namespace

std::unique_ptr<ManagedIdentitySource> make_arc_source(ArcTerms terms,
                                                       const CredentialOptions& options) {
  return std::make_unique<ArcSource>(std::move(terms), options);
}

}  // namespace akv::identity::detail
