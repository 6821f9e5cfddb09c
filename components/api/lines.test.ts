import { expect, test } from 'vitest';
import { linesOf } from './lines';

async function read(pieces: Uint8Array[]): Promise<string[]> {
  const found: string[] = [];
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  for await (const line of linesOf(body)) found.push(line);
  return found;
}
const bytes = (text: string) => new TextEncoder().encode(text);

test('lines are told apart wherever the pieces are cut, in the middle of a letter as well', async () => {
  const whole = bytes('{"name":"Málaga"}\n{"name":"Łódź"}\n');
  for (let at = 0; at <= whole.length; at++) {
    expect(await read([whole.slice(0, at), whole.slice(at)])).toEqual(['{"name":"Málaga"}', '{"name":"Łódź"}']);
  }
});

test('a last line needs no end, and empty ones are none', async () => {
  expect(await read([bytes('a\n\nb')])).toEqual(['a', 'b']);
  expect(await read([])).toEqual([]);
});

test('who stops early lets go of the body', async () => {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(bytes('again\n')),
    cancel: () => {
      cancelled = true;
    },
  });
  for await (const line of linesOf(body)) {
    expect(line).toBe('again');
    break;
  }
  expect(cancelled).toBe(true);
});

test('what takes long to take in lets others have their turn before the next piece', async () => {
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 0);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of ['a\n', 'b\n', 'c\n']) controller.enqueue(bytes(piece));
      controller.close();
    },
  });
  const seen: number[] = [];
  for await (const _ of linesOf(body)) {
    seen.push(turns);
    for (const begun = performance.now(); performance.now() - begun < 20; );
  }
  clearInterval(timer);
  expect(seen[2]).toBeGreaterThan(seen[0] ?? Number.POSITIVE_INFINITY);
});
