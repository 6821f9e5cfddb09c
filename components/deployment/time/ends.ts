import type { Credential } from '@/lib/api/contract/credentials';
import type { DeploymentView, OutputView } from '@/lib/api/contract/deployments';
import { DAY, HOUR } from '@/lib/leases/time/units';

/** What comes by the clock for a deployment. */
export interface Coming {
  what: 'end' | 'lease' | 'credential' | 'certificate' | 'stop' | 'start';
  at: string;
  /** the credential, or what its recipe calls the certificate */
  name?: string;
  tone: 'idle' | 'warn' | 'bad';
}

type Of = Pick<DeploymentView, 'expiresAt' | 'leaseEndsAt' | 'nextTurn' | 'placement' | 'state'>;

/**
 * All that has its time for a deployment, the soonest first: its own end, its lease's, those of the credentials that it acts by and of certificates that its
 * steps have signed, and its schedule. Pure.
 */
export function comingOf(
  view: Of,
  credentials: readonly Pick<Credential, 'id' | 'name' | 'expiresAt'>[],
  now: number,
  outputs: readonly Pick<OutputView, 'kind' | 'label' | 'value'>[] = [],
): Coming[] {
  if (view.state === 'deleted' || view.state === 'deleting') return [];
  const acting = new Set(Object.values(view.placement).map(({ credential }) => credential));
  const ends = credentials.flatMap(({ id, name, expiresAt }): Coming[] =>
    acting.has(id) && expiresAt !== null
      ? [{ what: 'credential', at: expiresAt, name, tone: toneOf(expiresAt, now, 3 * DAY, 14 * DAY) }]
      : [],
  );
  // what a node says is no date before it is read as one
  const certificates = outputs.flatMap(({ kind, label: name, value }): Coming[] =>
    kind === 'date' && value !== null && !Number.isNaN(Date.parse(value))
      ? [{ what: 'certificate', at: value, name, tone: toneOf(value, now, 3 * DAY, 30 * DAY) }]
      : [],
  );
  const all: Coming[] = [
    ...(view.expiresAt === null
      ? []
      : [{ what: 'end', at: view.expiresAt, tone: toneOf(view.expiresAt, now, 2 * HOUR, 2 * DAY) } as const]),
    ...(view.leaseEndsAt === null
      ? []
      : [{ what: 'lease', at: view.leaseEndsAt, tone: toneOf(view.leaseEndsAt, now, 2 * HOUR, 2 * DAY) } as const]),
    ...(view.nextTurn === null ? [] : [{ what: view.nextTurn.does, at: view.nextTurn.at, tone: 'idle' } as const]),
    ...ends,
    ...certificates,
  ];
  return all.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function toneOf(at: string, now: number, bad: number, warn: number): Coming['tone'] {
  const left = Date.parse(at) - now;
  return left < bad ? 'bad' : left < warn ? 'warn' : 'idle';
}

/** An end that is so much later: of one that has none, or whose end has passed, from now on. Pure. */
export function extended(expiresAt: string | null, now: number, by: number): string {
  return new Date(Math.max(expiresAt === null ? now : Date.parse(expiresAt), now) + by).toISOString();
}
