import { addResource, type Draft, type DraftGroup, type DraftNode } from '../draft';
import { slug } from '../names';
import { problem } from '../problems';
import type { StepPlan } from '../types';
import { references } from '../values';
import { acrossScript } from './across-script';
import type { Port } from './ports';

/** Key of what has the address from which a node comes to other sites; undefined where a network that is there already hides it. */
export function wayOut({ floatingIp, port, group: { wiring } }: DraftNode): string | undefined {
  return floatingIp ?? (wiring.direct ? port : wiring.router);
}

/**
 * Opens the ports that are declared so (`across`) to the deployment's nodes at other sites: a rule a port and address. Each waits for the one address
 * that it lets in, which is known when the other site has given it.
 */
export function openAcross(draft: Draft): void {
  for (const group of draft.groups) {
    const { place, template, across, securityGroup } = group;
    const others = across.length > 0 ? elsewhere(draft, group) : [];
    noteHidden(draft, group, others);
    if (securityGroup === undefined) continue;
    for (const port of across)
      for (const from of waysOut(others))
        addResource(
          draft,
          place,
          `rule-${slug(template.name)}-${slug(port.name)}-from-${from}`,
          { kind: 'securityRule', securityGroup, ...portOf(port), from, why: `${port.name}: from the deployment’s nodes at other sites` },
          {
            dependsOn: [securityGroup, from],
            group: template.name,
            summary: `${wordsOf(port)} of ${template.label}, for the address of ${from} alone`,
          },
        );
  }
}

/**
 * The steps of a node, with one that opens its own firewall to nodes at other sites where no security group does all of it. It stands before the first step that
 * names an address there, since both wait for the same.
 */
export function withAcross(draft: Draft, node: DraftNode, steps: StepPlan[]): StepPlan[] {
  const { group } = node;
  const isGuarded = group.securityGroup !== undefined && !group.bareMetal;
  const others = isGuarded || group.across.length === 0 ? [] : elsewhere(draft, group).filter((other) => wayOut(other) !== undefined);
  if (others.length === 0) return steps;
  const keys = new Set(others.map(({ key }) => key));
  const names = ({ env }: StepPlan) =>
    Object.values(env).some((value) => [...references(value)].some((reference) => 'address' in reference && keys.has(reference.node)));
  const at = steps.findIndex(names);
  const step: StepPlan = {
    name: 'transat.across',
    title: 'Let the nodes at other sites in',
    script: acrossScript,
    env: {
      FROM: { join: others.map(({ key }) => ({ address: 'outgoing', node: key })), separator: '\n' },
      PORTS: group.across
        .filter(({ protocol }) => protocol !== 'icmp')
        .map(portText)
        .join('\n'),
    },
    downloads: [],
    timeoutSeconds: 120,
    attempts: 2,
  };
  return at < 0 ? [...steps, step] : steps.toSpliced(at, 0, step);
}

const elsewhere = (draft: Draft, group: DraftGroup): DraftNode[] =>
  draft.groups.filter(({ place }) => place !== group.place).flatMap(({ nodes }) => nodes);

// Nodes without a public address of their own share that of their router.
const waysOut = (nodes: DraftNode[]): string[] => [...new Set(nodes.flatMap((node) => wayOut(node) ?? []))];

const portOf = ({ protocol, from, to }: Port) => ({ protocol, ...(from !== undefined && { fromPort: from, toPort: to ?? from }) });
const portText = ({ protocol, from, to }: Port) => `${from}${to !== undefined && to !== from ? `-${to}` : ''}/${protocol}`;
const wordsOf = (port: Port) => (port.from === undefined ? port.protocol : portText(port));

function noteHidden(draft: Draft, group: DraftGroup, others: DraftNode[]): void {
  const hidden = others.find((node) => wayOut(node) === undefined);
  if (!hidden) return;
  const { template, place } = hidden.group;
  draft.problems.push(
    problem(
      'invalid-input',
      `From which address ${template.label} come out of ${place.site.name} is not known, so that ${group.template.label} do not let them in.`,
      {
        severity: 'warning',
        field: `placement.${template.name}.network`,
        cause: 'They have no public addresses of their own, and their network belongs to somebody else.',
        remedy: 'Have a network made for the deployment there, or choose another site.',
      },
    ),
  );
}
