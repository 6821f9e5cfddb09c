import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type ErrorCode, errorCodes } from '@/lib/core/errors';
import { faultIn, isOfStep } from './faults';

// What programs print at the end of a step that fails, and machines on their consoles: whoever meets another one adds it with the code that it should have.
const rowSchema = z.strictObject({
  situation: z.string(),
  where: z.enum(['step', 'console']),
  printed: z.array(z.string()),
  code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]), // the keys of the closed set
});
const rows = z.array(rowSchema).parse(JSON.parse(readFileSync('lib/deploying/nodes/faults/corpus.json', 'utf8')));

test.each(rows.map((row) => [row.situation, row] as const))('%s: it is told by its code, with what to do', (_what, { printed, code }) => {
  const before = Array.from({ length: 100 }, (_, index) => `Setting up package-${index} (1.0) ...`);
  const fault = faultIn([...before, ...printed, ''].join('\n'));
  expect(fault).toMatchObject({ code, cause: expect.stringMatching(/./), remedy: expect.stringMatching(/./) });
  expect(isOfStep(code)).toBe(true);
});

test('each fault that is told apart has words of its own in the corpus', () => {
  const codes = new Set(rows.map(({ code }) => code));
  expect([...codes].sort()).toEqual([
    'node-clock-wrong',
    'node-cloud-init-failed',
    'node-disk-full',
    'node-mirror-unreachable',
    'node-name-unresolved',
    'node-out-of-memory',
    'node-packages-locked',
    'node-step-failed',
    'node-tls-refused',
  ]);
  expect(isOfStep('node-unreachable')).toBe(false);
});

test.each([
  ['nothing', ''],
  ['what says only that it failed', 'Setting up slurmd ...\nerror: exit status 1'],
  ['a warning that sudo gives without harm', 'sudo: unable to resolve host front: Name or service not known\nexit 1'],
  [
    'a service of the machine itself that is not up yet',
    'curl: (7) Failed to connect to localhost port 6817 after 0 ms: Connection refused',
  ],
  ['a clock that is set at the start', '[    1.102] rtc_cmos 00:00: setting system clock to 2026-11-02T10:11:12 UTC'],
  ['what was lived through long before', `curl: (6) Could not resolve host: github.com\n${'a line\n'.repeat(60)}`],
  ['a login', 'Ubuntu 24.04 LTS front ttyS0\n\nfront login:'],
])('%s tells nothing apart', (_what, printed) => {
  expect(faultIn(printed)).toBeUndefined();
});

test('a cause is told before what follows from it', () => {
  expect(faultIn('E: Unable to fetch some archives\ndpkg: No space left on device\n/x/script.sh: line 3: apt-get: failed')?.code).toBe(
    'node-disk-full',
  );
});

test('the line at which a script ended is told, the last where there are several, and no more of it than is read', () => {
  expect(faultIn(`/t/script.sh: line 3: a: warning\n/t/script.sh: line 12: ${'b'.repeat(500)}`)?.cause).toBe(
    `The script ended at its line 12: ${'b'.repeat(200)}`,
  );
});
