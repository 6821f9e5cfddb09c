import { kindOf, nodeOf } from '../kinds';
import { sparing } from '../kinds/pace';
import type { Ledger } from '../ledger/ledger';
import { loadLedger } from '../ledger/load';
import { Secrets } from '../ledger/secrets';
import type { Ports } from '../ports';
import { carryOut } from './carry-out';
import { lookForClusterMade } from './cluster-made';
import { decide } from './decide';
import { finishDeletion } from './finish-deletion';
import { whatToLookAt } from './look';
import { markLostNodes } from './lost-nodes';
import { nextLook } from './next-look';
import { Clouds, observe } from './observe';
import type { Act } from './perform';
import { advanceUpdate } from './update';

/**
 * One look at a deployment: what its ledger wants and its clouds show, everything that follows from it done at once, and
 * what came of it written. May be killed anywhere, and may run twice.
 * @param options.complete list every kind, not only those of which something is unsettled
 * @returns seconds until the next look is due; null when nothing will change by itself
 */
export async function runPass(ports: Ports, deploymentId: string, options: { complete?: boolean } = {}): Promise<number | null> {
  const ledger = await loadLedger(ports.store.db, deploymentId);
  if (!ledger || ledger.deployment.state === 'deleted') return null;
  const { deployment } = ledger;
  const clouds = new Clouds(ports, deployment);
  const allGone = deployment.wanted === 'deleted' && ledger.resources.every(({ phase }) => phase === 'gone');
  const looks = whatToLookAt(ledger, allGone || (options.complete ?? false));
  const asked = ports.clock.now();
  const [seen, { found, unlooked }] = await Promise.all([observe(ledger, looks, clouds), lookForClusterMade(ports, ledger, clouds)]);
  const lookSeconds = (ports.clock.now().getTime() - asked.getTime()) / 1000;
  if (found) return 0;
  if (allGone) return finishDeletion(ports, ledger, seen);
  const act: Act = {
    ports,
    ledger,
    clouds,
    seen,
    asked,
    unlooked,
    secrets: new Secrets(
      ports.store.db,
      ports.vault,
      { userId: deployment.user_id, deploymentId },
      `configure the nodes of ${deployment.name}`,
    ),
    ...(await rules(ports, ledger)),
  };
  const actions = decide({ ledger, seen, unlooked, now: asked });
  const steady = await carryOut(actions, act);
  await markLostNodes(act);
  if (!steady) return 0;
  if (ledger.deployment.updating && (await advanceUpdate(ports, deploymentId))) return 0;
  const next = nextLook(ledger, ports.clock.now());
  return next ? sparing(next, lookSeconds) : next;
}

// What the sites' own rules say of this deployment's resources.
async function rules(ports: Ports, { deployment, resources }: Ledger): Promise<Pick<Act, 'deadlineOf' | 'callsBack'>> {
  const ids = [...new Set(resources.map(({ site }) => site))];
  const found = await Promise.all(ids.map(async (id) => [id, await ports.findSite(deployment.user_id, id)] as const));
  const sites = new Map(found);
  for (const resource of resources) resource.siteName = sites.get(resource.site)?.name;
  return {
    callsBack: (site) => ports.callbackUrl(sites.get(site)) !== null,
    deadlineOf(resource) {
      const node = nodeOf(resource.spec);
      const bareMetal = deployment.plan.nodes.find(({ key }) => key === node)?.bareMetal ?? false;
      const { serverDeadlineSeconds } = sites.get(resource.site)?.rules ?? {};
      return kindOf(resource.kind).deadlineSeconds(resource.spec, { bareMetal, serverDeadlineSeconds, now: ports.clock.now() });
    },
  };
}
