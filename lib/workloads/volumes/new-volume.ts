import { AppError, type FieldProblem } from '@/lib/core/errors';
import { amountOf } from '@/lib/oscar/quantity';

/** What a volume is to be. */
export interface NewVolume {
  name: string;
  /** as Kubernetes writes it: `5Gi` */
  size: string;
}

/** Whether Kubernetes takes it as a name of a volume (a DNS label). Pure. */
export const goodVolumeName = (name: string) => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name);

/** What of a volume that is wanted would be refused, each at its field. Pure. @param known names of those that are there */
export function newVolumeFaults({ name, size }: NewVolume, known: readonly string[]): FieldProblem[] {
  const faults: FieldProblem[] = [];
  if (!goodVolumeName(name))
    faults.push({ path: 'name', message: 'Use 1 to 63 small letters, digits and dashes, with a letter or digit at both ends.' });
  else if (known.includes(name)) faults.push({ path: 'name', message: `You have a volume “${name}” there already.` });
  if (!amountOf(size)) faults.push({ path: 'size', message: 'Write the size with its unit, such as 500Mi or 5Gi.' });
  return faults;
}

/**
 * A cluster's refusal of a volume, said at the field that it is about; what is about none stays as it is. Pure.
 * The words are those of OSCAR (`pkg/handlers/volumes.go`, `pkg/utils/volume_limit.go`) and of Kubernetes' own limits.
 */
export function refusedVolume(error: unknown, { name }: Pick<NewVolume, 'name'>): unknown {
  if (!(error instanceof AppError) || error.upstream?.service !== 'oscar') return error;
  const said = error.upstream.message;
  const at = fieldOf(said, name);
  return at === null
    ? error
    : new AppError({ ...error.toProblem(), code: error.code === 'conflict' ? 'conflict' : 'quota-exceeded', fields: [at] });
}

function fieldOf(said: string, name: string): FieldProblem | null {
  if (/already exists/i.test(said)) return { path: 'name', message: `You have a volume “${name}” there already.` };
  const left = /not enough volume disk quota: requested (\S+), available (\S+)/.exec(said);
  if (left)
    return { path: 'size', message: `You have ${left[2]} left for volumes there: take a smaller one, or remove one that you don’t need.` };
  if (/not enough volume count quota/.test(said))
    return { path: 'name', message: 'You have as many volumes there as you may: remove one that you don’t need.' };
  const most = /maximum storage usage per PersistentVolumeClaim is ([^\s,]+)/.exec(said);
  if (most) return { path: 'size', message: `A volume may have ${most[1]} there at most.` };
  const least = /minimum storage usage per PersistentVolumeClaim is ([^\s,]+)/.exec(said);
  if (least) return { path: 'size', message: `A volume must have ${least[1]} there at least.` };
  if (/exceeded quota/i.test(said))
    return { path: 'size', message: 'It goes over what you may have there: take a smaller one, or remove one that you don’t need.' };
  return null;
}
