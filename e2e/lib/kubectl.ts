import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const program = join(process.env.LAB_DIR ?? '/var/lib/openstack-lab', 'mirror/bin/kubectl');

/** Runs kubectl of the lab's mirror with a deployment's kubeconfig. @returns what it prints */
export function kubectl(kubeconfig: string): (...args: string[]) => Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'transat-kube-')), 'kubeconfig');
  writeFileSync(file, kubeconfig, { mode: 0o600 });
  return async (...args) => (await run(program, ['--kubeconfig', file, '--request-timeout=30s', ...args])).stdout;
}

/** Creates what a manifest describes. */
export async function apply(k: ReturnType<typeof kubectl>, manifest: object): Promise<void> {
  const file = join(mkdtempSync(join(tmpdir(), 'transat-kube-')), 'manifest.json');
  writeFileSync(file, JSON.stringify(manifest));
  await k('apply', '-f', file);
}
