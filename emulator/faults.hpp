/// Misbehaviour on demand: which requests go wrong, and how. The reference of the rules is
/// emulator/README.md, "Faults".
#pragma once
#include "akv/emulator/delivery.hpp"
#include "akv/mgmt/core/random.hpp"
#include "akv/mgmt/http/message.hpp"
#include "akv/mgmt/json/document.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace akv::emulator {

/// What goes wrong with one request. Members combine, except that there is one answer.
struct FaultEffect {
  /// The answer in the service's place.
  struct Answer {
    int status = 0;
    http::Headers headers{};
    std::string body{};
    bool after_work = false;  ///< The work is done all the same.
  };
  std::optional<Answer> answer{};
  bool reset_before_work = false;
  std::string content_type{};        ///< In place of the answer's own.
  http::Headers repeated_headers{};  ///< Added to the answer's, which may have them already.
  enum class Poller : std::uint8_t { untouched, stuck, failed };
  Poller poller = Poller::untouched;  ///< What an answer about progress says instead.
  std::string poller_code{}, poller_message{};
  /// What somebody else does to the vault of the request just before it: entries for
  /// `accessPolicies/add` and `/remove`, tags that join the vault's.
  json::Document policies_added{}, policies_removed{}, tags{};
  std::chrono::seconds role_propagation{0};  ///< So late the written role assignment counts.
  int stale_reads = 0;  ///< So many GETs after this write still show what was there before it.
  Delivery delivery{};
};

struct FaultRule {
  std::string name{};
  std::vector<http::Method> methods{};  ///< Empty: all.
  std::string path = "**";  ///< Without case; `*` within a segment, `**` over segments, `?`.
  std::uint64_t nth = 0, every = 0, times = 0;  ///< 0: does not matter.
  double probability = 1;
  FaultEffect effect{};
};

/// From `{"seed": 7, "rules": […]}`. Throws FormatError with the place (`$.rules[2].effect.status:
/// …`) for anything that it does not know. At most 1,000 rules.
struct FaultRules {
  std::uint64_t seed = 1;
  std::vector<FaultRule> rules{};
};
FaultRules parse_fault_rules(const json::Document& document);
inline constexpr std::size_t max_fault_rules = 1000;
/// Text of a rules file, in bytes.
inline constexpr std::size_t max_faults_file = std::size_t{4} << 20;
/// The longest delay, and the longest body of an answer.
inline constexpr std::chrono::milliseconds max_fault_delay{600000};
inline constexpr std::size_t max_fault_body = std::size_t{1} << 20;

/// Whether `path` (of a URL, decoded) fits the pattern of a rule.
bool fits(std::string_view pattern, std::string_view path);

/// The path that rules are held against: decoded, without blank segments and a slash at the end,
/// which the service passes over as well.
std::string path_of(const http::Request& request);

/// Decides which requests go wrong. Safe to use from any thread.
class Faults {
 public:
  void set(FaultRules rules);
  /// Whether nothing is to go wrong: then requests need not be looked at.
  bool idle() const { return idle_.load(std::memory_order_acquire); }
  /// `{"rules": [{"name", "matched", "applied"}]}`
  json::Document counts() const;

  /// What goes wrong with this request, if anything. Counts it for every rule that it fits; the
  /// first rule that fires decides.
  std::optional<FaultEffect> take(const http::Request& request);

  /// What `path` (as path_of() has it) showed before a write, for its next `reads` reads.
  void keep_stale(const std::string& path, http::Response before, int reads);
  void forget_stale();
  /// Whether there is a stale answer for this read.
  bool has_stale(const http::Request& request) const;
  /// It, while there are any left.
  std::optional<http::Response> take_stale(const http::Request& request);

 private:
  struct Count {
    std::uint64_t matched = 0, applied = 0;
  };
  struct Stale {
    http::Response answer;
    int reads = 0;
  };
  std::atomic<bool> idle_{true};
  // `mutex_` guards all below.
  mutable std::mutex mutex_;
  FaultRules rules_;
  std::vector<Count> counts_;
  SeededRandom random_{1};
  std::map<std::string, Stale, std::less<>> stale_;
};

/// What carrying out a request under a fault needs of the emulator.
struct FaultHost {
  /// Does the work of a request, past all faults.
  std::function<http::Response(const http::Request&)> work;
  /// Does the work of a request as somebody else, who has a token of their own.
  std::function<http::Response(const http::Request&)> work_as_another;
  /// Gives an answer in the service's place the headers that every answer of the service has.
  std::function<void(const http::Request&, http::Response&)> complete;
  /// Lets the role assignment of that id count only after that time.
  std::function<void(const std::string& id, std::chrono::seconds)> hold_back_role;
};
/// Carries the request out as the effect says. An answer of status 0 is none: the connection is
/// reset.
http::Response misbehave(const FaultEffect& effect, const http::Request& request, Faults& faults,
                         const FaultHost& host, Delivery& delivery);

}  // namespace akv::emulator
