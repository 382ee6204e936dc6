// The rules of misbehaviour as JSON: reading them, with the place of every mistake.
#include "akv/emulator/faults.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/errors.hpp"

#include <algorithm>
#include <initializer_list>
#include <limits>

namespace akv::emulator {
namespace {

using json::Document;

[[noreturn]] void refuse(const std::string& place, const std::string& what) {
  throw FormatError({.code = "InvalidFaults", .message = place + ": " + what});
}

void check_members(const Document& object, const std::string& place,
                   std::initializer_list<std::string_view> known) {
  if (!object.is_object()) refuse(place, "expected an object");
  for (const json::Member& member : object.as_object())
    if (std::find(known.begin(), known.end(), member.name) == known.end()) {
      std::string all;
      for (const std::string_view name : known)
        all += (all.empty() ? "" : ", ") + std::string(name);
      refuse(place + "." + member.name, "unknown; one of " + all);
    }
}

std::int64_t number(const Document& object, const char* name, const std::string& place,
                    std::int64_t least, std::int64_t most, std::int64_t absent) {
  const Document* value = object.find(name);
  if (value == nullptr) return absent;
  const std::int64_t read = value->int_or(least - 1);
  if (read < least || read > most)
    refuse(place + "." + name,
           "expected a number from " + std::to_string(least) + " to " + std::to_string(most));
  return read;
}

std::string text(const Document& object, const char* name, const std::string& place) {
  const Document* value = object.find(name);
  if (value == nullptr) return {};
  if (!value->is_string() || value->as_string().empty())
    refuse(place + "." + name, "expected a text");
  return value->as_string();
}

bool is_header_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

/// A header's name, of which the listener does not decide itself: how long an answer is, and when
/// its connection ends, must stay true.
bool is_header_name(std::string_view name) {
  constexpr std::string_view signs = "!#$%&'*+-.^_`|~";
  const bool is_token = std::all_of(name.begin(), name.end(), [&](char c) {
    const char lower = ascii::to_lower(c);
    return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || signs.find(c) != signs.npos;
  });
  return is_token && !name.empty() && !ascii::equal(name, "Content-Length") &&
         !ascii::equal(name, "Transfer-Encoding") && !ascii::equal(name, "Connection");
}

/// Whether the member is there; then it must be a list of objects.
bool has_policies(const Document& object, const char* name, const std::string& place) {
  const Document* list = object.find(name);
  if (list == nullptr) return false;
  if (!list->is_array() || list->size() == 0 ||
      !std::all_of(list->as_array().begin(), list->as_array().end(),
                   [](const Document& policy) { return policy.is_object(); }))
    refuse(place + "." + name, "expected a list of access policies");
  return true;
}

http::Headers headers(const Document& object, const char* name, const std::string& place) {
  http::Headers read;
  const Document* value = object.find(name);
  if (value == nullptr) return read;
  if (!value->is_object()) refuse(place + "." + name, "expected an object");
  for (const json::Member& header : value->as_object()) {
    if (!header.value.is_string() || !is_header_text(header.value.as_string()))
      refuse(place + "." + name + "." + header.name, "expected a header of printable ASCII");
    if (!is_header_name(header.name))
      refuse(place + "." + name + "." + header.name, "is no name of a header that a rule may set");
    read.add(header.name, header.value.as_string());
  }
  return read;
}

double probability(const Document& match, const std::string& place) {
  const Document* value = match.find("probability");
  if (value == nullptr) return 1;
  double read = -1;
  if (value->is_number()) try {
      read = std::stod(value->as_number().text);
    } catch (const std::exception&) {
      read = -1;
    }
  if (!(read >= 0 && read <= 1)) refuse(place + ".probability", "expected a number from 0 to 1");
  return read;
}

std::vector<http::Method> methods(const Document& match, const std::string& place) {
  std::vector<http::Method> read;
  const Document* value = match.find("method");
  if (value == nullptr) return read;
  if (value->is_array() && value->size() == 0) refuse(place + ".method", "is an empty list");
  const Document::Array one = {*value};
  for (const Document& word : value->is_array() ? value->as_array() : one) {
    const auto method = http::parse_method(word.string_or());
    if (!method) refuse(place + ".method", "expected GET, HEAD, PUT, POST, PATCH or DELETE");
    read.push_back(*method);
  }
  return read;
}

std::optional<FaultEffect::Answer> answer(const Document& effect, const std::string& place) {
  const auto status = number(effect, "status", place, 200, 599, 0);
  const Document& error = effect["error"];
  if (status == 0) {
    for (const char* name : {"error", "body", "headers"})
      if (effect.find(name)) refuse(place + "." + name, "needs a status beside it");
    return std::nullopt;
  }
  FaultEffect::Answer read{.status = static_cast<int>(status),
                           .headers = headers(effect, "headers", place)};
  const std::string after = text(effect, "answer", place);
  if (!after.empty() && after != "insteadOfWork" && after != "afterWork")
    refuse(place + ".answer", "expected insteadOfWork or afterWork");
  read.after_work = after == "afterWork";
  if (!error.is_null()) {
    check_members(error, place + ".error", {"code", "message"});
    read.body = Document::object({{"error", error}}).dump();
  }
  if (const Document* body = effect.find("body"))
    read.body = body->is_string() ? body->as_string() : body->dump();
  if (read.body.size() > max_fault_body)
    refuse(place + ".body", "longer than " + std::to_string(max_fault_body) + " bytes");
  if (!read.body.empty() && !read.headers.has("Content-Type"))
    read.headers.set("Content-Type", "application/json; charset=utf-8");
  return read;
}

void read_poller(const Document& effect, const std::string& place, FaultEffect& read) {
  const Document* value = effect.find("poller");
  if (value == nullptr) return;
  if (value->string_or() == "stuck") {
    read.poller = FaultEffect::Poller::stuck;
    return;
  }
  const Document* failed = value->find("failed");
  if (failed == nullptr) refuse(place + ".poller", R"(expected "stuck" or {"failed": {…}})");
  check_members(*value, place + ".poller", {"failed"});
  check_members(*failed, place + ".poller.failed", {"code", "message"});
  read.poller = FaultEffect::Poller::failed;
  const std::string code = text(*failed, "code", place + ".poller.failed");
  const std::string message = text(*failed, "message", place + ".poller.failed");
  read.poller_code = code.empty() ? "InternalServerError" : code;
  read.poller_message = message.empty() ? "The operation failed." : message;
}

void read_second_writer(const Document& effect, const std::string& place, FaultEffect& read) {
  const Document* writer = effect.find("secondWriter");
  if (writer == nullptr) return;
  const std::string here = place + ".secondWriter";
  check_members(*writer, here, {"addPolicies", "removePolicies", "tags"});
  if (writer->size() == 0) refuse(here, "says nothing that the other writer does");
  for (auto [name, target] :
       {std::pair{"addPolicies", &read.policies_added}, {"removePolicies", &read.policies_removed}})
    if (has_policies(*writer, name, here)) *target = (*writer)[name];
  if (const Document* tags = writer->find("tags")) {
    if (!tags->is_object() || tags->size() == 0)
      refuse(here + ".tags", "expected an object of tags");
    for (const json::Member& tag : tags->as_object())
      if (!tag.value.is_string()) refuse(here + ".tags." + tag.name, "expected a text");
    read.tags = *tags;
  }
}

FaultEffect read_effect(const Document& effect, const std::string& place) {
  check_members(effect, place,
                {"status", "error", "headers", "body", "answer", "delayMilliseconds", "reset",
                 "truncateAfter", "bytesPerSecond", "contentType", "repeatHeaders", "poller",
                 "rolePropagationSeconds", "secondWriter", "staleReads"});
  if (effect.size() == 0) refuse(place, "says nothing that goes wrong");
  FaultEffect read{.answer = answer(effect, place)};
  read.delivery.delay = std::chrono::milliseconds(
      number(effect, "delayMilliseconds", place, 1, max_fault_delay.count(), 0));
  const std::string reset = text(effect, "reset", place);
  if (!reset.empty() && reset != "beforeWork" && reset != "afterWork")
    refuse(place + ".reset", "expected beforeWork or afterWork");
  read.reset_before_work = reset == "beforeWork";
  read.delivery.reset = !reset.empty();
  if (const auto bytes = number(effect, "truncateAfter", place, 0, 1 << 30, -1); bytes >= 0)
    read.delivery.truncate_after = static_cast<std::size_t>(bytes);
  read.delivery.bytes_per_second =
      static_cast<std::size_t>(number(effect, "bytesPerSecond", place, 1, 1 << 30, 0));
  read.content_type = text(effect, "contentType", place);
  if (!is_header_text(read.content_type))
    refuse(place + ".contentType", "expected a header of printable ASCII");
  read.repeated_headers = headers(effect, "repeatHeaders", place);
  read.stale_reads = static_cast<int>(number(effect, "staleReads", place, 1, 1000, 0));
  read.role_propagation =
      std::chrono::seconds(number(effect, "rolePropagationSeconds", place, 1, 3600, 0));
  if (read.answer && !read.answer->after_work)
    for (const char* name : {"poller", "staleReads", "rolePropagationSeconds"})
      if (effect.find(name))
        refuse(place + "." + name, "beside a status it needs answer: afterWork");
  read_poller(effect, place, read);
  read_second_writer(effect, place, read);
  return read;
}

FaultRule read_rule(const Document& rule, const std::string& place) {
  check_members(rule, place, {"name", "match", "effect"});
  FaultRule read;
  read.name = text(rule, "name", place);
  const Document& match = rule["match"];
  const std::string where = place + ".match";
  if (!match.is_null())
    check_members(match, where, {"method", "path", "nth", "every", "times", "probability"});
  read.methods = methods(match, where);
  if (const Document* path = match.find("path")) {
    read.path = path->string_or();
    if (read.path.empty() || read.path.size() > 2048)
      refuse(where + ".path", "expected 1 to 2048 characters");
  }
  constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
  read.nth = static_cast<std::uint64_t>(number(match, "nth", where, 1, most, 0));
  read.every = static_cast<std::uint64_t>(number(match, "every", where, 1, most, 0));
  read.times = static_cast<std::uint64_t>(number(match, "times", where, 1, most, 0));
  read.probability = probability(match, where);
  const Document* effect = rule.find("effect");
  if (effect == nullptr) refuse(place + ".effect", "is missing");
  read.effect = read_effect(*effect, place + ".effect");
  return read;
}

}  // namespace

FaultRules parse_fault_rules(const Document& document) {
  check_members(document, "$", {"seed", "rules"});
  FaultRules read;
  read.seed = static_cast<std::uint64_t>(
      number(document, "seed", "$", 0, std::numeric_limits<std::int32_t>::max(), 1));
  const Document& rules = document["rules"];
  if (!rules.is_array()) refuse("$.rules", "expected a list of rules");
  if (rules.size() > max_fault_rules)
    refuse("$.rules", "more than " + std::to_string(max_fault_rules) + " rules");
  for (std::size_t i = 0; i < rules.size(); ++i)
    read.rules.push_back(read_rule(rules.as_array()[i], "$.rules[" + std::to_string(i) + "]"));
  return read;
}

}  // namespace akv::emulator
