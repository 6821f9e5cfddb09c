import { AppError } from '@/lib/core/errors';
import { familyOf, ipAddress } from '@/lib/core/ip-address';
import type { CloudSecurityGroup } from '@/lib/openstack/types';
import type { Found, Kind, SpecOf } from './types';

/** Longest description of a rule that Neutron takes. */
const longest = 255;

/**
 * One rule of a security group that lets a single address in, of something at another site: made when that is known, and made anew when it is another.
 * Rules have no name: the first word of their description is ours.
 */
export const securityRule: Kind<'securityRule'> = {
  label: 'security group rule',
  service: 'network',
  deadlineSeconds: () => 120,
  tries: () => 2,
  leaveSeconds: () => 2,
  letsIn: ({ from }) => from,
  async list(cloud, prefix, known) {
    return (await cloud.network.securityGroups()).flatMap(({ rules }) =>
      rules.flatMap((rule) => {
        const [word = ''] = (rule.description ?? '').split(' ');
        const name = word.startsWith(prefix) ? word : known?.get(rule.id);
        return name === undefined ? [] : [ruleOf(rule, name)];
      }),
    );
  },
  async create(cloud, spec, build) {
    const address = outsideOf(build.observedOf(spec.from));
    if (address === undefined) throw unknownAddress(cloud.site);
    const group = build.idOf(spec.securityGroup);
    const cidr = rangeOf(address);
    await cloud.network.createSecurityGroupRule({
      securityGroupId: group,
      direction: 'ingress',
      protocol: spec.protocol,
      fromPort: spec.fromPort,
      toPort: spec.toPort,
      cidr,
      description: `${build.name} ${spec.why}`.slice(0, longest),
    });
    const rules = (await cloud.network.securityGroups()).find(({ id }) => id === group)?.rules ?? [];
    // one of the same content may have been there before
    const rule =
      rules.find(({ description = '' }) => description.split(' ')[0] === build.name) ?? rules.find((one) => isAsWanted(one, spec, cidr));
    if (!rule) throw notShown(cloud.site);
    return ruleOf(rule, build.name);
  },
  outdated({ from }, { address }, observedOf) {
    const now = outsideOf(observedOf(from));
    return now !== undefined && address !== now;
  },
  remove: (cloud, found) => cloud.network.deleteSecurityGroupRule(found.id),
};

/** The address of something as other sites see it, by what is kept of it: its own, or that of a router's gateway. */
export function outsideOf({ address, gateway }: Record<string, unknown>): string | undefined {
  const said = address ?? gateway;
  return typeof said === 'string' ? (ipAddress(said) ?? undefined) : undefined;
}

function ruleOf({ id, cidr }: CloudSecurityGroup['rules'][number], name: string): Found {
  return { id, name, state: 'ready', observed: { address: cidr?.split('/')[0] }, parts: [] };
}

function isAsWanted(
  one: CloudSecurityGroup['rules'][number],
  { protocol, fromPort, toPort }: SpecOf<'securityRule'>,
  cidr: string,
): boolean {
  const ports = one.fromPort === (fromPort ?? null) && one.toPort === (toPort ?? fromPort ?? null);
  return one.direction === 'ingress' && one.protocol === protocol && one.cidr === cidr && ports;
}

const rangeOf = (address: string): string => `${address}/${familyOf(address) === 6 ? 128 : 32}`;

function unknownAddress(site: string): AppError {
  return new AppError({
    code: 'upstream-failed',
    title: 'The address that is to be let in is not known',
    detail: `A rule at ${site} lets in one address of another site, and that site does not tell it.`,
    remedy: 'Retry. If it stays, open the port at the site by hand, or place both parts at one site.',
  });
}

function notShown(site: string): AppError {
  return new AppError({
    code: 'upstream-failed',
    title: 'A rule does not show',
    detail: `${site} took the rule, and does not list it.`,
    remedy: 'It is tried again.',
  });
}
