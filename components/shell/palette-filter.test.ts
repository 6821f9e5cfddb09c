import { expect, test } from 'vitest';
import { paletteFilter, valued } from './palette-filter';

const cluster = valued('OSCAR America https://oscar.example', 'clu_9slxurm2');

test.each([
  ['letters that are strewn over an id', cluster, 'slurm', false],
  ['an id from its beginning', cluster, 'CLU_9sl', true],
  ['the middle of an id', cluster, '9slx', false],
  ['words', cluster, 'america', true],
  ['words with letters left out', cluster, 'oscam', true],
  ['words of what has no id', 'SLURM cluster', 'slurm', true],
  ['other words', 'Kubernetes', 'slurm', false],
  ['nothing typed yet', cluster, '', true],
])('by %s something is found or not', (_how, value, search, found) => {
  expect(paletteFilter(value, search) > 0).toBe(found);
});
