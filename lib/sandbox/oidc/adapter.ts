import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

interface Entry {
  payload: AdapterPayload;
  /** milliseconds since 1970; null: for ever */
  expiresAt: number | null;
}
export type Stored = Record<string, Entry>;

/** Keeps what the OpenID provider issues in a plain object, which is saved with the sandbox: sign-ins outlive a restart. */
export function storeIn(entries: Stored, changed: () => void): AdapterFactory {
  const alive = (key: string): AdapterPayload | undefined => {
    const entry = entries[key];
    if (!entry) return undefined;
    if (entry.expiresAt === null || entry.expiresAt > Date.now()) return entry.payload;
    delete entries[key];
    return undefined;
  };
  const search = (model: string, fits: (payload: AdapterPayload) => boolean) =>
    Object.keys(entries)
      .filter((key) => key.startsWith(`${model}:`))
      .map(alive)
      .find((payload) => payload !== undefined && fits(payload));

  return (model: string): Adapter => ({
    async upsert(id, payload, expiresIn) {
      entries[`${model}:${id}`] = { payload, expiresAt: expiresIn ? Date.now() + expiresIn * 1000 : null };
      changed();
    },
    async find(id) {
      return alive(`${model}:${id}`);
    },
    async findByUid(uid) {
      return search(model, (payload) => payload.uid === uid);
    },
    async findByUserCode(userCode) {
      return search(model, (payload) => payload.userCode === userCode);
    },
    async consume(id) {
      const payload = alive(`${model}:${id}`);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      changed();
    },
    async destroy(id) {
      delete entries[`${model}:${id}`];
      changed();
    },
    async revokeByGrantId(grantId) {
      for (const [key, entry] of Object.entries(entries)) if (entry.payload.grantId === grantId) delete entries[key];
      changed();
    },
  });
}

/** Drops what has ended, so that the file does not grow for ever. */
export function dropExpired(entries: Stored): void {
  for (const [key, entry] of Object.entries(entries)) if (entry.expiresAt !== null && entry.expiresAt <= Date.now()) delete entries[key];
}
