import { describe, expect, test } from 'vitest';
import type { SecurityRule } from '@/lib/planning/types';
import { securityGroup } from './network';
import type { Found, SpecOf } from './types';

const rule = (fromPort: number, why: string): SecurityRule => ({
  direction: 'ingress',
  protocol: 'tcp',
  fromPort,
  toPort: fromPort,
  cidr: '0.0.0.0/0',
  why,
});
const group = (...rules: SecurityRule[]): SpecOf<'securityGroup'> => ({ kind: 'securityGroup', rules });
/** A group that stood so, one after the other. */
const changed = (first: SpecOf<'securityGroup'>, ...later: SpecOf<'securityGroup'>[]) =>
  later.reduce((was, is) => securityGroup.inPlaceOf?.(was, is) ?? is, first);
/** What a site shows of rules, whose ids are their descriptions. */
function shown(...rules: SecurityRule[]): Found {
  const partsBy = rules.map(({ fromPort, why }) => ({ id: why, part: `ingress tcp ${fromPort} ${fromPort} 0.0.0.0/0`, description: why }));
  return { id: 'g', name: 'g', state: 'ready', observed: {}, parts: partsBy.map(({ part }) => part), partsBy };
}

describe('a rule that goes from a security group', () => {
  test.each<[string, SpecOf<'securityGroup'>, SecurityRule[], string[]]>([
    [
      'is taken away',
      changed(group(rule(80, 'web'), rule(22, 'ssh')), group(rule(22, 'ssh'))),
      [rule(80, 'web'), rule(22, 'ssh')],
      ['web'],
    ],
    ['is left where somebody else has made it', changed(group(rule(80, 'web')), group()), [rule(80, 'by hand')], []],
    ['is left while another wants the same', changed(group(rule(80, 'web')), group(rule(80, 'mail'))), [rule(80, 'web')], []],
    [
      'is taken away by the words that it was made with, when the other goes as well',
      changed(group(rule(80, 'web')), group(rule(80, 'mail')), group()),
      [rule(80, 'web')],
      ['web'],
    ],
    ['is left when it is wanted again', changed(group(rule(80, 'web')), group(), group(rule(80, 'web'))), [rule(80, 'web')], []],
  ])('%s', (_name, spec, there, surplus) => expect(securityGroup.surplus?.(spec, shown(...there))).toEqual(surplus));

  test('is known once, however often it came and went', () => {
    const [open, shut] = [group(rule(80, 'web')), group()];
    expect(changed(open, shut, open, shut, open, shut)).toEqual({ ...shut, shut: [rule(80, 'web')] });
  });
});
