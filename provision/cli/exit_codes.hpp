/// Exit codes, a promise to scripts: `akv help exit-codes`.
#pragma once

namespace akv::cli {

enum ExitCode : int {
  exit_done = 0,
  exit_failed = 1,       ///< Before the first write: nothing was changed.
  exit_differences = 2,  ///< drift, plan --detailed-exitcode, check
  exit_refused = 3,      ///< By a guard, or not confirmed.
  exit_stale = 4,        ///< The saved plan has been overtaken, or another plan was approved.
  exit_partial = 5,      ///< Some failed or could not be read; the rest is done.
  exit_usage = 64,
  exit_busy = 75,         ///< Another run or process holds it.
  exit_signal_base = 128  ///< Plus the signal's number.
};

}  // namespace akv::cli
