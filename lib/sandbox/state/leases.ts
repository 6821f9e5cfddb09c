/** What was asked for in a reservation; the shapes are Blazar's plugins'. */
export interface HostsAsked {
  kind: 'physical:host';
  min: number;
  max: number;
  hypervisorProperties: string | null;
  resourceProperties: string | null;
  beforeEnd: string;
}
export interface InstancesAsked {
  kind: 'flavor:instance' | 'virtual:instance';
  amount: number;
  vcpus: number;
  memoryMiB: number;
  diskGiB: number;
  /** one host for all, another for each, or whatever */
  affinity: boolean | null;
  /** of a flavor: all of it, as Nova shows it */
  resourceProperties: string;
  extraSpecs: Record<string, string>;
}
export interface FloatingIpsAsked {
  kind: 'virtual:floatingip';
  networkId: string;
  amount: number;
  required: string[];
}
export interface NetworkAsked {
  kind: 'network';
  name: string;
  description: string;
  networkProperties: string;
  resourceProperties: string;
}
export type Asked = HostsAsked | InstancesAsked | FloatingIpsAsked | NetworkAsked;

export interface ReservationRecord<A extends Asked = Asked> {
  id: string;
  resourceId: string;
  status: 'pending' | 'active' | 'deleted' | 'error';
  asked: A;
  /** ids of the hosts (one for each instance, so one may stand there twice), floating IPs or segments that it holds */
  holds: string[];
  missingResources: boolean;
  resourcesChanged: boolean;
  createdAt: number;
  updatedAt: number;
}
export interface LeaseEventRecord {
  id: string;
  type: 'start_lease' | 'before_end_lease' | 'end_lease';
  time: number;
  status: 'UNDONE' | 'IN_PROGRESS' | 'DONE' | 'ERROR';
  createdAt: number;
  updatedAt: number | null;
}
export interface LeaseRecord {
  id: string;
  name: string;
  userId: string;
  projectId: string;
  trustId: string;
  start: number;
  end: number;
  status: 'CREATING' | 'PENDING' | 'STARTING' | 'ACTIVE' | 'TERMINATING' | 'TERMINATED' | 'UPDATING' | 'DELETING' | 'ERROR';
  degraded: boolean;
  reservations: ReservationRecord[];
  events: LeaseEventRecord[];
  createdAt: number;
  updatedAt: number;
}
