#include "akv/provision/cli/help.hpp"

#include "akv/provision/report/detail/layout.hpp"

#include <algorithm>

namespace akv::cli {
namespace {

constexpr std::size_t option_column = 33;

std::string left_side(const OptionSpec& spec) {
  std::string text = spec.letter == '\0' ? "      " : std::string("  -") + spec.letter + ", ";
  text += spec.name;
  if (spec.value.empty()) return text;
  if (!spec.without.empty()) return text + "[=" + std::string(spec.value) + "]";
  return text + " " + std::string(spec.value);
}

/// `text (default), json, markdown`
std::string forms(const CommandSpec& command) {
  std::string text;
  for (const std::string_view form : command.forms)
    text += (text.empty() ? "" : ", ") + std::string(form) + (text.empty() ? " (default)" : "");
  return text;
}

}  // namespace

std::string help() {
  struct Heading {
    Group group;
    std::string_view text;
  };
  constexpr Heading headings[] = {{Group::look, "Look, change nothing"},
                                  {Group::change, "Change, after showing and asking"},
                                  {Group::attempt, "Try"}};
  std::string text =
      "Azure Key Vaults as code: manifests in, differences out, no state file.\n\n"
      "Usage: akv COMMAND [FILE...] [options]\n\n";
  for (const auto& [group, heading] : headings) {
    text += std::string(heading) + "\n";
    for (const CommandSpec& command : commands())
      if (command.group == group)
        text += "  " + report::padded(command.name, 10) + std::string(command.summary) + "\n";
  }
  return text +
         "\nStart with: akv plan templates/quickstart.yaml --emulator\n"
         "More: akv help COMMAND, akv help checks, akv help exit-codes, akv --version\n";
}

std::string help_on(const CommandSpec& command) {
  report::Page page(report::Style{});
  page.paragraph(0, command.about);
  page.line();
  page.line("Usage: akv " + std::string(command.name) + " " + std::string(command.usage));
  std::string text = page.take() + std::string(command.examples) + "\n";
  report::Page options(report::Style{});
  for (const std::string_view name : command.options)
    options.entry(0, left_side(option(name)), option_column,
                  name == "--output" ? forms(command) : std::string(option(name).help));
  options.line();
  options.paragraph(0, "Exit: " + std::string(command.exits), 6);
  return text + options.take();
}

std::string help_on_exit_codes() {
  return "Exit codes\n\n"
         "    0  done; for plan also when there are changes\n"
         "    1  failed before the first write, nothing was changed; or the report could not be "
         "written\n"
         "    2  drift, and plan --detailed-exitcode: there are differences; check: findings\n"
         "    3  refused by a guard or not confirmed; plan exits so only with --detailed-exitcode\n"
         "    4  the saved plan is stale, or the plan is not the one that was approved\n"
         "    5  partial: some changes failed, or some objects could not be read\n"
         "   64  the command line is wrong\n"
         "   75  another run or process holds it; try again\n"
         "  129  hang-up, 130 interrupt, 143 terminate: what is done and not begun is listed\n\n"
         "If several fit: 64, 1, signal, 75, 4, 3, 5, 2, 0.\n";
}

std::string version() { return "akv " AKV_VERSION "\n"; }

}  // namespace akv::cli
