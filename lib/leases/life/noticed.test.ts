import { describe, expect, it } from 'vitest';
import { inHours, lease } from '../testing/site';
import type { Lease } from '../types';
import { noticed } from './noticed';

const between = (before: Partial<Lease> | null, after: Partial<Lease> | null) => noticed(before && lease(before), after && lease(after));

describe('what became of a lease', () => {
  it.each<[string, Partial<Lease> | null, Partial<Lease> | null, object[]]>([
    ['nothing', {}, {}, []],
    ['nothing, of none', null, null, []],
    ['it was made', null, { status: 'PENDING' }, [{ what: 'made' }]],
    ['it was made, and runs', null, {}, [{ what: 'made' }, { what: 'began' }]],
    ['it was made, and failed', null, { status: 'ERROR' }, [{ what: 'made' }, { what: 'broke' }]],
    ['it is gone', {}, null, [{ what: 'gone' }]],
    ['it began', { status: 'PENDING' }, {}, [{ what: 'began' }]],
    ['it began after starting', { status: 'STARTING' }, {}, [{ what: 'began' }]],
    ['it starts', { status: 'PENDING' }, { status: 'STARTING' }, []],
    ['it was changed', { status: 'UPDATING' }, {}, []],
    ['it ended', {}, { status: 'TERMINATED' }, [{ what: 'ended' }]],
    ['it ended, and Blazar gave it another end', {}, { status: 'TERMINATED', end: inHours(99), hosts: [] }, [{ what: 'ended' }]],
    ['it broke', {}, { status: 'ERROR' }, [{ what: 'broke' }]],
    ['it was repaired', { status: 'ERROR' }, {}, [{ what: 'recovered' }]],
    ['it was repaired before it began', { status: 'ERROR' }, { status: 'PENDING' }, [{ what: 'recovered' }]],
    ['it is being ended after it broke', { status: 'ERROR' }, { status: 'DELETING' }, []],
    ['its name', {}, { name: 'other' }, [{ what: 'renamed', from: 'mine', to: 'other' }]],
    ['its start', {}, { start: inHours(-11) }, [{ what: 'moved', from: inHours(-12), to: inHours(-11) }]],
    ['it lasts longer', {}, { end: inHours(13) }, [{ what: 'extended', from: inHours(12), to: inHours(13) }]],
    ['it lasts shorter', {}, { end: inHours(11) }, [{ what: 'shortened', from: inHours(12), to: inHours(11) }]],
    ['a host was exchanged', { hosts: ['1', '2'] }, { hosts: ['2', '3'] }, [{ what: 'hosts', added: ['3'], removed: ['1'] }]],
    ['a host was lost', { hosts: ['1', '2'] }, { hosts: ['2'] }, [{ what: 'hosts', added: [], removed: ['1'] }]],
    ['its hosts in another order', { hosts: ['1', '2'] }, { hosts: ['2', '1'] }, []],
    ['its hosts are not known any more', { hosts: ['1'] }, { hosts: undefined }, []],
    ['its hosts were not known before', { hosts: undefined }, { hosts: ['1'] }, []],
    ['something of it failed', {}, { degraded: true }, [{ what: 'degraded' }]],
    ['something of it failed before', { degraded: true }, { degraded: true }, []],
    [
      'much at once',
      { status: 'PENDING' },
      { name: 'b', end: inHours(13), degraded: true },
      [
        { what: 'began' },
        { what: 'renamed', from: 'mine', to: 'b' },
        { what: 'extended', from: inHours(12), to: inHours(13) },
        { what: 'degraded' },
      ],
    ],
  ])('%s', (_name, before, after, found) => {
    expect(between(before, after)).toEqual(found);
  });
});
