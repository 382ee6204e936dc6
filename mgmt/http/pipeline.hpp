/// A pipeline sends one request through its policies and the transport.
#pragma once
#include "akv/mgmt/core/context.hpp"
#include "akv/mgmt/http/message.hpp"

#include <memory>
#include <vector>

namespace akv::http {

/// Carries one request to its answer, once. Safe to share between threads.
///
/// Any HTTP status is an answer. Throws TransportError where there was none, with
/// `maybe_delivered` telling whether the service may have seen the request, and CancelledError
/// when the context ended first. Follows no redirect and repeats nothing.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual Response send(const Request& request, const Context& context) = 0;
};

class Policy;

/// The rest of the pipeline, as a policy sees it.
class Next {
 public:
  Response operator()(Request& request, const Context& context) const;

 private:
  friend class Pipeline;
  Next(const std::unique_ptr<Policy>* policy, const std::unique_ptr<Policy>* end,
       Transport* transport)
      : policy_(policy), end_(end), transport_(transport) {}
  // Borrowed from the Pipeline, whose send() outlives every Next.
  const std::unique_ptr<Policy>* policy_;
  const std::unique_ptr<Policy>* end_;
  Transport* transport_;
};

/// One concern. Immutable or locked inside: shared by all threads that use the pipeline.
class Policy {
 public:
  virtual ~Policy() = default;
  virtual Response send(Request& request, Next next, const Context& context) const = 0;
};

/// Safe to share between threads. Not copied; clients share it by shared_ptr.
class Pipeline {
 public:
  /// `policies` in order, the outermost first.
  Pipeline(std::vector<std::unique_ptr<Policy>> policies, std::shared_ptr<Transport> transport);

  /// Any HTTP status comes back as a Response; deciding what is an error belongs to the caller.
  /// Throws TransportError when there was no answer at all, AuthenticationError when no token
  /// could be had, and CancelledError when `context` ended first.
  Response send(Request request, const Context& context) const;

 private:
  std::vector<std::unique_ptr<Policy>> policies_;
  std::shared_ptr<Transport> transport_;
};

}  // namespace akv::http
