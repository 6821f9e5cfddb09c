import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Machine } from './testing/machine';

let machine: Machine;
beforeEach(() => {
  machine = new Machine();
});
afterEach(() => machine.clear());

it('tells that all before is done under the name by which playbooks of other machines ask, the same each time', () => {
  for (const _ of [1, 2]) {
    const { code, outputs, printed } = machine.run(join(import.meta.dirname, 'shared/tell-done.sh'), { DONE_OUTPUT: 'done_front' });
    expect([code, outputs], printed).toEqual([0, 'done_front=yes\n']);
  }
});
