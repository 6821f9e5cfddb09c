import { expect, it } from 'vitest';
import { Secret } from '@/lib/core/secret';
import type { Vault } from '@/lib/credentials/types';
import type { AgentMessage } from '@/lib/nodes/protocol';
import type { PlannedOutput } from '@/lib/planning/types';
import { openStepOutputs, sealStepOutputs, secretStepOutputs } from './step-outputs';

// A vault that only turns text round: enough to see what went through it, and for which place.
const turn = (text: string) => [...text].reverse().join('');
const vault: Vault = {
  seal: async (_user, _record, kind, plaintext) => Buffer.from(`${kind}|${turn(plaintext.reveal())}`),
  open: async (_user, _record, kind, sealed) => {
    const [of, text = ''] = Buffer.from(sealed).toString().split('|');
    if (of !== kind) throw new Error('sealed for another place');
    return new Secret(turn(text));
  },
};
const owner = { userId: 'user_1', deploymentId: 'dep_1' };
const output = (name: string, secret: boolean, value: PlannedOutput['value']): PlannedOutput => ({
  name,
  label: name,
  kind: 'text',
  secret,
  value,
});
const outputs = [
  output('kubeconfig', true, { stepOutput: 'kubeconfig', node: 'control' }),
  output('line', true, { concat: ['token ', { stepOutput: 'token', node: 'control' }] }),
  output('version', false, { stepOutput: 'version', node: 'control' }),
];
const told = { kubeconfig: 'canary-1', token: 'canary-2', version: '1.36' };
const message: AgentMessage = { type: 'outputs', seq: 1, at: '2026-11-21T12:00:00.000Z', step: 's', values: told };

it('keeps what a secret output is made of sealed, and opens only what is asked for', async () => {
  const secret = secretStepOutputs(outputs, 'control');
  expect([...secret].sort()).toEqual(['kubeconfig', 'token']);
  const [kept] = await sealStepOutputs(vault, owner, 'control', secret, [message]);
  expect(JSON.stringify(kept)).not.toContain('canary');
  if (kept?.type !== 'outputs') throw new Error('another message came back');
  expect(kept.values.version).toBe('1.36');
  const asked = [outputs[0]?.value ?? ''];
  expect(await openStepOutputs(vault, owner, 'control', secret, kept.values, asked, 'test')).toEqual({
    kubeconfig: 'canary-1',
    version: '1.36',
  });
});

it('calls nothing secret of another node', () => {
  expect(secretStepOutputs(outputs, 'worker').size).toBe(0);
});
