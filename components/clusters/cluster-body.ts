import type { ClusterView } from '@/lib/api/contract/clusters';

export const clusterRegions = ['eu', 'us', 'other'] as const;

/** What the form of a cluster holds; all that is typed is text. */
export interface ClusterDraft {
  name: string;
  endpoint: string;
  region: ClusterView['region'];
  auth: 'basic' | 'oidc';
  user: string;
  password: string;
  ca: string;
}

/** The form of a new cluster, or of one that is there, whose password stays where none is typed. */
export function clusterDraft(cluster?: ClusterView): ClusterDraft {
  return {
    name: cluster?.name ?? '',
    endpoint: cluster?.endpoint ?? '',
    region: cluster?.region ?? 'eu',
    auth: cluster?.auth.kind ?? 'basic',
    user: cluster?.auth.kind === 'basic' ? cluster.auth.user : 'oscar',
    password: '',
    ca: cluster?.ca ?? '',
  };
}

/** The body of POST or PATCH /clusters. Of one that is there only what differs is sent: what stays is not tried again. Pure. */
export function clusterBody(draft: ClusterDraft, cluster?: ClusterView): Record<string, unknown> {
  const auth = draft.auth === 'oidc' ? { kind: 'oidc' } : { kind: 'basic', user: draft.user.trim(), password: draft.password };
  const ca = draft.ca.trim();
  const whole = { name: draft.name.trim(), region: draft.region, endpoint: draft.endpoint.trim() };
  if (!cluster) return { ...whole, auth, ...(ca && { ca }) };
  const before = clusterDraft(cluster);
  const signIn = draft.auth !== before.auth || draft.password !== '' || (draft.auth === 'basic' && draft.user.trim() !== before.user);
  return {
    ...Object.fromEntries(Object.entries(whole).filter(([key, value]) => value !== cluster[key as keyof typeof whole])),
    ...(signIn && { auth }),
    ...(ca !== before.ca && { ca: ca || null }),
  };
}
