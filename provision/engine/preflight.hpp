/// What a plan's success rests on, looked at before anything is written: rights, locks and the
/// registration of providers.
///
/// What is asked, and what the answers mean, is here; kinds do the asking.
#pragma once
#include "akv/provision/engine/need.hpp"
#include "akv/provision/engine/rights.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace akv::engine {

class Registry;
struct Plan;

/// Something that stands in the way, or that could not be told.
struct PreflightFinding {
  /// `right-missing`, `right-conditional`, `right-unknown`, `locked`, `locks-unknown`,
  /// `provider-not-registered`, `provider-unknown`
  std::string code;
  std::string what;     ///< The action, the lock with its level, or the provider.
  std::string scope;    ///< ARM id of where it is missing or in the way.
  std::string where{};  ///< That scope as people name it: `rg`, `rg/kv`, `subscription 9c0d…`
  std::vector<std::string> objects{};  ///< What needs it, or is held up: `GROUP/VAULT`, once each.
  std::string message{}, remedy{};
  bool stops_run = false;  ///< Apply would fail there; else it may.
};

/// The outcome. Counts are of what was looked at.
struct Preflight {
  std::vector<PreflightFinding> findings{};
  std::size_t rights = 0, scopes = 0, locks = 0, providers = 0, names = 0;

  bool stops_run() const;
};

/// The needs of a plan, each once, with what needs it.
struct PlannedNeed {
  Need need;
  std::vector<std::string> objects;  ///< As changes are called, in the plan's order.
};
std::vector<PlannedNeed> needs_of(const Plan& plan, const Registry& registry);

/// `rg`, `rg/kv`, `subscription 9c0d…`, or the id of another scope.
std::string scope_name(std::string_view scope);
/// Whether what holds at `scope` holds for `id` too.
bool covers(std::string_view scope, std::string_view id);

/// Which rights are missing. Rights are inherited, so the widest scope is asked first and a
/// narrower one only about what was not granted above it: a caller with a role on the subscription
/// costs one question, whatever the size of the plan.
///
///     while (!(questions = search.next()).empty())
///       for (const auto& question : questions) search.answer(question, …);
class RightsSearch {
 public:
  /// What a plan creates is not asked at: nobody can have a role there.
  RightsSearch(const Plan& plan, const std::vector<PlannedNeed>& needs);

  struct Question {
    std::string scope;
    /// Asks only for what the caller has without a condition.
    bool unconditional = false;
    friend bool operator==(const Question&, const Question&) = default;
  };
  /// In the order of the needs, each once. At most max_questions in all: what is left is unknown.
  std::vector<Question> next();
  void answer(const Question& question, const std::vector<Permission>& permissions);
  void unanswered(const Question& question, std::string why);

  /// What is missing or unknown, in the order of the needs; several of one group in one finding.
  std::vector<PreflightFinding> findings() const;
  std::size_t questions() const { return asked_; }

  static constexpr std::size_t max_questions = 500;

 private:
  struct Open {
    const PlannedNeed* planned;
    std::vector<std::string> scopes;  // To ask, the widest first.
    std::size_t asked = 0;            // Of them.
    enum class State { unknown, missing, conditional, granted } state = State::unknown;
    std::string why{};  // Of unknown.
  };
  bool is_about(const Open& open, const Question& question) const;

  std::vector<Open> open_;
  std::size_t asked_ = 0;
};

struct Lock {
  std::string name, level;   ///< `CanNotDelete`, `ReadOnly`
  std::string scope;         ///< ARM id of what it locks.
  std::string deployment{};  ///< Of its mark; empty: it carries none.
  bool ours = false;         ///< That deployment is the plan's.
  std::string declared{};    ///< Where the manifest asks for it: `estate.yaml:12`; empty: nowhere.
};
/// `it is of this manifest, estate.yaml:12`
std::string whose(const Lock& lock);

/// The locks that forbid something that the plan needs: one finding for each of them, with whose it
/// is and the way out. Writes are forbidden by ReadOnly at the scope and above it, deletes by
/// either level also within it.
std::vector<PreflightFinding> locks_in_the_way(const std::vector<PlannedNeed>& needs,
                                               const std::vector<Lock>& locks);

}  // namespace akv::engine
