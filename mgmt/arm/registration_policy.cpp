#include "akv/mgmt/arm/registration_policy.hpp"

#include "akv/mgmt/arm/client.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/json/document.hpp"

#include <algorithm>

namespace akv::arm {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view api_version = "2021-04-01";
constexpr std::chrono::seconds poll_interval = 10s;
constexpr std::size_t longest_namespace = 128;

// `Microsoft.KeyVault`: words of letters and digits with dots between them. It goes into a path.
bool is_namespace(std::string_view text) {
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  return text.size() <= longest_namespace && text.find('.') != std::string_view::npos &&
         is_word(text.front()) && is_word(text.back()) &&
         text.find("..") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(), [&](char c) { return is_word(c) || c == '.'; });
}

// `https://host/subscriptions/{s}` of a request below it, as written there; else empty.
std::string subscription_url(const http::Request& request) {
  constexpr std::string_view prefix = "/subscriptions/";
  const auto url = http::Url::parse(request.url);
  if (!url || !ascii::starts_with(url->path, prefix)) return {};
  const auto end = url->path.find('/', prefix.size());
  if (end == std::string::npos || end == prefix.size()) return {};
  const auto origin = request.url.find('/', request.url.find("://") + 3);
  return request.url.substr(0, origin) + url->path.substr(0, end);
}

bool is_registered(const http::Response& answer) {
  try {
    return ascii::equal(json::Document::parse(answer.body)["registrationState"].string_or(),
                        "Registered");
  } catch (const FormatError&) {
    return false;
  }
}

class RegistrationPolicy final : public http::Policy {
 public:
  http::Response send(http::Request& request, http::Next next,
                      const Context& context) const override {
    http::Response refused = next(request, context);
    // Whoever allows no wait repeats by himself, and must see the first answer.
    if (refused.status != 409 || context.max_wait <= 0s) return refused;
    const std::string provider = provider_url(request, refused);
    if (provider.empty() || !registered(provider, request, next, context)) return refused;
    http::Response answer = next(request, context);
    answer.attempts += refused.attempts;
    answer.after_lost_answer |= refused.after_lost_answer;
    return answer;
  }

 private:
  static std::string provider_url(const http::Request& request, const http::Response& refused) {
    const ErrorInfo why = error_info(refused, request.operation, {});
    if (!ascii::equal(why.code, "MissingSubscriptionRegistration")) return {};
    const std::string subscription = subscription_url(request);
    const std::string name_space = missing_namespace(
        why.message, std::string_view(request.url).substr(0, request.url.find_first_of("?#")));
    if (subscription.empty() || name_space.empty()) return {};
    return subscription + "/providers/" + name_space;
  }

  // A lost answer on the way is no news about the request: its own refusal is.
  static bool registered(const std::string& provider, const http::Request& request,
                         const http::Next& next, const Context& context) {
    const auto give_up = context.clock->steady_now() + context.max_wait;
    try {
      http::Response answer = ask(http::Method::post, provider + "/register", "Providers.register",
                                  request, next, context);
      while (answer.status == 200 && !is_registered(answer)) {
        const auto then = context.clock->steady_now() + poll_interval;
        if (then > give_up || (context.deadline && then >= *context.deadline)) return false;
        context.wait(poll_interval);
        answer = ask(http::Method::get, provider, "Providers.get", request, next, context);
      }
      return answer.status == 200;
    } catch (const TransportError&) {
      return false;
    }
  }

  // Under the ids of the request that it is for.
  static http::Response ask(http::Method method, const std::string& url, std::string operation,
                            const http::Request& original, const http::Next& next,
                            const Context& context) {
    http::Request request{.method = method,
                          .url = url + "?api-version=" + std::string(api_version),
                          .headers = {{"Accept", "application/json"}},
                          .operation = std::move(operation),
                          .idempotent_post = true};
    for (const std::string_view name : {"User-Agent", "x-ms-client-request-id", "traceparent"})
      if (const auto value = original.headers.get(name))
        request.headers.set(name, std::string(*value));
    return next(request, context);
  }
};

}  // namespace

std::string missing_namespace(std::string_view message, std::string_view path) {
  const auto open = message.find('\'');
  if (open != std::string_view::npos) {
    const std::string_view quoted = message.substr(open + 1);
    const std::string_view named = quoted.substr(0, quoted.find('\''));
    if (named.size() < quoted.size() && !named.empty() && is_namespace(named))
      return std::string(named);
  }
  constexpr std::string_view word = "/providers/";
  const std::string lower = ascii::lower(path);
  const auto at = lower.rfind(word);
  if (at == std::string::npos) return {};
  const std::string_view rest = path.substr(at + word.size());
  const std::string_view named = rest.substr(0, rest.find('/'));
  return !named.empty() && is_namespace(named) ? std::string(named) : std::string();
}

std::unique_ptr<http::Policy> make_registration_policy() {
  return std::make_unique<RegistrationPolicy>();
}

}  // namespace akv::arm
