import type { VolumeClaim } from './types';

interface Raw {
  name?: string | null;
  description?: string | null;
  metadata?: Record<string, unknown> | null;
}

// https://github.com/kubernetes/cloud-provider-openstack, pkg/csi/cinder/controllerserver.go and openstack/openstack_volumes.go; the second of each is of
// the volumes that Kubernetes made itself until 1.25
const names = ['csi.storage.k8s.io/pvc/name', 'kubernetes.io/created-for/pvc/name'];
const spaces = ['csi.storage.k8s.io/pvc/namespace', 'kubernetes.io/created-for/pvc/namespace'];
const cluster = 'cinder.csi.openstack.org/cluster';
const description = 'Created by OpenStack Cinder CSI driver';
const made = /^pvc-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The claim that a volume was made for, by what its maker has noted beside it: its metadata, or, where these are not there any more, its name and description
 * together, which nobody gives one by chance. Pure. @returns nothing of a volume that no cluster has made
 */
export function claimOf({ name, description: said, metadata }: Raw): { claim?: VolumeClaim } {
  const text = (keys: string[]) => keys.map((key) => metadata?.[key]).find((value) => typeof value === 'string');
  const [claim, space, of] = [text(names), text(spaces), text([cluster])];
  const noted = claim !== undefined || of !== undefined;
  if (!noted && !(made.test(name ?? '') && said === description)) return {};
  return {
    claim: {
      ...(claim !== undefined && { name: space === undefined ? claim : `${space}/${claim}` }),
      ...(of !== undefined && { cluster: of }),
    },
  };
}
