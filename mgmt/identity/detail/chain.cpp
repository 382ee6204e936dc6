#include "akv/mgmt/identity/detail/chain.hpp"

#include "akv/mgmt/identity/detail/refusal.hpp"

#include <mutex>
#include <utility>

namespace akv::identity::detail {
namespace {

void append(std::string& list, const std::string& name, const std::string& reason) {
  list += (list.empty() ? "" : "; ") + name + ": " + reason;
}

/// The refusal, with those that were passed over before it; what to do stays at its end.
ErrorInfo after(ErrorInfo refusal, const std::string& passed_over) {
  if (passed_over.empty()) return refusal;
  const std::string before = " (passed over before it: " + passed_over + ")";
  const auto remedy = refusal.message.rfind("; ");
  refusal.message.insert(remedy == std::string::npos ? refusal.message.size() : remedy, before);
  return refusal;
}

class Chain final : public TokenCredential {
 public:
  Chain(std::vector<ChainLink> links, std::string remedy)
      : links_(std::move(links)), remedy_(std::move(remedy)) {}

  AccessToken get_token(const TokenRequest& request, const Context& context) override {
    if (const auto known = chosen()) return known->get_token(request, context);
    std::string passed_over;
    for (const ChainLink& link : links_) {
      try {
        AccessToken token = link.credential->get_token(request, context);
        choose(link.credential);
        return token;
      } catch (const CredentialUnavailableError& error) {
        append(passed_over, link.name, error.info().message);
      } catch (const AuthenticationError& error) {
        if (!link.lenient) throw AuthenticationError(after(error.info(), passed_over));
        append(passed_over, link.name, error.info().message);
      }
    }
    // So that a chain within a chain is passed over too.
    unavailable("no credential to sign in with (" + passed_over + "); " + remedy_);
  }

  std::string describe() const override {
    if (const auto known = chosen()) return known->describe();
    std::string text;
    for (const ChainLink& link : links_)
      text +=
          (text.empty() ? "the first that is available of: " : ", ") + link.credential->describe();
    return text.empty() ? "no credential" : text;
  }

 private:
  std::shared_ptr<TokenCredential> chosen() const {
    std::lock_guard lock(mutex_);
    return chosen_;
  }
  void choose(const std::shared_ptr<TokenCredential>& credential) {
    std::lock_guard lock(mutex_);
    if (!chosen_) chosen_ = credential;
  }

  const std::vector<ChainLink> links_;
  const std::string remedy_;
  mutable std::mutex mutex_;                 // guards chosen_; not held while a credential is asked
  std::shared_ptr<TokenCredential> chosen_;  // the first that gave a token
};

}  // namespace

std::shared_ptr<TokenCredential> make_chain(std::vector<ChainLink> links, std::string remedy) {
  return std::make_shared<Chain>(std::move(links), std::move(remedy));
}

}  // namespace akv::identity::detail
