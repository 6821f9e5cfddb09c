import type { FormInput, RecipeDetail } from '@/lib/catalog/types';
import { letsEverybodyIn as open } from '@/lib/inputs/open-ranges';
import type { RawValue } from './raw-value';

/** The range that lets everybody in. */
export const everybody = '0.0.0.0/0';

/** A question of who may come in: never answered with "everybody" but by the person. */
export interface RangeInput extends FormInput {
  /** the range of the person's own address, which is proposed; null: not known, so that they must choose */
  own: string | null;
}

export function isRange(input: FormInput): input is RangeInput {
  return 'own' in input;
}

/** The recipe with its open doors closed: where it would let everybody in, the person's own address is proposed, or nothing. */
export function closeRanges(recipe: RecipeDetail, own: string | null): RecipeDetail {
  const close = (input: FormInput): FormInput | RangeInput =>
    input.widget === 'cidr' && input.default === everybody ? { ...input, default: undefined, required: true, own } : input;
  return { ...recipe, inputs: recipe.inputs.map(close) };
}

/** Whether an answer lets everybody in, alone or beside others. */
export function letsEverybodyIn(raw: RawValue): boolean {
  return typeof raw === 'string' && open(raw);
}
