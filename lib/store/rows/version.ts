import type { Generated } from 'kysely';
import type { StepPlan } from '@/lib/nodes/types';
import type { Json, MaybeJson, Time } from './columns';

/** Rows about what was asked for of a deployment over time. */

/** A change of what stands, as far as it is. Nodes are named by their keys. */
export interface Updating {
  /** the version that it was, and the one that it becomes */
  from: number;
  to: number;
  by: { id: string; name: string };
  /** ISO 8601 */
  since: string;
  /** `draining`: nodes that go end their work; `making`: what is new is made, what goes is deleted; `telling`: nodes that stay are told */
  stage: 'draining' | 'making' | 'telling';
  /** it was called off: `to` is given up, and `from` is what it becomes again */
  back: boolean;
  leaving: string[];
  /** nodes that are at work for it */
  running: string[];
  /** nodes that stay and whose turn is to come, with the steps that they run again, what of them is made anew before (keys of resources), the server that gets another flavor where it stands, and whether their own firewall is another */
  waiting: { node: string; steps: string[]; remake: string[]; resize?: string; firewall?: true }[];
  /** keys of the servers that get another flavor where they stand */
  resize?: string[];
  /** they take turns: one at a time */
  inTurn: boolean;
  /** the steps that see to what runs on the nodes that go */
  drain: { node: string; step: StepPlan }[];
  /** nothing of it comes or goes: nodes that stay are drained, or take work again; it leads to the version that it is */
  hold?: { nodes: string[]; drained: boolean };
}
/** A deployment as it was asked for at some time. */
export interface VersionRow {
  deployment_id: string;
  number: number;
  at: Time;
  /** whose change it was */
  user_id: string;
  /** without what is secret */
  request: Json<object>;
  /** null: that of the deployment itself, or it is needed no more */
  plan: MaybeJson<object>;
  /** what was changed, as it was shown before */
  change: MaybeJson<object>;
  /** it was given up before it was reached */
  undone: Generated<boolean>;
}
