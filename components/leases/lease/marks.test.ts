import { describe, expect, it } from 'vitest';
import { courseOf } from './marks';

const HOUR = 3_600_000;
const begin = Date.UTC(2026, 10, 20);
const at = (hours: number) => new Date(begin + hours * HOUR).toISOString();
const lease = (hours: number, over: Partial<Parameters<typeof courseOf>[0]> = {}) => ({
  start: at(0),
  end: at(hours),
  status: 'ACTIVE' as const,
  extensionOpensAt: null,
  extendableLater: null,
  ...over,
});
const marked = (course: ReturnType<typeof courseOf>) => course.marks.map(({ is, at: moment }) => `${is} ${(moment - begin) / HOUR}`);

describe('the course of a lease', () => {
  it('marks when its window opens, when one is warned, and how far it could go', () => {
    const week = lease(168, { extensionOpensAt: at(120), extendableLater: { at: at(200), rule: 'next-reservation' } });
    const course = courseOf(week, begin + 42 * HOUR);
    expect(marked(course)).toEqual(['opens 120', 'warning 120', 'warning 144', 'warning 166', 'warning 167.5', 'limit 200']);
    expect([course.done, (course.until - begin) / HOUR]).toEqual([0.25, 200]);
  });

  it('leaves out what lies before its beginning', () => {
    expect(marked(courseOf(lease(6), begin))).toEqual(['warning 4', 'warning 5.5']);
  });

  it('shows of what could follow as much as the lease itself is long', () => {
    const far = lease(6, { extendableLater: { at: at(600), rule: 'project-end' } });
    expect((courseOf(far, begin).until - begin) / HOUR).toBe(12);
  });

  it('has not begun before its site says so, and is over when it says that', () => {
    const late = begin + 3 * HOUR;
    expect(courseOf(lease(6, { status: 'PENDING' }), late)).toMatchObject({ done: 0 });
    expect(courseOf(lease(6, { status: 'TERMINATED' }), late)).toMatchObject({ done: 1, marks: [] });
    expect(courseOf(lease(6), begin + 9 * HOUR)).toMatchObject({ done: 1 });
  });
});
