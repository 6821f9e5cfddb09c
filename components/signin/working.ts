import type { Credential } from '@/lib/api/contract/credentials';

const busy = ['planned', 'deploying', 'configuring', 'updating', 'waiting-for-lease', 'stopping', 'starting', 'deleting'];

/** Deployments that are at work by the person's own sign-in, and would stop when it ends; each with that credential. */
export function workingBySignIn(credentials: readonly Credential[]): { id: string; name: string; credential: string }[] {
  const found = credentials
    .filter(({ kind }) => kind === 'oidc')
    .flatMap(({ id: credential, usedBy }) =>
      usedBy.filter(({ state }) => busy.includes(state)).map(({ id, name }) => ({ id, name, credential })),
    );
  return found.filter(({ id }, index) => found.findIndex((each) => each.id === id) === index);
}
