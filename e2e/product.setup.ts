import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProduct } from '../scripts/lib/product';

/**
 * Starts the product on a port and a data folder of its own; ends it and removes the folder when the journeys are over.
 * TRANSAT_E2E_RUNNING=1: one is running already on TRANSAT_E2E_PORT, with the configuration e2e/sandbox.yaml.
 */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env.TRANSAT_E2E_RUNNING) return async () => {};
  // the sandbox runs in this process
  process.env.TRANSAT_SANDBOX_SPEED ??= '3';
  const data = mkdtempSync(join(tmpdir(), 'transat-e2e-'));
  const port = process.env.TRANSAT_E2E_PORT ?? '3200';
  const product = await startProduct(
    { ...process.env, PORT: port, TRANSAT_DATA: data, TRANSAT_CONFIG: 'e2e/sandbox.yaml' },
    'start',
    join(data, 'web.log'),
  );
  return async () => {
    await product.close();
    rmSync(data, { recursive: true, force: true });
  };
}
