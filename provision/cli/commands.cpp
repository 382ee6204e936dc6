#include "akv/provision/cli/commands.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace akv::cli {
namespace {

constexpr OptionSpec options[] = {
    {"--set", "NAME=VALUE", "set a parameter of the manifest", '\0', {}, true},
    {"--values", "FILE", "parameters from a YAML file; --set wins", '\0', {}, true},
    {"--allow-env", "NAME", "let the manifest read this environment variable", '\0', {}, true},
    {"--subscription", "ID", "where the manifest names none (AZURE_SUBSCRIPTION_ID)"},
    {"--tenant", "ID", "where the manifest names none (AZURE_TENANT_ID)"},
    {"--target", "GLOB", "only these GROUP/VAULT", '\0', {}, true},
    {"--exclude", "GLOB", "all but these GROUP/VAULT", '\0', {}, true},
    {"--cloud", "WHERE",
     "AzureCloud (default), AzureChinaCloud, AzureUSGovernment, FILE or URL (AKV_CLOUD)"},
    {"--ca-file", "FILE", "authorities to trust, in PEM form (AKV_CA_FILE)"},
    {"--emulator", "FILE", "the emulator inside akv, kept in FILE (default .akv/emulator.db)", '\0',
     ".akv/emulator.db"},
    {"--adopt", "GLOB", "take over live objects that carry no mark (default: all)", '\0', "*",
     true},
    {"--allow", "GUARD[=GLOB]", "lift a guard, for all or for these GROUP/VAULT", '\0', {}, true},
    {"--my-ip", "ADDRESS", "guard that this public address of yours still reaches the vaults"},
    {"--yes", "", "answer the question, except for what destroys"},
    {"--confirm", "NAME", "answer the question for what destroys", '\0', {}, true},
    {"--parallel", "N", "requests at a time (default 16)"},
    {"--group",
     "GROUP",
     "a resource group (teardown: all in it that akv marked goes)",
     'g',
     {},
     true},
    {"--tag", "NAME[=VALUE]", "only vaults with this tag", '\0', {}, true},
    {"--name", "GLOB", "only vaults of such a name", '\0', {}, true},
    {"--deployment", "NAME",
     "the ownership mark (default: the vaults' own, else the group's name)"},
    {"--gone", "FILE", "object ids of principals that are no more, one a line"},
    {"--principals", "FILE", "name principals as this manifest does"},
    {"--purge", "", "purge afterwards what may be purged, for ever"},
    {"--delete-existing-groups", "", "also groups that akv neither made nor adopted"},
    {"--prune", "", "delete what carries this deployment's mark and left the manifest"},
    {"--prune-scope", "ID", "with --prune: also all over this subscription", '\0', {}, true},
    {"--preflight", "",
     "also list rights that are missing, locks in the way, names that are taken"},
    {"--save", "PLAN", "save the plan there, for show and apply"},
    {"--expect", "DIGEST", "apply only the change set that was approved, as plan printed it"},
    {"--detailed-exitcode", "", "exit 2 if there are changes, 3 if apply would be refused"},
    {"--offline", "", "judge the manifest alone: no sign-in, nothing is read"},
    {"--fail-on", "SEVERITY", "exit 2 from there on: low, medium, high (default)"},
    {"--baseline", "FILE", "old findings that no longer count"},
    {"--write-baseline", "FILE", "write all findings of this run there; exit 0"},
    {"--origins", "", "behind each value the file and line that set it"},
    // Its help is that of the command: CommandSpec::forms.
    {"--output", "FORMAT", "", 'o'},
    {"--quiet", "", "only what differs or failed"},
    {"--verbose", "", "all details, and each request on standard error"},
    {"--color", "WHEN", "auto (default), always, never (also NO_COLOR, TERM=dumb)"},
    {"--progress", "HOW", "auto (default), live, plain, json, none"},
    {"--port", "P", "listen there (default 8443; 0: any free port)"},
    {"--store", "FILE", "keep everything there (default .akv/emulator.db)"},
    {"--proxy", "Q", "also serve as a proxy for Azure's own names there (0: any free port)"},
    {"--throttle", "", "give out requests by Azure's own buckets: 10 writes, 25 reads a second"},
    {"--azure-pace", "",
     "take as long as Azure: a new name 20 s, jobs 15 s, writes 2 s, roles 30 s"},
    {"--faults", "FILE", "misbehave by these rules (emulator/README.md, \"Faults\")"},
    {"--help", "", "this help", 'h'},
};

constexpr std::string_view for_validate[] = {
    "--set", "--values", "--allow-env", "--subscription", "--tenant", "--output", "--help"};
constexpr std::string_view for_render[] = {"--set",    "--values",  "--allow-env", "--subscription",
                                           "--tenant", "--origins", "--help"};
constexpr std::string_view for_schema[] = {"--help"};
constexpr std::string_view for_plan[] = {
    "--set",      "--values", "--allow-env",   "--subscription", "--tenant", "--target",
    "--exclude",  "--cloud",  "--ca-file",     "--emulator",     "--adopt",  "--allow",
    "--my-ip",    "--prune",  "--prune-scope", "--preflight",    "--save",   "--detailed-exitcode",
    "--parallel", "--output", "--quiet",       "--verbose",      "--color",  "--progress",
    "--help"};
constexpr std::string_view for_show[] = {"--output", "--quiet", "--verbose", "--color", "--help"};
constexpr std::string_view for_drift[] = {
    "--set",     "--values",   "--allow-env", "--subscription", "--tenant",
    "--target",  "--exclude",  "--prune",     "--prune-scope",  "--cloud",
    "--ca-file", "--emulator", "--parallel",  "--output",       "--quiet",
    "--verbose", "--color",    "--progress",  "--help"};
constexpr std::string_view for_check[] = {
    "--set",     "--values",  "--allow-env", "--subscription",   "--tenant",
    "--target",  "--exclude", "--cloud",     "--ca-file",        "--emulator",
    "--offline", "--fail-on", "--baseline",  "--write-baseline", "--parallel",
    "--output",  "--quiet",   "--verbose",   "--color",          "--help"};
constexpr std::string_view for_apply[] = {
    "--set",    "--values",  "--allow-env", "--subscription", "--tenant",
    "--target", "--exclude", "--cloud",     "--ca-file",      "--emulator",
    "--adopt",  "--allow",   "--my-ip",     "--prune",        "--prune-scope",
    "--expect", "--yes",     "--confirm",   "--parallel",     "--output",
    "--quiet",  "--verbose", "--color",     "--progress",     "--help"};
constexpr std::string_view for_teardown[] = {"--group",
                                             "--set",
                                             "--values",
                                             "--allow-env",
                                             "--subscription",
                                             "--tenant",
                                             "--cloud",
                                             "--ca-file",
                                             "--emulator",
                                             "--purge",
                                             "--delete-existing-groups",
                                             "--allow",
                                             "--confirm",
                                             "--parallel",
                                             "--output",
                                             "--quiet",
                                             "--verbose",
                                             "--color",
                                             "--progress",
                                             "--help"};
constexpr std::string_view for_doctor[] = {"--gone",    "--subscription", "--tenant", "--cloud",
                                           "--ca-file", "--emulator",     "--output", "--quiet",
                                           "--verbose", "--color",        "--help"};
constexpr std::string_view for_export[] = {
    "--group",    "--tag",          "--name",    "--deployment", "--principals",
    "--set",      "--subscription", "--tenant",  "--cloud",      "--ca-file",
    "--emulator", "--quiet",        "--verbose", "--help"};
constexpr std::string_view for_whoami[] = {"--subscription", "--tenant",  "--cloud",  "--ca-file",
                                           "--emulator",     "--verbose", "--output", "--help"};
constexpr std::string_view for_emulator[] = {"--port",       "--store",  "--proxy", "--throttle",
                                             "--azure-pace", "--faults", "--help"};

constexpr std::string_view facts[] = {"text", "json"};
constexpr std::string_view reports[] = {"text", "json", "markdown"};
constexpr std::string_view findings[] = {"text", "json", "markdown", "sarif", "junit"};

constexpr CommandSpec table[] = {
    {"validate", "find every mistake in a manifest, offline",
     "Find every mistake in a manifest, with its place. Sends nothing and needs no credential.",
     "FILE... [options]", "  akv validate estate.yaml --set environment=prod\n",
     "0 no mistake, 1 mistakes, 64 usage", Group::look, for_validate, true, facts},
    {"plan", "show what apply would change",
     "Show what apply would change. Sends reads only; the Reader role is enough.",
     "FILE... [options]",
     "  akv plan estate.yaml --set environment=prod --save today.plan\n"
     "  akv plan estate.yaml --preflight --detailed-exitcode\n"
     "  akv plan estate.yaml --target 'rg-payments-*/*' -o json | jq .summary\n",
     "0 done, 1 error, 2 changes and 3 refused if asked for, 5 not all could be read, 64 usage",
     Group::look, for_plan, true, reports},
    {"drift", "the same for CI: exit 2 on any difference",
     "Show where live objects differ from the manifest. Cannot write.", "FILE... [options]",
     "  akv drift estate.yaml -o markdown >>\"$GITHUB_STEP_SUMMARY\"\n",
     "0 none, 1 error, 2 differences, 5 not all could be read, 64 usage", Group::look, for_drift,
     true, reports},
    {"show", "show a saved plan", "Show a plan that akv plan --save made, as plan does. Offline.",
     "PLAN [options]", "  akv show today.plan\n",
     "0 done, 1 no saved plan, or changed by hand, 64 usage", Group::look, for_show, true, reports},
    {"check", "judge the plan by rules",
     "Judge by rules what the manifest leads to: each object as it will be, with what is live and "
     "the manifest does not name. Sends reads only. `akv help checks` lists the rules.",
     "FILE... [options]",
     "  akv check estate.yaml --fail-on medium\n"
     "  akv check estate.yaml --offline -o sarif >akv.sarif\n"
     "  akv check estate.yaml --write-baseline akv-baseline.json\n",
     "0 nothing at or above --fail-on, 1 error, 2 findings, 5 not all could be read, 64 usage",
     Group::look, for_check, true, findings},
    {"doctor", "what will break or rot, with dates",
     "Sign in step by step, then read a subscription's vaults and say what will break or rot, with "
     "dates and the commands that mend it. Sends reads only.",
     "[options]",
     "  akv doctor\n"
     "  akv doctor --gone left-the-company.txt -o markdown\n",
     "0 done, whatever was found, 1 not signed in, 5 not all could be read, 64 usage", Group::look,
     for_doctor, false, reports},
    {"export", "write live vaults as a manifest",
     "Write live vaults as a manifest, the shortest whose plan is empty. Sends reads only; what "
     "has "
     "no mark of a deployment yet is planned with --adopt.",
     "[-g GROUP...] [options]",
     "  akv export -g rg-payments >estate.yaml && akv plan estate.yaml --adopt\n"
     "  akv export --tag team=payments --name 'kv-pay-*' --principals estate.yaml\n",
     "0 done, 1 error, 5 not all could be read, 64 usage", Group::look, for_export, false},
    {"render", "the manifest with everything resolved",
     "Print the manifest with parameters, loops, defaults and overlays resolved. Offline.",
     "FILE... [options]",
     "  akv render estate.yaml --set environment=prod\n"
     "  akv render estate.yaml prod.yaml --origins\n",
     "0 done, 1 mistakes, 64 usage", Group::look, for_render, true},
    {"schema", "the manifest's JSON Schema",
     "Print the JSON Schema of manifests, for editors. Offline.", "[options]",
     "  akv schema >akv.schema.json\n", "0 done, 64 usage", Group::look, for_schema, false},
    {"whoami", "cloud, subscription, principal, credential",
     "Sign in and show where akv would act, as whom, and with which credential.", "[options]",
     "  akv whoami --cloud AzureUSGovernment\n", "0 signed in, 1 not signed in, 64 usage",
     Group::look, for_whoami, false, facts},
    {"apply", "make live what the manifest or a saved plan says",
     "Plan, show, ask, then make live what the manifest says. A saved plan is applied if nothing "
     "that it changes has moved. Running it again goes on where an earlier run stopped.",
     "FILE... | PLAN [options]",
     "  akv apply estate.yaml --set environment=prod\n"
     "  akv apply today.plan --yes\n"
     "  akv apply estate.yaml --yes --allow access-removed='rg-old-*/*'\n",
     "0 done, 1 failed before the first write, 3 refused or not confirmed, 4 stale or not the plan "
     "that was approved, 5 partial, 64 usage",
     Group::change, for_apply, true, reports},
    {"teardown", "delete, after an inventory",
     "Show all that the groups hold, ask for the deployment's name, then delete. Vaults stay "
     "recoverable unless purged.",
     "FILE... | -g GROUP... [options]",
     "  akv teardown estate.yaml --set environment=dev\n"
     "  akv teardown -g rg-old --confirm rg-old --purge\n",
     "0 done, 1 failed before the first write, 3 refused or not confirmed, 5 partial, 64 usage",
     Group::change, for_teardown, true, reports},
    {"emulator", "Azure Resource Manager on this machine",
     "Serve Azure Resource Manager, Key Vault's management and the token service over HTTPS on "
     "this machine, until interrupted. `akv emulator env` prints the shell exports for its "
     "clients.",
     "[env] [options]",
     "  akv emulator --port 8443 &\n"
     "  eval \"$(akv emulator env)\"\n"
     "  akv emulator --proxy 8444 --faults faults.json\n",
     "0 ended, 1 error, 64 usage, 75 the store is in use", Group::attempt, for_emulator, true},
    {"help", "help on a command, checks or exit-codes", "Show help.",
     "[COMMAND | checks | exit-codes]", "  akv help plan\n", "0 done, 64 usage", Group::about,
     for_schema, true},
};

}  // namespace

std::span<const CommandSpec> commands() { return table; }

const CommandSpec* find_command(std::string_view name) {
  const auto found = std::find_if(std::begin(table), std::end(table),
                                  [name](const CommandSpec& c) { return c.name == name; });
  return found == std::end(table) ? nullptr : found;
}

const OptionSpec& option(std::string_view name) {
  const auto found = std::find_if(std::begin(options), std::end(options),
                                  [name](const OptionSpec& o) { return o.name == name; });
  assert(found != std::end(options));
  return *found;
}

}  // namespace akv::cli
