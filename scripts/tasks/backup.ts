import { resolve } from 'node:path';
import { readConfig } from '@/lib/core/config';
import { backUp } from '@/lib/credentials/sealing/backup';
import { reasonOf } from '../lib/reason';
import { root } from '../lib/shell';

// Copies database and key of a Transat on one machine: npm run backup -- <new folder>. docs/operators.md says when and how.
const [folder] = process.argv.slice(2);
try {
  const config = readConfig(process.env, root);
  if (!folder) throw new Error('Name a folder for the copy: npm run backup -- <new folder>.');
  if (config.databaseUrl) throw new Error('A PostgreSQL server is copied with pg_dump; the key is TRANSAT_KEY.');
  const files = await backUp(config.dataDir, resolve(folder));
  console.log(`Transat: copied into ${resolve(folder)}: ${files.join(', ')}.`);
  if (files.includes('key')) console.log('The key opens every secret in the copy: keep it apart from the database, and both from others.');
  else console.log('The key is not in it: it is given by the environment, or by Transit. Keep a copy of that as well.');
} catch (error) {
  console.error(`Transat: nothing was copied. ${reasonOf(error)}`);
  process.exitCode = 1;
}
