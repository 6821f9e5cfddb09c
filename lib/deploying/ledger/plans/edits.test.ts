import { describe, expect, test } from 'vitest';
import { planned } from '@/lib/planning/fixtures/planned';
import type { PlannedResource, ResourceSpec, SecurityRule } from '@/lib/planning/types';
import type { Resource } from '../ledger';
import { editsOf } from './edits';

type Row = Parameters<typeof editsOf>[0][number];
const volume = (sizeGiB: number): ResourceSpec => ({ kind: 'volume', sizeGiB });
const wish = (key: string, spec = volume(1), about: Partial<PlannedResource> = {}) =>
  planned(key, spec, { dependsOn: ['a'], summary: 'It', ...about });
const row = (key: string, about: Partial<Row> = {}): Row => ({
  key,
  wanted: 'present',
  phase: 'ready',
  spec: volume(1),
  depends_on: ['a'],
  summary: 'It',
  ...about,
});
const said = (rows: Row[], plan: PlannedResource[]) =>
  editsOf(rows, plan).map((edit) => `${edit.do} ${'key' in edit ? edit.key : edit.planned.key}`);
const going = (phase: Resource['phase']): Partial<Row> => ({ wanted: 'absent', phase });

describe('what makes the rows of a ledger those of a plan', () => {
  test.each<[what: string, rows: Row[], plan: PlannedResource[], edits: string[]]>([
    ['nothing where they are', [row('x')], [wish('x')], []],
    ['what is new is put in', [], [wish('x')], ['insert x']],
    ['what was gone is made as if it had never been', [row('x', going('gone'))], [wish('x')], ['revive x']],
    ['what was to go stays after all', [row('x', going('deleting'))], [wish('x')], ['keep x']],
    ['what was to go stays after all, though it failed to', [row('x', going('failed'))], [wish('x')], ['keep x']],
    ['what is otherwise is changed', [row('x')], [wish('x', volume(2))], ['change x']],
    ['what waits for others is changed', [row('x')], [wish('x', volume(1), { dependsOn: ['b'] })], ['change x']],
    ['what is called otherwise is changed', [row('x')], [wish('x', volume(1), { summary: 'That' })], ['change x']],
    ['what is of another kind is changed', [row('x')], [wish('x', { kind: 'network' })], ['change x']],
    ['what is not wanted any more goes', [row('x')], [], ['drop x']],
    ['what goes already is left to', [row('x', going('deleting'))], [], []],
    ['what is gone is left so', [row('x', { phase: 'gone' })], [], []],
    ['all of it, what comes before what goes', [row('a'), row('b')], [wish('c'), wish('b')], ['insert c', 'drop a']],
  ])('%s', (_, rows, plan, edits) => expect(said(rows, plan)).toEqual(edits));

  const rule = (cidr: string): SecurityRule => ({ direction: 'ingress', protocol: 'tcp', fromPort: 22, toPort: 22, cidr, why: 'SSH' });
  const group = (rules: SecurityRule[], shut?: SecurityRule[]): ResourceSpec => ({ kind: 'securityGroup', rules, ...(shut && { shut }) });
  const [wide, narrow] = [rule('0.0.0.0/0'), rule('192.0.2.0/24')];

  test.each<[what: string, was: ResourceSpec, is: ResourceSpec, spec: ResourceSpec | undefined]>([
    ['is narrowed where it stands: what went is known by its words', group([wide]), group([narrow]), group([narrow], [wide])],
    ['is widened where it stands', group([narrow]), group([narrow, wide]), group([narrow, wide])],
    ['is opened again as it was', group([narrow], [wide]), group([wide]), group([wide], [narrow])],
    ['is as it was', group([narrow], [wide]), group([narrow]), undefined],
  ])('a firewall %s', (_, was, is, spec) => {
    const edits = editsOf([row('x', { spec: was })], [wish('x', is)]);
    expect(edits.map((edit) => ('planned' in edit ? edit.planned.spec : undefined))).toEqual(spec === undefined ? [] : [spec]);
  });
});
