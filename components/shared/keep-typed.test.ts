import type { UseFormReturn } from 'react-hook-form';
import { expect, it, vi } from 'vitest';
import { keepTyped } from './keep-typed';

interface Values {
  name: string;
}
/** A form that draws one field. */
function formWith(value: string) {
  const ref = vi.fn();
  const register = vi.fn(() => ({ name: 'name', ref }));
  const setValue = vi.fn();
  return { form: { register, getValues: () => value, setValue } as unknown as UseFormReturn<Values>, ref, register, setValue };
}
const control = (value: string) => ({ value }) as HTMLInputElement;

it.each([
  ['what was typed before the page was alive is taken', 'default', 'typed', [['name', 'typed']]],
  ['that a default was wiped out is taken', 'default', '', [['name', '']]],
  ['what stands in the form already is not set again', 'same', 'same', []],
])('%s', (_what, value, typed, set) => {
  const { form, ref, register, setValue } = formWith(value);
  const field = keepTyped(form, 'name', { required: true });
  expect(register).toHaveBeenCalledWith('name', { required: true });
  expect(field.name).toBe('name');
  const element = control(typed);
  field.ref(element);
  expect(ref).toHaveBeenCalledWith(element);
  expect(setValue.mock.calls).toEqual(set);
});

it('a field that goes sets nothing', () => {
  const { form, ref, setValue } = formWith('default');
  keepTyped(form, 'name').ref(null);
  expect(ref).toHaveBeenCalledWith(null);
  expect(setValue).not.toHaveBeenCalled();
});
