import { describe, expect, test } from 'vitest';
import { plainSite } from '../testing/site';
import type { Site } from '../types';
import { merge, remember } from './merge';

const now = new Date('2026-11-22T12:00:00Z');
const site = (id: string, host: string): Site =>
  plainSite({
    id,
    name: id.toUpperCase(),
    city: 'Lugo',
    authUrl: `https://${host}:5000/v3`,
    methods: ['oidc', 'applicationCredential'],
    oidcProvider: 'egi',
    projects: { ops: 'old' },
  });
const listed = (name: string, host: string) => ({ name, authUrl: `https://${host}:5000/v3`, projects: { ops: 'new' } });
const make = ({ name, authUrl }: { name: string; authUrl: string }, id: string): Site => ({ ...site(id, 'x.example.org'), name, authUrl });
const merged = (snapshot: Site[], list: ReturnType<typeof listed>[], trusted: string[] = []) =>
  merge(snapshot, list, make, (url) => trusted.includes(new URL(url).hostname));

describe('the snapshot with what its directory lists', () => {
  test('keeps what the directory does not know, and takes its projects', () => {
    expect(merged([site('a', 'k.a.example.org')], [listed('Renamed', 'k.a.example.org')])).toMatchObject([
      { id: 'a', name: 'A', city: 'Lugo', oidcProvider: 'egi', projects: { ops: 'new' } },
    ]);
  });

  test('follows an address that moves; people’s sign-ins follow within the domain, or where the operator says so', () => {
    const snapshot = [site('a', 'k.a.example.org')];
    const moved = (host: string, trusted: string[] = []) => merged(snapshot, [listed('A', host)], trusted)[0];
    expect(moved('keystone.a.example.org')).toMatchObject({ authUrl: 'https://keystone.a.example.org:5000/v3', oidcProvider: 'egi' });
    for (const host of ['k.evil.example.com', 'a.example.org.evil.example.com', 'evila.example.org']) {
      expect(moved(host)).toMatchObject({ methods: ['applicationCredential'] });
      expect(moved(host)?.oidcProvider).toBeUndefined();
    }
    expect(moved('k.new.example.com', ['k.new.example.com'])).toMatchObject({ oidcProvider: 'egi' });
  });

  test('has new sites, each once, without sign-ins', () => {
    const found = merged(
      [site('a', 'k.a.example.org')],
      [listed('A', 'k.a.example.org'), listed('Néw Site', 'k.n.example.org'), listed('new-site', 'k.m.example.org')],
    );
    expect(found.map(({ id, methods }) => [id, methods])).toEqual([
      ['a', ['oidc', 'applicationCredential']],
      ['ne-w-site', ['applicationCredential']],
      ['new-site', ['applicationCredential']],
    ]);
  });
});

describe('what is known of a directory', () => {
  test('marks what is no longer listed with since when, and takes the mark away when it is back', () => {
    const [a, b] = [listed('A', 'a.example.org'), listed('B', 'b.example.org')];
    const gone = remember([a, b], [a], now);
    expect(gone).toEqual([a, { ...b, goneSince: now.toISOString() }]);
    const later = new Date(now.getTime() + 86_400_000);
    expect(remember(gone, [a], later)).toEqual(gone);
    expect(remember(gone, [a, b], later)).toEqual([a, b]);
  });
});
