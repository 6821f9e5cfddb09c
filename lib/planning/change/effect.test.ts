import { describe, expect, test } from 'vitest';
import type { Recipe } from '@/lib/catalog/recipe';
import { builtIn, planningInput } from '../fixtures/plan';
import { planDeployment } from '../plan';
import type { PlanRequest } from '../types';
import type { Difference } from './difference';
import { changedInputs, type EffectOf, effectsOf, worst } from './effect';

const machine = builtIn.recipe('virtual-machine');
const { request } = planningInput(machine);
const stands = planDeployment(planningInput(machine, { machine_count: 2 }));
const asking = (inputs: PlanRequest['inputs']): PlanRequest => ({ ...request, inputs });

test.each<[was: PlanRequest['inputs'], is: PlanRequest['inputs'], names: string[]]>([
  [{}, {}, []],
  [{}, { cpus: 1 }, []],
  [{ cpus: 1 }, {}, []],
  [{}, { cpus: 2 }, ['cpus']],
  [{ cpus: 2 }, {}, ['cpus']],
  [{ packages: ['git'] }, { packages: ['git'] }, []],
  [{ packages: ['git'] }, { packages: ['git', 'jq'] }, ['packages']],
  [{ allowed_cidr: '0.0.0.0/0' }, { cpus: 2, disk: '9 GiB' }, ['cpus', 'disk']],
  [{}, { unknown: 1 }, []],
])('from %j to %j, %j is answered otherwise', (was, is, names) => expect(changedInputs(machine, asking(was), asking(is))).toEqual(names));

test.each([
  [[], 'none'],
  [['none'], 'none'],
  [['reload', 'none'], 'reload'],
  [['reload', 'data-lost', 'recreate'], 'data-lost'],
  [['recreate', 'rolling'], 'recreate'],
] as const)('the worst of %j is %s', (all, effect) => expect(worst(all)).toBe(effect));

describe('what a change does', () => {
  const nothing: Difference = { added: { resources: [], nodes: [] }, removed: { resources: [], nodes: [] }, changed: [], nodes: [] };
  const [group] = machine.groups;
  const saying = (effect: 'reload' | undefined, leaving = group?.leaving): Recipe => ({
    ...machine,
    groups: machine.groups.map((each) => ({ ...each, leaving: leaving ?? each.leaving })),
    detail: {
      ...machine.detail,
      inputs: machine.detail.inputs.map((input) => ({ ...input, effect: input.name === 'cpus' ? effect : undefined })),
    },
  });
  const changed = (effect: Difference['changed'][number]['effect']): Difference => ({
    ...nothing,
    changed: [{ key: 'server', kind: 'server', effect, fields: [] } as Difference['changed'][number]],
  });
  const steps: Difference = { ...nothing, nodes: [{ key: 'machine-1', steps: ['s'] }] };
  const leaves: Difference = { ...nothing, removed: { resources: [], nodes: ['machine-2'] } };
  const none = { effect: 'none' as const, when: [] };
  const cpus = {
    machine: [asking({}), asking({ cpus: 2 })] as [PlanRequest, PlanRequest],
    same: [asking({}), asking({})] as [PlanRequest, PlanRequest],
  };
  const effects = (recipe: Recipe, difference: Difference, requests = cpus.machine): EffectOf[] =>
    effectsOf(recipe, difference, requests, stands);

  test.each<[what: string, all: EffectOf[], said: string[]]>([
    ['is nothing where nothing that stands is another', effects(saying('reload'), nothing), []],
    ['is what the recipe says of the input, where steps run again', effects(saying('reload'), steps), ['input cpus reload']],
    ['is the worst where the recipe says nothing', effects(saying(undefined), steps), ['input cpus data-lost']],
    [
      'is nothing where only whom machines’ own firewalls let in is another',
      effects(saying(undefined), { ...changed('none'), nodes: [{ key: 'machine-1', steps: [], firewall: true }] }),
      [],
    ],
    ['is none of an input that is answered as before', effects(saying('reload'), steps, cpus.same), []],
    [
      'is told of resources, the worst first',
      effects(saying('reload'), changed('recreate')),
      ['resource server recreate', 'input cpus reload'],
    ],
    ['is none of a resource that is changed in place', effects(saying('reload'), changed('none')), []],
    ['is not told of what can’t be, which is a problem', effects(saying('reload'), changed('impossible'), cpus.same), []],
    ['is what the recipe says of a node that leaves', effects(saying('reload', none), leaves, cpus.same), ['leaves machine-2 none']],
    [
      'is the worst where it says so of other answers only',
      effects(saying('reload', { ...none, when: [{ input: 'cpus', equals: 7 }] as (typeof none)['when'] }), leaves, cpus.same),
      ['leaves machine-2 data-lost'],
    ],
    [
      'is the number of a group that nodes leave, where that is asked',
      effects(saying('reload', none), { ...leaves, nodes: steps.nodes }, cpus.same),
      ['input machine_count data-lost', 'leaves machine-2 none'],
    ],
    [
      'is the worst of a node that nobody knows',
      effects(saying('reload', none), { ...leaves, removed: { resources: [], nodes: ['gone'] } }, cpus.same),
      ['leaves gone data-lost'],
    ],
  ])('%s', (_, all, said) => {
    expect(all.map(({ what, because, effect }) => `${what} ${because} ${effect}`)).toEqual(said);
  });

  test('takes a volume with its node, whatever the recipe says', () => {
    const withVolume = planDeployment(planningInput(machine, { machine_count: 2, volume_size: '1 GiB' }));
    const all = effectsOf(saying('reload', none), leaves, cpus.same, withVolume);
    expect(all).toEqual([{ effect: 'data-lost', because: 'machine-2', what: 'leaves' }]);
  });

  test('takes a volume from a node that stays: what is on it is lost', () => {
    const withVolume = planDeployment(planningInput(machine, { machine_count: 2, volume_size: '1 GiB' }));
    const [volume = ''] = withVolume.nodes.flatMap(({ mounts }) => mounts.map((mount) => mount.volume));
    const all = effectsOf(
      saying('reload', none),
      { ...nothing, removed: { resources: [volume, 'elsewhere'], nodes: [] } },
      cpus.same,
      withVolume,
    );
    expect(all).toEqual([{ effect: 'data-lost', because: volume, what: 'resource' }]);
  });

  const withAddOn: [PlanRequest, PlanRequest] = [asking({}), { ...asking({}), addOns: ['a'] }];
  test.each<[string, Recipe['addOnEffects'], [PlanRequest, PlanRequest], string]>([
    ['that comes is what it says of that', { a: { coming: 'reload', going: 'rolling' } }, withAddOn, 'reload'],
    ['that goes is what it says of that', { a: { coming: 'reload', going: 'rolling' } }, [withAddOn[1], withAddOn[0]], 'rolling'],
    ['that nobody knows any more is the worst', {}, [withAddOn[1], withAddOn[0]], 'data-lost'],
  ])('of an add-on %s', (_, addOnEffects, requests, effect) => {
    expect(effectsOf({ ...machine, addOnEffects }, nothing, requests, stands)).toEqual([{ effect, because: 'a', what: 'add-on' }]);
  });

  test('is none of an input that comes with an add-on: nothing stands that it was answered for', () => {
    const before = { ...machine, detail: { ...machine.detail, inputs: machine.detail.inputs.filter(({ name }) => name !== 'cpus') } };
    expect(changedInputs(machine, ...cpus.machine)).toEqual(['cpus']);
    expect(changedInputs(machine, ...cpus.machine, before)).toEqual([]);
  });
});
