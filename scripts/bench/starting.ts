import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '@/lib/sandbox';
import { isBuilt } from '../lib/build';
import { startProduct } from '../lib/product';
import type { Figure } from './figure';
import { timeOf } from './time';

const port = 4980;

/** How soon the sandbox, and the built product with it, are there. The product only where a build is. */
export async function measureStarting(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'transat-bench-'));
  try {
    const options = { port: 0, dataDir: folder, transatUrl: 'http://transat.test' };
    const sandbox = await timeOf(async () => (await startSandbox(options)).close(), 5);
    const figures: Figure[] = [{ about: 'starting', name: 'the sandbox, again', value: sandbox, unit: 'ms', limit: 1000 }];
    if (isBuilt()) {
      const env = { ...process.env, PORT: String(port), TRANSAT_DATA: folder, TRANSAT_SANDBOX: '1' };
      const start = async () => {
        const began = performance.now();
        const product = await startProduct(env, 'start', join(folder, 'web.log'));
        const ms = performance.now() - began;
        await product.close();
        return ms;
      };
      const first = await start();
      const again = await start();
      figures.push({
        about: 'starting',
        name: 'the built product, again',
        value: again,
        unit: 'ms',
        limit: 5000,
        baseline: { name: 'new data', value: first },
      });
    }
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
