#include "akv/provision/kinds/resource_group_execution.hpp"

#include "akv/mgmt/arm/operation.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/engine/planner.hpp"
#include "akv/provision/kinds/mark.hpp"
#include "akv/provision/kinds/removal_obstacle.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace akv::kinds {
namespace {

using namespace std::chrono_literals;
using engine::Action;
using engine::Change;
using json::Document;

constexpr const char* groups_api_version = "2024-03-01";

Document changed_tags(const Change& change) {
  Document tags = Document::object();
  for (const auto& field : change.fields)
    if (field.property == "tags" && !field.entry.empty()) tags.set(field.entry, field.after);
  return tags;
}

class GroupWrite final : public ArmExecution {
 public:
  GroupWrite(const Change& planned, const RunFacts& facts)
      : ArmExecution(ArmStep(facts.client, groups_api_version)), planned_(planned), facts_(facts) {}

  RequestClass next_request() const override {
    return looked_ ? RequestClass::write : RequestClass::read;
  }
  std::vector<engine::FieldChange> rewritten() const override { return rewritten_; }

  StepOutcome step(const Context& context) override {
    return looked_ ? send(context) : look(context);
  }

 private:
  StepOutcome look(const Context& context) {
    const Reply reply = read(planned_.id, "ResourceGroups.get", context);
    if (reply.kind == Reply::Kind::absent) {
      if (planned_.action != Action::create)
        return fail(reply.error, "it was deleted since the plan was made; plan again");
      method_ = http::Method::put;
      body_ = Document::object(
          {{"location", planned_.desired["location"]},
           {"tags", tags_to_send({}, planned_.desired["tags"], facts_.environment.deployment,
                                 planned_.desired["protect"])}});
      looked_ = true;
      return again();
    }
    if (reply.kind != Reply::Kind::answer) return trouble(reply);
    try {
      return decide(document_in(reply));
    } catch (const AzureError& e) {
      return fail(e.info());
    }
  }

  StepOutcome decide(const Document& live) {
    if (ascii::equal(live["properties"]["provisioningState"].string_or(), "Deleting"))
      return fail({.code = "ResourceGroupBeingDeleted",
                   .message = "the resource group is being deleted",
                   .target = planned_.id},
                  "wait until it is gone, then apply again");
    if (planned_.action == Action::create && !wrote_ &&
        deployment_of(live) != facts_.environment.deployment)
      return fail({.code = "AppearedMeanwhile",
                   .message = "it was created by someone else since the plan was made",
                   .target = planned_.id},
                  "plan again, with --adopt to take it over");
    const auto fresh = engine::Planner::replan(planned_, live, facts_.registry.at(planned_.kind),
                                               facts_.environment, facts_.principals);
    if (!fresh) return finish(live);
    method_ = http::Method::patch;
    const Document protect =
        fresh->desired.find("protect") ? fresh->desired["protect"] : Document();
    body_ = Document::object({{"tags", tags_to_send(live, changed_tags(*fresh),
                                                    facts_.environment.deployment, protect)}});
    looked_ = true;
    return again();
  }

  StepOutcome send(const Context& context) {
    const Reply reply = write(
        method_, planned_.id, body_,
        method_ == http::Method::put ? "ResourceGroups.create_or_update" : "ResourceGroups.update",
        context);
    if (reply.kind == Reply::Kind::answer) {
      try {
        return finish(document_in(reply));
      } catch (const FormatError& e) {
        // The write was done; only its answer cannot be read.
        wrote_ = true;
        looked_ = false;
        return {.status = StepOutcome::Status::retry, .after = 500ms, .error = e.info()};
      } catch (const AzureError& e) {
        return fail(e.info());
      }
    }
    if (reply.kind == Reply::Kind::absent) return fail(reply.error);
    wrote_ |= reply.kind == Reply::Kind::lost;
    if (reply.kind != Reply::Kind::passing) looked_ = false;
    return trouble(reply);
  }

  StepOutcome finish(const Document& live) {
    if (const auto left = engine::Planner::replan(planned_, live, facts_.registry.at(planned_.kind),
                                                  facts_.environment, facts_.principals))
      rewritten_ = left->fields;
    switch (planned_.action) {
      case Action::create:
        return done("created");
      case Action::adopt:
        return done("adopted");
      default:
        return done("updated");
    }
  }

  const Change& planned_;
  const RunFacts& facts_;
  http::Method method_ = http::Method::put;
  Document body_;
  std::vector<engine::FieldChange> rewritten_;
  bool looked_ = false, wrote_ = false;
};

// GET, the list of what is in it, then DELETE: its tags may have changed since the inventory, and
// something may have come in.
class GroupDelete final : public ArmExecution {
 public:
  GroupDelete(const Change& change, const engine::Plan& plan, const RunFacts& facts)
      : ArmExecution(ArmStep(facts.client, groups_api_version)), change_(change), facts_(facts) {
    for (const auto& item : plan.inventory)
      if (ascii::equal(item.group, change.group)) known_.insert(ascii::lower(item.id));
  }

  RequestClass next_request() const override {
    return listed_ && !job_ ? RequestClass::remove : RequestClass::read;
  }

  StepOutcome step(const Context& context) override {
    if (job_) return follow(*job_, "ResourceGroups.delete", 15s, "deleted", context);
    if (!looked_) return look(context);
    return listed_ ? remove(context) : list(context);
  }

 private:
  StepOutcome look(const Context& context) {
    const Reply reply = read(change_.id, "ResourceGroups.get", context);
    if (reply.kind == Reply::Kind::absent) return done(sent_ ? "deleted" : "was gone already");
    if (reply.kind != Reply::Kind::answer) return trouble(reply);
    try {
      if (auto obstacle =
              removal_obstacle(change_, document_in(reply), facts_.environment.deployment))
        return fail(std::move(obstacle->error), std::move(obstacle->remedy));
    } catch (const FormatError& e) {
      return fail(e.info());
    }
    looked_ = true;
    return again();
  }

  StepOutcome list(const Context& context) {
    const Reply reply =
        next_.empty() ? read(change_.id + "/resources", "ResourceGroups.list_resources", context)
                      : arm_.get_url(next_, "ResourceGroups.list_resources", context);
    if (reply.kind == Reply::Kind::absent) return done(sent_ ? "deleted" : "was gone already");
    if (reply.kind != Reply::Kind::answer) return trouble(reply);
    std::string stranger;
    try {
      const Document rest = page_in(reply, [&](const Document& resource) {
        if (!known_.contains(ascii::lower(resource["id"].string_or())) && stranger.empty())
          stranger = resource["id"].string_or();
      });
      next_ = rest["nextLink"].string_or();
    } catch (const FormatError& e) {
      return fail(e.info());
    }
    if (!stranger.empty())
      return fail({.code = "Strangers",
                   .message = "something appeared in the group since the inventory was made",
                   .target = stranger},
                  "look at it, then run teardown again");
    listed_ = next_.empty();
    return again();
  }

  StepOutcome remove(const Context& context) {
    const Reply reply = write(http::Method::del, change_.id, {}, "ResourceGroups.delete", context);
    if (reply.kind == Reply::Kind::absent) return done("was gone already");
    if (reply.kind != Reply::Kind::answer) {
      sent_ = true;
      if (reply.kind != Reply::Kind::passing) looked_ = listed_ = false;
      return trouble(reply);
    }
    job_ = arm::Operation::start(http::Method::del,
                                 facts_.client.cloud().resource_manager + change_.id,
                                 reply.response, arm::FinalState::none, context.clock->now());
    return stand_of(*job_, 15s, "deleted");
  }

  const Change& change_;
  const RunFacts& facts_;
  std::set<std::string> known_;  // ids in lower case
  std::string next_;
  bool looked_ = false, listed_ = false, sent_ = false;
  std::optional<arm::Operation> job_;
};

}  // namespace

std::unique_ptr<engine::Execution> make_group_write(const Change& change, const RunFacts& facts) {
  return std::make_unique<GroupWrite>(change, facts);
}

std::unique_ptr<engine::Execution> make_group_delete(const Change& change, const engine::Plan& plan,
                                                     const RunFacts& facts) {
  return std::make_unique<GroupDelete>(change, plan, facts);
}

}  // namespace akv::kinds
