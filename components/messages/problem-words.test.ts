import { expect, it } from 'vitest';
import { en } from './en';
import { engineOf } from './engine';
import { es } from './es';
import { engine } from './es/engine';
import { formatsOf } from './formats';
import { problemWords } from './problem-words';
import { translator } from './translate';

const remark = (key: string, params: Record<string, string> = {}) => ({ key: `leaseSaid.${key}`, params });
const told = {
  title: 'This can’t be leased as it was asked for',
  detail: 'A lease at CHI@UC may last 7 days, and this one would last 8 days.',
  remedy: 'End it at 2026-12-05 08:00 UTC or before. It may be extended later.',
  remarks: {
    title: remark('cantLease'),
    detail: remark('tooLong', { site: 'CHI@UC', most: 'PT604800S', length: 'PT691200S' }),
    remedy: remark('endBy', { end: '2026-12-05T08:00:00.000Z' }),
  },
};

it('a problem is said in the person’s language, with times by their clocks', () => {
  const words = problemWords(told, translator('es', es), formatsOf('es', 'Europe/Madrid'));
  expect(words.title).toBe('Esto no puede reservarse tal como se pidió');
  expect(words.detail).toBe('Una reserva en CHI@UC puede durar 7 d, y esta duraría 8 d.');
  expect(words.remedy).toMatch(/^Termínela a más tardar el 5 dic 2026, 0?9:00\. Más adelante/);
});

it('what has no key is said by its sentence, where somebody can', () => {
  const problem = { title: 'The lease is busy', detail: told.detail, remarks: { detail: told.remarks.detail } };
  const words = problemWords(problem, translator('es', es), formatsOf('es', 'UTC'), engineOf(engine));
  expect(words.title).toBe('La reserva está ocupada');
  expect(words.detail).toMatch(/^Una reserva en CHI@UC/);
});

it('words in a sentence are those of the language', () => {
  const detail = { remarks: { detail: remark('notLeased', { site: 'KVM', kind: '~machines of a size of one’s own' }) }, detail: '' };
  expect(problemWords(detail, translator('es', es), formatsOf('es', 'UTC')).detail).toBe('KVM no reserva máquinas de tamaño propio.');
  expect(problemWords(detail, translator('en', en), formatsOf('en', 'UTC')).detail).toBe(
    'KVM does not lease machines of a size of one’s own.',
  );
});

it('a number chooses the form of its sentence', () => {
  const short = (count: string) => ({ detail: '', remarks: { detail: remark('moreOut', { count }) } });
  const say = (count: string) => problemWords(short(count), translator('es', es), formatsOf('es', 'UTC')).detail;
  expect([say('1'), say('2')].map((text) => text.split(',')[0])).toEqual(['1 más está fuera de servicio', '2 más están fuera de servicio']);
});

it.each([
  ['a newer key', { detail: 'As the API said it.', remarks: { detail: remark('newer') } }],
  ['no key', { detail: 'As the API said it.' }],
])('what has no sentence here stays as it was said: %s', (_what, problem) => {
  expect(problemWords(problem, translator('es', es), formatsOf('es', 'UTC')).detail).toBe('As the API said it.');
});
