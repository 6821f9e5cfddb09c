import { expect, test } from 'vitest';
import { type DemoFacts, stepOf } from './steps';

const side = (id: string) => ({ id, name: id, region: null });
const result = (cluster: string) => ({ cluster, bucket: 'b', key: 'out/reef.png', bytes: 1, etag: 'e' });
const job = (more: Partial<DemoFacts['jobs'][number]> = {}) => ({
  crossed: true,
  settled: false,
  results: [],
  origin: side('eu'),
  ran: side('us'),
  ...more,
});
const facts: DemoFacts = { stands: true, pair: { state: 'standing' }, fillers: [{ state: 'Running' }], jobs: [] };

test.each<[string, Partial<DemoFacts>, string | null]>([
  ['nothing of it stands', { stands: false }, 'clusters'],
  ['there is no pair', { pair: null }, 'pair'],
  ['its pair is being made', { pair: { state: 'making' } }, 'pair'],
  ['Europe has room', { fillers: [] }, 'full'],
  ['what is to fill Europe has not begun', { fillers: [{ state: 'Pending' }] }, 'full'],
  ['Europe is full', {}, 'drop'],
  ['the picture waits', { jobs: [job({ crossed: false, ran: side('eu') })] }, 'cross'],
  ['the picture waits, and Europe has room again', { jobs: [job({ crossed: false })], fillers: [] }, 'cross'],
  ['it has crossed', { jobs: [job()] }, 'results'],
  ['one result is there', { jobs: [job({ results: [result('us')] })] }, 'results'],
  ['both results are there', { jobs: [job({ results: [result('us'), result('eu')] })] }, null],
  ['another waits after one that crossed', { jobs: [job({ crossed: false }), job({ results: [result('us'), result('eu')] })] }, null],
])('when %s', (_, more, step) => {
  expect(stepOf({ ...facts, ...more })).toBe(step);
});
