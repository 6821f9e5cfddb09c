import { sql } from 'kysely';
import type { Problem } from '@/lib/core/errors';
import type { KeepingPorts } from '../ports';

/** What stands in a project of a person's and is had by no deployment. */
interface Stray {
  id: string;
  kind: string;
  cloudId: string;
  name: string;
  site: string;
  project: string;
  deployment: { id: string; name: string; deletedAt: Date | null };
  adoptable: boolean;
  state: 'found' | 'ignored' | 'going' | 'stuck' | 'gone';
  problem: Problem | null;
  foundAt: Date;
  goneAt: Date | null;
}
/** What a deployment has lost: it is not in its site's lists any more. */
interface LostPart {
  deployment: { id: string; name: string };
  key: string;
  kind: string;
  site: string;
  cloudId: string;
  since: Date;
}
/** A project that is looked through. */
interface LookedAt {
  site: string;
  project: string;
  /** when all of its lists were last read; null: never yet */
  at: Date | null;
  /** it is being looked through, or is about to be */
  looking: boolean;
  problem: Problem | null;
}

/** How long it is shown that one has gone. */
const SHOWN_MS = 86_400_000;
const MOST = 1000;

/** A person's strays, what their deployments have lost, and when their projects were looked through; as it is kept. */
export async function listStrays(
  { store, clock }: KeepingPorts,
  userId: string,
): Promise<{ strays: Stray[]; lost: LostPart[]; looks: LookedAt[] }> {
  const now = clock.now();
  const [strays, lost, looks] = await Promise.all([
    store.db
      .selectFrom('strays')
      .innerJoin('deployments', 'deployments.id', 'strays.deployment_id')
      .selectAll('strays')
      .select(['deployments.name as of_name', 'deployments.deleted_at as of_deleted'])
      .where('strays.user_id', '=', userId)
      .where(({ or, eb }) => or([eb('strays.gone_at', 'is', null), eb('strays.gone_at', '>', new Date(now.getTime() - SHOWN_MS))]))
      .orderBy('strays.site')
      .orderBy('strays.name')
      .limit(MOST)
      .execute(),
    store.db
      .selectFrom('resources')
      .innerJoin('deployments', 'deployments.id', 'resources.deployment_id')
      .innerJoinLateral(
        // the row has neither its id nor that moment any more: its history tells both
        (eb) =>
          eb
            .selectFrom('events')
            .select(['events.at', sql<string | null>`events.data ->> 'cloudId'`.as('cloud_id')])
            .whereRef('events.deployment_id', '=', 'resources.deployment_id')
            .whereRef('events.subject', '=', 'resources.key')
            .where('events.stage', '=', 'resource')
            .where(sql<boolean>`events.data -> 'problem' ->> 'code' = 'not-found'`)
            .orderBy('events.id', 'desc')
            .limit(1)
            .as('told'),
        (join) => join.onTrue(),
      )
      .select(['resources.key', 'resources.kind', 'resources.site', 'told.cloud_id', 'told.at'])
      .select(['deployments.id', 'deployments.name'])
      .where('deployments.user_id', '=', userId)
      .where('deployments.deleted_at', 'is', null)
      .where('resources.wanted', '=', 'present')
      .where('resources.phase', '=', 'failed')
      // as a pass writes it of what has left its site's lists
      .where(sql<boolean>`resources.problem ->> 'code' = 'not-found'`)
      .where(sql<boolean>`resources.observed ->> 'lost' = 'true'`)
      .orderBy('told.at', 'desc')
      .limit(MOST)
      .execute(),
    store.db.selectFrom('stray_looks').selectAll().where('user_id', '=', userId).orderBy('site').orderBy('project').execute(),
  ]);
  return {
    strays: strays.map((row) => ({
      id: row.id,
      kind: row.kind,
      cloudId: row.cloud_id,
      name: row.name,
      site: row.site,
      project: row.project,
      deployment: { id: row.deployment_id, name: row.of_name, deletedAt: row.of_deleted },
      adoptable: row.adoptable,
      state: row.state,
      problem: row.problem,
      foundAt: row.found_at,
      goneAt: row.gone_at,
    })),
    lost: lost.flatMap(({ id, name, cloud_id, at, ...part }) =>
      cloud_id === null ? [] : [{ ...part, deployment: { id, name }, cloudId: cloud_id, since: at }],
    ),
    looks: looks.map(({ site, project, looked_at, look_at, problem }) => ({
      site,
      project,
      at: looked_at,
      looking: look_at <= now,
      problem,
    })),
  };
}
