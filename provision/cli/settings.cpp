#include "akv/provision/cli/settings.hpp"

#include "akv/mgmt/core/random.hpp"
#include "akv/provision/engine/fingerprint.hpp"
#include "akv/provision/engine/ipv4.hpp"
#include "akv/provision/manifest/checks.hpp"
#include "akv/provision/manifest/suggest.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace akv::cli {
namespace {

std::string more_about(const Arguments& arguments) {
  return "akv help " + std::string(arguments.command->name);
}

[[noreturn]] void refuse_word(const Arguments& arguments, std::string_view name,
                              const std::string& given, std::span<const std::string_view> known) {
  throw UsageError(
      std::string(name) + " is " + manifest::list_of(known) + ", not " + manifest::quoted(given),
      manifest::did_you_mean(given, known, more_about(arguments)));
}

/// One of a few words.
template <class Enum, std::size_t N>
Enum word(const Arguments& arguments, std::string_view name,
          const std::pair<std::string_view, Enum> (&words)[N], Enum fallback) {
  const auto given = arguments.value(name);
  if (!given) return fallback;
  std::vector<std::string_view> known;
  for (const auto& [text, value] : words) {
    if (text == *given) return value;
    known.push_back(text);
  }
  refuse_word(arguments, name, *given, known);
}

long number(const Arguments& arguments, std::string_view name, long least, long most,
            long fallback) {
  const auto given = arguments.value(name);
  if (!given) return fallback;
  long value = 0;
  const char* const end = given->data() + given->size();
  const auto [stopped, error] = std::from_chars(given->data(), end, value);
  if (error != std::errc() || stopped != end || value < least || value > most)
    throw UsageError(std::string(name) + " is a number from " + std::to_string(least) + " to " +
                         std::to_string(most) + ", not " + manifest::quoted(*given),
                     more_about(arguments));
  return value;
}

std::pair<std::string, std::string> assignment(const Arguments& arguments,
                                               const std::string& given) {
  const std::size_t equals = given.find('=');
  if (equals == std::string::npos || equals == 0)
    throw UsageError("--set takes NAME=VALUE, not " + manifest::quoted(given),
                     more_about(arguments));
  return {given.substr(0, equals), given.substr(equals + 1)};
}

engine::Allowance allowance(const std::string& given) {
  const std::size_t equals = given.find('=');
  engine::Allowance out{given.substr(0, equals)};
  if (equals != std::string::npos) out.glob = given.substr(equals + 1);
  const std::vector<std::string_view> known = engine::guard_ids();
  if (std::find(known.begin(), known.end(), out.guard) == known.end())
    throw UsageError(
        "unknown guard " + manifest::quoted(out.guard),
        manifest::did_you_mean(out.guard, known, "the guards are " + manifest::list_of(known)));
  if (out.glob.empty())
    throw UsageError("--allow " + out.guard + "= names no GROUP/VAULT",
                     "leave the = away to lift the guard for all");
  return out;
}

/// A firewall sees public addresses only: another one would never be let in, and never be missed.
std::optional<std::uint32_t> own_address(const Arguments& arguments) {
  const auto given = arguments.value("--my-ip");
  if (!given) return std::nullopt;
  const auto range = engine::parse_ipv4_range(*given);
  if (given->find('/') != std::string::npos || !range)
    throw UsageError("--my-ip is one IPv4 address, not " + manifest::quoted(*given),
                     "write the public address that your requests come from, such as 203.0.113.7");
  if (const std::string fault = manifest::check_public_range(*given); !fault.empty())
    throw UsageError("--my-ip: " + fault.substr(0, fault.find(';')),
                     "write the public address that your requests come from");
  return range->address;
}

std::pair<std::string, std::optional<std::string>> tag(const Arguments& arguments,
                                                       const std::string& given) {
  const std::size_t equals = given.find('=');
  if (equals == 0 || given.empty())
    throw UsageError("--tag takes NAME or NAME=VALUE, not " + manifest::quoted(given),
                     more_about(arguments));
  if (equals == std::string::npos) return {given, std::nullopt};
  return {given.substr(0, equals), given.substr(equals + 1)};
}

/// A name becomes part of a path.
std::vector<std::string> groups(const Arguments& arguments) {
  std::vector<std::string> given = arguments.values("--group");
  for (const std::string& name : given)
    if (const std::string fault = manifest::check_resource_group_name(name); !fault.empty()) {
      const std::size_t hint = fault.rfind("; ");
      throw UsageError("--group: " + fault.substr(0, hint), fault.substr(hint + 2));
    }
  return given;
}

std::string mark(const Arguments& arguments) {
  std::string given = arguments.value("--deployment").value_or("");
  if (!arguments.has("--deployment")) return given;
  const std::string fault = manifest::check_deployment_name(given);
  if (fault.empty()) return given;
  const std::size_t hint = fault.rfind("; ");
  throw UsageError("--deployment: " + fault.substr(0, hint), fault.substr(hint + 2));
}

/// The option, else the variables in their order.
std::string first_of(const std::optional<std::string>& option, const Environment& environment,
                     std::initializer_list<std::string_view> variables,
                     const std::string& fallback = {}) {
  if (option) return *option;
  for (const std::string_view name : variables)
    if (const auto value = environment.get(name)) return *value;
  return fallback;
}

void read_output(const Arguments& arguments, Settings& out) {
  using report::Format;
  static constexpr std::pair<std::string_view, Format> formats[] = {
      {"text", Format::text}, {"json", Format::json}, {"markdown", Format::markdown}};
  using report::CheckFormat;
  static constexpr std::pair<std::string_view, CheckFormat> check_formats[] = {
      {"text", CheckFormat::text},
      {"json", CheckFormat::json},
      {"markdown", CheckFormat::markdown},
      {"sarif", CheckFormat::sarif},
      {"junit", CheckFormat::junit}};
  static constexpr std::pair<std::string_view, Color> colors[] = {
      {"auto", Color::automatic}, {"always", Color::always}, {"never", Color::never}};
  static constexpr std::pair<std::string_view, Progress> ways[] = {{"auto", Progress::plain},
                                                                   {"live", Progress::plain},
                                                                   {"plain", Progress::plain},
                                                                   {"json", Progress::json},
                                                                   {"none", Progress::none}};
  const std::span<const std::string_view> forms = arguments.command->forms;
  if (const auto given = arguments.value("--output");
      given && std::find(forms.begin(), forms.end(), *given) == forms.end())
    refuse_word(arguments, "--output", *given, forms);
  if (arguments.command->name == "check") {
    out.check_format = word(arguments, "--output", check_formats, CheckFormat::text);
    // Errors come as JSON where the report would be.
    out.format = out.check_format == CheckFormat::json ? Format::json : Format::text;
  } else {
    out.format = word(arguments, "--output", formats, Format::text);
  }
  out.quiet = arguments.has("--quiet");
  out.verbose = arguments.has("--verbose");
  if (out.quiet && out.verbose)
    throw UsageError("--quiet and --verbose exclude each other", more_about(arguments));
  out.color = word(arguments, "--color", colors, Color::automatic);
  out.progress = word(arguments, "--progress", ways, out.quiet ? Progress::none : Progress::plain);
}

void read_place(const Arguments& arguments, const Environment& environment, Settings& out) {
  out.given_subscription = arguments.value("--subscription").value_or("");
  out.given_tenant = arguments.value("--tenant").value_or("");
  out.subscription = first_of(arguments.value("--subscription"), environment,
                              {"AKV_SUBSCRIPTION_ID", "AZURE_SUBSCRIPTION_ID"});
  out.tenant =
      first_of(arguments.value("--tenant"), environment, {"AKV_TENANT_ID", "AZURE_TENANT_ID"});
  out.cloud = first_of(arguments.value("--cloud"), environment, {"AKV_CLOUD"}, "");
  out.cloud_is_named = !out.cloud.empty();
  if (!out.cloud_is_named) out.cloud = "AzureCloud";
  out.ca_file = first_of(arguments.value("--ca-file"), environment, {"AKV_CA_FILE"});
  out.emulator = arguments.value("--emulator");
  if (out.emulator && arguments.has("--cloud"))
    throw UsageError("--emulator and --cloud exclude each other", more_about(arguments));
}

/// What of the command line decides what is planned: all options but those of how it is shown.
std::vector<std::string> plan_options(const Arguments& arguments) {
  static constexpr std::string_view shown[] = {"--save",     "--detailed-exitcode", "--output",
                                               "--quiet",    "--verbose",           "--color",
                                               "--progress", "--parallel"};
  std::vector<std::string> words;
  for (const std::string_view name : arguments.command->options) {
    if (std::find(std::begin(shown), std::end(shown), name) != std::end(shown)) continue;
    const OptionSpec& spec = option(name);
    const std::vector<std::string>& values = arguments.values(name);
    if (spec.value.empty() && !values.empty()) words.emplace_back(name);
    if (spec.value.empty()) continue;
    for (const std::string& value : values) {
      words.emplace_back(name);
      // A value that looks like an option, or may be left out, is told from one by its "=".
      if (!spec.without.empty() || value.starts_with("-")) {
        if (value != spec.without) words.back().append("=").append(value);
      } else {
        words.push_back(value);
      }
    }
  }
  return words;
}

void read_check(const Arguments& arguments, Settings& out) {
  using engine::Severity;
  static constexpr std::pair<std::string_view, Severity> severities[] = {
      {"low", Severity::low}, {"medium", Severity::medium}, {"high", Severity::high}};
  out.fail_on = word(arguments, "--fail-on", severities, Severity::high);
  out.baseline = arguments.value("--baseline").value_or("");
  out.write_baseline = arguments.value("--write-baseline").value_or("");
  for (const std::string_view partial : {"--target", "--exclude"})
    if (!out.write_baseline.empty() && arguments.has(partial))
      throw UsageError(
          "--write-baseline and " + std::string(partial) +
              " exclude each other: the file would lose the findings of what is left "
              "out",
          "write the baseline of the whole estate; --baseline goes with " + std::string(partial));
  out.offline = arguments.has("--offline");
  for (const std::string_view place : {"--cloud", "--emulator"})
    if (out.offline && arguments.has(place))
      throw UsageError("--offline and " + std::string(place) + " exclude each other",
                       more_about(arguments));
}

/// Which commands need a FILE, and which take something in its place.
void check_files(const Arguments& arguments) {
  const std::string_view name = arguments.command->name;
  if (!arguments.command->files || name == "emulator" || name == "help") return;
  if (name == "teardown" && arguments.has("--group")) {
    if (!arguments.files.empty())
      throw UsageError("teardown takes either a FILE or --group, not both", more_about(arguments));
    return;
  }
  if (name == "show" && arguments.files.size() > 1)
    throw UsageError("akv show takes one saved plan", more_about(arguments));
  if (arguments.files.empty())
    throw UsageError("akv " + std::string(name) + " needs a FILE" +
                         (name == "teardown" ? " or --group GROUP" : ""),
                     more_about(arguments));
  if (std::count(arguments.files.begin(), arguments.files.end(), "-") > 1)
    throw UsageError("- is standard input and can be read once only", more_about(arguments));
}

void read_pruning(const Arguments& arguments, Settings& out) {
  out.prune = arguments.has("--prune");
  out.prune_scopes = arguments.values("--prune-scope");
  if (!out.prune_scopes.empty() && !out.prune)
    throw UsageError("--prune-scope widens --prune, which is not given", more_about(arguments));
  for (const std::string& scope : out.prune_scopes)
    if (!is_uuid(scope))
      throw UsageError("--prune-scope " + manifest::quoted(scope) + " is no subscription id",
                       "one looks like 9c0d1f2e-0000-4000-8000-000000000001");
  for (const std::string_view partial : {"--target", "--exclude"})
    if (out.prune && arguments.has(partial))
      throw UsageError("--prune and " + std::string(partial) +
                           " exclude each other: what is left out would look as if it had left "
                           "the manifest",
                       more_about(arguments));
}

std::string file_to_save(const Arguments& arguments) {
  const auto given = arguments.value("--save");
  if (given && (given->empty() || *given == "-"))
    throw UsageError("--save needs a file that apply can read again", more_about(arguments));
  return given.value_or("");
}

std::string expected_digest(const Arguments& arguments) {
  const auto given = arguments.value("--expect");
  if (given && !engine::is_digest(*given))
    throw UsageError("--expect takes a whole digest, sha256: and 64 hexadecimal digits, not " +
                         manifest::quoted(*given),
                     "akv plan and akv show print it");
  return given.value_or("");
}

}  // namespace

Settings read_settings(const Arguments& arguments, const Environment& environment) {
  check_files(arguments);
  Settings out;
  out.files = arguments.files;
  for (const std::string& given : arguments.values("--set"))
    out.set.push_back(assignment(arguments, given));
  out.values = arguments.values("--values");
  out.allow_env = arguments.values("--allow-env");
  read_place(arguments, environment, out);

  out.target = arguments.values("--target");
  out.exclude = arguments.values("--exclude");
  out.adopt = arguments.values("--adopt");
  for (const std::string& given : arguments.values("--allow"))
    out.allow.push_back(allowance(given));
  out.my_ip = own_address(arguments);
  out.groups = groups(arguments);
  read_pruning(arguments, out);
  out.preflight = arguments.has("--preflight");
  out.plan_options = plan_options(arguments);
  for (const std::string& given : arguments.values("--tag"))
    out.tags.push_back(tag(arguments, given));
  out.names = arguments.values("--name");
  out.mark = mark(arguments);
  out.gone = arguments.value("--gone").value_or("");
  out.principals = arguments.value("--principals").value_or("");
  out.purge = arguments.has("--purge");
  out.delete_existing_groups = arguments.has("--delete-existing-groups");
  out.save = file_to_save(arguments);
  out.expect = expected_digest(arguments);
  out.yes = arguments.has("--yes");
  out.confirm = arguments.values("--confirm");
  out.parallel = static_cast<int>(number(arguments, "--parallel", 1, 256, 16));
  read_output(arguments, out);
  read_check(arguments, out);
  out.origins = arguments.has("--origins");
  out.detailed_exit_code = arguments.has("--detailed-exitcode");
  out.store = arguments.value("--store").value_or(out.store);
  out.port = static_cast<unsigned short>(number(arguments, "--port", 0, 65535, 8443));
  if (arguments.has("--proxy"))
    out.proxy = static_cast<unsigned short>(number(arguments, "--proxy", 0, 65535, 0));
  out.throttle = arguments.has("--throttle");
  out.azure_pace = arguments.has("--azure-pace");
  out.faults = arguments.value("--faults").value_or("");
  return out;
}

}  // namespace akv::cli
