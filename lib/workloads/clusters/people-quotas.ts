import { AppError, type FieldProblem } from '@/lib/core/errors';
import { invalidInput } from '@/lib/core/problems';
import { amountOf } from '@/lib/oscar/quantity';
import type { OscarQuota, QuotaChange } from '@/lib/oscar/types';
import type { WorkloadPorts } from '../types';
import { openAsOwnUser } from './own-user';

/** What somebody else may use of a cluster, for its own user. @param person OSCAR's identifier of them @throws AppError `invalid-input` where it knows nobody so, `forbidden`, `conflict` */
export async function quotasOfPerson(ports: WorkloadPorts, userId: string, id: string, person: string): Promise<OscarQuota[]> {
  const { client } = await openAsOwnUser(ports, userId, id, 'quotas', 'show somebody’s quotas');
  return await client.quotasOf(person).catch(asUnknown(person));
}

/** Changes what somebody else may use of a cluster, for its own user. Asked again, it makes the same of it. @throws AppError as {@link quotasOfPerson} */
export async function changeQuotasOfPerson(
  ports: WorkloadPorts,
  userId: string,
  id: string,
  person: string,
  change: QuotaChange,
): Promise<OscarQuota[]> {
  const faults = quotaFaults(change);
  if (faults.length > 0) throw invalidInput(faults);
  const { client } = await openAsOwnUser(ports, userId, id, 'quotas', 'change somebody’s quotas');
  return await client.setQuotasOf(person, change).catch(asUnknown(person));
}

/** What of a change can't be. Pure. */
export function quotaFaults(change: QuotaChange): FieldProblem[] {
  const faults: FieldProblem[] = [];
  if (Object.values(change).every((value) => value === undefined)) faults.push({ path: '', message: 'Say what is to change.' });
  const { cpu, memory, disk, volumes, buckets } = change;
  if (cpu !== undefined && !/^\d{1,6}(\.\d{1,3})?$/.test(cpu))
    faults.push({ path: 'cpu', message: 'Write cores as a plain number, such as 0.5.' });
  for (const [path, value] of Object.entries({ memory, disk }))
    if (value !== undefined && (amountOf(value) === null || /^\d+$/.test(value)))
      faults.push({ path, message: 'Write the size with its unit, such as 500Mi or 5Gi.' });
  for (const [path, value] of Object.entries({ volumes, buckets }))
    if (value !== undefined && !/^\d{1,6}$/.test(value)) faults.push({ path, message: 'Write a whole number.' });
  return faults;
}

// 4.1.2 answers 500 with Kubernetes' own words where somebody has no queue or no namespace
const asUnknown =
  (person: string) =>
  (error: unknown): never => {
    const said = error instanceof AppError ? (error.upstream?.message ?? '') : '';
    if (!/not found/i.test(said)) throw error;
    const message = `The cluster knows nobody as “${person}”: it does after they came there once with their own sign-in.`;
    throw invalidInput([{ path: 'person', message }]);
  };
