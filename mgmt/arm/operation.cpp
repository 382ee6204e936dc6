#include "akv/mgmt/arm/operation.hpp"

#include "akv/mgmt/arm/client.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/http/retry_after.hpp"
#include "akv/mgmt/json/document.hpp"
#include "akv/mgmt/json/text_at.hpp"

#include <array>
#include <utility>

namespace akv::arm {
namespace {

// Answers to polls are read for one or two members; a body that is no JSON has none of them.
json::Document parse_or_null(const std::string& body) {
  try {
    return json::Document::parse(body);
  } catch (const FormatError&) {
    return {};
  }
}

enum class State { absent, in_progress, succeeded, failed };

// The end states are the same three words everywhere; every other word means "go on". But for Key
// Vault's own: a managed HSM that is in use or waits for its owners, and a private endpoint
// connection whose endpoint is gone, stay like that.
constexpr std::string_view ends_of_key_vault[] = {"Activated", "SecurityDomainRestore",
                                                  "Disconnected"};

State read_state(std::string_view word) {
  if (word.empty()) return State::absent;
  if (ascii::equal(word, "Succeeded")) return State::succeeded;
  for (const std::string_view end : ends_of_key_vault)
    if (ascii::equal(word, end)) return State::succeeded;
  if (ascii::equal(word, "Failed") || ascii::equal(word, "Canceled") ||
      ascii::equal(word, "Cancelled"))
    return State::failed;
  return State::in_progress;
}

/// Empty where there is none. Every PUT's answer is asked for this one word, before it is read
/// whole by whoever wants the resource.
std::string provisioning_state(const http::Response& answer) {
  return json::text_at(answer.body, {"properties", "provisioningState"});
}

// A failed job says why in `error`; the word itself stands in where it does not.
ErrorInfo job_error(const http::Response& answer, std::string_view word, std::string_view target) {
  const json::Document body = parse_or_null(answer.body);
  ErrorInfo info = error_info(answer, {}, target);
  if (body.find_ignoring_case("error") == nullptr || body.find_ignoring_case("error")->is_null()) {
    info.code = word;
    info.message =
        "the service ended the operation as " + std::string(word) + " without giving a reason";
  }
  return info;
}

// Messages name the resource as ARM does, by its path.
std::string path_of(const std::string& url) {
  const auto parsed = http::Url::parse(url);
  return parsed ? parsed->path : std::string();
}

bool is_success(const http::Response& answer) { return answer.status / 100 == 2; }

// Words of the resume token. The order is that of the enumerations.
constexpr std::array<std::string_view, 3> style_words = {"azure-async-operation", "location",
                                                         "resource"};
constexpr std::array<std::string_view, 3> final_words = {"none", "location", "resource"};
constexpr std::array<std::string_view, 3> status_words = {"in-progress", "succeeded", "failed"};

[[noreturn]] void bad_token(const std::string& why) {
  throw FormatError({.message = "this is not a resume token of an operation: " + why,
                     .operation = "Operation.resume"});
}

template <class Enum>
Enum word_to_enum(const json::Document& token, std::string_view member,
                  const std::array<std::string_view, 3>& words) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (token[member].string_or() == words[i]) return static_cast<Enum>(i);
  bad_token("its member \"" + std::string(member) + "\" is missing or unknown");
}

}  // namespace

Operation Operation::start(http::Method method, std::string resource_url,
                           const http::Response& first, FinalState final_state,
                           Clock::SystemTime now) {
  Operation operation;
  operation.method_ = method;
  operation.final_state_ = final_state;
  operation.poll_url_ = resource_url;
  operation.resource_url_ = std::move(resource_url);
  operation.follow(first, now);

  if (const auto url = first.headers.get("Azure-AsyncOperation"); url && !url->empty()) {
    operation.style_ = Style::async_operation;
    operation.poll_url_ = *url;
  } else if (!operation.location_.empty() && (first.status == 201 || first.status == 202)) {
    operation.style_ = Style::location;
    operation.poll_url_ = operation.location_;
  } else if (method == http::Method::post && first.status == 202) {
    // Neither a header nor a resource: there is nothing that could be asked.
    operation.fail({.status = first.status,
                    .message = "the service accepted the request but did not say where its "
                               "progress can be read"});
  } else if ((final_state == FinalState::none || method == http::Method::del) &&
             first.status != 202) {
    operation.succeed(first);
  } else {
    operation.read_resource(first);
  }
  return operation;
}

void Operation::advance(const http::Response& answer, Clock::SystemTime now) {
  if (status_ != Status::in_progress) return;
  follow(answer, now);
  switch (style_) {
    case Style::async_operation:
      return read_async_operation(answer);
    case Style::location:
      return read_location(answer);
    case Style::body:
      return read_resource(answer);
  }
}

// What every answer may renew: the place to ask and the time to wait.
void Operation::follow(const http::Response& answer, Clock::SystemTime now) {
  retry_after_.reset();
  if (const auto asked = http::retry_after(answer.headers, now))
    retry_after_ = std::chrono::ceil<std::chrono::seconds>(*asked);
  const auto location = answer.headers.get("Location");
  if (!location || location->empty() || !is_success(answer)) return;
  location_ = *location;
  if (style_ == Style::location) poll_url_ = location_;
}

void Operation::read_async_operation(const http::Response& answer) {
  if (!is_success(answer)) return fail(error_info(answer, {}, path_of(resource_url_)));
  const json::Document body = parse_or_null(answer.body);
  const std::string_view word = body["status"].string_or();
  switch (read_state(word)) {
    case State::absent: {
      ErrorInfo info = error_info(answer, {}, path_of(poll_url_));
      info.code = "InvalidOperationStatus";
      info.message = "the answer about the operation's progress has no \"status\"";
      return fail(std::move(info));
    }
    case State::in_progress:
      if (const auto url = answer.headers.get("Azure-AsyncOperation"); url && !url->empty())
        poll_url_ = *url;
      return;
    case State::failed:
      return fail(job_error(answer, word, path_of(resource_url_)));
    case State::succeeded:
      status_ = Status::succeeded;
      if (final_state_ == FinalState::location && !location_.empty())
        final_url_ = location_;
      else if (final_state_ != FinalState::none && method_ != http::Method::del)
        final_url_ = resource_url_;
      return;
  }
}

void Operation::read_location(const http::Response& answer) {
  if (answer.status == 202) return;
  if (!is_success(answer)) return fail(error_info(answer, {}, path_of(resource_url_)));
  // Some services put the resource itself behind Location, ready or not; one that is being deleted
  // may be seen there to its end.
  if (final_state_ != FinalState::none) {
    const std::string word = provisioning_state(answer);
    if (method_ != http::Method::del && !word.empty()) {
      style_ = Style::body;
      return read_resource(answer);
    }
    if (read_state(word) == State::in_progress) return;
    if (read_state(word) == State::failed)
      return fail(job_error(answer, word, path_of(resource_url_)));
  }
  if (final_state_ == FinalState::location) return succeed(answer);
  status_ = Status::succeeded;
  if (final_state_ == FinalState::resource) final_url_ = resource_url_;
}

void Operation::read_resource(const http::Response& answer) {
  const bool deleting = method_ == http::Method::del;
  if (deleting && (answer.status == 404 || answer.status == 204)) {
    status_ = Status::succeeded;
    return;
  }
  if (!is_success(answer)) return fail(error_info(answer, {}, path_of(resource_url_)));
  const std::string word = provisioning_state(answer);
  switch (read_state(word)) {
    case State::failed:
      return fail(job_error(answer, word, path_of(resource_url_)));
    case State::in_progress:
      return;
    case State::absent:
    case State::succeeded:
      // Accepted but not done, or still to be seen after its deletion was accepted.
      if (deleting || (answer.status == 202 && word.empty())) return;
      return succeed(answer);
  }
}

void Operation::succeed(const http::Response& answer) {
  status_ = Status::succeeded;
  if (final_state_ == FinalState::none) return;
  if (!answer.body.empty())
    final_body_ = answer.body;
  else if (method_ != http::Method::del)
    final_url_ = resource_url_;
}

void Operation::fail(ErrorInfo error) {
  status_ = Status::failed;
  error_ = std::move(error);
}

std::string Operation::resume_token() const {
  using json::Document;
  Document token = Document::object({{"version", 1},
                                     {"method", to_string(method_)},
                                     {"style", style_words[static_cast<std::size_t>(style_)]},
                                     {"final", final_words[static_cast<std::size_t>(final_state_)]},
                                     {"status", status_words[static_cast<std::size_t>(status_)]},
                                     {"resource", resource_url_},
                                     {"poll", poll_url_}});
  if (!location_.empty()) token.set("location", location_);
  // A result that is there already is not carried along: it is read again where it came from.
  if (status_ == Status::succeeded && final_state_ != FinalState::none &&
      method_ != http::Method::del)
    token.set("result", final_url_.empty() ? resource_url_ : final_url_);
  if (status_ == Status::failed)
    token.set("error", Document::object({{"status", error_.status},
                                         {"code", error_.code},
                                         {"message", error_.message},
                                         {"requestId", error_.request_id}}));
  return token.dump();
}

Operation Operation::resume(std::string_view text) {
  json::Document token;
  try {
    token = json::Document::parse(text);
  } catch (const FormatError& error) {
    bad_token(error.info().message);
  }
  if (token["version"].int_or(0) != 1) bad_token("its version is not 1");
  const auto method = http::parse_method(token["method"].string_or());
  if (!method) bad_token("its member \"method\" is missing or unknown");

  Operation operation;
  operation.method_ = *method;
  operation.style_ = word_to_enum<Style>(token, "style", style_words);
  operation.final_state_ = word_to_enum<FinalState>(token, "final", final_words);
  operation.status_ = word_to_enum<Status>(token, "status", status_words);
  operation.resource_url_ = token["resource"].string_or();
  operation.poll_url_ = token["poll"].string_or();
  if (operation.resource_url_.empty() || operation.poll_url_.empty())
    bad_token("it names no URL to ask");
  operation.location_ = token["location"].string_or();
  operation.final_url_ = token["result"].string_or();
  const json::Document& error = token["error"];
  operation.error_ = {.status = static_cast<int>(error["status"].int_or(0)),
                      .code = std::string(error["code"].string_or()),
                      .message = std::string(error["message"].string_or()),
                      .target = path_of(operation.resource_url_),
                      .request_id = std::string(error["requestId"].string_or())};
  return operation;
}

}  // namespace akv::arm
