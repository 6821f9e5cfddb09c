import { describe, expect, it } from 'vitest';
import type { FormInput } from '@/lib/catalog/types';
import { type Draft, emptyDraft, readDraft, storeDraft } from './draft';

const draft: Draft = {
  addOns: ['docker'],
  inputs: { workers: '3', password: 'canary-secret', nfs: true, users: ['ada', 'bob'] },
  sites: { main: { site: 'sandbox-europe', project: 'p1', credential: null } },
  machines: {
    workers: { flavor: 'f1', imageIs: { image: 'i', distro: 'debian', version: '12', architecture: '', loginUser: 'debian' } },
  },
  ways: { main: { network: 'n1', nameServers: '192.0.2.53,', configDrive: false } },
  name: 'mine',
};
const secret: FormInput = {
  name: 'password',
  type: 'string',
  label: '',
  required: false,
  constraints: [],
  widget: 'password',
  secret: true,
  tab: '',
};

describe('a kept draft', () => {
  it('comes back as it was, but for its secrets', () => {
    const text = storeDraft(draft, [secret]);
    expect(text).not.toContain('canary');
    const { password: _, ...inputs } = draft.inputs;
    expect(readDraft(text)).toEqual({ ...draft, inputs });
  });
  it.each([null, '', 'no json', '[]', '"x"', 'null'])('is empty when it reads %s', (text) => expect(readDraft(text)).toEqual(emptyDraft));
  it('loses the parts that are not what they should be', () =>
    expect(
      readDraft(
        '{"addOns":[1,"a"],"inputs":{"x":{"y":1},"z":"1"},"sites":{"main":"here"},"machines":null,"ways":{"main":{"pool":7}},"name":7}',
      ),
    ).toEqual({
      ...emptyDraft,
      addOns: ['a'],
      inputs: { z: '1' },
    }));
  it.each([
    ['now', '2026-11-28T09:00:00Z', true],
    ['', '', true],
    ['x', '2026-11-28T09:00:00Z', false],
    ['now', '+275760-09-13T00:00:00Z', false],
  ])('keeps a new lease from “%s” to “%s”: %s', (start, end, kept) => {
    const machines = { workers: { newLease: { start, end } } };
    expect(readDraft(JSON.stringify({ ...draft, machines })).machines).toEqual(kept ? machines : {});
  });
});
