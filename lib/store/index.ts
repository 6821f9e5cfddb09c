import { readConfig } from '@/lib/core/config';
import { once } from './once';
import { openStore, type Store } from './store';

export type * from './schema';
export type { Channel, Store } from './store';

// On globalThis, since Next bundles this module several times into one process, and a second opener would be refused.
const key = Symbol.for('transat.store');
type Holder = typeof globalThis & { [key]?: () => Promise<Store> };

/** The store of this process, opened at the first call. Same errors as {@link openStore}. */
export function getStore(): Promise<Store> {
  const holder: Holder = globalThis;
  holder[key] ??= once(() => openStore(readConfig(process.env, process.cwd())));
  return holder[key]();
}

/** Closes the store of this process where it is open. */
export async function closeStore(): Promise<void> {
  const holder: Holder = globalThis;
  const open = holder[key];
  delete holder[key];
  if (open) await (await open()).close();
}
