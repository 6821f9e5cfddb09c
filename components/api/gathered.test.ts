import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { gathered } from './gathered';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('the first change is shown at once, and what comes close after it together', () => {
  const show = vi.fn();
  const { changed } = gathered(show);
  changed();
  vi.advanceTimersByTime(0);
  expect(show).toHaveBeenCalledTimes(1);
  for (let count = 0; count < 5; count++) changed();
  vi.advanceTimersByTime(29);
  expect(show).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(show).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(1000);
  expect(show).toHaveBeenCalledTimes(2);
});

it('what comes a while later is shown at once again', () => {
  const show = vi.fn();
  const { changed } = gathered(show);
  changed();
  vi.advanceTimersByTime(1000);
  changed();
  vi.advanceTimersByTime(0);
  expect(show).toHaveBeenCalledTimes(2);
});

it('what is ended is not shown any more, and may begin again', () => {
  const show = vi.fn();
  const { changed, end } = gathered(show);
  changed();
  end();
  vi.advanceTimersByTime(1000);
  expect(show).not.toHaveBeenCalled();
  changed();
  vi.advanceTimersByTime(0);
  expect(show).toHaveBeenCalledTimes(1);
});
