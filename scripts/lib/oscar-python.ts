import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../../lib/sandbox';
import { pythonEnvironment } from './python-environment';
import { root } from './shell';
import type { Tally } from './tally';

const releases = ['1.3.2', '2.2.0'];
const MINUTES_5 = 300_000;

/** A cluster that is talked to, and an image that counts words there. */
export interface OscarToTry {
  endpoint: string;
  password: string;
  version: string;
  image: string;
}

/**
 * OSCAR's own client of Python, unchanged, against the two clusters that stand in the sandbox. Where no Python or no package index is to be had,
 * that is said loudly, and counted as skipped.
 */
export async function oscarPython(): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  // before anything is asked: making one holds up this process for so long that connections to the sandbox would be cut meanwhile
  const pythons = oscarPythons('against the sandbox');
  const dataDir = mkdtempSync(join(tmpdir(), 'transat-clients-'));
  const sandbox = await startSandbox({ port: 0, dataDir, transatUrl: 'http://localhost:9', speed: 5 });
  try {
    for (const { release, python } of pythons) {
      if (!python) {
        tally.skipped += 2;
        continue;
      }
      for (const cluster of ['oscar-eu', 'oscar-us']) {
        const offer: Omit<OscarToTry, 'image'> = await (await fetch(`${sandbox.url}/oscar/${cluster}/try-me`)).json();
        const passed = await converse(python, { ...offer, image: 'transat/word-count:1' }, `oscar-python ${release} with ${cluster}`);
        tally[passed ? 'passed' : 'failed'] += 1;
      }
    }
  } finally {
    await sandbox.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return tally;
}

/**
 * The Pythons with each release of the client that is tried.
 * @param missing what was not tried where one can't be made
 */
export function oscarPythons(missing: string): { release: string; python: string | null }[] {
  return releases.map((release) => ({ release, python: pythonEnvironment(`oscar-python-${release}`, missing) }));
}

/** Has the client do what people do with it. @returns whether all of it went as it should; what did not is printed */
export async function converse(python: string, cluster: OscarToTry, title: string): Promise<boolean> {
  const script = join(root, 'scripts', 'clients', 'oscar_client.py');
  // boto3 would look for keys and regions of its own
  const env: NodeJS.ProcessEnv = {
    NODE_ENV: 'test',
    PATH: process.env.PATH,
    HOME: tmpdir(),
    OSCAR_PASSWORD: cluster.password,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_DEFAULT_REGION: 'us-east-1',
  };
  return new Promise((resolve) => {
    let said = '';
    const child = spawn(python, [script, cluster.endpoint, cluster.version, cluster.image], { env, timeout: MINUTES_5 });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (said += bytes.toString()));
    child.on('error', () => resolve(false));
    child.on('close', (code) => {
      const lines = said.split('\n').filter((line) => line.startsWith('ok ')).length;
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${title}: ${lines} things hold`);
      if (code !== 0) console.log(said);
      resolve(code === 0);
    });
  });
}
