import { expect, test } from 'vitest';
import type { Dialect } from '@/lib/oscar/types';
import { traitsOf } from './traits';

const password = { kind: 'basic', user: 'oscar' } as const;
const signIn = { kind: 'oidc', provider: 'egi' } as const;

test.each<[Dialect, ofOwnSignIn: boolean, forgets: boolean]>([
  ['3.5', false, false],
  ['3.6', true, true],
  ['4.0', true, false],
  ['4.1', true, false],
])('%s', (dialect, sharesBuckets, forgetsChanges) => {
  expect(traitsOf(dialect, signIn)).toEqual({ sharesBuckets, forgetsChanges });
  expect(traitsOf(dialect, password)).toEqual({ sharesBuckets: false, forgetsChanges });
});
