import { shortId } from '@/lib/core/ids';

/** What every cloud resource's name of a deployment begins with. */
export function prefixOf(deploymentId: string): string {
  return `${shortId(deploymentId)}-`;
}

/** The name of a cloud resource: by it, what was made is found again, and nothing else is ever touched. */
export function nameOf(deploymentId: string, key: string): string {
  return prefixOf(deploymentId) + key;
}
