import { expect, it } from 'vitest';
import { plainSite } from '@/lib/sites/testing/site';
import type { Gap, SiteFacts } from '@/lib/sites/types';
import { europeFacts } from './fixtures/places';
import { builtIn } from './fixtures/plan';
import { matchSite } from './match';
import { planAt, said } from './testing/rig-plan';

const recipe = builtIn.recipe('virtual-machine');
const features = { leases: false, bareMetal: false, volumes: true, floatingIps: true, securityGroups: true };
const site = plainSite({ id: 'rig', name: 'Rig', features });
const { cores, ramMiB, instances, ...others } = europeFacts.quotas;
const problem: Gap['problem'] = { code: 'deadline-passed', title: 'It is late', detail: 'It is late.' };
const since = '2026-11-21T12:00:00.000Z';
const silent: SiteFacts = { ...europeFacts, quotas: others, gaps: [{ part: 'compute quota', problem }] };
const aged = (quota = { limit: null as number | null, used: 0 }) => ({ ...quota, since });
const old: SiteFacts = {
  ...europeFacts,
  quotas: { ...others, cores: aged(cores), ramMiB: aged(ramMiB), instances: aged(instances) },
  gaps: [{ part: 'compute quota', problem, since }],
};
const matched = (facts: SiteFacts) => matchSite(recipe, {}, site, facts);

it('a quota that is told and suffices is said to suffice, one without a limit as well', () => {
  expect(matched(europeFacts).reasons).toEqual([{ good: true, text: expect.stringMatching(/^The quota suffices for 1 node/) }]);
  const endless = { ...europeFacts, quotas: { ...europeFacts.quotas, cores: { limit: null, used: 3 } } };
  expect(matched(endless).reasons).toEqual([{ good: true, text: expect.stringMatching(/^The quota suffices/) }]);
  expect(said(planAt(europeFacts, {}))).toEqual([]);
});

it('a quota that is not told suffices for nothing: the site still fits, and the plan warns', () => {
  expect(matched(silent)).toMatchObject({ fits: true });
  expect(matched(silent).reasons).toEqual([
    {
      good: false,
      text: expect.stringMatching(/^Whether the quota suffices .* is not known: the site did not tell CPUs, memory, servers\.$/),
    },
  ]);
  expect(said(planAt(silent, {}))).toEqual([
    expect.stringMatching(/^warning quota-exceeded placement\.\w+\.site: Rig did not tell these quotas: CPUs, memory, servers\./),
  ]);
  expect(matched(silent).headroom).not.toHaveProperty('cores');
});

it('a quota that was told once is compared with, and its age is said', () => {
  expect(matched(old).reasons).toEqual([{ good: false, text: expect.stringContaining(`told at ${since} suffices`) }]);
  expect(said(planAt(old, {}))).toEqual([expect.stringMatching(/^warning .*CPUs, memory, servers.* what it told at 2026-11-21T12/)]);
  const full = { ...old, quotas: { ...old.quotas, cores: aged({ limit: 4, used: 4 }) } };
  expect(said(planAt(full, {}))[0]).toMatch(/^error quota-exceeded/);
});

it('what is chosen at a site is what it is ranked for: a flavor that is too large for the quota does not fit', () => {
  const [group] = recipe.groups;
  const large = europeFacts.flavors.find(({ name }) => name === 'large')?.id ?? '';
  const tight = { ...europeFacts, quotas: { ...europeFacts.quotas, cores: { limit: 4, used: 1 } } };
  expect(matchSite(recipe, {}, site, tight)).toMatchObject({ fits: true });
  const chosen = matchSite(recipe, {}, site, tight, undefined, { [group?.name ?? '']: { flavor: large } });
  expect(chosen).toMatchObject({ fits: false, choices: { [group?.name ?? '']: { flavor: large } } });
  expect(chosen.reasons[0]).toMatchObject({ good: false, text: expect.stringContaining('CPUs') });
});
