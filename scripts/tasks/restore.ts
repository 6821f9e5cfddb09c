import { resolve } from 'node:path';
import { readConfig } from '@/lib/core/config';
import { restore } from '@/lib/credentials/sealing/backup';
import { reasonOf } from '../lib/reason';
import { root } from '../lib/shell';

// Brings back what npm run backup has copied, into a data folder that has nothing yet: npm run restore -- <folder>.
const [folder] = process.argv.slice(2);
try {
  const config = readConfig(process.env, root);
  if (!folder) throw new Error('Name the folder of the copy: npm run restore -- <folder>.');
  if (config.databaseUrl) throw new Error('A PostgreSQL server is brought back with pg_restore; the key is TRANSAT_KEY.');
  const files = await restore(config.dataDir, resolve(folder));
  console.log(`Transat: brought back into ${config.dataDir}: ${files.join(', ')}. Start it as usual.`);
} catch (error) {
  console.error(`Transat: nothing was brought back. ${reasonOf(error)}`);
  process.exitCode = 1;
}
