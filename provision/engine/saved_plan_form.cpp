#include "akv/provision/engine/detail/saved_plan_form.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <type_traits>
#include <unordered_map>
#include <utility>

namespace akv::engine::detail {
namespace {

template <class T, class Of>
concept Is = std::is_same_v<std::remove_const_t<T>, Of>;

/// An index into Places, which the file has of its own.
template <class Index>
struct Origin {
  Index& index;
};
template <class Index>
Origin<Index> place(Index& index) {
  return {index};
}

/// A member that says the opposite, so that the usual case is left out.
template <class Bool>
struct Inverse {
  Bool& value;
};
template <class Bool>
Inverse<Bool> inverse(Bool& value) {
  return {value};
}

template <class Enum>
struct Word {
  std::string_view text;
  Enum value;
};
constexpr std::array<Word<Action>, 6> words(Action) {
  return {{{"create", Action::create},
           {"update", Action::update},
           {"recover", Action::recover},
           {"purge", Action::purge},
           {"delete", Action::del},
           {"adopt", Action::adopt}}};
}
constexpr std::array<Word<ListMode>, 2> words(ListMode) {
  return {{{"exact", ListMode::exact}, {"merge", ListMode::merge}}};
}
constexpr std::array<Word<Severity>, 3> words(Severity) {
  return {{{"low", Severity::low}, {"medium", Severity::medium}, {"high", Severity::high}}};
}
constexpr std::array<Word<Grant::Way>, 4> words(Grant::Way) {
  return {{{"policy", Grant::Way::policy},
           {"dataRole", Grant::Way::data_role},
           {"writeRole", Grant::Way::write_role},
           {"ownerRole", Grant::Way::owner_role}}};
}
constexpr std::array<Word<AccessModel>, 3> words(AccessModel) {
  return {{{"unknown", AccessModel::unknown},
           {"policies", AccessModel::policies},
           {"roles", AccessModel::roles}}};
}
constexpr std::array<Word<Reach::Door>, 3> words(Reach::Door) {
  return {{{"open", Reach::Door::open},
           {"closed", Reach::Door::closed},
           {"perimeter", Reach::Door::perimeter}}};
}
constexpr std::array<Word<OnSoftDeleted>, 3> words(OnSoftDeleted) {
  return {{{"fail", OnSoftDeleted::fail},
           {"recover", OnSoftDeleted::recover},
           {"purge", OnSoftDeleted::purge}}};
}

/// Builds the form. Only places that something points at are kept.
class Writer {
 public:
  explicit Writer(const Places& places) : places_(places) {}

  /// What has its default is left out.
  template <class T>
  void operator()(std::string_view name, const T& value) {
    Document member = form(value);
    if (!member.is_null() && (std::is_same_v<T, Document> || !says_nothing(member)))
      out_.set(name, std::move(member));
  }
  /// The places that were pointed at.
  void places() {
    Document list = Document::array();
    for (const Place& place : kept_.places)
      list.push_back(Document::array({static_cast<std::int64_t>(place.file),
                                      static_cast<std::int64_t>(place.line),
                                      static_cast<std::int64_t>(place.column)}));
    out_.set("placeFiles", form(places_.files));
    out_.set("places", std::move(list));
  }
  Document take() { return std::move(out_); }

 private:
  static bool says_nothing(const Document& member) {
    static constexpr std::string_view nothing[] = {"\"\"", "[]", "{}", "false", "0"};
    const bool is_long = member.is_string() ? !member.as_string().empty() : member.size() != 0;
    return !is_long &&
           std::find(std::begin(nothing), std::end(nothing), member.dump()) != std::end(nothing);
  }

  template <class T>
  Document form(const std::vector<T>& list) {
    Document array = Document::array();
    for (const T& item : list) array.push_back(form(item));
    return array;
  }
  template <class Order>
  Document form(const std::map<std::string, std::string, Order>& map) {
    Document object = Document::object();
    for (const auto& [name, value] : map) object.set(name, value);
    return object;
  }
  template <class Order>
  Document form(const std::map<std::string, ListMode, Order>& map) {
    Document object = Document::object();
    for (const auto& [name, mode] : map) object.set(name, form(mode));
    return object;
  }
  template <class T>
  Document form(const T& value) {
    if constexpr (std::is_enum_v<T>) {
      for (const auto& word : words(value))
        if (word.value == value) return word.text;
      return {};
    } else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
      return static_cast<std::int64_t>(value);
    } else if constexpr (std::is_convertible_v<T, Document>) {
      return value;
    } else {
      Document outer = std::exchange(out_, Document::object());
      describe(*this, value);
      return std::exchange(out_, std::move(outer));
    }
  }
  template <class Index>
  Document form(const Origin<Index>& origin) {
    return form(kept(origin.index));
  }
  template <class Bool>
  Document form(const Inverse<Bool>& inverse) {
    return !inverse.value;
  }
  std::uint32_t kept(std::uint32_t origin) {
    if (origin == 0 || origin >= places_.places.size()) return 0;
    const auto [at, is_new] = index_.emplace(origin, 0);
    if (is_new) at->second = kept_.add(places_.at(origin));
    return at->second;
  }

  const Places& places_;
  Places kept_;
  std::unordered_map<std::uint32_t, std::uint32_t> index_;
  Document out_ = Document::object();
};

/// Reads it back. What is missing keeps its default.
class Reader {
 public:
  explicit Reader(const Document& form) : in_(&form) {}

  template <class T>
  void operator()(std::string_view name, T&& value) {
    const Document* member = in_->find(name);
    if (!member) return;
    const std::string outer = path_;
    path_ += (path_.empty() ? "" : ".") + std::string(name);
    read(*member, value);
    path_ = outer;
  }

  void places(Places& places) {
    (*this)("placeFiles", places.files);
    std::vector<std::vector<std::uint32_t>> list;
    (*this)("places", list);
    places.places.clear();
    for (const auto& place : list) {
      path_ = "places";
      if (place.size() != 3) fail("three numbers each");
      places.places.push_back({place[0], place[1], place[2]});
    }
    if (places.places.empty()) places.places.emplace_back();
  }

 private:
  [[noreturn]] void fail(std::string_view expected) const {
    throw FormatError({.message = "the saved plan cannot be read: " + path_ + ": expected " +
                                  std::string(expected)});
  }

  template <class T>
  void read(const Document& from, std::vector<T>& list) {
    if (!from.is_array()) fail("a list");
    const std::string outer = path_;
    list.reserve(from.size());
    for (const Document& item : from.as_array()) {
      path_ = outer + "[" + std::to_string(list.size()) + "]";
      read(item, list.emplace_back());
    }
    path_ = outer;
  }
  template <class T, class Order>
  void read(const Document& from, std::map<std::string, T, Order>& map) {
    if (!from.is_object()) fail("an object");
    for (const json::Member& member : from.as_object()) read(member.value, map[member.name]);
  }
  void read(const Document& from, Document& document) { document = from; }
  void read(const Document& from, std::string& text) {
    if (!from.is_string()) fail("a text");
    text = from.as_string();
  }
  void read(const Document& from, Origin<std::uint32_t>& origin) { read(from, origin.index); }
  void read(const Document& from, Inverse<bool>& inverse) {
    read(from, inverse.value);
    inverse.value = !inverse.value;
  }
  template <class T>
  void read(const Document& from, T& value) {
    if constexpr (std::is_enum_v<T>) {
      for (const auto& word : words(T{}))
        if (word.text == from.string_or()) {
          value = word.value;
          return;
        }
      fail("a word of this version");
    } else if constexpr (std::is_same_v<T, bool>) {
      if (!from.is_bool()) fail("true or false");
      value = from.as_bool();
    } else if constexpr (std::is_integral_v<T>) {
      const std::int64_t number = from.int_or(-1);
      if (number < 0 || number > 0xffffffffLL) fail("a number");
      value = static_cast<T>(number);
    } else {
      if (!from.is_object()) fail("an object");
      const Document* outer = std::exchange(in_, &from);
      describe(*this, value);
      in_ = outer;
    }
  }

  const Document* in_;  // within the form, which outlives this
  std::string path_;
};

// One line a member, for both.

void describe(auto& io, Is<Allowance> auto& allowance) {
  io("guard", allowance.guard);
  io("glob", allowance.glob);
}

void describe(auto& io, Is<FieldChange> auto& field) {
  io("path", field.path);
  io("property", field.property);
  io("entry", field.entry);
  io("leaf", field.leaf);
  io("before", field.before);
  io("after", field.after);
  io("key", field.key);
  io("place", place(field.origin));
}

void describe(auto& io, Is<Ipv4Range> auto& range) {
  io("address", range.address);
  io("prefix", range.prefix);
}

void describe(auto& io, Is<Reach> auto& reach) {
  io("door", reach.door);
  io("selected", inverse(reach.all));
  io("addresses", reach.addresses);
  io("subnets", reach.subnets);
  io("withoutAzureServices", inverse(reach.azure_services));
  io("privateEndpoints", reach.private_endpoints);
}

// Of access the reports tell the reach; the rest is for guards, which judge again.
void describe(auto& io, Is<Access> auto& access) { io("reach", access.reach); }

void describe(auto& io, Is<Impact> auto& impact) {
  io("pairsBefore", impact.pairs_before);
  io("pairsLost", impact.pairs_lost);
  io("pairsGained", impact.pairs_gained);
  io("accessEmptied", impact.access_emptied);
  io("networkClosed", impact.network_closed);
  io("networkOpened", impact.network_opened);
  io("purgeProtection", impact.purge_protection);
  io("accessModel", impact.access_model);
  io("tenant", impact.tenant);
  io("before", impact.before);
  io("after", impact.after);
}

void describe(auto& io, Is<std::pair<std::string, std::string>> auto& effect) {
  io("path", effect.first);
  io("text", effect.second);
}

void describe(auto& io, Is<std::pair<std::string, FieldChange>> auto& left_alone) {
  io("name", left_alone.first);
  io("field", left_alone.second);
}

void describe(auto& io, Is<Desired> auto& desired) {
  io("kind", desired.kind);
  io("name", desired.name);
  io("id", desired.id);
  io("subscription", desired.subscription);
  io("group", desired.group);
  io("body", desired.body);
  io("place", place(desired.origin));
  io("manage", desired.manage);
  io("existing", desired.existing);
  io("adopt", desired.adopt);
  io("onSoftDeleted", desired.on_soft_deleted);
}

void describe(auto& io, Is<Change> auto& change) {
  io("action", change.action);
  io("kind", change.kind);
  io("name", change.name);
  io("id", change.id);
  io("subscription", change.subscription);
  io("group", change.group);
  io("place", place(change.origin));
  io("fields", change.fields);
  io("leftAlone", change.left_alone);
  io("risks", change.risks);
  io("notes", change.notes);
  io("effects", change.effects);
  io("impact", change.impact);
  io("manifest", change.source);
  io("waitsFor", change.waits_for);
  io("adopts", change.adopts);
  io("takenFrom", change.taken_from);
  io("lastWritten", change.last_written);
  io("deletedAt", change.deleted_at);
  io("summary", change.summary);
}

void describe(auto& io, Is<Refusal> auto& refusal) {
  io("kind", refusal.kind);
  io("name", refusal.name);
  io("id", refusal.id);
  io("place", place(refusal.origin));
  io("code", refusal.code);
  io("message", refusal.message);
  io("remedy", refusal.remedy);
  io("runGoesOn", inverse(refusal.stops_run));
}

void describe(auto& io, Is<Unreadable> auto& unreadable) {
  io("kind", unreadable.kind);
  io("name", unreadable.name);
  io("id", unreadable.id);
  io("code", unreadable.code);
  io("message", unreadable.message);
  io("remedy", unreadable.remedy);
  io("requestId", unreadable.request_id);
}

void describe(auto& io, Is<GuardFinding> auto& finding) {
  io("id", finding.id);
  io("message", finding.message);
  io("objects", finding.objects);
  io("remedy", finding.remedy);
  io("liftedBy", finding.lifted_by);
}

// Only those that count are in a plan.
void describe(auto& io, Is<Finding> auto& finding) {
  io("rule", finding.rule);
  io("severity", finding.severity);
  io("kind", finding.kind);
  io("name", finding.name);
  io("id", finding.id);
  io("subject", finding.subject);
  io("message", finding.message);
  io("place", place(finding.origin));
  io("objectPlace", place(finding.object_origin));
}

void describe(auto& io, Is<InventoryItem> auto& item) {
  io("group", item.group);
  io("id", item.id);
  io("type", item.type);
  io("name", item.name);
  io("location", item.location);
  io("inManifest", item.in_manifest);
  io("marked", item.marked);
  io("stranger", item.stranger);
  io("protected", item.is_protected);
  io("mark", item.mark);
  io("summary", item.summary);
}

void describe(auto& io, Is<Principal> auto& principal) {
  io("name", principal.name);
  io("objectId", principal.object_id);
  io("type", principal.type);
  io("breakGlass", principal.break_glass);
  io("managedIdentity", principal.managed_identity);
}

void describe(auto& io, Is<Witness> auto& witness) {
  io("kind", witness.kind);
  io("name", witness.name);
  io("id", witness.id);
  io("fingerprint", witness.fingerprint);
}

void describe(auto& io, Is<Grant> auto& grant) {
  io("objectId", grant.object_id);
  io("way", grant.way);
  io("administers", grant.administers);
  io("what", grant.what);
}

void describe(auto& io, Is<StandingGrants> auto& standing) {
  io("subscription", standing.subscription);
  io("name", standing.name);
  io("grants", standing.grants);
  io("model", standing.model);
}

void describe(auto& io, Is<Plan> auto& plan) {
  io("deployment", plan.deployment);
  io("apiVersion", plan.api_version);
  io("where", plan.where);
  io("who", plan.who);
  io("digest", plan.digest);
  io("changes", plan.changes);
  io("refused", plan.refused);
  io("unreadable", plan.unreadable);
  io("guards", plan.guards);
  io("warnings", plan.warnings);
  io("findings", plan.findings);
  io("kept", plan.kept);
  io("leftAlone", plan.left_alone);
  io("inventory", plan.inventory);
  io("unchanged", plan.unchanged);
  io("vaultsPlanned", plan.vaults_planned);
  io("reads", plan.reads);
  io("plannedWrites", plan.planned_writes);
  io("principals", plan.principals);
  io("standing", plan.standing);
}

void describe(auto& io, Is<SavedPlan> auto& saved) {
  io("savedAt", saved.saved_at);
  io("cloud", saved.cloud);
  io("endpoint", saved.endpoint);
  io("tenant", saved.tenant);
  io("tenants", saved.tenants);
  io("subscriptions", saved.subscriptions);
  io("files", saved.files);
  io("parameters", saved.parameters);
  io("options", saved.options);
  io("allow", saved.allow);
  io("adopt", saved.adopt);
  io("plan", saved.plan);
  io("before", saved.before);
  io("witnesses", saved.witnesses);
}

}  // namespace

Document form_of(const SavedPlan& saved) {
  Writer writer(saved.plan.places);
  describe(writer, saved);
  writer.places();
  return writer.take();
}

SavedPlan plan_of(const Document& form) {
  SavedPlan saved;
  Reader reader(form);
  describe(reader, saved);
  reader.places(saved.plan.places);
  return saved;
}

}  // namespace akv::engine::detail
