import { systemClock } from '@/lib/core/clock';
import { readConfig } from '@/lib/core/config';
import { rotate } from '@/lib/credentials/sealing/rotate';
import { openStore } from '@/lib/store/store';
import { reasonOf } from '../lib/reason';
import { root } from '../lib/shell';

// Gives the secrets at rest a new key, all in one transaction; docs/operators.md says when and how.
try {
  const config = readConfig(process.env, root);
  const store = await openStore(config);
  try {
    const { wrapped, kek, source } = await rotate({ config, env: process.env, store, clock: systemClock });
    console.log(`Transat: ${wrapped} data ${wrapped === 1 ? 'key is' : 'keys are'} wrapped anew; the key ${kek} rules from now on.`);
    if (source === 'file')
      console.log(`The new key is in ${config.dataDir}/key, and the former one is gone: it opens only copies made before.`);
    if (source === 'environment')
      console.log('Take TRANSAT_KEY_PREVIOUS out of every process’s environment: the former key opens only copies made before.');
    if (source === 'transit')
      console.log('Former versions of the Transit key open only copies made before; raise its min_decryption_version to end that, too.');
  } finally {
    await store.close();
  }
} catch (error) {
  console.error(`Transat: the key was not rotated. ${reasonOf(error)}`);
  process.exitCode = 1;
}
