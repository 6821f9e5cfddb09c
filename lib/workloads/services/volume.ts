import type { FieldProblem } from '@/lib/core/errors';
import { amountOf } from '@/lib/oscar/quantity';
import type { OscarService, ServiceVolume } from '@/lib/oscar/types';
import { goodVolumeName } from '../volumes/new-volume';

/** Where OSCAR has things of its own in each container (`pkg/types/service.go`). */
const reserved = ['/oscar/config', '/oscar/bin'];

/**
 * What a cluster would refuse of the volume that a service is to mount, each at its field. Pure.
 * OSCAR's own rules are in `pkg/utils/volume.go` of its source, and `pkg/handlers/update.go` lets no service change its volume.
 * @param volume undefined: nothing is said of it, and it stays
 * @param known names of the volumes that are there; null: the cluster has none at all
 */
export function volumeFaults(
  service: string,
  volume: ServiceVolume | null | undefined,
  known: readonly string[] | null,
  there: Pick<OscarService, 'volume'> | null,
): FieldProblem[] {
  if (volume === undefined) return [];
  if (there) return volumeWords(service, volume) === volumeWords(service, there.volume) ? [] : [{ path: 'volume.name', message: keeps }];
  if (volume === null) return [];
  if (known === null) return [{ path: 'volume.name', message: 'This cluster has no volumes: use a bucket.' }];
  const faults: FieldProblem[] = [];
  const { name, mountPath, size } = volume;
  if (name === '' && size === '')
    faults.push({ path: 'volume.name', message: 'Name a volume that is there, or write the size of a new one.' });
  else if (name !== '' && !goodVolumeName(name))
    faults.push({ path: 'volume.name', message: 'Use 1 to 63 small letters, digits and dashes, with a letter or digit at both ends.' });
  else if (size === '' && !known.includes(name))
    faults.push({
      path: 'volume.name',
      message: `You have no volume “${name}” there. Make it first, or write a size, so that it is made with the service.`,
    });
  else if (size !== '' && known.includes(name || service))
    faults.push({ path: 'volume.size', message: `The volume “${name || service}” is there already: leave the size empty to mount it.` });
  if (size !== '' && !amountOf(size)) faults.push({ path: 'volume.size', message: 'Write the size with its unit, such as 500Mi or 5Gi.' });
  if (!mountPath.startsWith('/') || mountPath.split('/').includes('..'))
    faults.push({ path: 'volume.mountPath', message: 'Write where it is in the container, beginning with a slash, such as /data.' });
  else if (reserved.some((own) => `${mountPath}/`.startsWith(`${own}/`)))
    faults.push({ path: 'volume.mountPath', message: 'OSCAR has its own files there: choose another folder.' });
  return faults;
}

const keeps =
  'A service keeps the volume that it was made with, and gets none later: OSCAR changes that of no service. Make one of another name, or remove this one first.';

/** A service's volume in one line, the same for what means the same; empty: it has none. Pure. */
export function volumeWords(service: string, volume: ServiceVolume | null): string {
  if (volume === null) return '';
  const { name, mountPath, size, lifecycle } = volume;
  const made = size === '' ? [] : [size, lifecycle || 'delete'];
  return [name || service, mountPath, ...made].join(' ');
}
