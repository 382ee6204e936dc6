// Which requests go wrong, and what then becomes of them.
#include "akv/emulator/faults.hpp"

#include "akv/emulator/arm_errors.hpp"
#include "akv/emulator/router.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/errors.hpp"

#include <algorithm>
#include <utility>

namespace akv::emulator {
namespace {

using json::Document;

constexpr std::string_view newest_version = "2026-02-01";

bool happens(RandomSource& random, double probability) {
  constexpr double steps = 1 << 30;
  return static_cast<double>(random.next() >> 34) < probability * steps;
}

/// `…/vaults/{name}` at the start of the path, or empty.
std::string vault_in(std::string_view path) {
  constexpr std::string_view mark = "/providers/microsoft.keyvault/vaults/";
  const auto at = ascii::lower(path).find(mark);
  if (at == std::string::npos) return {};
  const auto end = path.find('/', at + mark.size());
  return std::string(path.substr(0, end));
}

http::Request request_for(const http::Request& like, http::Method method, const std::string& path,
                          std::string body = {}) {
  const auto url = http::Url::parse(like.url);
  return {.method = method,
          .url = (url ? url->origin() : std::string("https://management.azure.com")) + path +
                 "?api-version=" + std::string(newest_version),
          .headers = {{"Content-Type", "application/json"}},
          .body = std::move(body)};
}

void let_another_write(const FaultEffect& effect, const http::Request& request,
                       const FaultHost& host) {
  const std::string vault = vault_in(path_of(request));
  if (vault.empty()) return;
  const auto change = [&](const char* kind, const Document& entries) {
    if (entries.is_null()) return;
    const Document body =
        Document::object({{"properties", Document::object({{"accessPolicies", entries}})}});
    host.work_as_another(
        request_for(request, http::Method::put, vault + "/accessPolicies/" + kind, body.dump()));
  };
  change("add", effect.policies_added);
  change("remove", effect.policies_removed);
  if (effect.tags.is_null()) return;
  const http::Response now = host.work_as_another(request_for(request, http::Method::get, vault));
  if (now.status != 200) return;
  Document tags = Document::parse(now.body)["tags"];
  for (const json::Member& tag : effect.tags.as_object()) tags.set(tag.name, tag.value);
  host.work_as_another(request_for(request, http::Method::patch, vault,
                                   Document::object({{"tags", std::move(tags)}}).dump()));
}

/// Of a job: an address of its own, or the resource's with the job's id.
bool asks_for_result(const http::Request& request) {
  const auto url = http::Url::parse(request.url);
  return url && (ascii::lower(url->path).find("operationresults/") != std::string::npos ||
                 http::query_parameter(url->query, "operationid"));
}

/// An empty object where it is none.
Document parsed(const std::string& body) try {
  Document document = Document::parse(body);
  return document.is_object() ? document : Document::object();
} catch (const FormatError&) {
  return Document::object();  // no body that could say anything about progress
}

Document error_of(const FaultEffect& effect) {
  return Document::object({{"code", effect.poller_code}, {"message", effect.poller_message}});
}

http::Response answer_of(const FaultEffect& effect) {
  return {.status = effect.answer->status,
          .headers = effect.answer->headers,
          .body = effect.answer->body};
}

void change_headers(const FaultEffect& effect, http::Response& response) {
  if (!effect.content_type.empty()) response.headers.set("Content-Type", effect.content_type);
  for (const auto& [name, value] : effect.repeated_headers) response.headers.add(name, value);
}

/// An answer about progress, saying something else than the truth.
void distort(const FaultEffect& effect, const http::Request& request, http::Response& response) {
  if (effect.poller == FaultEffect::Poller::untouched || response.status >= 400) return;
  const bool stuck = effect.poller == FaultEffect::Poller::stuck;
  if (asks_for_result(request)) {
    Document told = parsed(response.body);
    const bool is_purge = told.find("createdDateTime") != nullptr;
    if (told.find("status") && !is_purge) {  // what `Azure-AsyncOperation` names: 200 all along
      told.set("status", stuck ? "InProgress" : "Failed");
      if (!stuck) told.set("error", error_of(effect));
      response.body = told.dump();
      return;
    }
    response.status = stuck ? 202 : 409;
    if (!stuck) {
      response.body = error_body(effect.poller_code, effect.poller_message);
    } else {
      told.erase("lastActionDateTime");
      if (is_purge) told.set("status", "NotStarted");
      response.body = is_purge ? told.dump() : std::string();
      response.headers.set("Location", request.url);
      response.headers.set("Retry-After", "1");
    }
    return;
  }
  Document body = parsed(response.body);
  if (!body["properties"].find("provisioningState")) return;
  const bool is_vault = ascii::equal(body["type"].string_or(), "Microsoft.KeyVault/vaults");
  body.set("properties")
      .set("provisioningState", stuck ? is_vault ? "RegisteringDns" : "Updating" : "Failed");
  if (!stuck) body.set("error", error_of(effect));
  response.body = body.dump();
}

/// What the address of a write shows just before it, to whoever may see it.
std::optional<http::Response> shown_before(const http::Request& write, const FaultHost& host) {
  const auto url = http::Url::parse(write.url);
  const auto version = url ? http::query_parameter(url->query, "api-version") : std::nullopt;
  if (!version) return std::nullopt;
  http::Response before = host.work_as_another(
      {.url = url->origin() + url->path + "?api-version=" + http::percent_encode(*version)});
  if (before.status != 404 && (before.status < 200 || before.status >= 300)) return std::nullopt;
  return before;
}

}  // namespace

std::string path_of(const http::Request& request) {
  const auto url = http::Url::parse(request.url);
  if (!url) return {};
  const auto segments = split_path(url->path);
  if (!segments) return http::percent_decode(url->path);
  std::string path;
  for (const std::string& segment : *segments) path.append("/").append(segment);
  return path.empty() ? "/" : path;
}

bool fits(std::string_view pattern, std::string_view path) {
  // Each kind of star remembers where it stood last; going on from there tries one character more.
  struct Star {
    std::size_t pattern = std::string_view::npos, path = 0;
  } single, twin;
  std::size_t p = 0, t = 0;
  const auto retry = [&](Star& star) {
    if (star.pattern == std::string_view::npos) return false;
    p = star.pattern;
    t = ++star.path;
    return true;
  };
  while (t < path.size() || p < pattern.size()) {
    if (p < pattern.size()) {
      if (pattern.substr(p).starts_with("**")) {
        p += 2;
        twin = {p, t};
        single = {};
        continue;
      }
      if (pattern[p] == '*') {
        single = {++p, t};
        continue;
      }
      if (t < path.size() &&
          (pattern[p] == '?' ? path[t] != '/'
                             : ascii::to_lower(pattern[p]) == ascii::to_lower(path[t]))) {
        ++p;
        ++t;
        continue;
      }
    }
    if (single.pattern != std::string_view::npos && single.path < path.size() &&
        path[single.path] != '/' && retry(single))
      continue;
    single = {};
    if (twin.pattern != std::string_view::npos && twin.path < path.size() && retry(twin)) continue;
    return false;
  }
  return true;
}

void Faults::set(FaultRules rules) {
  std::lock_guard lock(mutex_);
  rules_ = std::move(rules);
  counts_.assign(rules_.rules.size(), {});
  random_ = SeededRandom(rules_.seed);
  stale_.clear();
  idle_.store(rules_.rules.empty(), std::memory_order_release);
}

Document Faults::counts() const {
  std::lock_guard lock(mutex_);
  Document list = Document::array();
  for (std::size_t i = 0; i < counts_.size(); ++i)
    list.push_back(Document::object({{"name", rules_.rules[i].name},
                                     {"matched", static_cast<std::int64_t>(counts_[i].matched)},
                                     {"applied", static_cast<std::int64_t>(counts_[i].applied)}}));
  return Document::object({{"rules", std::move(list)}});
}

std::optional<FaultEffect> Faults::take(const http::Request& request) {
  std::lock_guard lock(mutex_);
  const std::string path = path_of(request);
  std::optional<FaultEffect> taken;
  for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
    const FaultRule& rule = rules_.rules[i];
    Count& count = counts_[i];
    if (!rule.methods.empty() &&
        std::find(rule.methods.begin(), rule.methods.end(), request.method) == rule.methods.end())
      continue;
    if (!fits(rule.path, path)) continue;
    ++count.matched;
    if (taken || (rule.nth != 0 && count.matched != rule.nth) ||
        (rule.every != 0 && count.matched % rule.every != 0) ||
        (rule.times != 0 && count.applied >= rule.times) ||
        (rule.probability < 1 && !happens(random_, rule.probability)))
      continue;
    ++count.applied;
    taken = rule.effect;
  }
  return taken;
}

void Faults::keep_stale(const std::string& path, http::Response before, int reads) {
  constexpr std::size_t most = 10000;
  std::lock_guard lock(mutex_);
  if (stale_.size() < most)
    stale_.insert_or_assign(ascii::lower(path), Stale{std::move(before), reads});
}

void Faults::forget_stale() {
  std::lock_guard lock(mutex_);
  stale_.clear();
}

bool Faults::has_stale(const http::Request& request) const {
  std::lock_guard lock(mutex_);
  return !stale_.empty() && stale_.contains(ascii::lower(path_of(request)));
}

std::optional<http::Response> Faults::take_stale(const http::Request& request) {
  std::lock_guard lock(mutex_);
  const auto found = stale_.find(ascii::lower(path_of(request)));
  if (found == stale_.end()) return std::nullopt;
  http::Response answer = found->second.answer;
  if (--found->second.reads == 0) stale_.erase(found);
  return answer;
}

http::Response misbehave(const FaultEffect& effect, const http::Request& request, Faults& faults,
                         const FaultHost& host, Delivery& delivery) {
  let_another_write(effect, request, host);
  delivery = effect.delivery;
  if (effect.reset_before_work) return {};
  if (effect.answer && !effect.answer->after_work) {
    http::Response response = answer_of(effect);
    host.complete(request, response);
    change_headers(effect, response);
    return response;
  }

  const std::string path = path_of(request);
  std::optional<http::Response> before;
  if (effect.stale_reads > 0 && request.method != http::Method::get)
    before = shown_before(request, host);
  http::Response response = host.work(request);
  if (before && response.status < 400)
    faults.keep_stale(path, std::move(*before), effect.stale_reads);
  if (effect.role_propagation.count() > 0 && response.status < 300)
    host.hold_back_role(path, effect.role_propagation);
  if (effect.answer) {
    response = answer_of(effect);
    host.complete(request, response);
  }
  distort(effect, request, response);
  change_headers(effect, response);
  if (delivery.reset) response.status = 0;
  return response;
}

}  // namespace akv::emulator
