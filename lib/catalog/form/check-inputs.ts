import type { FieldProblem } from '@/lib/core/errors';
import { checkForm } from '@/lib/inputs/check-form';
import { matches } from '@/lib/inputs/pattern';
import { sentence } from '@/lib/inputs/sentence';
import type { InputCheck, InputValues, RecipeDetail } from '../types';

/**
 * Checks what a person filled in against the form, as the form itself did.
 * @param detail of the recipe with its add-ons
 * @param inputs as they came
 * @param options `partial`: what is missing is not wrong yet
 * @returns every input's value (sizes as `20 GiB`; defaults filled in), or each wrong field as `inputs.<name>`
 */
export function checkInputs(detail: Pick<RecipeDetail, 'inputs'>, inputs: InputValues, options: { partial?: boolean } = {}): InputCheck {
  const known = new Set(detail.inputs.map(({ name }) => name));
  const strangers = Object.keys(inputs).filter((name) => !known.has(name));
  const { values, faults } = checkForm(detail.inputs, inputs, matches, options);
  const fields: FieldProblem[] = [
    ...strangers.map((name) => ({ path: `inputs.${name.slice(0, 100)}`, message: 'The recipe has no such input.' })),
    ...faults.map(({ input, fault }) => ({ path: `inputs.${input}`, message: sentence(fault) })),
  ];
  return fields.length === 0 ? { ok: true, values } : { ok: false, fields };
}
