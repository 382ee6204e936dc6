#include "akv/mgmt/arm/operation.hpp"
#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/kinds/removal_obstacle.hpp"
#include "akv/provision/kinds/vault_documents.hpp"
#include "akv/provision/kinds/vault_execution.hpp"

#include <optional>
#include <string>
#include <utility>

namespace akv::kinds {
namespace {

using namespace std::chrono_literals;
using engine::Change;

// GET, then DELETE: the tag that protects may have been set since the inventory.
class VaultDelete final : public ArmExecution {
 public:
  VaultDelete(const Change& change, const RunFacts& facts)
      : ArmExecution(ArmStep(facts.client, facts.environment.api_version)),
        change_(change),
        deployment_(facts.environment.deployment) {}

  RequestClass next_request() const override {
    return looked_ ? RequestClass::remove : RequestClass::read;
  }

  StepOutcome step(const Context& context) override {
    if (!looked_) {
      const Reply reply = read(change_.id, "Vaults.get", context);
      if (reply.kind == Reply::Kind::absent) return done(sent_ ? "deleted" : "was gone already");
      if (reply.kind != Reply::Kind::answer) return trouble(reply);
      return look(reply);
    }
    const Reply reply = write(http::Method::del, change_.id, {}, "Vaults.delete", context);
    if (reply.kind == Reply::Kind::answer || reply.kind == Reply::Kind::absent)
      return done("deleted");
    sent_ = true;
    if (reply.kind != Reply::Kind::passing) looked_ = false;
    return trouble(reply);
  }

 private:
  StepOutcome look(const Reply& reply) {
    try {
      if (auto obstacle = removal_obstacle(change_, document_in(reply), deployment_))
        return fail(std::move(obstacle->error), std::move(obstacle->remedy));
    } catch (const FormatError& e) {
      return fail(e.info());
    }
    looked_ = true;
    return again();
  }

  const Change& change_;
  const std::string deployment_;
  bool looked_ = false, sent_ = false;
};

// GET of the deleted vault, POST purge, then the job until it ends. The GET comes first in any
// case, as after a lost answer: a vault that is gone needs no purge.
class VaultPurge final : public ArmExecution {
 public:
  VaultPurge(const Change& change, const RunFacts& facts)
      : ArmExecution(ArmStep(facts.client, facts.environment.api_version)),
        change_(change),
        facts_(facts),
        path_("/subscriptions/" + change.subscription + "/providers/Microsoft.KeyVault/locations/" +
              location_of(change) + "/deletedVaults/" + name_of(change)) {}

  RequestClass next_request() const override {
    return looked_ && !job_ ? RequestClass::write : RequestClass::read;
  }

  StepOutcome step(const Context& context) override {
    if (job_) return follow(*job_, "Vaults.purge_deleted", 5s, "purged", context);
    return looked_ ? purge(context) : look(context);
  }

 private:
  // Where it is: as the deleted vault says, as the live one did, or as the plan settled it.
  static std::string location_of(const Change& change) {
    const Document* in_properties = change.live.at_path({"properties", "location"});
    std::string location(
        in_properties ? in_properties->string_or()
                      : change.live["location"].string_or(change.desired["location"].string_or()));
    std::erase(location, ' ');
    return location;
  }
  static std::string name_of(const Change& change) { return ResourceId::parse(change.id)->name(); }

  StepOutcome look(const Context& context) {
    const Reply reply = read(path_, "Vaults.get_deleted", context);
    if (reply.kind == Reply::Kind::absent) return done(sent_ ? "purged" : "was gone already");
    if (reply.kind != Reply::Kind::answer) return trouble(reply);
    try {
      // Nothing brings back what is purged, so it must be the very one that was planned.
      const Document deleted = document_in(reply);
      const std::string_view at = deleted["properties"]["deletionDate"].string_or();
      if (!change_.deleted_at.empty() && at != change_.deleted_at)
        return fail(
            {.code = "AnotherDeletedVault",
             .message = "the vault that is soft-deleted under its name now was deleted at " +
                        std::string(at) + ", and the plan means one of " + change_.deleted_at,
             .target = change_.id},
            "look at whose it is, and plan again");
    } catch (const FormatError& e) {
      return fail(e.info());
    }
    looked_ = true;
    return again();
  }

  StepOutcome purge(const Context& context) {
    const Reply reply =
        write(http::Method::post, path_ + "/purge", {}, "Vaults.purge_deleted", context);
    if (reply.kind == Reply::Kind::absent) return done("was gone already");
    if (reply.kind != Reply::Kind::answer) {
      sent_ = true;
      if (reply.kind != Reply::Kind::passing) looked_ = false;
      return trouble(reply);
    }
    job_ = arm::Operation::start(http::Method::post,
                                 facts_.client.cloud().resource_manager + path_ + "/purge",
                                 reply.response, arm::FinalState::none, context.clock->now());
    return stand_of(*job_, 5s, "purged");
  }

  const Change& change_;
  const RunFacts& facts_;
  std::string path_;
  bool looked_ = false, sent_ = false;
  std::optional<arm::Operation> job_;
};

}  // namespace

std::unique_ptr<engine::Execution> make_vault_delete(const Change& change, const RunFacts& facts) {
  return std::make_unique<VaultDelete>(change, facts);
}

std::unique_ptr<engine::Execution> make_vault_purge(const Change& change, const RunFacts& facts) {
  return std::make_unique<VaultPurge>(change, facts);
}

}  // namespace akv::kinds
