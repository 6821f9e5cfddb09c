import { AppError } from '@/lib/core/errors';
import { eachOnce } from '@/lib/oscar/webhook';
import type { OpenCluster } from '../clusters/open';
import type { Export, ExportForm } from '../services/export-words';
import { needService } from '../services/read';
import type { WorkloadPorts } from '../types';
import { bareDefinition } from './bare-definition';
import type { ExportSide } from './export-sides';
import { exportPair } from './exports';
import { needPair } from './rows';
import { openBoth } from './sides';

/**
 * A pair as it stands on both clusters now, for a program of one's own.
 * @throws AppError `not-found`; `conflict` where one of the clusters went; as the clusters where they don't tell
 */
export async function exportOfPair(ports: WorkloadPorts, userId: string, id: string, form: ExportForm): Promise<Export> {
  const row = await needPair(ports, userId, id);
  if (row.origin_id === null || row.worker_id === null) throw half(row.name);
  const open = await openBoth(ports, userId, { origin: row.origin_id, worker: row.worker_id }, 'export a pair');
  const passwords = { [row.worker_name]: 'WORKER_PASSWORD', [row.origin_name]: 'ORIGIN_PASSWORD' };
  const [origin, worker] = await Promise.all([
    sideOf(open.origin, row.name, row.origin_name, passwords),
    sideOf(open.worker, row.name, row.worker_name, passwords),
  ]);
  return exportPair(form, { name: row.name, origin, worker, newer: open.origin.client.abilities.federation });
}

async function sideOf(open: OpenCluster, name: string, id: string, passwords: Record<string, string>): Promise<ExportSide> {
  const service = await needService(open, name);
  const { endpoint, auth } = open.cluster;
  const told = service.definition.reveal();
  const definition = Array.isArray(told.input) ? { ...told, input: eachOnce(told.input) } : told;
  return { id, endpoint, auth, staleWebhooks: open.client.abilities.staleWebhooks, ...bareDefinition(definition, passwords) };
}

function half(name: string): AppError {
  return new AppError({
    code: 'conflict',
    title: `Of the pair “${name}” one cluster is gone`,
    detail: 'It went with its deployment, so there are no two sides to export.',
    remedy: 'Export the service that is left from its own page.',
  });
}
