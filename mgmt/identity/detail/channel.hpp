/// The way to a token service: a pipeline of its own, without tokens.
#pragma once
#include "akv/mgmt/identity/credential_options.hpp"

#include <memory>
#include <mutex>

namespace akv::identity::detail {

/// Safe to share between threads.
class Channel {
 public:
  /// Without a transport it makes the one over cpprestsdk. `options.random` must outlive this
  /// object.
  explicit Channel(const CredentialOptions& options)
      : random_(options.random),
        log_(options.log),
        on_attempt_(options.on_attempt),
        retry_(options.retry),
        transport_(options.transport) {}

  /// Repeats what is passing (429, 5xx, no answer) as the options say, within the context's
  /// deadline, also for a caller who waits for nothing himself. Throws TransportError and
  /// CancelledError.
  http::Response send(http::Request request, const Context& context);
  /// Sends it once.
  http::Response send_once(http::Request request, const Context& context);

 private:
  const std::shared_ptr<http::Pipeline>& pipeline(bool repeating);

  RandomSource* const random_;
  const std::shared_ptr<LogSink> log_;  // locks for itself
  const http::AttemptHook on_attempt_;
  const http::RetryOptions retry_;
  std::mutex mutex_;  // guards all below
  std::shared_ptr<http::Transport> transport_;
  std::shared_ptr<http::Pipeline> repeating_, plain_;  // never replaced once made
};

/// `text` as parts of a form, percent-encoded; fields without a value are left out.
using Form = std::vector<std::pair<std::string, std::string>>;
std::string form_body(const Form& fields);

}  // namespace akv::identity::detail
