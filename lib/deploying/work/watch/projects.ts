import type { Cloud } from '@/lib/openstack/types';
import { everybodys, type Found, isOffered, type KindName, kindOf } from '../../kinds';
import { placeKey } from '../../ledger/ledger';
import { listLagSeconds } from '../../passes/action';
import type { Ports } from '../../ports';
import { type Digests, digestsOf, newsIn, type Watched } from './digests';
import { keepSights, loadKept, loadSights, type Standing, takeTurn, watchSeconds } from './rows';

/** How many projects are looked at at a time. */
const lanes = 4;
/** So many people's access is tried before a project is left for the next time, when it is others' turn. */
const entries = 3;
/** What nothing was seen of for so long is looked at all the same … */
const dayMs = 86_400_000;
/** … not all in the same minute. */
const spreadMs = 6 * 3_600_000;
/** Each person's own, in no list of a project; nothing that stands needs it. */
const notShared: KindName = 'keyPair';

/**
 * Looks at the projects in which deployments at rest stand, one list call a kind, and has a pass made over those of which something is shown otherwise
 * than before: somebody has stopped or deleted a machine, a rule was taken away. Of what is shown the same, a pass would find nothing to do. A project
 * that does not answer is left for the next time.
 */
export async function watchProjects(ports: Ports): Promise<void> {
  const projects = await byProject(ports, await takeTurn(ports));
  const left = [...projects];
  const lane = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [name, standing] = next;
      await lookAt(ports, name, standing).catch((error: unknown) => ports.onFault(error, standing[0]?.id ?? ''));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

// A site that somebody has added is theirs alone, and what a credential is for without naming it only that tells.
async function byProject(ports: Ports, standing: readonly Standing[]): Promise<Map<string, Standing[]>> {
  const shared = new Map<string, Promise<boolean>>();
  const isShared = ({ userId, site }: Standing) => {
    const key = JSON.stringify([userId, site]);
    const known = shared.get(key) ?? ports.findSite(userId, site).then((found) => found !== undefined && found.provider !== 'custom');
    shared.set(key, known);
    return known;
  };
  const projects = new Map<string, Standing[]>();
  for (const each of standing) {
    const whose = each.project !== '' && (await isShared(each)) ? '' : `${each.userId} ${each.credential}`;
    const name = [each.site, each.project, whose].filter(Boolean).join(' ');
    projects.set(name, [...(projects.get(name) ?? []), each]);
  }
  return projects;
}

async function lookAt(ports: Ports, project: string, standing: readonly Standing[]): Promise<void> {
  const asked = ports.clock.now();
  const kept = await loadKept(ports, standing, new Date(asked.getTime() - listLagSeconds * 1000));
  if (kept.size === 0) return;
  const watched = [...kept].map(([id, each]): Watched => ({ id, ...each }));
  const lists = await listAll(ports, standing, watched);
  const sights = await loadSights(ports, [...kept.keys()]);
  const seen = new Map<string, object>();
  for (const [id, digests] of digestsOf(watched, lists)) {
    const before = sights.get(id);
    const now = under(project, digests);
    if (before && (newsIn(before.digests, now).length > 0 || isOld(id, before.asked_at, asked))) seen.set(id, now);
  }
  // asked for first: a process that ends in between asks again
  for (const id of seen.keys()) await ports.store.enqueuePass(id);
  if (seen.size > 0) await keepSights(ports, seen);
}

const under = (project: string, digests: Digests) =>
  Object.fromEntries(Object.entries(digests).map(([kind, digest]) => [`${project} ${kind}`, digest]));

function isOld(id: string, at: Date, now: Date): boolean {
  const part = Number.parseInt(id.slice(-2), 36) / 36 ** 2;
  return now.getTime() - at.getTime() > dayMs + part * spreadMs;
}

/** Every kind that somebody has there, by whoever's access gets in; what can't be listed is left out. */
async function listAll(ports: Ports, standing: readonly Standing[], watched: readonly Watched[]): Promise<Map<KindName, Found[]>> {
  const lists = new Map<KindName, Found[]>();
  const entered = await enter(ports, standing);
  if (!entered) return lists;
  const cloud = listingPortsOnce(entered);
  const kinds = new Set(watched.flatMap((each) => [...each.kinds]).filter((kind) => kind !== notShared && isOffered(kind, cloud)));
  const known = new Map(watched.flatMap((each) => [...each.known].map((id) => [id, id])));
  await Promise.all(
    [...kinds].map(async (kind) => {
      const list = await kindOf(kind)
        .list(cloud, everybodys, known)
        .catch(() => null);
      if (list) lists.set(kind, list);
    }),
  );
  return lists;
}

// What routers serve is seen by their ports.
function listingPortsOnce(cloud: Cloud): Cloud {
  let all: ReturnType<Cloud['network']['ports']> | undefined;
  const once: Cloud['network']['ports'] = (filter) => {
    if (filter) return cloud.network.ports(filter);
    all ??= cloud.network.ports();
    return all;
  };
  return { ...cloud, network: { ...cloud.network, ports: once } };
}

async function enter(ports: Ports, standing: readonly Standing[]): Promise<Cloud | null> {
  const ways = new Map(standing.map((each) => [JSON.stringify([each.userId, placeKey(each)]), each]));
  const all = [...ways.values()];
  const first = (Math.floor(ports.clock.now().getTime() / (watchSeconds * 1000)) * entries) % all.length;
  for (const way of [...all.slice(first), ...all.slice(0, first)].slice(0, entries)) {
    const cloud = await ports.openCloud(way.userId, way).catch(() => null);
    if (cloud) return cloud;
  }
  return null;
}
