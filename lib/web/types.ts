/** What is at the other end of a door, in the words that messages use. */
export type PeerKind = 'site' | 'provider' | 'store' | 'cluster' | 'directory' | 'receiver';

/** Somebody that Transat talks to over HTTP, and what is allowed on the way there. */
export interface Peer {
  /** for pools and limits */
  id: string;
  kind: PeerKind;
  /** what people call it, for messages; left out: its id */
  name?: string;
  /** URL of its root: one name at two addresses is two peers */
  address: string;
  /** PEM of additional certificate authorities */
  ca?: string;
  /** private and loopback addresses and plain http are allowed: the operator said so */
  allowPrivate?: boolean;
  /** ranges of private addresses that are allowed all the same, also over plain http: the operator opened them for everybody */
  allowedRanges?: readonly string[];
  /** a person named its addresses: nothing is told of what is at one that is no such service, not even whether anything is */
  discreet?: boolean;
}

/** What a peer is called in messages. */
export function nameOf({ name, id }: Pick<Peer, 'name' | 'id'>): string {
  return name ?? id;
}
