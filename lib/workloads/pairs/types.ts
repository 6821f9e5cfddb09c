import type { Problem } from '@/lib/core/errors';
import type { Dialect } from '@/lib/oscar/types';
import type { KeptDrain, KeptDrill, KeptProof } from '@/lib/store/rows/pair';
import type { KeptBreaker } from '@/lib/store/rows/peer';
import type { GivenService } from '../services/wish';
import type { Region } from '../types';

/** A pair that somebody asks for: which service, and which cluster hands on to which. Ids are of the person's clusters. */
export interface NewPair {
  origin: string;
  worker: string;
  service: Pick<GivenService, 'name' | 'image' | 'script' | 'cpu' | 'memory' | 'gpu' | 'vo' | 'input' | 'output' | 'variables'>;
  /** the origin has a service of that name, which stays as it is and is shared; of `service` nothing else counts */
  inPlace?: boolean;
  /** that a job waits before it is handed on */
  thresholdSeconds: number;
  /** for an origin of 4.1, which signs in to its worker with it */
  refreshToken?: string;
  /** it is kept here, too, sealed; left out: at that cluster only */
  keepToken?: boolean;
}

/** One of the two clusters. `id` is null where it is none of the person's. */
export interface PairCluster {
  id: string | null;
  name: string;
  region: Region | null;
  dialect: Dialect | null;
}

type PairState = 'making' | 'standing' | 'removing' | 'broken' | 'undone';

/** A pair as its owner may see it. Times are ISO 8601. */
export interface Pair {
  /** null: it was made elsewhere, and is known by the definitions of its services */
  id: string | null;
  name: string;
  state: PairState;
  origin: PairCluster;
  worker: PairCluster;
  thresholdSeconds: number | null;
  problem: Problem | null;
  proof: KeptProof | null;
  createdAt: string | null;
  /** the origin had its service before, and keeps it */
  inPlace: boolean;
  /** how the worker was seen; null: not looked at yet, or nobody watches it */
  watch: KeptBreaker | null;
  /** what was last begun with the origin's service, and whether its cluster was seen to be so */
  sharing: 'whole' | 'closed' | 'away';
  settled: boolean;
  drain: KeptDrain | null;
  /** whether its refresh token is kept: until its person has it forgotten, or until the drain that it was given for is over */
  token: 'kept' | 'for-drain' | null;
  /** the last drill */
  drill: KeptDrill | null;
}
