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
      { problem: problem('Full'), subjects: ['server a', 'server b'], site: 's' },
    ]));
  it('keep different problems apart', () => expect(failures(null, [server('a', 'Full'), server('b', 'Gone')], [])).toHaveLength(2));
  it('count a node without its machine once, with the machine', () => {
    const node = { state: 'failed', hostname: 'vm-1', site: 's', problem: problem('Full') } as NodeView;
    expect(failures(null, [server('a', 'Full')], [node])).toMatchObject([{ subjects: ['server a'] }]);
    expect(failures(null, [server('a', 'Full')], [{ ...node, problem: problem('Gone') }])).toHaveLength(2);
    expect(failures(null, [], [node, { ...node, hostname: 'vm-2' }])).toMatchObject([{ subjects: ['vm-1', 'vm-2'], site: 's' }]);
  });
  it("fall back to the deployment's own", () =>
    expect(failures(problem('Own'), [], [])).toEqual([{ problem: problem('Own'), subjects: [], site: null }]));
  it('are none when there is none', () => expect(failures(null, [server('c', null)], [])).toEqual([]));
});
