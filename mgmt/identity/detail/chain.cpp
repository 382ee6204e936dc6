#include "akv/mgmt/identity/detail/chain.hpp"

#include "akv/mgmt/identity/detail/refusal.hpp"

#include <mutex>
#include <utility>

namespace akv::identity::detail {
namespace {

std::string listed(const std::vector<PassedOver>& passed_over) {
  std::string list;
  for (const PassedOver& one : passed_over)
    list.append(list.empty() ? "" : "; ").append(one.name).append(": ").append(one.reason);
  return list;
}

/// The refusal, with those that were passed over before it; what to do stays at its end.
ErrorInfo after(ErrorInfo refusal, const std::vector<PassedOver>& passed_over) {
  if (passed_over.empty()) return refusal;
  const std::string before = " (passed over before it: " + listed(passed_over) + ")";
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
    std::vector<PassedOver> passed_over;
    for (const ChainLink& link : links_) {
      try {
        AccessToken token = link.credential->get_token(request, context);
        choose(link.credential, std::move(passed_over));
        return token;
      } catch (const InteractionRequiredError&) {
        throw;  // it is there, and its turn comes when somebody needs the token
      } catch (const CredentialUnavailableError& error) {
        // It may only give way to a sign-in that is under way. Nobody needs this token yet, and the
        // next in the chain may be somebody else.
        if (request.silent) throw;
        passed_over.push_back({.name = link.name, .reason = error.info().message});
      } catch (const AuthenticationError& error) {
        if (!link.lenient) throw AuthenticationError(after(error.info(), passed_over));
        passed_over.push_back({.name = link.name, .reason = error.info().message});
      }
    }
    // So that a chain within a chain is passed over too.
    unavailable("no credential to sign in with (" + listed(passed_over) + "); " + remedy_);
  }

  std::string describe() const override {
    if (const auto known = chosen()) return known->describe();
    std::string text;
    for (const ChainLink& link : links_)
      text +=
          (text.empty() ? "the first that is available of: " : ", ") + link.credential->describe();
    return text.empty() ? "no credential" : text;
  }

  std::vector<PassedOver> passed_over() const override {
    std::lock_guard lock(mutex_);
    return passed_over_;
  }

 private:
  std::shared_ptr<TokenCredential> chosen() const {
    std::lock_guard lock(mutex_);
    return chosen_;
  }
  void choose(const std::shared_ptr<TokenCredential>& credential,
              std::vector<PassedOver> passed_over) {
    std::lock_guard lock(mutex_);
    if (chosen_) return;
    chosen_ = credential;
    passed_over_ = std::move(passed_over);
  }

  const std::vector<ChainLink> links_;
  const std::string remedy_;
  mutable std::mutex mutex_;  // guards both below; not held while a credential is asked
  std::shared_ptr<TokenCredential> chosen_;  // the first that gave a token
  std::vector<PassedOver> passed_over_;      // before it
};

}  // namespace

std::shared_ptr<TokenCredential> make_chain(std::vector<ChainLink> links, std::string remedy) {
  return std::make_shared<Chain>(std::move(links), std::move(remedy));
}

}  // namespace akv::identity::detail
