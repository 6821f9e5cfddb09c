import { setTimeout as sleep } from 'node:timers/promises';
import { shortId } from '@/lib/core/ids';

/** What is on its way out is gone before so long has passed without a change … */
const stillMs = 1500;
/** … and all of it within this. */
const mostMs = 60_000;

export type Cloud = 'europe' | 'america';
interface TryMe {
  applicationCredential: { id: string; secret: string };
}
type Inventory = Record<string, { name?: string; description?: string }[]>;

/** Where the embedded sandbox is reached. */
export const sandboxUrl = `http://localhost:${Number(process.env.TRANSAT_E2E_PORT ?? '3200') + 100}`;

/** Names of everything that people made and that exists in one of the embedded clouds. */
export async function inventory(cloud: Cloud): Promise<string[]> {
  const lists: Inventory = JSON.parse(await ask('GET', `/${cloud}/_inventory`));
  return Object.entries(lists).flatMap(([kind, items]) => items.map((item) => `${kind}: ${item.name || item.description}`));
}

/** The same once it holds still: what the journeys before have deleted may still be going. */
export async function standing(cloud: Cloud): Promise<string[]> {
  let seen = await inventory(cloud);
  for (const end = Date.now() + mostMs; Date.now() < end; ) {
    await sleep(stillMs);
    const now = await inventory(cloud);
    if (JSON.stringify(now) === JSON.stringify(seen)) return now;
    seen = now;
  }
  throw new Error(`Something is still being made or deleted in ${cloud}: ${seen.join(', ')}`);
}

/** Tells an embedded cloud to answer the next matching calls with a fault (lib/sandbox/README.md). */
export async function fault(cloud: Cloud, body: { match: object; answer: object; times?: number }): Promise<void> {
  await ask('POST', `/${cloud}/_faults`, body);
}

/** Does what a Kubernetes on a deployment's machines does by itself: a load balancer for a service, a volume for a claim. */
export async function workAsCluster(cloud: Cloud, deploymentId: string): Promise<void> {
  await ask('POST', `/${cloud}/_cluster`, { prefix: `${shortId(deploymentId)}-` });
}

/** Sets limits of the project of Ada's virtual organisation. */
export async function limit(cloud: Cloud, limits: Record<string, number>): Promise<void> {
  await ask('PUT', `/${cloud}/_quotas`, { project: 'vo.sandbox.eu', limits });
}

/** Moves the time of a cloud on; what it has planned until then happens. */
export async function moveClock(cloud: Cloud, to: Date): Promise<void> {
  await ask('POST', `/${cloud}/_clock`, { to: to.toISOString() });
}

/** A cloud as it was at first, at the time that it is. */
export async function reset(cloud: Cloud): Promise<void> {
  await ask('POST', `/${cloud}/_reset`, {});
}

/** Makes a cloud well again: no faults, its own quotas. */
export async function heal(cloud: Cloud): Promise<void> {
  await ask('DELETE', `/${cloud}/_faults`);
  await ask('DELETE', `/${cloud}/_quotas`);
}

/** The application credential that a cloud gives to try. */
export async function applicationCredential(cloud: Cloud): Promise<{ id: string; secret: string }> {
  const { applicationCredential }: TryMe = JSON.parse(await ask('GET', `/${cloud}/try-me`));
  return applicationCredential;
}

async function ask(method: string, path: string, body?: unknown): Promise<string> {
  const answer = await fetch(sandboxUrl + path, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text;
}
