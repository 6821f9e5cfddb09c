import type { PeerKind } from './types';

interface Words {
  /** `The site` */
  subject: string;
  /** `site’s` */
  possessive: string;
  /** whom to tell, and where else to turn to */
  elsewhere: string;
}

const words: Record<PeerKind, Words> = {
  site: { subject: 'The site', possessive: 'site’s', elsewhere: 'look at the site’s status page or use another site' },
  provider: { subject: 'The sign-in provider', possessive: 'sign-in provider’s', elsewhere: 'its operators must be told' },
  store: { subject: 'The secrets store', possessive: 'secrets store’s', elsewhere: 'its operators must be told' },
  cluster: { subject: 'The cluster', possessive: 'cluster’s', elsewhere: 'look whether the cluster still runs' },
  directory: { subject: 'The directory', possessive: 'directory’s', elsewhere: 'its operators must be told' },
  receiver: { subject: 'The receiver', possessive: 'receiver’s', elsewhere: 'look whether its address is right' },
};

/** How a peer of this kind is spoken of. */
export const wordsOf = (kind: PeerKind): Words => words[kind];
