#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/engine/planner.hpp"
#include "akv/provision/kinds/mark.hpp"
#include "akv/provision/kinds/vault_documents.hpp"
#include "akv/provision/kinds/vault_execution.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace akv::kinds {
namespace {

using namespace std::chrono_literals;
using engine::Action;
using engine::Change;
using engine::FieldChange;
using engine::ListMode;

/// read → (put | recover → read) → patch → add → remove → settle. After a conflict or a lost answer
/// it starts again at read, so a stale body is never sent twice.
class VaultWrite final : public ArmExecution {
 public:
  VaultWrite(const Change& planned, const RunFacts& facts)
      : ArmExecution(ArmStep(facts.client, facts.environment.api_version)),
        planned_(planned),
        facts_(facts),
        kind_(facts.registry.at(planned.kind)) {}

  RequestClass next_request() const override {
    return next_ == Next::read || next_ == Next::settle ? RequestClass::read : RequestClass::write;
  }
  std::vector<FieldChange> rewritten() const override { return rewritten_; }

  StepOutcome step(const Context& context) override {
    switch (next_) {
      case Next::read:
        return read_live(context);
      case Next::put:
        return put(context);
      case Next::recover:
        return recover(context);
      case Next::patch:
        return patch(context);
      case Next::add:
        return merge_policies(context, "add");
      case Next::remove:
        return merge_policies(context, "remove");
      case Next::settle:
        return settle(context);
    }
    return fail({.message = "impossible"});
  }

  const std::string& id() const { return planned_.id; }

  /// The vault as a list or GET shows it while it settles.
  StepOutcome observe(Document live) {
    live_ = std::move(live);
    const std::string_view state = live_["properties"]["provisioningState"].string_or("Succeeded");
    if (ascii::equal(state, "Failed") || ascii::equal(state, "Canceled"))
      return fail(
          {.code = "ProvisioningFailed",
           .message = "Azure says that the vault's provisioning state is " + std::string(state),
           .target = planned_.id});
    if (!ascii::equal(state, "Succeeded")) return wait_for_dns({});
    return finish();
  }

 private:
  enum class Next { read, put, recover, patch, add, remove, settle };

  StepOutcome start_over(const Reply& reply) {
    next_ = Next::read;
    StepOutcome outcome = trouble(reply);
    outcome.after = std::max(outcome.after, std::chrono::milliseconds(500));
    if (reply.kind == Reply::Kind::conflict)
      outcome.progress = "was being written by someone else; reading it again";
    return outcome;
  }

  // For replies that are no answer to a write.
  StepOutcome not_written(const Reply& reply) {
    switch (reply.kind) {
      case Reply::Kind::absent:
        return fail(reply.error);
      case Reply::Kind::passing:
        return trouble(reply);
      case Reply::Kind::refused:
        if (reply.error.code == "ConflictError")
          return fail(
              reply.error,
              "the name is soft-deleted; write onSoftDeleted: recover or purge, and plan again");
        return fail(reply.error);
      default:
        return start_over(reply);
    }
  }

  StepOutcome read_live(const Context& context) {
    const Reply reply = read(planned_.id, "Vaults.get", context);
    if (reply.kind == Reply::Kind::absent) return absent(reply);
    if (reply.kind != Reply::Kind::answer) return trouble(reply);
    try {
      live_ = document_in(reply);
    } catch (const FormatError& e) {
      return fail(e.info());
    }
    return decide();
  }

  StepOutcome absent(const Reply& reply) {
    if (planned_.action == Action::create)
      next_ = Next::put;
    else if (planned_.action == Action::recover)
      next_ = Next::recover;
    else
      return fail(reply.error, "it was deleted since the plan was made; plan again");
    return again();
  }

  // With a fresh live document: what still differs, and may it be written?
  StepOutcome decide() {
    const bool was_absent = planned_.action == Action::create || planned_.action == Action::recover;
    if (was_absent && !wrote_ && !planned_.source.existing &&
        kind_.owner(live_) != facts_.environment.deployment)
      return fail({.code = "AppearedMeanwhile",
                   .message = "it was created by someone else since the plan was made",
                   .target = planned_.id},
                  "plan again, with --adopt to take it over");
    try {
      fresh_ =
          engine::Planner::replan(planned_, live_, kind_, facts_.environment, facts_.principals);
    } catch (const AzureError& e) {
      return fail(e.info());
    }
    if (!fresh_) return written({});
    if (auto refused = refused_by_guard(*fresh_, facts_.recheck, facts_.plan_again))
      return *std::move(refused);
    next_ = Next::patch;
    return next_body() ? again() : written({});
  }

  // Finds the next write that has anything to say; false when there is none.
  bool next_body() {
    const ListMode mode = policies_mode(*fresh_);
    if (next_ == Next::patch) {
      body_ = patch_body(*fresh_, mode, facts_.environment.deployment);
      if (!body_.is_null()) return true;
      next_ = Next::add;
    }
    if (mode == ListMode::exact) return false;
    if (next_ == Next::add) {
      body_ = policies_to_add(*fresh_);
      if (!body_.is_null()) return true;
      next_ = Next::remove;
    }
    body_ = policies_to_remove(*fresh_);
    return !body_.is_null();
  }

  StepOutcome put(const Context& context) {
    const Reply reply = write(http::Method::put, planned_.id,
                              create_body(planned_.desired, facts_.environment.deployment),
                              "Vaults.create_or_update", context);
    if (reply.kind == Reply::Kind::lost) wrote_ = true;
    return reply.kind == Reply::Kind::answer ? take(reply) : not_written(reply);
  }

  StepOutcome recover(const Context& context) {
    const Reply reply = write(http::Method::put, planned_.id, recover_body(planned_.desired),
                              "Vaults.create_or_update", context);
    // Also after a lost answer: what is live afterwards is ours to bring in line.
    if (reply.kind == Reply::Kind::answer || reply.kind == Reply::Kind::lost) wrote_ = true;
    if (reply.kind != Reply::Kind::answer) return not_written(reply);
    next_ = Next::read;
    return again("recovered; bringing it in line");
  }

  StepOutcome patch(const Context& context) {
    const Reply reply = write(http::Method::patch, planned_.id, body_, "Vaults.update", context);
    if (reply.kind != Reply::Kind::answer) return not_written(reply);
    if (auto bad = parse(reply)) return *bad;
    next_ = Next::add;
    return next_body() ? again() : written({});
  }

  StepOutcome merge_policies(const Context& context, const std::string& what) {
    const Reply reply = write(http::Method::put, planned_.id + "/accessPolicies/" + what, body_,
                              "Vaults.update_access_policy", context);
    if (reply.kind != Reply::Kind::answer) return not_written(reply);
    try {
      const Document answer = document_in(reply);
      live_.set("properties").set("accessPolicies", answer["properties"]["accessPolicies"]);
    } catch (const FormatError& e) {
      return unreadable_answer(e);
    }
    if (what == "add") {
      next_ = Next::remove;
      body_ = policies_to_remove(*fresh_);
      if (!body_.is_null()) return again();
    }
    return written({});
  }

  std::optional<StepOutcome> parse(const Reply& reply) {
    try {
      live_ = document_in(reply);
      return std::nullopt;
    } catch (const FormatError& e) {
      return unreadable_answer(e);
    }
  }

  // The write was done; only its answer cannot be read.
  StepOutcome unreadable_answer(const FormatError& e) {
    wrote_ = true;
    next_ = Next::read;
    return {.status = StepOutcome::Status::retry, .after = 500ms, .error = e.info()};
  }

  StepOutcome take(const Reply& reply) {
    wrote_ = true;
    if (auto bad = parse(reply)) return *bad;
    return written("written");
  }

  StepOutcome written(std::string progress) {
    next_ = Next::settle;
    const std::string_view state = live_["properties"]["provisioningState"].string_or("Succeeded");
    if (ascii::equal(state, "Succeeded")) return finish();
    if (!progress.empty()) progress += ", Azure is registering its DNS name";
    return wait_for_dns(std::move(progress));
  }

  // 10 to 30 s on Azure. All that wait in a subscription are looked at by one list.
  StepOutcome wait_for_dns(std::string progress) {
    const auto after = polls_++ < 5 ? 1s : 5s;
    return {.status = StepOutcome::Status::poll,
            .after = after,
            .share = planned_.subscription,
            .progress = std::move(progress)};
  }

  StepOutcome settle(const Context& context) {
    const Reply reply = read(planned_.id, "Vaults.get", context);
    if (reply.kind == Reply::Kind::absent)
      return fail(reply.error, "it was deleted while Azure was registering its DNS name");
    if (reply.kind != Reply::Kind::answer) return trouble(reply);
    try {
      return observe(document_in(reply));
    } catch (const FormatError& e) {
      return fail(e.info());
    }
  }

  StepOutcome finish() {
    try {
      if (const auto left = engine::Planner::replan(planned_, live_, kind_, facts_.environment,
                                                    facts_.principals))
        rewritten_ = left->fields;
    } catch (const AzureError& e) {
      return fail(e.info());
    }
    switch (planned_.action) {
      case Action::create:
        return done("created");
      case Action::recover:
        return done("recovered");
      case Action::adopt:
        return done("adopted");
      default:
        return done("updated");
    }
  }

  const Change& planned_;
  const RunFacts& facts_;
  const engine::Kind& kind_;
  Next next_ = Next::read;
  Document live_, body_;
  std::optional<Change> fresh_;
  std::vector<FieldChange> rewritten_;
  bool wrote_ = false;
  int polls_ = 0;
};

std::string list_path(const std::vector<engine::Execution*>& waiting) {
  const auto first = ResourceId::parse(static_cast<VaultWrite*>(waiting.front())->id());
  std::string group = first->resource_group;
  for (auto* execution : waiting)
    if (!ascii::equal(ResourceId::parse(static_cast<VaultWrite*>(execution)->id())->resource_group,
                      group))
      group.clear();
  const std::string scope = group.empty() ? "/subscriptions/" + first->subscription
                                          : resource_group_id(first->subscription, group);
  return scope + "/providers/Microsoft.KeyVault/vaults";
}

}  // namespace

std::unique_ptr<engine::Execution> make_vault_write(const Change& change, const RunFacts& facts) {
  return std::make_unique<VaultWrite>(change, facts);
}

// Only VaultWrite asks for a shared poll, so the casts hold.
std::vector<engine::StepOutcome> poll_vaults_together(
    const std::vector<engine::Execution*>& waiting, const RunFacts& facts, const Context& context) {
  std::vector<engine::StepOutcome> outcomes(waiting.size());
  if (waiting.size() == 1) {
    outcomes.front() = waiting.front()->step(context);
    return outcomes;
  }
  std::map<std::string, std::size_t, ascii::Less> index;
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    index.emplace(static_cast<VaultWrite*>(waiting[i])->id(), i);
    // What the list does not show yet is looked for again.
    outcomes[i] = {
        .status = engine::StepOutcome::Status::poll,
        .after = 2s,
        .share = ResourceId::parse(static_cast<VaultWrite*>(waiting[i])->id())->subscription};
  }
  const ArmStep arm(facts.client, facts.environment.api_version);
  Reply reply = arm.send(http::Method::get, list_path(waiting), {}, "Vaults.list", context);
  for (;;) {
    std::string next;
    if (reply.kind == Reply::Kind::answer) {
      try {
        const Document rest = page_in(reply, [&](Document vault) {
          const auto found = index.find(vault["id"].string_or());
          if (found == index.end()) return;
          outcomes[found->second] =
              static_cast<VaultWrite*>(waiting[found->second])->observe(std::move(vault));
        });
        next = rest["nextLink"].string_or();
      } catch (const FormatError&) {
        return outcomes;
      }
    } else if (reply.kind == Reply::Kind::refused || reply.kind == Reply::Kind::absent) {
      // No right to list: each goes on alone.
      for (auto& outcome : outcomes) outcome.share.clear();
      return outcomes;
    }
    if (next.empty()) return outcomes;
    reply = arm.get_url(next, "Vaults.list", context);
  }
}

}  // namespace akv::kinds
