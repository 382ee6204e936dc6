/// What a manifest asks for, with the places it was written at.
#pragma once
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/json/document.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace akv::engine {

using json::Document;

/// A place in a file; line and column count from 1, 0 means unknown.
struct Place {
  std::uint32_t file = 0, line = 0, column = 0;
};

/// The table behind Document::origin(): index 0 is "unknown".
struct Places {
  std::vector<std::string> files{};
  std::vector<Place> places{Place{}};

  std::uint32_t add(Place place) {
    places.push_back(place);
    return static_cast<std::uint32_t>(places.size() - 1);
  }
  const Place& at(std::uint32_t origin) const {
    return places[origin < places.size() ? origin : 0];
  }
  /// `estate.yaml:25`, or empty when unknown.
  std::string file_and_line(std::uint32_t origin) const;
};

/// Whether a list is owned whole, or only in the entries that the manifest names.
enum class ListMode { exact, merge };
enum class OnSoftDeleted { fail, recover, purge };

/// One object that shall exist.
struct Desired {
  std::string kind;  ///< `resourceGroup`, `vault`; of a companion list `roleAssignment`, `lock`
  std::string name;  ///< `GROUP` or `GROUP/VAULT`; a companion list has its parent's.
  /// Its ARM id; of a companion list that of the collection, which begins with its parent's id.
  std::string id;
  std::string subscription;
  std::string group;  ///< Name of its resource group.
  /// Only what the manifest manages, in the manifest's own shape: ARM's names with the
  /// `properties` level taken out, `sku: standard`, access policies as
  /// `{objectId, [tenantId], [applicationId], permissions: {keys: […]}, [state: absent]}`,
  /// IP rules as texts, subnet rules as `{id, ignoreMissingVnetServiceEndpoint}`.
  Document body;
  std::uint32_t origin = 0;  ///< Place of its `name`.
  /// By property (`accessPolicies`, `networkAcls`, `tags`); absent: the kind's default.
  std::map<std::string, ListMode, std::less<>> manage{};
  bool existing = false;  ///< Must exist; never created, marked, changed or deleted.
  bool adopt = false;
  OnSoftDeleted on_soft_deleted = OnSoftDeleted::fail;
  std::uint32_t subscription_origin = 0;  ///< 0: no manifest names the subscription.
  /// Places of the words that became members above: `adopt`, `manage.tags`, …
  std::vector<std::pair<std::string, std::uint32_t>> word_origins{};
};

/// A named principal of the manifest.
struct Principal {
  std::string name;
  std::string object_id;     ///< That of a managed identity is a placeholder until it is resolved.
  std::string type;          ///< `User`, `Group`, `ServicePrincipal`, … or empty.
  bool break_glass = false;  ///< The lock-out guard watches over its access.
  std::string managed_identity{};  ///< ARM id of the resource whose identity this is, or empty.
  std::uint32_t origin = 0;        ///< Place of its id.
};

/// Stands for the object id of a managed identity, in principals and in the entries of documents,
/// until a kind has asked ARM for it. Never sent.
std::string identity_placeholder(std::string_view managed_identity);
/// The ARM id in a placeholder; empty for an object id.
std::string_view managed_identity_of(std::string_view object_id);

/// `# akv:ignore RULE reason`: a finding of the rule is expected there.
struct Remark {
  Place place;  ///< Of the comment.
  std::uint32_t applies_to =
      0;  ///< The line it speaks of: its own, else the next that is no comment.
  std::string rule, reason;
};

/// A whole manifest, resolved.
struct Deployment {
  std::string name;                        ///< The ownership mark.
  std::string tenant;                      ///< Empty: the subscription's own.
  std::vector<std::string> subscriptions;  ///< In order of first mention.
  std::vector<Desired> objects;  ///< In order of the manifest; groups before their vaults.
  std::vector<Principal> principals;
  Places places;
  std::uint32_t name_origin = 0, tenant_origin = 0;
  std::vector<Remark> remarks{};
};

}  // namespace akv::engine
