import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldText, readField, textFor } from './wall-field';

const at = (text: string) => Date.parse(`${text}Z`);

describe('a field for a date and a time', () => {
  it.each([
    ['2026-11-28T09:00', 'Europe/Madrid', { is: 'moment', at: at('2026-11-28T08:00') }],
    ['2026-11-28T09:00', 'UTC', { is: 'moment', at: at('2026-11-28T09:00') }],
    ['', 'UTC', { is: 'unreadable' }],
    ['2026-02-30T09:00', 'UTC', { is: 'unreadable' }],
    ['2026-03-29T02:30', 'Europe/Madrid', { is: 'missing', next: at('2026-03-29T01:00'), told: '2026-03-29 02:30' }],
    [
      '2026-10-25T02:30',
      'Europe/Madrid',
      {
        is: 'twice',
        told: '2026-10-25 02:30',
        choices: [
          { at: at('2026-10-25T00:30'), offset: '+02:00' },
          { at: at('2026-10-25T01:30'), offset: '+01:00' },
        ],
      },
    ],
  ])('%s in %s', (text, zone, value) => {
    expect(readField(text, zone)).toEqual(value);
  });

  it('stands for the one of two that was chosen', () => {
    const later = at('2026-10-25T01:30');
    expect(readField('2026-10-25T02:30', 'Europe/Madrid', later)).toEqual({ is: 'moment', at: later });
    expect(readField('2026-10-25T02:30', 'Europe/Madrid', at('2026-11-01T00:00'))).toMatchObject({ is: 'twice' });
  });

  it('shows every moment as what it is read as again', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Madrid', 'America/Chicago', 'Australia/Lord_Howe', 'Asia/Kathmandu');
    fc.assert(
      fc.property(fc.integer({ min: at('2026-01-01T00:00') / 60_000, max: at('2030-01-01T00:00') / 60_000 }), zones, (minute, zone) => {
        const moment = minute * 60_000;
        expect(readField(fieldText(moment, zone), zone, moment)).toEqual({ is: 'moment', at: moment });
      }),
    );
  });
});

describe('what a field for a time shows once its value comes from elsewhere', () => {
  it.each([
    ['a preset', '', '2026-11-28T08:00:00Z', '2026-11-28T09:00'],
    ['another preset', '2026-11-28T09:00', '2026-11-29T08:00:00Z', '2026-11-29T09:00'],
    ['the same that was typed', '2026-11-28T09:00', '2026-11-28T08:00:00Z', '2026-11-28T09:00'],
    ['none, while one types', '2026-11-28T09:0', '', '2026-11-28T09:0'],
    ['“now”, in place of a time', '2026-11-28T09:00', null, ''],
    ['what is no time', '', 'x', ''],
    ['what is no time that a lease could have', '', '+275760-09-13T00:00:00Z', ''],
  ])('%s', (_what, typed, value, shown) => {
    expect(textFor(typed, value, 'Europe/Madrid')).toBe(shown);
  });
});
