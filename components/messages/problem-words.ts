import type { InnerProblem } from '@/lib/api/contract/common';
import { asItIs } from './as-it-is';
import type { SayEngine } from './engine';
import type { Formats } from './formats';
import { type Remark, sayRemark } from './remark';
import type { MessageKey, Translate } from './types';

type Worded = Pick<InnerProblem, 'title' | 'detail' | 'cause' | 'remedy' | 'remarks' | 'fields'>;

/**
 * A problem in the person's language: by the keys that it names, else by its English sentences.
 * @param say what has no key; as the API said it where that is not given
 */
export function problemWords<P extends Partial<Worded>>(
  problem: P,
  t: Translate,
  format: Pick<Formats, 'time' | 'duration'>,
  say: SayEngine = asItIs,
): P {
  const { remarks = {}, fields } = problem;
  const said = (remark: Remark | undefined, otherwise: string | undefined) =>
    (remark && sayRemark(t, { key: remark.key, params: drawn(remark.params, t, format) })) ??
    (otherwise === undefined ? undefined : say(otherwise));
  const words = {
    title: said(remarks.title, problem.title),
    detail: said(remarks.detail, problem.detail),
    cause: said(remarks.cause, problem.cause),
    remedy: said(remarks.remedy, problem.remedy),
  };
  return {
    ...problem,
    ...Object.fromEntries(Object.entries(words).filter(([, text]) => text !== undefined)),
    ...(fields && { fields: fields.map((each) => ({ ...each, message: said(each.remark, each.message) ?? each.message })) }),
  };
}

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const duration = /^PT(\d+)S$/;

/** What stands in a sentence, drawn for the person: moments by their clocks, lengths, and words of their language. */
function drawn(params: Remark['params'], t: Translate, format: Pick<Formats, 'time' | 'duration'>): Remark['params'] {
  const draw = (value: string): string => {
    if (moment.test(value)) return format.time(value);
    const [, seconds] = duration.exec(value) ?? [];
    if (seconds !== undefined) return format.duration(Number(seconds));
    return value.startsWith('~') ? value.split(', ').map(wordOf).join(', ') : value;
  };
  const wordOf = (word: string): string => {
    const name = word.slice(1).replace(/[^a-zA-Z]+/g, '-');
    const key = `leaseWord.${name}` as Extract<MessageKey, `leaseWord.${string}`>;
    const said = t(key);
    return said === key ? word.slice(1) : said;
  };
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, draw(value)]));
}
