#include "akv/emulator/slow_writes.hpp"

#include "akv/emulator/children.hpp"
#include "akv/emulator/jobs.hpp"
#include "akv/emulator/key_vault_errors.hpp"

namespace akv::emulator {

void begin_write(const Call& call, const Resource& vault) {
  if (call.options.write_delay <= call.options.write_delay.zero()) return;
  if (call.store.job_on(vault.id, JobKind::write_vault))
    throw errors::write_under_way(is_hsm(vault) ? "managed HSM" : "vault", vault.name);
  start_job(call, JobKind::write_vault, vault.id, call.options.write_delay);
}

}  // namespace akv::emulator
