/// One desired object against one live document: nothing to do, a change, or a refusal.
#pragma once
#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/engine/kind.hpp"
#include "akv/provision/engine/plan.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace akv::engine::detail {

/// What people call the entries of lists. Views into the principals, which must outlive this.
class Labels {
 public:
  explicit Labels(const std::vector<Principal>& principals);
  /// For an access policy or role assignment the principal's name, else its object id, with
  /// `/APPLICATION` and `/ROLE` where the key has one; for everything else the key's own text.
  std::string of(const Document& key) const;

 private:
  std::map<std::string_view, std::string_view, ascii::Less> names_;
};

/// All that a judgement needs besides the documents; all of it must outlive the Subject.
struct Subject {
  const Desired& desired;
  const Kind& kind;
  const Environment& environment;
  const Labels& labels;
};

/// What may be done to an object that is not ours.
struct Claim {
  bool adopt = false;  ///< It may be taken over.
  /// While a plan is carried out: the mark that the plan saw. Only an object with that mark is
  /// taken over, and lists go on acting as merge when it has become ours halfway.
  std::optional<std::string> seen_mark{};
};

struct Verdict {
  std::optional<Change> change{};
  std::optional<Refusal> refusal{};
  std::vector<FieldChange> left_alone{};  ///< Where there is neither.
};

Verdict judge(const Subject& subject, const Document& live, const Claim& claim);
/// The create of an absent object. Its fields say all that it will have.
Change make_create(const Subject& subject);
/// The object as it will be in the end, over the canonical `there` (null: absent); a run that only
/// adopts may need a second one to get there.
Document outlook(const Subject& subject, const Document& there);
/// What is said of an `existing` object that is absent; `more` says what is known of it.
Refusal missing(const Desired& desired, const std::string& more = {});
/// A change or refusal with the object's names filled in.
Change change_of(const Desired& desired, Action action);
Refusal refusal_of(const Desired& desired, std::string code, std::string message,
                   std::string remedy);

/// `2026-11-22 10:40 UTC by maria@contoso.example`, from systemData; empty where that is not known.
std::string last_written(const Document& live);

}  // namespace akv::engine::detail
