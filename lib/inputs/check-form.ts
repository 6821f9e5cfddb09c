import { hostileText } from './hostile-text';
import { parseSize } from './sizes';
import type { Fault, FormInput, InputValues, Matches } from './types';
import { clausesOf, valueFaults } from './values';
import { widgetFault } from './widgets';

/** A form with its answers checked. */
export interface CheckedForm {
  /** every input's value: sizes as `20 GiB`, defaults filled in, null where there is none */
  values: InputValues;
  /** what is wrong, in the order of the form */
  faults: { input: string; fault: Fault }[];
}

/**
 * Checks what a person filled in: types, constraints, what `enabledBy` leaves out and what `unless` refuses. The form asks it
 * while one types, and the server asks it again.
 * @param answers by input; what is absent, null or an empty text is not answered
 * @param options `partial`: what is missing is not wrong yet
 */
export function checkForm(
  inputs: readonly FormInput[],
  answers: InputValues,
  matches: Matches,
  options: { partial?: boolean } = {},
): CheckedForm {
  const isOn = switches(inputs, answers);
  const values: InputValues = {};
  for (const input of inputs) values[input.name] = (isOn(input) ? valueIn(input, answers) : normal(input, input.default)) ?? null;
  const faults = inputs.filter(isOn).flatMap((input) => {
    const given = givenIn(answers, input);
    const found: Fault[] =
      given === undefined
        ? missing(input, options.partial === true)
        : [...answerFaults(input, given, matches), ...refusals(input, values, inputs)];
    return found.map((fault) => ({ input: input.name, fault }));
  });
  return { values, faults };
}

/** The questions that are asked, given the answers so far. */
export function askedInputs(inputs: readonly FormInput[], answers: InputValues): FormInput[] {
  const isOn = switches(inputs, answers);
  return inputs.filter(isOn);
}

// An input is asked only while the one that switches it has that value, and is itself asked.
function switches(inputs: readonly FormInput[], answers: InputValues): (input: FormInput) => boolean {
  const known = new Map(inputs.map((input) => [input.name, input]));
  const decided = new Map<string, boolean>();
  const isOn = (input: FormInput): boolean => {
    const found = decided.get(input.name);
    if (found !== undefined) return found;
    // in a circle of switches, which no recipe of the catalogue has, nothing turns the first one off
    decided.set(input.name, true);
    const switcher = input.enabledBy && known.get(input.enabledBy.input);
    const is = !switcher || (valueIn(switcher, answers) === input.enabledBy?.equals && isOn(switcher));
    decided.set(input.name, is);
    return is;
  };
  return isOn;
}

function valueIn(input: FormInput, answers: InputValues): unknown {
  return normal(input, givenIn(answers, input) ?? input.default);
}

function givenIn(answers: InputValues, input: FormInput): unknown {
  const value = Object.hasOwn(answers, input.name) ? answers[input.name] : undefined;
  if (value === null || (value === '' && input.default !== '')) return undefined;
  return input.required && isEmptyCollection(value) ? undefined : value;
}

function isEmptyCollection(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function missing(input: FormInput, partial: boolean): Fault[] {
  return input.required && !partial ? [{ key: 'required' }] : [];
}

// What the input has by default is taken with whatever else is answered.
function refusals({ unless, ...input }: FormInput, values: InputValues, inputs: readonly FormInput[]): Fault[] {
  const other = unless && inputs.find(({ name }) => name === unless.input);
  if (!other || values[other.name] !== unless.equals) return [];
  if (measured(values[input.name]) === measured(input.default)) return [];
  return [{ key: 'unless', label: other.label, value: String(unless.equals), because: unless.because }];
}

function answerFaults(input: FormInput, value: unknown, matches: Matches): Fault[] {
  const hostile = hostileText(value, input.multiline === true);
  if (hostile) return [hostile];
  // an optional text that is left empty is not held against the constraints of a filled one
  if (value === '' && !input.required) return [];
  const { entry } = input;
  const schema = {
    type: input.type,
    constraints: clausesOf(input.constraints),
    ...(entry && { entry: { type: entry.type, constraints: clausesOf(entry.constraints) } }),
  };
  return [...valueFaults(schema, value, matches), ...[widgetFault(input.widget, value)].filter((fault) => fault !== null)];
}

function normal(input: FormInput, value: unknown): unknown {
  return input.type === 'scalar-unit.size' ? (parseSize(value)?.text ?? value) : value;
}

/** A value as it compares: of two sizes, the bytes. */
function measured(value: unknown): string {
  return JSON.stringify(parseSize(value)?.bytes ?? value ?? null);
}
