#include "akv/provision/engine/scheduler.hpp"

#include "akv/provision/engine/graph.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <map>
#include <set>
#include <utility>

namespace akv::engine {
namespace {

using Time = Clock::SteadyTime;
using Nodes = std::set<std::size_t>;  // In order of the nodes, which is the order of starting.

constexpr std::size_t request_classes = 3;

std::string sentence(Outcome outcome) {
  switch (outcome) {
    case Outcome::failed:
      return ", which failed";
    case Outcome::skipped:
      return ", which was skipped";
    case Outcome::unknown:
      return ", of which no answer was seen";
    case Outcome::succeeded:
    case Outcome::not_started:
      break;
  }
  return "";
}

}  // namespace

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::succeeded:
      return "succeeded";
    case Outcome::failed:
      return "failed";
    case Outcome::skipped:
      return "skipped";
    case Outcome::unknown:
      return "unknown";
    case Outcome::not_started:
      return "notStarted";
  }
  return "";
}

// A node is in one place at a time:
//
//   blocked ──> fresh ──> in flight ──> ended
//                          ^     │
//             resumed,     │     │  again, poll, retry
//             queued  <────┴─ sleeping, or in a share
//
// Lanes keep what is ready apart by the bucket that it takes from, so that a full bucket of one
// subscription holds up nothing else. What has not begun is asked for its bucket only when it is
// next in its lane: asking makes its execution.
struct Scheduler::State {
  enum class Place { blocked, fresh, resumed, queued, in_flight, sleeping, sharing, ended };

  struct Track {
    Place place = Place::blocked;
    std::size_t lane = 0;
    std::size_t waits = 0;  // For so many that have not succeeded yet.
    bool begun = false;
    int retries = 0;
    std::optional<Time> polling_since{};
    std::string share{};
  };

  struct Bucket {
    Nodes ready;
    Time opens = Time::min();  // What the pace said last.
  };

  struct Lane {
    std::string subscription;
    Bucket fresh;
    std::array<Bucket, request_classes> queued;
  };

  // All that wait on one thing. While it is being asked, newcomers gather for the next time.
  struct Share {
    Nodes members;
    Time due = Time::max();
    Time opens = Time::min();
    bool in_flight = false;
  };

  State(std::vector<Node> given, SchedulerOptions chosen, const Pace* paced)
      : nodes(std::move(given)),
        options(chosen),
        pace(paced),
        tracks(nodes.size()),
        results(nodes.size()) {
    options.parallel = std::max(options.parallel, 1);
    Edges edges;
    for (Node& node : nodes) {
      auto& list = node.waits_for;
      std::sort(list.begin(), list.end());
      list.erase(std::unique(list.begin(), list.end()), list.end());
      edges.push_back(list);
    }
    check_graph(edges, [this](std::size_t i) { return nodes[i].name; });
    waiting = reversed(edges);
    std::map<std::string, std::size_t, ascii::Less> lane_of;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const auto [at, added] = lane_of.emplace(nodes[i].subscription, lanes.size());
      if (added)
        lanes.push_back({.subscription = nodes[i].subscription, .fresh = {}, .queued = {}});
      tracks[i].lane = at->second;
      tracks[i].waits = edges[i].size();
      if (edges[i].empty()) make_fresh(i);
    }
  }

  void make_fresh(std::size_t i) {
    Bucket& fresh = lanes[tracks[i].lane].fresh;
    fresh.ready.insert(i);
    fresh.opens = Time::min();
    tracks[i].place = Place::fresh;
  }

  void resume(std::size_t i) {
    tracks[i].place = Place::resumed;
    resumed.insert(i);
  }

  void sleep(std::size_t i, Time until) {
    tracks[i].place = Place::sleeping;
    sleeping.emplace(until, i);
  }

  void join(std::size_t i, const std::string& share, Time due) {
    tracks[i].place = Place::sharing;
    tracks[i].share = share;
    Share& all = shares[share];
    all.members.insert(i);
    all.due = std::min(all.due, due);
  }

  void wake_sleepers() {
    while (!sleeping.empty() && sleeping.begin()->first <= now) {
      resume(sleeping.begin()->second);
      sleeping.erase(sleeping.begin());
    }
  }

  // One next() asks the pace at most once for each bucket: its answer holds until a request goes.
  using Slots = std::map<std::pair<std::size_t, RequestClass>, Time>;
  Time opens(Slots& slots, std::size_t lane, RequestClass kind) const {
    if (!pace) return now;
    const auto [slot, added] = slots.try_emplace({lane, kind});
    if (added) slot->second = pace->next_slot(lanes[lane].subscription, kind, now);
    return slot->second;
  }

  std::optional<Step> pick(const std::function<RequestClass(std::size_t)>& next_request,
                           Slots& slots);
  void settle(std::size_t i, const StepOutcome& outcome, const std::string& shared);
  void end(std::size_t i, NodeResult result);
  void skip_waiting(std::size_t cause);

  std::vector<Node> nodes;
  SchedulerOptions options;
  const Pace* const pace;
  std::vector<Track> tracks;
  std::vector<NodeResult> results;
  Edges waiting;
  std::vector<Lane> lanes;
  Nodes resumed;
  std::set<std::pair<Time, std::size_t>> sleeping;
  std::map<std::string, Share> shares;
  std::vector<std::size_t> ended;
  std::size_t ended_count = 0, begun_count = 0, begun_ended = 0;
  int in_flight = 0;
  bool stopped = false;
  Time now = Time::min();
};

Scheduler::Scheduler(std::vector<Node> nodes, SchedulerOptions options, const Pace* pace)
    : state_(std::make_shared<State>(std::move(nodes), options, pace)) {}

// The first in order of the nodes that its bucket lets go.
std::optional<Step> Scheduler::State::pick(
    const std::function<RequestClass(std::size_t)>& next_request, Slots& slots) {
  Bucket* from = nullptr;
  std::pair<const std::string, Share>* from_share = nullptr;
  std::size_t first = nodes.size();
  for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
    const auto consider = [&](Bucket& bucket, std::optional<RequestClass> kind) {
      if (bucket.ready.empty() || *bucket.ready.begin() >= first) return;
      bucket.opens = opens(slots, lane, kind ? *kind : next_request(*bucket.ready.begin()));
      if (bucket.opens > now) return;
      from = &bucket;
      first = *bucket.ready.begin();
    };
    for (std::size_t kind = 0; kind < request_classes; ++kind)
      consider(lanes[lane].queued[kind], static_cast<RequestClass>(kind));
    if (!stopped) consider(lanes[lane].fresh, std::nullopt);
  }
  for (auto& entry : shares) {
    Share& share = entry.second;
    if (share.in_flight || share.due > now || *share.members.begin() >= first) continue;
    const std::size_t member = *share.members.begin();
    share.opens = opens(slots, tracks[member].lane, next_request(member));
    if (share.opens > now) continue;
    from_share = &entry;
    first = member;
  }
  if (first == nodes.size()) return std::nullopt;

  Step step;
  if (from_share) {
    Share& share = from_share->second;
    step.share = from_share->first;
    step.changes.assign(share.members.begin(), share.members.end());
    share.members.clear();
    share.due = Time::max();
    share.in_flight = true;
  } else {
    step.changes = {first};
    from->ready.erase(first);
    if (!std::exchange(tracks[first].begun, true)) ++begun_count;
  }
  for (const std::size_t i : step.changes) tracks[i].place = Place::in_flight;
  return step;
}

std::vector<Step> Scheduler::next(Time now,
                                  const std::function<RequestClass(std::size_t)>& next_request) {
  State& state = *state_;
  state.now = now;
  state.wake_sleepers();
  for (const std::size_t i : state.resumed) {
    const auto kind = static_cast<std::size_t>(next_request(i));
    state.lanes[state.tracks[i].lane].queued[kind].ready.insert(i);
    state.tracks[i].place = State::Place::queued;
  }
  state.resumed.clear();
  std::vector<Step> steps;
  State::Slots slots;
  while (state.in_flight < state.options.parallel) {
    auto step = state.pick(next_request, slots);
    if (!step) break;
    ++state.in_flight;
    steps.push_back(std::move(*step));
  }
  return steps;
}

void Scheduler::finished(const Step& step, const std::vector<StepOutcome>& outcomes, Time now) {
  assert(outcomes.size() == step.changes.size());
  State& state = *state_;
  state.now = now;
  --state.in_flight;
  if (!step.share.empty()) state.shares[step.share].in_flight = false;
  for (std::size_t k = 0; k < step.changes.size(); ++k)
    state.settle(step.changes[k], outcomes[k], step.share);
  if (!step.share.empty() && state.shares[step.share].members.empty())
    state.shares.erase(step.share);
}

void Scheduler::State::settle(std::size_t i, const StepOutcome& outcome,
                              const std::string& shared) {
  using Status = StepOutcome::Status;
  Track& track = tracks[i];
  assert(track.place == Place::in_flight);
  if (outcome.status != Status::retry) track.retries = 0;
  if (outcome.status != Status::retry && outcome.status != Status::poll)
    track.polling_since.reset();
  switch (outcome.status) {
    case Status::again:
      return resume(i);
    case Status::done:
      return end(i, {.outcome = Outcome::succeeded});
    case Status::failed:
      return end(i, {Outcome::failed, outcome.error, outcome.remedy, {}});
    case Status::unknown:
      return end(i, {Outcome::unknown, outcome.error, outcome.remedy, {}});
    case Status::retry:
      if (++track.retries > options.max_retries)
        return end(i, {outcome.error.maybe_delivered ? Outcome::unknown : Outcome::failed,
                       outcome.error,
                       outcome.remedy,
                       {}});
      break;
    case Status::poll:
      if (!track.polling_since) track.polling_since = now;
      if (now - *track.polling_since >= options.poll_limit)
        return end(i, {Outcome::failed,
                       {.code = "StillNotDone",
                        .message = "the service took it, and was still not done " +
                                   std::to_string(options.poll_limit.count()) + " minutes later",
                        .target = nodes[i].name},
                       "look at its state with the service; applying again goes on from there",
                       {}});
      break;
  }
  // What failed while it was asked together is asked together again.
  const std::string& share =
      outcome.share.empty() && outcome.status == Status::retry ? shared : outcome.share;
  if (share.empty())
    sleep(i, now + outcome.after);
  else
    join(i, share, now + outcome.after);
}

void Scheduler::State::end(std::size_t i, NodeResult result) {
  const bool succeeded = result.outcome == Outcome::succeeded;
  tracks[i].place = Place::ended;
  results[i] = std::move(result);
  ended.push_back(i);
  ++ended_count;
  ++begun_ended;
  if (!succeeded) return skip_waiting(i);
  for (const std::size_t other : waiting[i])
    if (tracks[other].place == Place::blocked && --tracks[other].waits == 0) make_fresh(other);
}

void Scheduler::State::skip_waiting(std::size_t cause) {
  std::vector<std::size_t> stack = {cause};
  while (!stack.empty()) {
    const std::size_t i = stack.back();
    stack.pop_back();
    for (const std::size_t other : waiting[i]) {
      if (tracks[other].place != Place::blocked) continue;
      tracks[other].place = Place::ended;
      results[other] = {.outcome = Outcome::skipped, .because = nodes[cause].name};
      ended.push_back(other);
      ++ended_count;
      stack.push_back(other);
    }
  }
}

std::optional<Time> Scheduler::wake() const {
  const State& state = *state_;
  if (state.in_flight >= state.options.parallel) return std::nullopt;
  std::optional<Time> earliest;
  const auto consider = [&](Time at) {
    at = std::max(at, state.now);
    earliest = earliest ? std::min(*earliest, at) : at;
  };
  if (!state.resumed.empty()) consider(state.now);
  if (!state.sleeping.empty()) consider(state.sleeping.begin()->first);
  for (const State::Lane& lane : state.lanes) {
    if (!state.stopped && !lane.fresh.ready.empty()) consider(lane.fresh.opens);
    for (const State::Bucket& bucket : lane.queued)
      if (!bucket.ready.empty()) consider(bucket.opens);
  }
  for (const auto& [key, share] : state.shares)
    if (!share.in_flight && !share.members.empty()) consider(std::max(share.due, share.opens));
  return earliest;
}

void Scheduler::stop() { state_->stopped = true; }

bool Scheduler::done() const {
  const State& state = *state_;
  return state.stopped ? state.begun_count == state.begun_ended
                       : state.ended_count == state.nodes.size();
}

std::string Scheduler::why_blocked(std::size_t i) const {
  const State& state = *state_;
  const State::Track& track = state.tracks[i];
  switch (track.place) {
    case State::Place::blocked:
    case State::Place::ended: {
      if (track.place == State::Place::ended && state.results[i].outcome != Outcome::skipped)
        return {};
      std::string names;
      for (const std::size_t other : state.nodes[i].waits_for)
        if (state.results[other].outcome != Outcome::succeeded)
          names += (names.empty() ? "" : " and ") + state.nodes[other].name +
                   sentence(state.results[other].outcome);
      return "waits for " + names;
    }
    case State::Place::fresh:
      if (state.stopped) return "was not begun before the stop";
      [[fallthrough]];
    case State::Place::resumed:
    case State::Place::queued:
      return state.in_flight >= state.options.parallel
                 ? "waits for one of " + std::to_string(state.in_flight) + " in flight"
                 : "waits for the pace of " + state.lanes[track.lane].subscription;
    case State::Place::in_flight:
      return "is in flight";
    case State::Place::sleeping:
      return track.polling_since ? "waits for the service to finish" : "waits to try again";
    case State::Place::sharing:
      return "waits for the service to finish, together with others of " + track.share;
  }
  return {};
}

const std::vector<NodeResult>& Scheduler::results() const { return state_->results; }

std::vector<std::size_t> Scheduler::take_ended() { return std::exchange(state_->ended, {}); }

std::vector<std::size_t> Scheduler::under_way() const {
  std::vector<std::size_t> list;
  for (std::size_t i = 0; i < state_->tracks.size(); ++i)
    if (state_->tracks[i].begun && state_->tracks[i].place != State::Place::ended)
      list.push_back(i);
  return list;
}

}  // namespace akv::engine
