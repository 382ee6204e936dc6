#include "akv/emulator/changing_options.hpp"

#include "akv/emulator/emulator.hpp"
#include "akv/mgmt/core/errors.hpp"

namespace akv::emulator {
namespace {

using json::Document;

constexpr std::int64_t longest = 600'000;
constexpr std::int64_t largest_page = 1000;

struct Delay {
  const char* name;
  std::chrono::milliseconds Options::*member;
};
constexpr Delay delays[] = {{"dnsDelayMilliseconds", &Options::dns_delay},
                            {"jobDelayMilliseconds", &Options::job_delay},
                            {"writeDelayMilliseconds", &Options::write_delay},
                            {"rolePropagationMilliseconds", &Options::role_propagation_delay}};

struct Switch {
  const char* name;
  bool Options::*member;
};
constexpr Switch switches[] = {{"recoverAppliesProperties", &Options::recover_applies_properties},
                               {"throttle", &Options::throttle}};

[[noreturn]] void refuse(const std::string& name, const char* expected) {
  throw FormatError({.message = name + ": expected " + expected});
}

std::int64_t number(const json::Member& member, std::int64_t least, std::int64_t most,
                    const char* expected) {
  const std::int64_t value = member.value.is_number() ? member.value.int_or(-1) : -1;
  if (value < least || value > most) refuse(member.name, expected);
  return value;
}

void change(Options& options, const json::Member& member) {
  for (const Delay& delay : delays)
    if (member.name == delay.name) {
      options.*delay.member =
          std::chrono::milliseconds(number(member, 0, longest, "a number from 0 to 600000"));
      return;
    }
  for (const Switch& one : switches)
    if (member.name == one.name) {
      if (!member.value.is_bool()) refuse(member.name, "true or false");
      options.*one.member = member.value.as_bool();
      return;
    }
  if (member.name != "pageSize") throw FormatError({.message = member.name + ": is unknown"});
  options.page_size = static_cast<int>(number(member, 1, largest_page, "a number from 1 to 1000"));
}

}  // namespace

void use_recorded_delays(Options& options) {
  options.dns_delay = std::chrono::seconds(20);
  options.job_delay = std::chrono::seconds(15);
  options.write_delay = std::chrono::seconds(2);
  options.role_propagation_delay = std::chrono::seconds(30);
}

Document shown_options(const Options& options) {
  Document shown = Document::object();
  for (const Delay& delay : delays) shown.set(delay.name, (options.*delay.member).count());
  shown.set("pageSize", options.page_size);
  for (const Switch& one : switches) shown.set(one.name, options.*one.member);
  return shown;
}

void change_options(Options& options, const Document& changes) {
  if (!changes.is_object()) throw FormatError({.message = "expected an object of options"});
  Options changed = options;
  for (const json::Member& member : changes.as_object()) change(changed, member);
  // One by one: the others are read without the lock.
  for (const Delay& delay : delays) options.*delay.member = changed.*delay.member;
  for (const Switch& one : switches) options.*one.member = changed.*one.member;
  options.page_size = changed.page_size;
}

}  // namespace akv::emulator
