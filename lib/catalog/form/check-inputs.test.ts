import { expect, it } from 'vitest';
import type { FormInput } from '@/lib/inputs/types';
import { checkInputs } from './check-inputs';

const about: Omit<FormInput, 'name' | 'label'> = {
  type: 'string',
  required: false,
  constraints: [],
  widget: 'text',
  secret: false,
  tab: 'A',
};
const inputs: FormInput[] = [
  { ...about, name: 'name', label: 'Name', required: true, constraints: [{ pattern: '[a-z]+' }] },
  { ...about, name: 'note', label: 'Note', default: 'none' },
];

it('gives every input’s value', () => {
  expect(checkInputs({ inputs }, { name: 'ok' })).toEqual({ ok: true, values: { name: 'ok', note: 'none' } });
});

it('names each wrong field, and what is none', () => {
  expect(checkInputs({ inputs }, { name: 'NO', colour: 'red', [`x${'y'.repeat(200)}`]: 1 })).toEqual({
    ok: false,
    fields: [
      { path: 'inputs.colour', message: 'The recipe has no such input.' },
      { path: `inputs.x${'y'.repeat(99)}`, message: 'The recipe has no such input.' },
      { path: 'inputs.name', message: 'It must match the pattern [a-z]+.' },
    ],
  });
  expect(checkInputs({ inputs }, JSON.parse('{"name": "ok", "__proto__": {}}')).ok).toBe(false);
});

it('does not mind what is missing where the form is being filled in', () => {
  expect(checkInputs({ inputs }, {}).ok).toBe(false);
  expect(checkInputs({ inputs }, {}, { partial: true })).toEqual({ ok: true, values: { name: null, note: 'none' } });
});
