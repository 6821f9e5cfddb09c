import type { FieldProblem } from '@/lib/core/errors';
import { parseSize } from '@/lib/tosca/scalar-unit';
import { clausesOf, valueProblems } from '@/lib/tosca/values';
import type { FormInput, InputCheck, InputValues, RecipeDetail } from './types';

/** Characters in a line of text, and in a text of several lines. */
const lineLimit = 4096;
const textLimit = 65_536;
const elementLimit = 1000;
const controls = /[\p{Cc}\u2028\u2029]/u;
// the same but for tabs and line ends
const controlsInText = /[^\P{Cc}\t\n\r]/u;
const cidrPattern = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\/(?:3[0-2]|[12]?\d)$/;
const portPattern = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(?:tcp|udp))?$/;

/**
 * Checks what a person filled in against the form: names, types, constraints, and what `enabledBy` leaves out. Used by
 * the form and again by the server.
 * @param detail of the recipe with its add-ons
 * @param inputs as they came
 * @param options `partial`: what is missing is not wrong yet
 * @returns every input's value (sizes as `20 GiB`; defaults filled in), or each wrong field as `inputs.<name>`
 */
export function checkInputs(detail: Pick<RecipeDetail, 'inputs'>, inputs: InputValues, options: { partial?: boolean } = {}): InputCheck {
  const fields: FieldProblem[] = [];
  const known = new Map(detail.inputs.map((input) => [input.name, input]));
  for (const name of Object.keys(inputs))
    if (!known.has(name)) fields.push({ path: `inputs.${name.slice(0, 100)}`, message: 'The recipe has no such input.' });
  const given = (input: FormInput) => {
    const value = Object.hasOwn(inputs, input.name) ? inputs[input.name] : undefined;
    return value === undefined || value === null || (value === '' && input.default !== '') ? undefined : value;
  };
  const value = (input: FormInput) => normal(input, given(input) ?? input.default);
  const isOn = (input: FormInput, depth = 0): boolean => {
    const switcher = input.enabledBy && known.get(input.enabledBy.input);
    if (!input.enabledBy || !switcher || depth > known.size) return true;
    return value(switcher) === input.enabledBy.equals && isOn(switcher, depth + 1);
  };
  const values: InputValues = {};
  for (const input of detail.inputs) {
    const path = `inputs.${input.name}`;
    if (!isOn(input)) {
      values[input.name] = normal(input, input.default) ?? null;
      continue;
    }
    const problems = given(input) === undefined ? missing(input, options.partial === true) : problemsOf(input, given(input));
    fields.push(...problems.map((message) => ({ path, message })));
    values[input.name] = value(input) ?? null;
  }
  return fields.length === 0 ? { ok: true, values } : { ok: false, fields };
}

function missing(input: FormInput, partial: boolean): string[] {
  return input.required && !partial ? ['It must be filled in.'] : [];
}

function problemsOf(input: FormInput, value: unknown): string[] {
  const hostile = hostileText(value, input.multiline === true);
  if (hostile) return [hostile];
  // an optional text that is left empty is not held against the constraints of a filled one
  if (value === '' && input.default === '' && !input.required) return [];
  const { entry } = input;
  const schema = {
    type: input.type,
    constraints: clausesOf(input.constraints),
    ...(entry && { entry: { type: entry.type, constraints: clausesOf(entry.constraints) } }),
  };
  return [...valueProblems(schema, value), ...widgetProblems(input, value)];
}

function widgetProblems(input: FormInput, value: unknown): string[] {
  const texts = (Array.isArray(value) ? value : String(value).split(',')).map((text) => String(text).trim());
  if (input.widget === 'cidr') {
    const wrong = texts.find((text) => !cidrPattern.test(text));
    return wrong === undefined
      ? []
      : [`"${wrong}" is no range of IPv4 addresses; write one such as 192.0.2.0/24, or 0.0.0.0/0 for everybody.`];
  }
  if (input.widget === 'ports' && Array.isArray(value)) {
    const wrong = texts.find((text) => !isPort(text));
    return wrong === undefined ? [] : [`"${wrong}" is no port; write 8080, 8080/tcp or 9000-9010/udp.`];
  }
  return [];
}

function isPort(text: string): boolean {
  const match = portPattern.exec(text);
  const [low, high] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
  return low >= 1 && low <= high && high <= 65_535;
}

// Text ends up in scripts' environments, logs and pages.
function hostileText(value: unknown, multiline: boolean): string | null {
  if (typeof value === 'string') {
    const limit = multiline ? textLimit : lineLimit;
    if (value.length > limit) return `It is longer than ${limit} characters.`;
    if (!value.isWellFormed()) return 'It holds characters that are no text.';
    if ((multiline ? controlsInText : controls).test(value))
      return 'It holds control characters (such as line ends), which are not allowed here.';
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const entries = Object.entries(value);
  if (entries.length > elementLimit) return `It has more than ${elementLimit} elements.`;
  for (const [key, entry] of entries) {
    const problem =
      hostileText(key, false) ?? (typeof entry === 'object' ? 'Its elements must be simple values.' : hostileText(entry, multiline));
    if (problem) return problem;
  }
  return null;
}

function normal(input: FormInput, value: unknown): unknown {
  return input.type === 'scalar-unit.size' ? (parseSize(value)?.text ?? value) : value;
}
