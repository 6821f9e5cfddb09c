import { describe, expect, it } from 'vitest';
import type { InnerProblem } from '@/lib/api/contract/common';
import type { NodeView, ResourceView } from '@/lib/api/contract/deployments';
import { failures } from './failures';

const problem = (title: string): InnerProblem => ({ code: 'quota-exceeded', title, detail: title });
const server = (key: string, title: string | null): ResourceView => ({
  key,
  kind: 'server',
  site: 's',
  project: 'p',
  group: null,
  dependsOn: [],
  summary: `server ${key}`,
  wanted: 'present',
  phase: title ? 'failed' : 'ready',
  cloudId: null,
  observed: {},
  attempts: 1,
  problem: title ? problem(title) : null,
  updatedAt: '',
});

describe('failures', () => {
  it('tell one problem of many servers once', () =>
    expect(failures(problem('x'), [server('a', 'Full'), server('b', 'Full'), server('c', null)], [])).toEqual([
      { problem: problem('Full'), subjects: ['server a', 'server b'], alike: 0, site: 's' },
    ]));
  it('group what differs by names and ids alone', () => {
    const lost = (name: string, id: string) => ({
      ...server(name, `The server ${name} is gone`),
      key: `server-${name}`,
      cloudId: id,
      problem: {
        ...problem(`The server ${name} is gone`),
        upstream: { service: 'compute', message: `Instance ${id} could not be found.` },
      },
    });
    const found = failures(null, [lost('w-1', 'i-1'), lost('w-11', 'i-2'), lost('w-2', 'i-3')], []);
    expect(found.map(({ subjects }) => subjects)).toEqual([['server w-1', 'server w-11', 'server w-2']]);
    expect(found[0]).toMatchObject({ problem: { title: 'The server w-1 is gone' }, alike: 2 });
  });
  it('take requests and ids that sites name for the same cause, and other numbers for another', () => {
    const full = (key: string, message: string) => ({
      ...server(key, 'Full'),
      problem: { ...problem('Full'), upstream: { service: 'compute', message } },
    });
    const ids = ['9b3a4c11-0000-4000-8000-0123456789ab', 'req-9b3a4c11-0000-4000-8000-0123456789ac', '9b3a4c1100004000800001234567890f'];
    expect(
      failures(
        null,
        ids.map((id, at) => full(`v${at}`, `No host for ${id}`)),
        [],
      ),
    ).toHaveLength(1);
    expect(failures(null, [full('a', '8 of 8 are used'), full('b', '5 of 5 are used')], [])).toHaveLength(2);
  });
  it('begin with the servers that are lost, whatever else failed before them in the plan', () => {
    const gone = { ...server('s', 'The server s is gone'), problem: { ...problem('The server s is gone'), code: 'not-found' } };
    const port = { ...server('p', 'Port'), kind: 'port' };
    const portGone = { ...port, key: 'q', problem: { ...problem('The port q is gone'), code: 'not-found' } };
    expect(failures(null, [port, portGone, server('full', 'Full'), gone], []).map((each) => each.problem.title)).toEqual([
      'The server s is gone',
      'Port',
      'The port q is gone',
      'Full',
    ]);
  });
  it('keep different problems apart', () => expect(failures(null, [server('a', 'Full'), server('b', 'Gone')], [])).toHaveLength(2));
  it('count a node without its machine once, with the machine', () => {
    const node = { state: 'failed', hostname: 'vm-1', site: 's', problem: problem('Full') } as NodeView;
    expect(failures(null, [server('a', 'Full')], [node])).toMatchObject([{ subjects: ['server a'] }]);
    expect(failures(null, [server('a', 'Full')], [{ ...node, problem: problem('Gone') }])).toHaveLength(2);
    expect(failures(null, [], [node, { ...node, hostname: 'vm-2' }])).toMatchObject([{ subjects: ['vm-1', 'vm-2'], site: 's' }]);
  });
  it("fall back to the deployment's own", () =>
    expect(failures(problem('Own'), [], [])).toEqual([{ problem: problem('Own'), subjects: [], alike: 0, site: null }]));
  it('are none when there is none', () => expect(failures(null, [server('c', null)], [])).toEqual([]));
  it('are those of what failed or goes, and of nothing that stands', () => {
    const of = (phase: ResourceView['phase']) => failures(null, [{ ...server('a', 'Full'), phase }], []).length;
    expect([of('failed'), of('deleting'), of('ready'), of('creating')]).toEqual([1, 1, 0, 0]);
    const node = (state: NodeView['state']) =>
      failures(null, [], [{ state, hostname: 'vm', site: 's', problem: problem('Full') } as NodeView]).length;
    expect([node('failed'), node('unreachable'), node('ready'), node('booting')]).toEqual([1, 1, 0, 0]);
    expect(failures(null, [], [{ state: 'failed', hostname: 'vm', site: 's', problem: null } as NodeView])).toEqual([]);
  });
  it('name each thing that is lost once', () => {
    const gone = { ...server('s', 'Gone'), problem: { ...problem('Gone'), code: 'not-found' } };
    expect(failures(null, [gone], []).map(({ subjects }) => subjects)).toEqual([['server s']]);
  });
  it('group nodes that differ by their names alone, whatever signs stand in them', () => {
    const node = (name: string) =>
      ({ state: 'failed', hostname: name, key: name, id: `id-${name}`, site: 's', problem: problem(`${name} is silent`) }) as NodeView;
    expect(failures(null, [], [node('w.1'), node('w+2'), node('w(3)')])).toMatchObject([{ subjects: ['w.1', 'w+2', 'w(3)'], alike: 2 }]);
    const like = { ...node('w.1'), problem: problem('wx1 is silent') };
    expect(failures(null, [], [node('w.1'), like])).toHaveLength(2);
  });
  it('keep apart what names have nothing to do with', () => {
    const two = ['Full', 'Shut'].map((title) => ({ ...server('', title), cloudId: null }));
    expect(failures(null, two, []).map((each) => each.problem.title)).toEqual(['Full', 'Shut']);
  });
});
