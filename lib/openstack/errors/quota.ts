/** One resource that is over its quota. Absent numbers were not told. */
export interface Overrun {
  resource: string;
  limit?: number;
  used?: number;
  asked?: number;
}

const NUMBER = String.raw`(-?\d+)`;
const NOVA = /^Quota exceeded for ([\w, ]+): Requested ([\d, ]+), but already used ([\d, ]+) of ([\d, ]+)/i;
const NEUTRON = /Quota exceeded for resources: \[?([^\]]*)\]?/i;
// Nova for what it has Neutron make, and for what it has no count in its words
const NOVA_PLAIN: [words: RegExp, resource: string][] = [
  [/too many key pairs|number of key pairs exceeded/i, 'key_pairs'],
  [/maximum number of ports exceeded/i, 'port'],
  [/maximum number of floating ips exceeded/i, 'floatingip'],
];
const CINDER_SIZE = new RegExp(`exceeds allowed (\\w+) quota\\. Requested ${NUMBER}G, quota is ${NUMBER}G and ${NUMBER}G`, 'i');
const CINDER_COUNT = new RegExp(`Maximum number of (\\w+) allowed \\(${NUMBER}\\) exceeded`, 'i');
const PLAIN = /quota.*exceeded|exceeded.*quota|exceeds.*quota|maximum number of [\w ]+ exceeded|maximum of \d+ (?:is )?already exceeded/i;

/**
 * Reads which quota was met, and its numbers, from the words of Nova, Neutron, Cinder or Keystone.
 * @returns undefined when the message is about something else
 */
export function readOverrun(message: string): Overrun[] | undefined {
  const nova = NOVA.exec(message);
  if (nova) {
    const [names, asked, used, limits] = nova.slice(1).map((part) => part.split(',').map((item) => item.trim()));
    return (names ?? []).map((resource, index) => ({
      resource,
      asked: number(asked?.[index]),
      used: number(used?.[index]),
      limit: number(limits?.[index]),
    }));
  }
  const plain = NOVA_PLAIN.find(([words]) => words.test(message));
  if (plain) return [{ resource: plain[1] }];
  const neutron = NEUTRON.exec(message);
  if (neutron) return [...(neutron[1] ?? '').matchAll(/\w+/g)].map(([resource]) => ({ resource }));
  const size = CINDER_SIZE.exec(message);
  if (size) return [{ resource: size[1] ?? 'gigabytes', asked: number(size[2]), limit: number(size[3]), used: number(size[4]) }];
  const count = CINDER_COUNT.exec(message);
  if (count) return [{ resource: count[1] ?? 'volumes', limit: number(count[2]), used: number(count[2]), asked: 1 }];
  return PLAIN.test(message) ? [] : undefined;
}

/** The overruns in words: `cores: 18 of 20 are used and 8 more were asked for`. */
export function describeOverruns(overruns: Overrun[]): string {
  return overruns
    .map(({ resource, limit, used, asked }) => {
      const name = NAMES[resource] ?? resource.replaceAll('_', ' ');
      if (limit === undefined || used === undefined) return name;
      const taken = limit === 1 ? `${name}: ${used} of 1 is used` : `${name}: ${used} of ${limit} are used`;
      if (asked === undefined) return taken;
      return asked === 1 ? `${taken} and 1 more was asked for` : `${taken} and ${asked} more were asked for`;
    })
    .join('; ');
}

/** The services' names of what is counted, in the words of the house. */
const NAMES: Record<string, string> = {
  ram: 'memory (MiB)',
  instances: 'servers',
  key_pairs: 'key pairs',
  floatingip: 'floating IPs',
  network: 'networks',
  subnet: 'subnets',
  port: 'ports',
  router: 'routers',
  security_group: 'security groups',
  security_group_rule: 'security group rules',
  gigabytes: 'volume size (GiB)',
};

function number(text: string | undefined): number | undefined {
  return text === undefined || text === '' ? undefined : Number(text);
}
