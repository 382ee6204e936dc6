#include "akv/mgmt/arm/path.hpp"
#include "akv/mgmt/json/document.hpp"
#include "akv/provision/engine/planner.hpp"
#include "akv/provision/kinds/companion_list.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace akv::kinds {
namespace {

using namespace std::chrono_literals;
using engine::Change;
using json::Document;

// Microsoft Entra ID's directory is copied within a minute or two.
constexpr auto principal_wait = 10s;
constexpr int most_doubtful_reads = 5;
constexpr auto confirmation_wait = 5s;
constexpr int most_confirmations = 24;

/// read (pages) -> write, entry by entry -> where it must hold, confirm (pages). After a conflict
/// or a lost answer it starts again at read.
class CompanionWrite final : public ArmExecution {
 public:
  CompanionWrite(const Change& planned, const RunFacts& facts, const CompanionList& list)
      : ArmExecution(ArmStep(facts.client, list.api_version)),
        planned_(planned),
        facts_(facts),
        list_(list),
        parent_(parent_of(planned.id)) {}

  RequestClass next_request() const override {
    if (next_ != Next::write) return RequestClass::read;
    return writes_[at_].method == http::Method::del ? RequestClass::remove : RequestClass::write;
  }
  std::vector<engine::FieldChange> rewritten() const override { return rewritten_; }

  StepOutcome step(const Context& context) override {
    return next_ == Next::write ? write_entry(context) : read_list(context);
  }

 private:
  enum class Next { read, write, confirm };

  StepOutcome start_over(StepOutcome outcome) {
    next_ = Next::read;
    outcome.after = std::max(outcome.after, std::chrono::milliseconds(500));
    return outcome;
  }

  StepOutcome read_list(const Context& context) {
    // Without the filter all below the scope would come, too; what is above comes in any case.
    const Reply reply =
        next_page_.empty()
            ? read(planned_.id, list_.list_operation, context, {{"$filter", "atScope()"}})
            : arm_.get_url(next_page_, list_.list_operation, context);
    if (reply.kind == Reply::Kind::absent)
      return fail(reply.error, "it was deleted since the plan was made; plan again");
    if (reply.kind != Reply::Kind::answer) return trouble(reply);
    try {
      const Document rest = page_in(reply, [this](Document entry) {
        if (ascii::equal(parent_of(entry["id"].string_or()), parent_))
          entries_.push_back(std::move(entry));
      });
      next_page_ = rest["nextLink"].string_or();
    } catch (const FormatError& e) {
      return fail(e.info());
    }
    if (!next_page_.empty()) return again();
    live_ = std::exchange(entries_, {});
    return next_ == Next::confirm ? confirmed() : decide();
  }

  // By now the parent is ours, or it would not have been planned.
  std::optional<Change> judge() const {
    return engine::Planner::replan(
        planned_,
        companion_document(list_, facts_.environment.deployment, live_, facts_.environment),
        facts_.registry.at(planned_.kind), facts_.environment, facts_.principals);
  }

  StepOutcome decide() {
    std::optional<Change> fresh;
    try {
      fresh = judge();
      writes_ = fresh ? list_.writes(planned_, *fresh, facts_) : std::vector<EntryWrite>{};
    } catch (const AzureError& e) {
      return fail(e.info());
    }
    if (writes_.empty()) return written();
    if (auto refused = refused_by_guard(*fresh, facts_.recheck, facts_.plan_again))
      return *std::move(refused);
    at_ = 0;
    next_ = Next::write;
    return again();
  }

  StepOutcome write_entry(const Context& context) {
    const EntryWrite& entry = writes_[at_];
    const bool removes = entry.method == http::Method::del;
    const Reply reply = write(entry.method, entry.path, entry.body,
                              removes ? list_.delete_operation : list_.put_operation, context);
    const bool gone = removes && (reply.kind == Reply::Kind::absent || reply.error.status == 404);
    if (reply.kind == Reply::Kind::answer || gone) return entry_written(entry, reply);
    switch (reply.kind) {
      case Reply::Kind::conflict:
      case Reply::Kind::lost:
        return start_over(trouble(reply));
      case Reply::Kind::refused:
        return refused(reply);
      default:
        return reply.kind == Reply::Kind::absent ? fail(reply.error) : trouble(reply);
    }
  }

  StepOutcome refused(const Reply& reply) {
    const std::string& code = reply.error.code;
    // Somebody was quicker, or an answer of ours was lost: it is there, under whatever name.
    if (code == "RoleAssignmentExists" && doubtful_reads_++ < most_doubtful_reads)
      return start_over({.status = StepOutcome::Status::retry, .after = 1s, .error = reply.error});
    if (code == "PrincipalNotFound")
      return {.status = StepOutcome::Status::retry,
              .after = principal_wait,
              .error = reply.error,
              .remedy =
                  "check the object id; of a principal that was made a moment ago, write its "
                  "type under principals (type: ServicePrincipal)",
              .progress = "the directory does not know the principal yet; trying again"};
    return fail(reply.error);
  }

  StepOutcome entry_written(const EntryWrite& entry, const Reply& reply) {
    std::erase_if(live_, [&entry](const Document& there) {
      return !entry.id.empty() && ascii::equal(there["id"].string_or(), entry.id);
    });
    if (entry.method == http::Method::del) {
      ++removed_;
    } else {
      ++put_;
      try {
        live_.push_back(document_in(reply));
      } catch (const FormatError& e) {
        // The write was done; only its answer cannot be read.
        return start_over(
            {.status = StepOutcome::Status::retry, .after = 500ms, .error = e.info()});
      }
    }
    return ++at_ < writes_.size() ? again() : written();
  }

  StepOutcome written() {
    if (!facts_.switching.contains(std::string(parent_))) return finish();
    next_ = Next::confirm;
    return again();
  }

  // A vault waits for these, so they must be seen, not only have been taken.
  StepOutcome confirmed() {
    try {
      if (!judge()) return finish();
    } catch (const AzureError& e) {
      return fail(e.info());
    }
    if (++confirmations_ > most_confirmations)
      return fail({.code = "NotReadBack",
                   .message = "what was written could not be read back within two minutes",
                   .target = planned_.id},
                  "apply again: what waits for it goes on then");
    return {.status = StepOutcome::Status::poll,
            .after = confirmation_wait,
            .progress = "written, waiting until it can be read back"};
  }

  StepOutcome finish() {
    try {
      if (const auto left = judge())
        for (const engine::FieldChange& field : left->fields)
          if (is_ours(field)) rewritten_.push_back(field);
    } catch (const AzureError& e) {
      return fail(e.info());
    }
    std::string words;
    if (put_ > 0) words = std::to_string(put_) + " written";
    if (removed_ > 0) words += (words.empty() ? "" : ", ") + std::to_string(removed_) + " removed";
    return done(words.empty() ? "is as it shall be already" : words);
  }

  // A part that has a turn of its own leaves the rest to the other.
  bool is_ours(const engine::FieldChange& field) const {
    return std::any_of(
        planned_.fields.begin(), planned_.fields.end(),
        [&field](const engine::FieldChange& planned) { return planned.path == field.path; });
  }

  const Change& planned_;
  const RunFacts& facts_;
  const CompanionList& list_;
  const std::string_view parent_;  // Of planned_.
  Next next_ = Next::read;
  std::string next_page_;
  Document::Array entries_, live_;  // Being read; read last, with what was written since.
  std::vector<EntryWrite> writes_;
  std::vector<engine::FieldChange> rewritten_;
  std::size_t at_ = 0, put_ = 0, removed_ = 0;
  int doubtful_reads_ = 0, confirmations_ = 0;
};

class EntryDelete final : public ArmExecution {
 public:
  EntryDelete(const Change& change, const RunFacts& facts, const CompanionList& list)
      : ArmExecution(ArmStep(facts.client, list.api_version)), change_(change), list_(list) {}

  RequestClass next_request() const override { return RequestClass::remove; }

  StepOutcome step(const Context& context) override {
    std::string path;
    try {
      // The collection without its first `/providers/` is the type of what is deleted.
      path = arm::Path(list_.delete_operation)
                 .extension(list_.kind, list_.collection.substr(11), change_.id)
                 .str();
    } catch (const AzureError& e) {
      return fail(e.info());
    }
    const Reply reply = write(http::Method::del, path, {}, list_.delete_operation, context);
    if (reply.kind == Reply::Kind::answer) return done("deleted");
    if (reply.kind == Reply::Kind::absent || reply.error.status == 404)
      return done("was gone already");
    return trouble(reply);
  }

 private:
  const Change& change_;
  const CompanionList& list_;
};

}  // namespace

std::unique_ptr<engine::Execution> make_companion_delete(const Change& change,
                                                         const RunFacts& facts) {
  return std::make_unique<EntryDelete>(change, facts, *find_companion_list(change.kind));
}

std::unique_ptr<engine::Execution> make_companion_write(const Change& change,
                                                        const RunFacts& facts) {
  return std::make_unique<CompanionWrite>(change, facts, *find_companion_list(change.kind));
}

}  // namespace akv::kinds
