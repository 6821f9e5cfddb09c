import { sql } from 'kysely';
import { elasticGroups } from '@/lib/catalog/elastic';
import { loadElastic } from '@/lib/deploying/ledger/elastic';
import type { ElasticView } from '../contract/elastic';
import type { Services } from '../services';
import type { StoredDeployment } from './stored';

const mostDecisions = 5;

/** A deployment's groups that follow a queue, with what was decided of them last. */
export async function elasticView({ store, catalog }: Services, { id, request, plan }: StoredDeployment): Promise<ElasticView> {
  const groups = elasticGroups(catalog, request);
  if (groups.length === 0) return { items: [] };
  const rows = await loadElastic(store.db, id);
  const lines = await store.db
    .selectFrom('events')
    .select(['message', 'at', 'data'])
    .where('deployment_id', '=', id)
    .where(
      sql<string>`data ->> 'elastic'`,
      'in',
      groups.map(({ group }) => group),
    )
    .orderBy('id', 'desc')
    .limit(mostDecisions * groups.length)
    .execute();
  return {
    items: groups.map(({ group, label, work, least, most, idleSeconds }) => {
      const row = rows.find(({ group_name: name }) => name === group);
      return {
        group,
        label,
        work,
        least,
        most,
        idleMinutes: Math.round(idleSeconds / 60),
        count: plan.nodes.filter((node) => node.group === group).length,
        queue: row ? { waiting: row.report.waiting, wanted: row.report.wanted, heardAt: row.heard_at.toISOString() } : null,
        refused: row?.refused && row.refused_at ? { ...row.refused, at: row.refused_at.toISOString() } : null,
        decisions: lines
          .filter(({ data }) => data.elastic === group)
          .slice(0, mostDecisions)
          .map(({ message, at, data }) => ({ does: doesOf(data.does), says: message, at: at.toISOString() })),
      };
    }),
  };
}

const doesOf = (does: unknown) => (does === 'grow' || does === 'shrink' ? does : 'none');
