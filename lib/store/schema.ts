import type { Generated, GeneratedAlways } from 'kysely';
import type { Problem } from '@/lib/core/errors';
import type { ClusterRow, ClusterTurnRow } from './rows/cluster';
import type { Json, JsonDefault, MaybeJson, MaybeTime, Time } from './rows/columns';
import type { CredentialRow, DeviceLoginRow, RevocationRow } from './rows/credential';
import type { ElasticGroupRow } from './rows/elastic';
import type { JobFollowingRow, JobRow, JobSightingRow, LocalityRuleRow } from './rows/job';
import type { BerthRow, LeaseRow } from './rows/lease';
import type { NodeRow } from './rows/node';
import type { FoundPairRow, PairRow } from './rows/pair';
import type { PairEventRow, PeerRow } from './rows/peer';
import type { SightRow } from './rows/sight';
import type { CustomSiteRow, DirectorySourceRow, SiteFactsRow } from './rows/site';
import type { StrayLookRow, StrayRow } from './rows/stray';
import type { DeliveryRow, LeaseEndRow, NoticeRow, TellingRow } from './rows/telling';
import type { Updating, VersionRow } from './rows/version';
import type { SessionRow, SshKeyRow, TokenRow, TriesRow } from './rows/way-in';
import type { Deletion, KeptSchedule } from './rows/wish';
import type { WorkerRow } from './rows/worker';
import type { AuditRow, IdempotencyKeyRow } from './rows/written';

export type { ClusterRow } from './rows/cluster';
export type { CredentialCheck, CredentialRow, DeviceLoginRow, RevocationRow } from './rows/credential';
export type { ElasticGroupRow, KeptDecision } from './rows/elastic';
export type { KeptExtension, LeaseRow, LeaseWork } from './rows/lease';
export type { Admission, NodeRow, StepState } from './rows/node';
export type { Updating, VersionRow } from './rows/version';
export type { SessionRow, SshKeyRow, TokenRow } from './rows/way-in';
export type { Deletion, KeptSchedule } from './rows/wish';

/** Rows of the database (migrations/): one interface a table. Times are Dates, JSON is parsed, sealed columns are bytes. */

export interface GroupMembership {
  vo: string;
  subgroups: string[];
  role?: string;
}

export interface UserRow {
  id: string;
  issuer: string;
  subject: string;
  provider: string;
  name: string;
  email: string | null;
  groups: JsonDefault<GroupMembership[]>;
  groups_at: MaybeTime;
  locale: string | null;
  created_at: Time;
  /** false: from a time when people could be known by another claim, and not yet proven */
  subject_is_sub: Generated<boolean>;
}
interface DataKeyRow {
  user_id: string;
  kek: string;
  wrapped: Buffer;
}
interface RulingKeyRow {
  one: Generated<boolean>;
  kek: string;
  since: Time;
}
interface VaultEntryRow {
  path: string;
  made_at: Time;
  attached_at: MaybeTime;
  released_at: MaybeTime;
}
export interface GrantRow {
  id: string;
  user_id: string;
  provider: string;
  kind: 'session' | 'bearer' | 'device';
  access_token: Buffer;
  refresh_token: Buffer | null;
  id_token: Buffer | null;
  access_expires_at: Time;
  state: Generated<'good' | 'needs-login' | 'ending'>;
  ended_at: MaybeTime;
  refreshing_until: MaybeTime;
  version: Generated<number>;
  created_at: Time;
}

export type DeploymentState =
  | 'planned'
  | 'deploying'
  | 'configuring'
  | 'ready'
  | 'degraded'
  | 'updating'
  | 'failed'
  | 'stopping'
  | 'stopped'
  | 'starting'
  | 'waiting-for-lease'
  | 'deleting'
  | 'deleted';
/** What a deployment's owner asked for last. */
export type DeploymentWanted = 'running' | 'stopped' | 'deleted';
type Phase = 'planned' | 'creating' | 'waiting' | 'ready' | 'failed' | 'deleting' | 'gone';

export interface DeploymentRow {
  id: string;
  user_id: string;
  name: string;
  state: DeploymentState;
  wanted: Generated<DeploymentWanted>;
  recipe: string;
  request: Json<object>;
  plan: Json<object>;
  /** counted with each plan that is written */
  plan_version: Generated<number>;
  /** of the plan, kept beside it for lists */
  recipe_name: GeneratedAlways<string>;
  /** of the plan, in its order */
  resource_keys: GeneratedAlways<string[]>;
  sites: string[];
  progress_done: Generated<number>;
  progress_total: Generated<number>;
  nodes_total: Generated<number>;
  nodes_ready: Generated<number>;
  nodes_failed: Generated<number>;
  problem: MaybeJson<Problem>;
  version: Generated<number>;
  created_at: Time;
  ready_at: MaybeTime;
  deleted_at: MaybeTime;
  expires_at: MaybeTime;
  /** when the first of the leases that it stands on ends */
  lease_ends_at: MaybeTime;
  /** what ended it, where that was not its owner */
  ended_by: Generated<'end' | 'lease' | null>;
  /** host names of the nodes whose disks went with it then */
  lost: Generated<string[] | null>;
  /** of one that is to be deleted: what was asked for, and what was found of it so far */
  deletion: MaybeJson<Deletion>;
  /** when its leases were last compared with what their sites list */
  leases_seen_at: MaybeTime;
  /** number of the version that it is, or is becoming */
  revision: Generated<number>;
  /** the change that is under way */
  updating: MaybeJson<Updating>;
  /** when it is stopped and started by the clock … */
  schedule: MaybeJson<KeptSchedule>;
  /** … and when that is next, and which of the two */
  turn_at: MaybeTime;
  turn: Generated<'stop' | 'start' | null>;
}
export interface ResourceRow {
  deployment_id: string;
  key: string;
  kind: string;
  site: string;
  project: string;
  credential: string;
  group_name: string | null;
  depends_on: string[];
  summary: string;
  spec: Json<object>;
  wanted: Generated<'present' | 'absent'>;
  phase: Generated<Phase>;
  cloud_id: string | null;
  observed: JsonDefault<Record<string, unknown>>;
  unclear: Generated<boolean>;
  attempts: Generated<number>;
  next_try_at: MaybeTime;
  deadline_at: MaybeTime;
  problem: MaybeJson<Problem>;
  version: Generated<number>;
  updated_at: Time;
}
interface DeploymentSecretRow {
  deployment_id: string;
  name: string;
  sealed: Buffer;
}
export interface EventRow {
  id: Generated<number>;
  deployment_id: string;
  at: Time;
  level: 'info' | 'warning' | 'error';
  stage: 'plan' | 'resource' | 'node' | 'step' | 'deployment' | 'person';
  subject: string | null;
  message: string;
  data: JsonDefault<Record<string, unknown>>;
}
export interface LogLineRow {
  id: Generated<number>;
  deployment_id: string;
  node: string;
  step: string;
  at: Time;
  text: string;
}
export interface Schema {
  users: UserRow;
  data_keys: DataKeyRow;
  ruling_key: RulingKeyRow;
  vault_entries: VaultEntryRow;
  grants: GrantRow;
  sessions: SessionRow;
  tokens: TokenRow;
  tries: TriesRow;
  ssh_keys: SshKeyRow;
  credentials: CredentialRow;
  device_logins: DeviceLoginRow;
  revocations: RevocationRow;
  custom_sites: CustomSiteRow;
  directory_sources: DirectorySourceRow;
  workers: WorkerRow;
  deployments: DeploymentRow;
  deployment_versions: VersionRow;
  resources: ResourceRow;
  sights: SightRow;
  elastic_groups: ElasticGroupRow;
  berths: BerthRow;
  nodes: NodeRow;
  deployment_secrets: DeploymentSecretRow;
  events: EventRow;
  log_lines: LogLineRow;
  audit: AuditRow;
  idempotency_keys: IdempotencyKeyRow;
  site_facts: SiteFactsRow;
  notices: NoticeRow;
  deliveries: DeliveryRow;
  telling: TellingRow;
  lease_ends: LeaseEndRow;
  leases: LeaseRow;
  clusters: ClusterRow;
  cluster_turns: ClusterTurnRow;
  pairs: PairRow;
  found_pairs: FoundPairRow;
  peers: PeerRow;
  pair_events: PairEventRow;
  strays: StrayRow;
  stray_looks: StrayLookRow;
  jobs: JobRow;
  job_sightings: JobSightingRow;
  job_following: JobFollowingRow;
  locality_rules: LocalityRuleRow;
}
