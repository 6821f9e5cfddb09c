import type { LeaseProblem } from '../types';

/** Problems in short: `end: The end …`, with `~` before a warning's field, and the code where it is not the usual one. */
export const told = (problems: readonly LeaseProblem[]): string[] =>
  problems.map(
    ({ severity, field, code, detail }) =>
      `${severity === 'warning' ? '~' : ''}${field}${code === 'invalid-input' ? '' : ` (${code})`}: ${detail}`,
  );
