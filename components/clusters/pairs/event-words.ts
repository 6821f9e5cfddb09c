import type { Translate } from '@/components/messages/types';
import type { Tone } from '@/components/ui/tone';
import type { PairEventView } from '@/lib/api/contract/pairs';

type EventKey = `pairWatch.event.${PairEventView['kind']}`;

/** What happened to a pair, in the person's language. */
export function eventWords(t: Translate, { kind, values }: PairEventView): string {
  // which values a sentence needs is known where the event is written down
  const say = t as (key: EventKey, values: PairEventView['values']) => string;
  return say(`pairWatch.event.${kind}`, values);
}

const tones: Record<PairEventView['kind'], Tone> = {
  silent: 'bad',
  answers: 'waiting',
  'taken-out': 'warn',
  'put-back': 'ok',
  'moved-away': 'idle',
  'change-failed': 'bad',
  'drain-begun': 'idle',
  'drain-ended': 'idle',
  'drill-begun': 'idle',
  'drill-ended': 'idle',
  threshold: 'idle',
  proved: 'ok',
  'proof-failed': 'bad',
  'cluster-gone': 'bad',
};

export const eventTone = ({ kind }: Pick<PairEventView, 'kind'>): Tone => tones[kind];
