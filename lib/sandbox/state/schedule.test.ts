import { expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { type KeptJobs, Schedule } from './schedule';

const clock = new ManualClock(new Date('2026-01-01T00:00:00Z'));
const open = (kept: KeptJobs) => new Schedule({ clock, speed: 1, kept: () => kept, changed: () => {} });

test('what is under way is kept until it has come to its end', async () => {
  const kept: KeptJobs = { jobs: [] };
  const schedule = open(kept);
  let end = () => {};
  schedule.on('agent', () => new Promise((resolve) => (end = resolve)));
  schedule.on('boot', () => {});
  schedule.after(0, 'boot', 'n0');
  schedule.after(0, 'agent', 'n1');
  schedule.run();
  expect(kept).toEqual({ jobs: [], underWay: [expect.objectContaining({ kind: 'agent', id: 'n1' })] });
  end();
  await schedule.settled();
  expect(kept).toEqual({ jobs: [], underWay: [] });
  schedule.close();
});

test('what is cancelled while it is under way is not done once more, and nothing else with it', () => {
  const kept: KeptJobs = { jobs: [] };
  const schedule = open(kept);
  for (const kind of ['agent', 'boot']) schedule.on(kind, () => new Promise(() => {}));
  for (const id of ['n1', 'n2']) for (const kind of ['agent', 'boot']) schedule.after(0, kind, id);
  schedule.run();
  schedule.after(5, 'agent', 'n1');
  schedule.cancel('n1', 'agent');
  const left = () => [kept.jobs, kept.underWay].map((some) => some?.map(({ kind, id }) => `${kind} ${id}`));
  expect(left()).toEqual([[], ['boot n1', 'agent n2', 'boot n2']]);
  schedule.cancel('n2');
  expect(left()).toEqual([[], ['boot n1']]);
  schedule.close();
});

test('what is begun after all was forgotten is kept too', () => {
  let kept: KeptJobs = { jobs: [] };
  const schedule = new Schedule({ clock, speed: 1, kept: () => kept, changed: () => {} });
  schedule.on('agent', () => new Promise(() => {}));
  kept = { jobs: [] };
  schedule.after(0, 'agent', 'n1');
  schedule.run();
  expect(kept.underWay).toHaveLength(1);
  schedule.close();
});

test('what fails is under way no more', async () => {
  const kept: KeptJobs = { jobs: [] };
  const schedule = open(kept);
  schedule.on('agent', () => Promise.reject(new Error('no')));
  schedule.after(0, 'agent', 'n1');
  schedule.run();
  await expect(schedule.settled()).rejects.toThrow('no');
  expect(kept.underWay).toEqual([]);
  schedule.close();
});

test('what was under way when the process died is done once more, once', async () => {
  const kept: KeptJobs = { jobs: [] };
  const died = open(kept);
  died.on('agent', () => new Promise(() => {}));
  died.after(0, 'agent', 'n1');
  died.run();
  died.close();
  const left: KeptJobs = JSON.parse(JSON.stringify(kept));
  for (const times of [1, 0]) {
    const done: string[] = [];
    const schedule = open(left);
    schedule.on('agent', async (id) => void done.push(id));
    schedule.run();
    await schedule.settled();
    expect(done).toHaveLength(times);
    schedule.close();
  }
});
