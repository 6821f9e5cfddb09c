import { describe, expect, it } from 'vitest';
import { builtIn } from '@/lib/planning/fixtures/plan';

const pair = builtIn.recipe('oscar-pair');
const one = builtIn.recipe('oscar');
const namesIn = (group?: (typeof one.groups)[number]) => {
  const given = group?.node.properties.get('hostname');
  return given?.kind === 'literal' ? [String(given.value)] : [];
};

describe('a recipe that holds another once for each of its parts', () => {
  it('has all groups, software and outputs of it under names of each part', () => {
    const both = (names: string[]) => ['europe', 'america'].flatMap((part) => names.map((name) => `${part}_${name}`)).toSorted();
    expect(pair.groups.map(({ name }) => name).toSorted()).toEqual(both(one.groups.map(({ name }) => name)));
    expect(pair.software.map(({ name }) => name)).toEqual(expect.arrayContaining(both(one.software.map(({ name }) => name))));
    expect(pair.outputs.map(({ name }) => name)).toEqual(expect.arrayContaining(both(one.outputs.map(({ name }) => name))));
    const parts = ['Europe', 'America'].map((label) => [label, one.groups.map(({ name }) => `${label.toLowerCase()}_${name}`).toSorted()]);
    expect(pair.detail.sets.map(({ label, groups }) => [label, groups.toSorted()])).toEqual(parts);
  });

  it('names its machines and groups after each part', () => {
    for (const group of one.groups) {
      const copies = ['europe', 'america'].map((part) => pair.groups.find(({ name }) => name === `${part}_${group.name}`));
      expect(copies.map((copy) => copy?.label)).toEqual([`Europe: ${group.label}`, `America: ${group.label}`]);
      const [hostname] = namesIn(group);
      expect(hostname).toMatch(/^kube-/);
      expect(copies.flatMap(namesIn)).toEqual([`europe-${hostname}`, `america-${hostname}`]);
    }
  });

  it('asks for what is generated, and what is each part’s own, once a part, and for all else once', () => {
    const names = pair.detail.inputs.map(({ name }) => name);
    for (const { name, generated } of one.detail.inputs) {
      const own = generated !== undefined || ['worker_count', 'restore_snapshot'].includes(name);
      expect(names.includes(name), name).toBe(!own);
      expect(names.includes(`europe_${name}`) && names.includes(`america_${name}`), name).toBe(own);
    }
    expect(pair.detail.inputs.find(({ name }) => name === 'europe_worker_count')?.label).toBe('Europe: Workers');
  });

  it('refuses an answer of a part for the reason that it has', () => {
    const { unless } = one.detail.inputs.find(({ name }) => name === 'restore_snapshot') ?? {};
    expect(unless?.because).toBeDefined();
    const refused = ['europe', 'america'].map((part) => pair.detail.inputs.find(({ name }) => name === `${part}_restore_snapshot`)?.unless);
    expect(refused).toEqual([unless, unless]);
  });

  it('runs the very scripts of it', () => {
    const scriptOf = (recipe: typeof one, name: string) => recipe.software.find((software) => software.name === name)?.steps[0]?.script;
    expect(scriptOf(pair, 'america_oscar')).toBe(scriptOf(one, 'oscar'));
  });
});
