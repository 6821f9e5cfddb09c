import { z } from 'zod';
import { notFound } from '@/lib/core/problems';
import { jsonOf } from '@/lib/web/answer';
import { doorOf } from '@/lib/web/doors';
import type { Cluster, Owner, WorkloadPorts } from '../types';
import { registerCluster } from './register';
import { listClusters } from './rows';

/** A cluster that the sandbox has for whoever wants to try. */
interface OfferedCluster {
  id: string;
  name: string;
  version: string;
  endpoint: string;
  region: 'eu' | 'us';
  /** page with its user, password and keys */
  page: string;
  /** it is there for the guided tour alone */
  demo: boolean;
}

const offersSchema = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    version: z.string(),
    endpoint: z.url(),
    region: z.enum(['eu', 'us']).optional(),
    demo: z.boolean().default(false),
  }),
);
const keysSchema = z.object({ user: z.string(), password: z.string() });

/** The sandbox's clusters that a person does not have yet; none where there is no sandbox. */
export async function offeredClusters(ports: WorkloadPorts, userId: string): Promise<Omit<OfferedCluster, 'demo'>[]> {
  if (!ports.config.sandbox) return [];
  const mine = new Set((await listClusters(ports, userId)).map(({ endpoint }) => endpoint));
  return (await all(ports)).flatMap(({ demo, ...offer }) => (demo || mine.has(offer.endpoint) ? [] : [offer]));
}

/** Registers one of them, with the password that the sandbox tells. @throws AppError `not-found`, and as registering does */
export async function takeOffered(ports: WorkloadPorts, owner: Owner, id: string): Promise<Cluster> {
  const offer = ports.config.sandbox ? (await all(ports)).find((each) => each.id === id && !each.demo) : undefined;
  if (!offer) throw notFound('cluster');
  return await take(ports, owner, offer);
}

/** Registers the clusters of the guided tour, which go with it. @throws AppError `not-found` where there is no sandbox, and as registering does */
export async function takeDemo(ports: WorkloadPorts, owner: Owner): Promise<void> {
  const offers = ports.config.sandbox ? (await all(ports)).filter(({ demo }) => demo) : [];
  if (offers.length === 0) throw notFound('demo');
  const mine = new Set((await listClusters(ports, owner.id)).map(({ endpoint }) => endpoint));
  for (const offer of offers) if (!mine.has(offer.endpoint)) await take(ports, owner, offer);
}

async function take(ports: WorkloadPorts, owner: Owner, { id, name, region, endpoint, demo }: OfferedCluster): Promise<Cluster> {
  const { user, password } = keysSchema.parse(await ask(ports, `/oscar/${encodeURIComponent(id)}/try-me`));
  return await registerCluster(ports, owner, { name, region, endpoint, auth: { kind: 'basic', user, password } }, { inside: true, demo });
}

async function all(ports: WorkloadPorts): Promise<OfferedCluster[]> {
  const found = offersSchema.safeParse(await ask(ports, '/oscar'));
  const page = (id: string) => `${ports.config.sandboxUrl}/oscar/${encodeURIComponent(id)}`;
  // those that somebody deployed in its clouds are of no shore, and theirs
  return (found.data ?? []).flatMap(({ region, ...offer }) => (region ? [{ ...offer, region, page: page(offer.id) }] : []));
}

async function ask({ config }: WorkloadPorts, path: string): Promise<unknown> {
  const door = doorOf({ id: 'sandbox', kind: 'cluster', address: config.sandboxUrl, allowPrivate: true });
  return jsonOf(await door.send({ service: 'oscar', method: 'GET', url: new URL(config.sandboxUrl + path) }));
}
