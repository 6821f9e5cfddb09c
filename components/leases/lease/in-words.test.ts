import { expect, it } from 'vitest';
import { en } from '@/components/messages/en';
import { formatsOf } from '@/components/messages/formats';
import { translator } from '@/components/messages/translate';
import type { LeaseView } from '@/lib/api/contract/leases';
import { leaseInWords } from './in-words';

const [t, format] = [translator('en', en), formatsOf('en', 'UTC')];
const say = (text: string) => `es(${text})`;
const problem = (detail: string) => ({ code: 'conflict', title: 'A title', detail });
const lease = (more: object = {}) =>
  ({
    id: 'lea_1',
    actions: { delete: { allowed: true }, extend: { allowed: false, reason: 'It has ended.' } },
    problem: null,
    unheard: null,
    ...more,
  }) as unknown as LeaseView;

it('why something can’t be done with a lease is said in the person’s language', () => {
  expect(leaseInWords(lease(), t, format, say)).toEqual({
    ...lease(),
    actions: { delete: { allowed: true, reason: undefined }, extend: { allowed: false, reason: 'es(It has ended.)' } },
  });
});

it('and by its key, where it has one', () => {
  const remark = { key: 'leaseSaid.cantLease', params: {} };
  const told = leaseInWords(lease({ actions: { extend: { allowed: false, reason: 'English', remark } } }), t, format, say);
  expect(told.actions.extend?.reason).toBe(t('leaseSaid.cantLease'));
});

it('what is wrong with it, and that its site was not heard, too', () => {
  const told = leaseInWords(lease({ problem: problem('It is full.'), unheard: problem('It is silent.') }), t, format, say);
  expect([told.problem?.detail, told.unheard?.detail]).toEqual(['es(It is full.)', 'es(It is silent.)']);
  expect(told.problem?.title).toBe('es(A title)');
});
