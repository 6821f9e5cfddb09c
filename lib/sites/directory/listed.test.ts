import { describe, expect, test } from 'vitest';
import { readChameleonList, readEgiList, requirePlausible } from './listed';

const egi = (url: unknown, name: unknown = 'BIFI', projects: unknown = []) =>
  JSON.stringify([{ id: '1G0', name, url, state: '', hostname: 'h', projects }]);

describe('EGI’s list', () => {
  test('is read as it is served', () => {
    const text = egi('https://colossus.cesar.unizar.es:5000/v3/', 'BIFI', [
      { id: '038db3ee', name: 'ops' },
      { id: null, name: 'x' },
    ]);
    expect(readEgiList(text)).toEqual([
      { name: 'BIFI', authUrl: 'https://colossus.cesar.unizar.es:5000/v3', projects: { ops: '038db3ee' } },
    ]);
  });

  test.each([
    ['http://keystone.example.org/v3'],
    ['https://user:pass@keystone.example.org/v3'],
    ['https://keystone.example.org/v3?next=https://evil.example.org'],
    ['javascript:alert(1)'],
    ['not a URL'],
    [`https://keystone.example.org/${'x'.repeat(400)}`],
  ])('leaves out an entry at %s', (url) => {
    expect(readEgiList(egi(url))).toEqual([]);
  });

  test.each([['<script>'], ['../../etc'], [''], ['x'.repeat(80)], ['a\nb']])('leaves out an entry named %j', (name) => {
    expect(readEgiList(egi('https://keystone.example.org/v3', name))).toEqual([]);
  });

  test.each([
    ['HTML', '<html>Bad gateway</html>'],
    ['nothing', ''],
    ['an object', '{"detail":"Internal Server Error"}'],
    ['entries of another form', '[{"site":"x"}]'],
    ['far too many', JSON.stringify(Array.from({ length: 501 }, () => ({ name: 'x', url: 'https://x.example.org/v3' })))],
    ['cut off', egi('https://keystone.example.org/v3').slice(0, 40)],
  ])('that is %s is refused', (_, text) => {
    expect(() => readEgiList(text)).toThrow(expect.objectContaining({ code: 'upstream-failed' }));
  });
});

test('Chameleon’s list gives Keystone’s address and the region of each site with servers', () => {
  const items = [
    { uid: 'tacc', name: 'CHI@TACC', web: 'https://chi.tacc.chameleoncloud.org', site_class: 'baremetal' },
    { uid: 'kvm', name: 'KVM@TACC', web: 'https://kvm.tacc.chameleoncloud.org/', site_class: 'kvm' },
    { uid: 'edge', name: 'CHI@Edge', web: 'https://chi.edge.chameleoncloud.org', site_class: 'edge' },
    { uid: 'bad', name: 'CHI@Bad', web: 'nowhere' },
  ];
  expect(readChameleonList(JSON.stringify({ items }))).toEqual([
    { name: 'CHI@TACC', authUrl: 'https://chi.tacc.chameleoncloud.org:5000/v3', region: 'CHI@TACC', kind: 'metal' },
    { name: 'KVM@TACC', authUrl: 'https://kvm.tacc.chameleoncloud.org:5000/v3', region: 'KVM@TACC', kind: 'vm' },
  ]);
});

test.each([
  [25, 25, true],
  [25, 13, true],
  [25, 60, true],
  [25, 12, false],
  [25, 0, false],
  [25, 400, false],
])('%i sites, then %i: taken is %s', (before, now, taken) => {
  const check = () => requirePlausible(before, now);
  if (taken) expect(check).not.toThrow();
  else expect(check).toThrow(expect.objectContaining({ code: 'upstream-failed' }));
});
