import { keptAnswers } from '@/lib/api/http/sealed-answers';
import { systemClock } from '@/lib/core/clock';
import { readConfig } from '@/lib/core/config';
import { moveSecrets } from '@/lib/credentials/sealing/move';
import { credentialPlaces } from '@/lib/credentials/sealing/sealed-places';
import { deploymentPlaces } from '@/lib/deploying/ledger/secrets/sealed-places';
import { openStore } from '@/lib/store/store';
import { tellingPlaces } from '@/lib/telling/sealed-places';
import { workloadPlaces } from '@/lib/workloads/clusters/sealed-places';
import { reasonOf } from '../lib/reason';
import { root } from '../lib/shell';

// Moves the secrets at rest between the database and the KV engine of a Vault; docs/operators.md says when and how.
try {
  const config = readConfig(process.env, root);
  const store = await openStore(config);
  try {
    const parts = { config, env: process.env, store, clock: systemClock };
    const { to, moved, already, failed, left } = await moveSecrets(parts, [
      ...credentialPlaces,
      ...deploymentPlaces,
      ...tellingPlaces,
      ...workloadPlaces,
      keptAnswers,
    ]);
    const where = to === 'kv' ? 'the secrets store' : 'the database';
    console.log(`Transat: ${moved} ${moved === 1 ? 'secret was' : 'secrets were'} moved to ${where}; ${already} were there already.`);
    if (left > 0)
      console.log(
        `${left} entries of the secrets store belong to nothing (yet). Those that stay so are destroyed when an hour has passed.`,
      );
    for (const { name, reason } of failed) console.error(`Not moved: ${name}. ${reason}.`);
    if (failed.length > 0) process.exitCode = 1;
    else if (to === 'database' && left === 0)
      console.log('Nothing of the secrets store is needed any more: take `kv` out of the configuration.');
  } finally {
    await store.close();
  }
} catch (error) {
  console.error(`Transat: the secrets were not all moved, and nothing is lost: run it again. ${reasonOf(error)}`);
  process.exitCode = 1;
}
