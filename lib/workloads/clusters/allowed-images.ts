import type { FieldProblem } from '@/lib/core/errors';
import { invalidInput } from '@/lib/core/problems';
import { mayBeDone } from '../may-be-done';
import type { WorkloadPorts } from '../types';
import { openAsOwnUser } from './own-user';

/** What OSCAR compares the beginning of an image's name with. */
const goodPrefix = /^[a-zA-Z0-9][a-zA-Z0-9._:/@-]{0,254}$/;

/** Each line that is no beginning of an image's name. Pure. */
export function prefixFaults(prefixes: readonly string[]): FieldProblem[] {
  return prefixes.flatMap((prefix, index) =>
    goodPrefix.test(prefix)
      ? []
      : [{ path: `allowedImages.${index}`, message: `“${prefix}” is no beginning of an image’s name: write such as ghcr.io/grycap.` }],
  );
}

/**
 * Says whose images a cluster takes, for everybody there. A lost answer is followed by a look.
 * @param prefixes none: all images are taken
 * @returns those that are taken then
 * @throws AppError `invalid-input`, `forbidden`, `conflict`
 */
export async function setAllowedImages(ports: WorkloadPorts, userId: string, id: string, prefixes: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(prefixes)];
  const faults = prefixFaults(wanted);
  if (faults.length > 0) throw invalidInput(faults);
  const { client } = await openAsOwnUser(ports, userId, id, 'images', 'change which images are taken');
  try {
    await client.setAllowedImages(wanted);
  } catch (error) {
    const now = mayBeDone(error) ? await client.config().catch(() => null) : null;
    if (now?.allowedImages.join() !== wanted.join()) throw error;
  }
  return wanted;
}
