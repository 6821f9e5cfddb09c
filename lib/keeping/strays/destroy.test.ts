import { expect, test } from 'vitest';
import { nextStep } from './destroy';

const stray = (kind: string, cloud_id = kind) => ({
  id: `stray_${cloud_id}`,
  user_id: 'ann',
  site: 'lab',
  project: 'p',
  kind,
  cloud_id,
  name: `abcdefgh-${cloud_id}`,
  deployment_id: 'dep_abcdefgh',
  key: null,
  adoptable: false,
  state: 'going' as const,
  problem: null,
  found_at: new Date(0),
  seen_at: new Date(0),
  asked_at: new Date(0),
  gone_at: null,
});
const all = ['network', 'subnet', 'router', 'port', 'volume', 'server', 'floatingIp', 'securityGroup', 'keyPair', 'lease'] as const;
type Name = (typeof all)[number];

interface Case {
  going: Name[];
  seen?: Name[];
  spared?: Name[];
  unread?: string[];
}
function step({ going, seen = going, spared = [], unread = [] }: Case) {
  const sightings = seen.map((kind) => ({ kind, id: kind, name: `abcdefgh-${kind}` }));
  const strays = new Set(seen.filter((kind) => !spared.includes(kind)).map((kind) => `${kind} ${kind}`));
  const {
    gone,
    remove,
    spared: left,
  } = nextStep(
    going.map((kind) => stray(kind)),
    sightings,
    strays,
    new Set(unread),
  );
  const kinds = (rows: { kind: string }[]) => rows.map(({ kind }) => kind);
  return { gone: kinds(gone), remove: kinds(remove.map((one) => one.stray)), spared: kinds(left) };
}

test.each<[string, Case, ReturnType<typeof step>]>([
  ['machines and addresses go first', { going: [...all] }, { gone: [], remove: ['server', 'floatingIp'], spared: [] }],
  [
    'what they held follows when the site lists them no more',
    { going: [...all], seen: all.filter((kind) => kind !== 'server' && kind !== 'floatingIp') },
    { gone: ['server', 'floatingIp'], remove: ['port', 'volume', 'keyPair', 'lease'], spared: [] },
  ],
  ['a router goes before its subnet', { going: ['router', 'subnet', 'network'] }, { gone: [], remove: ['router'], spared: [] }],
  ['a subnet before its network', { going: ['subnet', 'network'] }, { gone: [], remove: ['subnet'], spared: [] }],
  ['the last of all', { going: ['network', 'securityGroup'] }, { gone: [], remove: ['network', 'securityGroup'], spared: [] }],
  [
    'what was taken up meanwhile is left',
    { going: ['server', 'port'], spared: ['server'] },
    { gone: [], remove: ['port'], spared: ['server'] },
  ],
  [
    'of a list that was not to be had nothing is said to be gone',
    { going: ['volume'], seen: [], unread: ['volume'] },
    { gone: [], remove: [], spared: [] },
  ],
  [
    'what waits for machines waits while these can’t be listed',
    { going: ['server', 'port'], seen: ['port'], unread: ['server'] },
    { gone: [], remove: [], spared: [] },
  ],
  ['all have gone', { going: ['server', 'port'], seen: [] }, { gone: ['server', 'port'], remove: [], spared: [] }],
])('%s', (_what, given, expected) => {
  expect(step(given)).toEqual(expected);
});
