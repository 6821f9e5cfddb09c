import { describe, expect, test } from 'vitest';
import { readMigrations } from './migrate';
import { disturbs } from './testing/old-can-live';

/** Older ones were written when there was one process, which was stopped for an upgrade. */
const since = '0171-drained';

describe('in a rolling upgrade, the version before', () => {
  const newer = readMigrations().filter(({ name }) => name >= since);
  test.each(newer.map(({ name, text }) => [name, text]))('lives with %s', (_name, text) => expect(disturbs(text)).toEqual([]));

  test.each<[what: string, text: string, why: string[]]>([
    ['a new table', 'create table a (b text not null, c int references d on delete cascade);', []],
    ['a column that may be left out', 'alter table a add column b timestamptz;', []],
    ['a column with a default', 'alter table a add column b integer not null default 0;', []],
    ['two, with a check', "alter table a add column b text not null default 'x' check (b in ('x', 'y')), add column c boolean;", []],
    ['a column that is made of others', 'alter table a add column b text generated always as (lower(c)) stored not null;', []],
    ['words of a comment', '-- drop column b, rename\nalter table a add column c text;', []],
    ['words of a value', "update a set b = 'drop table c';", []],
    ['an index and a trigger', 'create index a_b on a (b); create trigger t after insert on a execute function f();', []],
    ['a column that goes', 'alter table a drop column b;', ['takes a column away']],
    ['a table that goes', 'DROP TABLE a;', ['takes a table away']],
    ['another name', 'alter table a rename column b to c;', ['gives something another name']],
    ['another type', 'alter table a alter column b type bigint;', ['makes a column of another type']],
    ['another type, in full', 'alter table a alter column b set data type bigint;', ['makes a column of another type']],
    ['a value that is needed now', 'alter table a alter column b set not null;', ['demands a value that the version before leaves out']],
    ['a default that goes', 'alter table a alter column b drop default;', ['demands a value that the version before leaves out']],
    ['a column that must be filled', 'alter table a add column b text not null;', ['demands a value that the version before leaves out']],
    [
      'one of two that must be filled',
      'alter table a add column b text not null, add column c int not null default 1;',
      ['demands a value that the version before leaves out'],
    ],
    ['what is said to be used no more', '-- contract: b is written by nobody since 0171\nalter table a drop column b;', []],
    ['a contract that says nothing', '-- contract:\nalter table a drop column b;', ['takes a column away']],
  ])('%s', (_what, text, why) => expect(disturbs(text)).toEqual(why));

  test('is looked at from a migration that is there', () => expect(newer.map(({ name }) => name)).toContain(since));
});
