import { expect, it } from 'vitest';
import { runTrial } from './run-trial';

const wait = new AbortController();
const gone = AbortSignal.abort(new Error('nobody waits'));

it('answers from a thread of its own, one after the other, none that nobody waits for, and takes no more than may wait', async () => {
  const tries = [wait.signal, gone, gone, gone, wait.signal].map((signal) =>
    runTrial({ given: { text: 'nothing' }, folders: [] }, signal).catch((error: unknown) => String(error)),
  );
  expect(await Promise.all(tries)).toEqual([
    expect.objectContaining({ recipe: null, problems: [expect.objectContaining({ path: 'templates/tried.yaml', line: 1 })] }),
    ...Array.from({ length: 3 }, () => 'Error: nobody waits'),
    expect.stringContaining('Other templates are being tried just now'),
  ]);
  // they have made room
  await expect(runTrial({ given: { text: '' }, folders: [] }, gone)).rejects.toThrow('nobody waits');
});
