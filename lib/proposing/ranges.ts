import { askedInputs } from '@/lib/inputs/check-form';
import { letsEverybodyIn } from '@/lib/inputs/open-ranges';
import type { FormInput, InputValues } from '@/lib/inputs/types';
import { everybody } from '@/lib/planning/network/ports';
import type { PlanProblem } from '@/lib/planning/types';

/**
 * Closes what nobody has opened: where a recipe would let everybody in and the person has not said who may come, only they may. It holds for
 * programs as for the form.
 * @param own the range of the person's own address; null where it is not known, or no cloud would see it
 * @returns the answers to plan with, and what is to be said of them: an error for each question that is left open, a warning for each that opens
 *   to everybody
 */
export function closeRanges(
  inputs: readonly FormInput[],
  answers: InputValues,
  own: string | null,
): { answers: InputValues; problems: PlanProblem[] } {
  const closed = { ...answers };
  const problems: PlanProblem[] = [];
  for (const input of askedInputs(inputs, answers)) {
    if (input.widget !== 'cidr') continue;
    const silent = textOf(answers[input.name]) === '';
    if (silent && !letsEverybodyIn(textOf(input.default))) continue;
    if (silent && own !== null) closed[input.name] = own;
    else if (silent) problems.push(openQuestion(input));
    else if (letsEverybodyIn(textOf(answers[input.name]))) problems.push(openDoor(input));
  }
  return { answers: closed, problems };
}

const textOf = (value: unknown): string =>
  (Array.isArray(value) ? value.join(',') : String(value ?? '')).replaceAll(/[\s,]+/g, ',').replace(/^,$/, '');

function openQuestion({ name, label }: FormInput): PlanProblem {
  return {
    code: 'invalid-input',
    severity: 'error',
    field: `inputs.${name}`,
    title: 'Say who may come in',
    detail: `${label}: nobody has said who, and your own address is not known here.`,
    remedy: `Send a range such as 192.0.2.0/24, or ${everybody} for everybody.`,
  };
}

function openDoor({ name, label }: FormInput): PlanProblem {
  return {
    code: 'invalid-input',
    severity: 'warning',
    field: `inputs.${name}`,
    title: 'This is open to everybody',
    detail: `${label}: anybody on the internet can try to get in, and machines are found and tried within minutes.`,
    remedy: 'Name the ranges that need it, such as that of your network.',
  };
}
