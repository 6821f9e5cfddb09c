import type { Translate } from '@/components/messages/types';

const kinds = [
  'keyPair',
  'network',
  'subnet',
  'router',
  'securityGroup',
  'securityRule',
  'port',
  'volume',
  'floatingIp',
  'server',
  'lease',
  'loadBalancer',
] as const;

/** The word for a kind of resource; one that is not known yet stands as it is. */
export function kindLabel(t: Translate, kind: string): string {
  const known = kinds.find((each) => each === kind);
  return known ? t(`kind.${known}`) : kind;
}
