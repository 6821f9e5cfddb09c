import { createHash } from 'node:crypto';
import type { PairCall, PairWish } from '../pair-calls';

const LONGEST_STEM = 31;
const MARK = 6;

/** A program that gives back what it gets: what is proved is the way there and back, whatever the service makes of its files. */
const script = `#!/bin/sh
cp "$INPUT_FILE_PATH" "$TMP_OUTPUT_DIR/"
`;

/** A service beside a pair's own that is as it in all that its way depends on, with buckets of its own. Pure. */
export function canaryWish({ name, image, cpu, memory, gpu, vo, variables }: PairWish): PairWish {
  const own = `${stemOf(name)}-canary`;
  const at = (folder: string) => [{ provider: 'minio.default', path: `${own}/${folder}`, suffix: [], prefix: [] }];
  return { name: own, image, cpu, memory, gpu, vo, variables, script, input: at('in'), output: at('out'), thresholdSeconds: 1 };
}

/** A name, or of a long one its beginning with a mark of the whole: others may begin alike. */
function stemOf(name: string): string {
  if (name.length <= LONGEST_STEM) return name;
  const mark = createHash('sha256').update(name).digest('hex').slice(0, MARK);
  return `${name.slice(0, LONGEST_STEM - 1 - MARK).replace(/-+$/, '')}-${mark}`;
}

/**
 * The calls of a canary that must leave: at the origin it asks for more than any machine there has, so that it never starts; what the worker runs has its
 * own size. Nobody else's work is in its way, or it in theirs. Pure.
 * @param nodes of the origin
 */
export function originCalls(calls: readonly PairCall[], nodes: readonly { milliCores: number }[]): PairCall[] {
  const most = Math.max(0, ...nodes.map(({ milliCores }) => milliCores));
  const cpu = String(Math.floor(most / 1000) + 1);
  return calls.map((one) =>
    one.side === 'origin' && one.call.kind !== 'federate' ? { ...one, call: { ...one.call, wish: { ...one.call.wish, cpu } } } : one,
  );
}
