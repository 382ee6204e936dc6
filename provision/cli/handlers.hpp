/// The commands' own code. Each returns its exit code and throws what run() turns into one.
#pragma once
#include "akv/provision/cli/arguments.hpp"
#include "akv/provision/cli/environment.hpp"
#include "akv/provision/cli/output.hpp"

namespace akv::cli {

int validate(const Environment& environment, Output& output);
int render(const Environment& environment, Output& output);
int schema(Output& output);
int plan(const Environment& environment, Output& output);
int check(const Environment& environment, Output& output);
/// The page of `akv help checks`.
std::string help_on_checks();
int drift(const Environment& environment, Output& output);
int show_saved(const Environment& environment, Output& output);
int apply(const Environment& environment, Output& output);
int teardown(const Environment& environment, Output& output);
int doctor(const Environment& environment, Output& output);
int export_vaults(const Environment& environment, Output& output);
int whoami(const Environment& environment, Output& output);
/// `akv emulator` serves until the first interrupt; `akv emulator env` prints exports.
int run_emulator(const Arguments& arguments, const Environment& environment, Output& output);

}  // namespace akv::cli
