#include "akv/emulator/slow_writes.hpp"

#include "akv/emulator/jobs.hpp"
#include "akv/emulator/key_vault_errors.hpp"

namespace akv::emulator {

void begin_write(const Call& call, const Resource& vault) {
  if (call.options.write_delay <= call.options.write_delay.zero()) return;
  if (const auto job = call.store.job_on(vault.id); job && job->kind == JobKind::write_vault)
    throw errors::write_under_way("vault", vault.name);
  start_job(call, JobKind::write_vault, vault.id, call.options.write_delay);
}

}  // namespace akv::emulator
